"""Dates in digits with points, strokes or hyphens: H25.10.3, 2013/10/3, 昭49.12.1, '98.3, 10/3（木）."""

from __future__ import annotations

import re

from pipeline.entities.dates.pieces import (
    DAY_DIGITS,
    ERA,
    MONTH_DIGITS,
    RANGE_SIGN,
    SHORT_ERA,
    SMALL,
    S,
)  # fmt: skip
from pipeline.eras import ERA_LETTERS
from pipeline.model.rule import Rule

_V = re.VERBOSE
_TAIL = r"(?![\d/]|[.-]\d)"
LETTERED = Rule(
    "numeric_lettered",
    rf"""(?P<letter>[{ERA_LETTERS}]) {S} (?P<ey>\d{{1,2}}|元)
        (?: (?P<s>[./・-])(?P<m>\d{{1,2}}) (?:(?P=s)(?P<d>\d{{1,2}}))? {_TAIL} | 年(?P<fo>度)? )""",
    reads=("⟦H25.10.3⟧", "⟦R5.4⟧", "⟦R2年度⟧"),
    leaves=("⟦H25.10.3.1", "⟦H25"),
    flags=_V,
)
OPEN_LETTERED = Rule(
    "numeric_open_lettered",
    rf"""(?P<letter>[{ERA_LETTERS}]) {S} (?P<ey>\d{{1,2}}|元)
        (?= {S} (?:{RANGE_SIGN}|[・、]) {S} [{ERA_LETTERS}]? (?:\d{{1,2}}|元) {S} 年(?P<u>度)? )""",
    reads=("⟦H25⟧～R2年度",),
    leaves=("⟦H25年度",),
    flags=_V,
)
DOTTED_ERA = Rule(
    "numeric_era",
    rf"""(?P<era>{ERA}) {S} (?P<ey>{SMALL}|元)
        (?P<s>[./]|[・-](?={SMALL}[・-])) (?P<m>{SMALL}) (?:(?P=s)(?P<d>{SMALL}))? {_TAIL} (?!{S}両?年)""",
    reads=("⟦平成25.10.3⟧", "⟦平成7・1・17⟧", "⟦昭和四九・一二・一⟧"),
    leaves=("⟦平成7・8年",),
    flags=_V,
)
ABBREVIATED = Rule(
    "numeric_abbreviated",
    rf"""(?<![一-龥々]) (?P<short>[{SHORT_ERA}]|大(?=.{{1,3}}[./・-])) {S} (?P<ey>{SMALL}|元)
        (?: (?P<s>[./・-])(?P<m>{SMALL})(?P=s)(?P<d>{SMALL}) {_TAIL} | 年(?P<fo>度)?(?![生制次間前後目]) )""",
    reads=("⟦昭49.12.1⟧", "⟦平元.4.1⟧", "⟦平22年度⟧", "⟦大12.9.1⟧"),
    leaves=("公平5年", "⟦大3年"),
    flags=_V,
)
DOTTED = Rule(
    "numeric_western",
    rf"(?P<w>(?:1[89]|2[01])\d\d)(?P<s>[./-]){S}(?P<m>\d{{1,2}})(?P=s){S}(?P<d>\d{{1,2}}){_TAIL}",
    reads=("⟦2013/10/3⟧", "⟦2013-10-03⟧"),
    leaves=("2013/10/3/4",),
)
DOTTED_MONTH = Rule(
    "numeric_western_month",
    rf"(?P<w>(?:18|19|20)\d\d)(?P<s>[./])(?P<m>0?[1-9]|1[0-2]){_TAIL}(?![%％年度万億兆円人件社か台倍ポ点kKmMgG])",
    reads=("⟦2013.10⟧", "⟦2013/10⟧"),
    leaves=("2010.5人",),
)
SHORT_DOTTED = Rule(
    "numeric_shortened",
    rf"['’‘](?P<w>\d\d)(?P<s>[./])(?P<m>{MONTH_DIGITS})(?:(?P=s)(?P<d>{DAY_DIGITS}))?{_TAIL}",
    reads=("⟦'14.4.1⟧", "⟦'98.3⟧"),
    leaves=("⟦'98",),
)
DOTTED_BARE = Rule(
    "numeric_bare",
    rf"(?P<bare>[1-6]\d)(?P<s>[./])(?P<m>{MONTH_DIGITS})(?P=s)(?P<d>{DAY_DIGITS}){_TAIL}",
    reads=("年月\t発足\n25.10.3\t委員会", "⟦25.10.3⟧"),
    leaves=("⟦25.10",),
)
NUMERIC = (LETTERED, DOTTED_ERA, ABBREVIATED, DOTTED, DOTTED_MONTH, SHORT_DOTTED)
SLASHED = Rule(
    "numeric_slashed",
    rf"(?P<m>{MONTH_DIGITS})/(?P<d>{DAY_DIGITS}){_TAIL}",
    reads=("⟦10/3⟧（金）に開催する。",),
    leaves=("⟦13/3",),
)
CITED = Rule(
    "cited_year",
    r"（(?<=[A-Za-z.一-龥々ァ-ヶ」』]（)((?:19|20)\d\d)）(?!年)",
    reads=("小野⟦（2021）⟧による。",),
    leaves=("小野（2021）年", "は（2021）"),
)
