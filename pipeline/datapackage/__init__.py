"""A run's folder as a data set: what its documents are, totals over them, and descriptions that tools read.

Everything here follows from ``run.json`` and the documents' files, so that a run that was resumed, shared
between processes or stopped half-way describes exactly what is in its folder.
"""

from __future__ import annotations

from hashlib import sha256
from io import SEEK_END, BytesIO
from itertools import islice
from typing import TYPE_CHECKING, Any

from pipeline.datapackage.croissant import croissant_json
from pipeline.datapackage.described import formats_of
from pipeline.datapackage.documents import document_rows
from pipeline.datapackage.frictionless import datapackage_json, run_id
from pipeline.datapackage.totals import total_rows
from pipeline.document.tables import columns
from pipeline.export import BYTE_ORDER_MARK, encoded
from pipeline.model.cells import csv_lines

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from pipeline.export import Content
    from pipeline.model.cells import Cell

__all__ = ["package_files"]


# How many rows over the whole run are made at once.
BATCH = 50_000


def package_files(
    manifest: Mapping[str, Any], read: Callable[[str, str], bytes | None]
) -> Iterator[tuple[str, Content]]:
    """Yield the files that describe a run, one after the other: name, content.

    ``documents`` and ``totals`` are tables, in CSV or Parquet or both, as was asked for.
    ``datapackage.json`` describes all files; ``croissant.json`` describes Parquet, and is there with it only.

    Args:
        manifest: The content of ``run.json``.
        read: Gives what the run's folder holds of a document (its id) under a file name; None if it holds
            none.
    """
    formats = formats_of(manifest)
    hashes: dict[str, str] = {}
    if {"csv", "parquet"} & formats:
        for table, rows in (("documents", document_rows(manifest)), ("totals", total_rows(manifest, read))):
            for name, content in _table_files(table, rows, manifest).items():
                hashes[name] = sha256(content).hexdigest()
                yield name, content
    yield "datapackage.json", datapackage_json(manifest, hashes)
    if "parquet" in formats:
        yield "croissant.json", croissant_json(manifest, hashes)


def _table_files(
    table: str, rows: Iterator[tuple[Cell, ...]], manifest: Mapping[str, Any]
) -> dict[str, bytes]:
    """Return a table over the whole run in the formats that were asked for; never all rows are in memory."""
    formats, found = formats_of(manifest), {}
    text = BytesIO(encoded(BYTE_ORDER_MARK + csv_lines([columns(table)])))
    text.seek(0, SEEK_END)
    writer = None
    if "parquet" in formats:
        from pipeline.export.parquet import ParquetWriter, arrow_rows

        about = {"hakusho.run": run_id(manifest)}
        writer = ParquetWriter(arrow_rows(table, (), about).schema)
    while batch := list(islice(rows, BATCH)):
        if "csv" in formats:
            text.write(encoded(csv_lines(batch)))
        if writer:
            writer.add(arrow_rows(table, batch, about))
    if "csv" in formats:
        found[f"{table}.csv"] = text.getvalue()
    if writer:
        found[f"{table}.parquet"] = writer.content()
    return found
