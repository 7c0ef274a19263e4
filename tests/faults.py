"""Runs commands and lets something go wrong at a chosen point: a full disk, a read-only folder, a signal.

``python -m tests.faults`` loads everything once and forks for each request, so that hundreds of points cost seconds. A
point is the n-th change of a file below a folder (``file``), the n-th line of the modules that write (``line``), the
n-th call of a function (``stage``), or a size that no file may pass (``size``).
"""

from __future__ import annotations

import json
import os
import resource
import signal
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path
from types import FrameType
from typing import Any

ROOT = Path(__file__).parent.parent
CHANGES = {"os.rename", "os.mkdir", "os.remove", "os.chmod", "os.truncate", "os.rmdir", "os.link"}
WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT
# Whose lines are counted: those that write, record and stop.
LINES = (
    "run.py",
    "work.py",
    "record.py",
    "workers.py",
    "outcomes.py",
    "locks.py",
    "destination.py",
    "/export",
    "/package",
)


@dataclass
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
    """The process that runs commands."""

    def __init__(self) -> None:
        environment = {**os.environ, "PYTHONPATH": str(ROOT), "LC_ALL": "C.UTF-8"}
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.faults"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment, cwd=ROOT, text=True,
        )  # fmt: skip

    def run(
        self, *arguments: object, folder: Path, environment: dict[str, str] | None = None, **fault: Any
    ) -> Ended:
        """Run ``hakusho`` with ``arguments``, and let happen below ``folder`` what ``fault`` says.

        Args:
            point: ``file``, ``line``, ``size`` or the name of a function; nothing happens without it.
            at: Which one of them, from 1; for ``size``, bytes.
            errno: What the system says from there on; files can still be removed.
            signal: What is sent there …
            to: … to ``self``, the ``main`` process or the whole ``group``.
        """
        request = {
            "arguments": list(map(str, arguments)),
            "folder": str(folder),
            "fault": fault,
            "environment": environment or {},
        }
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps(request) + "\n")
        self._process.stdin.flush()
        return Ended(**json.loads(self._process.stdout.readline()))

    def close(self) -> None:
        """End it."""
        assert self._process.stdin
        self._process.stdin.close()
        self._process.wait()
        assert self._process.stdout
        self._process.stdout.close()


class _Point:
    """Counts, and lets the fault happen when it is time."""

    def __init__(self, folder: str, fault: dict[str, Any]) -> None:
        self.count, self._folder, self._fault, self._main = 0, folder, fault, os.getpid()

    def arm(self) -> None:
        """Watch from now on."""
        point = self._fault.get("point", "file")
        if point == "size":
            resource.setrlimit(resource.RLIMIT_FSIZE, (self._fault["at"],) * 2)
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
        if changes and isinstance(path, (str, bytes, Path)) and os.fsdecode(path).startswith(self._folder):
            self.pass_(removes=event in ("os.remove", "os.rmdir"))

    def _trace(self, frame: FrameType, event: str, argument: object) -> Any:
        name = frame.f_code.co_filename
        if "/pipeline/" not in name or not any(part in name for part in LINES):
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
        if "errno" in self._fault and self.count >= self._fault["at"] and not removes:
            raise OSError(self._fault["errno"], os.strerror(self._fault["errno"]))
        if self.count != self._fault.get("at") or "errno" in self._fault:
            return
        to = self._fault.get("to", "self")
        if to == "group":
            os.killpg(self._main, self._fault["signal"])
        else:
            os.kill(self._main if to == "main" else os.getpid(), self._fault["signal"])


def _child(request: dict[str, Any], counted: int) -> int:
    from pipeline.cli import main

    os.setpgid(0, 0)
    os.environ.update(request["environment"])
    point = _Point(request["folder"], request["fault"])
    point.arm()
    code: Any = 99
    try:
        main(request["arguments"])
    except SystemExit as end:
        code = end.code
    except BaseException:
        sys.settrace(None)
        traceback.print_exc()
    sys.settrace(None)
    os.write(counted, str(point.count).encode())
    with suppress(OSError, ValueError):
        sys.stdout.flush()
        sys.stderr.flush()
    return code if isinstance(code, int) else 98


def _answer(request: dict[str, Any]) -> Ended:
    pipes = [os.pipe() for _ in range(3)]
    pid = os.fork()
    if not pid:
        for signum, handler in (
            (signal.SIGINT, signal.default_int_handler),
            (signal.SIGTERM, signal.SIG_DFL),
        ):
            signal.signal(signum, handler)
        for fd, (ours, theirs) in zip((1, 2, None), pipes, strict=True):
            os.close(ours)
            if fd:
                os.dup2(theirs, fd)
                os.close(theirs)
        code = 97
        try:
            code = _child(request, pipes[2][1])
        finally:
            os._exit(code)
    for _, theirs in pipes:
        os.close(theirs)
    # They end when the last process of the command has ended.
    out, err, count = (_all(ours) for ours, _ in pipes)
    _, status = os.waitpid(pid, 0)
    return Ended(os.waitstatus_to_exitcode(status), out, err, int(count or 0))


def _all(fd: int) -> str:
    with os.fdopen(fd, "rb") as stream:
        return stream.read().decode("utf-8", "replace")


def main() -> None:
    """Load once, then answer requests until there are no more."""
    import httpx  # noqa: F401

    import pipeline.cli
    import pipeline.review.serve  # noqa: F401
    from pipeline import flow as analysis
    from pipeline import segment
    from pipeline.runs.engines import Local
    from pipeline.runs.outcomes import Settings
    from pipeline.runs.run import Run

    analysis.load_analyzer = cache(segment.analyzer)
    with tempfile.TemporaryDirectory() as folder:  # what a first run loads and keeps
        (Path(folder) / "a.txt").write_text(
            "防衛省は平成26年4月1日、自衛隊法第76条を改正した。", encoding="utf-8"
        )
        list(Run([folder], f"{folder}/out", Settings("sudachi"), Local(1)))
    for line in sys.stdin:
        ended = _answer(json.loads(line))
        sys.stdout.write(json.dumps(ended.__dict__) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
