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
import math
import os
import struct
import subprocess
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from typing import IO

# How long a page may take, in seconds (決め打ち): a hundred times longer than pages of thousands of letters take.
SECONDS = 60.0
# How long all pages of a PDF may take, in seconds: WHOLE, and PER_MEGABYTE for each of its megabytes (決め打ち).
# Papers of a thousand pages take half a minute; a file of 100 KB may list one page a million times.
WHOLE, PER_MEGABYTE = 120.0, 30.0
# How long a child that was killed may take to end, in seconds.
PATIENCE = 5.0
LENGTH = struct.Struct("<Q")
# The package's own __init__ loads every stage, which takes ten times longer than what a child needs: it is
# left out.
BARE = """
import sys
from importlib.util import module_from_spec, spec_from_file_location
for name, path in (("pipeline", sys.argv[1]), ("pipeline.read", sys.argv[2])):
    spec = spec_from_file_location(name, path + "/__init__.py", submodule_search_locations=[path])
    sys.modules[name] = module_from_spec(spec)
"""
START = BARE + "\nfrom pipeline.read.pdf_child import serve\nserve()"


class ChildDiedError(Exception):
    """Says how the child died."""


class Child:
    """A process that reads PDFs, or other files, started when it is needed first."""

    def __init__(
        self, seconds: float = SECONDS, start: str = START, reader: str = "PDFium", whole: float = WHOLE
    ) -> None:
        """Start nothing yet.

        Args:
            seconds: How long a page may take; of files that have no pages, the whole.
            start: What the child runs.
            reader: What an error calls it.
            whole: How long all pages of a small file may take; a file that has no pages has ``seconds``.
        """
        self._seconds, self._start, self._reader, self._whole = seconds, start, reader, whole
        self._process: subprocess.Popen[bytes] | None = None
        self._owner = 0
        self._lock = threading.Lock()

    def read(self, data: bytes, seconds: float = 0) -> Any:
        """Return what the child (``pdf_child.answer``, ``apart_child.answer``) makes of a file.

        Args:
            data: The whole file, with what the child must know of it.
            seconds: How long this one may take, if not as long as any other.

        Raises:
            ChildDiedError: The child ended, or took too long.
        """
        with self._lock:
            try:
                return self._ask(data, seconds or self._seconds)
            except BaseException:
                self.close()  # an answer that is still to come would be taken for the next one's
                raise

    def _ask(self, data: bytes, seconds: float) -> Any:
        process = self._started()
        source, target = cast("IO[bytes]", process.stdin), cast("IO[bytes]", process.stdout)
        late = threading.Event()
        asked = False
        paged = self._reader == "PDFium"
        whole = self._whole + PER_MEGABYTE * len(data) / 1e6 if paged else math.inf
        end = time.monotonic() + whole
        while True:
            left = max(0.0, end - time.monotonic())
            timer = threading.Timer(min(seconds, left), _kill, (process, late))
            timer.daemon = True
            timer.start()
            try:
                if not asked:
                    send(source, data)
                    asked = True
                answer = receive(target)
            except (OSError, EOFError):
                who = ("a page" if left >= seconds else "the whole file") if paged else self._reader
                most = seconds if left >= seconds else round(whole, 2)
                raise ChildDiedError(
                    self._end(process, late, f"{who} took longer than {most:g} seconds")
                ) from None
            finally:
                timer.cancel()
            if answer:  # an empty one says that a page is done
                return json.loads(answer)  # no pickle: a file may have taken the child over

    def _end(self, process: subprocess.Popen[bytes], late: threading.Event, took: str) -> str:
        with suppress(subprocess.TimeoutExpired):
            process.wait(PATIENCE)
        if late.is_set():
            return took
        code = process.returncode or 0
        return (
            f"{self._reader} was stopped by signal {-code}"
            if code < 0
            else f"{self._reader} ended with code {code}"
        )

    def _started(self) -> subprocess.Popen[bytes]:
        """Return the child; one that this process inherited by a fork belongs to another."""
        if self._process and self._owner == os.getpid() and self._process.poll() is None:
            return self._process
        if self._owner == os.getpid():
            self.close()
        here = Path(__file__).parent
        # -P: the working folder may hold a re.py of a stranger, which would be run in place of Python's.
        command = [sys.executable, "-P", "-c", self._start, str(here.parent), str(here)]
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


def limit(memory: int, seconds: int) -> None:
    """Bound what this process may take from now on, where the system can: bytes, and processor seconds."""
    try:
        import resource
    except ImportError:  # Windows
        return
    used = resource.getrusage(resource.RUSAGE_SELF)
    for what, most in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, math.ceil(used.ru_utime + used.ru_stime) + seconds),
        (resource.RLIMIT_CORE, 0),
    ):
        hard = resource.getrlimit(what)[1]
        with suppress(OSError, ValueError):
            resource.setrlimit(what, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))


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
