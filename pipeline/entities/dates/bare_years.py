"""Years that leave something to the text: 9年4月, 翌15年, 72年5月, 40年代.

Such a number counts by the era that runs in the text or, in western count, within its century; which of
the two, and whether it is a year at all and not a length of time, the text around it says.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.entities.dates import undated
from pipeline.entities.dates.counts import (
    BY_WESTERN,
    SOON,
    comes_nearer,
    goes_on,
    is_modified,
    is_small,
    runs_on,
    turned_era,
)
from pipeline.entities.dates.speaking import AHEAD, Speaking
from pipeline.entities.dates.undated import REACH
from pipeline.entities.dates.year_words import AIMS, SERIES, TOLD_OF, WHOLE, Goal, goal_of, told
from pipeline.eras import Era, era_named, eras

if TYPE_CHECKING:
    from datetime import date

    from pipeline.entities.dates.memory import Memory, Past
    from pipeline.entities.dates.parts import Expression, Parts
    from pipeline.entities.dates.values import Reading
    from pipeline.model.entity import Mention

# How many years a bare year without a month may lie before and behind the one that it stands by (決め打ち).
BEFORE, BEHIND = 30, SOON
# What follows a year that lies ahead, or up to which something goes.
GOALS = (*AIMS, "まで")


class UnlicensedError(Exception):
    """The expression is no date here: a bare number that nothing in the text makes a year."""


class BareYears(Speaking):
    """Reads the years of one document that are written without era or century."""

    def __init__(self, memory: Memory, reference: date | None, *, era: str = "", alone: bool = False) -> None:
        """Take what the years lean on; the arguments are those of :class:`DateResolver`."""
        super().__init__(memory, reference, era=era)
        self._alone = alone
        self._dated = bool(reference or era)

    def year(
        self, reading: Reading, mention: Mention[Expression], expression: Expression, behind: str
    ) -> int | None:
        """Return the year of a bare number.

        Args:
            reading: Takes the era, the style and the antecedent.
            mention: Where it stands.
            expression: What it belongs to.
            behind: The first characters behind the mention.

        Raises:
            UnlicensedError: It is a length of time, as far as the text tells.
        """
        parts = reading.parts
        number = parts.bare or 0
        if parts.year_relation == "next" and (year := self._next(reading, number)) is not None:
            return year
        if not self._alone and not self._licensed(parts, mention, expression, behind):
            raise UnlicensedError
        # Neither the document nor the text says by what a bare number counts.
        if not self._dated and undated.is_guess(parts, mention, self._memory):
            reading.flags.append("no_reference_date")
            return None
        goal = goal_of(behind) if parts.is_year else ""
        if goal and (projected := self.projected(number, mention)):
            reading.style = "western2"
            return projected
        try:
            year = self._counted(reading, mention, expression, behind, goal=goal)
        except undated.OpenYearError:
            year = None
        if year is None or self.is_missed(reading, goal, year):
            reading.leave_open()
            return None
        return year

    def _counted(
        self,
        reading: Reading,
        mention: Mention[Expression],
        expression: Expression,
        behind: str,
        *,
        goal: Goal,
    ) -> int:
        """The year by the count that fits."""
        parts, number = reading.parts, reading.parts.bare or 0
        told = (goal == "aimed" and self._reference is not None) or self._told(parts, behind)
        ahead = behind.startswith(GOALS) or parts.unit == "fiscal_year"
        past, era = self._era_of(number, mention, ahead=ahead, goal=bool(goal), follows=expression.follows)
        western = self.western(parts)
        era, western = self._later(parts, era, western)
        if era is not None and not self._prefers_western(
            era, number, western, parts, follows=expression.follows
        ):
            self._check(parts, mention, era.year(number), told=told, ranged=expression.second is not None)
            if past is None and not self._alone and undated.may_lie_ahead(number, era, mention, self._memory):
                raise undated.OpenYearError
            reading.era, reading.era_year, reading.style, reading.antecedent = era.name, number, "era", past
            return era.year(number)
        if western is None or not (told or self._may_be_western(parts, expression, behind)):
            raise UnlicensedError
        if WHOLE.match(behind) and western > self.limit():
            raise UnlicensedError
        self._check(parts, mention, western, told=told)
        reading.style = "western2"
        return western

    def _later(self, parts: Parts, era: Era | None, western: int | None) -> tuple[Era | None, int | None]:
        """Return the counts by which the later of two years that tell values lies behind the earlier."""
        before = self._memory.latest("year") if parts.behind else None
        last = before.period.year if before else 0
        later = era is not None and era.year(parts.bare or 0) > last
        return era if later else None, western if western and western > last else None

    def _next(self, reading: Reading, number: int) -> int | None:
        """翌15年: the year after the nearest one, if its number agrees in either count."""
        for past in self._memory.years():
            year = past.period.year + 1
            era = next(
                (e for e in reversed(eras().values()) if e.holds(number) and e.year(number) == year), None
            )
            if era is None and year % 100 != number:
                continue
            reading.lean(past)
            if era is not None and (past.style != "western4" or year % 100 != number):
                reading.era, reading.era_year, reading.style = era.name, number, "era"
            return year
        return None

    def _licensed(
        self, parts: Parts, mention: Mention[Expression], expression: Expression, behind: str
    ) -> bool:
        """Whether the number can be a year: it has a month, or the text counts years so."""
        number = parts.bare or 0
        if behind.startswith("通年") and not WHOLE.match(behind):
            return False  # 13年通年雇用
        if parts.padded or not parts.is_year or self._told(parts, behind):
            return True
        if behind.startswith(("中", "に入")) and number > AHEAD and self._reference:
            return True
        past = self._memory.latest("style")
        near = past is not None and (self._memory.aside or self._memory.distance(mention, past) <= REACH)
        if near or (parts.unit == "fiscal_year" and self._reference is not None):
            return True
        return is_modified(parts, expression.second)

    def _told(self, parts: Parts, behind: str) -> bool:
        """Whether the words behind a number make it a year without any other."""
        if self._reference is None or not parts.is_year:
            return False
        return told(parts.bare or 0, behind, self.limit() - eras()[self.running_era()].year(1) + 1)

    def _check(
        self, parts: Parts, mention: Mention[Expression], year: int, *, told: bool, ranged: bool = False
    ) -> None:
        """A year without a month must lie near the years that the text speaks of, or be one of them."""
        if told or self._alone or not parts.is_year or parts.padded:
            return
        if (parts.bare or 0) >= SERIES and year in self._memory.seen:
            return
        past = self._memory.latest("year")
        middle = past.period.year if past else self.limit()
        before, behind = BEFORE * (1 + ranged), BEHIND
        if past and past.sentence != mention.sentence and is_small(parts):
            before, behind = 10, 5
        if not middle - before <= year <= max(middle, self.limit()) + behind:
            raise UnlicensedError

    def _prefers_western(
        self, era: Era, number: int, western: int | None, parts: Parts, *, follows: bool
    ) -> bool:
        """Where both counts are possible, the one that the text uses; else the nearer year."""
        if western is None or parts.padded:
            return western is not None
        past = self._memory.latest("style")
        if follows and past and past.style.startswith("western") and western > past.period.year:
            return True  # 2000、05、10年
        if past is None:
            # Nothing to go by: not an era that is over (21年度 in 2023), if the western year comes nearer.
            nearer = abs(western - self.limit()) < abs(era.year(number) - self.limit())
            if self.lies_ahead(western, parts):
                return False
            return era.name != self.running_era() and nearer and not self._era
        return comes_nearer(past, era, western, parts, self._memory, self.newest())

    def _may_be_western(self, parts: Parts, expression: Expression, behind: str) -> bool:
        if not parts.is_year or parts.padded or parts.unit == "fiscal_year" or self._alone:
            return True
        past = self._memory.latest("style")
        if past is None:
            return parts.mod in ("START", "MID", "END")  # 20年前半
        return (
            past.style == "western2"
            or (parts.bare or 0) >= 40
            or (past.style != "era" and expression.follows)
            or (
                goes_on(past, parts, self.western(parts), self._memory.latest("era"), self.newest())
                and TOLD_OF.match(behind) is not None
            )
        )

    def _era_of(
        self, number: int, mention: Mention[Expression], *, ahead: bool, goal: bool, follows: bool
    ) -> tuple[Past | None, Era | None]:
        """The era that a bare year counts in: the one that runs in the text, else the latest possible one."""
        if self._alone and self._era:
            return None, era_named(self._era)
        if not self._dated:
            return undated.told_era(number, mention, self._memory) or (None, None)
        past = self._memory.era_for(number)
        if era := undated.era_entered(number, mention, past, self._memory, self.limit()):
            return None, era
        if past and (era := self._runs_on(number, mention, past, ahead=ahead, follows=follows)):
            return past, era
        running = eras()[self.running_era()]
        coming = goal and self.limit() <= running.year(number) <= self.limit() + SOON
        era = running if coming else undated.own_era(number, mention, past, self._memory, self.limit())
        return (past if past and era and past.era == era.name else None), era

    def _runs_on(
        self, number: int, mention: Mention[Expression], past: Past, *, ahead: bool, follows: bool
    ) -> Era | None:
        """The era in which the text counts on behind ``past``: its own, or the next."""
        distance = self._memory.distance(mention, past)
        if not self._memory.aside and distance > 1:
            return None
        era = era_named(past.era)
        here = not distance and (number < BY_WESTERN or not self._memory.western)
        if era and runs_on(era, number, past, self.limit(), here=here, ahead=ahead):
            return era
        beside = self._memory.aside or not distance
        return turned_era(number, past, follows=follows) if beside else None
