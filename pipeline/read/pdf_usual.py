"""What is usual in a PDF, as far as it is read: how large its letters are, and how far apart its lines."""

from __future__ import annotations

from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING

from pipeline.read.pdf_rows import BELOW, alike

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pipeline.read.pdf_rows import Row

# Lines stand wide if at least PAIRS of them are at most MOST_WIDE apart, the share NEAR of them as far as
# usual, to NEARLY a letter, and FULL_SHARE of them end at the right edge, to RAGGED letters. SPARE is how
# much more parts two of them, in letters (決め打ち). Items of a list are as far apart, but end anywhere.
PAIRS, MOST_WIDE, NEAR, NEARLY, FULL_SHARE, RAGGED, SPARE = 5, 3.0, 0.5, 0.15, 0.4, 1.3, 0.3


def spacing(rows: Sequence[Row]) -> float | None:
    """Return how far apart the lines of a page may be, in letters; None where too few tell it."""
    prose = [row for row in rows if row.prose]
    gaps = [
        (row.top - above.bottom) / above.size
        for above, row in pairwise(prose)
        if alike(above, row)
        and row.middle > above.middle
        and abs(row.left - above.left) <= MOST_WIDE * row.size
    ]
    if len(gaps) < PAIRS:
        return None
    usual, right = median(gaps), max(row.right for row in prose)
    near = sum(abs(gap - usual) <= NEARLY for gap in gaps) >= NEAR * len(gaps)
    full = sum(row.right + RAGGED * row.size >= right for row in prose) >= FULL_SHARE * len(prose)
    return max(BELOW, usual + SPARE) if near and full and usual <= MOST_WIDE else BELOW


class Sizes:
    """How large the letters of a document are and how far apart its lines, as far as it is read."""

    def __init__(self) -> None:
        self._times: dict[float, float] = {}
        self._reach = BELOW

    def space(self, rows: Sequence[Row]) -> None:
        """Tell each row how far apart its page's lines stand: as on the page before where too few tell it."""
        self._reach = spacing(rows) or self._reach
        for row in rows:
            row.reach = self._reach

    def add(self, rows: Iterable[Row]) -> None:
        """Count the letters of rows, large ones more: they cover more of the page."""
        for row in rows:
            size = round(row.size, 1)
            letters = sum(len(piece.glyphs) for piece in row.pieces)
            self._times[size] = self._times.get(size, 0.0) + size * letters

    @property
    def usual(self) -> float:
        """The size that covers most."""
        return max(self._times, key=lambda size: self._times[size], default=0.0)
