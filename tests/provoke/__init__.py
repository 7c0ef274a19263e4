"""What provokes each error of the package: see ``tests/docs/test_errors.py``, which fails where an error is not provoked.

A function of a module here takes a folder and pytest's ``monkeypatch``, and yields calls; each of them must raise.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

Calls = Iterator[Callable[[], object]]
Provoke = Callable[[Path, pytest.MonkeyPatch], Calls]


def call(function: Callable[..., object], *arguments: object, **named: object) -> Callable[[], object]:
    """Return a call to be made later; what it would yield is taken."""

    def made() -> object:
        found = partial(function, *arguments, **named)()
        return list(found) if isinstance(found, Iterator) else found

    return made


def file(path: Path, data: bytes | str) -> Path:
    """Write a file, and return where."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path
