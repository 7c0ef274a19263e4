"""Where the columns of a page end on the right (see ``pdf_paragraphs.py``)."""

from __future__ import annotations

from bisect import bisect_left
from itertools import islice
from typing import TYPE_CHECKING

from pipeline.read.pdf_rows import alike

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.read.pdf_rows import Block, Row

# How near to the end of a column rows end that prove it, in letters (決め打ち).
PROVED = 0.6
# Blocks may belong to one column if their left edges differ by at most this much, in letters (決め打ち).
SAME_COLUMN = 3.0
# Ends of columns are looked up by fields of this many points from the left, at most MOST_FIELDS of them, and
# in each at most MOST_ENDS (決め打ち).
FIELD, MOST_FIELDS, MOST_ENDS = 24.0, 100, 60
# Marks that may hang over the end of a line.
HANGING = "、。，．」』）"


def limits(blocks: Sequence[Block]) -> None:
    """Set for each block the right end of its column; 0 if nothing shows it."""
    ends = _Ends()
    for block in blocks:
        edge, size = max(_end(row) for row in block.rows), block.size
        near = sum(row.right >= edge - PROVED * size for row in block.rows)
        if near > 1 or len(block.rows) > 1:
            ends.add(edge, block)
            block.limit = edge if near > 1 else 0.0
    ends.sort()
    for block in blocks:
        if not block.limit:
            block.limit = ends.nearest(block)


class _Ends:
    """Where columns end on the right, found by where they begin on the left."""

    def __init__(self) -> None:
        self._fields: dict[int, list[tuple[float, int, Block]]] = {}

    def add(self, edge: float, block: Block) -> None:
        """Note where the rows of a block end."""
        ends = self._fields.setdefault(int(block.left // FIELD), [])
        ends.append((edge, len(ends), block))

    def sort(self) -> None:
        """Put the ends in order, before the first is looked up."""
        for ends in self._fields.values():
            ends.sort()

    def nearest(self, block: Block) -> float:
        """Return the nearest end of other columns that the rows of a block reach, 0 if they reach none."""
        reach = SAME_COLUMN * block.size
        reached = max(_end(row) for row in block.rows) - PROVED * block.size
        first, last = (int((block.left + side) // FIELD) for side in (-reach, reach))
        near = []
        for place in range(first, min(last, first + MOST_FIELDS) + 1):
            ends = self._fields.get(place, [])
            start = bisect_left(ends, (reached, -1))
            for edge, _, other in islice(ends, start, start + MOST_ENDS):
                apart = abs(other.left - block.left) > reach
                if other is not block and not apart and alike(block, other):
                    near.append(edge)
                    break
        return min(near, default=0.0)


def _end(row: Row) -> float:
    """Return where a row ends, without a mark that hangs over the end."""
    last = row.pieces[-1].glyphs[-1]
    if last.char in HANGING and last.right - last.left > row.size / 2:
        return last.left
    return row.right
