"""Runs commands and lets something go wrong at a chosen point: a full disk, a read-only folder, a signal.

A point is the n-th change of a file below a folder (``file``), the n-th line of the modules that write (``line``),
the n-th call of a function (``stage``), or a size that no file may pass (``size``). Hundreds of them cost seconds,
since ``tests.warm`` loads everything once.
"""

from __future__ import annotations

import os
import resource
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from pathlib import Path
from types import FrameType
from typing import Any

from tests.warm import Command, Warm

CHANGES = {"os.rename", "os.mkdir", "os.remove", "os.chmod", "os.truncate", "os.rmdir", "os.link"}
WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT
# Whose lines are counted: those that write, record and stop.
LINES = ("/pipeline/runs/", "/pipeline/export/", "/pipeline/datapackage/")


@cache
def _writes(name: str) -> bool:
    """Whether the lines of a file are counted; it is asked at each call of a function."""
    return any(part in name for part in LINES)


@dataclass(frozen=True, slots=True)
class Ended:
    """What became of a command: exit code (negative for a signal), output, and how many points it passed."""

    code: int
    stdout: str
    stderr: str
    points: int

    @property
    def faults(self) -> list[str]:
        """The lines that say what went wrong."""
        return [line for line in self.stderr.splitlines() if line.startswith("hakusho: ")]


class Faults:
    """Runs commands, and lets something go wrong."""

    def __init__(self, warm: Warm) -> None:
        """Run them in ``warm``."""
        self._warm = warm

    def run(
        self, *arguments: object, folder: Path, environment: dict[str, str] | None = None, **fault: Any
    ) -> Ended:
        """Run ``hakusho`` with ``arguments``, and let happen below ``folder`` what ``fault`` says.

        Args:
            arguments: The words of the command.
            folder: Where changes of files count as points.
            environment: Variables of the command.
            point: ``file``, ``line``, ``size`` or the name of a function; nothing happens without it.
            at: Which one of them, from 1; for ``size``, bytes.
            errno: What the system says from there on; files can still be removed.
            signal: What is sent there …
            to: … to ``self``, the ``main`` process or the whole ``group``.
        """
        words, point = tuple(map(str, arguments)), Point(str(folder), fault)
        ended = self._warm.run(Command(words, environment=environment or {}, watch=point))
        texts = (data.decode("utf-8", "replace") for data in (ended.stdout, ended.stderr))
        return Ended(ended.code, *texts, ended.count)


@dataclass
class Point:
    """Counts, and lets the fault happen when it is time."""

    folder: str
    fault: dict[str, Any]
    count: int = field(default=0, init=False)
    main: int = field(default=0, init=False)

    def arm(self) -> None:
        """Watch from now on."""
        self.main = os.getpid()
        point = self.fault.get("point", "file")
        if point == "size":
            resource.setrlimit(resource.RLIMIT_FSIZE, (self.fault["at"],) * 2)
        elif point == "line":
            sys.settrace(self._trace)
        elif point == "file":
            sys.addaudithook(self._audit)
        else:
            self._wrap(point)

    def _audit(self, event: str, arguments: tuple[Any, ...]) -> None:
        if event == "open":
            path, mode, flags = arguments
            changes = bool(set(mode or "") & set("wax+")) or (not mode and bool(flags & WRITES))
        else:
            path, changes = (arguments or ("",))[0], event in CHANGES
        if changes and isinstance(path, (str, bytes, Path)) and self._below(os.fsdecode(path)):
            self.pass_(removes=event in ("os.remove", "os.rmdir"))

    def _below(self, path: str) -> bool:
        """Whether a path lies below the folder; one that is relative is, since it goes by a descriptor."""
        return path.startswith(self.folder) or not Path(path).is_absolute()

    def _trace(self, frame: FrameType, event: str, argument: object) -> Any:
        if not _writes(frame.f_code.co_filename):
            return None
        if event == "line":
            self.pass_()
        return self._trace

    def _wrap(self, name: str) -> None:
        module, _, function = name.rpartition(".")
        home = import_module(module)
        wrapped: Callable[..., object] = getattr(home, function)

        def reached(*arguments: object, **named: object) -> object:
            self.pass_()
            return wrapped(*arguments, **named)

        setattr(home, function, reached)

    def pass_(self, *, removes: bool = False) -> None:
        """Count a point."""
        self.count += 1
        if "errno" in self.fault and self.count >= self.fault["at"] and not removes:
            raise OSError(self.fault["errno"], os.strerror(self.fault["errno"]))
        if self.count != self.fault.get("at") or "errno" in self.fault:
            return
        to = self.fault.get("to", "self")
        if to == "group":
            os.killpg(self.main, self.fault["signal"])
        else:
            os.kill(self.main if to == "main" else os.getpid(), self.fault["signal"])
