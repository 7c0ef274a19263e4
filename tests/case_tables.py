"""Reads the tables of cases: one form for all, told in ``tests/cases/README.md``."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date
from pathlib import Path

FOLDER = Path(__file__).parent / "cases"
COLUMNS = ["text", "reference_date", "expected", "why"]
START, END = "⟦⟧"


@dataclass(frozen=True, slots=True)
class Case:
    """A row: what is read, and what is found in it.

    Attributes:
        text: What is read, without the marks.
        spans: Where the marks stood, ``[start, end)`` in code points of ``text``.
        reference_date: The day of the document; None if it has none.
        expected: What is found, one item for each; the table says what an item holds.
        why: What the case is about.
    """

    text: str
    spans: tuple[tuple[int, int], ...]
    reference_date: date | None
    expected: tuple[str, ...]
    why: str

    @property
    def marked(self) -> tuple[str, ...]:
        """What stands within the marks."""
        return tuple(self.text[start:end] for start, end in self.spans)


def cases(name: str) -> list[Case]:
    """Return the rows of a table.

    Args:
        name: Of the file in ``tests/cases/``, without its ending.

    Raises:
        ValueError: The file has other columns, or a row a mark without its partner.
    """
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
        reader = csv.DictReader(stream, strict=True)
        if reader.fieldnames != COLUMNS:
            raise ValueError(f"tests/cases/{name}.csv has the columns {reader.fieldnames}, not {COLUMNS}")
        return [_case(f"tests/cases/{name}.csv, line {reader.line_num}", row) for row in reader]


def title(case: Case) -> str:
    """Return a short name for a case, as a test shows it."""
    return case.text[:40]


def _case(place: str, row: dict[str, str]) -> Case:
    if None in row or None in row.values():
        raise ValueError(f"{place}: {len(COLUMNS)} cells are wanted")
    text, spans = unmarked(row["text"], place)
    day = date.fromisoformat(row["reference_date"]) if row["reference_date"] else None
    expected = tuple(row["expected"].split("; ")) if row["expected"] else ()
    return Case(text, spans, day, expected, row["why"])


def unmarked(text: str, place: str = "text") -> tuple[str, tuple[tuple[int, int], ...]]:
    """Return a text without its marks ⟦ ⟧, and the spans that they stood around.

    Raises:
        ValueError: A mark has no partner, or stands within others.
    """
    plain, spans, start = "", [], -1
    for char in text:
        if char in (START, END):
            if (char == START) != (start < 0):
                raise ValueError(f"{place}: {char} has no partner in {text}")
            if char == END:
                spans.append((start, len(plain)))
            start = len(plain) if char == START else -1
        else:
            plain += char
    if start >= 0:
        raise ValueError(f"{place}: {START} has no partner in {text}")
    return plain, tuple(spans)
