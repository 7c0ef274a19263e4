"""What the commands share that take files of one's own, of names or of types: their option, and checking."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import typer

from pipeline.model.errors import HakushoError
from pipeline.model.plural import plural

if TYPE_CHECKING:
    from collections.abc import Sequence

SHIPPED = "shipped"


def files_option(name: str, what: str, where: str) -> Any:
    """Return the option that takes files of one's own.

    Args:
        name: Of the option.
        what: What a file is (``A CSV of names``).
        where: Which files of the data folder count, too (``names/*.csv``).
    """
    return typer.Option(
        name,
        metavar="FILE",
        help=f"{what} of your own, beside those in your data folder ({where}); may be repeated. "
        f"{SHIPPED}: leave those of the data folder out.",
    )


def chosen_files(given: Sequence[str] | None) -> tuple[list[str], bool]:
    """Return the files that an option names, and whether those of the data folder count.

    >>> chosen_files(["a.csv", "shipped"]), chosen_files(None)
    ((['a.csv'], False), ([], True))
    """
    return [file for file in given or () if file != SHIPPED], SHIPPED not in (given or ())


def tell_faults(found: Sequence[object], called: str) -> None:
    """Print each fault that a check found, a line each.

    Raises:
        HakushoError: There are faults in what is called so.
    """
    for fault in found:
        sys.stdout.write(f"{fault}\n")
    if found:
        raise HakushoError(
            f"{called}: {plural(len(found), 'fault: mend it', 'faults: mend them')} as the lines above say"
        )
