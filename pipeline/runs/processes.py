"""Worker processes: each loads once and takes one task at a time; one that dies costs its own task only."""

from __future__ import annotations

import os
import signal
import sys
import threading
from contextlib import contextmanager, suppress
from itertools import islice
from multiprocessing import get_context, parent_process
from multiprocessing.connection import wait
from typing import TYPE_CHECKING, Any, Generic, Literal, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess

Task = TypeVar("Task")
Result = TypeVar("Result")
# How long a worker that was told to stop may take to tidy up, in seconds.
PATIENCE = 5.0
STOPS = (signal.SIGINT, signal.SIGTERM)


def start_method() -> Literal["fork", "spawn"]:
    """Return how processes are started on this system.

    A fork shares what is loaded; a spawned process imports again. Python calls forks on macOS unsafe, since
    the system's own libraries start threads; Windows has none.
    """
    return "fork" if sys.platform == "linux" else "spawn"


class Workers(Generic[Task, Result]):
    """A few processes that work on tasks, and make place for others when they die."""

    def __init__(self, count: int, setup: Callable[..., Callable[..., Result]], *arguments: object) -> None:
        """Set what to start; no process starts before there is a task.

        Args:
            count: How many processes work at once.
            setup: Called in each process; what it returns is called with a task, and with a function that
                says words about it: ``results`` hears them.
            *arguments: Those of ``setup``.
        """
        self._context: Any = get_context(start_method())
        self._count, self._setup, self._arguments = count, setup, arguments
        self._busy: dict[Connection, tuple[BaseProcess, Task]] = {}

    def results(
        self,
        tasks: Iterable[Task],
        lost: Callable[[Task, str], Result],
        heard: Callable[[Task, tuple[Any, ...]], None],
    ) -> Iterator[Result]:
        """Yield the results as they come.

        Args:
            tasks: Done in this order, ``count`` at once; none is taken before there is a worker for it.
            lost: What a task counts for whose worker died, from the task and how it died.
            heard: Takes a task, and what its worker says of it.

        Raises:
            Exception: What ``setup`` raised in a worker.
        """
        waiting = iter(tasks)
        idle: list[tuple[Connection, BaseProcess]] = []
        try:
            while True:
                for task in islice(waiting, self._count - len(self._busy)):
                    self._give(task, idle)
                if not self._busy:
                    return
                ready = wait(list(self._busy))
                for connection in [c for c in self._busy if c in ready]:
                    process, task = self._busy[connection]
                    try:
                        result = connection.recv()
                    except (EOFError, OSError):
                        del self._busy[connection]
                        process.join()
                        yield lost(task, _end(process.exitcode or 0))
                        continue
                    if isinstance(result, _Word):
                        heard(task, result.said)
                        continue
                    del self._busy[connection]
                    idle.append((connection, process))
                    if isinstance(result, _Fault):
                        raise result.reason
                    yield result
        finally:
            self._stop([*(process for _, process in idle), *(process for process, _ in self._busy.values())])

    def _give(self, task: Task, idle: list[tuple[Connection, BaseProcess]]) -> None:
        """Let an idle worker, or a new one, begin with a task."""
        while True:
            connection, process = idle.pop() if idle else self._start()
            with suppress(OSError):  # it died while it had nothing to do
                connection.send(task)
                self._busy[connection] = (process, task)
                return
            process.join()

    def _start(self) -> tuple[Connection, BaseProcess]:
        ours, theirs = self._context.Pipe()
        process = self._context.Process(
            target=_serve, args=(theirs, self._setup, self._arguments), daemon=True
        )
        with _undisturbed(), _away_from_here():
            process.start()
        theirs.close()
        return ours, process

    @staticmethod
    def _stop(processes: list[BaseProcess]) -> None:
        for process in processes:
            process.terminate()
        for process in processes:
            process.join(PATIENCE)
            if process.is_alive():
                process.kill()
                process.join()


class _Word:
    """What a worker says of its task before that is done."""

    def __init__(self, *said: Any) -> None:
        self.said = said


class _Fault:
    """What a worker could not be set up for."""

    def __init__(self, reason: Exception) -> None:
        self.reason = reason


def _end(code: int) -> str:
    return f"was killed by signal {-code}" if code < 0 else f"ended with exit code {code}"


def _serve(connection: Connection, setup: Callable[..., Callable[..., Any]], arguments: Any) -> None:
    """Work until told to stop; Ctrl-C reaches every process of a terminal, and only the first one decides."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, STOPS)
    # A forked worker holds its own pipe open at both ends: it would wait for ever for a first process that
    # was killed.
    if first := parent_process():
        threading.Thread(target=_end_with, args=(first.sentinel,), daemon=True).start()
    with suppress(EOFError, BrokenPipeError, ConnectionResetError):  # the first process is gone
        try:
            work = setup(*arguments)
        except Exception as error:
            connection.send(_Fault(error))
            return
        while True:
            connection.send(work(connection.recv(), lambda *said: connection.send(_Word(*said))))


@contextmanager
def _away_from_here() -> Iterator[None]:
    """Let no process that is spawned run a module of the working folder in place of Python's own."""
    before = os.environ.get("PYTHONSAFEPATH")
    os.environ["PYTHONSAFEPATH"] = "1"
    try:
        yield
    finally:
        if before is None:
            del os.environ["PYTHONSAFEPATH"]
        else:
            os.environ["PYTHONSAFEPATH"] = before


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Keep signals waiting while a process is forked.

    The new process does not know yet what to do with them: they are blocked there. In this one, another
    thread may take them all the same, and what their handler raises among the interpreter's own work at a
    fork would be lost.
    """
    if not hasattr(signal, "pthread_sigmask"):  # Windows
        yield
        return
    came: list[int] = []
    handlers: dict[int, Any] = {}
    before = signal.pthread_sigmask(signal.SIG_BLOCK, STOPS)
    try:
        if threading.current_thread() is threading.main_thread():
            for signum in STOPS:
                if signal.getsignal(signum) is not None:  # one that Python did not set cannot be put back
                    handlers[signum] = signal.signal(signum, lambda number, _: came.append(number))
        yield
    finally:
        for number, handler in handlers.items():
            signal.signal(number, handler)
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
        for number in came[:1]:
            signal.raise_signal(number)


def _end_with(sentinel: int) -> None:
    """End this process cleanly when the process of ``sentinel`` has ended."""
    wait([sentinel])
    os.kill(os.getpid(), signal.SIGTERM)
