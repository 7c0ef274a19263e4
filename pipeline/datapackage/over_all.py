"""The tables over all documents of a run, and the files that hold them.

Each document is read once, from its folder, and given to every file; so memory holds one document at a time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from pipeline.datapackage.described import formats_of
from pipeline.datapackage.documents import document_rows
from pipeline.datapackage.frictionless import run_id
from pipeline.datapackage.mentions import mention_rows
from pipeline.datapackage.relations import relation_rows
from pipeline.datapackage.standing import Standing, unwritten
from pipeline.datapackage.table_files import Table
from pipeline.datapackage.totals import total_rows
from pipeline.model.extras import require

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from pipeline.datapackage.standing import Read

# The tables over all documents that no folder of a document holds.
MADE = {"totals": total_rows, "mentions": mention_rows, "relations": relation_rows}


class Holder(Protocol):
    """What takes in one document after the other, and is files at the end."""

    def add(self, document: Standing, made: Mapping[str, list[tuple[str, ...]]]) -> None:
        """Take in a document; ``made`` are its rows of the tables that no folder of a document holds."""

    def close(self) -> Iterator[Path]:
        """End the files, and yield them."""


def check_tools(formats: Iterable[str]) -> None:
    """Make sure that here is what ``formats`` are made with; raises HakushoError if not."""
    if "xlsx" in formats:
        require("--format xlsx", ("xlsxwriter",), "excel")
    if "parquet" in formats:
        require("--format parquet", ("pyarrow",), "parquet")
    if "sqlite" in formats:
        from pipeline.datapackage.database import check_search

        check_search()


def over_all(manifest: Mapping[str, Any], read: Read, folder: Path) -> Iterator[Path]:
    """Make the files over all documents in ``folder``, and yield each when it is done.

    Args:
        manifest: The content of ``run.json``.
        read: Gives what the run's folder holds of a document (its id) under a file name; None if it holds
            none.
        folder: An empty folder of this machine.

    Raises:
        HakushoError: The folder has no space, or a file cannot be written for another reason.
    """
    try:
        holders = list(_holders(manifest, folder))
        for row in manifest["documents"] if holders else ():
            document = Standing(row, read)
            made = {table: list(rows(document)) for table, rows in MADE.items()}
            for holder in holders:
                holder.add(document, made)
        done = [path for holder in holders for path in holder.close()]
    except OSError as error:
        raise unwritten(folder, error.strerror) from None
    yield from done


def _holders(manifest: Mapping[str, Any], folder: Path) -> Iterator[Holder]:
    formats = formats_of(manifest)
    if {"csv", "parquet"} & formats:
        about = {"hakusho.run": run_id(manifest)}
        documents = Table("documents", formats, folder, about)
        documents.write(document_rows(manifest))
        yield documents
        for table in MADE:
            yield Table(table, formats, folder, about)
    if "xlsx" in formats:
        from pipeline.datapackage.workbook import Workbook

        yield Workbook(manifest, folder)
    if "sqlite" in formats:
        from pipeline.datapackage.database import Database

        yield Database(manifest, folder)
