"""The forms in which one year is written, each with what it reads."""

from __future__ import annotations

import re
from functools import cache

from pipeline.entities.dates.facts import words
from pipeline.entities.dates.pieces import (
    ANY_WESTERN,
    ERA,
    KANJI,
    KANJI_YEAR,
    SIGN_OF_YEAR,
    SMALL,
    WESTERN,
    YEAR_UNIT,
    L,
    N,
    R,
    S,
)  # fmt: skip
from pipeline.entities.dates.year_relations import (
    LAST_BARE,
    NEXT_BARE,
    NEXT_ERA,
    NEXT_WESTERN,
    OWN_YEAR,
    RELATIVE,
    RELATIVE_CENTURY,
    SAME_ERA,
    THIS_BARE,
)
from pipeline.eras import ERA_LETTERS, eras, old_eras
from pipeline.model.rule import Rule
from pipeline.numerals import KANJI as NUMERALS

# 2019（平成31・令和元）年: a year in which the era changed
_TWIN = rf"(?:{S}年?度?{S}[・/]{S}{ERA}{S}{N})?"
_BEHIND = "(?P<fz>度(?![々合数重]))?"
_REL = "(?P<rel>翌)?"
_W = rf"(?P<w>{ANY_WESTERN}|\d\d)"
_ERA = f"(?P<era>同|{ERA})"
_ERA_OR_LETTER = f"(?P<era>同|{ERA}|[{ERA_LETTERS}])"
_EY = f"(?P<ey>{N}){SIGN_OF_YEAR}"
_V = re.VERBOSE

MIXED_WESTERN = Rule(
    "year_mixed_western",
    rf"""{_REL} {_W} {S}{L}{S} {_ERA_OR_LETTER} {S}{_EY}{_TWIN} {S} (?:年(?P<fi>度)?)? {S}{R}
        (?:{S}年(?P<fo>度)?)?""",
    reads=(
        "⟦13（平成25）年⟧10月3日",
        "⟦翌97（同9）年⟧",
        "⟦13（同25年）⟧10月",
        "⟦1991（平成 3）年度⟧",
        "⟦2008（平成20年）⟧",
        "⟦1985（S60）年⟧",
    ),
    leaves=("⟦13（25）年", "⟦平成25（2013）年"),
    flags=_V,
)
WESTERN_MIXED = Rule(
    "year_western_mixed",
    rf"""{_REL} {_W} {S}年(?P<fo>度)? {S}{L}{S} {_ERA_OR_LETTER} {S}{_EY}{_TWIN} {S}年?(?P<fi>度)?{R}{_BEHIND}""",
    reads=("⟦2013年（平成25年）⟧10月", "⟦2013年〈平成25年〉度⟧", "⟦869年（貞観11年）⟧", "⟦2003年（H15年）⟧"),
    leaves=("⟦2013年（第25回）",),
    flags=_V,
)
ERA_MIXED = Rule(
    "year_era_mixed",
    rf"""{_REL} {_ERA_OR_LETTER} {S}{_EY}{_TWIN} {S}(?P<n>年)?(?P<fo>度)? {S}{L}{S}
        (?:西暦)?{_W} {S} (?:年(?P<fi>度)?)? {S}{R}
        (?(n){_BEHIND}|{S}年(?P<fx>度)?)""",
    reads=("⟦平成25（2013）年⟧", "⟦平成25年（2013年）⟧", "⟦平成25年度（2013年度）⟧", "⟦H25（2013）年度⟧"),
    leaves=("⟦平成25（2013）",),
    flags=_V,
)
ERA_TWIN = Rule(
    "year_era_twin",
    rf"""(?P<era>{ERA}) {S}{_EY} {S}(?P<n>年)?(?P<fo>度)? {S}{L}{S}
        (?P<twin>{ERA}) {S}(?P<ty>{N}) {S} (?:年(?P<fi>度)?)? {S}{R}
        (?(n){_BEHIND}|{S}年(?P<fx>度)?)""",
    reads=("⟦平成31（令和元）年⟧", "⟦平成31年度（令和元年度）⟧"),
    leaves=("⟦平成31（2019）年",),
    flags=_V,
)
ERA_DECADE = Rule(
    "year_era_decade",
    rf"{_ERA}(?:{S}|の){_EY}{S}年代",
    reads=("⟦昭和40年代⟧", "明治10年代から⟦同20年代⟧", "⟦昭和の40年代⟧"),
    leaves=("⟦昭和40年", "⟦40年代"),
)
ERA_YEAR = Rule(
    "year_era",
    rf"(?P<era>{ERA}){S}{_EY}{YEAR_UNIT}(?P<fo>度)?",
    reads=("⟦平成25年⟧", "⟦昭和31会計年度⟧", "⟦令和元年⟧", "⟦貞享二乙丑年⟧"),
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
# Before 1500, where what stands behind it shows that it is no length.
EARLY_YEAR = Rule(
    "year_early",
    rf"""(?P<w> (?<=西暦)[1-9]\d{{0,3}} (?={S}年(?!前|間|度))
            | (?<![\d,.第])(?:1[0-4]\d\d|[5-9]\d\d) (?={S}年{S}の?{S}{SMALL}{S}月)
            | (?<![^、。（「\s])(?<![国暦][ 　])[1-4]\d\d (?=年{SMALL}月[^年日]{{1,5}}日(?!間))
            | (?<![\d,.])(?:1[0-4](?!00)\d\d|[5-9](?!00)\d\d)
              (?={S}年(?: に(?!{words("length_behind_ni")}|[\d一]) | には
                | の(?!{words("length_behind_no")}|[\d一-龥]{{0,2}}間)
                | {words("behind_early_year")} | {L}))
            | (?<![\d,.])1[0-4]00 (?={S}年(?:から|～)[1-9]\d{{2,3}}年) ) {S}年""",
    reads=("⟦1336年⟧から1573年まで", "⟦367年⟧1月1日", "西暦⟦57年⟧に", "⟦794年⟧に都を移した"),
    leaves=("120年6月", "1200年の歴史", "500年に一度", "1350年にわたる"),
    flags=_V,
)
QUARTERED = Rule(
    "year_of_quarter",
    r"(?P<w>(?<![\d.,])(?:19|20)\d\d)(?=[ /-]?(?:Q[1-4]|[1-4]Q)(?![A-Za-z0-9]))",
    reads=("⟦2022⟧Q3は減少した。", "⟦2022⟧/4Q"),
    leaves=("2022Q5",),
)
WESTERN_YEAR = Rule(
    "year_western",
    rf"(?P<w>{WESTERN}){YEAR_UNIT}(?P<fo>度)?",
    reads=("⟦2013年⟧", "⟦2013年度⟧", "⟦二〇一三年⟧", "⟦千九百八十九年⟧"),
    leaves=("12013年", "二千年の"),
)
SHORTENED = Rule(
    "year_shortened",
    rf"['’‘](?P<w>\d\d){S}年(?:(?P<fo>度)|(?P<dec>代))?",
    reads=("⟦'98年⟧", "⟦'90年代⟧"),
    leaves=("98年",),
)
LETTERED_FISCAL = Rule(
    "year_lettered_fiscal",
    r"(?P<fo>FY)[ ]?(?P<w>(?:19|20)\d\d)(?![\d.]|[-/]\d\d?[-/]\d)",
    reads=("⟦FY2020⟧",),
    leaves=("FY2020.5",),
)
BARE_MIXED = Rule(
    "year_bare_mixed",
    rf"(?P<bm>\d\d?|元|{KANJI}){S}年度?{S}{L}{S}(?P<w>{WESTERN}){S}年?(?P<fi>度)?{S}{R}",
    reads=("平成7年（1995年）から⟦11年（1999年）⟧",),
    leaves=("⟦11年（第3回）",),
)
BARE_ERA_MIXED = Rule(
    "year_bare_era_mixed",
    rf"{_REL}{S}(?P<bm>\d\d?|元|{KANJI}){S}{L}{S}(?P<w>{WESTERN}){S}{R}{S}年(?P<fo>度)?",
    reads=("⟦翌28（2016）年⟧5月", "⟦39（1906）年⟧"),
    leaves=("39（1906）人",),
)
BARE = Rule(
    "year_bare",
    rf"(?P<bare>\d\d?|元|{KANJI})(?:{YEAR_UNIT}|{S}両年(?=度))(?P<fo>度)?",
    reads=("平成10年4月と⟦9年⟧4月", "平成元・⟦2両年度⟧"),
    leaves=("⟦平成元年",),
)
# The forms with a bracket, and how many characters behind their beginning it opens at most.
MIXED = frozenset({"mixed_western", "western_mixed", "era_mixed", "era_twin", "bare_mixed", "bare_era_mixed"})
BRACKET_REACH = 22
_NUMERAL = "0123456789" + NUMERALS
_ERA_FIRST = "".join({name[0] for name in (*eras(), *old_eras())})
# Tried in this order; the first that matches reads the year. With each stand the characters it begins with.
YEARS: tuple[tuple[str, Rule, str], ...] = (
    ("mixed_western", MIXED_WESTERN, f"{_NUMERAL}翌"),
    ("western_mixed", WESTERN_MIXED, f"{_NUMERAL}翌"),
    ("era_mixed", ERA_MIXED, f"{_ERA_FIRST}{ERA_LETTERS}同翌"),
    ("era_twin", ERA_TWIN, _ERA_FIRST),
    ("era_decade", ERA_DECADE, f"{_ERA_FIRST}同"),
    ("era", ERA_YEAR, _ERA_FIRST),
    ("century", CENTURY, _NUMERAL),
    ("decade", DECADE, _NUMERAL),
    ("western", WESTERN_YEAR, _NUMERAL),
    ("early", EARLY_YEAR, _NUMERAL),
    ("western", QUARTERED, _NUMERAL),
    ("shortened", SHORTENED, "'’‘"),
    ("lettered_fiscal", LETTERED_FISCAL, "F"),
    ("bare_mixed", BARE_MIXED, f"{_NUMERAL}元"),
    ("bare_era_mixed", BARE_ERA_MIXED, f"{_NUMERAL}元翌"),
    ("same_era", SAME_ERA, "同"),
    ("next_era", NEXT_ERA, "翌昨"),
    ("next_western", NEXT_WESTERN, "翌"),
    ("last_bare", LAST_BARE, "昨"),
    ("last_bare", THIS_BARE, "本今来明"),
    ("next_bare", NEXT_BARE, "翌"),
    ("relative", RELATIVE, "同一再さ前翌本今昨去来明当"),
    ("relative", RELATIVE_CENTURY, "今前"),
    ("relative", OWN_YEAR, "年"),
    ("bare", BARE, f"{_NUMERAL}元"),
)


@cache
def beginning(first: str, bracketed: bool) -> tuple[tuple[str, Rule], ...]:
    """Return the forms that may begin with the character ``first``, in order.

    Args:
        first: One character.
        bracketed: A bracket stands close behind it, as in the mixed forms.
    """
    return tuple(
        (kind, rule) for kind, rule, firsts in YEARS if first in firsts and (bracketed or kind not in MIXED)
    )
