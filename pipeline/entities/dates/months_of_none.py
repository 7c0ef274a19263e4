"""Bare months that are none: of a name (十月氏, 二月堂), of a cut in pay (10分の1・3月), of a price (1月3,000円)."""

from __future__ import annotations

from pipeline.entities.dates.facts import words
from pipeline.entities.dates.pieces import KANJI, SMALL
from pipeline.model.rule import Rule

# 十月氏, 四月一日さん, 二月堂: a surname or a place in kanji.
NAME = Rule(
    "name_like_a_month",
    rf"{KANJI}月(?:(?:[一朔]日)?(?:{words('name_behind_month')})|{words('rest_of_name_behind_month')})",
    reads=("⟦十月氏⟧は語った。", "⟦四月一日さん⟧が来た。", "⟦二月堂⟧で見た。", "⟦八月朔日さん⟧は語った。"),
    leaves=("⟦四月一日町に", "⟦十月一日氏名を", "⟦五月みどりの日", "⟦十月に"),
)
# 減給10分の1・3月: by how much and for how many months pay is cut.
PAY_CUT = Rule(
    "months_of_a_pay_cut",
    rf"(?<=分の){SMALL}[・（]{SMALL}月",
    reads=("減給10分の⟦1・3月⟧とした。", "減給10分の⟦1（3月⟧）とした。"),
    leaves=("減給10分の⟦1、3月",),
)
PAY_CUT_BEFORE = Rule(
    "pay_cut_before", r"減給[^、。]{0,3}分の$", reads=("減給10分の",), leaves=("出席は3分の", "減給")
)
# 1日3,000円、1月30,000円: what is paid for a month.
PRICE = Rule(
    "month_of_a_price",
    r"[1一]月(?=[\d,]+円)",
    reads=("1日3,000円、⟦1月⟧30,000円とする。",),
    leaves=("⟦1月に3,000円", "⟦11月3,000円"),
)
PRICE_BEFORE = Rule(
    "price_before_a_month",
    r"[1一](?:時間|日|回|泊|週)[\d,]+円[、・]$",
    reads=("1日3,000円、",),
    leaves=("12月は3,000円、",),
)
# How far before the month what makes it none may stand (決め打ち).
REACH = 20


def of_none(text: str, start: int) -> int:
    """Return where a month ends that begins there and is none, else 0."""
    if match := NAME.match(text, start):
        return match.end()
    begin = max(0, start - REACH)
    if PAY_CUT_BEFORE.search(text, begin, start) and (match := PAY_CUT.match(text, start)):
        return match.end()
    priced = PRICE.match(text, start)
    return priced.end() if priced and PRICE_BEFORE.search(text, begin, start) else 0
