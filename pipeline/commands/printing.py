"""How commands print what they found to standard output: as a table, as CSV or as JSON."""

from __future__ import annotations

import json
import os
import sys
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence


class Printed(StrEnum):
    """How a command prints what it found."""

    table = "table"
    json = "json"
    csv = "csv"


PrintedOption = Annotated[
    Printed, typer.Option("--format", case_sensitive=False, help="How to print the result.")
]


def print_json(value: Any) -> None:
    """Print a value as JSON."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=1) + "\n")


def print_table(
    columns: Sequence[str], rows: Iterable[Sequence[str]], *, right: Collection[str] = (), width: int
) -> None:
    """Print rows below the names of their columns.

    Args:
        columns: The names.
        rows: The cells of each row.
        right: Columns that are flush right.
        width: Of the table in columns of a terminal, where there is none and ``COLUMNS`` does not say it.
    """
    # No style: what a terminal would obey is shown on it, whoever wrote it (``terminal.Shown``).
    table = Table(box=None, pad_edge=False, header_style="")
    for name in columns:
        table.add_column(name, overflow="fold", justify="right" if name in right else "left")
    for row in rows:
        table.add_row(*row)
    wide = None if sys.stdout.isatty() else int(os.environ.get("COLUMNS", width))
    Console(highlight=False, markup=False, width=wide).print(table)
