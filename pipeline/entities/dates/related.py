"""Dates that point at one before them in the text (同年, 翌月, a bare 10月) or at the document's (昨年)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from pipeline.entities.dates import beside_days, comparisons, days_alone, falling_in, leaning
from pipeline.entities.dates.around import DAY_TOLD, TIME_OF_DAY
from pipeline.entities.dates.bare_years import BareYears, UnlicensedError
from pipeline.entities.dates.elliptic import EllipticDates
from pipeline.entities.dates.parts import BEFORE_IT, DEICTIC, STEPS
from pipeline.entities.dates.undated import REACH
from pipeline.entities.dates.values import Reading, month_or_day
from pipeline.eras import fiscal_year, shift_day, shift_month

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from pipeline.entities.dates.memory import Memory, Past
    from pipeline.entities.dates.parts import Expression, Parts, Relation
    from pipeline.model.entity import Mention
    from pipeline.model.evidence import Precision
    from pipeline.model.sentence import Sentence

# How many sentences back 翌日 and 翌月 may lean on a date; they also stand for any next day (決め打ち): 翌日配達.
NEAR = 2
NEAR_TIME = 3  # so far back 30日18時 leans on a day (決め打ち)


def _months_off(number: int, day: int, relation: Relation) -> int:
    """How many months the day of this number lies off: 翌14日 behind ``day``, 本9日 and 昨9日 up to it."""
    if relation in DEICTIC and relation != "coming":
        return -int(number > day)
    return int(number <= day)


class RelatedDates:
    """Resolves the related dates of one document."""

    def __init__(
        self, sentences: Sequence[Sentence], memory: Memory, bare: BareYears, reference: date | None, *,
        alone: bool, precision: Precision,
    ) -> None:  # fmt: skip
        """Take what the dates lean on; the arguments are those of :class:`DateResolver`."""
        self._sentences = sentences
        self._memory = memory
        self._bare = bare
        self._reference = reference
        self._alone = alone
        self._precision = precision
        self.elliptic = EllipticDates(sentences, memory, reference, alone=alone, precision=precision)

    def deictic_century(self, reading: Reading) -> int | None:
        """今世紀, 前世紀: return the first year of the century, None without a reference date."""
        if self._reference is None:
            reading.flags.append("no_reference_date")
            return None
        first = (self._reference.year - 1) // 100 * 100 + 1
        return first + 100 * STEPS[reading.parts.year_relation or "this"]

    def deictic_year(self, reading: Reading) -> int | None:
        """昨年, 本年度: return the year, None without a reference date."""
        if self._reference is None:
            reading.flags.append("no_reference_date")
            return None
        fiscal = reading.parts.unit == "fiscal_year"
        base = fiscal_year(self._reference) if fiscal else self._reference.year
        return base + STEPS[reading.parts.year_relation or "this"]

    def anaphoric_year(self, reading: Reading, mention: Mention[Expression]) -> int | None:
        """同年, 翌年度, 前年: return the year; raises UnlicensedError where 翌4月 leans on nothing."""
        relation = reading.parts.year_relation or "same"
        text, limit = self._sentences[mention.sentence].text, self._bare.limit()
        if falling_in.of_any_year(text, mention):
            reading.flags.append("unresolved_anaphora")
            return None
        past = leaning.pointed_at(reading.parts, mention, self._memory, limit, text)
        far = past is None or (not self._memory.aside and self._memory.distance(mention, past) > REACH)
        if past is None or (relation != "same" and far):
            counted = reading.parts.plain_year or leaning.behind_month(text, mention)
            if relation != "same" and not self._alone and not counted:
                raise UnlicensedError
            reading.flags.append("unresolved_anaphora")
            return None
        if relation in BEFORE_IT and comparisons.is_one_of_several(mention, self._sentences, self._memory):
            self._memory.lose(("year", "month", "day"), mention.sentence)
            reading.flags.append("unresolved_anaphora")
            return None
        reading.lean(past)
        year = leaning.in_next_month(reading.parts, past, text[mention.start : mention.end])
        if year is not None:
            return year
        return leaning.counted_year(past.period, fiscal=reading.parts.unit == "fiscal_year") + STEPS[relation]

    def _near(self, past: Past | None, relation: str, mention: Mention[Expression]) -> Past | None:
        """``past``, unless it is so far off that 翌日 or 前月 speaks of no day in particular."""
        if past is None or relation == "same" or self._memory.aside:
            return past
        return past if self._memory.distance(mention, past) <= NEAR else None

    def related_month(self, reading: Reading, mention: Mention[Expression], year: int | None) -> None:
        """同月, 翌月15日, 先月: settle the month or day; ``year`` is what is written before it (前年同月)."""
        relation = reading.parts.month_relation or "same"
        if relation in DEICTIC:
            if self._reference is None or self._precision == "year":
                reading.flags.append("no_reference_date")
                return
            base, past = (self._reference.year, self._reference.month), None
        else:
            kind: Literal["day", "month"] = "day" if reading.parts.day_relation else "month"
            past = self._near(self._memory.latest(kind), relation, mention)
            if past is None or falling_in.of_any_year(self._sentences[mention.sentence].text, mention):
                if past is None and relation != "same" and not self._alone:
                    raise UnlicensedError
                reading.flags.append("unresolved_anaphora")
                return
            reading.lean(past)
            base = (past.period.year, past.period.part)
        y, m = shift_month(*base, STEPS[relation])
        if not base[0]:
            y = 0  # the month is known, and no year
            reading.flags.append("unresolved_anaphora")
        day = past.period.day if past and reading.parts.day_relation else reading.parts.day
        reading.settle(month_or_day(year if year is not None else y, m, day))

    def related_day(self, reading: Reading, mention: Mention[Expression], year: int | None) -> None:
        """同日, 翌14日, 昨日: settle the day; ``year`` is what is written before it (前年同日)."""
        relation = reading.parts.day_relation or "same"
        base = self._base_day(reading, relation, mention)
        day = shift_day(base, STEPS[relation]) if base else None
        if day and base and reading.parts.day not in (None, day.day):
            over = shift_month(base.year, base.month, _months_off(reading.parts.day or 0, base.day, relation))
            reading.settle(month_or_day(*over, reading.parts.day))
        elif day:
            reading.settle(month_or_day(day.year if year is None else year, day.month, day.day))

    def _base_day(self, reading: Reading, relation: Relation, mention: Mention[Expression]) -> date | None:
        """The day that 翌日 or 昨日 counts from."""
        if relation in DEICTIC:
            # 1 July stands for an edition's year: no day is 本日 there, and 今日 is today's world.
            if self._reference is None or self._precision != "day":
                today = self._sentences[mention.sentence].text.startswith(("今日", "きょう"), mention.start)
                if today and not self._alone:
                    raise UnlicensedError
                reading.flags.append("no_reference_date")
                return None
            return self._reference
        past = self._near(self._memory.latest("day"), relation, mention)
        text = self._sentences[mention.sentence].text
        if not self._alone and beside_days.any_day(text, relation, mention, past):
            raise UnlicensedError  # 翌日配達, 投票日の前日
        if past and beside_days.day_of_another(text, relation, mention, past):
            past = None
        if past:
            reading.lean(past)
        base = past.period.first_day() if past else None
        if base is None:
            reading.flags.append("unresolved_anaphora")
        return base

    def bare_day(self, reading: Reading, mention: Mention[Expression], expression: Expression) -> None:
        """A day without a month: only close behind a date that has one (5月3日、7日; 5月3日に…、7日に…)."""
        past = self._memory.latest("month")
        parts = reading.parts
        text = self._sentences[mention.sentence].text
        if self._alone_settled(reading, mention, text):
            return
        here = past is not None and (past.sentence == mention.sentence or self._goes_on(past, parts, mention))
        if past is None or not here:
            if not self._alone:
                raise UnlicensedError
            reading.flags.append("unresolved_anaphora")
            return
        listed = past.sentence == mention.sentence and days_alone.opens_a_list(text, past.end, mention)
        if not (expression.follows or listed or leaning.onward(text, past, parts, mention)):
            raise UnlicensedError
        reading.lean(past)
        day, last = parts.day or 0, past.period.day
        over = expression.follows and past.ranged and day < last
        year, month = shift_month(past.period.year, past.period.part, int(over))
        if not past.period.year:
            year = 0
            reading.flags.append("unresolved_anaphora")
        reading.settle(month_or_day(year, month, parts.day))

    def _alone_settled(self, reading: Reading, mention: Mention[Expression], text: str) -> bool:
        """Settle a day told again in brackets, or one of the month in which the document speaks."""
        parts, today = reading.parts, self._reference
        if told := days_alone.told_in_brackets(text, mention, parts, self._memory):
            reading.lean(told)
            reading.settle(told.period)
            return True
        today = today if self._precision == "day" else None
        past = self._memory.latest("month")
        if past and today and not self._alone and days_alone.is_of_now(past, parts, mention, today):
            past = None
        spoken = None if self._alone else days_alone.spoken_on(mention, past, self._sentences, today)
        if spoken is None or not days_alone.of_the_document(text, mention, parts, spoken):
            return False
        if past and (self._memory.aside or self._memory.distance(mention, past) > NEAR_TIME):
            return False
        month = days_alone.month_of(text, parts, spoken, today, past)
        if month is not None:
            reading.settle(month_or_day(*month, parts.day))
        return month is not None

    def _goes_on(self, past: Past, parts: Parts, mention: Mention[Expression]) -> bool:
        """Whether a bare day tells on from the sentence before (19日に訪問した。20日、会談した)."""
        text = self._sentences[mention.sentence].text
        distance = self._memory.distance(mention, past)
        if past.period.granularity != "day" or distance > NEAR_TIME:
            return False
        day = parts.day or 0
        if TIME_OF_DAY.match(text, mention.end):
            return day >= past.period.day
        if distance != 1:
            return False
        if day == past.period.day:
            return leaning.same_day(text, parts, mention)
        return day > past.period.day and DAY_TOLD.match(text, mention.end) is not None
