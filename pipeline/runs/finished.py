"""Results of a finished run, read back from its folder."""

from __future__ import annotations

import csv
import json
import os
from dataclasses import fields, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.clean import clean
from pipeline.document.document import Document
from pipeline.document.entities import Entities
from pipeline.document.tables import CANDIDATE_COLUMNS, ENTITY_COLUMNS
from pipeline.model.cells import plain
from pipeline.model.entity import Candidate, Entity
from pipeline.model.errors import HakushoError
from pipeline.model.evidence import Evidence
from pipeline.model.nearly import NearlyFound
from pipeline.model.sentence import Analysis
from pipeline.read import Input, archive_of, load
from pipeline.read.results import content, settled
from pipeline.runs.record import unfolded
from pipeline.structure import structure

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.model.source import Source

# What entities.json has beyond the columns, and the columns on which each of these depends.
MORE = {
    "url": ("law_id",),
    "title_today": ("law_id",),
    "candidates": ("law_id",),
    "antecedent_distance": ("antecedent",),
    "ids": ("norm",),
    "id_candidates": ("norm",),
}
READ: dict[str, Any] = {
    "candidates": lambda found: tuple(Candidate(**candidate) for candidate in found),
    "ids": tuple,
}
LISTS = frozenset(f.name for f in fields(Entity) if f.type in ("tuple[str, ...]",))


def manifest(folder: Path) -> dict[str, Any]:
    """Return the content of ``run.json``, without documents that a killed run left half-written.

    Raises:
        HakushoError: The folder holds no run, or one that names places outside of it.
    """
    path = folder / "run.json"
    try:
        found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        _check(found)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise HakushoError(f"{path}: is missing or damaged: run 'hakusho run' into {folder} first") from None
    inside = folder.resolve()
    for doc_id in (row["doc_id"] for row in found["documents"]):
        if inside not in (folder / doc_id).resolve().parents:
            raise HakushoError(f"{path}: {doc_id!r} lies outside the folder: run it again")
    return settled(found, partial(content, folder))


def _check(found: Any) -> None:
    """Raise ValueError, KeyError or TypeError unless the used fields of ``run.json`` have the right types."""
    rows, failures = found["documents"], found.get("failures", [])
    pending, runs = found.get("pending", []), found.get("runs", [])
    right = all(isinstance(each, list) for each in (rows, failures, pending, runs))
    right = right and all(isinstance(run["settings"], dict) for run in runs)
    right = right and all(isinstance(doc_id, str) for doc_id in pending)
    right = right and not (pending and any(not isinstance(row["files"], dict) for row in rows))
    right = right and all(isinstance(found.get(name, {}), dict) for name in ("settings", "versions"))
    for row in rows:
        strings = (row["doc_id"], row["path"], row["sha256"], row["reference_date"] or "")
        counts = (row["characters"], *row["mentions"].values())
        right = right and "\0" not in "".join(strings).encode("utf-8", "surrogateescape").decode(
            "utf-8", "replace"
        )
        right = right and all(isinstance(value, int) for value in counts)
        for written in row.get("evidence", {}).values():
            Evidence.of(written)
    right = right and all(isinstance(row[name], str) for row in failures for name in ("doc_id", "error"))
    if not right:
        raise ValueError


def sources(folder: Path, only: str = "") -> Iterator[Source]:
    """Read the sources of a run again, or the one called ``only``; those from standard input are left out.

    Raises:
        HakushoError: The folder holds no run, or a source is gone or has changed since.
    """
    for row in manifest(folder)["documents"]:
        if row["path"] != "-" and only in ("", row["doc_id"]):
            yield source_of(folder, row)


def documents(folder: Path, only: str = "") -> Iterator[Document]:
    """Yield the documents of a run, or the one called ``only``.

    Their entities are those that ``entities.csv`` holds now.

    Raises:
        HakushoError: As :func:`sources`, or a table cannot be read.
    """
    for row in unfolded(manifest(folder)):
        if row["path"] != "-" and only in ("", row["doc_id"]):
            yield document_of(folder, row)


def document_of(folder: Path, row: dict[str, Any]) -> Document:
    """Return the document of a row of ``run.json`` (:func:`unfolded`); raises as :func:`documents`."""
    source, run = source_of(folder, row), row["run"]
    text = clean(source)
    blocks, sentences, repairs = structure(text)
    analyses = tuple(Analysis(sentence, ()) for sentence in sentences)
    entities = Entities(_read_entities(folder / source.doc_id, source))
    near = _read_candidates(folder / source.doc_id)
    analyzer, versions = run["settings"].get("analyzer", ""), run.get("versions", {})
    return Document(source, text, blocks, analyses, entities, analyzer, versions, repairs, near)


def source_of(folder: Path, row: dict[str, Any]) -> Source:
    """Read the source of a row of ``run.json`` again; raises HakushoError as :func:`sources`."""
    facts = {"sha256": row["sha256"], "reference_date": row["reference_date"] or ""}
    metadata = _metadata(folder / row["doc_id"])
    source = load(Input(_path(folder, row), row["doc_id"], metadata | facts))
    evidence = {name: Evidence.of(written) for name, written in row.get("evidence", {}).items()}
    return replace(source, evidence=evidence)


def _path(folder: Path, row: dict[str, Any]) -> Path:
    """Return where a document lies: from the results, or else as it was given."""
    path, file = Path(row["path"]), row.get("file", "")
    if file and not path.is_absolute():
        found = Path(os.path.normpath(os.path.join(os.path.abspath(folder), file)))  # noqa: PTH100, PTH118
        if found.exists() or archive_of(found):
            return found
    return path


def _metadata(folder: Path) -> dict[str, str]:
    try:
        document = json.loads((folder / "entities.json").read_text(encoding="utf-8"))["document"]
    except (OSError, ValueError, KeyError):
        return {}
    return {key: document[key] for key in ("title", "publisher", "edition", "part", "licence", "url")}


def _read_entities(folder: Path, source: Source) -> tuple[Entity, ...]:
    path = folder / "entities.csv"
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            rows = list(csv.DictReader(stream))
        more = _beyond_columns(folder)
        return tuple(
            _entity(row, more.get(row["entity_id"], {})) for row in rows if row["doc_id"] == source.doc_id
        )
    except (OSError, KeyError, ValueError, TypeError) as error:
        raise HakushoError(f"{path}: cannot be read ({error}): run 'hakusho run' with --format csv") from None


def _read_candidates(folder: Path) -> tuple[NearlyFound, ...]:
    """Read what was nearly found; nothing where a run did not write it."""
    try:
        with (folder / "candidates.csv").open(encoding="utf-8-sig", newline="") as stream:
            return tuple(map(_candidate, csv.DictReader(stream)))
    except (OSError, KeyError, ValueError, TypeError):
        return ()


def _candidate(row: dict[str, str]) -> NearlyFound:
    values: dict[str, Any] = {name: plain(row[name]) for name in CANDIDATE_COLUMNS}
    values["start"], values["end"] = int(values["start"]), int(values["end"])
    values["probability"] = float(values["probability"])
    values["section"] = tuple(filter(None, values["section"].split(" > ")))
    return NearlyFound(**values)


def _beyond_columns(folder: Path) -> dict[str, dict[str, Any]]:
    """Read the entities of ``entities.json``, which has fields that the CSV has not, by their ids."""
    try:
        rows = json.loads((folder / "entities.json").read_text(encoding="utf-8"))["entities"]
        return {row["entity_id"]: row for row in rows}
    except (OSError, ValueError, KeyError, TypeError):
        return {}


def _entity(row: dict[str, str], beyond: dict[str, Any]) -> Entity:
    """Make an entity of a row; the fields of the JSON count only if the row was not corrected since."""
    values: dict[str, Any] = {}
    for name in ENTITY_COLUMNS:
        cell = plain(row.get(name) or "")
        values[name] = (
            tuple(filter(None, cell.split(" > " if name == "section" else "|"))) if name in LISTS else cell
        )
    values["start"], values["end"] = int(values["start"]), int(values["end"])
    values["era_year"] = int(values["era_year"]) if values["era_year"] else None
    values["confidence"] = float(values["confidence"] or 1)
    for name in MORE.keys() & beyond.keys():
        if all(values[key] == beyond.get(key) for key in ("start", "end", *MORE[name])):
            values[name] = READ.get(name, lambda value: value)(beyond[name])
    return Entity(**values)
