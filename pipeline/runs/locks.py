"""One writer at a time: locks on files that end with the process that holds them, however it ends.

POSIX has ``flock``, Windows locks a range of bytes: one behind all that a lock file holds, so that others can
read it.
"""

from __future__ import annotations

import os
import time
from contextlib import contextmanager, suppress
from importlib import import_module
from typing import TYPE_CHECKING, Any

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

BEHIND = 1 << 30
# Seconds to wait before a taken lock is tried again.
PAUSE = 0.05


def _take(handle: int, *, wait: bool) -> bool:
    """Lock an open file; tell whether it could be had, which is certain after waiting."""
    while True:
        try:
            if _fcntl:
                _fcntl.flock(handle, _fcntl.LOCK_EX | (0 if wait else _fcntl.LOCK_NB))
            else:
                os.lseek(handle, BEHIND, os.SEEK_SET)
                _msvcrt.locking(handle, _msvcrt.LK_NBLCK, 1)
        except (BlockingIOError, PermissionError):
            if not wait:
                return False
            time.sleep(PAUSE)
        else:
            return True


def _opened(path: Path) -> int:
    try:
        return os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as error:
        raise HakushoError(
            f"{path}: cannot be written ({error.strerror}): free some space, or give another folder"
        ) from None


@contextmanager
def waiting(path: Path) -> Iterator[None]:
    """Wait until nobody else holds the lock file ``path``, and hold it.

    Raises:
        HakushoError: The file cannot be made.
    """
    handle = _opened(path)
    try:
        _take(handle, wait=True)
        yield
    finally:
        os.close(handle)


@contextmanager
def alone(path: Path) -> Iterator[str | None]:
    """Hold the lock file ``path`` and yield None.

    If another process has it, yield what that process wrote into it.

    While it is held, the file names this process; then it goes.

    Raises:
        HakushoError: The file cannot be made.
    """
    while True:
        handle = _opened(path)
        if not _take(handle, wait=False):
            os.lseek(handle, 0, os.SEEK_SET)
            owner = os.read(handle, 32).decode("ascii", "replace").strip()
            os.close(handle)
            yield owner or "unknown"
            return
        # The holder before may have taken the file away between the two calls.
        with suppress(OSError):
            if path.stat().st_ino == os.fstat(handle).st_ino:
                break
        os.close(handle)
    try:
        with suppress(OSError):  # a full disk: the lock works without the name of its holder
            os.ftruncate(handle, 0)
            os.lseek(handle, 0, os.SEEK_SET)
            os.write(handle, f"{os.getpid()}\n".encode())
        yield None
    finally:
        with suppress(OSError):
            path.unlink()
        os.close(handle)
        if _msvcrt:  # Windows keeps what is open
            with suppress(OSError):
                path.unlink()
