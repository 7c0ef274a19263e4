"""The engines of a run: processes of this machine, or the machines of a Ray cluster.

Both take the same tasks and give back the same outcomes; they differ in where a worker runs, in whether it
sees the driver's files, and in what becomes of a document whose worker died.
"""

from __future__ import annotations

from contextlib import closing
from functools import partial
from typing import TYPE_CHECKING, Any, Protocol

from pipeline.flow import share
from pipeline.model.errors import HakushoError
from pipeline.read import fetch
from pipeline.runs.documents import Done, Task, deliver, one_of, path_of, size_of, worker
from pipeline.runs.outcomes import Outcome
from pipeline.runs.processes import Workers, start_method
from pipeline.runs.ray_actors import Actors
from pipeline.runs.ray_cluster import check_installed, connected
from pipeline.runs.record import versions

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Iterator, Sequence

    from pipeline.read import Input
    from pipeline.runs.destination import Destination
    from pipeline.runs.outcomes import Settings

    Heard = Callable[[str, float, float], None]


class Engine(Protocol):
    """What works on documents."""

    def describe(self) -> dict[str, Any]:
        """Return its record for ``run.json``."""
        ...

    def outcomes(
        self, items: Sequence[Input], settings: Settings, place: Destination, heard: Heard
    ) -> Generator[Outcome, None, None]:
        """Process documents, write their results to ``place``, and yield the outcome of each as it is done.

        ``heard`` is told the id of each document, how much of it is done (0 to 1), and how many seconds that
        took: with 0 and 0 before anything of it may be written, and from time to time after that.

        Raises:
            HakushoError: The work cannot be begun or go on.
        """
        ...


class Local:
    """Processes of this machine; a document whose process dies has failed."""

    def __init__(self, jobs: int = 1) -> None:
        """Say how many processes work at once; one works here, without a process of its own."""
        self._jobs = jobs

    def describe(self) -> dict[str, Any]:
        """Return its record for ``run.json``."""
        return {"name": "local", "jobs": self._jobs}

    def outcomes(
        self, items: Sequence[Input], settings: Settings, place: Destination, heard: Heard
    ) -> Generator[Outcome, None, None]:
        """Process documents; see :meth:`Engine.outcomes`."""
        if not items:
            return
        if self._jobs == 1 or len(items) < 2:
            work = worker(settings, None if not place.shared else place.name, versions())
            tasks = map(Task, _noted(items, heard))
            results = (work(task, partial(heard, task.item.doc_id)) for task in tasks)
            yield from _delivered(results, place)
            return
        if start_method() == "fork":  # elsewhere nothing is shared
            share()
        count = min(self._jobs, len(items))
        arguments = settings, place.name if place.shared else None, versions()
        workers: Workers[Task, Done] = Workers(count, one_of, count, *arguments)
        # Standard input belongs to this process.
        ordered = _noted(_longest_first(items), heard)
        given = (_with_bytes(item) if item.path is None else Task(item) for item in ordered)
        words = workers.results(given, _lost, lambda task, said: heard(task.item.doc_id, *said))
        yield from _delivered(words, place)


class Ray:
    """Actors of a Ray cluster; a document whose actor dies is done again, up to a bound."""

    def __init__(self, address: str | None = None, jobs: int | None = None) -> None:
        """Find Ray; nothing is started yet.

        Args:
            address: Of a running cluster; None starts one on this machine, for as long as the work goes on.
            jobs: How many actors work at once; None takes as many as the cluster has processors.

        Raises:
            HakushoError: Ray is not installed.
        """
        check_installed()
        self._address, self._jobs = address, jobs
        self._actors = self._replaced = 0

    def describe(self) -> dict[str, Any]:
        """Return its record for ``run.json``."""
        return {"name": "ray", "actors": self._actors, "replaced": self._replaced}

    def outcomes(
        self, items: Sequence[Input], settings: Settings, place: Destination, heard: Heard
    ) -> Generator[Outcome, None, None]:
        """Process documents; see :meth:`Engine.outcomes`."""
        if not items:
            return
        with connected(self._address, self._jobs) as count:
            self._actors = min(count, len(items))
            arguments = settings, place.name if place.everywhere else None, versions()
            actors: Actors[Task, Done] = Actors(self._actors, worker, *arguments)
            tasks = map(_with_bytes, _noted(_longest_first(items), heard))
            # Actors must end before the connection, whatever happens.
            with closing(actors.results(tasks, _lost)) as results:
                for outcome in _delivered(results, place):
                    self._replaced = actors.replaced
                    yield outcome


def _longest_first(items: Sequence[Input]) -> list[Input]:
    """Order documents so that no worker is left with a long one at the end."""
    return sorted(items, key=lambda item: -size_of(item))


def _noted(items: Iterable[Input], heard: Heard) -> Iterator[Input]:
    """Yield documents, and tell of each before it is taken."""
    for item in items:
        heard(item.doc_id, 0.0, 0.0)
        yield item


def _with_bytes(item: Input) -> Task:
    try:
        return Task(item, fetch(item))
    except HakushoError as error:
        return Task(item, error)


def _delivered(results: Iterable[Done], place: Destination) -> Iterator[Outcome]:
    """Write the files that came back with the outcomes."""
    for done in results:
        outcome = done.outcome
        if done.files and not outcome.error:
            try:
                deliver(place, outcome.doc_id, done.files.items())
            except HakushoError as error:
                seconds = outcome.seconds
                yield Outcome(outcome.doc_id, outcome.path, error=str(error), seconds=seconds, touched=True)
                continue
        yield outcome


def _lost(task: Task, how: str) -> Done:
    path = path_of(task.item)
    reason = f"{path}: the process that worked on it {how}: is there enough memory? --resume tries it again"
    return Done(Outcome(task.item.doc_id, path, error=reason, touched=True))
