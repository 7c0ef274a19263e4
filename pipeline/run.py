"""The flow over many documents: workers, failures, and the manifest of the run.

One document that fails does not stop the others: it is listed in ``run.json``, and nothing of it is written.
"""

from __future__ import annotations

import json
import platform
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from importlib.metadata import PackageNotFoundError, version
from time import perf_counter
from typing import TYPE_CHECKING, Any

from pipeline.analysis import Analyzer
from pipeline.export import contents, try_folder, write_files
from pipeline.model import LABELS, HakushoError
from pipeline.read import discover, load
from pipeline.registry import instruments
from pipeline.report import render

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date
    from pathlib import Path

    from pipeline.instruments import FullList
    from pipeline.model import Entity
    from pipeline.read import Input

FORMATS = ("csv", "json", "html")
MANIFEST = "run.json"


@dataclass(frozen=True, slots=True)
class Settings:
    """What a run was asked for."""

    analyzer: str = "ginza"
    reference_date: date | None = None
    formats: tuple[str, ...] = FORMATS
    laws: FullList | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one document: counts, or the one line that says why it failed."""

    doc_id: str
    path: str
    sha256: str = ""
    encoding: str = ""
    characters: int = 0
    sentences: int = 0
    reference_date: str = ""
    mentions: dict[str, int] = field(default_factory=dict)
    names: dict[str, list[str]] = field(default_factory=dict)
    seconds: float = 0.0
    files: tuple[str, ...] = ()
    error: str = ""


@dataclass(frozen=True, slots=True)
class RunResult:
    """All outcomes of a run, in the order of its inputs."""

    outcomes: tuple[Outcome, ...]
    folder: Path
    seconds: float

    @property
    def failed(self) -> tuple[Outcome, ...]:
        """The documents that could not be processed."""
        return tuple(o for o in self.outcomes if o.error)

    def mentions(self, label: str) -> int:
        """Return how often ``label`` was found."""
        return sum(o.mentions.get(label, 0) for o in self.outcomes)

    def names(self, label: str) -> int:
        """Return how many different names (norms) of ``label`` were found."""
        return len({name for o in self.outcomes for name in o.names.get(label, ())})


class Run:
    """A run that is ready to start: inputs are found, settings checked, and the output folder can be written."""

    def __init__(self, inputs: Sequence[str], folder: Path, settings: Settings, jobs: int = 1) -> None:
        """Find the inputs and try the folder.

        Raises:
            HakushoError: An input is missing, a format is unknown, or the folder cannot be written.
        """
        unknown = [name for name in settings.formats if name not in FORMATS]
        if unknown:
            raise HakushoError(f"no format {unknown[0]!r}: choose among {','.join(FORMATS)}")
        self.inputs = tuple(discover(inputs))
        self._folder, self._settings, self._jobs = folder, settings, jobs
        try_folder(folder)

    def __iter__(self) -> Iterator[Outcome]:
        """Process the documents, yield what became of each in the order of the inputs, write ``run.json`` at the end."""
        began = perf_counter()
        outcomes = []
        for outcome in self._outcomes():
            outcomes.append(outcome)
            yield outcome
        self.result = RunResult(tuple(outcomes), self._folder, perf_counter() - began)
        write_files(self._folder, {MANIFEST: _manifest(self.result, self._settings)})

    def _outcomes(self) -> Iterator[Outcome]:
        if self._jobs == 1 or len(self.inputs) < 2:
            analyze = Analyzer(self._settings.analyzer, self._settings.reference_date, self._settings.laws)
            for item in self.inputs:
                yield process(item, analyze, self._folder, self._settings)
            return
        workers = min(self._jobs, len(self.inputs))
        with ProcessPoolExecutor(
            workers, initializer=_start, initargs=(self._settings, self._folder)
        ) as pool:
            yield from pool.map(_work, self.inputs)


def process(item: Input, analyze: Analyzer, folder: Path, settings: Settings) -> Outcome:
    """Read, analyse and write one document; a failure is an outcome, not an exception."""
    began = perf_counter()
    path = str(item.path) if item.path else "-"
    try:
        source = load(item)
        document = analyze(source)
        files = contents(document, settings.formats)
        if "html" in settings.formats:
            files["report.html"] = render(document)
        write_files(folder / item.doc_id, files)
    except HakushoError as error:
        return Outcome(item.doc_id, path, error=str(error), seconds=perf_counter() - began)
    except Exception as error:  # our own fault in one document must not cost the others
        reason = (
            f"{path}: internal error ({type(error).__name__}: {error}): please report it; --debug shows where"
        )
        return Outcome(item.doc_id, path, error=reason, seconds=perf_counter() - began)
    mentions, names = _counts(document.entities)
    reference = document.source.reference_date
    return Outcome(
        item.doc_id, path, source.sha256, source.encoding, len(source.raw), len(document.analyses),
        reference.isoformat() if reference else "", mentions, names, perf_counter() - began, tuple(files),
    )  # fmt: skip


def _counts(entities: Sequence[Entity]) -> tuple[dict[str, int], dict[str, list[str]]]:
    mentions = Counter(entity.label for entity in entities)
    names: dict[str, list[str]] = {
        label: sorted({name for e in entities if e.label == label for name in e.norm.split("|") if name})
        for label in LABELS
    }
    return {label: mentions[label] for label in LABELS}, names


_worker: dict[str, Any] = {}


def _start(settings: Settings, folder: Path) -> None:
    """Load the models once in each worker process."""
    _worker["analyze"] = Analyzer(settings.analyzer, settings.reference_date, settings.laws)
    _worker["folder"], _worker["settings"] = folder, settings


def _work(item: Input) -> Outcome:
    return process(item, _worker["analyze"], _worker["folder"], _worker["settings"])


def versions() -> dict[str, str]:
    """Return the versions of the code, the interpreter, the dictionary and the models."""
    found = {"python": platform.python_version()}
    for name in ("hakusho", "sudachipy", "sudachidict-core", "spacy", "ginza", "ja-ginza"):
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found


def _laws(full: FullList | None) -> dict[str, Any]:
    """Say which laws were known: the shipped ones, and the full list beside them if one was used."""
    listed = (
        {"snapshot": full.snapshot.isoformat(), "count": len(full.laws), "source": full.source}
        if full
        else None
    )
    return {"shipped": len(instruments()), "full_list": listed}


def _manifest(result: RunResult, settings: Settings) -> str:
    content = {
        "settings": {
            "analyzer": settings.analyzer,
            "reference_date": settings.reference_date.isoformat() if settings.reference_date else None,
            "formats": list(settings.formats),
        },
        "laws": _laws(settings.laws),
        "versions": versions(),
        "seconds": round(result.seconds, 3),
        "documents": [
            {
                "doc_id": o.doc_id,
                "path": o.path,
                "sha256": o.sha256,
                "encoding": o.encoding,
                "characters": o.characters,
                "sentences": o.sentences,
                "reference_date": o.reference_date or None,
                "mentions": o.mentions,
                "distinct_names": {label: len(names) for label, names in o.names.items()},
                "seconds": round(o.seconds, 3),
                "files": list(o.files),
            }
            for o in result.outcomes
            if not o.error
        ],
        "failures": [{"doc_id": o.doc_id, "path": o.path, "error": o.error} for o in result.failed],
    }
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"
