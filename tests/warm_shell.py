"""``hakusho`` and ``python`` as programs of a shell, in processes that have nothing left to load.

The pages of the documentation call dozens of programs, and each start takes seconds of imports. Here each program only
hands its words, its folder and its standard streams to the process that has loaded everything (``tests/warm.py``).
That one forks, and its child does what a start would do: it has the streams, the folder, the arguments and a
``__main__`` of its own, and the program ends with its exit code.
"""

from __future__ import annotations

import json
import os
import runpy
import signal
import socket
import sys
import traceback
from contextlib import suppress
from pathlib import Path
from types import ModuleType

PROGRAM = """#!{interpreter} -IS
import json, os, socket, sys
with socket.socket(socket.AF_UNIX) as asked:
    asked.connect({address!r})
    socket.send_fds(asked, [json.dumps([{name!r}, sys.argv[1:], os.getcwd()]).encode()], [0, 1, 2])
    asked.shutdown(socket.SHUT_WR)
    sys.exit(int(asked.recv(9) or 137))
"""
NAMES = ("hakusho", "python")


def programs(folder: Path, address: Path) -> None:
    """Write the programs into a folder; they ask the process that listens at ``address``."""
    for name in NAMES:
        path = folder / name
        path.write_text(
            PROGRAM.format(interpreter=sys.executable, address=str(address), name=name), encoding="utf-8"
        )
        path.chmod(0o755)


def open_streams() -> None:
    """Open the standard streams as a start does; those of the process that forked go elsewhere."""
    for fd, name in enumerate(("stdin", "stdout", "stderr")):
        before = getattr(sys, name)
        mode, newline = ("w", "\n") if fd else ("r", None)
        stream = open(  # noqa: SIM115 - as long as the process
            fd, mode, encoding=before.encoding, errors=before.errors, newline=newline, closefd=False
        )
        stream.reconfigure(line_buffering=before.line_buffering)
        setattr(sys, name, stream)


class Shell:
    """Answers the programs.

    Attributes:
        listener: Ready when one of them asks.
    """

    def __init__(self, listener: socket.socket) -> None:
        """Listen there."""
        self.listener = listener
        self._running: list[int] = []

    def answer(self, patience: int) -> None:
        """Fork for the program that asks; it may take so many seconds."""
        self._running = [pid for pid in self._running if not os.waitpid(pid, os.WNOHANG)[0]]
        asked, _ = self.listener.accept()
        with asked:
            said, fds, _, _ = socket.recv_fds(asked, 1 << 16, 3)
            while more := asked.recv(1 << 16):
                said += more
            if pid := os.fork():
                self._running.append(pid)
                for fd in fds:
                    os.close(fd)
                return
            code = 97
            try:
                self.listener.close()
                signal.alarm(patience)
                code = _run(*json.loads(said), fds)
                asked.send(str(code).encode())
            finally:
                os._exit(code)


def _run(name: str, words: list[str], folder: str, fds: list[int]) -> int:
    """Run a program with these streams, and return its exit code."""
    from pipeline.cli import main

    for fd, stream in enumerate(fds):
        os.dup2(stream, fd)
        os.close(stream)
    open_streams()
    signal.signal(signal.SIGINT, signal.default_int_handler)
    os.chdir(folder)
    code: object = 0
    try:
        main(words) if name == "hakusho" else _python(words)
    except SystemExit as end:
        code = end.code
    except BaseException:
        traceback.print_exc()
        code = 1
    with suppress(OSError, ValueError):
        sys.stdout.flush()
        sys.stderr.flush()
    return code if isinstance(code, int) else int(code is not None)


def _python(words: list[str]) -> None:
    """Do what the interpreter does with ``-c CODE``, ``-`` or ``FILE``, and words behind it."""
    first, *rest = words
    if first not in ("-c", "-"):
        sys.argv, sys.path[0] = words, str(Path(first).parent)
        runpy.run_path(first, run_name="__main__")
        return
    code = rest.pop(0) if first == "-c" else sys.stdin.read()
    sys.argv, sys.path[0] = [first, *rest], ""
    sys.modules["__main__"] = ModuleType("__main__")
    exec(compile(code, "<stdin>", "exec"), vars(sys.modules["__main__"]))
