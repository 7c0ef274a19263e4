"""Months that were told before a date at which the text only looks in passing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.entities.dates import table_heads

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from pipeline.entities.dates.memory import Memory, Past
    from pipeline.entities.dates.parts import Expression
    from pipeline.entities.dates.values import Reading
    from pipeline.model.entity import Mention
    from pipeline.model.sentence import Sentence


class Passing:
    """The months of one document that were told, with the year of each or without one."""

    def __init__(self, sentences: Sequence[Sentence], memory: Memory, reference: date | None) -> None:
        """Start with none told."""
        self._sentences = sentences
        self._memory = memory
        self._reference = reference
        self.told: dict[int, int] = {}
        self.undated: set[tuple[int | None, int | None]] = set()

    def year(self, reading: Reading, mention: Mention[Expression], past: Past) -> int | None:
        """The year of a month told before ``past``; 0 where it is open, None where ``past`` leads it.

        4月以降の状況を発表した。避難指示は昨年12月に解除された。4月は少ない。
        """
        if past.sentence == mention.sentence:
            return None
        if table_heads.of_no_told_year(mention, past, self._sentences, self._memory, self._reference):
            reading.flags.append("unresolved_anaphora")
            return 0
        if past.deictic and reading.parts.month in self.told:
            return self.told[reading.parts.month or 0]
        if not self._is_undated(reading, past):
            return None
        reading.flags.append("unresolved_anaphora")
        return 0

    def _is_undated(self, reading: Reading, past: Past) -> bool:
        """投票は7月20日に行う。昭和22年に第1回が行われた。投票は7月20日である: of a year that the text does not name."""
        if self._reference is not None or not self.undated:
            return False
        if (reading.parts.month, reading.parts.day) in self.undated:
            return True
        year = past.period.granularity in ("year", "fiscal_year")
        return year and self._sentences[past.sentence].text.endswith("。")
