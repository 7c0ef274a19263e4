"""Types of a person's own: from TOML files without code, and from other packages by their entry points.

A file declares a type with its words and patterns, and proves them: its examples and counter-examples are run
when it is read. ``docs/howto/own_types.md`` shows it.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.entities import TYPES
from pipeline.entities.declared.checks import Checked
from pipeline.entities.declared.made import made
from pipeline.entities.declared.plugins import Plugin, installed_plugins
from pipeline.entities.declared.table import Declared, Fault, read_file
from pipeline.entities.own_files import installed_files, paths_of, refuse
from pipeline.model.errors import HakushoError
from pipeline.model.labels import declare

if TYPE_CHECKING:
    from collections.abc import Sequence
    from os import PathLike

    from pipeline.entities.entity_type import EntityType, Known
    from pipeline.entities.own_files import Files
    from pipeline.model.labels import OwnLabel

__all__ = ["Fault", "OwnTypes", "faults", "installed_types", "read_types", "types_of"]


@dataclass(frozen=True, slots=True)
class OwnTypes:
    """Types of a person's own, ready for :func:`pipeline.load`; it can be sent to another process.

    Attributes:
        declared: Those of files.
        plugins: Those of other packages.
        files: The SHA-256 of each file, with the lists of words that it names, by its path.
    """

    declared: tuple[Declared, ...] = ()
    plugins: tuple[Plugin, ...] = ()
    files: tuple[tuple[str, str], ...] = ()

    @property
    def shown(self) -> tuple[OwnLabel, ...]:
        """Their labels, names and looks."""
        return (*(one.shown for one in self.declared), *(one.shown for one in self.plugins))

    @property
    def labels(self) -> tuple[str, ...]:
        """Their labels."""
        return tuple(own.label for own in self.shown)

    def types(self) -> tuple[EntityType[Any], ...]:
        """Make them: words are indexed and patterns compiled now."""
        own = [made(one, number) for number, one in enumerate(self.declared)]
        return (*own, *(one.loaded() for one in self.plugins))

    def as_json(self) -> list[dict[str, Any]]:
        """Return them as ``run.json`` has them: each with where it is from."""
        hashes = dict(self.files)
        files = [
            one.shown.as_json() | {"file": Path(one.file).name, "sha256": hashes[one.file]}
            for one in self.declared
        ]
        return files + [one.shown.as_json() | {"package": one.package} for one in self.plugins]


def read_types(files: Files, *, beside: tuple[Plugin, ...] = ()) -> OwnTypes:
    """Read files of types of one's own, and make their labels known.

    Args:
        files: The path of a TOML file, or several of them.
        beside: Types of other packages.

    Raises:
        HakushoError: A file cannot be read, or something in it is at fault; it names the first.
    """
    found = _read(files)
    refuse(found.faults, "hakusho types check")
    taken = {plugin.shown.label: plugin.package for plugin in beside}
    for one in found.types:
        if package := taken.get(one.shown.label):
            reason = f"is that of a type of the package {package}: choose another"
            raise HakushoError(str(one.fault("label", reason)))
    own = OwnTypes(
        tuple(found.types), beside, tuple((path, sha256(data).hexdigest()) for path, data in found.data)
    )
    declare(own.shown)
    return own


def installed_types(files: Sequence[str | PathLike[str]] = (), *, folders: bool = True) -> OwnTypes | None:
    """Return the types of other packages, those in ``$HAKUSHO_DATA/types/*.toml``, and those of ``files``.

    None if there are none.

    Args:
        files: More files.
        folders: Whether those of the data folder count.

    Raises:
        HakushoError: As :func:`read_types`, or a type of another package cannot be loaded.
    """
    paths = [*(installed_files("types", ".toml") if folders else ()), *files]
    beside = installed_plugins()
    return read_types(paths, beside=beside) if paths or beside else None


def faults(files: Files) -> tuple[list[Fault], tuple[str, ...]]:
    """Check files: return what is at fault, and the labels of the types that are not.

    Raises:
        HakushoError: A file cannot be read.
    """
    found = _read(files)
    return found.faults, tuple(one.shown.label for one in found.types)


def types_of(known: Known) -> tuple[EntityType[Any], ...]:
    """Return all types that a run looks for: those that are shipped, and behind them its own."""
    return known.made(_types)


def _types(known: Known) -> tuple[EntityType[Any], ...]:
    own = known.get(OwnTypes)
    return (*TYPES, *(own.types() if own else ()))


def _read(files: Files) -> Checked:
    return Checked([read_file(path) for path in paths_of(files)])
