"""The rows of a printed table (see ``pdf_order.py``).

Where a table is ruled on all sides, the rules part its rows; elsewhere each line is a row. A cell that no rule parts from the
one above is one with it, and what stands in it is repeated in each row.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.model.printed import Box
    from pipeline.read.pdf_glyphs import Piece

# Rules this near to each other are one, in points (決め打ち).
SAME_RULE = 3.0
Cell = list["Piece"]


def table_rows(
    columns: Sequence[Sequence[Piece]], rules: Sequence[Box], strokes: Sequence[Box]
) -> list[list[Cell]]:
    """Return the cells of each row; ``rules`` are horizontal, ``strokes`` vertical."""
    top = min(p.top for column in columns for p in column)
    bottom = max(p.bottom for column in columns for p in column)
    left = min(p.left for column in columns for p in column)
    right = max(p.right for column in columns for p in column)
    across = [r for r in rules if r[0] < right and r[2] > left]
    down = [s for s in strokes if s[1] < bottom and s[3] > top and left < s[0] < right]
    edges = _edges([(r[1] + r[3]) / 2 for r in across if top < (r[1] + r[3]) / 2 < bottom])
    if not edges or not down:
        edges = _edges_of_lines(columns)
        across = [(left, edge, right, edge) for edge in edges]
    bounds = [float("-inf"), *edges, float("inf")]
    out: list[list[Cell]] = [[[] for _ in columns] for _ in range(len(bounds) - 1)]
    for k, column in enumerate(columns):
        middle = (min(p.left for p in column) + max(p.right for p in column)) / 2
        group = [0]
        for row, (upper, lower) in enumerate(pairwise(bounds)):
            if row and any(
                r[0] <= middle <= r[2] and abs((r[1] + r[3]) / 2 - upper) < SAME_RULE for r in across
            ):
                group = []
            group = [*group, row] if row else [0]
            inside = sorted(
                (p for p in column if upper <= (p.top + p.bottom) / 2 < lower), key=lambda p: (p.top, p.left)
            )
            cell = out[group[0]][k]
            cell.extend(inside)
            for r in group:
                out[r][k] = cell
    return [row for row in out if any(row)]


def _edges(heights: list[float]) -> list[float]:
    out: list[float] = []
    for height in sorted(heights):
        if not out or height - out[-1] > SAME_RULE:
            out.append(height)
    return out


def _edges_of_lines(columns: Sequence[Sequence[Piece]]) -> list[float]:
    """Return the heights between the lines of a table without rules."""
    out: list[float] = []
    reached = None
    for piece in sorted((p for column in columns for p in column), key=lambda p: p.top + p.bottom):
        middle = (piece.top + piece.bottom) / 2
        if reached is not None and middle - reached > piece.size / 2:
            out.append((middle + reached) / 2)
        reached = middle
    return out
