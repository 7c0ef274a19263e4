"""Names of a person's own: organizations and laws from CSV files, checked row by row against the registries.

A file has the columns of the registries (``data/name_columns.csv``), of which only ``name`` and ``label``
must be there. A row for a body or a law that a registry lists only adds names to it; any other row is a
record of its own, and its short names mean nothing else any more.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.entities.own_files import installed_files, paths_of, refuse
from pipeline.entities.own_names.records import Checked, checked
from pipeline.entities.own_names.table import Fault, NamesFile, read_file

if TYPE_CHECKING:
    from collections.abc import Sequence
    from os import PathLike

    from pipeline.entities.laws.own import OwnLaws
    from pipeline.entities.organizations.own import OwnOrganizations
    from pipeline.entities.own_files import Files

__all__ = ["Fault", "OwnNames", "faults", "installed_names", "read_names"]


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
    refuse(found.faults, "hakusho names check")
    return OwnNames(
        found.organizations,
        found.laws,
        tuple((Path(one.path).name, sha256(one.data).hexdigest(), len(one.rows)) for one in read),
    )


def installed_names(files: Sequence[str | PathLike[str]] = (), *, folders: bool = True) -> OwnNames | None:
    """Return the names in ``$HAKUSHO_DATA/names/*.csv`` and those of ``files``, None if there are none.

    Args:
        files: More files.
        folders: Whether those of the data folder count.

    Raises:
        HakushoError: As :func:`read_names`.
    """
    paths = [*(installed_files("names", ".csv") if folders else ()), *files]
    return read_names(paths) if paths else None


def faults(files: Files) -> tuple[list[Fault], list[Fault], int]:
    """Check files: return what is at fault, what is worth knowing, and how many rows there are.

    Raises:
        HakushoError: A file cannot be read.
    """
    read, found = _read(files)
    return found.faults, found.notes, sum(len(one.rows) for one in read)


def _read(files: Files) -> tuple[list[NamesFile], Checked]:
    read = [read_file(path) for path in paths_of(files)]
    return read, checked(read)
