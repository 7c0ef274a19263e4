"""How far a run is, and how long the rest of it will take.

A worker tells from time to time how far its document is (:class:`Steps`). The first process sets what is
done against what is left (:class:`Pace`), by the bytes of the documents: those of a PDF hold less text than
those of a text file, so each kind of file has a rate of its own as soon as one of its documents is under way.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePath
from time import perf_counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pipeline.runs.outcomes import Outcome

    Told = Callable[[float, float], None]
    """Is told how much of a document is done, 0 to 1, and how many seconds that took."""

# Seconds of work on a code point once it is read. Only their ratio to the time of reading counts (決め打ち).
RATES = {"ginza": 3e-4, "sudachi": 3e-5}
# Bytes of these kinds take less work than those of a text, until one was under way (決め打ち).
LIGHTER = {".pdf": 0.2}
# Seconds between two words of a worker.
OFTEN = 0.2


class Steps:
    """Tells how far the work on one document is."""

    def __init__(self, told: Told, analyzer: str) -> None:
        """Begin now."""
        self._told, self._rate = told, RATES[analyzer]
        self._began = self._last = perf_counter()
        self._first = 0.0

    def read(self, characters: int) -> None:
        """Note that the document was read, and how many code points it has."""
        took = perf_counter() - self._began
        rest = characters * self._rate
        self._first = took / (took + rest) if rest else 1.0

    def __call__(self, share: float) -> None:
        """Note how much is done of what comes behind reading, 0 to 1; too often is not said."""
        now = perf_counter()
        if now - self._last >= OFTEN:
            self._last = now
            self._told(self._first + (1 - self._first) * share, now - self._began)


@dataclass(slots=True)
class _Rate:
    """What documents of one kind took: seconds of a worker, and the bytes that were done in them."""

    seconds: float = 0.0
    size: float = 0.0


class Pace:
    """How far a run is.

    Attributes:
        done: How much of the work is done, 0 to 1.
    """

    def __init__(self, sizes: Mapping[str, int], kinds: Mapping[str, str]) -> None:
        """Begin.

        Args:
            sizes: The bytes of each document, by id; 0 where nobody knows.
            kinds: The ending of its file (``.pdf``).
        """
        known = [size for size in sizes.values() if size]
        usual = sum(known) / len(known) if known else 1.0
        self._left = {doc_id: size or usual for doc_id, size in sizes.items()}
        self._kinds = kinds
        self._size: dict[str, float] = dict.fromkeys(kinds.values(), 0.0)
        for doc_id, size in self._left.items():
            self._size[kinds[doc_id]] += size
        self._whole = self._size.copy()
        self._rates: dict[str, _Rate] = {}
        self._running: dict[str, tuple[float, float]] = {}
        self._began: float | None = None
        self.done = 0.0

    def told(self, doc_id: str, share: float, seconds: float, now: float) -> None:
        """Take in how far a document is.

        Args:
            doc_id: Of the document.
            share: How much of it is done, 0 to 1.
            seconds: How long it was worked on.
            now: The time, in seconds.
        """
        self._begin(now - seconds)
        if doc_id in self._left:
            self._running[doc_id] = share, seconds

    def took(self, outcome: Outcome, now: float) -> None:
        """Take in a document that is done; one that was unchanged, or failed, tells nothing of the pace."""
        doc_id, kind = outcome.doc_id, self._kinds[outcome.doc_id]
        size = self._left.pop(doc_id)
        self._size[kind] -= size
        self._running.pop(doc_id, None)
        if outcome.unchanged:
            self._whole[kind] -= size
            return
        self._begin(now - outcome.seconds)
        if not outcome.error:
            rate = self._rates.setdefault(kind, _Rate())
            rate.seconds += outcome.seconds
            rate.size += size

    def _begin(self, when: float) -> None:
        """Note when work began: what a worker took to load says nothing of the pace."""
        self._began = when if self._began is None else min(self._began, when)

    def left(self, now: float) -> float | None:
        """Return the seconds that the rest will take at the pace so far; None if nobody can know."""
        if not self._left:
            self.done = 1.0
            return 0.0
        rates = self._by_kind()
        if not rates or self._began is None:
            return None
        work = sum(size * rates[kind] for kind, size in self._size.items())
        whole = sum(size * rates[kind] for kind, size in self._whole.items())
        running = [
            (self._left[doc_id] * rates[self._kinds[doc_id]], share)
            for doc_id, (share, _) in self._running.items()
        ]
        work -= sum(of_one * share for of_one, share in running)
        self.done = max(0.0, 1 - work / whole) if whole else 0.0
        at_once = max(whole - work, 1e-9) / max(now - self._began, 1e-9)
        return work / at_once

    def _by_kind(self) -> dict[str, float]:
        """Return the seconds of work that a byte of each kind takes; nothing if nothing is known yet."""
        found = {kind: _Rate(rate.seconds, rate.size) for kind, rate in self._rates.items()}
        for doc_id, (share, seconds) in self._running.items():
            rate = found.setdefault(self._kinds[doc_id], _Rate())
            rate.seconds += seconds
            rate.size += share * self._left[doc_id]
        known = {kind: rate.seconds / rate.size for kind, rate in found.items() if rate.size}
        if not known:
            return {}
        plain = sum(rate / LIGHTER.get(kind, 1.0) for kind, rate in known.items()) / len(known)
        return {kind: known.get(kind, plain * LIGHTER.get(kind, 1.0)) for kind in self._size}


def kind_of(path: str) -> str:
    """Return the ending of a file, which tells how much work is in its bytes.

    >>> kind_of("texts.zip/a.PDF")
    '.pdf'
    """
    return PurePath(path).suffix.casefold()
