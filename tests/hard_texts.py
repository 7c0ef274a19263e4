"""Texts that might make a rule of structure look far, as units to be repeated."""

from __future__ import annotations

PARAGRAPH = (
    "　平成26年4月、防衛省は日米防衛協力小委員会（SDC）において、\n"
    "自衛隊と米軍の役割を協議した¹。\n図表1-2 推移\n\n"
)
HARD = {
    "paragraphs": PARAGRAPH,
    "digits": "1",
    "kanji numerals": "一二三",
    "opening brackets": "「",
    "mixed brackets": "「（『【",
    "closing brackets": "」）",
    "one line": "日本の政府は、",
    "short lines": "日本語の行で\n",
    "short lines apart": "日本語の行で\n\n",
    "lines with commas": "日本語、の行\n",
    "captions": "日本の政府、\n図表1-1 表題の\n短い\n",
    "pictures": "訓練に臨む隊員\n\n",
    "English": "Aa 日",
    "glosses": "^{a}",
    "raised digits": "¹",
    "notes": "¹ あ\n",
    "numbered lines": "1　あ7を\n",
    "markers between blanks": "普及 1 する",
    "series": "（ウ）",
    "quotes": '"',
    "blanks": " " * 99 + "あ",
    "tabs": "\t",
    "cells": "年\t\t月\n",
    "full stops": "。",
    "marks": "！？",
    "voicing": "か\u200b\u3099",
    "headings": "1 あ\n",
    "items": "① あ\n② い\n",
    "glued headings": "。第3節　あ",
    "page ends": "あ\f",
    "URLs": "http://a.jp/?a=1",
}
