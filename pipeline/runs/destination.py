"""Where the results of a run go: a folder of this machine, or any place that fsspec knows (``s3://…``)."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from pipeline import export
from pipeline.export.held import held
from pipeline.model.errors import HakushoError
from pipeline.read.places import absolute, is_address, is_far
from pipeline.read.results import made_there
from pipeline.runs.address import Address
from pipeline.runs.record import locked

if TYPE_CHECKING:
    from collections.abc import Iterable
    from contextlib import AbstractContextManager

    from pipeline.export import Content
    from pipeline.read import Input


class Destination(Protocol):
    """A place for results: files in parts, one part a document; the empty part is the place itself.

    Attributes:
        name: As it was given.
        everywhere: Whether every machine reaches it by that name.
        shared: Whether other processes of this machine do.
    """

    name: str
    everywhere: bool
    shared: bool

    def probe(self) -> None:
        """Make sure that it exists and can be written to; raises HakushoError if not."""

    def locked(self) -> AbstractContextManager[None]:
        """Lock it for one run at a time, if it can be locked.

        Raises HakushoError if another run has it.
        """

    def read(self, part: str, name: str) -> bytes | None:
        """Return a file's content, or None if it cannot be read."""

    def write(self, part: str, files: Iterable[tuple[str, Content]]) -> dict[str, str]:
        """Write files, each whole or not at all, and return their SHA-256.

        Raises HakushoError if that fails.
        """

    def tidy(self, part: str) -> None:
        """Remove files that a killed run left half-written."""

    def names(self, part: str) -> set[str]:
        """Return the names of what is there, hidden ones left out."""

    def remove(self, part: str, names: Iterable[str]) -> None:
        """Remove files, and the part itself if it is empty then.

        Raises HakushoError if a file cannot be removed.
        """

    def location(self, path: str) -> str:
        """Return a path of this machine in a form that stays true wherever a later run is started."""

    def located(self, location: str) -> str:
        """Return the absolute path of what :meth:`location` gave."""


def destination(name: str) -> Destination:
    """Return the place that a path or an address (``scheme://…``) names.

    Raises:
        HakushoError: It is ``-``, there is no such scheme, or fsspec is not installed.
    """
    if name == "-":
        raise HakushoError("-: results are files, not one stream: name a folder for them with -o")
    for scheme in ("file://", "local://"):
        name = name.removeprefix(scheme)
    return Address(name) if "://" in name else Folder(Path(name))


class Folder:
    """A folder of this machine."""

    everywhere, shared = False, True

    def __init__(self, path: Path) -> None:
        self.path, self.name = path, str(path)

    def probe(self) -> None:
        """Make sure that it exists and can be written to; raises HakushoError if not."""
        export.try_folder(self.path)

    def locked(self) -> AbstractContextManager[None]:
        """Keep it for one run at a time; raises HakushoError if another run has it."""
        return locked(self.path)

    def read(self, part: str, name: str) -> bytes | None:
        """Return a file's content, or None if it cannot be read."""
        try:
            return export.read_within(self.path / part / name, self.path)
        except (OSError, HakushoError):
            return None

    def write(self, part: str, files: Iterable[tuple[str, Content]]) -> dict[str, str]:
        """Write files, all or none, and return their SHA-256; raises HakushoError if it fails."""
        return export.write_files(self.path / part, files, self.path)

    def tidy(self, part: str) -> None:
        """Remove files that a killed run left half-written."""
        export.tidy(self.path / part, self.path)

    def names(self, part: str) -> set[str]:
        """Return the names of what is there, hidden ones left out."""
        try:
            return {path.name for path in (self.path / part).iterdir() if path.name[:1] != "."}
        except OSError:
            return set()

    def remove(self, part: str, names: Iterable[str]) -> None:
        """Remove files, and the part if it is empty then; raises HakushoError if a file cannot be removed."""
        folder = self.path / part
        try:
            with suppress(FileNotFoundError), held(folder, self.path):
                pass  # there is no link on the way: what that leads to is not ours to remove
            for name in names:
                (folder / name).unlink(missing_ok=True)
        except OSError as error:
            raise HakushoError(
                f"{folder}: an old file cannot be removed ({error.strerror}): check the rights on the folder"
            ) from None
        with suppress(OSError):  # something else is in it
            if part:
                folder.rmdir()

    def location(self, path: str) -> str:
        """Return a path from this folder: so it stays true when both are moved; an address as it is."""
        where = absolute(path)
        if is_address(path):
            return where
        try:
            return Path(os.path.relpath(where, os.path.abspath(self.path))).as_posix()  # noqa: PTH100
        except ValueError:  # another drive
            return where

    def located(self, location: str) -> str:
        """Return the absolute path of what :meth:`location` gave."""
        if is_address(location):
            return location
        return os.path.normpath(os.path.join(os.path.abspath(self.path), location))  # noqa: PTH100, PTH118


def refuse_replaced(place: Destination, inputs: Iterable[Input]) -> None:
    """Refuse an input in whose place a file of the run would be written; raises HakushoError."""
    top = place.path.resolve() if isinstance(place, Folder) else None
    for item in inputs if top else ():
        if item.path is None or is_far(item.path):
            continue
        path = item.path.resolve()
        if path.parent == top and path.name in made_there("run"):
            raise HakushoError(
                f"{item.path}: the run would write its own {path.name} there: name another folder with -o"
            )
