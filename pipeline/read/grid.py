"""A table that a person keeps in a spreadsheet: its rows, from .xlsx or from CSV as a spreadsheet saves it.

The encoding may be any that a text may have. Commas, semicolons and tabs part cells: what does is certain
where the names of the wanted columns stand between them.
"""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING, NamedTuple

from pipeline.model.errors import HakushoError
from pipeline.read.archive import Archive
from pipeline.read.encodings import decode
from pipeline.read.intake import MOST_TEXT

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

SEPARATORS = ",;\t"
PACKED = b"PK\x03\x04"
# Excel's own first line of a CSV, which says what parts its cells.
_TOLD = re.compile("sep=.?\r?\n", re.IGNORECASE)
# As SpreadsheetML writes a sign that XML cannot hold: _x000D_.
_ESCAPED = re.compile("_x([0-9A-F]{4})_")


class BrokenTableError(ValueError):
    """A table is no CSV; ``line`` is where, the first being 1."""

    def __init__(self, line: int, reason: str) -> None:
        """Say where, and why."""
        super().__init__(reason)
        self.line = line


class Grid(NamedTuple):
    """A table: the names of its columns, and its rows with their numbers; ``sheet`` of a workbook."""

    header: list[str]
    rows: list[tuple[int, list[str]]]
    sheet: bool = False


def read_grid(data: bytes, where: str, wanted: Collection[str], *, strict: bool = True) -> Grid:
    """Return a table; empty rows are left out.

    Args:
        data: The whole file.
        where: What an error calls it.
        wanted: The names of columns that tell what parts cells.
        strict: Refuse quotation marks within a cell, too.

    Raises:
        HakushoError: It is neither a workbook nor a text, no sheet of it can be seen, or a quotation mark is
            open at its end.
        BrokenTableError: It is broken CSV.
    """
    packed = data.startswith(PACKED)
    rows = list(_sheet(data, where) if packed else _separated(data, where, wanted, strict))
    rows = [(number, cells) for number, cells in rows if any(cells)] or [(1, [])]
    return Grid([name.strip() for name in rows[0][1]], rows[1:], packed)


def _separated(
    data: bytes, where: str, wanted: Collection[str], strict: bool
) -> Iterator[tuple[int, list[str]]]:
    text = decode(data, where)[0].removeprefix("\ufeff") if data.strip() else ""
    text = _TOLD.sub("\n", text, count=1) if _TOLD.match(text) else text
    reader = None
    try:
        mark = max(SEPARATORS, key=lambda sign: len(_names(text, sign).intersection(wanted)))
        # Only within quotation marks that are still open is a last line with a mark no row of its own.
        reader = csv.reader(_lines(text if strict else f"{text}\n{mark}"), delimiter=mark, strict=strict)
        cells: list[str] = ["", ""]
        for row, cells in enumerate(reader, 1):
            yield row, cells
        if not strict and cells != ["", ""]:
            raise HakushoError(f"{where}, row {row}: a quotation mark is not closed: close or delete it")
    except csv.Error as error:
        raise BrokenTableError(reader.line_num if reader else 1, str(error)) from None


def _lines(text: str) -> io.StringIO:
    return io.StringIO(text, newline="")


def _names(text: str, sign: str) -> set[str]:
    """Return the names of the columns of a table whose cells a sign parts."""
    head = _lines(text.lstrip(f"{SEPARATORS}\r\n "))  # empty rows may stand before it
    return {name.strip() for name in next(csv.reader(head, delimiter=sign), [])}


def _sheet(data: bytes, where: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows of the first sheet that can be seen, texts as they are, white space and all."""
    from pipeline.read.office import relations  # most tables are CSV
    from pipeline.read.sheet import Sheet, read_book
    from pipeline.read.xml_events import events

    archive = Archive(data, where, MOST_TEXT)
    main = next((r.target for r in relations(archive, "", where).values() if r.kind == "officeDocument"), "")
    if not main.endswith(".xml") or "workbook" not in main or main not in archive:
        raise HakushoError(f"{where}: is a packed file and no Excel workbook: save the table as .xlsx or CSV")
    book = read_book(archive, main, where, _unescaped)
    of = relations(archive, main, where)
    for _, relation, visible in book.sheets:
        if visible and relation in of and of[relation].kind == "worksheet":
            sheet = Sheet(book, where)
            sheet.read(events(archive.read(of[relation].target), where))
            return sheet.numbered()
    raise HakushoError(f"{where}: is an Excel workbook without a visible sheet: show the one with the table")


def _unescaped(text: str) -> str:
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
