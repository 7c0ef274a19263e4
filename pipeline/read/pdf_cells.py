"""The lines of a cell of a ruled table, and what is written between them (see ``pdf_table.py``)."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from pipeline.read.pdf_glyphs import Piece
from pipeline.read.pdf_lines import FIGURE, MARK, OPEN, Part, head_width, joint
from pipeline.read.pdf_rows import level

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.read.pdf_regions import Grid

# A full line ends at most this far before the end of its cell, in letters (決め打ち).
FULL = 1.2
# A line stands in the middle of its cell if it is off by less than CENTRED; such cells are PADDING narrower
# than their sides, in letters (決め打ち).
CENTRED, PADDING = 0.3, 1.2
# A line with an open bracket goes on in the next one, and so does one before a particle.
UNCLOSED, WITHIN = re.compile(r"[(（「][^()（）「」]*$"), re.compile(r"[のをがはにへ](?=[^ぁ-ん\s])")
# Pieces at one height of a cell belong to one word if less is free between them, in letters (決め打ち).
CLOSE = 0.3
# A side of a cell may reach so far into the letters that it parts, in letters (決め打ち).
TOUCH = 0.1


class Column(NamedTuple):
    """The sides of a cell, where its lines end, and the size of its letters."""

    left: float
    right: float
    edge: float
    size: float

    def between(self, above: Sequence[Piece], piece: Piece) -> str:
        """Return what is written between a line of the cell and the next one."""
        before = above[-1]
        within = OPEN.search(before.text) or UNCLOSED.search(before.text) or WITHIN.match(piece.text)
        led = len(above) > 1 and FIGURE.fullmatch(before.text)
        full = not led and (within is not None or self._filled(before, piece))
        return joint(before.text, piece.text, full=full)

    def _filled(self, before: Piece, piece: Piece) -> bool:
        """Whether a line has no room for the beginning of the next one."""
        need = max(FULL * self.size, head_width(piece))
        free = before.left - self.left, self.right - before.right
        if abs(free[0] - free[1]) < CENTRED * self.size and sum(free) > need + PADDING * self.size:
            return False  # a line in the middle could be longer on both sides
        return before.right + need > self.edge


def parts_of_cell(pieces: Sequence[Piece], left: float, right: float) -> Iterator[Part]:
    """Yield the lines of a cell from ``left`` to ``right``, and what is written between them."""
    rows = list(_with_rest(_in_rows(sorted(pieces, key=lambda p: p.order))))
    size = max(p.size for p in pieces)
    margin = min(size, min(p.left for p in pieces) - left)
    edge = max(max(p.right for p in pieces), right - margin)
    column = Column(left, right, edge, size)
    above: list[Piece] = []
    for row in rows:
        yield Part(row[0], column.between(above, row[0]) if above else "")
        for before, piece in pairwise(row):
            near = piece.left - before.right < CLOSE * size or not level(before, piece)
            blank = FIGURE.fullmatch(piece.text) and not level(before, piece)
            yield Part(piece, "\u3000" if blank else joint(before.text, piece.text, full=near))
        above = row


def _with_rest(rows: Sequence[list[Piece]]) -> Iterator[list[Piece]]:
    """Yield the rows of a cell, each with what goes on below it before the figure at its end.

    So amounts are listed: 「消防援助隊活動費　10,705 ⏎ 負担金」 is 消防援助隊活動費負担金, and the amount.
    """
    led = [row for row in rows if _is_led(row)]
    limit = max((row[-2].right for row in led), default=0.0)
    waiting: list[Piece] = []
    for row in rows:
        if waiting and len(row) == 1 and _goes_on(waiting, row[0], limit):
            waiting.insert(-1, row[0])
            continue
        if waiting:
            yield waiting
        waiting = row if _is_led(row) else []
        if not waiting:
            yield row
    if waiting:
        yield waiting


def _is_led(row: Sequence[Piece]) -> bool:
    return len(row) > 1 and FIGURE.fullmatch(row[-1].text) is not None


def _goes_on(row: Sequence[Piece], piece: Piece, limit: float) -> bool:
    """Whether a piece below a row goes on with its text, without room before the figures."""
    last = row[-2]
    beside = piece.left >= row[0].left - CLOSE * piece.size and piece.right <= row[-1].left
    full = last.right + max(FULL * piece.size, head_width(piece)) > limit
    return beside and full and not (MARK.match(piece.text) or FIGURE.fullmatch(piece.text))


def _in_rows(ordered: Sequence[Piece]) -> list[list[Piece]]:
    """Return what stands at one height of a cell, from the left: a figure at the right may be drawn first."""
    rows: list[list[Piece]] = []
    for piece in ordered:
        if rows and level(rows[-1][-1], piece):
            rows[-1].append(piece)
        else:
            rows.append([piece])
    return [sorted(row, key=lambda p: p.left) for row in rows]


def cut_at_sides(piece: Piece, grid: Grid) -> list[Piece]:
    """Return the parts of a piece that stand in cells of their own: texts may touch the side between them."""
    runs = [[piece.glyphs[0]]]
    places = [0]
    for k, (one, other) in enumerate(pairwise(piece.glyphs), 1):
        slack = TOUCH * piece.size
        side = any(one.right - slack <= edge <= other.left + slack for edge in grid.columns)
        middles = [(glyph.left + glyph.right) / 2 for glyph in (one, other)]
        if side and not piece.upright and len({grid.cell(x, piece.middle) for x in middles}) > 1:
            runs.append([])
            places.append(k)
        runs[-1].append(other)
    if len(runs) == 1:
        return [piece]
    return [Piece(run, order=piece.order + k).measure() for run, k in zip(runs, places, strict=True)]
