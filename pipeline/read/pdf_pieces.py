"""The letters of a page → the pieces of its lines (see ``pdf_document.py``).

A piece is what a page draws without a break in one line: a line of a column, a cell's line, a page number. A
letter carries on the piece that was drawn last; geometry only says that it cannot. Letters that are drawn
twice count once, readings above the letters (ruby) are left out.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.read.pdf_fill import filled
from pipeline.read.pdf_glyphs import Piece

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pipeline.read.pdf_glyphs import Glyph
    from pipeline.read.pdf_rules import Walls

# All distances are in parts of the letters' size (決め打ち).
SAME_LINE, NEAR, BACK = 0.3, 1.3, 0.2
# A letter that is drawn again nearer than this, and than this part of its own width, is drawn twice.
TWICE, TWICE_WIDE = 0.15, 0.45
# At most MOST_RUBY readings are looked at between a letter and the line that it continues.
RUBY, RUBY_REACH, MOST_RUBY = 0.65, 0.6, 20
# Fonts of signs have no letters: their codes are given from here on. Such a sign before a line marks an item.
SIGNS, ITEM = ("\uf020", "\uf0ff"), "•"
KANA = re.compile(r"[ぁ-ゖァ-ヺー・\s]+")


def pieces(glyphs: Iterable[Glyph], walls: Walls) -> list[Piece]:
    """Return the pieces of a page as they are drawn; ``walls`` are vertical rules, which part cells."""
    found = _without_ruby(_chained(_once(glyphs), walls))
    return filled([piece for piece in found if piece.text], walls)


def _once(glyphs: Iterable[Glyph]) -> list[Glyph]:
    """Leave out letters that are drawn once more in their place, which makes them look bold.

    The letter's own width is the measure: the two of 「ll」 stand side by side though they are near.
    """
    seen: dict[tuple[str, int, int], list[Glyph]] = {}
    out = []
    for glyph in glyphs:
        char, left, top, right, _, size = glyph[:6]
        if char.isspace():
            out.append(glyph)
            continue
        across = min(TWICE * size, TWICE_WIDE * (right - left))
        places = [(char, x, y) for x in _squares(left / size) for y in _squares(top / size)]
        if not any(
            abs(other.left - left) < across and abs(other.top - top) < TWICE * size
            for place in places
            for other in seen.get(place, ())
        ):
            seen.setdefault((char, int(left / size), int(top / size)), []).append(glyph)
            out.append(glyph)
    return out


def _squares(place: float) -> tuple[int, ...]:
    """Return the squares of the page that what is drawn twice may lie in, in one direction."""
    square = int(place)
    rest = place - square
    if rest < TWICE:
        return square - 1, square
    return (square, square + 1) if rest > 1 - TWICE else (square,)


def _chained(glyphs: Iterable[Glyph], walls: Walls) -> list[Piece]:
    """Chain the letters in the order in which the page draws them."""
    found: list[Piece] = []
    for place, glyph in enumerate(glyphs):
        if found and _carries_on(found[-1], glyph, walls):
            found[-1].glyphs.append(glyph)
            continue
        if base := _below_readings(found, glyph, walls):
            base.glyphs.append(glyph)
            continue
        if found and (last := _below_one_letter(found[-1], glyph, walls)):
            found.append(Piece([last, glyph], order=place - 1))
            continue
        found.append(Piece([glyph], upright=glyph.turn != 0, order=place))
    return [_with_mark(piece).measure() for piece in found]


def _with_mark(piece: Piece) -> Piece:
    """Write a sign of a font of signs (Wingdings …) before a line as the mark of an item."""
    first = piece.glyphs[0]
    if SIGNS[0] <= first.char <= SIGNS[1]:
        piece.glyphs[0] = first._replace(char=ITEM)
    return piece


def _carries_on(piece: Piece, glyph: Glyph, walls: Walls) -> bool:
    """Whether a letter continues the piece drawn before it; if so, the piece becomes an upright one."""
    before = piece.glyphs[-1]
    if before.turn or glyph.turn:
        return before.turn == glyph.turn and _touches(before, glyph)
    if not piece.upright and beside(before, glyph) and not walls.parted(before, glyph):
        return True
    if piece.upright or len(piece.glyphs) == 1:
        under = _under(before, glyph, NEAR if piece.upright else SAME_LINE)
        piece.upright |= under
        return under
    return False


def _below_one_letter(piece: Piece, glyph: Glyph, walls: Walls) -> Glyph | None:
    """Return the letter that begins the line of ``glyph``: it only stands below the one letter of a line."""
    first, *rest = piece.glyphs
    if len(rest) != 1 or not piece.upright or first.turn or not beside(rest[0], glyph):
        return None
    if walls.parted(rest[0], glyph):
        return None
    piece.glyphs.pop()
    piece.upright = False
    return rest[0]


def _below_readings(found: Sequence[Piece], glyph: Glyph, walls: Walls) -> Piece | None:
    """Return the piece that a letter continues if only readings of its letters were drawn in between."""
    largest = 0.0
    for piece in reversed(found[-MOST_RUBY - 1 :]):
        before = piece.glyphs[-1]
        if not piece.upright and beside(before, glyph) and not walls.parted(before, glyph):
            size = max(piece.glyphs[0].size, before.size)  # the last letter may be a raised figure
            return piece if 0 < largest <= RUBY * size else None
        if not all(KANA.match(g.char) for g in piece.glyphs):
            return None
        largest = max(largest, *(g.size for g in piece.glyphs))
    return None


def _touches(one: Glyph, other: Glyph) -> bool:
    """Whether turned letters stand near each other."""
    reach = NEAR * max(one.size, other.size)
    across = max(one.left, other.left) - min(one.right, other.right)
    return across < reach and max(one.top, other.top) - min(one.bottom, other.bottom) < reach


def beside(one: Glyph | Piece, other: Glyph | Piece) -> bool:
    """Whether ``other`` stands right behind ``one``; marks may reach far into what follows them."""
    both = min(one.bottom, other.bottom) - max(one.top, other.top)
    small, size = min(one.size, other.size), max(one.size, other.size)
    if both < SAME_LINE * small:
        return False
    return other.left >= one.left - BACK * size and other.left - one.right <= NEAR * size


def _under(one: Glyph, other: Glyph, reach: float) -> bool:
    same = abs(one.left + one.right - other.left - other.right) < one.size and one.size == other.size
    return same and -SAME_LINE * one.size <= other.top - one.bottom <= reach * one.size


def _without_ruby(found: list[Piece]) -> list[Piece]:
    """Leave out small kana that stand right above letters."""
    by_top: dict[int, list[Piece]] = {}
    for piece in found:
        by_top.setdefault(int(piece.top // 8), []).append(piece)
    out = []
    for piece in found:
        if KANA.fullmatch(piece.text):
            near = range(int(piece.bottom // 8) - 2, int(piece.bottom // 8) + 3)
            if any(_reads(piece, base) for band in near for base in by_top.get(band, ())):
                continue
        out.append(piece)
    return out


def _reads(ruby: Piece, base: Piece) -> bool:
    reach = RUBY_REACH * base.size
    above = -reach <= base.top - ruby.bottom <= reach and ruby.top < base.top
    inside = ruby.left >= base.left - base.size and ruby.right <= base.right + base.size
    return ruby.size <= RUBY * base.size and above and inside
