"""``mentions.csv``: one row a mention of any document, with its sentence and what else is known of it."""

from __future__ import annotations

from operator import itemgetter
from typing import TYPE_CHECKING

from pipeline.document.tables import MENTION_COLUMNS
from pipeline.model.cells import LIST_MARK

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.datapackage.standing import Row, Standing


def mention_rows(document: Standing) -> Iterator[tuple[str, ...]]:
    """Yield the rows of ``mentions.csv`` of a document, in text order.

    The mentions are those that its ``entities`` hold now. What stands in another table is taken from it where
    that speaks of the same: identifiers of the same name, the page of the same law.
    """
    cells = itemgetter(*MENTION_COLUMNS)
    sentences = {row["sentence_id"]: row["surface"] for row in document.rows("sentences")}
    ids = {row["norm"]: row["ids"] for row in document.rows("organizations") if row["ids"]}
    laws = {row["entity_id"]: row for row in document.rows("laws")}
    for row in document.rows("entities"):
        beside = {
            "title": document.title,
            "url": row.get("url") or _url(row, laws.get(row["entity_id"])),
            "ids": row.get("ids") or _ids(row["norm"], ids),
            "page": document.page(number(row["start"])),
            "sentence": sentences.get(row["sentence_id"], ""),
        }
        yield cells(row | beside)


def number(cell: str) -> int:
    """Return the number in a cell, 0 if there is none."""
    return int(cell) if cell.isdecimal() else 0


def _url(row: Row, law: Row | None) -> str:
    return law["url"] if law and law["law_id"] == row["law_id"] else ""


def _ids(norm: str, ids: dict[str, str]) -> str:
    """Return the identifiers of the bodies that a norm names (several are joined by a bar)."""
    if norm in ids:
        return ids[norm]
    return LIST_MARK.join(ids[name] for name in norm.split(LIST_MARK) if name in ids) if ids else ""
