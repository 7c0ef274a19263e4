"""The facts of ``data/``: every list there is read here; and where a person keeps lists of their own."""

from __future__ import annotations

import csv
import os
from functools import cache
from importlib.resources import files
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING

from platformdirs import user_data_path

if TYPE_CHECKING:
    from collections.abc import Iterator

FOLDER = "HAKUSHO_DATA"


def rows(name: str) -> list[dict[str, str]]:
    """Return the rows of the CSV file ``name`` of ``data/`` (``organizations/foreign.csv``).

    Raises:
        FileNotFoundError: There is no such file.
        ValueError: A row has another number of cells than the head.
    """
    head, *table = _read(name) or [[]]
    return [dict(zip(head, row, strict=True)) for row in table]


_table = cache(rows)


def cells(name: str, *columns: str) -> Iterator[tuple[str, ...]]:
    """Yield of each row the cells of two or more ``columns``: for long lists, half the work of :func:`rows`.

    Raises:
        FileNotFoundError: There is no such file.
        ValueError: There is no such column, or a row has another number of cells than the head.
    """
    head, *table = _read(name) or [[]]
    if any(len(row) != len(head) for row in table):
        raise ValueError(f"{name}: a row has not {len(head)} cells")
    return map(itemgetter(*map(head.index, columns)), table)


def _read(name: str) -> list[list[str]]:
    text = files("pipeline").joinpath(f"data/{name}").read_text(encoding="utf-8")
    return [row for row in csv.reader(text.splitlines()) if row]


def names(folder: str) -> list[str]:
    """Return the names of the CSV files in a folder of ``data/``, in their order (``organizations/…``)."""
    entries = files("pipeline").joinpath(f"data/{folder}").iterdir()
    return sorted(f"{folder}/{entry.name}" for entry in entries if entry.name.endswith(".csv"))


@cache
def column(name: str, wanted: str, where: str, value: str) -> tuple[str, ...]:
    """Return the cells ``wanted`` of the rows whose cell ``where`` is ``value``, in their order.

    >>> "防衛" in column("org_things.csv", "word", "example", "国家防衛（NSS）")
    True
    """
    return tuple(row[wanted] for row in _table(name) if row[where] == value)


def folder() -> Path:
    """Return the user's data folder: ``$HAKUSHO_DATA``, else the system's usual place."""
    own = os.environ.get(FOLDER)
    return Path(own) if own else user_data_path("hakusho", appauthor=False)
