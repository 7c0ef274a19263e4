"""Years whose unit stands behind a later one, and two years written as one."""

from __future__ import annotations

import re

from pipeline.entities.dates.pieces import (
    ANY_WESTERN,
    DASH,
    ERA,
    KANJI,
    KIND,
    MEMBER,
    RANGE_SIGN,
    SMALL,
    N,
    R,
    S,
)  # fmt: skip
from pipeline.eras import ERA_LETTERS
from pipeline.model.rule import Rule

_V = re.VERBOSE
ERA_ZERO = Rule(
    "year_zero",
    rf"{ERA}{S}[0〇零]{{1,2}}{S}年(?:{S}{SMALL}{S}月(?:{S}{SMALL}{S}日)?)?",
    reads=("⟦平成0年4月⟧と記録した。",),
    leaves=("⟦平成10年",),
)
SPLIT = Rule(
    "year_split",
    rf"(?P<w>(?<!\d)(?:19|20)?\d\d)(?:(?:{DASH}|/)(?P<close>\d\d)|/(?P<whole>(?:19|20)\d\d)){S}{KIND}?年度",
    reads=("⟦2003-04年度⟧", "⟦1999/2000年度⟧", "⟦2022-23会計年度⟧"),
    leaves=("2003-04年",),
)
SPLIT_ERA = Rule(
    "year_split_era",
    rf"(?P<era>{ERA}){S}(?P<ey>\d{{1,2}}|元)/(?P<close>\d{{1,2}}){S}年度",
    reads=("⟦平成元/2年度⟧",),
    leaves=("⟦平成元/2年",),
)
SLASHED_YEARS = Rule(
    "year_slashed",
    rf"(?P<w>(?<!\d)(?:19|20)\d\d)(?=/(?P<close>(?:19|20)?\d\d){S}年(?!度))",
    reads=("⟦2009⟧/10年",),
    leaves=("2009/10年度",),
)
ERA_BEFORE = Rule("era_before", rf"（{S}(?P<era>{ERA}){S}{R}$", reads=("設置は（平成）",), leaves=("平成）",))
_END = rf"{S}両?{KIND}?年(?:(?P<u>度|代)|(?!度|代|前(?:[、。にのかまはよ]|$)))"
_NUMBER = rf"(?:\d{{4}}|\d{{1,2}}|元|{KANJI})"
OPEN_ERA_YEAR = Rule(
    "open_era_year",
    rf"""(?P<era>{ERA}) {S} (?P<y>\d{{1,2}}|元|{KANJI})
        (?= (?: {MEMBER} (?:同|{ERA}|[{ERA_LETTERS}])? {S} {_NUMBER} ){{1,40}} {_END} )""",
    reads=("⟦平成13⟧～15年度", "⟦平成元⟧・2両年度"),
    leaves=("⟦平成13～15", "⟦平成13年"),
    flags=_V,
)
OPEN_YEAR = Rule(
    "open_year",
    rf"""(?:(?<=[、，,・～〜~-])|(?!(?:\d{{1,2}}|{KANJI}){S}[、，・.．]{S}(?:\d{{4}}|{ERA})))
        (?P<y>(?<![\d./-])\d{{4}}|\d{{1,2}}|{KANJI})
        (?= (?: {MEMBER} (?:同|{ERA}|[{ERA_LETTERS}])? {S} {_NUMBER} ){{1,40}} {_END} )""",
    reads=("⟦2004⟧、2005、2006年の値", "1995年、⟦96⟧～97年"),
    leaves=("⟦96年", "⟦96～97回", "⟦2、2015年度", "⟦1、令和8年度", "⟦一、令和八年度"),
    flags=_V,
)
NEXT_YEAR = Rule(
    "next_year",
    rf"{S}[、・]{S}(\d\d|{KANJI}){S}両?年",
    reads=("昭和59年は、23⟦、24年⟧に次ぐ",),
    leaves=("⟦、24回",),
)
OPEN_MIXED = Rule(
    "open_mixed",
    rf"""(?P<w>{ANY_WESTERN}|\d\d) {S}（{S} (?P<era>同|{ERA}) {S}(?P<ey>{N}) {S}）
        (?= (?: {MEMBER} \d{{2,4}} {S}（{S} (?:同|{ERA})? {S}{N}{S}） ){{1,12}} {S}年(?P<u>度)? )""",
    reads=("⟦12（平成24）⟧、13（同25）年", "⟦97（平成9）⟧～99（同11）年"),
    leaves=("⟦12（平成24）年",),
    flags=_V,
)
OPEN_ERA_MIXED = Rule(
    "open_era_mixed",
    rf"""(?:(?P<era>同|{ERA}){S})? (?P<ey>{N}) {S}（{S} (?P<w>{ANY_WESTERN}) {S}）
        (?= (?: {MEMBER} (?:同|{ERA})? {S}{N}{S}（{S}(?:{ANY_WESTERN}){S}） ){{1,12}} {S}年(?P<u>度)? )""",
    reads=("⟦令和2（2020）⟧～7（2025）年度", "平成12（2000）、⟦17（2005）⟧、22（2010）年"),
    leaves=("⟦令和2（2020）年",),
    flags=_V,
)
OPEN_CENTURY = Rule(
    "open_century",
    rf"(?P<w>\d\d|{KANJI})(?={S}(?:{RANGE_SIGN}|[・、]){S}(?:\d\d|{KANJI}){S}世紀)",
    reads=("⟦18⟧～19世紀",),
    leaves=("⟦18世紀",),
)


def zeros(text: str) -> dict[int, int]:
    """The years 0 of an era, which are none: where each ends by where it begins."""
    if not any(sign in text for sign in ("0年", "〇年", "零年", "0 年", "0　年")):
        return {}
    return dict(match.span() for match in ERA_ZERO.finditer(text))
