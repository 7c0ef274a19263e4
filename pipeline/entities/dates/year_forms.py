"""The forms in which one year is written, each with what it reads."""

from __future__ import annotations

import re

from pipeline.entities.dates.facts import words
from pipeline.entities.dates.pieces import ERA, KANJI, KANJI_YEAR, WESTERN, N, S
from pipeline.model.rule import Rule

# 2019（平成31・令和元）年: a year in which the era changed
_TWIN = rf"(?:{S}年?度?{S}[・/]{S}{ERA}{S}{N})?"
# 昭和31会計年度, 2015米会計年度
_YEAR = rf"{S}(?:米?会計(?=年度))?年"
_REL = "(?P<rel>翌)?"
_W = rf"(?P<w>{WESTERN}|\d\d)"
_ERA = f"(?P<era>{ERA}|同)"
_EY = f"(?P<ey>{N})"
# 年末, 年初, 年後半 without a number; but 年末年始 and 年初来 are words.
PART_OF_YEAR = f"(?=末(?!{words('no_year_end')})|初(?!来)|央|前半|後半)"
_V = re.VERBOSE

MIXED_WESTERN = Rule(
    "year_mixed_western",
    rf"""{_REL} {_W} {S}（{S} {_ERA} {S}{_EY}{_TWIN} {S} (?:年(?P<fi>度)?)? {S}）
        (?:{S}年(?P<fo>度)?)?""",
    reads=(
        "⟦13（平成25）年⟧10月3日",
        "⟦翌97（同9）年⟧",
        "⟦13（同25年）⟧10月",
        "⟦1991（平成 3）年度⟧",
        "⟦2008（平成20年）⟧",
    ),
    leaves=("⟦13（25）年", "⟦平成25（2013）年"),
    flags=_V,
)
WESTERN_MIXED = Rule(
    "year_western_mixed",
    rf"""{_REL} {_W} {S}年(?P<fo>度)? {S}（{S} {_ERA} {S}{_EY}{_TWIN} {S}年?(?P<fi>度)?）""",
    reads=("⟦2013年（平成25年）⟧10月", "⟦2013年度（平成25年度）⟧"),
    leaves=("⟦2013年（第25回）",),
    flags=_V,
)
ERA_MIXED = Rule(
    "year_era_mixed",
    rf"""{_REL} {_ERA} {S}{_EY}{_TWIN} {S}(?P<n>年)?(?P<fo>度)? {S}（{S}
        (?:西暦)?{_W} {S} (?:年(?P<fi>度)?)? {S}）
        (?(n)|{S}年(?P<fx>度)?)""",
    reads=("⟦平成25（2013）年⟧", "⟦平成25年（2013年）⟧", "⟦平成25年度（2013年度）⟧"),
    leaves=("⟦平成25（2013）",),
    flags=_V,
)
ERA_TWIN = Rule(
    "year_era_twin",
    rf"""(?P<era>{ERA}) {S}{_EY} {S}(?P<n>年)?(?P<fo>度)? {S}（{S}
        (?P<twin>{ERA}) {S}(?P<ty>{N}) {S} (?:年(?P<fi>度)?)? {S}）
        (?(n)|{S}年(?P<fx>度)?)""",
    reads=("⟦平成31（令和元）年⟧", "⟦平成31年度（令和元年度）⟧"),
    leaves=("⟦平成31（2019）年",),
    flags=_V,
)
ERA_DECADE = Rule(
    "year_era_decade",
    rf"{_ERA}{S}{_EY}{S}年代",
    reads=("⟦昭和40年代⟧", "明治10年代から⟦同20年代⟧"),
    leaves=("⟦昭和40年", "⟦40年代"),
)
ERA_YEAR = Rule(
    "year_era",
    rf"(?P<era>{ERA}){S}{_EY}{_YEAR}(?P<fo>度)?",
    reads=("⟦平成25年⟧", "⟦昭和31会計年度⟧", "⟦令和元年⟧"),
    leaves=("⟦平成の年", "⟦昭和31会計検査"),
)
CENTURY = Rule(
    "year_century",
    rf"(?P<w>(?!0)(?:[4-9]|[12]\d)|{KANJI}){S}世紀",
    reads=("⟦21世紀⟧", "⟦二十世紀⟧"),
    leaves=("⟦1世紀",),
)
DECADE = Rule(
    "year_decade",
    rf"""(?P<w> (?:1[5-9]|2[01])\d0 | \d0 | {KANJI_YEAR} | [一二三四五六七八九]?十 | [一二三四五六七八九]〇 )
        {S}年代(?!別)""",
    reads=("⟦1960年代⟧", "⟦60年代⟧", "⟦六〇年代⟧"),
    leaves=("⟦10年代別", "⟦1965年代"),
    flags=_V,
)
WESTERN_YEAR = Rule(
    "year_western",
    rf"(?P<w>{WESTERN}){_YEAR}(?P<fo>度)?",
    reads=("⟦2013年⟧", "⟦2013年度⟧", "⟦二〇一三年⟧", "⟦千九百八十九年⟧"),
    leaves=("12013年", "二千年の"),
)
SHORTENED = Rule("year_shortened", rf"['’‘](?P<w>\d\d){S}年(?P<fo>度)?", reads=("⟦'98年⟧",), leaves=("98年",))
LETTERED_FISCAL = Rule(
    "year_lettered_fiscal",
    r"(?P<fo>FY)[ ]?(?P<w>(?:19|20)\d\d)(?![\d.])",
    reads=("⟦FY2020⟧",),
    leaves=("FY2020.5",),
)
BARE_MIXED = Rule(
    "year_bare_mixed",
    rf"(?P<bm>\d\d?|元|{KANJI}){S}年度?{S}（{S}(?P<w>{WESTERN}){S}年?(?P<fi>度)?{S}）",
    reads=("平成7年（1995年）から⟦11年（1999年）⟧",),
    leaves=("⟦11年（第3回）",),
)
BARE_ERA_MIXED = Rule(
    "year_bare_era_mixed",
    rf"{_REL}{S}(?P<bm>\d\d?|元|{KANJI}){S}（{S}(?P<w>{WESTERN}){S}）{S}年(?P<fo>度)?",
    reads=("⟦翌28（2016）年⟧5月", "⟦39（1906）年⟧"),
    leaves=("39（1906）人",),
)
SAME_ERA = Rule(
    "year_same_era", rf"同{S}{_EY}{S}年(?P<fo>度)?", reads=("平成15年と⟦同18年⟧",), leaves=("⟦同年",)
)
NEXT_ERA = Rule(
    "year_next_era",
    rf"[翌昨]{S}(?P<era>{ERA}){S}{_EY}{S}年(?P<fo>度)?",
    reads=("昭和63年と⟦翌平成元年⟧に",),
    leaves=("⟦翌元年",),
)
NEXT_WESTERN = Rule(
    "year_next_western",
    rf"翌{S}(?P<w>{WESTERN}){S}年(?P<fo>度)?",
    reads=("昭和30年と⟦翌1956年⟧に",),
    leaves=("⟦翌56年",),
)
LAST_BARE = Rule(
    "year_last_bare",
    rf"(?<!一)昨{S}(?P<bare>\d\d|{KANJI}){S}年(?P<fo>度)?",
    reads=("⟦昨46年⟧", "⟦昨十二年度⟧は"),
    leaves=("一昨46年",),
)
THIS_BARE = Rule(
    "year_this_bare",
    rf"(?<![一-龥々])[本今来明]{S}(?P<bare>\d\d|{KANJI}){S}年(?P<fo>度)",
    reads=("⟦本三十年度⟧", "⟦来25年度⟧は"),
    leaves=("基本10年度計画",),
)
NEXT_BARE = Rule(
    "year_next_bare",
    rf"(?P<rel>翌){S}(?P<bare>\d\d?|{KANJI}){S}年(?P<fo>度)?",
    reads=("平成14年に公布され、⟦翌15年⟧に施行された。",),
    leaves=("⟦翌年",),
)
RELATIVE = Rule(
    "year_relative",
    rf"""(?: (?P<rel> 同|一昨|再来|(?<![以午])前々?|翌々?|(?<!日)本|今|(?<!一)昨|去|(?<![従本再])来|明 ) 年(?P<fo>度)?+
          | (?P<fr>当)年(?P<ft>度) )
        (?!{words("no_relative_year")})""",
    reads=("⟦昨年⟧の", "⟦本年度⟧", "平成10年と⟦同年⟧の", "⟦当年度⟧の"),
    leaves=("同年齢", "日本年金", "午前年"),
    flags=_V,
)
RELATIVE_CENTURY = Rule(
    "year_relative_century", "(?P<rel>今|前)(?P<ce>世紀)", reads=("⟦今世紀⟧",), leaves=("半世紀",)
)
OWN_YEAR = Rule(
    "year_own",
    rf"(?<![一-龥々\d])(?<!\d[ 　])(?P<own>年){PART_OF_YEAR}",
    reads=("昭和51年の物価は、⟦年⟧後半に落ち着いた。",),
    leaves=("年末年始", "51年末"),
)
BARE = Rule(
    "year_bare",
    rf"(?P<bare>\d\d?|元|{KANJI})(?:{_YEAR}|{S}両年(?=度))(?P<fo>度)?",
    reads=("平成10年4月と⟦9年⟧4月", "平成元・⟦2両年度⟧"),
    leaves=("⟦平成元年",),
)
# Tried in this order; the first that matches reads the year.
YEARS: tuple[tuple[str, Rule], ...] = (
    ("mixed_western", MIXED_WESTERN),
    ("western_mixed", WESTERN_MIXED),
    ("era_mixed", ERA_MIXED),
    ("era_twin", ERA_TWIN),
    ("era_decade", ERA_DECADE),
    ("era", ERA_YEAR),
    ("century", CENTURY),
    ("decade", DECADE),
    ("western", WESTERN_YEAR),
    ("shortened", SHORTENED),
    ("lettered_fiscal", LETTERED_FISCAL),
    ("bare_mixed", BARE_MIXED),
    ("bare_era_mixed", BARE_ERA_MIXED),
    ("same_era", SAME_ERA),
    ("next_era", NEXT_ERA),
    ("next_western", NEXT_WESTERN),
    ("last_bare", LAST_BARE),
    ("last_bare", THIS_BARE),
    ("next_bare", NEXT_BARE),
    ("relative", RELATIVE),
    ("relative", RELATIVE_CENTURY),
    ("relative", OWN_YEAR),
    ("bare", BARE),
)
