"""Names of a person's own: organizations and laws from CSV files, checked row by row against the registries.

A file has the columns of the registries (``data/name_columns.csv``), of which only ``name`` and ``label``
must be there. A row for a body or a law that a registry lists only adds names to it; any other row is a
record of its own, and its short names mean nothing else any more.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from os import PathLike, fspath
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.entities.own_names.records import Checked, checked
from pipeline.entities.own_names.table import Fault, NamesFile, read_file
from pipeline.facts import folder
from pipeline.model.errors import HakushoError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pipeline.entities.laws.own import OwnLaws
    from pipeline.entities.organizations.own import OwnOrganizations

    Files = str | PathLike[str] | Sequence[str | PathLike[str]]

__all__ = ["Fault", "OwnNames", "faults", "installed_names", "read_names"]
FOLDER = "names"


@dataclass(frozen=True, slots=True)
class OwnNames:
    """Names of a person's own, ready for :func:`pipeline.load`.

    Attributes:
        organizations: Those with the label ``ORG``.
        laws: Those with the label ``LAW``.
        files: For each file its name, its SHA-256 and how many rows it has, as ``run.json`` keeps them.
    """

    organizations: OwnOrganizations
    laws: OwnLaws
    files: tuple[tuple[str, str, int], ...]

    def as_json(self) -> list[dict[str, Any]]:
        """Return the files as ``run.json`` has them."""
        return [{"file": name, "sha256": digest, "count": count} for name, digest, count in self.files]


def read_names(files: Files) -> OwnNames:
    """Read files of names of one's own.

    Args:
        files: The path of a CSV file, or several of them.

    Raises:
        HakushoError: A file cannot be read, or a row is at fault; it names the first.
    """
    read, found = _read(files)
    if found.faults:
        more = len(found.faults) - 1
        rest = f"; {more} more: 'hakusho names check' lists them" if more else ""
        raise HakushoError(f"{found.faults[0]}{rest}")
    return OwnNames(
        found.organizations,
        found.laws,
        tuple((Path(one.path).name, sha256(one.data).hexdigest(), len(one.rows)) for one in read),
    )


def installed_names() -> OwnNames | None:
    """Return the names in the user's data folder (``$HAKUSHO_DATA/names/*.csv``), None if there are none.

    Raises:
        HakushoError: As :func:`read_names`.
    """
    return read_names(paths) if (paths := installed_files()) else None


def installed_files() -> list[Path]:
    """Return the files of names in the user's data folder, in their order."""
    return sorted((folder() / FOLDER).glob("*.csv"))


def faults(files: Files) -> tuple[list[Fault], list[Fault], int]:
    """Check files: return what is at fault, what is worth knowing, and how many rows there are.

    Raises:
        HakushoError: A file cannot be read.
    """
    read, found = _read(files)
    return found.faults, found.notes, sum(len(one.rows) for one in read)


def _read(files: Files) -> tuple[list[NamesFile], Checked]:
    paths: Iterable[Any] = (files,) if isinstance(files, (str, PathLike)) else files
    read = [read_file(fspath(path)) for path in paths]
    return read, checked(read)
