"""What stands in the folder of a document, read back: the tables over all documents are made of it.

A table is read from whichever format there is. Cells are texts as in CSV, without the apostrophe of a cell
that a spreadsheet would run. A folder may have been edited since: a cell that is missing is empty.
"""

from __future__ import annotations

import csv
import io
import json
from bisect import bisect_left
from datetime import date
from typing import TYPE_CHECKING, Any

from pipeline.document.tables import columns
from pipeline.entities import TYPES
from pipeline.export import EXTRACTED
from pipeline.export.schema import columns as described
from pipeline.export.schema import whole_text
from pipeline.model.cells import LIST_MARK, plain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    # What a place holds of a document under a name; None if it holds none.
    Read = Callable[[str, str], bytes | None]
    Row = dict[str, str]

OF_TYPES = tuple(found.table.name for found in TYPES if found.table)
"""The tables of a document that types of entity have of their own."""
MARKS = {"list": LIST_MARK, "path": " > "}
# The largest number of a column in Parquet.
LARGEST = 2**31 - 1
# Between the pages of a PDF, in the text that was read.
PAGE_END = "\f"


class Standing:
    """A document of a finished run: the tables that stand in its folder.

    Attributes:
        title: Of the document, as ``run.json`` has it; ``reference_date`` likewise.
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
        self._rows: dict[str, list[Row]] = {}
        self._breaks: list[int] | None = None
        self._pages = row["source"].get("format") == "pdf"

    def rows(self, table: str) -> list[Row]:
        """Return the rows of a table of the document, none if it has no such table."""
        if table not in self._rows:
            self._rows[table] = list(self._found(table))
        return self._rows[table]

    def page(self, start: int) -> str:
        """Return the page of a PDF on which a character of the raw text stands; nothing of other kinds."""
        if not self._pages:
            return ""
        if self._breaks is None:
            raw = _text(self._data(EXTRACTED) or b"")
            self._breaks = [place for place, sign in enumerate(raw) if sign == PAGE_END]
        return str(bisect_left(self._breaks, start) + 1)

    def _data(self, name: str) -> bytes | None:
        return self._read(self.doc_id, name) if name in self._files else None

    def _found(self, table: str) -> Iterator[Row]:
        if data := self._data(f"{table}.csv"):
            yield from _of_csv(data, columns(table))
        elif data := self._data(f"{table}.parquet"):
            import pyarrow.parquet as pq

            wanted = [name for name in pq.read_schema(io.BytesIO(data)).names if name in columns(table)]
            found = pq.read_table(io.BytesIO(data), columns=wanted).to_pylist()
            yield from (_as_in_csv(row, table) for row in found)
        elif table == "entities":
            # JSON also has what a CSV of its own holds: identifiers and pages of laws.
            names = (*columns(table), "ids", "url")
            yield from (_as_in_csv(row, table, names) for row in self._objects())

    def _objects(self) -> Iterable[Mapping[str, Any]]:
        if data := self._data("entities.json"):
            found: list[Mapping[str, Any]] = json.loads(_text(data))["entities"]
            return found
        lines = _text(self._data("entities.jsonl") or b"").splitlines()
        return (json.loads(line) for line in lines)


def _text(data: bytes) -> str:
    """Return a text; a spreadsheet may have saved it as CP932. What is neither is U+FFFD."""
    try:
        return whole_text(data.decode("utf-8-sig", "surrogatepass"))
    except UnicodeDecodeError:
        return data.decode("cp932", "replace")


def _of_csv(data: bytes, names: tuple[str, ...]) -> Iterator[Row]:
    text = _text(data)
    lines = csv.reader(io.StringIO(text, newline=""))
    head = next(lines, [])
    nothing = {} if head == [*names] else dict.fromkeys(names, "")
    guarded = "'" in text
    for line in filter(None, lines):
        cells = [plain(cell) if cell[:1] == "'" else cell for cell in line] if guarded else line
        if not nothing and len(line) == len(head):  # as it was written: the usual case, four times as fast
            yield dict(zip(head, cells, strict=True))
        else:
            yield {**dict.fromkeys(names, ""), **dict(zip(head, cells, strict=False))}


def _as_in_csv(row: Mapping[str, Any], table: str, names: Iterable[str] = ()) -> Row:
    marks = {column.name: MARKS.get(column.type, LIST_MARK) for column in described(table, typed=True)}
    return {name: _cell(row.get(name), marks[name]) for name in names or columns(table)}


def _cell(value: Any, mark: str) -> str:
    if isinstance(value, list | tuple):
        return mark.join(map(str, value))
    return "" if value is None else str(value)


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
