"""The pieces of a page → its rows and blocks, in the order in which they are drawn.

A row is what the page draws one after the other on one line; a block is rows that it draws below each other.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import islice, pairwise
from statistics import median
from typing import TYPE_CHECKING

from pipeline.read.pdf_glyphs import EVEN, SPREADABLE

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pipeline.model.printed import Box
    from pipeline.read.pdf_glyphs import Piece
    from pipeline.read.pdf_rules import Walls

# All distances are in parts of the letters' size (決め打ち). Rows of a block have at most BELOW between them,
# unless the page has wider lines throughout (``pdf_usual.py``); a column of prose is at least PROSE letters
# wide; sizes that differ by less than OTHER are the same.
BELOW, OVERLAP, PROSE, OTHER = 1.35, 0.5, 10, 1.12
SAME_ROW = 0.5
# At most this many rows that are drawn between two others are looked at (決め打ち).
REACH = 100
# The letters of a spread word are at most this far apart (決め打ち).
WIDEST = 4.0
# Two rows with at least this many pieces together may belong to a table (決め打ち).
LEAST_CELLS = 4
NUMBER = re.compile(r"[\d０-９¹²³⁰⁴-⁹.．\-－()（）*＊]+")


@dataclass(slots=True)
class Row:
    """Pieces that a page draws one after the other on one line."""

    pieces: list[Piece]
    left: float = 0.0
    top: float = 0.0
    right: float = 0.0
    bottom: float = 0.0
    size: float = 0.0
    joined: bool = False
    indented: bool = False
    apart: bool = False
    cells: bool = False
    full: bool = True
    reach: float = BELOW

    def measure(self) -> Row:
        """Set the box and the size from the pieces."""
        self.left, self.right = min(p.left for p in self.pieces), max(p.right for p in self.pieces)
        self.top, self.bottom = min(p.top for p in self.pieces), max(p.bottom for p in self.pieces)
        self.size = max(self.pieces, key=lambda p: len(p.glyphs)).size
        return self

    @property
    def text(self) -> str:
        """Its letters."""
        return "\u3000".join([piece.text for piece in self.pieces])

    @property
    def order(self) -> int:
        """The place of its first letter among those that the page draws."""
        return self.pieces[0].order

    @property
    def middle(self) -> float:
        """How far down its middle stands."""
        return (self.top + self.bottom) / 2

    @property
    def spread(self) -> bool:
        """Whether it is a word whose letters are spread over the line (防　衛　省), each a piece of its own."""
        gaps = [(b.left - a.right) / self.size for a, b in pairwise(self.pieces)]
        single = all(SPREADABLE.fullmatch(piece.text) for piece in self.pieces)
        return bool(gaps) and single and max(gaps) <= WIDEST and max(gaps) - min(gaps) <= EVEN

    @property
    def prose(self) -> bool:
        """Whether it is as wide as a line of running text."""
        return self.right - self.left >= PROSE * self.size


@dataclass(slots=True)
class Block:
    """Rows that a page draws below each other; ``limit`` is where its column ends on the right."""

    rows: list[Row]
    limit: float = 0.0
    frame: Box | None = None
    note: bool = False
    after: list[Block] = field(default_factory=list)
    left: float = 0.0
    right: float = 0.0
    size: float = 0.0

    def measure(self) -> Block:
        """Set where its rows begin and end, and how large most of its letters are."""
        self.left, self.right = min(row.left for row in self.rows), max(row.right for row in self.rows)
        self.size = median(row.size for row in self.rows)
        return self


def rows_of(found: Iterable[Piece], walls: Walls) -> list[Row]:
    """Return the rows of a page; lines of two columns are no row, though they stand side by side."""
    rows: list[Row] = []
    for piece in found:
        last = rows[-1].pieces[-1] if rows else None
        if last and _beside(last, piece, walls) and not (_wide(last) and _wide(piece)):
            rows[-1].pieces.append(piece)
        else:
            rows.append(Row([piece]))
    return [row.measure() for row in rows]


def _wide(piece: Piece) -> bool:
    return piece.right - piece.left >= PROSE * piece.size and not NUMBER.fullmatch(piece.text)


def _beside(one: Piece, other: Piece, walls: Walls) -> bool:
    if one.upright or other.upright or other.left < one.right:
        return False
    return level(one, other) and not walls.parted(one, other)


def level(one: Piece, other: Piece) -> bool:
    """Whether two pieces stand at one height."""
    both = min(one.bottom, other.bottom) - max(one.top, other.top)
    return both >= SAME_ROW * min(one.size, other.size)


def blocks_of(rows: Sequence[Row], frame_of: Sequence[Box | None]) -> list[Block]:
    """Return the blocks of a page: rows below each other, of one size, in one frame."""
    blocks: list[Block] = []
    for row, frame in zip(rows, frame_of, strict=True):
        last = blocks[-1] if blocks else None
        if last and last.frame == frame and below(last.rows[-1], row):
            last.rows.append(row)
        else:
            blocks.append(Block([row], frame=frame))
    return [block.measure() for block in blocks]


def below(above: Row, row: Row) -> bool:
    """Whether a row stands right below another, in its column."""
    size = max(above.size, row.size)
    if not alike(above, row) or above.pieces[0].upright or row.pieces[0].upright:
        return False
    if not -SAME_ROW * size <= row.top - above.bottom <= row.reach * size or row.middle <= above.middle:
        return False
    return min(above.right, row.right) > max(above.left, row.left)


def alike(one: Row | Block, other: Row | Block, most: float = OTHER) -> bool:
    """Whether the letters are about as large."""
    return max(one.size, other.size) < most * min(one.size, other.size)


def disorder(rows: Sequence[Row]) -> tuple[int, int, int]:
    """Count the pairs of lines that stand right below each other, and those that are drawn amiss.

    Returns:
        The pairs, those that are drawn from the bottom to the top, and those between which a line beside them
        is drawn.
    """
    prose = sorted((row for row in rows if row.prose), key=lambda row: row.top)
    places = {id(row): k for k, row in enumerate(rows)}
    pairs = backwards = between = 0
    for k, row in enumerate(prose):
        follower = _follower(row, prose, k + 1)
        if follower is None:
            continue
        pairs += 1
        here, there = places[id(row)], places[id(follower)]
        backwards += there < here
        drawn_between = rows[here + 1 : min(there, here + 1 + REACH)]
        between += any(_aside(row, other) for other in drawn_between)
    return pairs, backwards, between


def _follower(row: Row, rows: Sequence[Row], start: int) -> Row | None:
    """Return the line right below a row; ``rows`` come from the top, those from ``start`` on below it."""
    for other in islice(rows, start, None):
        if other.top > row.bottom + row.reach * row.size:
            return None
        shared = min(row.right, other.right) - max(row.left, other.left)
        if below(row, other) and shared > OVERLAP * min(row.right - row.left, other.right - other.left):
            return other
    return None


def _aside(row: Row, other: Row) -> bool:
    """Whether a line of running text stands beside another, in a column of its own."""
    apart = other.left > row.right or other.right < row.left
    return apart and other.prose and abs(other.middle - row.middle) < 2 * row.size


def usual_gap(block: Block) -> float:
    """Return what mostly lies between the rows of a block."""
    gaps = [b.top - a.bottom for a, b in pairwise(block.rows)]
    return median(gaps) if gaps else 0.0


def mark_cells(rows: Sequence[Row]) -> None:
    """Mark the rows whose pieces are cells: rows below each other that are parted at the same places."""
    for above, row in pairwise(rows):
        more = (
            len(above.pieces) > 1
            and len(row.pieces) > 1
            and len(above.pieces) + len(row.pieces) > LEAST_CELLS
        )
        if more and below(above, row) and _aligned(above, row) > 1:
            above.cells = row.cells = True


def _aligned(one: Row, other: Row) -> int:
    """Return how many pieces of two rows begin, or end, at about the same places."""
    starts, ends = ({int(edge // one.size) for edge in edges} for edges in _sides(other))
    return sum(
        bool({int(a.left // one.size) + k for k in (-1, 0, 1)} & starts)
        or bool({int(a.right // one.size) + k for k in (-1, 0, 1)} & ends)
        for a in one.pieces
    )


def _sides(row: Row) -> tuple[list[float], list[float]]:
    return [piece.left for piece in row.pieces], [piece.right for piece in row.pieces]
