"""A month, quarter or half without a year: of the year that runs in the text, or the latest one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.entities.dates import chronicles, coming, fiscal, leaning, recurring, weekdays
from pipeline.entities.dates.around import is_past
from pipeline.entities.dates.bare_years import UnlicensedError
from pipeline.entities.dates.passing import Passing
from pipeline.entities.dates.undated import REACH

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from pipeline.entities.dates.memory import Memory, Past
    from pipeline.entities.dates.parts import Expression
    from pipeline.entities.dates.values import Reading
    from pipeline.model.entity import Mention
    from pipeline.model.evidence import Precision
    from pipeline.model.sentence import Sentence

# So many sentences behind it the next year still is what is told of (決め打ち).
BESIDE = 3


class EllipticDates:
    """Finds the years of one document's dates that are written without one."""

    def __init__(
        self, sentences: Sequence[Sentence], memory: Memory, reference: date | None, *,
        alone: bool, precision: Precision,
    ) -> None:  # fmt: skip
        """Take what the dates lean on; the arguments are those of :class:`DateResolver`."""
        self._sentences = sentences
        self._memory = memory
        self._reference = reference
        self._alone = alone
        self._precision = precision
        self._passing = Passing(sentences, memory, reference)

    def year(self, reading: Reading, mention: Mention[Expression], *, follows: bool) -> int | None:
        """Return the year of a month, of a quarter or of a half; 0 where a month's is not known.

        It is the year that runs in the text, else the latest before the document, unless the day of the week
        that is written behind a day tells another.
        """
        nearest = self._memory.latest("year")
        heads = nearest is not None and chronicles.heads(nearest, mention, self._sentences)
        past = nearest if heads else self._running(mention)
        year = self._leaning(reading, mention, past, follows=follows)
        if year and reading.parts.month and not (past and past.deictic):
            self._passing.told[reading.parts.month] = year
        return self._by_weekday(reading, mention, past, year) if reading.parts.day else year

    def _by_weekday(
        self, reading: Reading, mention: Mention[Expression], past: Past | None, year: int | None
    ) -> int | None:
        """The year that the day of the week tells, 0 where it refutes the one that is read."""
        text = self._sentences[mention.sentence].text
        day_of_week = weekdays.told(text, mention)
        label = past is not None and past.fiscal == "label"
        near = year or (self._reference.year if self._reference else 0)
        if not day_of_week or not (near or label) or coming.of_no_told_year(text, mention, past):
            return year
        leans, apart = bool(year and reading.antecedent), past is None or past.sentence != mention.sentence
        years = weekdays.possible(reading.parts, near, past, leans=leans, apart=apart)
        told = weekdays.year_of(
            reading.parts, day_of_week, [one for one in years if not self._contradicts(one, reading, text)]
        )
        if told and not year:
            reading.flags.remove("unresolved_anaphora")
        elif year and not told:
            reading.flags.append("unresolved_anaphora")
        return told

    def _contradicts(self, year: int, reading: Reading, text: str) -> bool:
        """Whether the month or day in this year lies behind the document's date, but is told as past."""
        today, parts = self._reference, reading.parts
        if today is None or not is_past(text):
            return False
        return (year, parts.month or 0, parts.day or 0) > (today.year, today.month, today.day)

    def _leaning(
        self, reading: Reading, mention: Mention[Expression], past: Past | None, *, follows: bool
    ) -> int | None:
        """The year that the text or the document gives."""
        month = reading.parts.month
        here = self._sentences[mention.sentence]
        if (by := self._by_document(reading, mention, past)) is not None:
            return by
        if past is not None:
            if month is None:
                return self._of_part(reading, past)
            if (again := self._passing.year(reading, mention, past)) is not None:
                return again
            year = self._of_fiscal(reading, mention, past) if past.fiscal else None
            if year is not None:
                return year
            reading.lean(past)
            year = fiscal.year_of_month(past, month, follows=follows)
            year += chronicles.turn(past, month, mention, here.text, self._memory)
            joined = self._sentences[past.sentence].block_id == here.block_id
            if joined and coming.rolls_over(past, year, month, self._reference):
                return year + 1
            today = self._reference
            ahead = today is not None and (year, month) > (today.year, today.month)
            if ahead and chronicles.may_be_over(here.text, mention, month):
                reading.flags.append("unresolved_anaphora")
                return 0
            # What is told as past does not lie behind the document's date.
            told = past.sentence != mention.sentence and is_past(here.text)
            return year - bool(ahead and (told or year > past.period.year))
        return self._by_reference(reading, month, mention)

    def _of_part(self, reading: Reading, past: Past) -> int:
        """The year of a quarter or a half; none where it may be that of any year from then on."""
        if past.ranged and past.over_years and not self._alone:
            raise UnlicensedError  # 令和6年度以降の報告書（第1・第3四半期）
        reading.lean(past)
        return past.period.year

    def _of_fiscal(self, reading: Reading, mention: Mention[Expression], past: Past) -> int | None:
        """The year of a month of a fiscal year; 0 where nothing tells it, None where it may be of another."""
        text, distance = self._sentences[mention.sentence].text, self._memory.distance(mention, past)
        month = reading.parts.month or 0
        heads = not self._sentences[past.sentence].text.endswith("。")
        label, term = heads or distance <= 1, past.fiscal == "term"
        if term:  # 令和6年3月期第1四半期（4月～6月）
            label = not text.endswith("期（", 0, mention.start)
        year = fiscal.year_of_month(past, month, follows=False, label=label)
        if year and distance and not term and is_past(text):
            return None
        if not year or (month <= weekdays.FISCAL_END and self._contradicts(year, reading, text)):
            reading.antecedent = past
            reading.flags.append("unresolved_anaphora")
            return 0
        reading.lean(past)
        return year

    def _by_reference(self, reading: Reading, month: int | None, mention: Mention[Expression]) -> int | None:
        """The year of a month or quarter that leans on nothing: of the latest month before the document."""
        lost = self._memory.lost("year")
        if month is None and not self._alone and lost is None:
            raise UnlicensedError
        untold = lost is not None and (lost == mention.sentence or self._memory.aside)
        if self._reference is None or month is None or untold:
            reading.flags.append("unresolved_anaphora")
            self._passing.undated.add((month, reading.parts.day))
            return 0 if month is not None else None  # XXXX-03-16
        return self._reference.year - (month > self._reference.month)

    def _by_document(self, reading: Reading, mention: Mention[Expression], past: Past | None) -> int | None:
        """The year of 来る10月, or of a month to come; 0 where it is not sure, None for any other month."""
        text, month = self._sentences[mention.sentence].text, reading.parts.month
        if month is None:
            return None
        turns = self._reference is None and past is not None and coming.turns(past, mention, month)
        if turns or coming.of_no_told_year(text, mention, past):
            by: int | None = 0
        else:
            by = coming.new_year(text, mention, month, past)
        if by is None:
            by = self._by_day(reading, mention, month, past)
        if by is None and recurring.of_every_year(text, mention, past):
            by = 0
        if by == 0:
            reading.flags.append("unresolved_anaphora")
        return by

    def _by_day(
        self, reading: Reading, mention: Mention[Expression], month: int, past: Past | None
    ) -> int | None:
        """The year that the document's day gives to 来る10月 and to a month to come."""
        if self._reference is None or self._precision != "day":
            return None
        text = self._sentences[mention.sentence].text
        before = text[max(0, mention.start - 3) : mention.start]
        told = past.period.year if past else None
        by = leaning.year_by_reference(reading.parts, before, self._reference, told)
        if by is None and not self._alone:
            row = past is not None and (self._memory.aside or 0 < self._memory.distance(mention, past) <= 1)
            by = coming.year(text, mention, month, past, self._reference, row=row)
            by = 0 if by and past is None and self._looks_ahead(mention) else by
        return by

    def _looks_ahead(self, mention: Mention[Expression]) -> bool:
        """Whether the text beside it tells of a later year than the document's own."""
        latest = self._memory.latest("year")
        later = latest.period.year - self._reference.year if latest and self._reference else 0
        if latest is None or later <= 0:
            return False
        # A goal many years ahead is not what is told of.
        near = BESIDE if later == 1 else int(latest.period.has_month())
        return self._memory.distance(mention, latest) <= near

    def _running(self, mention: Mention[Expression]) -> Past | None:
        """The date whose year a bare month or quarter belongs to."""
        limit = self._reference.year if self._reference else 9999
        nearest = self._memory.latest("year")
        glance: Past | None = None
        for past in self._memory.years():
            distance = self._memory.distance(mention, past)
            if leaning.is_goal(past, limit, mention, distance) and not self._is_scheduled(
                past, limit, mention
            ):
                continue
            near = distance <= REACH or (self._memory.aside and past is nearest)
            if glance is None and near and distance and past.is_glance(limit):
                glance = past
                continue
            if near and (glance is None or past.period.year >= limit - 2):
                return past
            if self._is_told(past, limit, mention):
                return past
        return glance

    def _is_told(self, past: Past, limit: int, mention: Mention[Expression]) -> bool:
        here = self._sentences[mention.sentence].section
        return past.section == here and limit - 1 <= past.period.year <= limit

    def _is_scheduled(self, past: Past, limit: int, mention: Mention[Expression]) -> bool:
        """Whether it is of a list of days to come, headed by the year: 令和7年度行事予定."""
        text = self._sentences[mention.sentence].text
        near = past.period.year <= limit + 1 + (past.period.has_month() and past.period.part < 4)
        return past.fiscal == "schedule" and near and not is_past(text)
