"""Sheets of a workbook: rows of a table under a head that stays, within the limits of Excel."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from pipeline.datapackage.standing import typed
from pipeline.export.schema import columns

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

# Excel's limits: rows of a sheet, UTF-16 units of a cell, links of a sheet, characters of a link.
MOST_ROWS, LONGEST, MOST_LINKS, LONGEST_LINK = 1_048_576, 32_767, 65_530, 2_079
# XML has no such characters.
UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# Before it, Excel counts one day too many, since it takes 1900 for a leap year.
FIRST_DAY = date(1900, 3, 1)


@dataclass
class Limits:
    """How often a limit of Excel was met: cells that were cut, addresses without a link, further sheets."""

    cut: int = 0
    unlinked: int = 0
    more: int = 0


@dataclass(frozen=True)
class Look:
    """How cells look, and how a workbook in one language calls sheets and columns."""

    language: str
    words: Mapping[tuple[str, str], Mapping[str, str]]
    title: Format
    head: Format
    day: Format
    share: Format
    limits: Limits = field(default_factory=Limits)

    def word(self, kind: str, name: str) -> str:
        """Return what a sheet, a column or a phrase is called; its own name if it has no other."""
        found = self.words.get((kind, name))
        return found[self.language] if found else name

    def width(self, kind: str, name: str) -> int:
        """Return the width of a column in characters."""
        found = self.words.get((kind, name))
        return int(found["width"]) if found else 16


class Sheet:
    """A table in a workbook; where its rows are too many for a sheet, they go on in another."""

    def __init__(self, book: Workbook, name: str, columns: list[tuple[str, str, int]], look: Look) -> None:
        """Begin the first sheet.

        Args:
            book: The workbook; rows of a sheet are written one after the other, and kept nowhere.
            name: Of the sheet.
            columns: Of each its heading, its type, and its width in characters.
            look: How cells look.
        """
        self._book, self._name, self._columns, self._look = book, name, columns, look
        self._number = self._links = self._row = self._top = 0
        self._sheet: Worksheet = book.add_worksheet(name)

    def say(self, lines: Iterable[str]) -> None:
        """Write lines above the head, which is not written yet."""
        for line in lines:
            self._sheet.write_string(self._top, 0, line, None if self._top else self._look.title)
            self._top += 1
        self._top += 1

    def begin(self) -> None:
        """Write the head, and hold it at the top."""
        for number, (heading, _, width) in enumerate(self._columns):
            self._sheet.set_column(number, number, width)
            self._sheet.write_string(self._top, number, heading, self._look.head)
        self._sheet.freeze_panes(self._top + 1, 0)
        self._sheet.repeat_rows(self._top)
        self._sheet.set_landscape()
        self._sheet.fit_to_pages(1, 0)  # on paper as wide as a page
        self._row = self._top + 1

    def add(self, row: Iterable[Any]) -> None:
        """Add a row of cells with their types."""
        if self._row >= MOST_ROWS:
            self._go_on()
        for number, ((_, kind, _), cell) in enumerate(zip(self._columns, row, strict=True)):
            if cell not in ("", None, ()):
                self._put(number, kind, cell)
        self._row += 1

    def close(self) -> None:
        """Put filters on the head."""
        self._sheet.autofilter(self._top, 0, max(self._row - 1, self._top), len(self._columns) - 1)

    def _go_on(self) -> None:
        self.close()
        self._look.limits.more += 1
        self._number += 1
        self._sheet = self._book.add_worksheet(f"{self._name} ({self._number + 1})")
        self._links = self._top = 0
        self.begin()

    def _put(self, number: int, kind: str, cell: Any) -> None:
        look, place = self._look, (self._row, number)
        if kind == "date" and (day := date.fromisoformat(cell)) >= FIRST_DAY:
            self._sheet.write_datetime(*place, day, look.day)
        elif isinstance(cell, int | float):
            self._sheet.write_number(*place, cell, look.share if kind == "number" else None)
        elif kind == "link":
            self._link(place, self._text(cell))
        else:
            self._sheet.write_string(*place, self._text(cell))

    def _link(self, place: tuple[int, int], address: str) -> None:
        """Write an address, as a link where Excel allows another one; a folder could name other places."""
        if address.startswith("https://") and len(address) <= LONGEST_LINK:
            if self._links < MOST_LINKS:
                self._links += 1
                self._sheet.write_url(*place, address, string=address)
                return
            self._look.limits.unlinked += 1
        self._sheet.write_string(*place, address)

    def _text(self, cell: Any) -> str:
        """Return a text that a cell can hold."""
        text = UNWRITABLE.sub("\ufffd", cell)
        if 2 * len(text) > LONGEST and len(text.encode("utf-16-le")) > 2 * LONGEST:
            self._look.limits.cut += 1
            text = text.encode("utf-16-le")[: 2 * LONGEST].decode("utf-16-le", "ignore")
        return text


class TableSheet(Sheet):
    """A table of ``columns.csv`` in a workbook."""

    def __init__(self, book: Workbook, table: str, look: Look, more: Iterable[str] = ()) -> None:
        """Begin the sheet; ``more`` are columns of counts behind those of the table."""
        described = columns(table)
        wanted: list[tuple[str, str, int]] = [
            (look.word("column", c.name), "link" if c.name == "url" else c.type, look.width("column", c.name))
            for c in described
        ]
        name = look.word("sheet", "overview" if table == "documents" else table)
        super().__init__(book, name, wanted + [(label, "integer", 8) for label in more], look)
        self._typed = typed(table)

    def add_texts(self, row: Iterable[str]) -> None:
        """Add a row of texts, as CSV has them."""
        cells = list(row)
        found = self._typed(cells)
        self.add(
            cell if isinstance(value, tuple) else value for cell, value in zip(cells, found, strict=True)
        )
