"""The parts of a PDF page: letters and pieces of lines (see ``pdf_document.py``)."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.model.printed import Box

# All distances are in parts of the letters' size (決め打ち). A gap as wide as BLANK is a blank between Japanese
# letters, one of GAP between Latin ones; where every letter has SPREAD before it, a line is spread out.
BLANK, GAP, SPREAD, EVEN = 0.8, 0.16, 0.45, 0.6
# Two numbers are more than this apart if the figures of each stand close (決め打ち).
NUMBERS = 0.3
# A line is not measured by letters smaller than SMALL. Letters smaller than LITTLE are raised if they stand
# RAISED above the foot of the line, others if they stand HIGH above it (決め打ち).
SMALL, LITTLE, RAISED, HIGH = 0.75, 0.9, 0.2, 0.35
# A marker is at most this far from its word (決め打ち).
NEAR = 0.5
# A page is set vertically if it has more than LEAST_STEPS steps from letter to letter, and more than
# UPRIGHT of them go down (決め打ち).
UPRIGHT, LEAST_STEPS = 0.6, 20
# A letter that lies on its side in a vertical line is turned by three quarters. At most MOST_ACROSS letters
# stand side by side in one, at one height but for this part of their size (決め打ち).
ON_SIDE, MOST_ACROSS, LEVEL = 3, 4, 0.3
# Brackets that stand beside figures in a vertical line.
BRACKETS = "()（）"
FIGURES = str.maketrans("0123456789０１２３４５６７８９", "⁰¹²³⁴⁵⁶⁷⁸⁹⁰¹²³⁴⁵⁶⁷⁸⁹")
# Latin words are never spread over a line.
SPREADABLE = re.compile(r"[^A-Za-z]")


class Glyph(NamedTuple):
    """A letter, its box for the layout, its size, its box on the page, the quarters it is turned by."""

    char: str
    left: float
    top: float
    right: float
    bottom: float
    size: float
    printed: Box
    turn: int = 0


@dataclass(slots=True)
class Piece:
    """Letters that stand side by side; ``upright`` ones stand below each other, or are turned.

    ``order`` is the place of its first letter among those that the page draws.
    """

    glyphs: list[Glyph]
    upright: bool = False
    left: float = 0.0
    top: float = 0.0
    right: float = 0.0
    bottom: float = 0.0
    size: float = 0.0
    below: list[Piece] = field(default_factory=list)  # of a frame: what stands in it
    order: int = 0

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
        return "".join([glyph.char for glyph in self.glyphs]).strip()

    @property
    def middle(self) -> float:
        """How far down the middle of the piece stands."""
        return (self.top + self.bottom) / 2


def turned(glyphs: Sequence[Glyph]) -> bool:
    """Whether the letters of a page run from top to bottom."""
    down, all_steps = 0, 0
    for one, other in pairwise(glyphs):
        across, below = other.left - one.left, other.top - one.top
        if max(abs(across), abs(below)) < 2 * one.size:
            all_steps += 1
            down += abs(across) < 0.4 * one.size < below
    return all_steps > LEAST_STEPS and down > UPRIGHT * all_steps


def turn(box: Box, width: float) -> Box:
    """Return the box of a letter of a vertical page as if it were read from left to right."""
    left, top, right, bottom = box
    return top, width - right, bottom, width - left


def along(glyphs: Sequence[Glyph], width: float) -> list[Glyph]:
    """Return the letters of a vertical page as if its lines were read from left to right.

    Latin words that lie on their side run along the line like the rest. Figures that stand side by side
    across the line (縦中横), and brackets around them, are put behind each other.
    """
    out: list[Glyph] = []
    run: list[Glyph] = []
    for glyph in glyphs:
        turned_glyph = Glyph(glyph.char, *turn(glyph[1:5], width), glyph.size, glyph.printed, glyph.turn)
        if turned_glyph.turn == ON_SIDE:
            turned_glyph = turned_glyph._replace(turn=0)
        elif run and _across(run[-1], turned_glyph) and len(run) < MOST_ACROSS:
            run.append(turned_glyph)
            continue
        out += _behind(run)
        run = [turned_glyph]
    return out + _behind(run)


def _across(one: Glyph, other: Glyph) -> bool:
    """Whether a letter of a vertical page stands beside another in one line of figures: 「12」, 「(1)」.

    A smaller one is the reading of what it stands beside.
    """
    letters = all(glyph.char.isalnum() or glyph.char in BRACKETS for glyph in (one, other))
    sized = min(one.size, other.size) >= LITTLE * max(one.size, other.size)
    alike = letters and sized and one.turn == other.turn == 0
    level = abs(one.left - other.left) < LEVEL * one.size
    return alike and level and abs(one.top - other.bottom) < LEVEL * one.size and one.top > other.top


def _behind(run: Sequence[Glyph]) -> list[Glyph]:
    """Return letters that stand side by side as if they stood behind each other, in the same room."""
    if len(run) < 2:
        return list(run)
    left, right = min(g.left for g in run), max(g.right for g in run)
    top, bottom = min(g.top for g in run), max(g.bottom for g in run)
    step = (right - left) / len(run)
    return [
        g._replace(left=left + k * step, right=left + (k + 1) * step, top=top, bottom=bottom)
        for k, g in enumerate(run)
    ]


def written(piece: Piece) -> list[Glyph | str]:
    """Return the letters of a piece in their order, with the blanks that are only left free on the page."""
    glyphs = [g for g in piece.glyphs if not g.char.isspace()]
    spread = _spread(glyphs, upright=piece.upright)
    tight = any(
        _gap(a, b, upright=piece.upright) < GAP
        for a, b in pairwise(glyphs)
        if a.char.isdigit() and b.char.isdigit()
    )
    out: list[Glyph | str] = []
    before: Glyph | None = None
    raised = False
    for glyph in glyphs if spread else piece.glyphs:
        raised = glyph.char.isdigit() and not piece.upright and _raised(glyph, before, piece, follows=raised)
        if raised:
            glyph = glyph._replace(char=glyph.char.translate(FIGURES))
        if before and not spread and (blank := _blank_between(before, glyph, piece, tight=tight)):
            out.append(blank)
        out.append(glyph)
        before = glyph
    return _stripped(out)


def _stripped(out: list[Glyph | str]) -> list[Glyph | str]:
    while out and _blank(out[-1]):
        out.pop()
    while out and _blank(out[0]):
        out.pop(0)
    return out


def _blank_between(before: Glyph, glyph: Glyph, piece: Piece, *, tight: bool) -> str:
    """Return the blank left free between two letters; ``tight`` is whether figures stand close here."""
    if before.char.isspace() or glyph.char.isspace():
        return ""
    gap = _gap(before, glyph, upright=piece.upright)
    if gap > BLANK:
        return " " if (before.char + glyph.char).isascii() else "\u3000"
    if tight and gap > NUMBERS and before.char.isdigit() and glyph.char.isdigit():
        return " "
    return " " if gap > GAP and _words(before.char, glyph.char) else ""


def _raised(glyph: Glyph, before: Glyph | None, piece: Piece, *, follows: bool) -> bool:
    """Whether a figure is raised, like the marker of a note; ``follows`` is whether the one before it is.

    One as large as the letters is raised only where a word stands right before it: the figures of a chart
    stand at many heights.
    """
    small = glyph.size <= LITTLE * piece.size
    if glyph.bottom >= piece.bottom - (RAISED if small else HIGH) * piece.size:
        return False
    if small or follows:
        return True
    near = before is not None and glyph.left - before.right < NEAR * glyph.size
    return near and before is not None and not (before.char.isascii() or before.char.isspace())


def _words(before: str, after: str) -> bool:
    """Whether a blank between two letters parts Latin words, not figures: 「No. 2, “On」."""
    ends = before in "”’" or (before.isascii() and (before.isalnum() or before in ",.;:!?)"))
    begins = after in "“‘" or (after.isascii() and (after.isalnum() or after == "("))
    return ends and begins and not (before.isdigit() and after.isdigit())


def _gap(one: Glyph, other: Glyph, *, upright: bool) -> float:
    free = other.top - one.bottom if upright else other.left - one.right
    return free / max(one.size, other.size)


def _spread(glyphs: Sequence[Glyph], *, upright: bool) -> bool:
    """Whether the letters are spread over a line evenly, as headings and short words are (防　衛　省)."""
    if len(glyphs) < 2 or not all(SPREADABLE.match(g.char) for g in glyphs):
        return False
    gaps = [_gap(one, other, upright=upright) for one, other in pairwise(glyphs)]
    return min(gaps) >= SPREAD and max(gaps) - min(gaps) <= EVEN


def _blank(glyph: Glyph | str) -> bool:
    return (glyph if isinstance(glyph, str) else glyph.char).isspace()
