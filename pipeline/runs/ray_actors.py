"""Actors of a Ray cluster: each loads once and takes one task at a time.

The task of an actor that dies is done again.
"""

from __future__ import annotations

import signal
from collections import deque
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from pipeline.model.errors import HakushoError

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable

Task = TypeVar("Task")
Result = TypeVar("Result")
# A task whose actors die this many times is taken to be the cause, and fails (決め打ち).
ATTEMPTS = 3
# Seconds to wait for an actor if none works: a cluster may have to start machines.
PATIENCE = 600.0


class Actors(Generic[Task, Result]):
    """A few actors that work on tasks, and make place for others when they or their machines die.

    Attributes:
        replaced: How many died.
    """

    def __init__(
        self, count: int, setup: Callable[..., Callable[[Task], Result]], *arguments: object
    ) -> None:
        """Set what to start; Ray must be connected when there are tasks.

        Args:
            count: How many actors work at once; each takes one processor of the cluster.
            setup: Called in each actor; what it returns is called on tasks.
            *arguments: Those of ``setup``; they travel once to each machine.
        """
        self._count, self._setup, self._arguments = count, setup, arguments
        self._starting: dict[Any, Any] = {}  # the reference that an actor is ready → the actor
        self._idle: list[Any] = []
        self._busy: dict[
            Any, tuple[Any, _Attempt[Task]]
        ] = {}  # the reference of a result → the actor and its task
        self._false_starts = 0
        self.replaced = 0

    def results(
        self, tasks: Iterable[Task], lost: Callable[[Task, str], Result]
    ) -> Generator[Result, None, None]:
        """Yield the results as they come.

        Args:
            tasks: Done in about this order; beside those that are worked on, only the next one is taken.
            lost: What a task counts for whose actors died, from the task and how they died.

        Raises:
            Exception: What ``setup`` raised in an actor.
            HakushoError: No actor can be started.
        """
        import ray

        left: _Tasks[Task] = _Tasks(tasks)
        shared = ray.put((self._setup, self._arguments))
        try:
            while left or self._busy:
                while left and len(self._starting) + len(self._idle) + len(self._busy) < self._count:
                    self._start(shared)
                self._feed(left)
                for reference in self._ready():
                    if reference in self._starting:
                        self._begun(reference)
                        continue
                    # The actor has its next task before this result is worked on.
                    found = self._ended(reference, left, lost)
                    self._feed(left)
                    yield from found
        finally:
            for actor in [
                *self._starting.values(),
                *self._idle,
                *(actor for actor, _ in self._busy.values()),
            ]:
                with suppress(Exception):  # the run is being stopped, and that error counts
                    ray.kill(actor)

    def _start(self, shared: Any) -> None:
        import ray

        remote: Any = ray.remote(num_cpus=1, max_restarts=0)(DocumentWorker)
        actor = remote.remote()
        self._starting[actor.load.remote(shared)] = actor

    def _feed(self, left: _Tasks[Task]) -> None:
        while self._idle and left:
            attempt, actor = left.take(), self._idle.pop()
            self._busy[actor.work.remote(attempt.task)] = (actor, attempt)

    def _ready(self) -> list[Any]:
        import ray

        waited = [*self._busy, *self._starting]
        ready, _ = ray.wait(waited, num_returns=1, timeout=None if self._busy else PATIENCE)
        if not ready:
            raise HakushoError(
                f"no worker could be started in {PATIENCE:.0f} seconds: the cluster has no free processor; "
                "wait for it or give another with --address"
            )
        return list(ready)

    def _begun(self, reference: Any) -> None:
        """Take in an actor that is ready, or one that died before it was."""
        import ray

        actor = self._starting.pop(reference)
        try:
            fault = ray.get(reference)
        except ray.exceptions.RayError as error:
            self.replaced += 1
            self._false_starts += 1
            # All of them and one more, with none that is ready between.
            if self._false_starts > self._count:
                raise HakushoError(
                    f"no worker could be started ({_reason(error)}): "
                    "is the same hakusho installed on every machine of the cluster, "
                    "and is there enough memory?"
                ) from None
            return
        if fault is not None:
            ray.kill(actor)
            raise fault
        self._false_starts = 0
        self._idle.append(actor)

    def _ended(self, reference: Any, left: _Tasks[Task], lost: Callable[[Task, str], Result]) -> list[Result]:
        """Return the result of a task; if its actor died, put it back, unless it was tried often enough."""
        import ray

        actor, attempt = self._busy.pop(reference)
        try:
            result: Result = ray.get(reference)
        except ray.exceptions.RayTaskError as error:
            self._idle.append(actor)
            return [lost(attempt.task, f"failed ({_reason(error)})")]
        except ray.exceptions.RayError as error:  # the actor, its machine or the result is gone
            self.replaced += 1
            with suppress(Exception):
                ray.kill(actor)
            attempt.deaths += 1
            if attempt.deaths == ATTEMPTS:
                return [lost(attempt.task, f"died {ATTEMPTS} times ({_reason(error)})")]
            left.put_back(attempt)
            return []
        self._idle.append(actor)
        return [result]


class _Attempt(Generic[Task]):
    """A task, and how many actors died of it."""

    def __init__(self, task: Task) -> None:
        self.task, self.deaths = task, 0


class _Tasks(Generic[Task]):
    """The tasks that are left: those that came back, then those that were never tried."""

    def __init__(self, tasks: Iterable[Task]) -> None:
        self._fresh, self._back = iter(tasks), deque[_Attempt[Task]]()

    def __bool__(self) -> bool:
        """Whether there is any; to know it, one is taken."""
        if not self._back:
            for task in self._fresh:
                self._back.append(_Attempt(task))
                break
        return bool(self._back)

    def take(self) -> _Attempt[Task]:
        return self._back.popleft()

    def put_back(self, attempt: _Attempt[Task]) -> None:
        self._back.append(attempt)


class DocumentWorker:
    """What runs in an actor."""

    def load(self, shared: tuple[Callable[..., Any], tuple[Any, ...]]) -> Exception | None:
        """Set up the worker; return an error instead of raising it: it reaches the driver unchanged."""
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the driver, which tells the others
        try:
            setup, arguments = shared
            self._work = setup(*arguments)
        except Exception as error:
            return error
        return None

    def work(self, task: Any) -> Any:
        """Work on a task."""
        return self._work(task)


def _reason(error: Exception) -> str:
    """Return the first informative line of a message of Ray."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    causes = [line for line in lines if "Error" in line or "cause" in line or "died" in line]
    return (causes or lines or [type(error).__name__])[0].rstrip(".:")
