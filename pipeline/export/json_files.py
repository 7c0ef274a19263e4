"""JSON and JSON Lines: numbers are numbers, lists are lists; ``docs/schemas/`` describes each file."""

from __future__ import annotations

import json
from dataclasses import asdict
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from pipeline.document import tables
from pipeline.export.files import joined
from pipeline.export.indented import indented
from pipeline.export.schema import whole_text
from pipeline.structure.tree import structure_object

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.document.document import Document
    from pipeline.export.files import Content
    from pipeline.model.entity import Entity
    from pipeline.model.printed import Print

SCHEMA = "urn:hakusho:schema:entities:1"
LINE_FIELDS = (*tables.ENTITY_COLUMNS, *tables.JSON_FIELDS, "page", "bbox")
_cells, _near = attrgetter(*tables.ENTITY_COLUMNS), attrgetter(*tables.CANDIDATE_COLUMNS)
# What some readers take for a line end and JSON does not.
LINE_ENDS = {ord(sign): f"\\u{ord(sign):04x}" for sign in "\x85\u2028\u2029"}


def entity_object(entity: Entity, printed: Print | None = None) -> dict[str, Any]:
    """Return an entity as JSON has it: numbers are numbers, lists are lists; for a PDF with page and box."""
    found = dict(zip(tables.ENTITY_COLUMNS, _cells(entity), strict=True)) | {
        "antecedent_distance": entity.antecedent_distance,
        "url": entity.url,
        "title_today": entity.title_today,
        "candidates": [asdict(candidate) for candidate in entity.candidates],
        "ids": list(entity.ids),
        "id_candidates": entity.id_candidates,
    }
    if printed:
        place = printed.place(entity.start, entity.end)
        found |= {"page": place[0] if place else None, "bbox": list(place[1]) if place else None}
    return found


def document_object(document: Document) -> dict[str, Any]:
    """Return the metadata of a document, as in ``entities.json``."""
    source = document.source
    metadata: dict[str, Any] = {
        "doc_id": source.doc_id,
        "title": source.title,
        "publisher": source.publisher,
        "edition": source.edition,
        "part": source.part,
        "reference_date": source.reference_date.isoformat() if source.reference_date else None,
        "licence": source.licence,
        "url": source.url,
        "sha256": source.sha256,
        "encoding": source.encoding,
        "characters": len(source.raw),
    }
    if source.format != "text":
        metadata["format"] = source.format
    metadata["evidence"] = {name: found.as_json() for name, found in source.evidence.items()}
    return metadata


def entities_json(document: Document) -> Iterator[str]:
    """Yield the pieces of ``entities.json``: metadata, entities, and what was nearly found.

    ``docs/schemas/entities-1.json`` describes it.
    """
    head = {"$schema": SCHEMA, "document": document_object(document)}
    yield json.dumps(head, ensure_ascii=False, indent=1).removesuffix("\n}") + ',\n "entities": ['
    for number, entity in enumerate(document.entities):
        found = indented(entity_object(entity, document.source.printed), "\n  ")
        yield (",\n  " if number else "\n  ") + found
    yield "\n ],\n" if document.entities else "],\n"
    near = [dict(zip(tables.CANDIDATE_COLUMNS, _near(c), strict=True)) for c in document.candidates]
    yield ' "candidates": ' + indented(near, "\n ") + "\n}\n"


def structure_json(document: Document) -> str:
    """Return the blocks as a tree, as ``docs/schemas/structure-1.json`` describes."""
    source = document.source
    content = structure_object(source.doc_id, source.raw, document.blocks, document.sentences)
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")) + "\n"


def json_files(document: Document) -> Iterator[tuple[str, Content]]:
    """Yield ``entities.json`` and ``structure.json``, one after the other: name, content."""
    yield "entities.json", joined(entities_json(document))
    yield "structure.json", structure_json(document)


def json_lines(document: Document) -> str:
    """Return one entity a line, as ``docs/schemas/entity-line-1.json`` describes.

    Every line has every field, also ``page`` and ``bbox`` (null but of a PDF), so that readers that look at
    the first lines find all columns.
    """
    absent = {"page": None, "bbox": None}
    lines = (absent | entity_object(entity, document.source.printed) for entity in document.entities)
    ordered = [{name: line[name] for name in LINE_FIELDS} for line in lines]
    text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in ordered)
    return whole_text(text).translate(LINE_ENDS)


def json_lines_files(document: Document) -> dict[str, str]:
    """Return ``entities.jsonl``: name → content."""
    return {"entities.jsonl": json_lines(document)}
