"""``datapackage.json``: a run's folder as a Frictionless Data Package (version 2 of the standard).

Tables have types, constraints, keys and units from ``data/columns.csv``, in English and (``description@ja``)
in Japanese. Where several documents have a table each, they are one resource of several parts.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

from pipeline.datapackage.described import Kind, licences, present
from pipeline.entities import labels_among
from pipeline.export.schema import TABLES_SCHEMA, Column, columns, made_by, whole_text

if TYPE_CHECKING:
    from collections.abc import Mapping

PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
# Comma, double quotes and line feeds are the standard's defaults; the byte-order mark and the apostrophe are
# not.
DIALECT = {"delimiter": ",", "quoteChar": '"', "doubleQuote": True, "lineTerminator": "\n", "header": True}
NOTE = (
    "UTF-8 with a byte-order mark. "
    "A cell that a spreadsheet would run as a formula (it begins with =, +, -, @, tab or "
    "carriage return) has an apostrophe before it."
)
TYPES = {"string": "string", "category": "string", "integer": "integer", "number": "number", "date": "date"}
LISTS = {"list": "|", "path": " > "}


def datapackage_json(manifest: Mapping[str, Any], hashes: Mapping[str, str]) -> str:
    """Return the description of a run's folder.

    Args:
        manifest: The content of ``run.json``.
        hashes: SHA-256 of ``documents.csv`` and ``totals.csv``, where they are written.
    """
    documents = manifest["documents"]
    labels = labels_among(label for row in documents for label in row["mentions"])
    tables = {kind.table for kind, _ in present(manifest, hashes) if kind.format == "csv"}
    content: dict[str, Any] = {
        "$schema": PROFILE,
        "name": "hakusho",
        "id": run_id(manifest),
        "title": "Organizations, dates and laws of Japanese white papers",
        "title@ja": "白書の組織・日付・法令",
        "description": f"{len(documents)} documents. Offsets count Unicode code points and are half-open.",
        "description@ja": f"{len(documents)} 文書。位置は Unicode 符号位置で数え、終わりは含まない。",
        "keywords": ["白書", "white paper", *labels],
    }  # fmt: skip
    # The standard allows no empty lists.
    if found := licences(manifest):
        content["licenses"] = [_licence(n, text) for n, text in enumerate(found, 1)]
    if documents:
        content["sources"] = [_source(row) for row in documents]
    content["hakusho"] = {
        "schema": TABLES_SCHEMA,
        "version": made_by(),
        "status": manifest["status"],
        "settings": manifest["settings"],
        "versions": manifest["versions"],
        "inputs": {row["doc_id"]: row["sha256"] for row in documents},
    }
    content["resources"] = [_resource(kind, files, tables) for kind, files in present(manifest, hashes)]
    _allow(labels, content["resources"])
    return whole_text(json.dumps(content, ensure_ascii=False, indent=1)) + "\n"


def _allow(labels: tuple[str, ...], resources: list[dict[str, Any]]) -> None:
    """Allow the labels of types of one's own in the columns ``label`` of the tables."""
    for resource in resources:
        for found in resource.get("schema", {}).get("fields", ()):
            if found["name"] == "label" and "enum" in found.get("constraints", {}):
                found["constraints"]["enum"] = list(labels)


def run_id(manifest: Mapping[str, Any]) -> str:
    """Return an id that is the same for runs of the same inputs, settings and versions."""
    digest = hashlib.sha256("\n".join(row["fingerprint"] for row in manifest["documents"]).encode())
    return f"urn:hakusho:run:{digest.hexdigest()[:32]}"


def _licence(number: int, text: str) -> dict[str, str]:
    """Return a licence as the standard has it: a name, and a title or an address."""
    address = text.startswith(("http://", "https://"))
    return {"name": f"LicenseRef-{number}", "path" if address else "title": text}


def _source(row: Mapping[str, Any]) -> dict[str, str]:
    known = row["source"]
    found = {"title": known["title"] or row["doc_id"], "doc_id": row["doc_id"]}
    return found | ({"path": known["url"]} if known["url"].startswith(("http://", "https://")) else {})


def _resource(kind: Kind, files: Mapping[str, str], tables: set[str]) -> dict[str, Any]:
    paths = list(files)
    found: dict[str, Any] = {
        "name": kind.name,
        "path": paths[0] if len(paths) == 1 else paths,
        "description": kind.en,
        "description@ja": kind.ja,
        "format": kind.file.rpartition(".")[2],
        "mediatype": kind.media_type,
    }
    if len(paths) == 1:
        found["hash"] = f"sha256:{files[paths[0]]}"
    if kind.schema:
        found["jsonSchema"] = schema_id(kind.schema)
    if kind.format != "csv":
        found["type"] = "file"
    else:
        found |= {
            "type": "table", "encoding": "utf-8", "dialect": DIALECT, "note": NOTE,
            "schema": table_schema(kind.table, tables),
        }  # fmt: skip
    return found


def schema_id(file: str) -> str:
    """Return the id of a file in ``docs/schemas/``.

    >>> schema_id("entity-line-1.json")
    'urn:hakusho:schema:entity-line:1'
    """
    name, _, number = file.removesuffix(".json").rpartition("-")
    return f"urn:hakusho:schema:{name}:{number}"


def table_schema(table: str, tables: set[str]) -> dict[str, Any]:
    """Return the Table Schema of ``table``; foreign keys lead to those of ``tables`` that are there."""
    described = columns(table)
    schema: dict[str, Any] = {"fields": [_field(column) for column in described], "missingValues": [""]}
    if key := _key(table):
        schema["primaryKey"] = key
    foreign = []
    for column in described:
        target = _key(column.refers)
        # To the standard's validator a key of two parts, one of them null, is a broken one.
        if column.refers in tables and column.required:
            resource = "" if column.refers == table else column.refers
            reference = {"fields": target} | ({"resource": resource} if resource else {})
            foreign.append({"fields": [*target[:-1], column.name], "reference": reference})
    return schema | ({"foreignKeys": foreign} if foreign else {})


def _key(table: str) -> list[str]:
    return [column.name for column in columns(table) if column.key]


def _field(column: Column) -> dict[str, Any]:
    found: dict[str, Any] = {"name": column.name}
    if column.type in LISTS:
        found |= {"type": "list", "delimiter": LISTS[column.type], "itemType": "string"}
    else:
        found["type"] = TYPES[column.type]
    found |= {"description": column.en, "description@ja": column.ja}
    if column.refers and not column.required:
        found["refers"] = column.refers
    if column.unit:
        found["unit"] = column.unit
    bounds: dict[str, Any] = {"required": True} if column.required else {}
    if column.minimum is not None:
        bounds["minimum"] = column.minimum
    if column.maximum is not None:
        bounds["maximum"] = column.maximum
    if column.values:
        bounds["enum"] = list(column.values)
    if column.pattern:
        bounds["pattern"] = column.pattern
    return found | ({"constraints": bounds} if bounds else {})
