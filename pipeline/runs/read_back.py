"""The tables of a document of a finished run, read back: whatever became of them since.

They are one's own, but may have been edited, cut, or written by another version: what is wrong is said with
its file, its row and the way out.
"""

from __future__ import annotations

import json
from dataclasses import fields
from typing import TYPE_CHECKING, Any

from pipeline.document.tables import CANDIDATE_COLUMNS, ENTITY_COLUMNS
from pipeline.entities import known_labels
from pipeline.export.schema import whole_text
from pipeline.model.entity import Candidate, Entity
from pipeline.model.errors import HakushoError
from pipeline.model.nearly import NearlyFound
from pipeline.model.plural import plural
from pipeline.read.intake import file_bytes
from pipeline.scoring.gold import read_rows

if TYPE_CHECKING:
    from pathlib import Path

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


def metadata(folder: Path) -> dict[str, str]:
    """Return what ``entities.json`` knows of the document itself, nothing where a run did not write it."""
    document = _written(folder).get("document", {})
    wanted = ("title", "publisher", "edition", "part", "licence", "url")
    if document and not all(isinstance(document.get(key), str) for key in wanted):
        raise _of_another_shape(folder / "entities.json", f"its document has no {', '.join(wanted)} as texts")
    return {key: document[key] for key in wanted if document}


def read_entities(folder: Path, source: Source) -> tuple[Entity, ...]:
    """Return the mentions that a document's ``entities.csv`` holds now.

    Raises:
        HakushoError: The table, or ``entities.json`` beside it, is missing, damaged or of another shape.
    """
    path = folder / "entities.csv"
    if not path.exists():
        raise HakushoError(f"{path}: is missing: run 'hakusho run' with --format csv")
    more = _beyond_columns(folder)
    found = []
    seen: set[tuple[str, int, int]] = set()
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
        if entity.label not in known_labels() or not 0 <= entity.start < entity.end <= len(source.raw):
            raise HakushoError(
                f"{path}, row {n}: has {entity.label!r} at {entity.start} to {entity.end}; wanted "
                f"{', '.join(known_labels())} within "
                f"the {plural(len(source.raw), 'character')} of the text: correct it"
            )
        _check_alone(entity, source.raw, seen, f"{path}, row {n}")
        found.append(entity)
    return tuple(found)


def _check_alone(e: Entity, raw: str, seen: set[tuple[str, int, int]], place: str) -> None:
    """Raise HakushoError for a mention that stands there twice, or of other words than the text has."""
    if (e.label, e.start, e.end) in seen:
        raise HakushoError(
            f"{place}: has {e.label} at {e.start} to {e.end}, as a row before: delete one of them"
        )
    seen.add((e.label, e.start, e.end))
    there = whole_text(raw[e.start : e.end])
    if e.text and e.text.split() != there.split():
        raise HakushoError(
            f"{place}: has {e.text[:60]!r} at {e.start} to {e.end}, and the text {there[:60]!r}: correct it"
        )


def _written(folder: Path) -> dict[str, Any]:
    """Return the content of ``entities.json``, nothing where a run did not write it."""
    path = folder / "entities.json"
    try:
        found = json.loads(file_bytes(path, str(path)).decode())
    except FileNotFoundError:
        return {}
    except HakushoError:  # a pipe would be waited for
        raise _of_another_shape(path, "no plain file") from None
    except (OSError, ValueError, RecursionError) as error:
        raise _of_another_shape(path, f"{type(error).__name__}: {error!s:.60}") from None
    if not isinstance(found, dict) or not isinstance(found.get("document", {}), dict):
        raise _of_another_shape(path, "wanted an object with a document")
    return found


def _of_another_shape(path: Path, reason: str) -> HakushoError:
    return HakushoError(
        f"{path}: is damaged, or of another version ({reason}): take it away, or run it again"
    )


def read_candidates(folder: Path, characters: int) -> tuple[NearlyFound, ...]:
    """Return what was nearly found, in ``candidates.csv``; nothing where a run did not write it.

    Args:
        folder: Of the document.
        characters: How many the text has.

    Raises:
        HakushoError: The table is damaged.
    """
    path = folder / "candidates.csv"
    try:
        path.lstat()
    except (OSError, ValueError):  # also of a name that no file can have
        return ()
    return tuple(
        _candidate(row, characters, f"{path}, row {n}") for n, row in read_rows(path, CANDIDATE_COLUMNS)
    )


def _candidate(row: dict[str, str], characters: int, place: str) -> NearlyFound:
    values: dict[str, Any] = {name: row[name] for name in CANDIDATE_COLUMNS}
    values["section"] = tuple(filter(None, row["section"].split(" > ")))
    try:
        values["start"], values["end"] = int(row["start"]), int(row["end"])
        values["probability"] = float(row["probability"])
    except ValueError as error:
        raise HakushoError(f"{place}: cannot be read ({error}): correct it, or run it again") from None
    if not 0 <= values["start"] < values["end"] <= characters:
        raise HakushoError(
            f"{place}: start is {row['start']!r}, end {row['end']!r}: correct it, or run it again"
        )
    return NearlyFound(**values)


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
