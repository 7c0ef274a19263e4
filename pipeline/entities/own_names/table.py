"""A file of names of one's own as a table: its columns, its rows, and what is wrong with their form."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from pipeline import facts
from pipeline.model.errors import HakushoError
from pipeline.model.plural import plural
from pipeline.read.encodings import decode
from pipeline.read.intake import MOST_TEXT, file_bytes

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

LABELS = ("ORG", "LAW")
REQUIRED = ("name", "label")
# A column whose name begins with this is the reader's own, and is left alone.
OWN = "_"
SEPARATORS = ",;\t"


class Fault(NamedTuple):
    """What is wrong with a row, or worth knowing of it."""

    file: str
    row: int
    reason: str

    def __str__(self) -> str:
        return f"{self.file}, row {self.row}: {self.reason}"


class Row(NamedTuple):
    """A row: its number (that of the header is 1) and its cells, without white space around them."""

    file: str
    number: int
    cells: Mapping[str, str]

    def fault(self, reason: str) -> Fault:
        """Return a fault of this row."""
        return Fault(self.file, self.number, reason)


@dataclass(slots=True)
class NamesFile:
    """A file that was read.

    Attributes:
        faults: What is wrong with its form; such rows are not among ``rows``.
    """

    path: str
    data: bytes
    rows: list[Row] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


@cache
def known_columns() -> dict[str, frozenset[str]]:
    """Map the columns that a file may have to the labels that they are for (``data/name_columns.csv``)."""
    return {
        row["column"]: frozenset(label for label in LABELS if row[label])
        for row in facts.rows("name_columns.csv")
    }


def read_file(path: str) -> NamesFile:
    """Read a CSV file in any encoding that a text may have, its cells parted by commas, semicolons or tabs.

    Raises:
        HakushoError: It cannot be read, or is no CSV.
    """
    try:
        data = file_bytes(Path(path), path, MOST_TEXT)
        text = decode(data, path)[0].removeprefix("\ufeff") if data.strip() else ""
        head = text.partition("\n")[0]
        mark = next((mark for mark in SEPARATORS if mark in head), ",")
        table = list(csv.reader(io.StringIO(text, newline=""), delimiter=mark, strict=True))
    except (OSError, csv.Error) as error:
        raise HakushoError(f"{path}: cannot be read ({error}): save the names as CSV in UTF-8") from None
    read = NamesFile(path, data)
    columns = [name.strip() for name in table[0]] if table else []
    read.faults += [Fault(path, 1, reason) for reason in _of_header(columns)]
    for number, cells in enumerate(table[1:] if not read.faults else [], start=2):
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) != len(columns):
            more = "put a name with a comma in quotation marks" if len(cells) > len(columns) else (
                "leave an empty cell for what you do not know"
            )  # fmt: skip
            read.faults.append(
                Fault(path, number, f"has {plural(len(cells), 'cell')} and the header {len(columns)}: {more}")
            )
            continue
        named = {name: cell.strip() for name, cell in zip(columns, cells, strict=True)}
        read.rows.append(Row(path, number, {n: c for n, c in named.items() if n and not n.startswith(OWN)}))
    if not read.faults and not read.rows:
        read.faults.append(Fault(path, 1, "no row follows: add a name, or leave the file out"))
    return read


def _of_header(columns: list[str]) -> list[str]:
    """Return what is wrong with the columns."""
    found = []
    for name in dict.fromkeys(columns):
        if columns.count(name) > 1 and name:
            found.append(f"the column {name!r} stands there twice: keep one")
        if name and name not in known_columns() and not name.startswith(OWN):
            meant = nearest(name, known_columns())
            found.append(
                f"unknown column {name!r} ({meant}): "
                f"mend its name, or begin it with '{OWN}' if it is a column of your own"
            )
    missing = [name for name in REQUIRED if name not in columns]
    found += [f"there is no column {name!r}: every row needs one" for name in missing]
    return found


def nearest(word: str, known: Collection[str]) -> str:
    """Say which of ``known`` is meant by a word that is none of them."""
    plain = word.strip().casefold().replace(" ", "_")
    near = get_close_matches(plain, known, n=1, cutoff=0.5) or get_close_matches(word, known, n=1)
    if near:
        return f"the nearest known one is {near[0]!r}"
    few = sorted(known)[:SHOWN]
    return f"known are {', '.join(few)}{' …' if len(known) > SHOWN else ''}"


SHOWN = 30
