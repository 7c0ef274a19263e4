"""DATE: parts of an expression → the period of the calendar that it means.

The resolver reads the dates of a document in text order and keeps what 同年, 翌月 or a bare 10月 can point
back to (``date_memory.py``). How a bare year (9年4月) is read stands in ``bare_years.py``.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.periods import eras, fiscal_year, shift_day, shift_month
from pipeline.recognize.date_parts import DEICTIC, STEPS
from pipeline.resolve.bare_years import BareYears, Unlicensed, agrees, closing_year
from pipeline.resolve.date_memory import Memory, Past
from pipeline.resolve.date_values import Reading, ResolvedDate, month_or_day, period_of, resolved

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from pipeline.model import Mention, Sentence
    from pipeline.periods import Period
    from pipeline.recognize.date_parts import Expression, Parts

# How many sentences back a bare month or 前年 may lean on a year (決め打ち).
REACH = 6
# Likewise for 翌日 and 翌月, which also stand for any next day (翌日配達).
NEAR = 2


class DateResolver:
    """Resolves the dates of one document, in text order."""

    def __init__(
        self, sentences: Sequence[Sentence], reference: date | None, *, era: str = "", alone: bool = False
    ) -> None:
        """Take what the dates stand in and lean on.

        Args:
            sentences: In the order that the mentions' ``sentence`` counts.
            reference: The document's date; None leaves deictics unresolved.
            era: The era that runs before the text begins (同25年, 9年4月); empty for that of the reference.
            alone: The text is one expression that is known to be a date, however little it says.
        """
        self._sentences = sentences
        self._reference = reference
        self._alone = alone
        self._memory = Memory()
        self._bare = BareYears(self._memory, reference, era=era, alone=alone)

    def resolve(self, index: int, mention: Mention, expression: Expression) -> ResolvedDate | None:
        """Return the value of the mention, or None where it turns out to be no date."""
        sentence = self._sentences[mention.sentence]
        self._memory.enter(sentence)
        try:
            first = self._read(expression.first, mention, expression)
            second = self._close(expression, first, mention)
        except Unlicensed:
            return None
        self._remember(index, mention, sentence, first, second)
        result = resolved(expression, first, second)
        past = first.antecedent or (second.antecedent if second else None)
        return replace(result, distance=mention.sentence - past.sentence) if past else result

    def _remember(
        self, index: int, mention: Mention, sentence: Sentence, first: Reading, second: Reading | None
    ) -> None:
        last = second or first
        if first.period is None or last.period is None:
            return
        if first.parts.year_relation == "previous" and first.parts.is_year:
            # 前年より増加した: what is compared with does not become what is told of.
            return
        self._memory.add(
            Past(
                index, mention.sentence, mention.end, sentence.section, last.period,
                last.era or first.era, first.style, ranged=second is not None,
            )
        )  # fmt: skip

    def _read(self, parts: Parts, mention: Mention, expression: Expression, opened: Reading | None = None) -> Reading:
        """Resolve one end; ``opened`` is the first end where this is the second."""
        reading = Reading(parts)
        if parts.compared:
            self._compared(mention)
        year = self._year(reading, mention, expression, opened)
        if parts.month_relation:
            self._related_month(reading, mention, year)
        elif parts.day_relation:
            self._related_day(reading, mention)
        elif parts.day is not None and parts.month is None:
            self._bare_day(reading, mention, expression)
        elif year is not None:
            reading.settle(period_of(parts, year, fiscal=self._fiscal(reading)))
        return reading

    def _compared(self, mention: Mention) -> None:
        """前年比 is a date only where the sentence says of which one year it speaks."""
        past = self._memory.latest("year")
        if self._alone:
            return
        sentence = self._sentences[mention.sentence]
        near = past and (past.sentence == mention.sentence or sentence.row >= 0)
        if past is None or not near or past.ranged:
            raise Unlicensed
        if past.sentence == mention.sentence and sentence.text.startswith(("まで", "から", "の間"), past.end):
            raise Unlicensed

    @staticmethod
    def _fiscal(reading: Reading) -> bool:
        """A quarter without a year counts in the fiscal year if the year that it leans on is one."""
        past = reading.antecedent
        if past is not None and (reading.parts.quarter or reading.parts.half) and not reading.parts.has_year:
            return past.period.granularity.startswith("fiscal")
        return reading.parts.unit == "fiscal_year"

    def _year(
        self, reading: Reading, mention: Mention, expression: Expression, opened: Reading | None
    ) -> int | None:
        parts = reading.parts
        if parts.era:
            return self._era_year(reading, opened)
        if parts.western is not None:
            return self._western_year(reading)
        if parts.bare is not None:
            return self._bare.year(reading, mention, expression, self._behind(mention))
        if parts.unit == "century":
            return self._deictic_century(reading)
        if parts.year_relation in DEICTIC:
            return self._deictic_year(reading)
        if parts.year_relation:
            return self._anaphoric_year(reading, mention)
        if parts.month is not None or parts.quarter or parts.half:
            return self._elliptic_year(reading, mention, follows=expression.follows)
        return None

    def _behind(self, mention: Mention) -> str:
        return self._sentences[mention.sentence].text[mention.end : mention.end + 4]

    def _era_year(self, reading: Reading, opened: Reading | None) -> int:
        parts = reading.parts
        number = parts.era_year or 1
        name = parts.era
        if name == "同":
            past = self._memory.latest("era")
            name = opened.era if opened and opened.era else past.era if past else self._bare.running_era()
            if past and not (opened and opened.era):
                reading.antecedent = past
            if parts.western is not None and not agrees(parts, eras()[name].year(number)):
                fitting = [e.name for e in eras().values() if agrees(parts, e.year(number)) and e.holds(number)]
                name = fitting[-1] if fitting else name
        year = eras()[name].year(number)
        reading.era, reading.era_year = name, number
        reading.style = "" if parts.unit == "decade" else "era"
        if parts.western is not None and not agrees(parts, year):
            reading.flags.append("era_mismatch")
        return year

    def _western_year(self, reading: Reading) -> int:
        parts = reading.parts
        year = parts.western or 0
        if parts.unit == "century":
            return (year - 1) * 100 + 1
        if parts.digits != 2:
            reading.style = "" if parts.unit == "decade" else "western4"
            return year
        return self._bare.decade(year) if parts.unit == "decade" else self._bare.century(year)

    def _deictic_century(self, reading: Reading) -> int | None:
        if self._reference is None:
            reading.flags.append("no_reference_date")
            return None
        return (self._reference.year - 1) // 100 * 100 + 1 + 100 * STEPS[reading.parts.year_relation or "this"]

    def _deictic_year(self, reading: Reading) -> int | None:
        if self._reference is None:
            reading.flags.append("no_reference_date")
            return None
        fiscal = reading.parts.unit == "fiscal_year"
        base = fiscal_year(self._reference) if fiscal else self._reference.year
        return base + STEPS[reading.parts.year_relation or "this"]

    def _anaphoric_year(self, reading: Reading, mention: Mention) -> int | None:
        relation = reading.parts.year_relation or "same"
        past = self._memory.latest("year")
        if relation == "previous":
            # What the text compares with is the year before the one it tells of, not before a goal ahead of it.
            past = next((p for p in self._memory.years() if p.period.year <= self._bare.limit()), None)
        far = past is None or (not self._memory.aside and mention.sentence - past.sentence > REACH)
        if past is None or (relation != "same" and far):
            if relation != "same" and not self._alone:
                raise Unlicensed
            reading.flags.append("unresolved_anaphora")
            return None
        reading.lean(past)
        if relation == "next" and reading.parts.month and past.period.has_month():
            # 翌4月 behind 3月 is the next month, 10月から翌3月 runs into the next year.
            return past.period.year + (reading.parts.month <= past.period.part)
        return _counted_year(past.period, fiscal=reading.parts.unit == "fiscal_year") + STEPS[relation]

    def _elliptic_year(self, reading: Reading, mention: Mention, *, follows: bool) -> int | None:
        """A month without a year: of the year that runs in the text, else the latest one before the document."""
        month = reading.parts.month
        past = self._running(mention)
        if past is not None:
            reading.lean(past)
            if month is None:
                return past.period.year
            year = _year_of_month(past, month, follows=follows)
            ahead = self._reference is not None and (year, month) > (self._reference.year, self._reference.month)
            return year - (ahead and year > past.period.year)
        if month is None and not self._alone:
            raise Unlicensed
        if self._reference is None or month is None:
            reading.flags.append("unresolved_anaphora")
            return None
        return self._reference.year - (month > self._reference.month)

    def _running(self, mention: Mention) -> Past | None:
        """The date whose year a bare month or quarter belongs to."""
        sentence = self._sentences[mention.sentence]
        limit = self._reference.year if self._reference else 9999
        nearest = self._memory.latest("year")
        glance: Past | None = None
        for past in self._memory.years():
            distance = mention.sentence - past.sentence
            # A goal that the text has in view (2030年) is not the time that it goes on to tell of.
            if past.period.year > limit and distance:
                continue
            near = distance <= REACH or (self._memory.aside and past is nearest)
            told = past.section == sentence.section and limit - 1 <= past.period.year <= limit
            if glance is None and near and distance and past.is_glance(limit):
                glance = past
            elif near and (glance is None or past.period.year >= limit - 2):
                return past
            elif told and glance is None:
                return past
        return glance

    def _near(self, past: Past | None, relation: str, mention: Mention) -> Past | None:
        """``past``, unless it is so far off that 翌日 or 前月 speaks of no day in particular."""
        if past is None or relation == "same" or self._memory.aside:
            return past
        return past if mention.sentence - past.sentence <= NEAR else None

    def _related_month(self, reading: Reading, mention: Mention, year: int | None) -> None:
        relation = reading.parts.month_relation or "same"
        if relation in DEICTIC:
            if self._reference is None:
                reading.flags.append("no_reference_date")
                return
            base = (self._reference.year, self._reference.month)
        else:
            past = self._near(self._memory.latest("month"), relation, mention)
            if past is None:
                if relation != "same" and not self._alone:
                    raise Unlicensed
                reading.flags.append("unresolved_anaphora")
                return
            reading.lean(past)
            base = (past.period.year, past.period.part)
        y, m = shift_month(*base, STEPS[relation])
        reading.settle(month_or_day(year if year is not None else y, m, reading.parts.day))

    def _related_day(self, reading: Reading, mention: Mention) -> None:
        relation = reading.parts.day_relation or "same"
        base = self._reference
        if relation in DEICTIC:
            if base is None:
                reading.flags.append("no_reference_date")
        else:
            past = self._near(self._memory.latest("day"), relation, mention)
            if past is None and relation != "same" and not self._alone:
                raise Unlicensed
            base = past.period.first_day() if past else None
            if past:
                reading.lean(past)
            if base is None:
                reading.flags.append("unresolved_anaphora")
        day = shift_day(base, STEPS[relation]) if base else None
        if day and base and reading.parts.day not in (None, day.day):
            # 翌14日 behind the 12th: the next day of that number.
            over = shift_month(base.year, base.month, int((reading.parts.day or 0) <= base.day))
            reading.settle(month_or_day(*over, reading.parts.day))
        elif day:
            reading.settle(month_or_day(day.year, day.month, day.day))

    def _bare_day(self, reading: Reading, mention: Mention, expression: Expression) -> None:
        """A day without a month: only close behind a date that has one (5月3日、7日; 5月3日に…、7日に…)."""
        past = self._memory.latest("month")
        parts = reading.parts
        if past is None or past.sentence != mention.sentence:
            if not self._alone:
                raise Unlicensed
            reading.flags.append("unresolved_anaphora")
            return
        dated = past.period.granularity == "day"
        # 一日 and 1日 are mostly lengths; a day before the one that runs is none of this month's.
        if not expression.follows and not (dated and (parts.day or 0) > max(1, past.period.day)):
            raise Unlicensed
        reading.lean(past)
        year, month = past.period.year, past.period.part
        if expression.follows and dated and (parts.day or 0) < past.period.day and past.ranged:
            year, month = shift_month(year, month, 1)
        reading.settle(month_or_day(year, month, parts.day))

    def _close(self, expression: Expression, first: Reading, mention: Mention) -> Reading | None:
        """Resolve the second end of a range, which takes from the first what it does not write itself."""
        parts = expression.second
        if parts is None:
            return None
        reading = Reading(parts, era=first.era)
        if first.period is None:
            return reading
        short = parts.western is not None and parts.digits == 2 and not parts.era and parts.unit != "century"
        if parts.bare is not None or short:
            number = parts.bare if parts.bare is not None else parts.western or 0
            reading.settle(period_of(parts, closing_year(first, number)))
            return reading
        near = {"same", "next"}
        if parts.has_year and parts.year_relation not in near:
            return self._read(parts, mention, expression, first)
        if parts.month_relation in DEICTIC or parts.day_relation in DEICTIC:
            return self._read(parts, mention, expression, first)
        reading.settle(_relative_end(parts, first.period))
        return reading


def _relative_end(parts: Parts, first: Period) -> Period | None:
    """The end of a range that says no year of its own: 10月から翌年3月, 5～6月, 30日から2日, 20日から翌日."""
    year = _counted_year(first, fiscal=parts.unit == "fiscal_year")
    if parts.year_relation:
        return period_of(parts, year + STEPS[parts.year_relation], fiscal=parts.unit == "fiscal_year")
    if parts.day_relation:
        start = first.first_day()
        day = shift_day(start, STEPS[parts.day_relation]) if start else None
        return month_or_day(day.year, day.month, day.day) if day else None
    if parts.month_relation:
        return month_or_day(*shift_month(first.year, first.part, STEPS[parts.month_relation]), parts.day)
    if parts.month is None and parts.day is not None:
        over = bool(first.day) and parts.day < first.day
        return month_or_day(*shift_month(first.year, first.part, int(over)), parts.day)
    if parts.month is not None and first.has_month():
        return month_or_day(first.year + (parts.month < first.part), parts.month, parts.day)
    return period_of(parts, first.year, fiscal=first.granularity.startswith("fiscal"))


def _counted_year(period: Period, *, fiscal: bool) -> int:
    """The year that 同年 or 同年度 finds in ``period``."""
    if fiscal and period.granularity in ("month", "day") and period.part < 4:
        return period.year - 1
    return period.year


def _year_of_month(past: Past, month: int, *, follows: bool) -> int:
    """The year of a bare month behind ``past``: 12月、1月 runs over the end of the year."""
    period = past.period
    if period.granularity.startswith("fiscal"):
        return period.year + (month < 4)
    over = follows and period.has_month() and period.part >= 10 and month <= 3
    return period.year + over
