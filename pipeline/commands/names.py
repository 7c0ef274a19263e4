"""``hakusho names``: check files of names of one's own; and the option of ``run`` that takes them."""

from __future__ import annotations

import sys
from pathlib import Path  # noqa: TC003 -- typer reads it
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.commands.terminal import messages
from pipeline.entities.own_names import faults, installed_files, read_names
from pipeline.model.errors import HakushoError

if TYPE_CHECKING:
    from pipeline.entities.own_names import OwnNames

SHIPPED = "shipped"
name_commands = typer.Typer(help="Names of one's own.", no_args_is_help=True, rich_markup_mode=None)
NamesOption = Annotated[
    list[str] | None,
    typer.Option(
        "--names",
        metavar="FILE",
        help="A CSV of names of your own, beside those in your data folder (names/*.csv); may be repeated. "
        f"{SHIPPED}: leave those of the data folder out.",
    ),
]


def own_names(files: list[str] | None) -> OwnNames | None:
    """Return the names in the files that are named and in the data folder, None if there are none.

    Raises:
        HakushoError: A file cannot be read, or a row is at fault.
    """
    named = [file for file in files or () if file != SHIPPED]
    installed = installed_files() if SHIPPED not in (files or ()) else []
    return read_names([*installed, *named]) if installed or named else None


@name_commands.callback()
def names() -> None:
    """Names of one's own."""


@name_commands.command("check")
def check(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="CSV files of names.")],
) -> None:
    """Check files of names against each other and the registries.

    Every fault is a line with its file, row and reason.
    """
    found, notes, count = faults(files)
    for fault in found:
        sys.stdout.write(f"{fault}\n")
    called = ", ".join(map(str, files))
    if found:
        raise HakushoError(f"{called}: {len(found)} faults: mend the rows above")
    for note in notes:
        messages.print(str(note), markup=False)
    messages.print(f"{called}: {count:,} names, well formed", markup=False)
