"""A cell of a table, and the text of a CSV file.

Lists are joined by ``|`` in a cell. A cell that a spreadsheet would run as a formula is defused.
"""

from __future__ import annotations

import csv
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

# A cell may hold a sentence of any length; by default, csv refuses to read what it has written.
csv.field_size_limit(1 << 30)

Cell = str | int | float | None
Value = Cell | tuple[str, ...]
LIST_MARK = "|"
FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
"""A cell that begins with one of these would be run by a spreadsheet; full width may count as half width."""
GUARDED = (*FORMULA, "'")
# In a line of CSV, a cell begins with one of them (or it is a second quote or comma in a cell).
_GUARDED = re.compile(f"""[{re.escape("".join(GUARDED))}](?<![^,"].)""", re.DOTALL)


def defused(cell: Cell) -> Cell:
    """Put an apostrophe before a cell that a spreadsheet would run as a formula.

    A cell that looks as if this had been done already gets one, too, so that :func:`plain` gives it back.
    """
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(GUARDED) and _runs(cell) else cell


def plain(cell: str) -> str:
    """Take off the apostrophe that :func:`defused` put before a cell."""
    return cell[1:] if cell.startswith("'") and _runs(cell) else cell


def _runs(cell: str) -> bool:
    return cell.lstrip("'").startswith(FORMULA)


class Lines(list[str]):
    """What a writer of CSV writes, a line each, ended by a line feed alone.

    The writer quotes what it ends lines with: as it ends them with CR LF, a carriage return alone is quoted
    too.
    """

    def write(self, line: str) -> None:
        """Take a line that ends in CR LF."""
        self.append(f"{line[:-2]}\n")


def csv_text(columns: Iterable[str], rows: Iterable[Iterable[Cell]]) -> str:
    """Return a CSV table with its header, defused for spreadsheets; None is an empty cell."""
    return csv_lines([tuple(columns)]) + csv_lines(rows)


def csv_lines(rows: Iterable[Iterable[Cell]]) -> str:
    """Return the rows of a CSV table without its header."""
    lines = Lines()
    write = csv.writer(lines, lineterminator="\r\n").writerow
    guarded = _GUARDED.search
    for row in rows:
        cells = [cell if type(cell) is str else "" if cell is None else str(cell) for cell in row]
        line = ",".join(cells)
        if line.count(",") == len(cells) - 1 and line and not _needs_quotes(line):
            lines.append(f"{line}\n")  # many times as fast as the writer
        else:
            write(cells)
        if guarded(lines[-1]):
            lines.pop()
            write([defused(cell) for cell in row])
    return "".join(lines)


def _needs_quotes(line: str) -> bool:
    return '"' in line or "\n" in line or "\r" in line
