"""Pieces that a page draws later into the gaps of its lines (see ``pdf_pieces.py``)."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from pipeline.read.pdf_glyphs import SMALL, Piece

if TYPE_CHECKING:
    from pipeline.read.pdf_rules import Walls

# All distances are in parts of the letters' size (決め打ち). A piece that is drawn later fills a gap of a line if
# it leaves at most FILLED free on its left. A gap in a piece is at least LEAST_GAP wide.
FILLED, LEAST_GAP, LEVEL = 0.5, 0.3, 0.6
# Gaps are looked for in heights and strips of this many points (決め打ち).
ROWS, STRIP, MOST_STRIPS = 8, 24, 100


def filled(found: list[Piece], walls: Walls) -> list[Piece]:
    """Put together the pieces of a line that a page draws at different times, for instance by fonts.

    They were one line if the page drew a gap in the line, and the later piece fills that gap.
    """
    gaps = _gaps(found)
    if not gaps:
        return found
    into: dict[int, Piece] = {}
    for piece in found:
        row, strip = int(piece.middle // ROWS), int(piece.left // STRIP)
        for gap in (gap for near in (row - 1, row, row + 1) for gap in gaps.get((near, strip), ())):
            if piece is not gap.one and piece is not gap.other and _fills(piece, gap, walls):
                into[id(piece)] = gap.one
                if gap.other is not gap.one:
                    into[id(gap.other)] = gap.one
                break
    return _put_together(found, into)


class _Gap(NamedTuple):
    """What a line leaves free from ``left`` to ``right``: in one piece, or between two."""

    one: Piece
    other: Piece
    left: float
    right: float


def _gaps(found: list[Piece]) -> dict[tuple[int, int], list[_Gap]]:
    """Return the gaps in lines by their places on the page."""
    free: list[_Gap] = []
    for piece in found:
        free += [
            _Gap(piece, piece, a.right, b.left)
            for a, b in pairwise(piece.glyphs)
            if not piece.upright and b.left - a.right > LEAST_GAP * a.size
        ]
    for one, other in pairwise(found):
        if not (one.upright or other.upright) and _level(one, other) and one.right < other.left:
            free.append(_Gap(one, other, one.right, other.left))
    gaps: dict[tuple[int, int], list[_Gap]] = {}
    for gap in free:
        row, first = int(gap.one.middle // ROWS), int((gap.left - gap.one.size) // STRIP)
        for strip in range(first, min(int(gap.right // STRIP), first + MOST_STRIPS) + 1):
            gaps.setdefault((row, strip), []).append(gap)
    return gaps


def _put_together(found: list[Piece], into: dict[int, Piece]) -> list[Piece]:
    out: list[Piece] = []
    for piece in found:
        home = into.get(id(piece))
        while home and id(home) in into:
            home = into[id(home)]
        if home is None or home is piece:
            out.append(piece)
            continue
        place = next((k for k, g in enumerate(home.glyphs) if g.left > piece.left), len(home.glyphs))
        home.glyphs[place:place] = piece.glyphs
        home.measure()
    return out


def _level(one: Piece, other: Piece) -> bool:
    both = min(one.bottom, other.bottom) - max(one.top, other.top)
    return both > LEVEL * min(one.size, other.size) and SMALL <= one.size / other.size <= 1 / SMALL


def _fills(piece: Piece, gap: _Gap, walls: Walls) -> bool:
    one, other, left, right = gap
    if piece.upright or not _level(one, piece) or not one.left < piece.left < other.right:
        return False
    if other is not one and piece.left >= other.left:
        return False
    reach = FILLED * one.size
    if one is other:
        # Not a second text that stands in a wide blank: what fills a gap leaves little of it.
        return -reach <= piece.left - left and piece.right <= right + reach
    fits = abs(piece.left - left) <= reach and abs(right - piece.right) <= reach
    return fits and not walls.parted(one, piece) and not walls.parted(piece, other)
