"""The rows of a table, as a page's cells over several rows and columns make them (see ``html_text.py``)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

# A cell's line that ends, or begins, so is half of something.
OPEN_END, OPEN_BEGIN = re.compile(r"[、，・（「『をがはのにと]$"), re.compile(r"[、。，・）」』ぁ-んー]")
# No table of a white paper has more of these; a page may state any number (決め打ち).
WIDEST, MOST_CELLS = 200, 200_000
Cell = tuple[str, int, int]  # text, rows, columns


def cell_text(lines: list[str]) -> str:
    """Return a cell's lines as one: what belongs together is joined, what does not is set apart."""
    out = ""
    for line in filter(None, lines):
        joined = not out or OPEN_END.search(out[-1:]) or OPEN_BEGIN.match(line)
        out += ("" if joined else "　") + line
    return out


def span(text: str) -> int:
    """Return how many rows or columns an attribute asks for, within reason."""
    return max(1, min(int(text), WIDEST)) if text.isascii() and text.isdigit() and len(text) < 9 else 1


def grid(rows: list[list[Cell]]) -> Iterator[list[str]]:
    """Yield the rows of a table.

    A cell over several rows stands in each of them, one over several columns in the first.
    """
    carried: dict[int, tuple[str, int]] = {}
    left = MOST_CELLS
    for row in rows:
        out: list[str] = []
        cells = iter(row)
        current = next(cells, None)
        while (current or any(column >= len(out) for column in carried)) and left > 0:
            column = len(out)
            left -= 1
            if column in carried:
                text, more = carried.pop(column)
                out.append(text)
                if more > 1:  # len(out) has passed this column: it is looked at again in the next row only
                    carried[column] = (text, more - 1)
                continue
            if current is None:
                out.append("")
                continue
            text, down, across = current
            for k in range(across):
                out.append(text if k == 0 else "")
                if down > 1:
                    carried[column + k] = (text if k == 0 else "", down - 1)
            current = next(cells, None)
        yield out
