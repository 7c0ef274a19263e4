"""What a worker does: load once, then read, analyse and write one document after the other.

A worker may run on another machine, which sees neither the files of the driver nor its output folder: then
the bytes of a document come with the task, and the finished files go back with the outcome.
"""

from __future__ import annotations

import gc
import hashlib
import os
import platform
from collections import Counter
from contextlib import nullcontext
from dataclasses import dataclass, field
from time import perf_counter
from typing import TYPE_CHECKING, Any

from pipeline.entities.laws.table import unlisted
from pipeline.export import each_file, encoded
from pipeline.flow import Analyzer, uncollected
from pipeline.model.errors import HakushoError
from pipeline.model.labels import declare
from pipeline.read import load
from pipeline.read.places import reached
from pipeline.report import render
from pipeline.runs.destination import destination
from pipeline.runs.outcomes import Outcome
from pipeline.runs.pace import Steps
from pipeline.runs.record import fingerprint, versions

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from pipeline.document.document import Document
    from pipeline.export import Content
    from pipeline.model.entity import Entity
    from pipeline.model.source import Source
    from pipeline.read import Input
    from pipeline.runs.destination import Destination
    from pipeline.runs.outcomes import Settings
    from pipeline.runs.pace import Told

    Deliver = Callable[[str, Iterable[tuple[str, Content]]], dict[str, str]]


# The fields of a document itself in run.json.
KNOWN = ("title", "publisher", "edition", "part", "licence", "url", "format")


@dataclass(frozen=True, slots=True)
class Task:
    """A document to be done.

    Attributes:
        data: Its bytes, or why they could not be read; None lets the worker read them.
    """

    item: Input
    data: bytes | HakushoError | None = None


@dataclass(frozen=True, slots=True)
class Done:
    """The outcome of a document, with its files if they are still to be written."""

    outcome: Outcome
    files: dict[str, bytes] = field(default_factory=dict)


def worker(settings: Settings, place: str | None, wanted: Mapping[str, str]) -> Callable[..., Done]:
    """Load the models, and return a function that processes a document with them.

    It takes a task, and what is told how far it is (:data:`Told`), or nothing.

    Args:
        settings: What is asked for.
        place: The destination that the worker writes to; None sends the files back.
        wanted: The versions that the driver has.

    Raises:
        HakushoError: Here are other versions.
    """
    _check_versions(wanted)
    # What is loaded stays: the garbage collector need not look through it again and again.
    with uncollected():
        known = settings.laws, settings.register, settings.accept_from, settings.names, settings.types
        declare(settings.types.shown if settings.types else ())
        analyze = Analyzer(settings.analyzer, settings.reference_date, *known)
        gc.freeze()
    target = destination(place) if place is not None else None

    def work(task: Task, told: Told = _unheard) -> Done:
        if target:
            return Done(
                process(task, analyze, settings, lambda doc_id, files: deliver(target, doc_id, files), told)
            )
        packed: dict[str, bytes] = {}

        def pack(_: str, files: Iterable[tuple[str, Content]]) -> dict[str, str]:
            packed.update((name, encoded(content)) for name, content in files)
            return {name: hashlib.sha256(data).hexdigest() for name, data in packed.items()}

        return Done(process(task, analyze, settings, pack, told), packed)

    return work


def one_of(jobs: int, settings: Settings, *arguments: Any) -> Callable[..., Done]:
    """Return what :func:`worker` does, for one process of ``jobs`` that share this machine's processors.

    GiNZA multiplies on all of them at once: processes that each did so would wait for each other.
    """
    work = worker(settings, *arguments)
    if settings.analyzer == "ginza":
        from threadpoolctl import threadpool_limits  # sudachi needs neither this nor numpy

        threadpool_limits(max(1, (os.cpu_count() or 1) // jobs), user_api="blas")
    return work


def _unheard(share: float, seconds: float) -> None:
    """Take no notice of how far a document is."""


def deliver(place: Destination, doc_id: str, files: Iterable[tuple[str, Content]]) -> dict[str, str]:
    """Write the files of a document and return their SHA-256; raises HakushoError if that fails."""
    place.tidy(doc_id)
    return place.write(doc_id, files)


def process(task: Task, analyze: Analyzer, settings: Settings, put: Deliver, told: Told) -> Outcome:
    """Read, analyse and write one document; a failure is an outcome, not an exception."""
    began, item, steps = perf_counter(), task.item, Steps(told, settings.analyzer)
    path, writing = path_of(item), False
    try:
        source = _read(task)
        _check_length(source, path, settings.max_characters)
        steps.read(len(source.raw))
        # One rest for all: whenever it ends, the collector goes through the whole document.
        with uncollected() if settings.analyzer == "sudachi" else nullcontext():
            document = analyze(source, steps)
            writing = True
            with uncollected():  # the rows and pages of a document hold no cycles, either
                hashes = put(item.doc_id, _files(document, settings.formats, settings.tables))
    except HakushoError as error:
        seconds = perf_counter() - began
        return Outcome(item.doc_id, path, error=str(error), seconds=seconds, touched=writing)
    except Exception as error:  # our own fault in one document must not cost the others
        reason = (
            f"{path}: internal error ({type(error).__name__}: {error}): please report it; --debug shows where"
        )
        return Outcome(item.doc_id, path, error=reason, seconds=perf_counter() - began, touched=writing)
    mentions, names = _counts(document.entities, document.labels)
    source = document.source
    reference = source.reference_date
    known = {name: getattr(source, name) for name in KNOWN}
    evidence = {name: told.as_json() for name, told in source.evidence.items()}
    return Outcome(
        doc_id=item.doc_id,
        path=path,
        sha256=source.sha256,
        encoding=source.encoding,
        characters=len(source.raw),
        sentences=len(document.analyses),
        reference_date=reference.isoformat() if reference else None,
        mentions=mentions,
        distinct_names={label: len(found) for label, found in names.items()},
        seconds=round(perf_counter() - began, 3),
        files=hashes,
        fingerprint=fingerprint(source.sha256, item.facts, settings.as_json()),
        source=known,
        warnings=list(source.warnings),
        evidence=evidence,
        names=names,
        unlisted=sorted(unlisted(document.entities)),
    )


def _read(task: Task) -> Source:
    if isinstance(task.data, HakushoError):
        raise task.data
    return load(task.item, task.data)


def _check_length(source: Source, path: str, most: int) -> None:
    """Refuse a text that would not fit into memory before anything is done with it."""
    if 0 < most < len(source.raw):
        raise HakushoError(
            f"{path}: has {len(source.raw):,} characters, and more than {most:,} may not fit into memory: "
            "divide the file, or allow more with --max-characters"
        )


def size_of(item: Input) -> int:
    """Return how many bytes a document has, 0 if that cannot be known beforehand."""
    try:
        with reached(path_of(item)):
            return item.size or (item.path.stat().st_size if item.path else 0)
    except (OSError, HakushoError):
        return 0


def path_of(item: Input) -> str:
    """Return the path of a document as it was given."""
    return str(item.path) if item.path else "-"


def _files(document: Document, formats: Sequence[str], tables: str = "all") -> Iterator[tuple[str, Content]]:
    """Yield the files of a document one after the other, so that they are never all in memory."""
    yield from each_file(document, formats, tables)
    if "html" in formats:
        yield "report.html", render(document)


def _check_versions(wanted: Mapping[str, str]) -> None:
    found = versions()
    for name in sorted({*wanted, *found}):
        have, want = found.get(name), wanted.get(name)
        if have != want:
            raise HakushoError(
                f"{platform.node()}: has {name} {have if have else 'not at all'}, "
                f"this machine has {want if want else 'it not'}: "
                "install the same hakusho and the same packages on every machine"
            )


def _counts(entities: Sequence[Entity], labels: Sequence[str]) -> tuple[dict[str, int], dict[str, list[str]]]:
    mentions = Counter(entity.label for entity in entities)
    names: dict[str, list[str]] = {
        label: sorted({name for e in entities if e.label == label for name in e.norm.split("|") if name})
        for label in labels
    }
    return {label: mentions[label] for label in labels}, names
