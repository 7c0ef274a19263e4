"""From the ends of a date expression to its value: EDTF, modifier, first and last day, era, flags."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cache
from typing import TYPE_CHECKING

from pipeline.entities.dates.facts import year_kinds
from pipeline.entities.dates.parts import LAST_DAY
from pipeline.entities.entity_type import Meaning
from pipeline.eras import NEW_CALENDAR, SEASONS, Period, era_named, era_on, month_length

if TYPE_CHECKING:
    from datetime import date

    from pipeline.entities.dates.memory import Past, Style
    from pipeline.entities.dates.parts import Expression, Parts
    from pipeline.eras import Era


# What lies within a year: of the old calendar none of these is a day of the new.
WITHIN_YEAR = frozenset({"day", "month", "season", "quarter", "half"})


@dataclass(slots=True)
class Reading:
    """One end of an expression while it is being resolved."""

    parts: Parts
    period: Period | None = None
    era: str = ""
    era_year: int | None = None
    style: Style = ""
    antecedent: Past | None = None
    flags: list[str] = field(default_factory=list)

    def lean(self, past: Past) -> None:
        """Take ``past`` for the antecedent."""
        self.antecedent = past
        self.era = past.era

    def count_by(self, era: Era, number: int) -> int:
        """Take the year of this number for one of ``era``; return it."""
        self.era, self.era_year, self.style = era.name, number, "era"
        return era.year(number)

    def leave_open(self) -> None:
        """Flag that nothing tells the year, and take no era for it."""
        self.era, self.era_year, self.style = "", None, ""
        self.flags.append("unresolved_anaphora")

    def settle(self, period: Period | None) -> None:
        """Take ``period`` for what is meant, and flag what is odd about it."""
        if period is None:
            return
        if period.day == LAST_DAY:
            period = replace(period, day=month_length(period.year, period.part))
        if not 0 <= period.year <= 9990:
            return
        if 0 < period.year < NEW_CALENDAR.year and period.granularity in WITHIN_YEAR:
            self.flags.append("old_calendar")
            if self.era:
                # What the months of the old calendar are in the new, only a table could say. Behind a western
                # year the writer may have used one: the value is what is written, and the flag says so.
                period = Period("year", period.year)
        self.period = period
        self._flag(period)

    def _flag(self, period: Period) -> None:
        if period.granularity == "day" and not period.is_day():
            self.flags.append("impossible_day")
        if self.era and self.era_year is not None:
            era = era_named(self.era)
            if era and not period.belongs(era):
                self.flags.append("out_of_era")
        elif self.era and (first := period.first_day()) and (era := era_on(first)):
            self.era, self.era_year = era.name, period.year - era.first.year + 1


@cache
def kinds() -> dict[str, tuple[int, int]]:
    """Return of each other year its first month, and how many years before its number it begins."""
    return {row["name"]: (int(row["first_month"]), int(row["years_before"])) for row in year_kinds()}


def period_of(parts: Parts, year: int, *, fiscal: bool | None = None) -> Period:
    """Return the period that ``parts`` name in ``year``, a fiscal year if the parts or ``fiscal`` say so."""
    fiscal = parts.unit == "fiscal_year" if fiscal is None else fiscal
    if parts.quarter:
        return Period("fiscal_quarter" if fiscal else "quarter", year, parts.quarter)
    if parts.half:
        return Period("fiscal_half" if fiscal else "half", year, parts.half)
    if parts.season:
        return Period("season", year, SEASONS[parts.season])
    if parts.unit == "century":
        return Period("century", year)
    if fiscal and parts.kind:
        first_month, years_before = kinds()[parts.kind]
        return Period("fiscal_year", year - years_before, first_month)
    if parts.unit == "decade":
        return Period("decade", year)
    if parts.month is not None:
        return month_or_day(year + (fiscal and parts.month < 4), parts.month, parts.day)
    return Period("fiscal_year" if fiscal else "year", year)


def month_or_day(year: int, month: int, day: int | None) -> Period:
    """Return the month, or the day of it if there is one."""
    return Period("day", year, month, day) if day is not None else Period("month", year, month)


def resolved(expression: Expression, first: Reading, second: Reading | None) -> Meaning:
    """Write the value in EDTF, with what opens it to one side."""
    flags = tuple(dict.fromkeys(first.flags + (second.flags if second else [])))
    mod = _joined_mod(expression)
    past = first.antecedent or (second.antecedent if second else None)
    antecedent = past.index if past else None
    one, end = first.period, second.period if second else None
    if one is None or (second and end is None):
        flags = flags or ("unresolved_anaphora",)
        return Meaning("", mod=mod, antecedent=antecedent, flags=flags)
    value, granularity, low, high = _written(one, end, mod)
    if low and high and low > high:
        # No interval ends before it begins: one of its ends is read or written wrong.
        return Meaning("", mod=mod, antecedent=antecedent, flags=(*flags, "reversed_range"))
    return Meaning(
        value, value, mod, low, high, granularity, first.era, first.era_year,
        antecedent=antecedent, flags=flags,
    )  # fmt: skip


def _written(one: Period, end: Period | None, mod: str) -> tuple[str, str, date | None, date | None]:
    """The value, its granularity, its first and its last day."""
    if end is not None:
        if end.granularity == "fiscal_year" and one.granularity == "year":
            one = replace(one, granularity="fiscal_year")
        return f"{one.lower()}/{end.upper()}", f"{end.granularity}_range", one.first_day(), end.last_day()
    if mod == "ON_OR_AFTER":
        return f"{one.lower()}/..", one.granularity, one.first_day(), None
    if mod == "ON_OR_BEFORE":
        return f"../{one.upper()}", one.granularity, None, one.last_day()
    return one.edtf(), one.granularity, one.first_day(), one.last_day()


def _joined_mod(expression: Expression) -> str:
    """The modifier of the whole: what both ends share, or what closes or opens it."""
    first, second = expression.first, expression.second
    if second is None:
        return first.mod
    mods = {parts.mod for parts in (first, second) if parts.mod}
    if len(mods) == 1:
        return mods.pop()
    return "APPROX" if "APPROX" in mods else second.mod if second.mod.startswith("ON_") else ""
