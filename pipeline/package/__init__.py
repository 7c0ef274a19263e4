"""A run's folder as a data set: what its documents are, totals over them, and descriptions that tools read.

Everything here follows from ``run.json`` and the documents' files, so that a run that was resumed, shared between
processes or stopped half-way describes exactly what stands in its folder.
"""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, Any

from pipeline.export import BYTE_ORDER_MARK, csv_text, encoded
from pipeline.package.croissant import croissant_json
from pipeline.package.datapackage import datapackage_json, run_id
from pipeline.package.documents import document_rows
from pipeline.package.totals import total_rows
from pipeline.tables import columns

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pipeline.tables import Cell

__all__ = ["package_files"]


def package_files(
    manifest: Mapping[str, Any], read: Callable[[str, str], bytes | None]
) -> dict[str, str | bytes]:
    """Return the files that describe a run.

    ``documents`` and ``totals`` are tables in each of the formats CSV and Parquet that was asked for. ``datapackage.json``
    describes all files; ``croissant.json`` describes Parquet, and is there with it only.

    Args:
        manifest: The content of ``run.json``.
        read: Gives what the run's folder holds of a document (its id) under a file name; None if it holds none.
    """
    formats = manifest["settings"]["formats"]
    tables: dict[str, list[tuple[Cell, ...]]] = {}
    if {"csv", "parquet"} & set(formats):
        tables = {"documents": list(document_rows(manifest)), "totals": list(total_rows(manifest, read))}
    files: dict[str, str | bytes] = {}
    for table, rows in tables.items():
        if "csv" in formats:
            files[f"{table}.csv"] = BYTE_ORDER_MARK + csv_text(columns(table), rows)
        if "parquet" in formats:
            from pipeline.export.parquet import arrow_rows, parquet_bytes

            files[f"{table}.parquet"] = parquet_bytes(
                arrow_rows(table, rows, {"hakusho.run": run_id(manifest)})
            )
    hashes = {name: sha256(encoded(content)).hexdigest() for name, content in files.items()}
    files["datapackage.json"] = datapackage_json(manifest, hashes)
    if "parquet" in formats:
        files["croissant.json"] = croissant_json(manifest, hashes)
    return files
