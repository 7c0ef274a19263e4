"""Results of a finished run, read back from its folder."""

from __future__ import annotations

import json
from dataclasses import fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.clean import clean
from pipeline.document.document import Document
from pipeline.document.entities import Entities
from pipeline.document.tables import ENTITY_COLUMNS
from pipeline.entities import LABELS
from pipeline.model.entity import Candidate, Entity
from pipeline.model.errors import HakushoError
from pipeline.model.evidence import Evidence
from pipeline.model.sentence import Analysis
from pipeline.read import Input, load
from pipeline.scoring.gold import read_rows
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
# The columns without which a row is no mention; others may be left out.
NEEDED = ("doc_id", "entity_id", "label", "start", "end", "text", "norm")
LISTS = frozenset(f.name for f in fields(Entity) if f.type in ("tuple[str, ...]",))


def manifest(folder: Path) -> dict[str, Any]:
    """Return the content of ``run.json``.

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
    return found


def _check(found: Any) -> None:
    """Raise ValueError, KeyError or TypeError unless the used fields of ``run.json`` have the right types."""
    rows, failures = found["documents"], found.get("failures", [])
    right = isinstance(rows, list) and isinstance(failures, list)
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
            yield _source(folder, row)


def documents(folder: Path, only: str = "") -> Iterator[Document]:
    """Yield the documents of a run, or the one called ``only``.

    Their entities are those that ``entities.csv`` holds now.

    Raises:
        HakushoError: As :func:`sources`, or a table cannot be read.
    """
    run = manifest(folder)
    analyzer, versions = run.get("settings", {}).get("analyzer", ""), run.get("versions", {})
    for source in sources(folder, only):
        text = clean(source)
        blocks, sentences, repairs = structure(text)
        analyses = tuple(Analysis(sentence, ()) for sentence in sentences)
        entities = _read_entities(folder / source.doc_id, source)
        yield Document(source, text, blocks, analyses, Entities(entities), analyzer, versions, repairs)


def _source(folder: Path, row: dict[str, Any]) -> Source:
    if not row["sha256"]:  # a folder out of an archive may name any file of this machine
        raise HakushoError(
            f"{folder / 'run.json'}: {row['doc_id']!r} has no SHA-256 of its source, so any file could pass "
            "for it: run it again"
        )
    facts = {"sha256": row["sha256"], "reference_date": row["reference_date"] or ""}
    metadata = _metadata(folder / row["doc_id"])
    source = load(Input(Path(row["path"]), row["doc_id"], metadata | facts))
    evidence = {name: Evidence.of(written) for name, written in row.get("evidence", {}).items()}
    return replace(source, evidence=evidence)


def _metadata(folder: Path) -> dict[str, str]:
    """Return what ``entities.json`` knows of the document itself, nothing where a run did not write it."""
    document = _written(folder).get("document", {})
    wanted = ("title", "publisher", "edition", "part", "licence", "url")
    if document and not all(isinstance(document.get(key), str) for key in wanted):
        raise _of_another_shape(folder / "entities.json", f"its document has no {', '.join(wanted)} as texts")
    return {key: document[key] for key in wanted if document}


def _read_entities(folder: Path, source: Source) -> tuple[Entity, ...]:
    path = folder / "entities.csv"
    if not path.exists():
        raise HakushoError(f"{path}: is missing: run 'hakusho run' with --format csv")
    more = _beyond_columns(folder)
    found = []
    for n, row in read_rows(path, NEEDED):
        if unknown := sorted(row.keys() - set(ENTITY_COLUMNS)):
            raise HakushoError(
                f"{path}: has an unknown column {unknown[0]!r}: name it as before, or take it out"
            )
        if row["doc_id"] != source.doc_id:
            continue
        try:
            entity = _entity(row, more.get(row["entity_id"], {}))
        except (KeyError, ValueError, TypeError) as error:
            raise HakushoError(
                f"{path}, row {n}: cannot be read ({error}): correct it, or run it again"
            ) from None
        if entity.label not in LABELS or not 0 <= entity.start < entity.end <= len(source.raw):
            raise HakushoError(
                f"{path}, row {n}: has {entity.label!r} at {entity.start} to {entity.end}; wanted "
                f"{', '.join(LABELS)} within the {len(source.raw)} characters of the text: correct it"
            )
        found.append(entity)
    return tuple(found)


def _written(folder: Path) -> dict[str, Any]:
    """Return the content of ``entities.json``, nothing where a run did not write it."""
    path = folder / "entities.json"
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, RecursionError) as error:
        raise _of_another_shape(path, f"{type(error).__name__}: {error!s:.60}") from None
    if not isinstance(found, dict) or not isinstance(found.get("document", {}), dict):
        raise _of_another_shape(path, "wanted an object with a document")
    return found


def _of_another_shape(path: Path, reason: str) -> HakushoError:
    return HakushoError(
        f"{path}: is damaged, or of another version ({reason}): take it away, or run it again"
    )


def _beyond_columns(folder: Path) -> dict[str, dict[str, Any]]:
    """Read the entities of ``entities.json``, which has fields that the CSV has not, by their ids."""
    rows = _written(folder).get("entities", [])
    try:
        found = {row["entity_id"]: row for row in rows}
        for row in rows:
            for name, read in READ.items():
                read(row.get(name, ()))
    except (KeyError, TypeError, AttributeError) as error:
        reason = f"an entity is none: {type(error).__name__}"
        raise _of_another_shape(folder / "entities.json", reason) from None
    return found


def _entity(row: dict[str, str], beyond: dict[str, Any]) -> Entity:
    """Make an entity of a row; the fields of the JSON count only if the row was not corrected since."""
    values: dict[str, Any] = {}
    for name in ENTITY_COLUMNS:
        cell = row.get(name, "")
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
