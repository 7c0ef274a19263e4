"""The rows of a page's region, and its bands: runs of rows with the same gutters (see ``pdf_order.py``)."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.model.printed import Box
    from pipeline.read.pdf_glyphs import Piece

# In parts of the letters' size: a gutter, lines that touch, a gap between bands (決め打ち).
GUTTER, TIGHT, FAR = 1.2, 0.2, 2.5
Row = list["Piece"]
Span = tuple[float, float]


def rows_of(found: list[Piece]) -> list[Row]:
    """Return the pieces by rows, from top to bottom: pieces that overlap in height are one row."""
    rows: list[Row] = []
    reached = float("-inf")
    for piece in sorted(found, key=lambda p: p.top + TIGHT * p.size):
        if rows and piece.top + TIGHT * piece.size < reached:
            rows[-1].append(piece)
        else:
            rows.append([piece])
        reached = max(reached, piece.bottom - TIGHT * piece.size)
    return [sorted(row, key=lambda p: p.left) for row in rows]


def bands(rows: list[Row], strokes: Sequence[Box], size: float) -> Iterator[tuple[list[Row], list[Span]]]:
    """Yield runs of rows with the gutters that all of them leave free."""
    left, right = min(p.left for r in rows for p in r), max(p.right for r in rows for p in r)
    band: list[Row] = []
    free: list[Span] = []
    for row in rows:
        own = _free(row, left, right)
        both = _both(free, own)
        if band and min(p.top for p in row) - max(p.bottom for p in band[-1]) < FAR * size:
            plain = not _gutters(band, free, strokes, size) and not _gutters([row], own, strokes, size)
            if plain or _gutters([*band, row], both, strokes, size):
                band.append(row)
                free = both
                continue
        if band:
            yield band, _gutters(band, free, strokes, size)
        band, free = [row], own
    yield band, _gutters(band, free, strokes, size)


def _free(row: Sequence[Piece], left: float, right: float) -> list[Span]:
    """Return the stretches from ``left`` to ``right`` that a row leaves free."""
    out, edge = [], left
    for piece in sorted(row, key=lambda p: p.left):
        if piece.left > edge:
            out.append((edge, piece.left))
        edge = max(edge, piece.right)
    if edge < right:
        out.append((edge, right))
    return out


def _both(one: list[Span], other: list[Span]) -> list[Span]:
    """Return the stretches that are free in both."""
    return [(max(a, c), min(b, d)) for a, b in one for c, d in other if max(a, c) < min(b, d)]


def _gutters(
    band: Sequence[Sequence[Piece]], free: list[Span], strokes: Sequence[Box], size: float
) -> list[Span]:
    """Return the free stretches that part a band: wide ones, and narrow ones with a rule."""
    top, bottom = min(p.top for r in band for p in r), max(p.bottom for r in band for p in r)
    left, right = min(p.left for r in band for p in r), max(p.right for r in band for p in r)
    out = []
    for a, b in free:
        if a <= left or b >= right:
            continue
        ruled = any(a - 1 <= s[0] and s[2] <= b + 1 and s[1] < bottom and s[3] > top for s in strokes)
        if b - a >= GUTTER * size or ruled:
            out.append((a, b))
    return out
