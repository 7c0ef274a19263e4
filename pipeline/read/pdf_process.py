"""The process in which PDFs are read: one that is damaged, or made to harm, cannot end the run.

PDFium reads what it is given in C++; a form that draws itself, for instance, lets it recurse until the
process is killed. So each process that reads PDFs starts a child, once, and sends it one after the other. The
child bears a limit of memory, where the system knows one, and of time; if it dies, its document fails, and
the next one gets a new child. A child is a plain ``subprocess``: that works alike on every system, and in
workers, which may have no children of ``multiprocessing``.
"""

from __future__ import annotations

import atexit
import json
import os
import struct
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from typing import IO

# How long a page may take, in seconds (決め打ち): a hundred times longer than pages of thousands of letters take.
SECONDS = 60.0
# How long a child that was killed may take to end, in seconds.
PATIENCE = 5.0
LENGTH = struct.Struct("<Q")
# The package's own __init__ loads every stage, which takes ten times longer than what a child needs: it is
# left out.
START = """
import sys, types
for name, path in (("pipeline", sys.argv[1]), ("pipeline.read", sys.argv[2])):
    sys.modules[name] = module = types.ModuleType(name)
    module.__path__ = [path]
from pipeline.read.pdf_child import serve
serve()
"""


class ChildDiedError(Exception):
    """Says how the child died."""


class Child:
    """A process that reads PDFs, started when it is needed first."""

    def __init__(self, seconds: float = SECONDS) -> None:
        self._seconds = seconds
        self._process: subprocess.Popen[bytes] | None = None
        self._owner = 0
        self._lock = threading.Lock()

    def read(self, data: bytes) -> Any:
        """Return what ``pdf_child.answer`` makes of a file.

        Raises:
            ChildDiedError: The child ended, or a page took too long.
        """
        with self._lock:
            try:
                return self._ask(data)
            except BaseException:
                self.close()  # an answer that is still to come would be taken for the next one's
                raise

    def _ask(self, data: bytes) -> Any:
        process = self._started()
        source, target = cast("IO[bytes]", process.stdin), cast("IO[bytes]", process.stdout)
        late = threading.Event()
        asked = False
        while True:
            timer = threading.Timer(self._seconds, _kill, (process, late))
            timer.daemon = True
            timer.start()
            try:
                if not asked:
                    send(source, data)
                    asked = True
                answer = receive(target)
            except (OSError, EOFError):
                raise ChildDiedError(self._end(process, late)) from None
            finally:
                timer.cancel()
            if answer:  # an empty one says that a page is done
                return json.loads(answer)  # no pickle: a file may have taken the child over

    def _end(self, process: subprocess.Popen[bytes], late: threading.Event) -> str:
        with suppress(subprocess.TimeoutExpired):
            process.wait(PATIENCE)
        if late.is_set():
            return f"a page took longer than {self._seconds:g} seconds"
        code = process.returncode or 0
        return f"PDFium was stopped by signal {-code}" if code < 0 else f"PDFium ended with code {code}"

    def _started(self) -> subprocess.Popen[bytes]:
        """Return the child; one that this process inherited by a fork belongs to another."""
        if self._process and self._owner == os.getpid() and self._process.poll() is None:
            return self._process
        if self._owner == os.getpid():
            self.close()
        here = Path(__file__).parent
        command = [sys.executable, "-c", START, str(here.parent), str(here)]
        self._process = subprocess.Popen(  # noqa: S603  # our own interpreter
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        if self._owner == 0:
            atexit.register(self.close)
        self._owner = os.getpid()
        return self._process

    def close(self) -> None:
        """End the child, if there is one and it is this process's."""
        process, self._process = self._process, None
        if process is None or self._owner != os.getpid():
            return
        with suppress(OSError):
            process.kill()
        for stream in (process.stdin, process.stdout):
            with suppress(OSError):
                if stream:
                    stream.close()
        with suppress(subprocess.TimeoutExpired):
            process.wait(PATIENCE)


def _kill(process: subprocess.Popen[bytes], late: threading.Event) -> None:
    late.set()
    with suppress(OSError):
        process.kill()


def send(stream: IO[bytes], data: bytes) -> None:
    """Write a message: its length, then itself."""
    stream.write(LENGTH.pack(len(data)))
    stream.write(data)
    stream.flush()


def receive(stream: IO[bytes]) -> bytes:
    """Read a message; raises EOFError where there is none any more."""
    head = stream.read(LENGTH.size)
    if len(head) < LENGTH.size:
        raise EOFError
    (length,) = LENGTH.unpack(head)
    data = stream.read(length)
    if len(data) < length:
        raise EOFError
    return data
