"""A sheet of an Excel workbook (.xlsx) as cells: rows and columns by number, each as Excel shows it.

Elements are those of ECMA-376 (SpreadsheetML); how numbers and days are shown, ``sheet_formats.py`` says.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pipeline.model.errors import HakushoError
from pipeline.read.office import part_of, relations
from pipeline.read.sheet_formats import builtin, shown
from pipeline.read.sheet_rows import Row, rows, swollen
from pipeline.read.xml_events import events

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from pipeline.read.archive import Archive
    from pipeline.read.xml_events import Event

# Cells with something in them: more than a run takes unasked as characters (決め打ち).
MOST_CELLS = 2_000_000
# What may be written, with empty cells, repeated ones, and letters of strings that many cells share: so much,
# and so much more for each cell (決め打ち; tables of ministries write at most some three for each full one).
FREE_CELLS, CELLS_PER_CELL = 1_000_000, 20
FREE_LETTERS, LETTERS_PER_CELL = 10_000_000, 100
PLACE = re.compile(r"([A-Z]{1,3})(\d{1,7})")
UNCOUNTED = "formulas in it have no result: open it in Excel and save it"


@dataclass(slots=True)
class Book:
    """What the sheets of a workbook share: strings, the format of each style, the first day of its dates.

    Attributes:
        written: What becomes of a text in a cell.
        sheets: Name, id and whether it is visible.
    """

    written: Callable[[str], str]
    strings: list[str] = field(default_factory=list)
    forms: list[str] = field(default_factory=list)
    since_1904: bool = False
    sheets: list[tuple[str, str, bool]] = field(default_factory=list)


def read_book(archive: Archive, main: str, where: str, written: Callable[[str], str]) -> Book:
    """Read what the sheets of a workbook share; raises HakushoError if it is damaged."""
    of = relations(archive, main, where)
    book = Book(written)
    _list_sheets(book, events(archive.read(main), where))
    book.strings = _strings(part_of(archive, of, "sharedStrings"), where, written)
    book.forms = _forms(part_of(archive, of, "styles"), where)
    return book


def _list_sheets(book: Book, stream: Iterable[Event]) -> None:
    for what, name, _, attributes in stream:
        if what == "start" and name == "sheet":
            visible = attributes.get("state", "visible") == "visible"
            book.sheets.append((attributes.get("name", ""), attributes.get("id", ""), visible))
        elif what == "start" and name == "workbookPr":
            book.since_1904 = attributes.get("date1904", "0") in ("1", "true")


def _strings(data: bytes, where: str, written: Callable[[str], str]) -> list[str]:
    """Return the shared strings; the reading of one (``rPh``) is none of it."""
    found: list[str] = []
    out: list[str] = []
    inside = reading = False
    for what, name, *_ in events(data, where) if data else ():
        if what == "text":
            if inside and not reading:
                out.append(name)
        elif name == "si" and what == "end":
            found.append(written("".join(out)))
            out.clear()
        elif name == "rPh":
            reading = what == "start"
        elif name == "t":
            inside = what == "start"
    return found


def _forms(data: bytes, where: str) -> list[str]:
    """Return the format of numbers that each style of cells has."""
    own: dict[int, str] = {}
    found: list[str] = []
    inside = False
    for what, name, _, attributes in events(data, where) if data else ():
        if name == "cellXfs":
            inside = what == "start"
        elif what == "start" and name == "numFmt":
            own[_number(attributes.get("numFmtId", ""))] = attributes.get("formatCode", "")
        elif what == "start" and name == "xf" and inside:
            number = _number(attributes.get("numFmtId", ""))
            found.append(own.get(number) or builtin(number))
    return found


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 0


class Sheet:
    """A sheet while it is read: its rows that have something in them, and what is merged."""

    def __init__(self, book: Book, where: str, most: int = MOST_CELLS) -> None:
        """Begin a sheet; ``most`` is how many cells it may have."""
        self.cells = self._letters = 0
        self.warnings: dict[str, None] = {}
        self._book, self._where, self._most = book, where, most
        self._rows: dict[int, Row] = {}
        self._merged: list[tuple[int, int, int]] = []
        self._row, self._column = 0, 0
        self._kind, self._style = "n", 0
        self._out: list[str] = []
        self._inside, self._reading, self._formula = False, False, False

    def read(self, stream: Iterable[Event]) -> None:
        """Take in the elements of the sheet; raises HakushoError if it has too many cells."""
        for what, name, _, attributes in stream:
            if what == "text":
                if self._inside and not self._reading:
                    self._out.append(name)
            elif name in ("v", "t"):
                self._inside = what == "start"
            elif name == "rPh":
                self._reading = what == "start"
            elif what == "start":
                self._begin(name, attributes)
            elif name == "c":
                self._end_cell()

    def _begin(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "row":
            self._row = _number(attributes.get("r", "")) or self._row + 1
            self._column = 0
        elif name == "c":
            place = PLACE.fullmatch(attributes.get("r", ""))
            self._column = _column(place[1]) if place else self._column + 1
            self._kind, self._style = attributes.get("t", "n"), _number(attributes.get("s", ""))
            self._out.clear()
            self._formula = False
        elif name == "f":
            self._formula = True
        elif name == "mergeCell":
            self._merge(attributes.get("ref", ""))

    def _merge(self, area: str) -> None:
        begin, _, end = area.partition(":")
        first, last = PLACE.fullmatch(begin), PLACE.fullmatch(end)
        if first and last and int(last[2]) > int(first[2]):
            self._merged.append((int(first[2]), int(last[2]), _column(first[1])))

    def _end_cell(self) -> None:
        text = self._shown("".join(self._out))
        if self._formula and not self._out:
            self.warnings[UNCOUNTED] = None
        if text:
            self.cells += 1
            self._letters += len(text)
            if self.cells > self._most:
                raise HakushoError(f"{self._where}: has more than {MOST_CELLS:,} cells: divide it")
            if self._letters > FREE_LETTERS + LETTERS_PER_CELL * self.cells:
                raise swollen(self._where)
            self._rows.setdefault(self._row, {})[self._column] = text

    def _shown(self, value: str) -> str:
        """Return what a cell shows; an error (``#N/A``) shows nothing that is text."""
        if self._kind in ("inlineStr", "str", "d"):
            return self._book.written(value)
        if self._kind == "e" or not value.strip():
            return ""
        if self._kind == "b":
            return "TRUE" if value.strip() == "1" else "FALSE"
        if self._kind == "s":
            at = _number(value.strip())
            return self._book.strings[at] if at < len(self._book.strings) else ""
        try:
            number = float(value)
        except ValueError:
            return ""
        form = self._book.forms[self._style] if self._style < len(self._book.forms) else "General"
        finite = abs(number) < float("inf")
        return shown(number, form, since_1904=self._book.since_1904) if finite else ""

    def numbered(self) -> Iterator[tuple[int, list[str]]]:
        """Yield the rows that have something in them, by their numbers, the empty cells of a row as well."""
        if sum(map(max, self._rows.values())) > FREE_CELLS + CELLS_PER_CELL * self.cells:
            raise swollen(self._where)
        for number, row in sorted(self._rows.items()):
            yield number, [row.get(column, "") for column in range(1, max(row) + 1)]

    def rows(self) -> Iterator[list[str]]:
        """Yield the rows in order, what is merged filled in; raises HakushoError if they swell."""
        return rows(self._rows, self._merged, FREE_CELLS + CELLS_PER_CELL * self.cells, self._where)


def _column(letters: str) -> int:
    """Return the number of a column, from 1."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
