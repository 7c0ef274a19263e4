"""The pieces of a page whose own order is proved wrong → their order by their places alone.

A page is cut into bands at whatever runs across it, a band into columns at its gutters, and each column
again. A band whose columns are cells is read row by row, a frame on its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING

from pipeline.read.pdf_bands import bands, rows_of
from pipeline.read.pdf_glyphs import Piece

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.model.printed import Box
    from pipeline.read.pdf_bands import Span

# A column of prose is at least so wide, in letters; a cell is narrower (決め打ち).
PROSE = 10
DEEPEST = 20


@dataclass(frozen=True, slots=True)
class Page:
    """What is drawn on a page beside its letters: horizontal and vertical rules, and frames."""

    rules: Sequence[Box] = ()
    strokes: Sequence[Box] = ()
    frames: Sequence[Box] = ()


def by_place(found: Sequence[Piece], page: Page) -> list[Piece]:
    """Return the pieces of a page in the order in which they are read, and number them so."""
    out = list(_cut(list(found), page, 0))
    for place, piece in enumerate(out):
        piece.order = place
    return out


def _cut(found: list[Piece], page: Page, depth: int) -> Iterator[Piece]:
    """Yield the pieces of a region, one band after the other."""
    if not found:
        return
    found = _framed(found, page.frames)
    size = median(p.size for p in found)
    rows = rows_of(found)
    if depth >= DEEPEST:
        yield from _opened((p for row in rows for p in row), page, depth)
        return
    for band, gutters in bands(rows, page.strokes, size):
        pieces = [p for row in band for p in row]
        edges = [(a + b) / 2 for a, b in gutters]
        columns = [[p for p in pieces if _index(p, edges) == k] for k in range(len(edges) + 1)]
        columns = [column for column in columns if column]
        if len(columns) < 2 or _is_table(columns, gutters, page, size):
            yield from _opened(pieces, page, depth)
            continue
        for column in columns:
            yield from _cut(column, page, depth + 1)


def _opened(pieces: Iterator[Piece] | Sequence[Piece], page: Page, depth: int) -> Iterator[Piece]:
    """Yield pieces, and of a frame what stands in it."""
    for piece in pieces:
        if piece.below:
            yield from _cut(piece.below, page, depth + 1)
        else:
            yield piece


def _framed(found: Sequence[Piece], frames: Sequence[Box]) -> list[Piece]:
    """Put the pieces that stand in a frame into one; of frames in frames the outermost."""
    out = list(found)
    for left, top, right, bottom in frames:
        inside = [p for p in out if left <= p.left and p.right <= right and top <= p.middle <= bottom]
        if 1 < len(inside) < len(out):
            touched = [
                p for p in out if p.right > left and p.left < right and p.bottom > top and p.top < bottom
            ]
            if len(touched) > len(inside):
                continue
            held = {id(p) for p in inside}
            size = median(p.size for p in inside)
            frame = Piece([], False, left, top, right, bottom, size, inside)
            out = [p for p in out if id(p) not in held] + [frame]
    return out


def _index(piece: Piece, edges: Sequence[float]) -> int:
    return sum(edge < (piece.left + piece.right) / 2 for edge in edges)


def _is_table(columns: Sequence[Sequence[Piece]], gutters: Sequence[Span], page: Page, size: float) -> bool:
    """Whether the columns of a band are cells: rules lead from one to the next, or at most one is of prose.

    A rule that ends in the gutter leads nowhere: it is an arrow from one column to the other. Narrow columns
    beside two of prose hold labels, as where an old text stands beside a new one.
    """
    top, bottom = min(p.top for c in columns for p in c), max(p.bottom for c in columns for p in c)
    inner = [r for r in page.rules if top + size / 2 < (r[1] + r[3]) / 2 < bottom - size / 2]
    if any(r[0] - 2 <= a and b <= r[2] + 2 for r in inner for a, b in gutters):
        return True
    wide = sum(median(p.right - p.left for p in column) >= PROSE * size for column in columns)
    return wide < min(len(columns), 2)
