"""``hakusho types``: check files of types of one's own; and the options of commands that take them."""

from __future__ import annotations

import sys
from pathlib import Path  # noqa: TC003 -- typer reads it
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.commands.terminal import messages
from pipeline.entities.declared import faults, installed_types
from pipeline.model.errors import HakushoError
from pipeline.model.extras import require

if TYPE_CHECKING:
    from pipeline.entities.declared import OwnTypes

SHIPPED = "shipped"
type_commands = typer.Typer(help="Types of one's own.", no_args_is_help=True, rich_markup_mode=None)
TypesOption = Annotated[
    list[str] | None,
    typer.Option(
        "--types",
        metavar="FILE",
        help="A TOML of types of your own, beside those in your data folder (types/*.toml); may be repeated. "
        f"{SHIPPED}: leave those of the data folder out.",
    ),
]


def own_types(files: list[str] | None) -> OwnTypes | None:
    """Return the types in the files that are named, in the data folder and of other packages.

    None if there are none. Their labels are known from then on.

    Raises:
        HakushoError: A file cannot be read, or something in it is at fault.
    """
    named = [file for file in files or () if file != SHIPPED]
    if named:
        require("--types", ("re2",))
    return installed_types(named, folders=SHIPPED not in (files or ()))


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
    require("hakusho types check", ("re2",))
    found, labels = faults(files)
    for fault in found:
        sys.stdout.write(f"{fault}\n")
    called = ", ".join(map(str, files))
    if found:
        raise HakushoError(f"{called}: {len(found)} faults: mend them as the lines above say")
    messages.print(f"{called}: {', '.join(labels)}, well formed", markup=False)
