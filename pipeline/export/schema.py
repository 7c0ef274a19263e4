"""What is promised of every table: its columns, their types and their meaning, from ``data/columns.csv``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from typing import Literal

from pipeline import facts

TABLES_SCHEMA = "urn:hakusho:schema:tables:1"
"""The version of the tables that ``data/columns.csv`` describes.

``docs/reference/formats.md`` says when it changes.
"""

ColumnType = Literal[
    "string", "category", "integer", "number", "date", "list", "path", "candidates", "box"
]  # fmt: skip
SURROGATE = re.compile("[\ud800-\udfff]")
REPLACEMENT = "\ufffd"


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table.

    Attributes:
        type: ``category`` is a string of which there are few; ``list`` and ``path`` (of headings) are several
            strings, ``candidates`` several objects, ``box`` four numbers.
        typed: Whether only typed formats have it (JSON, JSON Lines, Parquet), and no CSV.
        key: Whether it is part of the table's primary key.
        required: Whether every row has a value.
        minimum: The least number; ``maximum`` the greatest. None where there is no bound.
        values: All values that it may have; none if there are others.
        pattern: A regular expression that every value matches, or nothing.
        unit: What a number counts.
        refers: The table whose primary key it is the last part of; the other parts have the same names here.
        en: What it means, in English; ``ja`` in Japanese.
    """

    table: str
    name: str
    type: ColumnType
    typed: bool
    key: bool
    required: bool
    minimum: int | None
    maximum: int | None
    values: tuple[str, ...]
    pattern: str
    unit: str
    refers: str
    en: str
    ja: str


@cache
def columns(table: str, *, typed: bool = False) -> tuple[Column, ...]:
    """Return the columns of ``table`` in their order, with ``typed`` also those that no CSV has.

    >>> [column.name for column in columns("totals")]
    ['doc_id', 'label', 'norm', 'year', 'count']
    """
    return tuple(column for column in _all() if column.table == table and (typed or not column.typed))


@cache
def _all() -> tuple[Column, ...]:
    return tuple(map(_column, facts.rows("columns.csv")))


def _column(row: dict[str, str]) -> Column:
    kind: ColumnType = row["type"]  # type: ignore[assignment]  # held against the list by a test
    return Column(
        row["table"], row["column"], kind, row["in"] == "typed", bool(row["key"]), bool(row["required"]),
        int(row["minimum"]) if row["minimum"] else None, int(row["maximum"]) if row["maximum"] else None,
        tuple(filter(None, row["values"].split("|"))), row["pattern"], row["unit"], row["refers"], row["en"],
        row["ja"],
    )  # fmt: skip


def whole_text(text: str) -> str:
    """Replace each lone surrogate by U+FFFD, which UTF-8 cannot hold; the length stays the same."""
    return SURROGATE.sub(REPLACEMENT, text)


@cache
def made_by() -> str:
    """Return the version of this package, or ``unknown`` where it is not installed."""
    try:
        return version("hakusho")
    except PackageNotFoundError:
        return "unknown"
