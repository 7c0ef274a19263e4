"""The flow over many documents: an engine, failures, and the record of the run.

One document that fails does not stop the others: it is listed in ``run.json``, and nothing of it is written.
A run that is stopped leaves whole files and a ``run.json`` from which another can go on.
"""

from __future__ import annotations

import hashlib
import signal
import threading
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from time import perf_counter
from typing import TYPE_CHECKING, Any

from pipeline.datapackage import package_files
from pipeline.datapackage.described import formats_of, unwanted
from pipeline.datapackage.over_all import check_tools
from pipeline.export import check_formats, completed
from pipeline.model.errors import HakushoError
from pipeline.read import fetch, find
from pipeline.report.index import index
from pipeline.runs.aside import changed_since, damaged_record
from pipeline.runs.destination import destination, refuse_replaced
from pipeline.runs.documents import size_of
from pipeline.runs.explored import refreshed
from pipeline.runs.merge import Merge
from pipeline.runs.outcomes import RECORDED, Outcome, RunResult, Settings
from pipeline.runs.processes import STOPS
from pipeline.runs.record import MANIFEST, fingerprint, record_json, recorded_names, whole
from pipeline.segment import check_analyzer

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator, Sequence

    from pipeline.export import Content
    from pipeline.read import Input
    from pipeline.runs.destination import Destination
    from pipeline.runs.engines import Engine

# Seconds between updates of run.json during a run: the work that a crash can cost.
KEPT_EVERY = 2.0
# The more documents it lists, the longer that takes: it may take this part of the time (決め打ち).
KEPT_SHARE = 0.05


class Run:
    """A run that is ready to start: inputs are found, settings checked, and the results can be written.

    Attributes:
        heard: Is told from time to time how much of a document is done (its id, 0 to 1, and the seconds that
            took); documents on a Ray cluster say nothing before they are done.
        aside: What the run would have written over, and somebody had changed: it was kept as ``….bak``.
    """

    def __init__(
        self,
        inputs: Sequence[str],
        output: str | Destination,
        settings: Settings,
        engine: Engine,
        *,
        resume: bool = False,
        prune: bool | None = None,
    ) -> None:
        """Find the inputs and try the output.

        Args:
            inputs: Files, folders, archives, patterns and ``-``.
            output: Where the results go: a folder, an address that fsspec knows, or a destination.
            settings: What is asked for.
            engine: Who works; the results are the same.
            resume: Leave out what ``run.json`` says was done already and has not changed since.
            prune: Remove the results of documents whose input is gone; None: of those that are missing in
                the folders and archives given.

        Raises:
            HakushoError: An input is missing, a format is unknown, what is asked for is not installed, or the
                output cannot be written.
        """
        check_formats(settings.formats)
        check_analyzer(settings.analyzer)
        check_tools(settings.formats)
        found = self._found = find(inputs)
        self.inputs = tuple(found.documents)
        self.sizes = {item.doc_id: size_of(item) for item in self.inputs}
        self._place = destination(output) if isinstance(output, str) else output
        refuse_replaced(self._place, self.inputs)
        self.settings = replace(settings, formats=completed(settings.formats))
        self._engine, self._resume, self._prune = engine, resume, prune
        self._begun: set[str] = set()
        self.heard: Callable[[str, float, float], None] | None = None
        self.merge: Merge | None = None
        self.aside: list[str] = []
        self.result = RunResult(self._place.name, found.skipped)
        self._place.probe()

    def __iter__(self) -> Generator[Outcome, None, None]:
        """Process the documents, yield the outcome of each as it is done, and keep ``run.json`` up to date.

        Raises:
            HakushoError: Another run is writing there.
            KeyboardInterrupt: The run was stopped (SIGINT or SIGTERM); what was done is whole and recorded.
        """
        began = perf_counter()
        result = self.result
        with self._place.locked(), _stoppable() as stopped:
            self._place.tidy("")
            self.aside = damaged_record(self._place)
            made = {"when": _now(), "settings": self.settings.as_json()}
            merge = self.merge = Merge(self._place, self._found, made, prune=self._prune)
            check_tools(formats_of(merge.content(result, self._engine.describe())))
            result.status = "interrupted"  # until it is known better
            try:
                self._place.write("", [(MANIFEST, self._manifest(merge))])
                merge.clear()
                with closing(self._followed(merge, began)) as outcomes:
                    for outcome in outcomes:
                        yield outcome
                        if stopped:
                            raise KeyboardInterrupt
                result.status = "finished"
            finally:
                places = {item.doc_id: n for n, item in enumerate(self.inputs)}
                result.outcomes.sort(key=lambda outcome: places[outcome.doc_id])
                result.seconds = perf_counter() - began
                if result.status != "finished":  # stopped twice: the record is written already
                    self._place.write("", [(MANIFEST, self._manifest(merge))])
                    merge.cut(self._begun)
                self._finish(merge)

    def _followed(self, merge: Merge, began: float) -> Generator[Outcome, None, None]:
        """Yield the outcomes as they come, and write ``run.json`` from time to time."""
        due = began + KEPT_EVERY
        with closing(self._outcomes(merge)) as outcomes:
            for outcome in outcomes:
                merge.take(outcome)
                self.result.add(outcome)
                now = perf_counter()
                self.result.seconds = now - began
                if now > due:
                    self._place.write("", [(MANIFEST, self._manifest(merge))])
                    took = perf_counter() - now
                    due = now + max(KEPT_EVERY, took / KEPT_SHARE)
                yield outcome

    def _manifest(self, merge: Merge) -> str:
        return record_json(merge.content(self.result, self._engine.describe()))

    def _finish(self, merge: Merge) -> None:
        """Write what describes the results, the page that leads to the reports, and at last ``run.json``."""
        found = merge.content(self.result, self._engine.describe())
        self._place.remove("", unwanted(found))
        self._place.write("", self._overview(found))

    def _overview(self, found: dict[str, Any]) -> Iterator[tuple[str, Content]]:
        yield from package_files(found, self._place.read)
        if "html" in formats_of(found):
            yield "index.html", index(found["documents"], found["failures"])
        yield from refreshed(found, self._place.read)
        yield MANIFEST, record_json(found)

    def _outcomes(self, merge: Merge) -> Generator[Outcome, None, None]:
        left = []
        for item in self.inputs:
            if self._resume and (earlier := self._unchanged(item, merge.rows.get(item.doc_id))):
                yield earlier
            else:
                left.append(item)
        if self._place.shared:  # nobody edits what lies at an address
            for item in left:
                self.aside += changed_since(
                    self._place, item.doc_id, merge.rows.get(item.doc_id, {}).get("files", {})
                )
        yield from self._engine.outcomes(left, self.settings, self._place, self._hear)

    def _hear(self, doc_id: str, share: float, seconds: float) -> None:
        """Note that a document was begun, or let know how far it is who wants to."""
        self._begun.add(doc_id)
        if share and self.heard:
            self.heard(doc_id, share, seconds)

    def _unchanged(self, item: Input, row: dict[str, Any] | None) -> Outcome | None:
        """Return what an earlier run recorded of a document that is unchanged and whole, else None."""
        if row is None or item.path is None or not row.keys() >= set(RECORDED):
            return None
        try:
            digest = hashlib.sha256(fetch(item)).hexdigest()
        except HakushoError:
            return None
        same = row["fingerprint"] == fingerprint(digest, item.facts, self.settings.as_json())
        if not same or not whole(self._place.read, item.doc_id, row["files"]):
            return None
        self._place.tidy(item.doc_id)  # a run in between may have been killed
        recorded = {name: row[name] for name in RECORDED}
        return Outcome(**recorded, names=recorded_names(self._place.read, item.doc_id), unchanged=True)


def _now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


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
