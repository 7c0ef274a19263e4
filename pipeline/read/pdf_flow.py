"""The rows of a page → its lines in the order in which they are read, which is mostly that in which they are drawn.

The order in which a file draws its text is nearly always its author's (see ``docs/decisions.md``). Here it is kept, and
geometry is asked four things: where a paragraph begins; in which column a sentence goes on that something interrupts,
which then comes behind it; what stands at the page's edges and foot; and whether a title stands over what was drawn
before it.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from pipeline.read.pdf_edges import mark_notes, read_notes
from pipeline.read.pdf_lines import Line, Part, is_ended, joint
from pipeline.read.pdf_paragraphs import has_mark, limits, paragraphs, starts_paragraph, unfinished
from pipeline.read.pdf_places import in_place
from pipeline.read.pdf_rows import alike, below, blocks_of, mark_cells
from pipeline.read.pdf_table import Table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.model.printed import Box
    from pipeline.read.pdf_lines import LineKind
    from pipeline.read.pdf_rows import Block, Row

# In letters: how much columns of one text may differ in width, how much their edges may be off (決め打ち).
SAME_WIDTH, SAME_EDGE = 2.5, 1.0
# The side of a frame has more room around it, in letters (決め打ち).
ROOM = 0.9
# So many frames are looked at on a page (決め打ち).
MOST_FRAMES = 100
# How many blocks further on a sentence is looked for that a block leaves open (決め打ち).
REACH = 60
# A title is larger than the text by this, and has at most so many rows; how far below it the text stands (決め打ち).
TITLE, TITLE_ROWS, TITLE_REACH = 1.12, 3, 3.0
# How far above a table its caption stands, in letters (決め打ち).
CAPTION_REACH = 2.5


class Layout(NamedTuple):
    """What is known of a page beside its rows: frames, the largest first, horizontal rules, the usual size, the width."""

    frames: Sequence[Box]
    rules: Sequence[Box]
    usual: float
    width: float


def flow(rows: Sequence[Row], tables: Sequence[Table], layout: Layout) -> list[Block | Table]:
    """Return the blocks and tables of a page in the order in which they are read, their rows marked as they are joined.

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
    _link([block for block in blocks if not (block.note or block.rows[0].pieces[0].upright)])
    return in_place(list(_in_order(_titles_first(blocks, layout.usual), tables)))


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


def _link(blocks: Sequence[Block]) -> None:
    """Find for each block that leaves a sentence open the block that goes on with it."""
    taken: set[int] = set()
    tops = [block for block in blocks if _at_end(block, blocks, top=True)]
    for k, block in enumerate(blocks):
        if not unfinished(block):
            continue
        following = blocks[k + 1] if k + 1 < len(blocks) else None
        found = following if following and _goes_on_below(block, following) else None
        if found is None and _at_end(block, blocks, top=False):
            found = next((other for other in _candidates(k, blocks, tops) if _goes_on(block, other)), None)
        if found and id(found) not in taken and not _leads_to(found, block):
            taken.add(id(found))
            block.after.append(found)
            found.rows[0].joined, found.rows[0].indented = True, False


def _candidates(k: int, blocks: Sequence[Block], tops: Sequence[Block]) -> list[Block]:
    """Return the blocks at the tops of columns that are drawn next after block ``k``, then those drawn before it."""
    order = blocks[k].rows[0].order
    later = [block for block in tops if block.rows[0].order > order][:REACH]
    earlier = [block for block in tops if block.rows[0].order < order and len(block.rows) > 1][-REACH:]
    return later + earlier


def _at_end(block: Block, blocks: Sequence[Block], *, top: bool) -> bool:
    """Whether a block is the uppermost, or the lowest, of the text in its column."""
    row = block.rows[0 if top else -1]
    pairs = ((other.rows[-1], row) if top else (row, other.rows[0]) for other in blocks if other is not block)
    return not any(below(above, under) for above, under in pairs)


def _goes_on_below(block: Block, other: Block) -> bool:
    """Whether what is drawn next stands right below the open end of a block and begins nothing."""
    last, first = block.rows[-1], other.rows[0]
    return below(last, first) and not has_mark(first, last) and not starts_paragraph(other)


def _leads_to(block: Block, other: Block) -> bool:
    """Whether ``other`` carries ``block`` on, at once or later."""
    while block.after and block is not other:
        block = block.after[0]
    return block is other


def _goes_on(block: Block, other: Block) -> bool:
    """Whether ``other`` goes on with the sentence that ``block`` leaves open: below what interrupts it, or beside it."""
    if not alike(block, other) or block.frame != other.frame or block.note != other.note:
        return False
    last, first = block.rows[-1], other.rows[0]
    if other is block or has_mark(first, last) or starts_paragraph(other):
        return False
    size = block.size
    wide = abs((block.limit - block.left) - (other.limit - other.left)) <= SAME_WIDTH * size
    under = abs(block.left - other.left) <= SAME_EDGE * size and first.top >= last.bottom
    beside = other.left >= block.right - SAME_EDGE * size and first.top < last.top
    return wide and (under or beside)


def _titles_first(blocks: Sequence[Block], usual: float) -> list[Block]:
    """Put titles that are drawn after what stands right below them before it."""
    out = list(blocks)
    for block in blocks:
        if block.size < TITLE * usual or len(block.rows) > TITLE_ROWS or block.after:
            continue
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
        cells = tuple((Part(piece),) for piece in row.pieces)
        return Line(cells, "row", apart)
    parts = tuple(Part(piece, "\u3000" if k else "") for k, piece in enumerate(row.pieces))
    return Line((parts,), kind, apart, row.indented and not row.joined, row.joined, before)
