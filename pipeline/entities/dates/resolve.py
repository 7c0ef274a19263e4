"""DATE: parts of an expression → the period of the calendar that it means.

The resolver reads the dates of a document in text order and keeps what 同年, 翌月 or a bare 10月 can point
back to (``memory.py``). ``bare_years.py`` reads 9年4月, ``related.py`` what points at another (同年, 昨年).
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.entities.dates import chronicles, comparisons, fiscal, undated, weekdays
from pipeline.entities.dates.around import is_past
from pipeline.entities.dates.bare_years import BareYears, UnlicensedError
from pipeline.entities.dates.counts import agrees, closing_year, fitting_era
from pipeline.entities.dates.leaning import is_fiscal, relative_end, short_number
from pipeline.entities.dates.memory import Memory, Past
from pipeline.entities.dates.parts import DEICTIC
from pipeline.entities.dates.related import RelatedDates
from pipeline.entities.dates.values import Reading, period_of, resolved
from pipeline.eras import era_named

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from pipeline.entities.dates.parts import Expression, Parts
    from pipeline.entities.entity_type import Meaning
    from pipeline.model.entity import Mention
    from pipeline.model.evidence import Precision
    from pipeline.model.sentence import Sentence

# How many characters behind a bare year say whether it is one (決め打ち).
BEHIND = 36


class DateResolver:
    """Resolves the dates of one document, in text order."""

    def __init__(
        self, sentences: Sequence[Sentence], reference: date | None, *,
        era: str = "", alone: bool = False, precision: Precision = "day",
    ) -> None:  # fmt: skip
        """Take what the dates stand in and lean on.

        Args:
            sentences: In the order that the mentions' ``sentence`` counts.
            reference: The document's date; None leaves deictics unresolved.
            era: The era that runs before the text begins (同25年, 9年4月); empty for that of the reference.
            alone: The text is one expression that is known to be a date, however little it says.
            precision: How much of ``reference`` is known: where only a year is, no day is 本日.
        """
        self._sentences = sentences
        self._reference = reference
        self._alone = alone
        self._base_in = -1  # the sentence in which the base of a comparison stood last
        self._memory = Memory(sentences)
        self._bare = BareYears(self._memory, reference, era=era, alone=alone)
        self._related = RelatedDates(
            sentences, self._memory, self._bare, reference, alone=alone, precision=precision
        )

    def resolve(self, index: int, mention: Mention[Expression], expression: Expression) -> Meaning | None:
        """Return the value of the mention, or None where it turns out to be no date."""
        sentence = self._sentences[mention.sentence]
        self._memory.enter(sentence)
        try:
            first, second = self._ends(mention, expression)
        except UnlicensedError:
            return None
        self._remember(index, mention, sentence, first, second, named=expression.named)
        if expression.named:
            return None
        return resolved(expression, first, second)

    def _ends(self, mention: Mention[Expression], expression: Expression) -> tuple[Reading, Reading | None]:
        first, second = expression.first, expression.second
        leads = second and second.has_month and (second.western or second.era_year) and first.month
        if second is None or not leads or first.has_year or second.era == "同":
            opened = self._read(first, mention, expression)
            return opened, self._close(expression, opened, mention)
        # 11月から平成18年2月: the year stands in the second half, and the range runs forward.
        closed = self._read(second, mention, expression)
        reading = Reading(first, era=closed.era, style=closed.style)
        if (end := closed.period) is not None:
            later = (first.month or 0, first.day or 0) > (end.part, end.day if first.day else 31)
            reading.settle(period_of(first, end.year - later))
        return reading, closed

    def _remember(
        self,
        index: int,
        mention: Mention[Expression],
        sentence: Sentence,
        first: Reading,
        second: Reading | None,
        *,
        named: bool,
    ) -> None:
        last = second or first
        if first.period is None or last.period is None:
            self._forget(first, last, mention)
            return
        if first.parts.is_base:
            # 前年より増加した, 前年同月を下回った: what is compared with does not become what is told of.
            return
        self._memory.western |= first.parts.writes_western
        self._memory.seen.update((first.period.year, last.period.year))
        if mention.rule == "cited_year" or fiscal.heads_a_column(last.parts, sentence):
            return  # a running head or a work that is cited says nothing of what is told
        if comparisons.is_base(mention, self._sentences, last.period.year, self._memory):
            self._base_in = mention.sentence
            return
        self._memory.add(
            Past(
                index, mention.sentence, mention.end, sentence.section, last.period,
                last.era or first.era, first.style, ranged=second is not None or first.parts.mod[:3] == "ON_",
                over_years=first.period.year != last.period.year or first.parts.mod[:3] == "ON_",
                fiscal=fiscal.of(last, sentence.text[mention.end :]),
                deictic=last.parts.year_relation in DEICTIC,
                scale=comparisons.is_scale(sentence.text, mention.end),
                background=named
                or self._is_background(first, last, sentence.text[mention.end :]),
            )
        )  # fmt: skip

    def _forget(self, first: Reading, last: Reading, mention: Mention[Expression]) -> None:
        """What follows 昨年 leans on no year before it, where nothing tells which year that is."""
        if self._reference is None and "no_reference_date" in (*first.flags, *last.flags):
            self._memory.lose(last.parts.kinds(), mention.sentence)

    def _is_background(self, first: Reading, last: Reading, behind: str) -> bool:
        past, limit = self._memory.latest("year"), self._bare.limit()
        written = first.parts.western or first.parts.era_year
        if self._memory.aside or last.period is None or not written or not chronicles.OF.match(behind):
            return False
        if past is None or last.period.year > limit:
            return last.period.year > limit  # a goal: 2030年の目標に向け
        return last.period.year < past.period.year and limit - 1 <= past.period.year <= limit

    def _read(
        self,
        parts: Parts,
        mention: Mention[Expression],
        expression: Expression,
        opened: Reading | None = None,
    ) -> Reading:
        """Resolve one end; ``opened`` is the first end where this is the second."""
        reading = Reading(parts)
        if parts.compared and not self._alone:
            comparisons.check(mention, self._sentences, self._memory, based=self._base_in)
        year = self._year(reading, mention, expression, opened)
        if parts.month_relation:
            self._related.related_month(reading, mention, year)
        elif parts.day_relation:
            self._related.related_day(reading, mention, year)
        elif parts.day is not None and parts.month is None:
            self._related.bare_day(reading, mention, expression)
        elif year is not None:
            reading.settle(period_of(parts, year, fiscal=is_fiscal(reading)))
        if opened is None and weekdays.contradicts(
            self._sentences[mention.sentence].text, mention, reading.period
        ):
            reading.flags.append("weekday_mismatch")
        return reading

    def _year(
        self, reading: Reading, mention: Mention[Expression], expression: Expression, opened: Reading | None
    ) -> int | None:
        parts = reading.parts
        if parts.era:
            return self._era_year(reading, opened)
        if parts.western is not None:
            return self._western_year(reading, mention)
        if parts.bare is not None:
            sentence = self._sentences[mention.sentence].text
            if parts.bare == 1 and (era := undated.era_before(sentence, mention.start)):
                reading.era, reading.era_year, reading.style = era.name, 1, "era"
                return era.year(1)
            return self._bare.year(reading, mention, expression, self._behind(mention))
        if parts.unit == "century":
            return self._related.deictic_century(reading)
        if parts.year_relation in DEICTIC:
            return self._related.deictic_year(reading)
        if parts.year_relation:
            return self._related.anaphoric_year(reading, mention)
        if parts.month is not None or parts.quarter or parts.half:
            return self._related.elliptic.year(reading, mention, follows=expression.follows)
        return None

    def _behind(self, mention: Mention[Expression]) -> str:
        return self._sentences[mention.sentence].text[mention.end : mention.end + BEHIND]

    def _took_years(self, mention: Mention[Expression], year: int) -> bool:
        """Whether 2020年から30年で増えた in 2024 says how long it took: the end lies ahead and is told as past."""
        text = self._sentences[mention.sentence].text
        ahead = self._reference is not None and year > self._reference.year
        return ahead and text.startswith("で", mention.end) and is_past(text)

    def _era_year(self, reading: Reading, opened: Reading | None) -> int:
        parts = reading.parts
        number = parts.era_year or 1
        name = parts.era
        if name == "同":
            past = self._memory.latest("era")
            name = opened.era if opened and opened.era else past.era if past else self._bare.running_era()
            if past and not (opened and opened.era):
                reading.antecedent = past
            name = fitting_era(parts, name)
        era = era_named(name)
        year = era.year(number) if era else 0
        reading.era, reading.era_year = name, number
        reading.style = "western2" if parts.digits == 2 and parts.western else "era"
        if parts.western is not None and not agrees(parts, year):
            reading.flags.append("era_mismatch")
        return year

    def _western_year(self, reading: Reading, mention: Mention[Expression]) -> int | None:
        parts = reading.parts
        year = parts.western or 0
        if parts.unit == "century":
            return (year - 1) * 100 + 1
        if parts.digits != 2:
            reading.style = "western4" if parts.digits else ""  # none of the text's own in English
            return year
        return self._bare.decade(reading, mention) if parts.unit == "decade" else self._bare.century(year)

    def _close(self, expression: Expression, first: Reading, mention: Mention[Expression]) -> Reading | None:
        """Resolve the second end of a range, which takes from the first what it does not write itself."""
        parts = expression.second
        if parts is None:
            return None
        reading = Reading(parts, era=first.era)
        if first.period is None:
            return reading
        number = short_number(parts)
        if number is not None:
            year = closing_year(first, number)
            if parts.is_year and number % 5 == 0 and self._took_years(mention, year):
                reading.flags.append("unresolved_anaphora")
            else:
                reading.settle(period_of(parts, year))
            return reading
        if parts.has_year and parts.year_relation not in {"same", "next", "second_next"}:
            return self._read(parts, mention, expression, first)
        if parts.month_relation in DEICTIC or parts.day_relation in DEICTIC:
            return self._read(parts, mention, expression, first)
        end = relative_end(parts, first.period)
        reading.settle(end if end is None or first.period.year else replace(end, year=0))
        return reading
