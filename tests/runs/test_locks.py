"""Locks, also where the system has no ``fcntl`` (Windows)."""

from __future__ import annotations

import importlib
import os
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest

import pipeline.runs.locks


class Regions:
    """What ``msvcrt.locking`` does: it locks bytes of an open file, for one handle at a time."""

    LK_NBLCK = 2

    def __init__(self) -> None:
        self.held: dict[int, tuple[int, int]] = {}

    def locking(self, handle: int, mode: int, count: int) -> None:
        assert (mode, count) == (self.LK_NBLCK, 1)
        taken = os.fstat(handle).st_ino, os.lseek(handle, 0, os.SEEK_CUR)
        assert taken[1] >= 1 << 20, "the name of the holder must stay readable"
        self.held.pop(handle, None)  # one that was closed and whose number is used again
        for other in list(self.held):
            try:
                os.fstat(other)
            except OSError:  # closing a file unlocks it
                del self.held[other]
        if taken in self.held.values():
            raise PermissionError(13, "Permission denied")
        self.held[handle] = taken


@pytest.fixture(params=["posix", "windows"])
def locks(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[ModuleType]:
    if request.param == "windows":
        monkeypatch.setitem(sys.modules, "fcntl", None)
        regions = Regions()
        monkeypatch.setitem(sys.modules, "msvcrt", SimpleNamespace(locking=regions.locking, LK_NBLCK=2))
    yield importlib.reload(pipeline.runs.locks)
    monkeypatch.undo()
    importlib.reload(pipeline.runs.locks)


def test_one_holder_at_a_time(locks: ModuleType, tmp_path: Path) -> None:
    path = tmp_path / ".lock"
    with locks.alone(path) as owner:
        assert owner is None
        assert path.read_text(encoding="ascii") == f"{os.getpid()}\n"
        with locks.alone(path) as second:
            assert second == str(os.getpid())
    assert not path.exists()
    with locks.alone(path) as owner:
        assert owner is None


def test_waiting_for_another_holder(locks: ModuleType, tmp_path: Path) -> None:
    path, order = tmp_path / ".lock", []

    def second() -> None:
        with locks.waiting(path):
            order.append("second")

    with locks.waiting(path):
        thread = threading.Thread(target=second)
        thread.start()
        thread.join(0.2)
        order.append("first")
    thread.join(20)
    assert order == ["first", "second"]


def test_a_lock_that_cannot_be_made(locks: ModuleType, tmp_path: Path) -> None:
    with pytest.raises(Exception, match="cannot be written") as caught, locks.waiting(tmp_path / "none/lock"):
        pass
    assert type(caught.value).__name__ == "HakushoError"
