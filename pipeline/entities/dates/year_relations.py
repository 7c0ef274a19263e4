"""The forms of a year that is told by another, or by the document: 同18年, 翌15年, 本30年度, 昨年, 年末."""

from __future__ import annotations

import re

from pipeline.entities.dates.facts import words
from pipeline.entities.dates.pieces import ERA, KANJI, OWN_SA, WESTERN, N, S
from pipeline.model.rule import Rule

_V = re.VERBOSE
_EY = f"(?P<ey>{N})"
# 年末, 年初, 年後半 without a number; but 年末年始 and 年初来 are words.
PART_OF_YEAR = f"(?=末(?!{words('no_year_end')})|初(?!来)|央|前半|後半)"
SAME_ERA = Rule(
    "year_same_era", rf"(?<!大)同{S}{_EY}{S}年(?P<fo>度)?", reads=("平成15年と⟦同18年⟧",), leaves=("⟦同年",)
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
    rf"(?P<rel>翌){S}(?P<bare>\d\d?|元|{KANJI}){S}年(?P<fo>度)?",
    reads=("平成14年に公布され、⟦翌15年⟧に施行された。",),
    leaves=("⟦翌年",),
)
RELATIVE = Rule(
    "year_relative",
    rf"""(?: (?P<rel> 同|一昨|再来|{OWN_SA}来|(?<![以午])前々?|翌々?|(?<!日)本|今|(?<!一)昨|去
            |(?<![従本再さ])来|明 ) 年(?P<fo>度)?+
          | (?P<fr>当)年(?P<ft>度) )
        (?!{words("no_relative_year")})""",
    reads=("⟦昨年⟧の", "⟦本年度⟧", "平成10年と⟦同年⟧の", "⟦当年度⟧の", "⟦さ来年⟧の"),
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
