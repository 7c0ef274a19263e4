"""``documents.csv``: one row for each document of the run."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pipeline.document.tables import DOCUMENT_COLUMNS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pipeline.model.cells import Cell


def document_rows(manifest: Mapping[str, Any]) -> Iterator[tuple[Cell, ...]]:
    """Yield the rows of ``documents.csv`` from the content of ``run.json``."""
    for row in manifest["documents"]:
        found = row | row["source"] | {"mentions": sum(row["mentions"].values())}
        yield tuple(found[name] for name in DOCUMENT_COLUMNS)
