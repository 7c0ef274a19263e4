"""What a line end cuts in two: dates, citations, acronyms, glosses and brackets.

Part of stage 3 (see ``builder.py``), used by ``edges.py``.
"""

from __future__ import annotations

import re

from pipeline.eras import ERA_NAMES
from pipeline.model.rule import Rule

NUMERAL = "[0-9〇一二三四五六七八九十元]"
_LARGE_NUMERAL = f"{NUMERAL[:-1]}百千]"
ERA_END = Rule(
    "line_ends_in_era",
    f"(?:{ERA_NAMES}|西暦|同|第)$",
    reads=("施行は⟦平成⟧", "政令⟦第⟧"),
    leaves=("平成26", "施行"),
)
NUMBER_START = Rule(
    "begins_with_numeral", NUMERAL, reads=("⟦2⟧6年", "⟦二⟧十六年"), leaves=("⟦年度", "⟦第3章")
)
# Of an era in two: its beginning, the line end, the rest.
_HALVES = "|".join(
    rf"{name[:cut]}\n{name[cut:]}" for name in ERA_NAMES.split("|") for cut in range(1, len(name))
)
LONGEST_ERA = max(map(len, ERA_NAMES.split("|")))
ERA_HALVES = Rule(
    "era_cut_in_two",
    rf"(?:{_HALVES})\s?{NUMERAL}",
    reads=("施行は⟦令\n和6⟧年", "⟦平\n成 2⟧6年"),
    leaves=("命令\n平和6", "平\n成果", "平成\n26年"),
)
_LAST_OF_ERA = "".join(sorted({name[-1] for name in ERA_NAMES.split("|")}))
# A date that can be no two things, also where the next line is set in: 「平成1」「　　8年4月」.
SURE_DATE = Rule(
    "date_cut_for_sure",
    rf"""
    (?:{ERA_NAMES})\s?(?:\d\n\d?|\n\d{{1,2}}|\d{{2}}\n|[一二三四五六七八九十元]{{1,2}}\n[一二三四五六七八九十]{{0,2}})\s?年
    |(?<![\d{_LAST_OF_ERA}])(?=(?:1\n?[89]|2\n?0)\n?\d\n?\d年)\d{{1,3}}\n\d{{1,3}}年
    |年\s?(?:1\n[0-2]?|[2-9]\n|1[0-2]\n)月(?![例刊面額給間])
    |月\s?(?:[12]\n\d?|3\n[01]?|[4-9]\n|[12]\d\n|3[01]\n)日(?![間本米])
    """,
    flags=re.VERBOSE,
    reads=(
        "⟦平成1\n8年⟧4月",
        "⟦令和\n5年⟧",
        "⟦2\n018年⟧",
        "18⟦年1\n2月⟧に",
        "4⟦月1\n3日⟧に",
        "4⟦月13\n日⟧に",
    ),
    leaves=("平成18\n19年度", "12\n3月", "年3\n4月", "月5\n6日", "平成\n年度"),
)
LONGEST_HALF = 8
NUMBER_END = Rule(
    "line_ends_in_number",
    rf"\d$|(?:{ERA_NAMES}|[同第年月]){NUMERAL}+$",
    reads=("平成2⟦6⟧", "⟦平成二十六⟧", "⟦第三⟧"),
    leaves=("平成26年", "統一"),
)
# 年金, 月例 and 日本 are words of their own.
_OF_DATE = "年(?![金齢次表報])|月(?![例刊面額給])|日(?![本米系常程銀])"
UNIT = Rule(
    "begins_with_unit",
    rf"""
    \s?(?:{_OF_DATE})|号
    |[人件社台校回条項](?=[、。がのをにはで）])
    |[万億兆円%]|か(?:所|国|月)
    |,\d                              # 1⏎,234
    |\d{{1,3}}\s?[年月日号条項）]      # the rest of a number, and its unit
    """,
    flags=re.VERBOSE,
    reads=("⟦年⟧度", "⟦ 月⟧", "⟦件⟧の", "⟦億⟧円", "⟦6年⟧", "⟦,2⟧34", "⟦か国⟧"),
    leaves=("⟦年金", "⟦日本", "⟦件数", "⟦政府"),
)
DATE_END = Rule(
    "line_ends_in_year_or_month",
    rf"{NUMERAL}\s?[年月]$|年?（[^（）]{{0,6}}{NUMERAL}年?）年?$",
    reads=("1994年1⟦1月⟧", "令和5⟦年（2023年）⟧", "昭和二十⟦四年⟧"),
    leaves=("平成26", "翌年", "5年度"),
)
DATE_REST = Rule(
    "begins_with_month_or_day",
    rf"{NUMERAL}{{1,3}}\s?[月日](?![例刊面額給間本程])",
    reads=("⟦16日⟧", "⟦五月⟧に"),
    leaves=("⟦16日間", "⟦5年", "⟦三日本"),
)
LAW_END = Rule(
    "line_ends_in_law_number",
    f"第{_LARGE_NUMERAL}+号）$",
    reads=("（昭和三十五年法律⟦第百五号）⟧",),
    leaves=("（第一章）", "第五号"),
)
ARTICLE = Rule(
    "begins_with_article",
    f"第?{_LARGE_NUMERAL}+条(?![約件例])",
    reads=("⟦第六十五条⟧の", "⟦5条⟧"),
    leaves=("⟦二条件", "⟦第六章"),
)
# 「カナダのCIFA」「Rは」: capitals that a particle or a mark follows are the rest of an acronym.
CAPITALS_END = Rule("line_ends_in_capital", "[A-Z]$", reads=("カナダのCIF⟦A⟧",), leaves=("NATOの", "Asia"))
CAPITALS = Rule(
    "begins_with_rest_of_acronym",
    r"[A-Z]{1,8}(?=[ぁ-ん、。）」・])|[A-Z]{1,2}(?=[一-龥])",
    reads=("⟦R⟧は", "⟦EU⟧、", "⟦A⟧加盟国"),
    leaves=("⟦WTO", "⟦NATO加盟国", "⟦Asiaの"),
)
GLOSS_OPEN = Rule(
    "line_ends_in_open_gloss",
    r"（[!-~ ]*[：:]?$",
    reads=("連盟⟦（EBU：⟧", "連盟⟦（European Broadcasting⟧"),
    leaves=("連盟（EBU）", "連盟（欧州"),
)
LATIN = Rule("begins_latin", "[A-Za-z]", reads=("⟦U⟧nion）",), leaves=("⟦欧州Union", "⟦5 Union"))
QUOTE_END = Rule("line_ends_in_quote", "[」』]$", reads=("「指針⟦」⟧",), leaves=("「指針」の", "（指針）"))
BRACKETED = Rule(
    "begins_with_bracket_in_sentence",  # it belongs to the name before it
    "（以下|（(?:[^（）]|（[^（）]*）){1,80}）[をはがのにでとも、]",
    reads=("⟦（以下⟧「指針」という。）に", "⟦（案（第2次））を⟧"),
    leaves=("⟦（案）", "⟦以下"),
)
PAIRS = {"」": "「", "』": "『", "）": "（", "〕": "〔", "】": "【"}
BRACKET = Rule(
    "bracket_of_sentence",
    f"[{''.join(PAIRS)}{''.join(PAIRS.values())}]",
    reads=("⟦「⟧指針", "指針⟦）⟧"),
    leaves=("指針<注>",),
)
LOOK_BACK = 120


def date_cut(head: str, tail: str) -> bool:
    """Whether a date or a citation runs over the line end."""
    if NUMBER_START.match(tail):
        era = ERA_END.search(head) or (DATE_END.search(head) and DATE_REST.match(tail))
        return bool(era or (NUMBER_END.search(head) and UNIT.match(tail)))
    halves = ERA_HALVES.search(f"{head[-LONGEST_ERA:]}\n{tail[: LONGEST_ERA + 2]}")
    article = LAW_END.search(head) and ARTICLE.match(tail)
    return bool(halves or article or (NUMBER_END.search(head) and UNIT.match(tail)))


def date_cut_for_sure(head: str, tail: str) -> bool:
    """Whether a date runs over the line end, even if the next line is set in like a new paragraph.

    >>> date_cut_for_sure("協議を経て平成1", "8年4月3日に"), date_cut_for_sure("計 12", "3月")
    (True, False)
    """
    return SURE_DATE.search(f"{head[-LONGEST_HALF:]}\n{tail[:LONGEST_HALF]}") is not None


def acronym_cut(head: str, tail: str) -> bool:
    """Whether ``tail``, right below ``head``, begins with the rest of an acronym.

    >>> acronym_cut("カナダのCIFA", "Rは"), acronym_cut("NATO", "EU、ASEAN"), acronym_cut("IMF", "WTO")
    (True, True, False)
    """
    return bool(CAPITALS_END.search(head) and CAPITALS.match(tail))


def unclosed(head: str, tail: str) -> bool:
    """Whether ``tail`` closes a bracket that ``head`` leaves open.

    >>> unclosed("子会社（（株）", "日本放送（JB））が"), unclosed("（注）", "概要（案）")
    (True, False)
    """
    open_in_tail: list[str] = []
    for bracket in BRACKET.finditer(tail, 0, LOOK_BACK):
        sign = bracket[0]
        if sign not in PAIRS:
            open_in_tail.append(sign)
        elif PAIRS[sign] in open_in_tail:
            open_in_tail.remove(PAIRS[sign])
        else:
            near = head[-LOOK_BACK:]
            return near.count(PAIRS[sign]) > near.count(sign)
    return False


def gloss_cut(head: str, tail: str) -> bool:
    """Whether an English gloss runs over the line end: 「連盟（EBU：」「European Broadcasting Union）」."""
    return bool(GLOSS_OPEN.search(head) and LATIN.match(tail))


def quote_cut(head: str, tail: str) -> bool:
    """Whether a bracket belongs to the name before it: 「「…指針」」「（以下「指針」という。）に」."""
    return bool(QUOTE_END.search(head) and BRACKETED.match(tail))
