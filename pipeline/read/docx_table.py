"""A table of a Word document: its cells as those of a page, with the rows and columns that they span."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from pipeline.read.html_table import WIDEST, span

if TYPE_CHECKING:
    from collections.abc import Iterator

# Pieces of a page, and pieces of pieces: what stands in a box or a table is never copied into what holds it.
Parts: TypeAlias = "list[str | Parts]"


def flat(parts: Parts) -> Iterator[str]:
    """Yield the pieces of a page in their order, however deep they stand; empty ones are left out."""
    waiting: list[Iterator[str | Parts]] = [iter(parts)]
    while waiting:
        for part in waiting[-1]:
            if isinstance(part, list):
                waiting.append(iter(part))
                break
            if part:
                yield part
        else:
            waiting.pop()


@dataclass(slots=True)
class Cell:
    """A cell: its text, how many columns it spans, and whether it continues the cell above."""

    content: Parts = field(default_factory=list)
    columns: int = 1
    carried: bool = False
    down: int = 1
    left: bool = False


class Table:
    """A table while it is read; ``after`` holds the notes of its cells."""

    def __init__(self) -> None:
        self.after: Parts = []
        self._rows: list[list[Cell]] = []
        self._gone = False

    def add(self, block: str | Parts) -> None:
        """Put a block into the cell that is open."""
        if self._rows and self._rows[-1]:
            self._rows[-1][-1].content.append(block)

    def begin_row(self) -> None:
        """A row begins."""
        self._rows.append([])
        self._gone = False

    def begin_cell(self) -> None:
        """A cell begins."""
        if not self._rows:
            self._rows.append([])
        self._rows[-1].append(Cell())

    def end_row(self) -> None:
        """A row ends; one that a tracked change deleted goes."""
        if self._gone and self._rows:
            self._rows.pop()
        elif self._rows:
            self._rows[-1] = [cell for cell in self._rows[-1] if not cell.left]

    def says(self, name: str, value: str) -> None:
        """Read an element of the properties of the row or the cell."""
        cell = self._rows[-1][-1] if self._rows and self._rows[-1] else None
        if name == "del" and cell is None:
            self._gone = True
        elif name == "gridBefore" and self._rows and cell is None:
            self._rows[-1].append(Cell(columns=span(value)))
        elif cell and name == "gridSpan":
            cell.columns = span(value)
        elif cell and name == "vMerge":
            cell.carried = value != "restart"
        elif cell and name == "cellDel":
            cell.left = True

    def html(self) -> Parts:
        """Return the table as a page has it, in pieces."""
        above: dict[int, Cell] = {}
        for row in self._rows:
            column = 0
            for cell in row:
                top = above.get(column)
                if cell.carried and top:
                    top.down += 1
                else:
                    cell.carried = False
                    above[column] = cell
                column += cell.columns
        return ["<table>", *(_row(row) for row in self._rows), "</table>"]


def _row(row: list[Cell]) -> Parts:
    parts: Parts = ["<tr>"]
    for cell in row:
        if not cell.carried:
            start = f"<td rowspan={min(cell.down, WIDEST)} colspan={cell.columns}>"
            parts += [start, cell.content, "</td>"]
    return [*parts, "</tr>"]
