"""The areas that touching rules enclose: frames and the grids of tables."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from pipeline.read.pdf_rules import fields

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pipeline.model.printed import Box

# Rules this near touch, a region is larger in both directions; in points (決め打ち).
TOUCH, LEAST = 3.0, 24.0
# How many rules of a field are held against each other (決め打ち).
MOST_NEAR = 40
# Edges this near to each other are one; so much of a cell's side a rule must cover to part it (決め打ち).
SAME_EDGE, COVERED = 3.0, 0.5
# A grid has at most this many places (決め打ち).
MOST_PLACES = 12_000


def groups(boxes: Sequence[Box]) -> list[list[int]]:
    """Return the indices of boxes that touch each other, group by group."""
    parents = list(range(len(boxes)))
    near: dict[tuple[int, int], list[int]] = {}
    for i, box in enumerate(boxes):
        for place in fields(box):
            others = near.setdefault(place, [])
            for other in others[-MOST_NEAR:]:
                if _touch(box, boxes[other]):
                    parents[_root(parents, i)] = _root(parents, other)
            others.append(i)
    found: dict[int, list[int]] = {}
    for i in range(len(boxes)):
        found.setdefault(_root(parents, i), []).append(i)
    return list(found.values())


def _root(parents: list[int], i: int) -> int:
    while parents[i] != i:
        parents[i] = parents[parents[i]]
        i = parents[i]
    return i


def _touch(one: Box, other: Box) -> bool:
    across = max(one[0], other[0]) <= min(one[2], other[2]) + TOUCH
    return across and max(one[1], other[1]) <= min(one[3], other[3]) + TOUCH


def around(boxes: Iterable[Box]) -> Box:
    """Return the box around boxes."""
    left, top, right, bottom = zip(*boxes, strict=True)
    return min(left), min(top), max(right), max(bottom)


def area(box: Box) -> float:
    """Return how large a box is, in square points."""
    return max(0.0, box[2] - box[0]) * max(0.0, box[3] - box[1])


def frames(boxes: Sequence[Box], most: float) -> list[Box]:
    """Return the boxes around what touches, the largest first; those above ``most`` left out."""
    found = [around(boxes[i] for i in group) for group in groups(boxes)]
    large = [b for b in found if b[2] - b[0] > LEAST and b[3] - b[1] > LEAST and area(b) < most]
    return sorted(large, key=area, reverse=True)


class Grid:
    """The cells that rules part.

    Attributes:
        box: Around the rules.
        rows: Heights of the edges between its rows, those of the box included; ``columns`` likewise.
        cells: For each place (row, column) the number of its cell; a cell over several places is one.
        closed: Whether rules lie all around it.
        columns: See ``rows``.
    """

    def __init__(self, rules: Sequence[Box], strokes: Sequence[Box]) -> None:
        self.box = around([*rules, *strokes])
        left, top, right, bottom = self.box
        self.columns = _edges([left, right, *((s[0] + s[2]) / 2 for s in strokes)])
        self.rows = _edges([top, bottom, *((r[1] + r[3]) / 2 for r in rules)])
        self.cells: list[list[int]] = []
        self.closed = False
        self._sides: tuple[list[bool], ...] = ()
        if self.width * self.height <= MOST_PLACES:
            self._part(rules, strokes)

    @property
    def width(self) -> int:
        """How many columns it has."""
        return len(self.columns) - 1

    @property
    def height(self) -> int:
        """How many rows it has."""
        return len(self.rows) - 1

    def cell(self, x: float, y: float) -> int:
        """Return the number of the cell that a point lies in, -1 outside."""
        row, column = _index(self.rows, y), _index(self.columns, x)
        return -1 if row is None or column is None else self.cells[row][column]

    def _part(self, rules: Sequence[Box], strokes: Sequence[Box]) -> None:
        """Number the cells: places without a rule between them are one."""
        width, height = self.width, self.height
        down = _covered(self.columns, self.rows, [(s[0], s[1], s[2], s[3]) for s in strokes])
        across = _covered(self.rows, self.columns, [(r[1], r[0], r[3], r[2]) for r in rules])
        parents = list(range(width * height))
        for row in range(height):
            for column in range(width):
                here = row * width + column
                if column + 1 < width and not down.get((column + 1, row)):
                    parents[_root(parents, here + 1)] = _root(parents, here)
                if row + 1 < height and not across.get((row + 1, column)):
                    parents[_root(parents, here + width)] = _root(parents, here)
        self.cells = [[_root(parents, row * width + k) for k in range(width)] for row in range(height)]
        upright = [[down.get((edge, row), False) for row in range(height)] for edge in (0, width)]
        level = [[across.get((edge, column), False) for column in range(width)] for edge in (0, height)]
        self._sides = (*upright, *level)
        self.closed = all(map(all, self._sides))

    def is_open(self, cell: tuple[int, int, int, int]) -> bool:
        """Whether a cell (first row and column, last ones) is open on a side that others close.

        So is what lies beside the line between two boxes of a figure. A table may have no rules on its
        sides at all.
        """
        top, left, bottom, right = cell
        rows, columns = slice(top, bottom + 1), slice(left, right + 1)
        at = (left == 0, right == self.width - 1, top == 0, bottom == self.height - 1)
        spans = (rows, rows, columns, columns)
        return any(
            there and any(side) and not all(side[span])
            for there, side, span in zip(at, self._sides, spans, strict=True)
        )

    def steps(self) -> dict[int, tuple[int, int, int, int]]:
        """Return for each cell with steps its uppermost part: first row and column, last row and column.

        So budgets are set: the title of a 款 runs over the column of its 項, and stands before them as well.
        In a grid that is open on a side there are none: what lies around the boxes of a figure has steps.
        """
        spans: dict[int, list[tuple[int, int, int]]] = {}
        for r, row in enumerate(self.cells if self.closed else ()):
            start = 0
            for c in range(1, len(row) + 1):
                if c == len(row) or row[c] != row[start]:
                    spans.setdefault(row[start], []).append((r, start, c - 1))
                    start = c
        found = {}
        for number, runs in spans.items():
            once = len({r for r, _, _ in runs}) == len(runs)
            lefts, rights = {left for _, left, _ in runs}, {right for _, _, right in runs}
            if once and len(lefts) + len(rights) > 2 and 1 in (len(lefts), len(rights)):
                top, left, right = runs[0]
                last = next((r for r, *run in runs if run != [left, right]), top + 1) - 1
                found[number] = top, left, last, right
        return found


def _edges(places: Iterable[float]) -> list[float]:
    out: list[float] = []
    for place in sorted(places):
        if not out or place - out[-1] > SAME_EDGE:
            out.append(place)
    return out


def _index(edges: Sequence[float], place: float) -> int | None:
    if not edges[0] <= place <= edges[-1]:
        return None
    return min(bisect_right(edges, place), len(edges) - 1) - 1


def _covered(
    edges: Sequence[float], steps: Sequence[float], lines: Iterable[Box]
) -> dict[tuple[int, int], bool]:
    """Return which steps along which edges a line covers; lines are given as across, from, across, to."""
    lengths: dict[tuple[int, int], float] = {}
    for low, start, high, end in lines:
        middle = (low + high) / 2
        near = bisect_right(edges, middle)
        edge = min(range(max(0, near - 1), min(len(edges), near + 1)), key=lambda i: abs(edges[i] - middle))
        if abs(edges[edge] - middle) > SAME_EDGE:
            continue
        for step, length in _shares(steps, start, end):
            lengths[edge, step] = lengths.get((edge, step), 0.0) + length
    return {
        (edge, step): length >= COVERED * (steps[step + 1] - steps[step])
        for (edge, step), length in lengths.items()
    }


def _shares(steps: Sequence[float], start: float, end: float) -> Iterator[tuple[int, float]]:
    """Yield the steps between ``start`` and ``end`` and how much of each lies there."""
    for step in range(max(0, bisect_right(steps, start) - 1), len(steps) - 1):
        if steps[step] >= end:
            return
        shared = min(end, steps[step + 1]) - max(start, steps[step])
        if shared > 0:
            yield step, shared
