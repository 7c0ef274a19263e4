"""A folder that is held open: what is read, written or removed in it stays in it, whatever its name becomes.

A folder of results may come out of an archive, or others may write into it. A link in it could then lead a
file of ours to any place. So the folder that a user named is opened as it is, and from there on no link is
followed: each folder below is opened by the descriptor of the one above it. Where the system has no such
calls (Windows), names are looked at before they are used.
"""

from __future__ import annotations

import os
import secrets
import shutil
import stat
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.model.errors import HakushoError

if TYPE_CHECKING:
    from collections.abc import Iterator

BY_DESCRIPTOR = {os.open, os.mkdir, os.rename, os.unlink, os.stat} <= os.supports_dir_fd
UNFOLLOWED: int = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
# A pipe would otherwise wait for its other end.
UNWAITING: int = getattr(os, "O_NONBLOCK", 0)
WRITES = os.O_WRONLY | os.O_RDWR
# Bytes that are copied at once (決め打ち).
PIECE = 1 << 20
FOLDER: int = os.O_RDONLY | getattr(os, "O_DIRECTORY", 0)


class Held:
    """A folder that is open.

    Attributes:
        path: Its name, for messages.
    """

    def __init__(self, path: Path, handle: int | None) -> None:
        """Hold what ``handle`` has open; None where the system cannot open folders."""
        self.path, self._handle = path, handle

    def open(self, name: str, flags: int, mode: int = 0o600) -> int:
        """Open a plain file, and return its descriptor.

        Raises:
            HakushoError: It is a link, a device or a pipe, or is to be written and has a second name (a hard
                link), perhaps outside.
            OSError: The system refuses.
        """
        if self.is_link(name):
            raise linked(self.path / name)
        handle = os.open(self._name(name), flags | UNFOLLOWED | UNWAITING, mode, dir_fd=self._handle)
        found = os.fstat(handle)
        if stat.S_ISREG(found.st_mode) and (found.st_nlink <= 1 or not flags & WRITES):
            return handle
        os.close(handle)
        raise linked(self.path / name)

    def read(self, name: str) -> bytes:
        """Return a file's content; raises as :meth:`open`."""
        with os.fdopen(self.open(name, os.O_RDONLY), "rb") as stream:
            return stream.read()

    def write(self, prefix: str, data: bytes | Path) -> str:
        """Write a new file that begins with ``prefix``, and return its name; raises OSError if it fails.

        Its bytes are ``data``, or those of the file that ``data`` names.
        """
        name = f"{prefix}{secrets.token_hex(8)}"
        handle = self.open(name, os.O_WRONLY | os.O_CREAT | os.O_EXCL)
        try:
            with os.fdopen(handle, "wb") as stream:
                if isinstance(data, Path):
                    with data.open("rb") as made:
                        shutil.copyfileobj(made, stream, PIECE)
                else:
                    stream.write(data)
                stream.flush()
                if hasattr(os, "fchmod"):
                    os.fchmod(handle, 0o644)
        except BaseException:
            self.remove(name)
            raise
        return name

    def move(self, name: str, final: str) -> None:
        """Move a file over another; a link there is replaced, not what it leads to."""
        os.replace(self._name(name), self._name(final), src_dir_fd=self._handle, dst_dir_fd=self._handle)

    def remove(self, name: str) -> None:
        """Remove a file or a link, if it is there and can be removed."""
        with suppress(OSError):
            os.unlink(self._name(name), dir_fd=self._handle)

    def exists(self, name: str) -> bool:
        """Whether there is something of that name, be it a link that leads nowhere."""
        return self._stat(name) is not None

    def is_link(self, name: str) -> bool:
        """Whether the name is a symbolic link."""
        found = self._stat(name)
        return found is not None and stat.S_ISLNK(found.st_mode)

    def inode(self, name: str) -> int | None:
        """Return the number that tells files apart, None if there is none of that name."""
        found = self._stat(name)
        return found.st_ino if found else None

    def names(self) -> list[str]:
        """Return the names of what is in the folder."""
        return os.listdir(self.path if self._handle is None else self._handle)  # noqa: PTH208

    def _stat(self, name: str) -> os.stat_result | None:
        try:
            return os.stat(self._name(name), dir_fd=self._handle, follow_symlinks=False)
        except OSError:
            return None

    def _name(self, name: str) -> str:
        return str(self.path / name) if self._handle is None else name


def refuse_links(path: Path, within: Path) -> None:
    """Raise HakushoError if a file is a link, or no plain file, or lies behind a link below ``within``."""
    try:
        with held(path.parent, within) as place:
            os.close(place.open(path.name, os.O_RDONLY))
    except OSError as error:
        raise HakushoError(f"{path}: cannot be read ({error.strerror}): check the rights on it") from None


def linked(path: Path) -> HakushoError:
    """Return what is said of a name that may lead out of its folder."""
    return HakushoError(
        f"{path}: is a link, or no plain file or folder, and could lead out of the results: "
        "remove it, or choose another folder"
    )


@contextmanager
def held(folder: Path, within: Path | None = None, *, make: bool = False) -> Iterator[Held]:
    """Hold ``folder`` open.

    Args:
        folder: The folder.
        within: A folder above it, that a user named: below it no link is followed. Without it, ``folder``
            is the one that was named.
        make: Make what is missing.

    Raises:
        HakushoError: Something below ``within`` is a link, or no folder.
        OSError: The system refuses.
    """
    path = folder if within is None else within
    parts = folder.relative_to(path).parts
    if ".." in parts:
        raise linked(folder)
    if make:
        path.mkdir(parents=True, exist_ok=True)
    if not BY_DESCRIPTOR:
        yield _by_names(path, parts, make=make)
        return
    handle = os.open(path, FOLDER)
    try:
        for part in parts:
            path /= part
            below = _entered(path, part, handle, make=make)
            os.close(handle)
            handle = below
        yield Held(folder, handle)
    finally:
        os.close(handle)


def _entered(path: Path, part: str, handle: int, *, make: bool) -> int:
    """Open a folder below one that is open."""
    if make:
        with suppress(FileExistsError):
            os.mkdir(part, dir_fd=handle)
    try:
        return os.open(part, FOLDER | UNFOLLOWED, dir_fd=handle)
    except OSError:
        found = os.stat(part, dir_fd=handle, follow_symlinks=False)
        if stat.S_ISDIR(found.st_mode):
            raise
        raise linked(path) from None


def _by_names(path: Path, parts: tuple[str, ...], *, make: bool) -> Held:
    for part in parts:
        path /= part
        if path.is_symlink() or path.is_file():
            raise linked(path)
        if make:
            path.mkdir(exist_ok=True)
    return Held(path, None)
