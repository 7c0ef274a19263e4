"""The tables of a page that are ruled: cells, and the text in them (see ``pdf_document.py``).

A table is where rules part their inside into cells without a rest; what is framed and linked by lines, like
the boxes of a figure, leaves one. A cell over several rows or columns is written once.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.read.pdf_cells import cut_at_sides, parts_of_cell
from pipeline.read.pdf_lines import Line, Part
from pipeline.read.pdf_regions import LEAST, Grid, area, around, groups
from pipeline.read.pdf_rules import FIELD, fields

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.model.printed import Box
    from pipeline.read.pdf_glyphs import Piece
    from pipeline.read.pdf_rules import Drawn

# A table has at least LEAST_CELLS cells with text. At most REST of its area, and ASTRAY of its pieces, lie
# outside of cells with four sides (決め打ち).
LEAST_CELLS, REST, ASTRAY = 3, 0.08, 0.05
# Fewer rules than this make a box, not a table (決め打ち).
LEAST_RULES = 4
# If fewer of its cells than this part hold text, it is a figure (決め打ち).
LEAST_FILLED = 0.2
# If more than this part of those with text is open on a side, it is a figure, too (決め打ち).
MOST_OPEN = 0.2
# Lists of at least LEAST_LISTED lines beside each other are rows; long lines of them have LONG letters, and
# leave room for ROOM (決め打ち).
LEAST_LISTED, LONG, ROOM = 3, 5.0, 3.0


@dataclass(slots=True)
class Table:
    """A table: its box, its lines, and what stands in it."""

    box: Box
    lines: list[Line]
    pieces: list[Piece]

    @property
    def order(self) -> int:
        """The place of its first letter among those that the page draws."""
        return min(piece.order for piece in self.pieces)


def tables(found: Sequence[Piece], drawn: Drawn) -> list[Table]:
    """Return the ruled tables of a page, the ones in others left out."""
    boxes = [*drawn.rules, *drawn.strokes]
    out: list[Table] = []
    candidates = []
    for group in groups(boxes):
        rules = [boxes[i] for i in group if i < len(drawn.rules)]
        strokes = [boxes[i] for i in group if i >= len(drawn.rules)]
        if len(rules) > 1 and strokes and len(group) > LEAST_RULES:
            box = around([*rules, *strokes])
            if min(box[2] - box[0], box[3] - box[1]) > LEAST:
                candidates.append((box, rules, strokes))
    candidates.sort(key=lambda row: area(row[0]), reverse=True)
    places: dict[tuple[int, int], list[Piece]] = {}
    for piece in found:
        x, y = int((piece.left + piece.right) / 2 // FIELD), int(piece.middle // FIELD)
        places.setdefault((x, y), []).append(piece)
    taken: set[int] = set()
    for box, rules, strokes in candidates:
        near = [p for place in fields(box) for p in places.get(place, ()) if id(p) not in taken]
        inside = sorted((p for p in near if _inside(p, box)), key=lambda p: p.order)
        if len(inside) < LEAST_CELLS:
            continue
        table = _read(Grid(rules, strokes), inside)
        if table:
            out.append(table)
            taken.update(id(p) for p in inside)
    return out


def _inside(piece: Piece, box: Box) -> bool:
    left, top, right, bottom = box
    return left <= (piece.left + piece.right) / 2 <= right and top <= piece.middle <= bottom


def _read(grid: Grid, inside: Sequence[Piece]) -> Table | None:
    """Return the table that a grid is, or None if it is none."""
    if not grid.cells or min(grid.width, grid.height) < 2:
        return None
    cells, rest = _cells(grid)
    texts, astray = _placed(inside, cells, grid)
    if astray > ASTRAY * len(inside):
        parted = [part for piece in inside for part in cut_at_sides(piece, grid)]
        texts, astray = _placed(parted, cells, grid)
    rows, columns = {cells[n][0] for n in texts}, {cells[n][1] for n in texts}
    proper = len(texts) >= LEAST_CELLS and len(rows) > 1 and len(columns) > 1
    if not proper or astray > ASTRAY * len(inside) or rest > REST * area(grid.box):
        return None
    open_ones = sum(grid.is_open(cells[number]) for number in texts)
    if len(texts) < LEAST_FILLED * len(cells) or open_ones > MOST_OPEN * len(texts):
        return None
    return Table(
        grid.box,
        list(_lines(grid, cells, texts)),
        [p for p in inside if grid.cell((p.left + p.right) / 2, p.middle) in cells],
    )


def _placed(
    pieces: Sequence[Piece], cells: dict[int, tuple[int, int, int, int]], grid: Grid
) -> tuple[dict[int, list[Piece]], int]:
    """Return the pieces of each cell, and how many reach out of theirs or have none."""
    texts: dict[int, list[Piece]] = {}
    astray = 0
    for piece in pieces:
        number = grid.cell((piece.left + piece.right) / 2, piece.middle)
        if number in cells:
            texts.setdefault(number, []).append(piece)
        astray += number not in cells or not _within(piece, cells[number], grid)
    return texts, astray


def _cells(grid: Grid) -> tuple[dict[int, tuple[int, int, int, int]], float]:
    """Return the cells of four sides (first row and column, last ones), and how large the rest is.

    Of a cell with steps it is the uppermost part.
    """
    spans: dict[int, list[int]] = {}
    for r, row in enumerate(grid.cells):
        for c, number in enumerate(row):
            span = spans.setdefault(number, [r, c, r, c, 0])
            span[0], span[1] = min(span[0], r), min(span[1], c)
            span[2], span[3] = max(span[2], r), max(span[3], c)
            span[4] += 1
    cells = grid.steps()
    rest = 0.0
    for number, (top, left, bottom, right, places) in spans.items():
        if places == (bottom - top + 1) * (right - left + 1):
            cells[number] = (top, left, bottom, right)
        elif number not in cells:
            rest += area((grid.columns[left], grid.rows[top], grid.columns[right + 1], grid.rows[bottom + 1]))
    return cells, rest


def _within(piece: Piece, cell: tuple[int, int, int, int], grid: Grid) -> bool:
    """Whether a piece does not reach over the sides of its cell by more than half a letter."""
    _, left, _, right = cell
    slack = piece.size / 2
    return grid.columns[left] - slack <= piece.left and piece.right <= grid.columns[right + 1] + slack


def _lines(
    grid: Grid, cells: dict[int, tuple[int, int, int, int]], texts: dict[int, list[Piece]]
) -> Iterator[Line]:
    by_row: dict[int, dict[int, int]] = {}
    for number in texts:
        top, left, _, _ = cells[number]
        by_row.setdefault(top, {})[left] = number
    columns = sorted({left for row in by_row.values() for left in row})
    first = True
    for row in sorted(by_row):
        numbers = [by_row[row].get(column, -1) for column in columns]
        sides = {n: (grid.columns[cells[n][1]], grid.columns[cells[n][3] + 1]) for n in numbers if n >= 0}
        whole = {n: list(parts_of_cell(texts[n], *sides[n])) for n in sides}
        for held in _rows_of(whole, sides):
            yield Line(tuple(held.get(n, ()) for n in numbers), "row", apart=first)
            first = False


def _rows_of(
    cells: dict[int, list[Part]], sides: dict[int, tuple[float, float]]
) -> list[dict[int, tuple[Part, ...]]]:
    """Return the rows of what rules take for one: lists stand beside each other, line by line.

    They are rows if each cell has as many lines, at the same heights, and there is room behind the long ones.
    """
    plain = [{number: tuple(parts) for number, parts in cells.items()}]
    first, *others = cells.values()
    if not others or len(first) < LEAST_LISTED or any(len(parts) != len(first) for parts in others):
        return plain
    for lines in zip(*cells.values(), strict=True):
        if any(abs(p.piece.middle - lines[0].piece.middle) > p.piece.size / 2 for p in lines):
            return plain
    long = [n for n, parts in cells.items() if any(_length(part) >= LONG for part in parts)]
    if not long or any(
        part.piece.right + ROOM * part.piece.size > sides[n][1] for n in long for part in cells[n][:-1]
    ):
        return plain
    return [{number: (Part(parts[k].piece),) for number, parts in cells.items()} for k in range(len(first))]


def _length(part: Part) -> float:
    return (part.piece.right - part.piece.left) / part.piece.size
