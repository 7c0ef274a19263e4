"""Bytes from outside: how many there may be is settled before they are read; only files are waited for."""

from __future__ import annotations

import os
import stat
import sys
from typing import TYPE_CHECKING, BinaryIO, NamedTuple, NoReturn, cast

from pipeline.model.errors import HakushoError
from pipeline.read.places import is_far, place, reached

if TYPE_CHECKING:
    from pathlib import Path

# More bytes than a PDF of a whole white paper with its pictures has (決め打ち).
MOST_BYTES = 512 * 2**20
# A text has fewer: 5 million characters, the most that a run takes unasked, are at most 20 MB (決め打ち).
MOST_TEXT = 128 * 2**20
# Opening a pipe would wait for a writer; a file in text mode would change line ends (Windows).
_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)


class Special(NamedTuple):
    """Inputs that are no regular files, and what to do with them."""

    name: str
    remedy: str


SPECIAL = (
    (stat.S_ISDIR, Special("a folder", "give a file in it")),
    (stat.S_ISFIFO, Special("a pipe", "give - and send it to standard input")),
    (stat.S_ISSOCK, Special("a socket", "save what comes out of it as a file")),
    (stat.S_ISCHR, Special("a device", "give the name of a file")),
    (stat.S_ISBLK, Special("a device", "give the name of a file")),
)


def open_file(path: Path, where: str, most: int = MOST_BYTES) -> BinaryIO:
    """Open a regular file whose size is within bounds.

    Raises:
        HakushoError: It is a device, a pipe, a socket or a folder, or it is too large.
        OSError: It cannot be opened.
    """
    _check(path.stat(), where, most)
    if is_far(path):
        return cast("BinaryIO", path.open("rb"))
    descriptor = os.open(path, _FLAGS)
    try:
        _check(os.fstat(descriptor), where, most)  # another file may have taken its place
    except HakushoError:
        os.close(descriptor)
        raise
    return os.fdopen(descriptor, "rb")


def _check(state: os.stat_result, where: str, most: int) -> None:
    if found := special(state.st_mode):
        raise HakushoError(f"{where}: is {found.name}, not a file: {found.remedy}")
    if state.st_size > most:
        _refuse(where, most)


def special(mode: int) -> Special | None:
    """Return the kind of a path with this mode if it is no regular file."""
    return next((found for test, found in SPECIAL if test(mode)), None)


def file_bytes(path: Path, where: str, most: int = MOST_BYTES) -> bytes:
    """Return the bytes of a regular file of at most ``most`` bytes; raises as :func:`open_file`."""
    if is_far(path):
        _check(path.stat(), where, most)
        return path.read_bytes()  # one request
    with open_file(path, where, most) as stream:
        return bounded(stream, where, most)


def given_bytes(path: Path, where: str) -> bytes:
    """Return the bytes of a file that a person named, also of a pipe of the shell, ``<(…)``.

    A pipe with a name may have no writer, and would be waited for. Raises as :func:`open_file`.
    """
    return path.read_bytes() if path.is_relative_to("/dev/fd") else file_bytes(path, where)


def standard_input(where: str) -> bytes:
    """Return the bytes of standard input; raises HakushoError if there are too many."""
    return bounded(sys.stdin.buffer, where, MOST_BYTES) if sys.stdin else b""  # <&- closes it


def bounded(stream: BinaryIO, where: str, most: int) -> bytes:
    """Read a stream to its end, which is nearer than ``most`` bytes; raises HakushoError if not."""
    parts, left = [], most + 1
    while left > 0 and (part := stream.read(min(left, 2**20))):
        parts.append(part)
        left -= len(part)
    if left <= 0:
        _refuse(where, most)
    return b"".join(parts)


def check_text(data: bytes, where: str) -> None:
    """Refuse data to decode that is larger than any text; raises HakushoError."""
    if len(data) > MOST_TEXT:
        _refuse(where, MOST_TEXT)


def _refuse(where: str, most: int) -> NoReturn:
    raise HakushoError(f"{where}: has more than {most / 2**20:,.0f} MiB, which are not read: divide it")


def archive_of(path: Path) -> tuple[Path, str] | None:
    """Return the file that a path goes through, and the rest of it: (``texts.zip``, ``2014/a.txt``)."""
    try:
        found = next((parent for parent in path.parents if parent.is_file()), None)
    except (OSError, ValueError):  # no path at all, such as one with a byte 0
        return None
    return (found, path.relative_to(found).as_posix()) if found else None


def is_gone(name: str) -> bool:
    """Whether nothing lies at a path or an address any more; False where nobody can tell."""
    try:
        with reached(name):
            path = place(name)
            return not path.exists() and not archive_of(path)
    except HakushoError:
        return False
