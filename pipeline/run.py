"""The flow over many documents: workers, failures, and the record of the run.

One document that fails does not stop the others: it is listed in ``run.json``, and nothing of it is written.
A run that is stopped leaves whole files and a ``run.json`` from which another can go on.
"""

from __future__ import annotations

import gc
import hashlib
import json
import signal
import threading
from collections import Counter
from contextlib import contextmanager
from time import perf_counter
from typing import TYPE_CHECKING, Any

from pipeline.analysis import Analyzer
from pipeline.export import contents, tidy, try_folder, write_files
from pipeline.model import LABELS, HakushoError
from pipeline.outcomes import FORMATS, RECORDED, Outcome, RunResult, Settings
from pipeline.read import discover, load
from pipeline.record import MANIFEST, fingerprint, locked, read_record, recorded_names, whole
from pipeline.report import render
from pipeline.report.index import index
from pipeline.workers import Workers

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator, Sequence
    from pathlib import Path

    from pipeline.model import Entity
    from pipeline.read import Input

# How often run.json is brought up to date while a run goes on, in seconds: what a crash can cost.
KEPT_EVERY = 2.0


class Run:
    """A run that is ready to start: inputs are found, settings checked, and the output folder can be written."""

    def __init__(
        self, inputs: Sequence[str], folder: Path, settings: Settings, jobs: int = 1, *, resume: bool = False
    ) -> None:
        """Find the inputs and try the folder.

        Args:
            inputs: Files, folders and ``-``.
            folder: Where the results go.
            settings: What is asked for.
            jobs: How many processes work at once; the results are the same.
            resume: Leave out what ``run.json`` says was done already and has not changed since.

        Raises:
            HakushoError: An input is missing, a format is unknown, or the folder cannot be written.
        """
        unknown = [name for name in settings.formats if name not in FORMATS]
        if unknown:
            raise HakushoError(f"no format {unknown[0]!r}: choose among {','.join(FORMATS)}")
        self.inputs = tuple(discover(inputs))
        self.sizes = {item.doc_id: _size(item) for item in self.inputs}
        self._folder, self._settings, self._jobs, self._resume = folder, settings, jobs, resume
        self.result = RunResult(folder)
        try_folder(folder)

    def __iter__(self) -> Generator[Outcome, None, None]:
        """Process the documents, yield what became of each as it is done, and keep ``run.json`` up to date.

        Raises:
            HakushoError: Another run is writing into the folder.
            KeyboardInterrupt: The run was stopped (SIGINT or SIGTERM); what was done is whole and recorded.
        """
        began = written = perf_counter()
        places = {item.doc_id: n for n, item in enumerate(self.inputs)}
        result = self.result
        with locked(self._folder), _stoppable():
            tidy(self._folder)
            result.status = "interrupted"  # until it is known better
            try:
                for outcome in self._outcomes():
                    result.add(outcome)
                    result.seconds = perf_counter() - began
                    if perf_counter() - written > KEPT_EVERY:
                        write_files(self._folder, {MANIFEST: result.as_json(self._settings)})
                        written = perf_counter()
                    yield outcome
                result.status = "finished"
            finally:
                result.outcomes.sort(key=lambda outcome: places[outcome.doc_id])
                result.seconds = perf_counter() - began
                write_files(self._folder, self._overview())

    def _overview(self) -> dict[str, str]:
        """Return ``run.json``, and the page that leads to the reports if there are any."""
        manifest = self.result.as_json(self._settings)
        if "html" not in self._settings.formats:
            return {MANIFEST: manifest}
        found = json.loads(manifest)
        return {MANIFEST: manifest, "index.html": index(found["documents"], found["failures"])}

    def _outcomes(self) -> Iterator[Outcome]:
        done = read_record(self._folder) if self._resume else {}
        left = []
        for item in self.inputs:
            if earlier := self._unchanged(item, done.get(item.doc_id)):
                yield earlier
            else:
                left.append(item)
        if self._jobs == 1 or len(left) < 2:
            work = _worker(self._settings, self._folder) if left else None
            yield from map(work, left) if work else ()
            return
        # The longest first, so that no worker is left with a long one at the end.
        left.sort(key=lambda item: -self.sizes[item.doc_id])
        workers: Workers[Input, Outcome] = Workers(
            min(self._jobs, len(left)), _worker, self._settings, self._folder
        )
        yield from workers.results(left, _lost)

    def _unchanged(self, item: Input, row: dict[str, Any] | None) -> Outcome | None:
        """Return what an earlier run recorded of a document, if nothing has changed and its files are whole."""
        if row is None or item.path is None or not row.keys() >= set(RECORDED):
            return None
        try:
            digest = hashlib.sha256(item.path.read_bytes()).hexdigest()
        except OSError:
            return None
        same = row["fingerprint"] == fingerprint(digest, item.facts, self._settings.as_json())
        if not same or not whole(self._folder / item.doc_id, row["files"]):
            return None
        tidy(self._folder / item.doc_id)  # a run in between may have been killed
        names, recorded = recorded_names(self._folder / item.doc_id), {name: row[name] for name in RECORDED}
        return Outcome(**recorded, names=names, size=self.sizes[item.doc_id], unchanged=True)


def _size(item: Input) -> int:
    try:
        return item.path.stat().st_size if item.path else 0
    except OSError:
        return 0


def _worker(settings: Settings, folder: Path) -> Callable[[Input], Outcome]:
    """Load the models, and return what processes a document with them."""
    # What is loaded stays: the garbage collector need not look through it again and again.
    gc.disable()
    try:
        analyze = Analyzer(settings.analyzer, settings.reference_date, settings.laws)
        gc.freeze()
    finally:
        gc.enable()
    return lambda item: process(item, analyze, folder, settings)


def _lost(item: Input, code: int) -> Outcome:
    how = f"was killed by signal {-code}" if code < 0 else f"ended with exit code {code}"
    reason = (
        f"{_path(item)}: the process that worked on it {how}: is there enough memory? --resume tries it again"
    )
    return Outcome(item.doc_id, _path(item), error=reason, size=_size(item))


def _path(item: Input) -> str:
    return str(item.path) if item.path else "-"


def process(item: Input, analyze: Analyzer, folder: Path, settings: Settings) -> Outcome:
    """Read, analyse and write one document; a failure is an outcome, not an exception."""
    began = perf_counter()
    path, size = _path(item), _size(item)
    try:
        source = load(item)
        document = analyze(source)
        files = contents(document, settings.formats)
        if "html" in settings.formats:
            files["report.html"] = render(document)
        tidy(folder / item.doc_id)
        hashes = write_files(folder / item.doc_id, files)
    except HakushoError as error:
        return Outcome(item.doc_id, path, error=str(error), seconds=perf_counter() - began, size=size)
    except Exception as error:  # our own fault in one document must not cost the others
        reason = (
            f"{path}: internal error ({type(error).__name__}: {error}): please report it; --debug shows where"
        )
        return Outcome(item.doc_id, path, error=reason, seconds=perf_counter() - began, size=size)
    mentions, names = _counts(document.entities)
    reference = document.source.reference_date
    return Outcome(
        item.doc_id, path, source.sha256, source.encoding, len(source.raw), len(document.analyses),
        reference.isoformat() if reference else None, mentions,
        {label: len(found) for label, found in names.items()}, round(perf_counter() - began, 3), hashes,
        fingerprint(source.sha256, item.facts, settings.as_json()), names, size,
    )  # fmt: skip


def _counts(entities: Sequence[Entity]) -> tuple[dict[str, int], dict[str, list[str]]]:
    mentions = Counter(entity.label for entity in entities)
    names: dict[str, list[str]] = {
        label: sorted({name for e in entities if e.label == label for name in e.norm.split("|") if name})
        for label in LABELS
    }
    return {label: mentions[label] for label in LABELS}, names


@contextmanager
def _stoppable() -> Iterator[None]:
    """Let SIGTERM stop a run the way Ctrl-C does."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
