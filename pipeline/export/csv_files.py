"""CSV: UTF-8 with a byte-order mark, which spreadsheets in Japan need.

A cell that a spreadsheet would run as a formula gets an apostrophe before it; ``gold.read_mentions`` takes it
off again.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from pipeline.document import tables
from pipeline.export.files import joined
from pipeline.export.tokens_csv import tokens_csv
from pipeline.model.cells import csv_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pipeline.document.document import Document
    from pipeline.export.files import Content

BYTE_ORDER_MARK = "\ufeff"
CSV_TABLES: tuple[tables.TableName, ...] = (
    "entities", "organizations", "dates", "laws", "candidates", "sentences", "tokens",
)  # fmt: skip
TABLES: dict[str, tuple[tables.TableName, ...]] = {
    "all": CSV_TABLES,
    "entities": tuple(table for table in CSV_TABLES if table != "tokens"),
}
"""What ``--tables`` may ask for, and the tables of a document that it gives."""


def table_csv(document: Document, table: tables.TableName) -> str:
    """Return ``table`` of the document as CSV."""
    if table == "tokens":
        return "".join(tokens_csv(document))
    return csv_text(tables.columns(table), document.rows(table))


def csv_files(
    document: Document, wanted: Iterable[tables.TableName] = CSV_TABLES
) -> Iterator[tuple[str, Content]]:
    """Yield a file for each of the tables, one after the other: name, content."""
    for table in wanted:
        if table == "tokens":
            yield "tokens.csv", joined(chain([BYTE_ORDER_MARK], tokens_csv(document)))
        else:
            yield f"{table}.csv", BYTE_ORDER_MARK + table_csv(document, table)
