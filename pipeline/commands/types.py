"""``hakusho types``: check files of types of one's own; and the options of commands that take them."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003 -- typer reads it
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.commands.own_files import chosen_files, files_option, tell_faults
from pipeline.commands.terminal import messages
from pipeline.entities.declared import faults, installed_types

if TYPE_CHECKING:
    from pipeline.entities.declared import OwnTypes

type_commands = typer.Typer(help="Types of one's own.", no_args_is_help=True, rich_markup_mode=None)
TypesOption = Annotated[list[str] | None, files_option("--types", "A TOML of types", "types/*.toml")]


def own_types(files: list[str] | None) -> OwnTypes | None:
    """Return the types in the files that are named, in the data folder and of other packages.

    None if there are none. Their labels are known from then on.

    Raises:
        HakushoError: A file cannot be read, or something in it is at fault.
    """
    named, folders = chosen_files(files)
    return installed_types(named, folders=folders)


@type_commands.callback()
def types() -> None:
    """Types of one's own."""


@type_commands.command("check")
def check(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="TOML files of types.")],
) -> None:
    """Check files of types: their keys, and their examples and counter-examples.

    Every fault is a line with its file, key and reason.
    """
    found, labels = faults(files)
    called = ", ".join(map(str, files))
    tell_faults(found, called)
    messages.print(f"{called}: {', '.join(labels)}, well formed", markup=False)
