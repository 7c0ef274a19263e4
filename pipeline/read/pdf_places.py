"""Boxes and tables that a page draws late, or early → their place in the text (see ``pdf_flow.py``)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.read.pdf_paragraphs import unfinished
from pipeline.read.pdf_table import Table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.model.printed import Box
    from pipeline.read.pdf_rows import Block

    Item = Block | Table

# A block that begins so at the top of a page continues nothing.
BEGINS = re.compile(r"[図表■●◆第（(【〔\d０-９]")
# A caption is at most this far from its table, in letters (決め打ち).
NEAR = 2.5
# A title has at most this many rows (決め打ち).
TITLE_ROWS = 3


def in_place(items: list[Item]) -> list[Item]:
    """Put each box and table that stands between two blocks that follow each other between them.

    Where it stands elsewhere, beside columns or under all, the order in which it is drawn says more than its
    place.
    """
    out = list(items)
    for group in list(_groups(items)):
        held = {id(item) for item in group}
        rest = [item for item in out if id(item) not in held]
        above, below = _neighbours(_around(group), rest)
        if below is None or below != (0 if above is None else above + 1):
            continue
        if _carries_on(rest[below]) if above is None else _goes_on(rest[above], rest[below]):
            continue
        out = [*rest[:below], *group, *rest[below:]]
    return out


def top_first(items: list[Item]) -> list[Item]:
    """Put a short block that is drawn late, but stands above all else of the page, before it."""
    top = min(range(len(items)), key=lambda k: _box(items[k])[1], default=0)
    rest = [*items[:top], *items[top + 1 :]]
    title = items[top] if top else None
    if title is None or isinstance(title, Table) or len(title.rows) > TITLE_ROWS or title.rows[0].joined:
        return items
    under_it = all(_box(item)[1] >= _box(title)[3] for item in rest)
    return [title, *rest] if under_it and not (title.note or title.after or _carries_on(rest[0])) else items


def open_end_last(items: list[Item]) -> list[Item]:
    """Put the block that leaves a sentence open to the next page behind what is drawn later above it.

    So a figure's words do not come between the two halves of a sentence.
    """
    lowest = max(range(len(items)), key=lambda k: _box(items[k])[3], default=0)
    last = items[lowest] if items else None
    if last is None or isinstance(last, Table) or last.note or last.after or not unfinished(last):
        return items
    later = [item for item in items[lowest + 1 :] if isinstance(item, Table) or not item.note]
    if not later or any(_box(item)[3] > _box(last)[1] for item in later):
        return items
    first = lowest
    while first and _goes_on(items[first - 1], items[first]):
        first -= 1
    chain, held = items[first : lowest + 1], {id(item) for item in later}
    notes = [item for item in items[lowest + 1 :] if id(item) not in held]
    return [*items[:first], *later, *chain, *notes]


def _groups(items: Sequence[Item]) -> Iterator[list[Item]]:
    """Yield what stands in one frame, and tables with their captions."""
    group: list[Item] = []
    for item in [*items, None]:
        last = group[-1] if group else None
        if item is not None and last is not None and _together(last, item):
            group.append(item)
            continue
        if last is not None and (isinstance(last, Table) or last.frame):
            yield group
        group = [item] if item is not None else []


def _together(last: Item, item: Item) -> bool:
    """Whether two items are parts of one box, or a caption and its table."""
    if isinstance(last, Table):
        return False
    if isinstance(item, Table):
        return _caption(last, item)
    return last.frame is not None and last.frame == item.frame


def _caption(block: Block, table: Table) -> bool:
    if block.frame:
        return False
    gap = table.box[1] - block.rows[-1].bottom
    return 0 <= gap <= NEAR * block.size and block.left < table.box[2] and block.right > table.box[0]


def _box(item: Item) -> Box:
    if isinstance(item, Table):
        return item.box
    return item.left, item.rows[0].top, item.right, item.rows[-1].bottom


def _around(group: Sequence[Item]) -> Box:
    left, top, right, bottom = zip(*map(_box, group), strict=True)
    return min(left), min(top), max(right), max(bottom)


def _neighbours(box: Box, items: Sequence[Item]) -> tuple[int | None, int | None]:
    """Return the indices of what stands nearest above and below a box, across its width."""
    above: tuple[float, int] | None = None
    below: tuple[float, int] | None = None
    for k, item in enumerate(items):
        left, top, right, bottom = _box(item)
        if left >= box[2] or right <= box[0]:
            continue
        if bottom <= box[1] and (above is None or bottom > above[0]):
            above = bottom, k
        if top >= box[3] and (below is None or top < below[0]):
            below = top, k
    return above[1] if above else None, below[1] if below else None


def _carries_on(item: Item) -> bool:
    """Whether the first block of a page may carry on the page before."""
    if isinstance(item, Table):
        return False
    first = item.rows[0]
    return first.prose and not (first.indented or BEGINS.match(first.text))


def _goes_on(above: Item, below: Item) -> bool:
    """Whether a sentence runs from one block to the other."""
    return not isinstance(above, Table) and any(other is below for other in above.after)
