"""Which years a text tells of: what happened in a year was told in that year or later.

So an edition of an earlier year is that of another paper, and a year on which what is told breaks off bears
out a weak source.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.eras import FISCAL_START, eras
from pipeline.model.rule import Pattern
from pipeline.numerals import NUMBER, number
from pipeline.read.days import ERA_YEAR, WESTERN

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

# Before 年 and after it: 平成26（2014）年8月, 14（平成26）年, 2014年（平成26年）8月.
_YEAR = Pattern(rf"(?:{ERA_YEAR}|(?<!\d)(?P<year>{WESTERN}))\)? ?(?:\([^()\n]{{1,8}}\) ?)?$")
_MONTH = Pattern(
    rf"(?:\([^()\n]{{1,8}}\))?(?: ?(?P<month>{NUMBER}) ?月)?(?! ?(?:[度版代間]|末?まで|以降|を目|の目標))"
)
BEFORE, BEHIND = 20, 20
# The end of a sentence about the past; the number of a note or brackets may follow.
_WAS = re.compile(r"[^。\n]*た(?:\d{1,3}|[(（][^()（）\n]{1,40}[)）])?(?:。|$)")
# A date is at most this far from the end of its sentence, in code points (決め打ち).
SENTENCE = 300
# Months of a year count if at least LEAST dates name them, and SHARE of those in the fullest year (決め打ち).
LEAST, SHARE = 3, 0.05
# What is told of later years outweighs a year when it is this part of what is told of the year and the one
# before; a weak source is borne out only if it is much less (決め打ち).
OUTWEIGHS, STRAYS = 0.2, 0.1


@dataclass(frozen=True, slots=True)
class ToldYears:
    """How often a text tells of years, in sentences that tell of what was.

    Attributes:
        past: Of each year, how many dates.
        months: Of each year, how many dates with a month.
        each: Of each month, by year and month, how many dates.
        fiscal: Of each year, how many dates with a month from April on: the fiscal year of that year had
            begun.
    """

    past: Mapping[int, int]
    months: Mapping[int, int]
    fiscal: Mapping[int, int]
    each: Mapping[tuple[int, int], int]

    def contradict_month(self, day: date) -> bool:
        """Whether the text tells more than once of what was after the month of ``day``."""
        return sum(count for month, count in self.each.items() if month > (day.year, day.month)) > 1

    def contradict(self, year: int) -> bool:
        """Whether the text tells of what was after ``year``, so that it cannot speak in it."""
        later = _later(self.past, year)
        near = self.past.get(year, 0) + self.past.get(year - 1, 0)
        return later > OUTWEIGHS * near and (later > 1 or near == 0)

    def bear_out(self, year: int, *, paper: bool) -> bool:
        """Whether what the text tells of breaks off in ``year``, which a weak source gives.

        Args:
            year: The western year.
            paper: Whether it is given as that of a white paper. If it is not, the text must tell of April or
                later, so that neither the year nor the fiscal year can be another one.
        """
        told = self.months.get(year, 0)
        if told < max(LEAST, SHARE * max(self.months.values(), default=0)):
            return False
        return _later(self.months, year) <= STRAYS * told and (paper or self.fiscal.get(year, 0) >= LEAST)


def _later(told: Mapping[int, int], year: int) -> int:
    return sum(count for one, count in told.items() if one > year)


def told_years(raw: str) -> ToldYears:
    """Return how often a text tells of years; linear in its length."""
    past: Counter[int] = Counter()
    months: Counter[int] = Counter()
    fiscal: Counter[int] = Counter()
    each: Counter[tuple[int, int]] = Counter()
    # Only what stands around 年 is folded: all of a text would take longer than the rest.
    for sign in re.finditer("年", raw):
        at = sign.start()
        before = _YEAR.search(unicodedata.normalize("NFKC", raw[max(0, at - BEFORE) : at]))
        behind = before and _MONTH.match(unicodedata.normalize("NFKC", raw[at + 1 : at + 1 + BEHIND]))
        if before and behind and _WAS.match(raw, at, at + SENTENCE):
            name, western, month = before["era"], before["year"], behind["month"]
            year = int(western) if western else eras()[name].year(number(before["era_year"]))
            past[year] += 1
            if month:
                months[year] += 1
                each[year, number(month)] += 1
                fiscal[year] += number(month) >= FISCAL_START
    return ToldYears(past, months, fiscal, each)
