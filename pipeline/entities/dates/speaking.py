"""When a document speaks: the year that its dates count from, and the century of a year of two digits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.entities.dates import undated
from pipeline.entities.dates.counts import SOON, soon_behind
from pipeline.eras import era_named, eras

if TYPE_CHECKING:
    from datetime import date

    from pipeline.entities.dates.memory import Memory
    from pipeline.entities.dates.parts import Expression, Parts
    from pipeline.entities.dates.values import Reading
    from pipeline.entities.dates.year_words import Goal
    from pipeline.model.entity import Mention

# A year of two digits may lie this far ahead rather than that far back (決め打ち).
AHEAD, LIFETIME = 10, 70
# Up to here a decade may be one of an era; 昭和60年代, too, was told of before this year (決め打ち).
DECADES_OF_ERAS, SIXTIES_OVER = 50, 2000


class Speaking:
    """The time at which one document speaks."""

    def __init__(self, memory: Memory, reference: date | None, *, era: str = "") -> None:
        """Take what tells it; the arguments are those of :class:`DateResolver`."""
        self._memory = memory
        self._reference = reference
        self._era = era

    def running_era(self) -> str:
        """Return the era that was given, else that of the reference date, else the present one."""
        if self._era:
            return self._era
        for era in reversed(eras().values()):
            if self._reference is None or era.first <= self._reference:
                return era.name
        return next(iter(eras()))

    def limit(self) -> int:
        """Return the year in which the document speaks, as far as known."""
        return self._reference.year if self._reference else self._memory.latest_year or undated.NEWEST

    def newest(self) -> int:
        """Return the latest year in which the document may speak."""
        return self._reference.year if self._reference else undated.NEWEST

    def century(self, two_digits: int) -> int:
        """Return the latest year with these two digits that does not lie after the document's date."""
        limit = self.newest()
        year = next(c + two_digits for c in (2000, 1900, 1800) if c + two_digits <= limit or c == 1800)
        # 08年から12年 in a text of 2007 looks ahead a little rather than back a lifetime.
        return year + 100 if year + 100 <= limit + AHEAD and year < limit - LIFETIME else year

    def western(self, parts: Parts) -> int | None:
        """Return the year that a bare number is in western count, None where it is none."""
        number, past = parts.bare or 0, self._memory.latest("style")
        if number < 10 and not parts.padded:
            return None
        if past and past.style.startswith("western") and not self._memory.latest("era"):
            soon = soon_behind(past.period.year, number)  # 1920年、25年
            return soon if 0 < soon <= self.newest() else self.century(number)
        return self.century(number)

    def lies_ahead(self, year: int, parts: Parts) -> bool:
        """Whether ``parts`` in this year lie behind the document's date, as far as that is known."""
        if self._reference is None:
            return year > self.newest()
        here = (year, parts.month or 0, parts.day or 0)
        return here > (self._reference.year, self._reference.month, self._reference.day)

    def decade(self, reading: Reading, mention: Mention[Expression]) -> int | None:
        """40年代: by the era that runs in the text, if the decade had begun by then; else western.

        Where nothing tells by what the text counts, it may be one of an era.
        """
        number, past = reading.parts.western or 0, self._memory.latest("style")
        era_before = self._memory.latest("era")
        entered = undated.era_entered(number, mention, era_before, self._memory, self.limit(), decade=True)
        runs = entered or era_named(past.era if past and past.style == "era" else self._era)
        if runs and runs.holds(number) and runs.year(number) <= self.limit():
            return reading.count_by(runs, number)
        by_western = self._memory.western or (past is not None and past.style != "era")
        if self._reference is None or by_western or number > DECADES_OF_ERAS + self._told_long_ago():
            return self.century(number)
        return self._decade_alone(reading, number, told=past is not None)

    def _decade_alone(self, reading: Reading, number: int, *, told: bool) -> int | None:
        era = undated.latest_era(number, self.limit())
        if era is None:
            return self.century(number)
        if number <= DECADES_OF_ERAS and (told or era.name == self.running_era()):
            return reading.count_by(era, number)
        reading.leave_open()
        return None

    def is_missed(self, reading: Reading, goal: Goal, year: int) -> bool:
        """Whether a goal lies behind the document by either count: 27年度までに in 2023."""
        over = goal == "aimed" or (goal == "planned" and reading.era != self.running_era())
        return over and reading.antecedent is None and year < self.limit()

    def _told_long_ago(self) -> int:
        """10 in a document of the time at which 60年代 was one of an era, else 0."""
        return 10 * (self.limit() < SIXTIES_OVER)

    def projected(self, number: int, mention: Mention[Expression]) -> int:
        """The year ahead by the western count of its sentence (2015年に3割、45年に4割の見通し), 0 where it is open."""
        past = self._memory.latest("style")
        if past is None or past.sentence != mention.sentence or self._reference is None:
            return 0
        year, limit = past.period.year // 100 * 100 + number, self.limit()
        by_era = eras()[self.running_era()].year(number)
        ahead = number > AHEAD and limit < year <= limit + LIFETIME and by_era > limit + SOON
        return year if ahead and past.style.startswith("western") else 0
