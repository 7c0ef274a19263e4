"""What the commands share that keep a list of a person's own and look things up in it."""

from __future__ import annotations

import sys
from dataclasses import asdict
from datetime import date, timedelta, timezone
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pipeline.commands.printing import print_json, print_table
from pipeline.read.days import written_day

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

# Without summer time, and without a list of time zones, which Windows does not have.
JAPAN = timezone(timedelta(hours=9))


class Output(StrEnum):
    """How ``find`` prints what it found."""

    table = "table"
    json = "json"


def parse_day(text: str) -> date:
    """Read a day, written in any of the ways of a manifest; raises a usage error for anything else."""
    if day := written_day(text):
        return day
    try:
        return date.fromisoformat(text)  # years that no white paper is of
    except ValueError:
        raise typer.BadParameter(
            f"{text!r} is not a date: write the day, as 2014-08-05, 2014/8/5 or 平成26年8月5日"
        ) from None


OnOption = Annotated[
    date | None,
    typer.Option(
        "--on", parser=parse_day, metavar="YYYY-MM-DD", help="The day whose names and titles count."
    ),
]
OutputOption = Annotated[
    Output | None, typer.Option("--format", case_sensitive=False, help="table on a terminal, else json.")
]
SnapshotOption = Annotated[
    date | None,
    typer.Option(
        "--date", parser=parse_day, metavar="YYYY-MM-DD", help="The day that it shows; else the file's."
    ),
]


def print_found(
    found: Sequence[Any], output: Output | None, columns: Sequence[str], row: Callable[[Any], Sequence[str]]
) -> None:
    """Print what was found, as a table on a terminal and as JSON elsewhere.

    Args:
        found: Records (data classes).
        output: The form that was asked for.
        columns: Of the table.
        row: From a record to its cells.
    """
    if output is Output.json or (output is None and not sys.stdout.isatty()):
        print_json([asdict(one) for one in found])
    else:
        print_table(columns, map(row, found), width=120)
