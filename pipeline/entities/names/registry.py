"""Names of a registry: what they mean, when they meant it, and where they stand in a text.

Names are compared in cleaned form (``clean.fold``) and found all at once by an Aho-Corasick automaton.
Cells hold several names joined by ``|``, each optionally with its own time: ``name@1954-07-01/2007-01-08``
(an EDTF interval; ``..`` or nothing for an open or unknown side).
"""

from __future__ import annotations

from calendar import monthrange
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any, Generic, Literal, NamedTuple, Protocol, TypeVar
from weakref import WeakSet

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from pipeline.clean import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping


NameKind = Literal["title", "former", "short", "english"]


@dataclass(frozen=True, slots=True)
class Validity:
    """The time in which something holds, both days included; None for an open or unknown side."""

    first: date | None = None
    last: date | None = None

    def holds(self, first: date | None, last: date | None = None) -> bool:
        """Whether it holds on a day, or at some time between two days; a day of None is always."""
        if first is None:
            return True
        last = last or first
        return (self.first is None or self.first <= last) and (self.last is None or first <= self.last)


ALWAYS = Validity()


@cache
def validity(text: str) -> Validity:
    """Read an EDTF interval of days, months or years; raises ValueError for anything else.

    >>> validity("1954-07/2007-01-08").first.isoformat(), validity("2007/..").last
    ('1954-07-01', None)
    """
    if not text:
        return ALWAYS
    first, _, last = text.partition("/")
    return Validity(_bound(first, end=False), _bound(last, end=True))


def _bound(text: str, *, end: bool) -> date | None:
    if text in ("", ".."):
        return None
    year, month, day = ([int(part) for part in text.split("-")] + [0, 0])[:3]
    month = month or (12 if end else 1)
    return date(year, month, day or (monthrange(year, month)[1] if end else 1))


class Name(NamedTuple):
    """A name of something, and the time in which it means that; ``own`` if a person added it."""

    text: str
    kind: NameKind
    valid: Validity = ALWAYS
    own: bool = False


class Named(Protocol):
    """Anything that bears names."""

    @property
    def names(self) -> tuple[Name, ...]:
        """All of its names."""


Record = TypeVar("Record", bound=Named)
# The automaton of a registry takes a tenth of a second to build. So many code points are looked up without
# it (決め打ち).
LOOKED_UP = 2000
_MADE: WeakSet[Lexicon[Any]] = WeakSet()


@dataclass(frozen=True, slots=True)
class Hit(Generic[Record]):
    """A name in a text: its half-open span, and the records that bear it, each with its name."""

    start: int
    end: int
    records: tuple[tuple[Record, Name], ...]


class Lexicon(Generic[Record]):
    """All names of a registry, to be found in a text in one pass."""

    def __init__(
        self,
        records: Iterable[Record],
        folded: Mapping[str, str] | None = None,
        respelled: Callable[[str], Collection[str]] = lambda _: (),
    ) -> None:
        """Index every name of ``records`` cleaned, as ``folded`` may give it, and as it is ``respelled``."""
        known = folded or {}
        by_text: dict[str, list[tuple[Record, Name]]] = defaultdict(list)
        for record in records:
            for name in record.names:
                text = known.get(name.text) or fold(name.text)
                by_text[text].append((record, name))
                if more := respelled(text):
                    for spelling in {*more} - {text}:
                        by_text[spelling].append((record, name))
        self._records: dict[str, tuple[tuple[Record, Name], ...]] = {
            text: tuple(found) for text, found in by_text.items()
        }
        self._left = LOOKED_UP
        _MADE.add(self)

    @cached_property
    def _indexed(self) -> tuple[AhoCorasick, list[tuple[tuple[Record, Name], ...]]]:
        automaton = AhoCorasick(
            list(self._records), matchkind=MatchKind.Standard, implementation=Implementation.ContiguousNFA
        )
        return automaton, list(self._records.values())

    @cached_property
    def _lengths(self) -> dict[str, list[int]]:
        """The lengths of the names that begin with two letters, or are one."""
        found: dict[str, set[int]] = defaultdict(set)
        for text in self._records:
            found[text[:2]].add(len(text))
        return {opening: sorted(lengths, reverse=True) for opening, lengths in found.items()}

    def index(self) -> None:
        """Get ready for long texts."""
        self._left = 0
        self._indexed  # noqa: B018 -- asked for, it is built

    def get(self, name: str) -> tuple[tuple[Record, Name], ...]:
        """Return the records that bear ``name``, a clean text."""
        return self._records.get(name, ())

    def find(self, text: str) -> Iterator[Hit[Record]]:
        """Yield every occurrence of a name in clean ``text``; occurrences may overlap.

        They come in the order of their ends, of those with one end the longest first.
        """
        self._left -= len(text)
        if self._left >= 0:
            for start, end in self._looked_up(text):
                yield Hit(start, end, self._records[text[start:end]])
            return
        automaton, records = self._indexed
        for index, start, end in automaton.find_matches_as_indexes(text, overlapping=True):
            yield Hit(start, end, records[index])

    def _looked_up(self, text: str) -> list[tuple[int, int]]:
        found = []
        for start in range(len(text)):
            for opening in {text[start], text[start : start + 2]}:
                for length in self._lengths.get(opening, ()):
                    end = start + length
                    if end <= len(text) and text[start:end] in self._records:
                        found.append((end, start))
        return [(start, end) for end, start in sorted(found)]


def index_all() -> None:
    """Get every lexicon ready for long texts, before processes are forked that would each do so."""
    for lexicon in _MADE:
        lexicon.index()


def names_of(cell: str, kind: NameKind, default: Validity = ALWAYS) -> Iterable[Name]:
    """Return the names of a cell; ``default`` is the time of those that bring none of their own."""
    if not cell:
        return ()
    if "@" not in cell:
        return [Name(text, kind, default) for text in cell.split("|") if text]
    return _timed(cell, kind, default)


def _timed(cell: str, kind: NameKind, default: Validity) -> Iterator[Name]:
    for part in filter(None, cell.split("|")):
        text, at, time = part.partition("@")
        yield Name(text, kind, validity(time) if at else default)
