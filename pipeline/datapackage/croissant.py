"""``croissant.json``: a run's Parquet files as a Croissant data set (version 1.1 of MLCommons' standard).

Croissant's reader guesses the types of CSV, and would make 3.0 of article 3: so only Parquet is
described. A reference has one column in Croissant, and the keys of tables have several here:
``datapackage.json`` has them.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from pipeline.datapackage.described import Kind, licences, present
from pipeline.datapackage.frictionless import run_id
from pipeline.export.schema import Column, columns, made_by, whole_text

if TYPE_CHECKING:
    from collections.abc import Mapping

CONFORMS_TO = "http://mlcommons.org/croissant/1.1"
TYPES = {"integer": "sc:Integer", "number": "sc:Float", "date": "sc:Date", "box": "sc:Float"}
ARRAYS = ("list", "path", "box")
# What Croissant has no plain field for: a list of objects.
LEFT_OUT = ("candidates",)
# As Croissant's reader knows Parquet; the registered name is application/vnd.apache.parquet.
MEDIA_TYPE = "application/x-parquet"
GLOB = re.compile(r"[\[\]*?]")
# The standard's own context, as its reader expects it.
CONTEXT: dict[str, Any] = {
    "@language": "en", "@vocab": "https://schema.org/", "sc": "https://schema.org/",
    "cr": "http://mlcommons.org/croissant/", "rai": "http://mlcommons.org/croissant/RAI/",
    "dct": "http://purl.org/dc/terms/", "conformsTo": "dct:conformsTo",
    "data": {"@id": "cr:data", "@type": "@json"}, "examples": {"@id": "cr:examples", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "name": {"@container": "@language"}, "description": {"@container": "@language"},
    **{
        word: f"cr:{word}" for word in (
            "arrayShape", "citeAs", "column", "containedIn", "equivalentProperty", "extract", "field",
            "fileObject",
            "fileProperty", "fileSet", "format", "includes", "isArray", "isLiveDataset", "jsonPath", "key",
            "md5",
            "parentField", "path", "recordSet", "references", "regex", "repeated", "replace", "samplingRate",
            "separator", "source", "subField", "transform",
        )
    },
}  # fmt: skip


def croissant_json(manifest: Mapping[str, Any], hashes: Mapping[str, str]) -> str:
    """Return the description of a run's Parquet files.

    Args:
        manifest: The content of ``run.json``.
        hashes: SHA-256 of ``documents.parquet`` and ``totals.parquet``.
    """
    found = [(kind, files) for kind, files in present(manifest, hashes) if kind.format == "parquet"]
    rows = manifest["documents"]
    tools = ", ".join(f"{name} {version}" for name, version in manifest["versions"].items())
    content: dict[str, Any] = {
        "@context": CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": CONFORMS_TO,
        "name": {
            "en": "Organizations, dates and laws of Japanese white papers",
            "ja": "白書の組織・日付・法令",
        },
        "description": {
            "en": f"Mentions of organizations, dates and laws in {len(rows)} documents, "
            "found and normalized by rules.",
            "ja": f"{len(rows)} 文書から規則により抽出し正規化した、組織・日付・法令の言及。",
        },
        "identifier": run_id(manifest),
        "inLanguage": "ja",
        "rai:machineAnnotationTools": tools,
        "distribution": [_distribution(kind, files) for kind, files in found],
        "recordSet": [_record_set(kind) for kind, _ in found],
    }
    if known := licences(manifest):
        content["license"] = known
    if publishers := list(
        dict.fromkeys(row["source"]["publisher"] for row in rows if row["source"]["publisher"])
    ):
        content["publisher"] = [{"@type": "sc:Organization", "name": name} for name in publishers]
    if made_by()[0].isdigit():
        content["version"] = made_by()
    return whole_text(json.dumps(content, ensure_ascii=False, indent=1)) + "\n"


def _distribution(kind: Kind, files: Mapping[str, str]) -> dict[str, Any]:
    described = {
        "@id": kind.name,
        "description": {"en": kind.en, "ja": kind.ja},
        "encodingFormat": MEDIA_TYPE,
    }
    if kind.of == "run":
        ((path, digest),) = files.items()
        own = {"name": kind.file, "contentUrl": path, "sha256": digest}
        return {"@type": "cr:FileObject", **described, **own}
    patterns = [GLOB.sub(lambda sign: f"[{sign.group()}]", path) for path in files]
    return {"@type": "cr:FileSet", **described, "name": kind.name, "includes": patterns}


def _record_set(kind: Kind) -> dict[str, Any]:
    described = columns(kind.table, typed=True)
    return {
        "@type": "cr:RecordSet",
        "@id": kind.table,
        "name": kind.table,
        "description": {"en": kind.en, "ja": kind.ja},
        "key": [{"@id": f"{kind.table}/{column.name}"} for column in described if column.key],
        "field": [_field(column, kind) for column in described if column.type not in LEFT_OUT],
    }  # fmt: skip


def _field(column: Column, kind: Kind) -> dict[str, Any]:
    holder = "fileObject" if kind.of == "run" else "fileSet"
    found: dict[str, Any] = {
        "@type": "cr:Field",
        "@id": f"{column.table}/{column.name}",
        "name": column.name,
        "description": {"en": column.en, "ja": column.ja},
        "dataType": TYPES.get(column.type, "sc:Text"),
        "source": {holder: {"@id": kind.name}, "extract": {"column": column.name}},
    }
    if column.type in ARRAYS:
        found |= {"isArray": True, "arrayShape": "-1"}
    return found
