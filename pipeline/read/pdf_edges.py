"""The edges of a page and its foot: running heads, page numbers, footnotes (see ``pdf_flow.py``)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.read.pdf_lines import is_ended
from pipeline.read.pdf_paragraphs import full

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pipeline.model.printed import Box
    from pipeline.read.pdf_glyphs import Piece
    from pipeline.read.pdf_rows import Block, Row

# Running heads and page numbers stand above HEAD or below FOOT of the page's height, and have at most
# LONGEST_HEAD characters (決め打ち).
HEAD, FOOT, LONGEST_HEAD = 0.1, 0.9, 60
# They are at most this many times as large as the text (決め打ち).
LARGEST = 1.15
# Pieces at an edge are at least this far apart, in letters (決め打ち).
PARTED = 4.0
# The part of a page's width that is its side (決め打ち).
SIDE = 0.12
# At least this much is free between them and the text, in letters (決め打ち).
FREE = 1.2
PAGE_NUMBER = re.compile(
    r"[-―—–‐－~〜・\s]*(?:[Pp]\.?\s*)?(?:[0-9０-９]{1,4}|[ivxlcⅰ-ⅻ]{1,6})[-―—–‐－~〜・\s]*"
)
# Notes are set smaller than the text, and nothing larger than NOT_NOTE stands below them (決め打ち).
NOTE_SIZE, NOT_NOTE = 0.92, 0.96
# The rule over notes is at least this long, in points, and at most this part of the page's width (決め打ち).
RULE, LONGEST_RULE = 30.0, 0.6
NOTE = re.compile(r"[（(\[［]?(?:注|※|\*|＊|[¹²³⁰⁴-⁹]|[0-9０-９]{1,3}(?![0-9０-９,，.．年月日％%か]))")
# A page is divided into upright strips of STRIP points, at most MOST_STRIPS of them (決め打ち).
STRIP, MOST_STRIPS = 24.0, 200
# The number of a note is at most this far to the right of the left edge of the notes, in letters (決め打ち).
SET_IN = 0.8


def edges(rows: Sequence[Row], usual: float, width: float, height: float) -> tuple[list[Row], list[Row]]:
    """Return the rows at the upper and at the lower edge of a page, each from the top to the bottom."""
    upright = [row for row in rows if row.pieces[0].upright and _at_side(row, width)]
    level = sorted((row for row in rows if not row.pieces[0].upright), key=lambda row: row.top)
    largest = LARGEST * usual
    heads = _outer(level, HEAD * height, largest)
    held = {id(row) for row in heads}
    turned = sorted((r for r in level if id(r) not in held), key=lambda row: -row.bottom)
    feet = _outer(turned, FOOT * height, largest, down=True)
    return [*upright, *sorted(heads, key=_place)], sorted(feet, key=_place)


def _place(row: Row) -> tuple[float, float]:
    return row.top, row.left


def _at_side(row: Row, width: float) -> bool:
    """Whether an upright row stands at the side of a page, as a thumb index does."""
    return not SIDE * width <= (row.left + row.right) / 2 <= (1 - SIDE) * width


def _outer(rows: Sequence[Row], limit: float, largest: float, *, down: bool = False) -> list[Row]:
    """Return the rows from an edge on that are short, not large, and set apart from the others.

    ``rows`` come from that edge on.
    """
    found: list[Row] = []
    group: list[Row] = []
    reached = 0.0
    for k, row in enumerate(rows):
        inside = row.middle >= limit if down else row.middle <= limit
        if not inside or row.size > largest or not _short(row.text):
            break
        reached = _reach(row, reached if group else None, down=down)
        group.append(row)
        rest = rows[k + 1 : k + 2]
        number = len(group) == 1 and not found and PAGE_NUMBER.fullmatch(row.text) is not None
        if not rest or _set_apart(row, rest[0], reached, number=number, down=down):
            found += group
            group = []
    return found if len(found) < len(rows) else []


def _reach(row: Row, reached: float | None, *, down: bool) -> float:
    """Return how far from the edge rows reach, with one more."""
    inner = row.top if down else row.bottom
    return inner if reached is None else (min if down else max)(inner, reached)


def _set_apart(row: Row, following: Row, reached: float, *, number: bool, down: bool) -> bool:
    """Whether free space parts rows up to ``reached`` from the row behind them (of a number, any)."""
    gap = reached - following.bottom if down else following.top - reached
    return gap >= FREE * max(row.size, following.size) or (number and gap > 0)


def _short(text: str) -> bool:
    """Whether a text may be a running head or a page number, not a line of the text or a note."""
    if len(text) > LONGEST_HEAD:
        return False
    return PAGE_NUMBER.fullmatch(text) is not None or not (NOTE.match(text) or is_ended(text))


def parts_of(row: Row) -> Iterator[list[Piece]]:
    """Yield what stands apart in a row at the edge: a head on the left, one on the right, a page number."""
    part: list[Piece] = []
    for piece in row.pieces:
        if part and piece.left - part[-1].right > PARTED * row.size:
            yield part
            part = []
        part.append(piece)
    yield part


def mark_notes(blocks: Sequence[Block], rules: Sequence[Box], usual: float, width: float) -> None:
    """Mark the notes at the foot of the text: blocks under a short rule, or small ones with a sign."""
    short = [rule for rule in rules if RULE <= rule[2] - rule[0] <= LONGEST_RULE * width]
    lowest = _lowest(row for block in blocks for row in block.rows if row.size > NOT_NOTE * usual)
    noting: Block | None = None
    for block in blocks:
        first = block.rows[0]
        if block.size > NOT_NOTE * usual or block.frame or first.pieces[0].upright:
            continue
        over = any(lowest.get(x, 0.0) >= first.bottom for x in _steps(block))
        ruled = any(_under(rule, block) for rule in short)
        signed = NOTE.match(first.text) is not None
        goes_on = (
            noting is not None
            and first.top >= noting.rows[-1].top
            and abs(block.left - noting.left) < (5 * block.size)
        )
        if not over and (ruled or (signed and block.size < NOTE_SIZE * usual) or goes_on):
            block.note = True
            noting = block


def _lowest(rows: Iterable[Row]) -> dict[int, float]:
    """Return how far down the lowest row begins in each upright strip of the page."""
    lowest: dict[int, float] = {}
    for row in rows:
        for x in _steps(row):
            lowest[x] = max(lowest.get(x, 0.0), row.top)
    return lowest


def _steps(item: Row | Block) -> range:
    """Return the strips of the page in which a row or a block stands."""
    first = int(item.left // STRIP)
    return range(first, min(int(item.right // STRIP), first + MOST_STRIPS) + 1)


def _under(rule: Box, block: Block) -> bool:
    first = block.rows[0]
    near = -2 <= first.top - rule[3] <= 2 * first.size
    return near and abs(rule[0] - block.left) <= first.size


def read_notes(blocks: Sequence[Block]) -> None:
    """Make one line of each note: what bears no sign where notes begin goes on with the note above."""
    notes = [block for block in blocks if block.note]
    limit = max((block.right for block in notes), default=0.0)
    above: Row | None = None
    for block in notes:
        block.limit = limit
        left = block.left
        for row in block.rows:
            begins = NOTE.match(row.text) and row.left <= left + SET_IN * row.size
            row.joined = above is not None and not begins
            row.full = above is None or full(above, block, row)
            row.apart = row.indented = False
            above = row
