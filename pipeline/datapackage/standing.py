"""What stands in the folder of a document, read back: the tables over all documents are made of it.

A table is read from whichever format there is. Cells are texts as in CSV, without the apostrophe of a cell
that a spreadsheet would run. A folder may have been edited since: a cell that is missing is empty.
"""

from __future__ import annotations

import csv
import io
import json
import re
from bisect import bisect_left
from contextlib import suppress
from datetime import date
from itertools import chain
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from pipeline.document.tables import columns
from pipeline.entities import TYPES
from pipeline.export import EXTRACTED
from pipeline.export.schema import columns as described
from pipeline.export.schema import whole_text
from pipeline.model.cells import LIST_MARK, plain
from pipeline.model.errors import HakushoError
from pipeline.model.extras import require
from pipeline.model.plural import plural
from pipeline.read.encodings import decode

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    # What a place holds of a document under a name; None if it holds none.
    Read = Callable[[str, str], bytes | None]
    # The columns of a table, and its rows: each has a cell for each column.
    Found = tuple[Sequence[str], list[Sequence[str]]]

OF_TYPES = tuple(found.table.name for found in TYPES if found.table)
"""The tables of a document that types of entity have of their own."""
MARKS = {"list": LIST_MARK, "path": " > "}
# The largest number of a column in Parquet.
LARGEST = 2**31 - 1
# Between the pages of a PDF, in the text that was read.
PAGE_END = "\f"
# Where a cell of CSV may begin with the apostrophe that ``plain`` takes off.
DEFUSED = re.compile("""'(?<![^,"\r\n].)""", re.DOTALL)


class Standing:
    """A document of a finished run: the tables that stand in its folder.

    Attributes:
        title: Of the document, as ``run.json`` has it; ``reference_date`` likewise.
        faults: What was wrong with the tables that were read, each as file and reason, with the row.
    """

    def __init__(self, row: Mapping[str, Any], read: Read) -> None:
        """Look at a document.

        Args:
            row: What ``run.json`` says of it.
            read: Gives what its folder holds under a file name; None if it holds none.
        """
        self.doc_id: str = row["doc_id"]
        self.title: str = row["source"].get("title", "")
        self.reference_date: str = row.get("reference_date") or ""
        self._files, self._read = row["files"], read
        self.faults: list[tuple[str, str]] = []
        self._tables: dict[str, Found] = {}
        self._breaks: list[int] | None = None
        self._pages = row["source"].get("format") == "pdf"

    def rows(self, table: str, *names: str) -> Iterable[Sequence[str]]:
        """Return the rows of a table of the document, none if it has no such table.

        Args:
            table: The table.
            names: The columns whose cells a row has, two or more; all of the table if there is none. A cell
                of a column that is not there is empty.
        """
        if table not in self._tables:
            self._tables[table] = self._found(table)
        head, lines = self._tables[table]
        names = names or columns(table)
        if head == names:
            return lines
        at = {name: place for place, name in enumerate(head)}
        if lacking := [name for name in names if name not in at]:
            self.faults.append((f"{table}.csv", f"row 1: lacks the column {', '.join(lacking)}"))
        pick = itemgetter(*(at.get(name, len(head)) for name in names))
        return map(pick, lines if at.keys() >= {*names} else ((*line, "") for line in lines))

    def page(self, start: str) -> str:
        """Return the page of a PDF on which a character of the raw text stands; nothing of other kinds.

        Args:
            start: The cell that says which character it is.
        """
        if not self._pages:
            return ""
        if self._breaks is None:
            raw = _text(self._data(EXTRACTED) or b"")
            self._breaks = [place for place, sign in enumerate(raw) if sign == PAGE_END]
        return str(bisect_left(self._breaks, number(start)) + 1)

    def _data(self, name: str) -> bytes | None:
        return self._read(self.doc_id, name) if name in self._files else None

    def _found(self, table: str) -> Found:
        names = columns(table)
        if data := self._data(f"{table}.csv"):
            head, lines, fault = _of_csv(data)
            self.faults += [(f"{table}.csv", f"row {fault[0]}: {fault[1]}")] if fault else []
            return head, lines
        if f"{table}.csv" in self._files:
            self.faults.append((f"{table}.csv", "is empty, or cannot be read"))
        if data := self._data(f"{table}.parquet"):
            require(f"{self.doc_id}/{table}.parquet", ("pyarrow",), "parquet")
            import pyarrow.parquet as pq

            wanted = [name for name in pq.read_schema(io.BytesIO(data)).names if name in names]
            found = pq.read_table(io.BytesIO(data), columns=wanted).to_pylist()
            return names, _as_in_csv(found, table, names)
        if table == "entities":
            # JSON also has what a CSV of its own holds: identifiers and pages of laws.
            names = (*names, "ids", "url")
            return names, _as_in_csv(self._objects(), table, names)
        return names, []

    def _objects(self) -> Iterable[Mapping[str, Any]]:
        if data := self._data("entities.json"):
            found: list[Mapping[str, Any]] = json.loads(_text(data))["entities"]
            return found
        lines = _text(self._data("entities.jsonl") or b"").splitlines()
        return (json.loads(line) for line in lines)


def _text(data: bytes) -> str:
    """Return a text; a spreadsheet may have saved it in another encoding. What is in none is U+FFFD."""
    with suppress(UnicodeDecodeError):
        return data.decode("utf-8-sig")
    with suppress(UnicodeDecodeError):
        return whole_text(data.decode("utf-8-sig", "surrogatepass"))
    with suppress(HakushoError):
        return decode(data, "")[0]
    return data.decode("utf-8-sig", "replace")


def _of_csv(data: bytes) -> tuple[Sequence[str], list[Any], tuple[int, str] | None]:
    """Return the head and the rows of a table, and the first row that is not as it was written, if any."""
    text = _text(data)
    lines = _cells(text)
    head = tuple(next(lines, ()))
    found: list[Sequence[str]] = list(lines)
    if DEFUSED.search(text):
        found = [[plain(cell) for cell in line] if "'" in "".join(line) else line for line in found]
    if {*map(len, found)} <= {len(head)}:  # as it was written: the usual case
        return head, found, _unread(text, data)
    whole = [[*line, *[""] * (len(head) - len(line))][: len(head)] for line in found]
    return head, whole, _uneven(text, len(head))


def _uneven(text: str, wanted: int) -> tuple[int, str] | None:
    """Return the first row that has not as many cells as wanted."""
    rows = enumerate(csv.reader(io.StringIO(text, newline="")), 1)
    found = next(((n, len(line)) for n, line in rows if line and len(line) != wanted), None)
    return found and (found[0], f"has {plural(found[1], 'cell')}; wanted {wanted}")


def _unread(text: str, data: bytes) -> tuple[int, str] | None:
    """Return the first row with bytes of which :func:`_text` made U+FFFD."""
    at = text.find("\ufffd")
    if at < 0:
        return None
    with suppress(UnicodeDecodeError):
        data.decode("utf-8-sig", "surrogatepass")
        return None  # the document itself has such a character
    return text.count("\n", 0, at) + 1, "holds bytes of no known encoding"


def _cells(text: str) -> Iterator[list[str]]:
    """Yield the cells of each row that has any, as :mod:`csv` reads them."""
    stream = io.StringIO(text, newline="")
    for line in stream:
        if '"' in line:  # only such a row may be more than a line
            yield next(csv.reader(chain((line,), stream)))
        elif cells := line.rstrip("\r\n"):
            yield cells.split(",")


def _as_in_csv(rows: Iterable[Mapping[str, Any]], table: str, names: Iterable[str]) -> list[Sequence[str]]:
    marks = {column.name: MARKS.get(column.type, LIST_MARK) for column in described(table, typed=True)}
    return [[_cell(row.get(name), marks[name]) for name in names] for row in rows]


def _cell(value: Any, mark: str) -> str:
    if isinstance(value, list | tuple):
        return mark.join(map(str, value))
    return "" if value is None else str(value)


def number(cell: str) -> int:
    """Return the number in a cell, 0 if there is none."""
    return _read_as(int, cell) or 0 if cell.isdecimal() else 0


def typed(table: str) -> Callable[[Iterable[Any]], tuple[Any, ...]]:
    """Return the function that gives the cells of a row of ``table`` their types.

    Numbers are numbers, lists are tuples, an absent number is None; a cell that is none of its type is
    absent. What is no text has its type already.
    """
    readers = [_reader(column.type) for column in described(table)]
    return lambda row: tuple(
        read(cell) if isinstance(cell, str) else cell for read, cell in zip(readers, row, strict=True)
    )


def _reader(kind: str) -> Callable[[str], Any]:
    if kind in MARKS:
        return lambda cell: tuple(cell.split(MARKS[kind])) if cell else ()
    if kind == "integer":
        return lambda cell: _within(_read_as(int, cell))
    if kind == "number":
        return lambda cell: _within(_read_as(float, cell))
    if kind == "date":
        return lambda cell: cell if _read_as(date.fromisoformat, cell) else ""
    return str


def _read_as(kind: Callable[[str], Any], cell: str) -> Any:
    try:
        return kind(cell) if cell else None
    except ValueError:
        return None


def _within(number: float | None) -> float | None:
    """Return a number that every format can hold: neither infinite nor none at all."""
    return number if number is not None and abs(number) <= LARGEST else None


def unwritten(place: Path, reason: object) -> HakushoError:
    """Return the error of a file that is made in a temporary folder, and cannot be."""
    return HakushoError(
        f"{place}: cannot be written ({reason}): free some space, or name another folder "
        "for temporary files with TMPDIR"
    )
