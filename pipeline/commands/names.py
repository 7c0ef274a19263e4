"""``hakusho names``: check files of names of one's own; and the option of ``run`` that takes them."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003 -- typer reads it
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.commands.own_files import chosen_files, files_option, tell_faults
from pipeline.commands.terminal import messages
from pipeline.entities.own_names import faults, installed_names
from pipeline.model.plural import plural

if TYPE_CHECKING:
    from pipeline.entities.own_names import OwnNames

name_commands = typer.Typer(help="Names of one's own.", no_args_is_help=True, rich_markup_mode=None)
NamesOption = Annotated[list[str] | None, files_option("--names", "A CSV of names", "names/*.csv")]


def own_names(files: list[str] | None) -> OwnNames | None:
    """Return the names in the files that are named and in the data folder, None if there are none.

    Raises:
        HakushoError: A file cannot be read, or a row is at fault.
    """
    named, folders = chosen_files(files)
    return installed_names(named, folders=folders)


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
    called = ", ".join(map(str, files))
    tell_faults(found, called)
    for note in notes:
        messages.print(str(note), markup=False)
    messages.print(f"{called}: {plural(count, 'name')}, well formed", markup=False)
