"""What the dates of a text can lean on: the dates read before, the nearest first.

A table and a note may look back at the prose, but the prose does not look back at them. Whatever is asked
is answered from the latest date of its kind, so that a document of any size is resolved in linear time.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from itertools import accumulate
from typing import TYPE_CHECKING, Literal

from pipeline.eras import era_named

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pipeline.entities.dates.parts import Expression
    from pipeline.eras import Period
    from pipeline.model.entity import Mention
    from pipeline.model.sentence import Sentence

# Notes and tables read on from the prose, and keep their own dates to themselves.
ASIDE = frozenset({"table", "footnote", "caption", "reference", "gloss"})
# How many earlier dates are looked through for one that fits (決め打ち).
DEPTH = 40
# So many years from its first on a text goes on from a decade (決め打ち).
BEHIND_DECADE = 20
# How many years before the document a year counts as long past (決め打ち).
LONG_AGO = 2
Kind = Literal["year", "month", "day", "era", "style"]
# What a fiscal year is to the months behind it: the year that they are of, the name of something, the head
# of a list of days to come, or the end of a firm's year. Nothing where the year is no fiscal year.
Fiscal = Literal["", "year", "label", "schedule", "term"]
# How the text writes its years: 平成15年, 15年 or 2003年, 03年.
Style = Literal["", "era", "western2", "western4"]


@dataclass(frozen=True, slots=True)
class Past:
    """A date that later ones can lean on.

    Attributes:
        index: Of its mention.
        sentence: Index of its sentence.
        end: Where its mention ends in the sentence.
        ranged: It is a range, of which ``period`` is the last end, or open to one side.
        over_years: It is a range over more than one year, or open to one side.
        background: It lies before the year that the text tells of, and only says which one is meant
            (2002年10月の合意).
        scale: It is that of a scale (平成22年＝100), and nothing is told of it.
        deictic: It is written by its relation to the document's date (昨年12月).
        fiscal: What the fiscal year that it is, or that it is a month of, is to the months behind it.
    """

    index: int
    sentence: int
    end: int
    section: tuple[str, ...]
    period: Period
    era: str = ""
    style: Style = ""
    ranged: bool = False
    over_years: bool = False
    background: bool = False
    scale: bool = False
    fiscal: Fiscal = ""
    deictic: bool = False

    def is_glance(self, present: int) -> bool:
        """Whether the text only looks back at it: a year alone, long past (昭和45年の16,765人); or background."""
        long_past = self.period.year < present - LONG_AGO
        return self.background or (self.period.granularity in ("year", "fiscal_year") and long_past)

    def is_(self, kind: Kind) -> bool:
        """Whether a later date can take its ``kind`` from it."""
        match kind:
            case "year":
                return self.period.has_year()
            case "month":
                return self.period.has_month()
            case "day":
                return self.period.granularity == "day"
            case "era":
                return bool(self.era)
            case "style":
                return bool(self.style)


@dataclass(slots=True)
class _Scope:
    latest: dict[Kind, Past] = field(default_factory=dict)
    lost: dict[Kind, int] = field(default_factory=dict)
    years: deque[Past] = field(default_factory=lambda: deque(maxlen=DEPTH))


class Memory:
    """The dates of one document read so far, those of the prose and those of the present table or note."""

    def __init__(self, sentences: Sequence[Sentence]) -> None:
        """Start with nothing read of ``sentences``."""
        self.sentences = sentences
        # How much prose stands before each: a table of a hundred cells is no distance to the prose behind it.
        self._before = list(accumulate((s.kind not in ASIDE for s in sentences), initial=0))
        self._prose = _Scope()
        self._aside = _Scope()
        self._group = ""
        self._captioned = False
        self.latest_year = 0
        self.seen: set[int] = set()
        self.eras: set[str] = set()
        self.western = False

    def enter(self, sentence: Sentence) -> None:
        """Take note of where the next date stands."""
        group = (
            "" if sentence.kind not in ASIDE else "table" if sentence.kind == "table" else sentence.block_id
        )
        if group != self._group:
            # A table goes on from the caption above it.
            carries = group == "table" and self._captioned
            self._aside, self._group = self._aside if carries else _Scope(), group
        self._captioned = sentence.kind == "caption"

    @property
    def aside(self) -> bool:
        """Whether the next date stands in a table or a note."""
        return bool(self._group)

    def distance(self, mention: Mention[Expression], past: Past) -> int:
        """Return how many sentences of prose lie from ``past`` to ``mention``, 0 in the same sentence."""
        if mention.sentence == past.sentence:
            return 0
        return max(1, self._before[mention.sentence] - self._before[past.sentence])

    def add(self, past: Past) -> None:
        """Remember a date for those that follow."""
        scope = self._aside if self._group else self._prose
        for kind in ("year", "month", "day", "era", "style"):
            if past.is_(kind):
                scope.latest[kind] = past
                scope.lost.pop(kind, None)
        if past.era:
            self.eras.add(past.era)
        if past.is_("year"):
            self.seen.add(past.period.year)
            scope.years.append(past)
            self.latest_year = max(self.latest_year, past.period.year)

    def lose(self, kinds: Iterable[Kind], sentence: int) -> None:
        """Forget the latest year, month or day: the text goes on from one that nothing tells.

        昨年 in a document without a date is some year, and what follows it leans on no year before it.

        Args:
            kinds: What the date in the text has.
            sentence: Index of its sentence.
        """
        scope = self._aside if self._group else self._prose
        for kind in kinds:
            scope.latest.pop(kind, None)
            scope.lost[kind] = sentence
        if "year" in scope.lost:
            scope.years.clear()

    def lost(self, kind: Kind) -> int | None:
        """Return the sentence in which the latest year, month or day is one that nothing tells, else None."""
        for scope in (self._aside, self._prose):
            if kind in scope.latest:
                return None
            if kind in scope.lost:
                return scope.lost[kind]
        return None

    def latest(self, kind: Kind) -> Past | None:
        """Return the nearest earlier date that has a year, a month, … to lean on."""
        if kind in self._aside.lost:
            return None
        return self._aside.latest.get(kind) or self._prose.latest.get(kind)

    def era_for(self, number: int) -> Past | None:
        """Return the date by whose era a bare number may count: a decade alone tells of its own years.

        平成14年に最多となった。昭和40年代より多い。15年に: the years go on from 平成14年.
        """
        past = self.latest("era")
        era = era_named(past.era) if past and past.period.granularity == "decade" else None
        if (
            past is None
            or era is None
            or 0 <= number - (past.period.year - era.first.year + 1) < BEHIND_DECADE
        ):
            return past
        others = (one for one in self.years() if one.era and one.period.granularity != "decade")
        return next(others, past)

    def years_aside(self) -> Iterator[Past]:
        """Yield the dates with a year of the present table or note, the nearest first, up to ``DEPTH``."""
        yield from reversed(self._aside.years)

    def years(self) -> Iterator[Past]:
        """Yield the earlier dates that have a year, the nearest first, up to ``DEPTH`` of each scope."""
        yield from reversed(self._aside.years)
        if "year" not in self._aside.lost:
            yield from reversed(self._prose.years)
