"""The flow over many documents: an engine, failures, and the record of the run.

One document that fails does not stop the others: it is listed in ``run.json``, and nothing of it is written.
A run that is stopped leaves whole files and a ``run.json`` from which another can go on.
"""

from __future__ import annotations

import hashlib
import json
import signal
import threading
from contextlib import closing, contextmanager
from time import perf_counter
from typing import TYPE_CHECKING, Any

from pipeline.datapackage import package_files
from pipeline.export import check_formats
from pipeline.model.errors import HakushoError
from pipeline.read import fetch, find
from pipeline.report.index import index
from pipeline.runs.destination import destination
from pipeline.runs.documents import size_of
from pipeline.runs.outcomes import RECORDED, Outcome, RunResult, Settings
from pipeline.runs.processes import STOPS
from pipeline.runs.record import MANIFEST, fingerprint, read_record, recorded_names, whole

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator, Sequence

    from pipeline.export import Content
    from pipeline.read import Input
    from pipeline.runs.engines import Engine

# Seconds between updates of run.json during a run: the work that a crash can cost.
KEPT_EVERY = 2.0
# The more documents it lists, the longer that takes: it may take this part of the time (決め打ち).
KEPT_SHARE = 0.05


class Run:
    """A run that is ready to start: inputs are found, settings checked, and the results can be written."""

    def __init__(
        self, inputs: Sequence[str], output: str, settings: Settings, engine: Engine, *, resume: bool = False
    ) -> None:
        """Find the inputs and try the output.

        Args:
            inputs: Files, folders, archives, patterns and ``-``.
            output: Where the results go: a folder, or an address that fsspec knows.
            settings: What is asked for.
            engine: Who works; the results are the same.
            resume: Leave out what ``run.json`` says was done already and has not changed since.

        Raises:
            HakushoError: An input is missing, a format is unknown, or the output cannot be written.
        """
        check_formats(settings.formats)
        found = find(inputs)
        self.inputs = tuple(found.documents)
        self.sizes = {item.doc_id: size_of(item) for item in self.inputs}
        self._place = destination(output)
        self._settings, self._engine, self._resume = settings, engine, resume
        self.result = RunResult(self._place.name, found.skipped)
        self._place.probe()

    def __iter__(self) -> Generator[Outcome, None, None]:
        """Process the documents, yield the outcome of each as it is done, and keep ``run.json`` up to date.

        Raises:
            HakushoError: Another run is writing there.
            KeyboardInterrupt: The run was stopped (SIGINT or SIGTERM); what was done is whole and recorded.
        """
        began = perf_counter()
        due = began + KEPT_EVERY
        places = {item.doc_id: n for n, item in enumerate(self.inputs)}
        result = self.result
        with self._place.locked(), _stoppable() as stopped:
            self._place.tidy("")
            result.status = "interrupted"  # until it is known better
            try:
                with closing(self._outcomes()) as outcomes:
                    for outcome in outcomes:
                        result.add(outcome)
                        now = perf_counter()
                        result.seconds = now - began
                        if now > due:
                            self._place.write("", [(MANIFEST, self._manifest())])
                            took = perf_counter() - now
                            due = now + max(KEPT_EVERY, took / KEPT_SHARE)
                        yield outcome
                        if stopped:
                            raise KeyboardInterrupt
                result.status = "finished"
            finally:
                result.outcomes.sort(key=lambda outcome: places[outcome.doc_id])
                result.seconds = perf_counter() - began
                if result.status != "finished":  # stopped twice: the record is written already
                    self._place.write("", [(MANIFEST, self._manifest())])
                self._place.write("", self._overview())

    def _manifest(self) -> str:
        return self.result.as_json(self._settings, self._engine.describe())

    def _overview(self) -> Iterator[tuple[str, Content]]:
        """Yield what describes the results, the page that leads to the reports, and at last ``run.json``."""
        manifest = self._manifest()
        found = json.loads(manifest)
        yield from package_files(found, self._place.read)
        if "html" in self._settings.formats:
            yield "index.html", index(found["documents"], found["failures"])
        yield MANIFEST, manifest

    def _outcomes(self) -> Generator[Outcome, None, None]:
        done = read_record(self._place.read) if self._resume else {}
        left = []
        for item in self.inputs:
            if earlier := self._unchanged(item, done.get(item.doc_id)):
                yield earlier
            else:
                left.append(item)
        yield from self._engine.outcomes(left, self._settings, self._place)

    def _unchanged(self, item: Input, row: dict[str, Any] | None) -> Outcome | None:
        """Return what an earlier run recorded of a document that is unchanged and whole, else None."""
        if row is None or item.path is None or not row.keys() >= set(RECORDED):
            return None
        try:
            digest = hashlib.sha256(fetch(item)).hexdigest()
        except HakushoError:
            return None
        same = row["fingerprint"] == fingerprint(digest, item.facts, self._settings.as_json())
        if not same or not whole(self._place.read, item.doc_id, row["files"]):
            return None
        self._place.tidy(item.doc_id)  # a run in between may have been killed
        recorded = {name: row[name] for name in RECORDED}
        return Outcome(**recorded, names=recorded_names(self._place.read, item.doc_id), unchanged=True)


@contextmanager
def _stoppable() -> Iterator[list[int]]:
    """Let SIGTERM stop a run as Ctrl-C does; yield what stopped it, once it did.

    The interpreter ignores what a handler raises while it tidies up an object: such a stop is only found
    there.
    """
    stopped: list[int] = []
    if threading.current_thread() is not threading.main_thread():
        yield stopped
        return

    def stop(signum: int, _: object) -> None:
        stopped.append(signum)
        raise KeyboardInterrupt

    before = {signum: signal.signal(signum, stop) for signum in STOPS if signal.getsignal(signum) is not None}
    try:
        yield stopped
    finally:
        for signum, handler in before.items():
            signal.signal(signum, handler)
