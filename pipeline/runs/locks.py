"""One writer at a time: locks on files that end with the process that holds them, however it ends.

POSIX has ``flock``, Windows locks a range of bytes: one behind all that a lock file holds, so that others can
read it.
"""

from __future__ import annotations

import os
import time
from contextlib import ExitStack, contextmanager, suppress
from importlib import import_module
from math import inf
from typing import TYPE_CHECKING, Any

from pipeline.export.held import held
from pipeline.model.errors import HakushoError

_fcntl: Any = None
_msvcrt: Any = None
try:
    _fcntl = import_module("fcntl")
except ImportError:  # Windows
    _msvcrt = import_module("msvcrt")

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pipeline.export.held import Held

BEHIND = 1 << 30
# Seconds to wait before a taken lock is tried again.
PAUSE = 0.05


class BusyError(HakushoError):
    """Says that somebody else holds a lock for too long."""


def _taken(handle: int) -> bool:
    """Lock an open file; tell whether it could be had."""
    try:
        if _fcntl:
            _fcntl.flock(handle, _fcntl.LOCK_EX | _fcntl.LOCK_NB)
        else:
            os.lseek(handle, BEHIND, os.SEEK_SET)
            _msvcrt.locking(handle, _msvcrt.LK_NBLCK, 1)
    except (BlockingIOError, PermissionError):
        return False
    return True


@contextmanager
def _opened(path: Path, within: Path | None) -> Iterator[tuple[Held, int]]:
    """Open a lock file in its folder, without following a link; a failure to make it is one clear line."""
    with ExitStack() as stack:
        try:
            place = stack.enter_context(held(path.parent, within))
            handle = place.open(path.name, os.O_RDWR | os.O_CREAT, 0o644)
        except OSError as error:
            raise HakushoError(
                f"{path}: cannot be written ({error.strerror}): free some space, or give another folder"
            ) from None
        try:
            yield place, handle
        finally:
            os.close(handle)


@contextmanager
def waiting(path: Path, within: Path | None = None, seconds: float = inf) -> Iterator[None]:
    """Wait until nobody else holds the lock file ``path``, and hold it.

    Args:
        path: The lock file; made if there is none.
        within: The folder that must hold it; below it no link is followed.
        seconds: How long to wait.

    Raises:
        BusyError: Somebody else holds it for longer.
        HakushoError: The file cannot be made, or is a link.
    """
    until = time.monotonic() + seconds
    with _opened(path, within) as (_, handle):
        while not _taken(handle):
            if time.monotonic() > until:
                raise BusyError(f"{path}: another process holds it: wait for it, or end it")
            time.sleep(PAUSE)
        yield


@contextmanager
def alone(path: Path) -> Iterator[str | None]:
    """Hold the lock file ``path`` and yield None.

    If another process has it, yield what that process wrote into it.

    While it is held, the file names this process; then it goes.

    Raises:
        HakushoError: The file cannot be made, or is a link.
    """
    while True:
        with _opened(path, None) as (place, handle):
            if not _taken(handle):
                os.lseek(handle, 0, os.SEEK_SET)
                owner = os.read(handle, 32).decode("ascii", "replace").strip()
                yield owner or "unknown"
                return
            # The holder before may have taken the file away between the two calls.
            if place.inode(path.name) != os.fstat(handle).st_ino:
                continue
            try:
                with suppress(OSError):  # a full disk: the lock works without the name of its holder
                    os.ftruncate(handle, 0)
                    os.lseek(handle, 0, os.SEEK_SET)
                    os.write(handle, f"{os.getpid()}\n".encode())
                yield None
            finally:
                place.remove(path.name)
        if _msvcrt:  # Windows keeps what is open
            with suppress(OSError):
                path.unlink()
        return
