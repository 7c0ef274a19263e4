"""Files of a person's own, of names or of types: where they lie, and how the first fault in them is told."""

from __future__ import annotations

from collections.abc import Sequence
from os import PathLike, fspath
from typing import TYPE_CHECKING

from pipeline.facts import folder
from pipeline.model.errors import HakushoError

if TYPE_CHECKING:
    from pathlib import Path

Files = str | PathLike[str] | Sequence[str | PathLike[str]]


def paths_of(files: Files) -> list[str]:
    """Return the paths of a file, or of several.

    >>> paths_of("a.csv"), paths_of(["a.csv", "b.csv"])
    (['a.csv'], ['a.csv', 'b.csv'])
    """
    several = (files,) if isinstance(files, (str, PathLike)) else files
    return [fspath(path) for path in several]


def installed_files(kind: str, ending: str) -> list[Path]:
    """Return the files of a kind (``names``, ``types``) in the user's data folder, in their order."""
    return sorted((folder() / kind).glob(f"*{ending}"))


def refuse(faults: Sequence[object], command: str) -> None:
    """Let no file pass that is at fault.

    Args:
        faults: What was found, each with its place.
        command: Lists all of them.

    Raises:
        HakushoError: There is a fault; it says the first, and how many more there are.
    """
    if faults:
        rest = f"; {len(faults) - 1} more: '{command}' lists them" if len(faults) > 1 else ""
        raise HakushoError(f"{faults[0]}{rest}")
