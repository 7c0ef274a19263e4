"""Where a sentence goes on that a block leaves open at the end of its column (see ``pdf_flow.py``)."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

from pipeline.read.pdf_labels import names
from pipeline.read.pdf_paragraphs import has_mark, starts_paragraph, unfinished
from pipeline.read.pdf_rows import alike, below

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.read.pdf_rows import Block, Row

# In letters: how much columns of one text may differ in width, how much their edges may be off (決め打ち).
SAME_WIDTH, SAME_EDGE = 2.5, 1.0
# Letters of one text differ in size by less (決め打ち).
SAME_SIZE = 1.06
# How many blocks further on a sentence is looked for that a block leaves open (決め打ち).
REACH = 60
# At most this many blocks stand between a row and the one right below it, like the label of an arrow (決め打ち).
MOST_BETWEEN = 3
# Rows are looked up by heights of this many points (決め打ち).
HEIGHT = 12.0


def link(blocks: Sequence[Block]) -> None:
    """Find for each block that leaves a sentence open the block that goes on with it."""
    open_ended = [k for k, block in enumerate(blocks) if unfinished(block)]
    if not open_ended:
        return
    taken: set[int] = set()
    edges = _Edges(blocks)
    tops = [block for block in blocks if edges.is_top(block)]
    orders = [block.rows[0].order for block in tops]
    for k in open_ended:
        block = blocks[k]
        found = _right_below(block, blocks[k + 1 : k + 2 + MOST_BETWEEN])
        if found is None and edges.is_bottom(block):
            found = next(
                (other for other in _candidates(block, tops, orders) if _goes_on(block, other)), None
            )
        if found and id(found) not in taken and not _leads_to(found, block):
            taken.add(id(found))
            block.after.append(found)
            found.rows[0].joined, found.rows[0].indented = True, False


def _candidates(block: Block, tops: Sequence[Block], orders: Sequence[int]) -> list[Block]:
    """Return the blocks at the tops of columns that are drawn after a block, then those before it."""
    order = block.rows[0].order
    after, before = bisect_right(orders, order), bisect_left(orders, order)
    earlier = [other for other in tops[max(0, before - REACH) : before] if len(other.rows) > 1]
    return [*tops[after : after + REACH], *earlier]


class _Edges:
    """The first and the last rows of blocks, found by their heights."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        self._first: dict[int, list[Row]] = {}
        self._last: dict[int, list[Row]] = {}
        for block in blocks:
            self._first.setdefault(int(block.rows[0].top // HEIGHT), []).append(block.rows[0])
            self._last.setdefault(int(block.rows[-1].bottom // HEIGHT), []).append(block.rows[-1])

    def is_top(self, block: Block) -> bool:
        """Whether no text stands right above a block."""
        row = block.rows[0]
        heights = range(int((row.top - 2 * row.size) // HEIGHT), int((row.top + row.size) // HEIGHT) + 1)
        return not any(
            below(above, row) for h in heights for above in self._last.get(h, ()) if above is not row
        )

    def is_bottom(self, block: Block) -> bool:
        """Whether no text stands right below a block."""
        row = block.rows[-1]
        heights = range(
            int((row.bottom - row.size) // HEIGHT), int((row.bottom + 2 * row.size) // HEIGHT) + 1
        )
        return not any(
            below(row, under) for h in heights for under in self._first.get(h, ()) if under is not row
        )


def _goes_on_below(block: Block, other: Block) -> bool:
    """Whether what is drawn next stands right below the open end of a block and begins nothing."""
    last, first = block.rows[-1], other.rows[0]
    return below(last, first) and not has_mark(first, last) and not starts_paragraph(other)


def _right_below(block: Block, following: Sequence[Block]) -> Block | None:
    """Return the block that goes on right below an open end; ``following`` are drawn after it."""
    if following and _goes_on_below(block, following[0]):
        return following[0]
    for other in following[1:]:
        edge = abs(other.rows[0].left - block.rows[-1].left) <= SAME_EDGE * block.size
        if edge and other.frame == block.frame and _goes_on_below(block, other):
            return other
    return None


def _leads_to(block: Block, other: Block) -> bool:
    """Whether ``other`` continues ``block``, at once or later."""
    while block.after and block is not other:
        block = block.after[0]
    return block is other


def _goes_on(block: Block, other: Block) -> bool:
    """Whether ``other`` goes on with ``block``: below what interrupts it, or in the next column."""
    if not alike(block, other, SAME_SIZE) or block.frame != other.frame or block.note != other.note:
        return False
    last, first = block.rows[-1], other.rows[0]
    if other is block or has_mark(first, last) or starts_paragraph(other) or names(last, first):
        return False
    size = block.size
    wide = abs((block.limit - block.left) - (other.limit - other.left)) <= SAME_WIDTH * size
    under = abs(block.left - other.left) <= SAME_EDGE * size and first.top >= last.bottom
    beside = other.left >= block.right - SAME_EDGE * size and first.top < last.top
    return wide and (under or beside)
