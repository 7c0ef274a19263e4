"""DATE: parts of an expression → the period of the calendar that it means.

The resolver reads the dates of a document in text order and keeps what 同年, 翌月 or a bare 10月 can point
back to. A table and a note may look back at the prose, but the prose does not look back at them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from pipeline.periods import SEASONS, Period, eras, fiscal_year, shift_day, shift_month

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from pipeline.model import Mention, Sentence
    from pipeline.periods import Era
    from pipeline.recognize.dates import Expression, Parts

STEP = {"same": 0, "next": 1, "previous": -1, "this": 0, "last": -1, "coming": 1, "before_last": -2}
DEICTIC = frozenset({"this", "last", "coming", "before_last"})
# Notes and tables read on from the prose, and keep their own dates to themselves.
ASIDE = frozenset({"table", "footnote", "caption", "reference", "gloss"})
# How many sentences back a bare month or 前年 may lean on a year (決め打ち).
REACH = 6


@dataclass(frozen=True, slots=True)
class ResolvedDate:
    """The value of one date mention.

    Attributes:
        value: EDTF.
        first: First day of the value, None where open or impossible; ``last`` likewise.
        antecedent: Index of the mention that it leans on, or None.
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
class _Past:
    """A date that later ones can lean on."""

    index: int
    sentence: int
    block: str
    period: Period
    era: str
    style: str


@dataclass(slots=True)
class _Reading:
    """One end of an expression while it is being resolved."""

    parts: Parts
    period: Period | None = None
    era: str = ""
    era_year: int | None = None
    antecedent: _Past | None = None
    flags: list[str] = field(default_factory=list)


class Unlicensed(Exception):
    """The expression is no date here: a bare number that nothing in the text makes a year."""


class DateResolver:
    """Resolves the dates of one document, in text order."""

    def __init__(self, sentences: Sequence[Sentence], reference: date | None) -> None:
        """Take the document's sentences and its reference date (None leaves deictics unresolved)."""
        self._sentences = sentences
        self._reference = reference
        self._prose: list[_Past] = []
        self._aside: list[_Past] = []
        self._aside_of = ""

    def resolve(self, index: int, mention: Mention, expression: Expression) -> ResolvedDate | None:
        """Return the value of the mention, or None where it turns out to be no date."""
        sentence = self._sentences[mention.sentence]
        self._enter(sentence)
        try:
            first = self._read(expression.first, mention, sentence, expression.second)
            second = self._close(expression, first, mention, sentence)
        except Unlicensed:
            return None
        if first.period is not None:
            self._remember(index, mention, sentence, second if second and second.period else first)
        return _result(expression, first, second)

    def _enter(self, sentence: Sentence) -> None:
        group = _group(sentence)
        if group != self._aside_of:
            self._aside, self._aside_of = [], group

    def _remember(self, index: int, mention: Mention, sentence: Sentence, reading: _Reading) -> None:
        if reading.period is None:
            return
        style = "western2" if reading.parts.digits == 2 else "era" if reading.parts.era else "western4"
        if not reading.parts.has_year or reading.parts.year_relation:
            style = ""
        past = _Past(index, mention.sentence, sentence.block_id, reading.period, reading.era, style)
        (self._aside if sentence.kind in ASIDE else self._prose).append(past)

    def _pasts(self) -> Iterator[_Past]:
        """Yield what may be leant on, the nearest first."""
        if self._aside_of:
            yield from reversed(self._aside)
        yield from reversed(self._prose)

    def _read(self, parts: Parts, mention: Mention, sentence: Sentence, other: Parts | None = None) -> _Reading:
        reading = _Reading(parts)
        year = self._year(reading, mention, sentence, other)
        if parts.month_relation:
            return self._related_month(reading, mention, year)
        if parts.day_relation:
            return self._related_day(reading)
        if parts.month is None and parts.day is not None:
            return self._bare_day(reading, mention, parts.day)
        if year is None:
            return reading
        reading.period = _period(parts, year)
        if reading.period and reading.period.granularity == "day" and reading.period.first_day() is None:
            reading.flags.append("impossible_day")
        return reading

    def _year(self, reading: _Reading, mention: Mention, sentence: Sentence, other: Parts | None) -> int | None:
        parts = reading.parts
        if parts.era:
            return self._era_year(reading)
        if parts.western is not None:
            return self._western_year(parts)
        if parts.bare is not None:
            return self._bare_year(reading, mention)
        if parts.year_relation in DEICTIC:
            return self._deictic_year(reading)
        if parts.year_relation:
            return self._anaphoric_year(reading, mention)
        if parts.month is not None:
            return self._elliptic_year(reading, mention, other)
        return None

    def _era_year(self, reading: _Reading) -> int:
        parts = reading.parts
        number = parts.era_year or 1
        name = parts.era
        if name == "同":
            past = next((p for p in self._pasts() if p.era), None)
            name = past.era if past else self._reference_era()
            reading.antecedent = past
            if parts.western is not None and not _agrees(parts, eras()[name].year(number)):
                fitting = [e.name for e in eras().values() if _agrees(parts, e.year(number)) and e.holds(number)]
                name = fitting[-1] if fitting else name
        era = eras()[name]
        year = era.year(number)
        reading.era, reading.era_year = name, number
        if not era.holds(number):
            reading.flags.append("out_of_era")
        if parts.western is not None and not _agrees(parts, year):
            reading.flags.append("era_mismatch")
        return year

    def _reference_era(self) -> str:
        for era in reversed(eras().values()):
            if self._reference is None or era.first <= self._reference:
                return era.name
        return next(iter(eras()))

    def _western_year(self, parts: Parts) -> int:
        year = parts.western or 0
        if parts.unit == "century":
            return (year - 1) * 100 + 1
        if parts.digits != 2:
            return year
        if parts.unit == "decade":
            return self._decade(year)
        return self._century(year)

    def _decade(self, two_digits: int) -> int:
        """40年代: by the era that runs in the text, if the text counts so and the decade had begun; else western."""
        past = next((p for p in self._pasts() if p.style), None)
        if past is not None and past.style == "era":
            era = eras()[past.era]
            if era.holds(two_digits) and era.year(two_digits) <= self._limit():
                return era.year(two_digits)
        return self._century(two_digits)

    def _century(self, two_digits: int) -> int:
        """Return the latest year with these two digits that does not lie after the document's date."""
        limit = self._limit()
        return next(c + two_digits for c in (2000, 1900, 1800) if c + two_digits <= limit or c == 1800)

    def _limit(self) -> int:
        if self._reference:
            return self._reference.year
        return max((p.period.year for p in self._pasts()), default=2099)

    def _bare_year(self, reading: _Reading, mention: Mention) -> int:
        """9年4月, 72年5月: by era or western, whichever does not lie in the future; else as the text writes."""
        parts = reading.parts
        number = parts.bare or 0
        styles = [p.style for p in self._pasts() if p.style]
        anchored = bool(styles) and any(mention.sentence - p.sentence <= REACH for p in self._pasts())
        if parts.month is None and not parts.mod and parts.unit == "year" and not anchored:
            raise Unlicensed
        limit = self._limit() + 1
        past, era = self._era_of_bare(number, mention, limit)
        western = self._century(number) if number >= 10 else None
        if era is None or (styles[:1] == ["western2"] and western is not None and western <= limit):
            if western is None or (parts.month is None and "western2" not in styles):
                raise Unlicensed
            return western
        reading.era, reading.era_year, reading.antecedent = era.name, number, past
        return era.year(number)

    def _era_of_bare(self, number: int, mention: Mention, limit: int) -> tuple[_Past | None, Era | None]:
        """The era that a bare year counts in: the one that runs in the sentence, else the latest possible one."""
        past = next((p for p in self._pasts() if p.era), None)
        if past and mention.sentence - past.sentence <= 1:
            era = eras()[past.era]
            if era.holds(number) and past.period.year <= era.year(number) <= limit:
                return past, era
        for era in reversed(eras().values()):
            if era.holds(number) and era.year(number) <= limit:
                return (past if past and past.era == era.name else None), era
        return None, None

    def _deictic_year(self, reading: _Reading) -> int | None:
        if self._reference is None:
            reading.flags.append("no_reference_date")
            return None
        fiscal = reading.parts.unit == "fiscal_year"
        base = fiscal_year(self._reference) if fiscal else self._reference.year
        return base + STEP[reading.parts.year_relation or "this"]

    def _anaphoric_year(self, reading: _Reading, mention: Mention) -> int | None:
        relation = reading.parts.year_relation or "same"
        for past in self._pasts():
            if not past.period.has_year():
                continue
            if relation == "previous" and mention.sentence - past.sentence > REACH:
                break
            reading.antecedent = past
            return self._counted_year(past.period, fiscal=reading.parts.unit == "fiscal_year") + STEP[relation]
        if relation == "previous":
            raise Unlicensed
        reading.flags.append("unresolved_anaphora")
        return None

    @staticmethod
    def _counted_year(period: Period, *, fiscal: bool) -> int:
        """The year that 同年 or 同年度 finds in ``period``."""
        if fiscal and period.granularity in ("month", "day") and period.part < 4:
            return period.year - 1
        return period.year

    def _elliptic_year(self, reading: _Reading, mention: Mention, other: Parts | None) -> int | None:
        """A month without a year: of the year that runs in the text, else the latest one before the document."""
        del other
        month = reading.parts.month or 1
        for past in self._pasts():
            if past.period.has_year() and mention.sentence - past.sentence <= REACH:
                reading.antecedent = past
                reading.era = past.era
                return _year_of_month(past.period, month)
        if self._reference is None:
            reading.flags.append("unresolved_anaphora")
            return None
        return self._reference.year - (month > self._reference.month)

    def _related_month(self, reading: _Reading, mention: Mention, year: int | None) -> _Reading:
        relation = reading.parts.month_relation or "same"
        if relation in DEICTIC or (relation == "coming"):
            if self._reference is None:
                reading.flags.append("no_reference_date")
                return reading
            base = (self._reference.year, self._reference.month)
        else:
            past = next((p for p in self._pasts() if p.period.has_month()), None)
            if past is None:
                if relation == "previous":
                    raise Unlicensed
                reading.flags.append("unresolved_anaphora")
                return reading
            reading.antecedent, reading.era = past, past.era
            base = (past.period.year, past.period.part)
        del mention
        y, m = shift_month(*base, STEP[relation])
        reading.period = _month_or_day(year if year is not None else y, m, reading.parts.day)
        return reading

    def _related_day(self, reading: _Reading) -> _Reading:
        relation = reading.parts.day_relation or "same"
        if relation in DEICTIC:
            base = self._reference
            if base is None:
                reading.flags.append("no_reference_date")
        else:
            past = next((p for p in self._pasts() if p.period.granularity == "day"), None)
            if past is None and relation == "previous":
                raise Unlicensed
            base = past.period.first_day() if past else None
            reading.antecedent = past
            if base is None:
                reading.flags.append("unresolved_anaphora")
        day = shift_day(base, STEP[relation]) if base else None
        if day:
            reading.period = Period("day", day.year, day.month, day.day)
        return reading

    def _bare_day(self, reading: _Reading, mention: Mention, day: int) -> _Reading:
        """A day without a month: only close behind a date that has one (5月3日、7日; 同月15日)."""
        past = next((p for p in self._pasts() if p.period.has_month()), None)
        if past is None or past.sentence != mention.sentence:
            raise Unlicensed
        reading.antecedent, reading.era = past, past.era
        reading.period = Period("day", past.period.year, past.period.part, day)
        return reading

    def _close(
        self, expression: Expression, first: _Reading, mention: Mention, sentence: Sentence
    ) -> _Reading | None:
        """Resolve the second end of a range, which takes from the first what it does not write itself."""
        parts = expression.second
        if parts is None:
            return None
        if first.period is None:
            return _Reading(parts)
        if not parts.has_year:
            month = parts.month if parts.month is not None else first.period.part
            year = first.period.year + (parts.month is not None and month < first.period.part)
            reading = _Reading(parts, era=first.era)
            reading.period = _month_or_day(year, month, parts.day)
            return reading
        if parts.bare is not None or (parts.western is not None and parts.digits == 2 and not parts.era):
            reading = _Reading(parts, era=first.era)
            number = parts.bare if parts.bare is not None else parts.western or 0
            year = _closing_year(first, number)
            reading.period = _period(parts, year)
            return reading
        if parts.year_relation == "next":
            reading = _Reading(parts)
            reading.period = _period(parts, first.period.year + 1)
            return reading
        return self._read(parts, mention, sentence)


def _group(sentence: Sentence) -> str:
    """What a date that stands aside of the prose shares its running dates with: its table, or its note."""
    if sentence.kind not in ASIDE:
        return ""
    return "table" if sentence.kind == "table" else sentence.block_id


def _agrees(parts: Parts, year: int) -> bool:
    return parts.western == (year % 100 if parts.digits == 2 else year)


def _closing_year(first: _Reading, number: int) -> int:
    """昭和60～62年 counts by the era of the first end, 1960～70年 within its century."""
    start = first.period.year if first.period else 0
    if first.era_year is not None and number >= first.era_year:
        return start + number - first.era_year
    year = start - start % 100 + number
    return year if year >= start else year + 100


def _year_of_month(period: Period, month: int) -> int:
    if period.granularity in ("fiscal_year", "fiscal_quarter"):
        return period.year + (month < 4)
    return period.year


def _month_or_day(year: int, month: int, day: int | None) -> Period:
    return Period("day", year, month, day) if day is not None else Period("month", year, month)


def _period(parts: Parts, year: int) -> Period | None:
    fiscal = parts.unit == "fiscal_year"
    if parts.quarter:
        return Period("fiscal_quarter" if fiscal else "quarter", year, parts.quarter)
    if parts.half:
        return Period("half", year, parts.half)
    if parts.season:
        return Period("season", year, SEASONS[parts.season])
    if parts.unit == "century":
        return Period("century", year)
    if parts.unit == "decade":
        return Period("decade", year)
    if parts.month is not None:
        return _month_or_day(year + (fiscal and parts.month < 4), parts.month, parts.day)
    return Period("fiscal_year" if fiscal else "year", year)


def _result(expression: Expression, first: _Reading, second: _Reading | None) -> ResolvedDate:
    """Write the value in EDTF, with what opens it to one side."""
    flags = tuple(dict.fromkeys(first.flags + (second.flags if second else [])))
    mods = {parts.mod for parts in (expression.first, expression.second) if parts and parts.mod}
    mod = _joined_mod(expression, mods)
    antecedent = first.antecedent.index if first.antecedent else None
    known = {"era": first.era, "era_year": first.era_year, "antecedent": antecedent, "flags": flags, "mod": mod}
    if first.period is None or (second and second.period is None):
        flags = flags or ("unresolved_anaphora",)
        return ResolvedDate("", mod, "", None, None, antecedent=antecedent, flags=flags)
    one = first.period
    if second and second.period:
        end = second.period
        aligned = replace(one, granularity=end.granularity) if end.granularity == "fiscal_year" else one
        return ResolvedDate(
            f"{aligned.lower()}/{end.upper()}", granularity=f"{end.granularity}_range",
            first=aligned.first_day(), last=end.last_day(), **known,
        )  # fmt: skip
    if mod == "ON_OR_AFTER":
        return ResolvedDate(
            f"{one.lower()}/..", granularity=one.granularity, first=one.first_day(), last=None, **known
        )
    if mod == "ON_OR_BEFORE":
        return ResolvedDate(
            f"../{one.upper()}", granularity=one.granularity, first=None, last=one.last_day(), **known
        )
    return ResolvedDate(
        one.edtf(), granularity=one.granularity, first=one.first_day(), last=one.last_day(), **known
    )


def _joined_mod(expression: Expression, mods: set[str]) -> str:
    """The modifier of the whole: what both ends share, or what closes or opens it."""
    if expression.second is None or len(mods) == 1:
        return next(iter(mods), "")
    return "APPROX" if "APPROX" in mods else expression.second.mod if re.match("ON_", expression.second.mod) else ""
