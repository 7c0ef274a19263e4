"""Runs commands in processes that have nothing left to load.

A command that starts anew spends a second or two on imports, the dictionary and the registries. Here one process
loads all that once, and forks for each command. So a command has a process of its own, with its own streams, signals
and exit code. What a start does by itself (what it imports, its locale, its variables) takes a real start:
``conftest.started``.
"""

from __future__ import annotations

import gc
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import traceback
from collections.abc import Mapping
from contextlib import redirect_stderr, redirect_stdout, suppress
from dataclasses import dataclass, field
from functools import cache
from io import StringIO
from multiprocessing.connection import Connection, Pipe, wait
from pathlib import Path
from typing import Any, Protocol

from tests.warm_shell import Shell, open_streams

ROOT = Path(__file__).parent.parent
# How long a command may take, in seconds.
PATIENCE = 300


class Watch(Protocol):
    """What is done in the process of a command; it crosses to it, so it must be picklable."""

    count: int

    def arm(self) -> None:
        """Do something before the command runs."""


@dataclass(frozen=True, slots=True)
class Command:
    """A command, and how it is called."""

    arguments: tuple[str, ...]
    stdin: bytes | None = None
    cwd: str = str(ROOT)
    environment: dict[str, str] = field(default_factory=dict)
    watch: Watch | None = None


@dataclass(frozen=True, slots=True)
class Ended:
    """What became of a command: exit code (negative for a signal), output, and what its watch counted."""

    code: int
    stdout: bytes
    stderr: bytes
    count: int


class Warm:
    """The process that has loaded everything.

    Attributes:
        address: Of the socket where the programs of a shell ask for it (``tests/warm_shell.py``).
    """

    def __init__(self, environment: Mapping[str, str]) -> None:
        """Start it with these variables."""
        self._channel, theirs = Pipe()
        # A folder of its own, which only this user can enter, and of a short path: that of a socket has an end.
        self.address = Path(tempfile.mkdtemp()) / "warm"
        with theirs, socket.socket(socket.AF_UNIX) as listener:
            listener.bind(str(self.address))
            listener.listen()
            fds = [theirs.fileno(), listener.fileno()]
            self._process = subprocess.Popen(
                [sys.executable, "-c", "from tests.warm import main; main()", *map(str, fds)],
                stdin=subprocess.DEVNULL, pass_fds=fds, cwd=ROOT,
                env={**environment, "PYTHONPATH": str(ROOT), "LC_ALL": "C"},
            )  # fmt: skip

    def run(self, command: Command) -> Ended:
        """Run a command in a process of its own."""
        try:
            self._channel.send(command)
            found: Ended = self._channel.recv()
        except (EOFError, OSError):
            code = self._process.wait()
            raise RuntimeError(f"what had loaded everything has ended with exit code {code}") from None
        return found

    def close(self) -> None:
        """End it."""
        self._channel.close()
        self._process.wait()
        shutil.rmtree(self.address.parent, ignore_errors=True)


def _load() -> None:
    """Load what commands load, by running some."""
    import httpx  # noqa: F401
    import pandas as pd  # noqa: F401

    import pipeline.review.serve  # noqa: F401
    from pipeline import export, flow
    from pipeline.cli import app, main
    from pipeline.commands import ending
    from pipeline.entities.declared import plugins
    from pipeline.model.rule import compile_all

    flow.load_segmenter = cache(flow.load_segmenter)
    ending.get_command = cache(ending.get_command)
    plugins.entry_points = cache(plugins.entry_points)  # it reads a file of each installed package
    with tempfile.TemporaryDirectory() as folder:
        text, out = Path(folder) / "a.txt", f"{folder}/out"
        text.write_text("防衛省は平成26年4月1日、自衛隊法第76条を改正した。", encoding="utf-8")
        for words in (
            ["run", str(text), "-o", out, "--analyzer", "sudachi", "--format", ",".join(export.FORMATS)],
            ["report", out],
            ["compare", out, out, "--html", f"{folder}/changes.html"],
            ["evaluate", out, f"{out}/a/entities.csv"],
        ):
            said = StringIO()
            with redirect_stdout(StringIO()), redirect_stderr(said):
                try:
                    main(words)
                except SystemExit as end:
                    assert end.code == 0, said.getvalue()  # noqa: PT017
    # Commands are imported, their options prepared, and rules compiled, when they are asked for: each child would do
    # that anew.
    _prepare(ending.get_command(app))
    compile_all()
    # A child that tidies up would copy every page that it looks at.
    gc.collect()
    gc.freeze()


def _prepare(command: Any) -> None:
    """Prepare the options of a command, or of all commands of a group."""
    for option in command.params:
        option.get_runtime_param()
    for one in getattr(command, "commands", {}).values():
        _prepare(one)


def _child(command: Command, counted: int) -> int:
    from pipeline.cli import main

    open_streams()
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.alarm(PATIENCE)
    os.setpgid(0, 0)
    os.environ.update(command.environment)
    os.chdir(command.cwd)
    if command.watch:
        command.watch.arm()
    code: Any = 99
    try:
        main(list(command.arguments))
    except SystemExit as end:
        code = end.code
    except BaseException:
        sys.settrace(None)
        traceback.print_exc()
    sys.settrace(None)
    if command.watch:
        os.write(counted, str(command.watch.count).encode())
    with suppress(OSError, ValueError):
        sys.stdout.flush()
        sys.stderr.flush()
    return code if isinstance(code, int) else 98


def _answer(command: Command, channel: Connection) -> Ended:
    pipes = [os.pipe() for _ in range(4)]
    (given, giving), *(output, errors, counts) = pipes
    pid = os.fork()
    if not pid:
        code = 97
        try:
            channel.close()
            os.dup2(given if command.stdin is not None else os.open(os.devnull, os.O_RDONLY), 0)
            os.dup2(output[1], 1)
            os.dup2(errors[1], 2)
            for fd in {fd for pipe in pipes for fd in pipe} - {counts[1]}:
                os.close(fd)
            code = _child(command, counts[1])
        finally:
            os._exit(code)
    for fd in (given, output[1], errors[1], counts[1]):
        os.close(fd)
    threading.Thread(target=_give, args=(giving, command.stdin or b"")).start()
    # Both streams are read at once, since either may fill up. They end when the last process of the command has.
    found: dict[int, bytes] = {}
    reader = threading.Thread(target=lambda: found.update({2: _all(errors[0])}))
    reader.start()
    found[1] = _all(output[0])
    reader.join()
    count = _all(counts[0])
    _, status = os.waitpid(pid, 0)
    return Ended(os.waitstatus_to_exitcode(status), found[1], found[2], int(count or 0))


def _give(fd: int, data: bytes) -> None:
    with suppress(BrokenPipeError), os.fdopen(fd, "wb") as stream:
        stream.write(data)


def _all(fd: int) -> bytes:
    with os.fdopen(fd, "rb") as stream:
        return stream.read()


def main() -> None:
    """Load once, then run commands until there are no more."""
    _load()
    channel, shell = Connection(int(sys.argv[1])), Shell(socket.socket(fileno=int(sys.argv[2])))
    with suppress(EOFError):
        while True:
            if channel in wait([channel, shell.listener]):
                channel.send(_answer(channel.recv(), channel))
            else:
                shell.answer(PATIENCE)
