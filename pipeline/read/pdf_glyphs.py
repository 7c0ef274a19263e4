"""The letters of a page → the pieces of its lines (see ``pdf.py``).

A piece is what stands in one line without a wide gap: a line of a column, a cell's line, a page number. Readings above
the letters (ruby) are left out; raised figures are written as such.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pipeline.model.printed import Box

# All distances are in parts of the letters' size (決め打ち).
SAME_LINE, NEAR, BLANK, GAP, TWICE = 0.3, 1.3, 0.8, 0.16, 0.3
SMALL, RAISED, RUBY, RUBY_REACH = 0.75, 0.2, 0.65, 0.6
# So large a part of the steps from letter to letter go down on a page that is set vertically (決め打ち).
UPRIGHT = 0.6
KANA = re.compile(r"[ぁ-ゖァ-ヺー・\s]+")
FIGURES = str.maketrans("0123456789０１２３４５６７８９", "⁰¹²³⁴⁵⁶⁷⁸⁹⁰¹²³⁴⁵⁶⁷⁸⁹")


class Glyph(NamedTuple):
    """A letter: what it is, its box for the layout, its size, and its box on the page."""

    char: str
    left: float
    top: float
    right: float
    bottom: float
    size: float
    printed: Box


@dataclass(slots=True)
class Piece:
    """Letters that stand side by side; ``upright`` ones stand below each other."""

    glyphs: list[Glyph]
    upright: bool = False
    left: float = 0.0
    top: float = 0.0
    right: float = 0.0
    bottom: float = 0.0
    size: float = 0.0
    below: list[Piece] = field(default_factory=list)  # of a frame: what stands in it

    def measure(self) -> Piece:
        """Set the box and the size from the letters."""
        self.left, self.right = min(g.left for g in self.glyphs), max(g.right for g in self.glyphs)
        self.size = Counter(round(g.size, 1) for g in self.glyphs).most_common(1)[0][0] or 1.0
        main = [g for g in self.glyphs if g.size >= SMALL * self.size] or self.glyphs
        self.top, self.bottom = min(g.top for g in main), max(g.bottom for g in main)
        return self

    @property
    def text(self) -> str:
        """The letters, blanks between words included."""
        return "".join(glyph.char for glyph in self.glyphs).strip()


def turned(glyphs: list[Glyph]) -> bool:
    """Whether the letters of a page run from top to bottom."""
    down, all_steps = 0, 0
    for one, other in pairwise(glyphs):
        across, below = other.left - one.left, other.top - one.top
        if max(abs(across), abs(below)) < 2 * one.size:
            all_steps += 1
            down += abs(across) < 0.4 * one.size < below
    return all_steps > 20 and down > UPRIGHT * all_steps


def turn(box: Box, width: float) -> Box:
    """Return the box of a letter on a vertical page as if the page were turned to be read from left to right."""
    left, top, right, bottom = box
    return top, width - right, bottom, width - left


def pieces(glyphs: Sequence[Glyph], strokes: Sequence[Box]) -> list[Piece]:
    """Return the pieces of a page; ``strokes`` are vertical rules, which part cells."""
    chained = _merged(_chained(glyphs, sorted(strokes)), sorted(strokes))
    return [piece for piece in _without_ruby(chained) if piece.text]


def _chained(glyphs: Iterable[Glyph], strokes: Sequence[Box]) -> list[Piece]:
    """Chain the letters in the order in which the page draws them."""
    found: list[Piece] = []
    for glyph in glyphs:
        if found and (last := found[-1]).glyphs:
            before = last.glyphs[-1]
            if _twice(last.glyphs[-2:], glyph):
                continue
            if not last.upright and _beside(before, glyph) and not _parted(before, glyph, strokes):
                last.glyphs.append(glyph)
                continue
            if (last.upright or len(last.glyphs) == 1) and _under(
                before, glyph, NEAR if last.upright else SAME_LINE
            ):
                last.glyphs.append(glyph)
                last.upright = True
                continue
        found.append(Piece([glyph]))
    return [piece.measure() for piece in found if piece.text]


def _twice(before: Sequence[Glyph], glyph: Glyph) -> bool:
    """Whether a letter is drawn once more in its place, which makes it look bold."""
    reach = TWICE * glyph.size
    return any(
        b.char == glyph.char and abs(b.left - glyph.left) < reach and abs(b.top - glyph.top) < reach
        for b in before
    )


def _beside(one: Glyph, other: Glyph) -> bool:
    both = min(one.bottom, other.bottom) - max(one.top, other.top)
    size = max(one.size, other.size)
    return (
        both >= SAME_LINE * min(one.size, other.size) and -0.5 * size <= other.left - one.right <= NEAR * size
    )


def _under(one: Glyph, other: Glyph, reach: float) -> bool:
    same = abs(one.left + one.right - other.left - other.right) < one.size and one.size == other.size
    return same and -SAME_LINE * one.size <= other.top - one.bottom <= reach * one.size


def _parted(one: Glyph | Piece, other: Glyph | Piece, strokes: Sequence[Box]) -> bool:
    """Whether a vertical rule stands between two letters."""
    if not strokes or other.left - one.right < SAME_LINE * one.size:
        return False
    middle = (other.top + other.bottom) / 2
    return any(
        one.right - 1 <= left and right <= other.left + 1 and top <= middle <= bottom
        for left, top, right, bottom in strokes
    )


def _merged(found: list[Piece], strokes: Sequence[Box]) -> list[Piece]:
    """Put together the pieces of a line that a page draws at different times."""
    level = [piece for piece in found if not piece.upright]
    level.sort(key=lambda piece: piece.top + piece.bottom)
    rows: list[list[Piece]] = []
    for piece in level:
        middle = (piece.top + piece.bottom) / 2
        if rows and abs(middle - (rows[-1][0].top + rows[-1][0].bottom) / 2) < SAME_LINE * piece.size:
            rows[-1].append(piece)
        else:
            rows.append([piece])
    out = [piece for piece in found if piece.upright]
    for row in rows:
        row.sort(key=lambda piece: piece.left)
        last = row[0]
        out.append(last)
        for piece in row[1:]:
            again = piece.text == last.text and abs(piece.left - last.left) < TWICE * piece.size
            gap = piece.left - last.right
            near = -0.5 * last.size <= gap <= NEAR * last.size and not _parted(last, piece, strokes)
            if again:
                continue
            if near and SMALL <= piece.size / last.size <= 1 / SMALL:
                last.glyphs.extend(piece.glyphs)
                last.measure()
            else:
                last = piece
                out.append(last)
    return out


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


def written(piece: Piece) -> list[Glyph | str]:
    """Return the letters of a piece in their order, with the blanks that are only left free on the page."""
    out: list[Glyph | str] = []
    before: Glyph | None = None
    for glyph in piece.glyphs:
        raised = glyph.size <= SMALL * piece.size and glyph.bottom < piece.bottom - RAISED * piece.size
        if raised and glyph.char.isdigit():
            glyph = glyph._replace(char=glyph.char.translate(FIGURES))
        if before and not before.char.isspace() and not glyph.char.isspace():
            free = glyph.top - before.bottom if piece.upright else glyph.left - before.right
            gap = free / max(before.size, glyph.size)
            latin = before.char.isascii() and glyph.char.isascii() and (before.char + glyph.char).isalpha()
            if gap > BLANK:
                out.append("\u3000")
            elif latin and gap > GAP:
                out.append(" ")
        out.append(glyph)
        before = glyph
    while out and _blank(out[-1]):
        out.pop()
    while out and _blank(out[0]):
        out.pop(0)
    return out


def _blank(glyph: Glyph | str) -> bool:
    return (glyph if isinstance(glyph, str) else glyph.char).isspace()
