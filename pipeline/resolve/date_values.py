"""From the ends of a date expression to its value: EDTF, modifier, first and last day, era, flags."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from pipeline.periods import SEASONS, Period, era_on, eras, month_length
from pipeline.recognize.date_parts import LAST_DAY

if TYPE_CHECKING:
    from datetime import date

    from pipeline.recognize.date_parts import Expression, Parts
    from pipeline.resolve.date_memory import Past, Style


@dataclass(frozen=True, slots=True)
class ResolvedDate:
    """The value of one date mention.

    Attributes:
        value: EDTF; empty where the date could not be resolved, which the flags say.
        mod: TIMEX3 (``START``, ``MID``, ``END``, ``APPROX``, ``ON_OR_AFTER``, ``ON_OR_BEFORE``), or empty.
        first: First day of the value, None where open or impossible; ``last`` likewise.
        era: What is written or implied; ``era_year`` likewise, 1 for 元年.
        antecedent: Index of the mention that it leans on, or None.
        flags: ``era_mismatch``, ``out_of_era``, ``impossible_day``, ``unresolved_anaphora``,
            ``no_reference_date``.
    """

    value: str
    mod: str
    granularity: str
    first: date | None
    last: date | None
    era: str = ""
    era_year: int | None = None
    antecedent: int | None = None
    flags: tuple[str, ...] = ()


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

    def settle(self, period: Period | None) -> None:
        """Take ``period`` for what is meant, and flag what is odd about it."""
        if period is None:
            return
        if period.day == LAST_DAY:
            period = replace(period, day=month_length(period.year, period.part))
        if not 1 <= period.year <= 9990:
            return
        self.period = period
        if period.granularity == "day" and period.first_day() is None:
            self.flags.append("impossible_day")
        if self.era and self.era_year is not None:
            if not period.belongs(eras()[self.era]):
                self.flags.append("out_of_era")
        elif self.era and (first := period.first_day()) and (era := era_on(first)):
            self.era, self.era_year = era.name, period.year - era.first.year + 1


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
    if parts.unit == "decade":
        return Period("decade", year)
    if parts.month is not None:
        return month_or_day(year + (fiscal and parts.month < 4), parts.month, parts.day)
    return Period("fiscal_year" if fiscal else "year", year)


def month_or_day(year: int, month: int, day: int | None) -> Period:
    """Return the month, or the day of it if there is one."""
    return Period("day", year, month, day) if day is not None else Period("month", year, month)


def resolved(expression: Expression, first: Reading, second: Reading | None) -> ResolvedDate:
    """Write the value in EDTF, with what opens it to one side."""
    flags = tuple(dict.fromkeys(first.flags + (second.flags if second else [])))
    mod = _joined_mod(expression)
    past = first.antecedent or (second.antecedent if second else None)
    antecedent = past.index if past else None
    one, end = first.period, second.period if second else None
    if one is None or (second and end is None):
        flags = flags or ("unresolved_anaphora",)
        return ResolvedDate("", mod, "", None, None, antecedent=antecedent, flags=flags)
    value, granularity, low, high = one.edtf(), str(one.granularity), one.first_day(), one.last_day()
    if end is not None:
        if end.granularity == "fiscal_year" and one.granularity == "year":
            one = replace(one, granularity="fiscal_year")
        value, granularity = f"{one.lower()}/{end.upper()}", f"{end.granularity}_range"
        low, high = one.first_day(), end.last_day()
    elif mod == "ON_OR_AFTER":
        value, high = f"{one.lower()}/..", None
    elif mod == "ON_OR_BEFORE":
        value, low = f"../{one.upper()}", None
    return ResolvedDate(
        value, mod, granularity, low, high, first.era, first.era_year, antecedent, flags=flags
    )


def _joined_mod(expression: Expression) -> str:
    """The modifier of the whole: what both ends share, or what closes or opens it."""
    first, second = expression.first, expression.second
    if second is None:
        return first.mod
    mods = {parts.mod for parts in (first, second) if parts.mod}
    if len(mods) == 1:
        return mods.pop()
    return "APPROX" if "APPROX" in mods else second.mod if second.mod.startswith("ON_") else ""
