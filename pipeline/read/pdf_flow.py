"""The rows of a page → its lines in reading order, which is mostly the order of the file.

The order in which a file draws its text is nearly always its author's (see ``docs/decisions.md``). Here it is
kept, and geometry is asked four things: where a paragraph begins; in which column a sentence goes on that
something interrupts, which then comes behind it; what stands at the page's edges and foot; and whether a
title stands over what was drawn before it.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from pipeline.read.pdf_edges import mark_notes, read_notes
from pipeline.read.pdf_labels import words_of
from pipeline.read.pdf_limits import limits
from pipeline.read.pdf_lines import Line, Part, is_ended, joint
from pipeline.read.pdf_links import link
from pipeline.read.pdf_paragraphs import paragraphs
from pipeline.read.pdf_places import TITLE_ROWS, in_place, open_end_last, top_first
from pipeline.read.pdf_rows import below, blocks_of, mark_cells
from pipeline.read.pdf_table import Table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.model.printed import Box
    from pipeline.read.pdf_lines import LineKind
    from pipeline.read.pdf_rows import Block, Row

# The side of a frame has more room around it, in letters (決め打ち).
ROOM = 0.9
# At most this many frames of a page are looked at (決め打ち).
MOST_FRAMES = 100
# At most this many titles are looked at (決め打ち).
MOST_TITLES = 50
# A title is at least TITLE times as large as the text; the text below it is at most TITLE_REACH letters away
# (決め打ち).
TITLE, TITLE_REACH = 1.12, 3.0
# A caption is at most this far above its table, in letters (決め打ち).
CAPTION_REACH = 2.5


class Layout(NamedTuple):
    """Frames of a page, the largest first, its horizontal rules, its usual size, its width."""

    frames: Sequence[Box]
    rules: Sequence[Box]
    usual: float
    width: float


def flow(rows: Sequence[Row], tables: Sequence[Table], layout: Layout) -> list[Block | Table]:
    """Return the blocks and tables of a page in reading order, their rows marked as they are joined.

    Args:
        rows: In the order in which they are drawn, without those at the page's edges.
        tables: The ruled tables.
        layout: Of the page.
    """
    mark_cells(rows)
    clean = _clean(layout.frames, rows)
    blocks = blocks_of(rows, [_frame(row, clean) for row in rows])
    mark_notes(blocks, layout.rules, layout.usual, layout.width)
    limits(blocks)
    for block in blocks:
        paragraphs(block)
    read_notes(blocks)
    link([block for block in blocks if not (block.note or block.rows[0].pieces[0].upright)])
    items = in_place(list(_in_order(_titles_first(blocks, layout.usual), tables)))
    return open_end_last(top_first(items))


def _clean(frames: Sequence[Box], rows: Sequence[Row]) -> list[Box]:
    """Return the frames over whose sides no row reaches: another is no frame but an ornament."""
    return [
        frame
        for frame in frames[:MOST_FRAMES]
        if not any(row.prose and _meets(row, frame) and not _inside(row, frame) for row in rows)
        and not any(
            below(above, row)
            and row.top - above.bottom < ROOM * row.size
            and _inside(above, frame) != _inside(row, frame)
            for above, row in pairwise(rows)
        )
    ]


def _meets(row: Row, frame: Box) -> bool:
    left, top, right, bottom = frame
    return row.left < right - row.size and row.right > left + row.size and top <= row.middle <= bottom


def _inside(row: Row, frame: Box) -> bool:
    left, top, right, bottom = frame
    # Marks may hang over the end of a line.
    return left - row.size / 2 <= row.left and row.right <= right + row.size and top <= row.middle <= bottom


def _frame(row: Row, frames: Sequence[Box]) -> Box | None:
    """Return the smallest frame that a row stands in; frames come from the largest."""
    return next((frame for frame in reversed(frames) if _inside(row, frame)), None)


def _titles_first(blocks: Sequence[Block], usual: float) -> list[Block]:
    """Put titles that are drawn after what stands right below them before it."""
    out = list(blocks)
    titles = [
        block
        for block in blocks
        if block.size >= TITLE * usual and len(block.rows) <= TITLE_ROWS and not block.after
    ]
    for block in titles[:MOST_TITLES]:
        here = next(k for k, b in enumerate(out) if b is block)
        for k, other in enumerate(out[:here]):
            if _over(block, other) and not other.rows[0].joined:
                out.insert(k, out.pop(here))
                break
    return out


def _over(title: Block, text: Block) -> bool:
    gap = text.rows[0].top - title.rows[-1].bottom
    across = min(title.right, text.right) > max(title.left, text.left)
    return across and 0 <= gap <= TITLE_REACH * title.size


def _in_order(blocks: Sequence[Block], tables: Sequence[Table]) -> Iterator[Block | Table]:
    """Yield the blocks as they were drawn, each followed by what goes on with it, and the notes at the end.

    A table comes where it is drawn, and its caption right before it.
    """
    captions = _captions(blocks, tables)
    held = {id(block) for block in captions.values()}
    linked = {id(other) for block in blocks for other in block.after}
    waiting = sorted(tables, key=lambda table: table.order)
    body = [b for b in blocks if not (b.note or id(b) in held)]
    done: set[int] = set()
    for block in body:
        if id(block) in linked or id(block) in done:
            continue
        while waiting and waiting[0].order < block.rows[0].order:
            yield from _with_caption(waiting.pop(0), captions)
        chain: Block | None = block
        while chain and id(chain) not in done:
            done.add(id(chain))
            yield chain
            chain = chain.after[0] if chain.after else None
    for table in waiting:
        yield from _with_caption(table, captions)
    yield from (b for b in body if id(b) not in done)
    yield from (block for block in blocks if block.note)


def _captions(blocks: Sequence[Block], tables: Sequence[Table]) -> dict[int, Block]:
    """Return for tables (by their order) the caption that stands right above them."""
    found: dict[int, Block] = {}
    for table in tables:
        left, top, right, _ = table.box
        for block in blocks:
            gap = top - block.rows[-1].bottom
            over = block.left < right and block.right > left and 0 <= gap <= CAPTION_REACH * block.size
            own = not (block.note or block.after or block.rows[0].joined)
            if over and own and len(block.rows) <= TITLE_ROWS and not is_ended(block.rows[-1].text):
                found[table.order] = block
    return found


def _with_caption(table: Table, captions: dict[int, Block]) -> Iterator[Block | Table]:
    if table.order in captions:
        yield captions[table.order]
    yield table


def lines_of(found: Sequence[Block | Table]) -> Iterator[Line]:
    """Yield the lines of blocks and tables."""
    above: Row | None = None
    for item in found:
        if isinstance(item, Table):
            yield from item.lines
            continue
        kind: LineKind = "note" if item.note else "box" if item.frame else "text"
        for k, row in enumerate(item.rows):
            yield _line(row, above, kind, apart=row.apart or k == 0)
            above = row


def _line(row: Row, above: Row | None, kind: LineKind, *, apart: bool) -> Line:
    whole = kind != "note" or row.full
    before = joint(above.text, row.text, full=whole) if row.joined and above else ""
    if row.cells:
        cells = tuple(tuple(Part(piece) for piece in word) for word in words_of(row))
        return Line(cells, "row", apart)
    parts = tuple(Part(piece, "\u3000" if k and not row.spread else "") for k, piece in enumerate(row.pieces))
    return Line((parts,), kind, apart, row.indented and not row.joined, row.joined, before)
