r"""The files that a manifest names, as they are spelled where they lie.

A manifest may come from another system than the files: macOS writes が as か with a mark behind it, and
Windows parts folders with ``\``. What is written is taken where it is there; only else is another spelling
looked for.
"""

from __future__ import annotations

import unicodedata
from functools import cache
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from pipeline.read.places import is_far

if TYPE_CHECKING:
    from collections.abc import Callable, Collection
    from pathlib import Path


def composed(name: str) -> str:
    r"""Return a name with its letters and their marks in one character each, as keyboards write it.

    >>> composed("か\u3099.txt") == "が.txt"
    True
    """
    return unicodedata.normalize("NFC", name)


def in_folder(folder: Path) -> Callable[[str], Path]:
    """Return the function that gives the path of a file that a manifest in ``folder`` names."""
    entries = cache(_entries)

    def path(file: str) -> Path:
        written = folder.joinpath(file)
        if is_far(folder) or _exists(written):
            return written
        found = folder
        for part in PurePosixPath(file.replace("\\", "/")).parts:
            found = found / part if _exists(found / part) else entries(found).get(composed(part), written)
            if found is written:
                return written
        return found

    return path


def among_members(names: Collection[str], folder: str) -> Callable[[str], str]:
    """Return the function that gives the name that a file of a manifest has among those of an archive.

    Args:
        names: Those of the members.
        folder: The manifest's, ``.`` for none.
    """
    spelled = {composed(name): name for name in names}

    def name(file: str) -> str:
        written = str(PurePosixPath(folder, file))
        parted = str(PurePosixPath(folder, file.replace("\\", "/")))
        return spelled.get(composed(written)) or spelled.get(composed(parted), written)

    return name


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):
        return False


def _entries(folder: Path) -> dict[str, Path]:
    try:
        return {composed(path.name): path for path in folder.iterdir()}
    except (OSError, ValueError):
        return {}
