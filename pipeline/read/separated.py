"""Tables as text (CSV, TSV): each row a row of cells."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from pipeline.read.encodings import decode
from pipeline.read.html_table import cell_text
from pipeline.read.pieces import Extract, Piece, joined

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

# What may part cells, and how many lines are asked which it is (決め打ち).
SEPARATORS, ASKED = "\t,;", 50
UNQUOTED = "a quotation mark in it is never closed: quotation marks are read as they stand"


def read_separated(data: bytes, where: str) -> Extract:
    """Return the text of a table, cells parted by tabs; raises HakushoError if it cannot be decoded."""
    text, encoding = decode(data, where)
    text = text.removeprefix("\ufeff")
    separator = _separator(text)
    warnings: tuple[str, ...] = ()
    csv.field_size_limit(max(csv.field_size_limit(), len(text)))
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True))
    except csv.Error:
        rows = [line.split(separator) for line in text.splitlines()]
        warnings = (UNQUOTED,)
    written, told = joined(tables(rows))
    return Extract(written, encoding, "csv", warnings=warnings, told=told)


def tables(rows: Iterable[Sequence[str]]) -> Iterator[Piece]:
    """Yield tables of rows; an empty row parts two of them. A row of one cell keeps a border.

    So that it is known as one.
    """
    table: list[str] = []
    for row in rows:
        cells = [plain(cell) for cell in row]
        while cells and not cells[-1]:
            cells.pop()
        if cells:
            table.append("\t".join(cells) if len(cells) > 1 else f"{cells[0]}\t")
        elif table:
            yield Piece("\n".join(table))
            table = []
    if table:
        yield Piece("\n".join(table))


def plain(cell: str) -> str:
    """Return the text of a cell as one line without tabs."""
    return cell_text([line.replace("\t", " ").strip() for line in cell.splitlines()])


def _separator(text: str) -> str:
    """Return what parts the cells: of the signs that part lines, the one that does so most evenly."""
    lines = [line for line in text[: 1000 * ASKED].splitlines()[:ASKED] if line.strip()]
    counts = {sign: sorted(line.count(sign) for line in lines) for sign in SEPARATORS}
    # The middle one: a title above a table has none, a sentence in a cell has many.
    return max(SEPARATORS, key=lambda sign: (counts[sign][len(lines) // 2] if lines else 0, sign == ","))
