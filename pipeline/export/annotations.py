"""W3C Web Annotation (JSON-LD): one annotation a mention, over the raw text.

A target has a ``TextPositionSelector`` (code points, half-open, as everywhere here) and a
``TextQuoteSelector`` with what stands around. Bodies say the label, the name and, of a law, its page on
e-Gov. What the W3C's vocabulary has no word for stands under names of our own (``hakusho:value``), which the
file's own context explains: readers that do not know them go on.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from pipeline.export.files import encoded
from pipeline.export.json_files import LINE_ENDS, LINE_FIELDS, entity_object
from pipeline.export.schema import made_by, whole_text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pipeline.document.document import Document
    from pipeline.model.entity import Entity
    from pipeline.model.source import Source

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
VOCABULARY = "urn:hakusho:vocabulary:1#"
# In JSON-LD several values have no order unless the context says so.
ORDERED = ("article", "bbox", "candidates", "flags", "item", "paragraph", "section")
# Context before and after a mention, to find it again, in code points (決め打ち).
AROUND = 32
# What the target and the bodies say already.
SAID = ("doc_id", "label", "start", "end", "text", "url")


def annotation_files(document: Document) -> dict[str, str]:
    """Return ``annotations.jsonld``: name → content."""
    text = json.dumps(annotation_collection(document), ensure_ascii=False, indent=1) + "\n"
    return {"annotations.jsonld": whole_text(text).translate(LINE_ENDS)}


def annotation_collection(document: Document) -> dict[str, Any]:
    """Return the mentions as an ``AnnotationCollection`` of one page.

    ``docs/schemas/annotations-1.json`` describes it.
    """
    source = document.source
    name = f"urn:hakusho:annotations:{quote(whole_text(source.doc_id), safe='')}"
    text = _text(source)
    items = [_annotation(entity, document, name, text["id"]) for entity in document.entities]
    collection: dict[str, Any] = {
        "@context": [CONTEXT, _own_context()],
        "id": name,
        "type": "AnnotationCollection",
        "label": source.title or source.doc_id,
        "generator": {"id": "urn:hakusho", "type": "Software", "name": f"hakusho {made_by()}"},
        "hakusho:document": text,
        "total": len(items),
    }
    if items:
        collection["first"] = {
            "id": f"{name}:page:1", "type": "AnnotationPage", "partOf": name, "startIndex": 0, "items": items
        }  # fmt: skip
    return collection


def _text(source: Source) -> dict[str, Any]:
    """Return the target of the annotations: the raw text, named by its hash."""
    digest = hashlib.sha256(encoded(source.raw)).hexdigest()
    text = {"id": f"urn:hakusho:text:{digest}", "type": "Text", "format": "text/plain", "language": "ja"}
    if source.url:
        text["via"] = source.url
    own = {"doc_id": source.doc_id, "sha256": source.sha256, "licence": source.licence}
    return text | _own(own) | {"hakusho:characters": len(source.raw)}


def _own_context() -> dict[str, Any]:
    """Return the context of our own names, beside the W3C's."""
    listed = {f"hakusho:{name}": {"@id": f"hakusho:{name}", "@container": "@list"} for name in ORDERED}
    return {"hakusho": VOCABULARY} | listed


def _own(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values that are not empty under names of our own, also within objects."""
    return {
        f"hakusho:{name}": [_own(one) if isinstance(one, dict) else one for one in value]
        if isinstance(value, list)
        else value
        for name, value in values.items()
        if value not in ("", None, [])
    }


def _annotation(entity: Entity, document: Document, name: str, text: str) -> dict[str, Any]:
    raw, (start, end) = document.source.raw, (entity.start, entity.end)
    bodies: list[dict[str, Any]] = [{"type": "TextualBody", "purpose": "classifying", "value": entity.label}]
    if entity.norm:
        bodies.append(
            {"type": "TextualBody", "purpose": "identifying", "format": "text/plain", "value": entity.norm}
        )
    if entity.url:
        bodies.append({"type": "SpecificResource", "purpose": "linking", "source": entity.url})
    found = entity_object(entity, document.source.printed)
    own = _own({field: found.get(field) for field in LINE_FIELDS if field not in SAID})
    return {
        "id": f"{name}:{entity.entity_id}",
        "type": "Annotation",
        "motivation": "tagging",
        "body": bodies,
        "target": {
            "source": text,
            "selector": [
                {"type": "TextPositionSelector", "start": start, "end": end},
                {
                    "type": "TextQuoteSelector", "exact": entity.text,
                    "prefix": raw[max(0, start - AROUND) : start],
                    "suffix": raw[end : end + AROUND],
                },
            ],
        },
        **own,
    }  # fmt: skip
