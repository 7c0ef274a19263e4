"""``mentions.csv``: one row a mention of any document, with its sentence and what else is known of it."""

from __future__ import annotations

from functools import cache, partial
from typing import TYPE_CHECKING

from pipeline.document.tables import MENTION_COLUMNS
from pipeline.model.cells import LIST_MARK

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.datapackage.standing import Standing

OF_A_LAW = ("entity_id", "law_id", "url")
# A longer sentence (a table read as one, a text without 。) is cut around the mention (決め打ち): each mention
# repeats its sentence, and the table of a long one would grow with the square of its length.
LONGEST_SENTENCE = 1_000
TITLE, ENTITY_ID, START, NORM, LAW_ID, URL, IDS, PAGE, SENTENCE_ID, SENTENCE = map(
    MENTION_COLUMNS.index,
    ("title", "entity_id", "start", "norm", "law_id", "url", "ids", "page", "sentence_id", "sentence"),
)


def mention_rows(document: Standing) -> Iterator[tuple[str, ...]]:
    """Yield the rows of ``mentions.csv`` of a document, in text order.

    The mentions are those that its ``entities`` hold now. What stands in another table is taken from it where
    that speaks of the same: identifiers of the same name, the page of the same law.
    """
    sentences = {row[0]: row for row in document.rows("sentences", "sentence_id", "start", "surface")}
    ids = {norm: found for norm, found in document.rows("organizations", "norm", "ids") if found}
    laws = {entity_id: (law_id, url) for entity_id, law_id, url in document.rows("laws", *OF_A_LAW)}
    ids_of = cache(partial(_ids, ids))
    for row in document.rows("entities", *MENTION_COLUMNS):
        cells = list(row)
        cells[TITLE] = document.title
        if not cells[URL] and (law := laws.get(cells[ENTITY_ID])) and law[0] == cells[LAW_ID]:
            cells[URL] = law[1]
        cells[IDS] = cells[IDS] or ids_of(cells[NORM])
        cells[PAGE] = document.page(cells[START])
        _, begin, text = sentences.get(cells[SENTENCE_ID], NOTHING)
        cells[SENTENCE] = text if len(text) <= LONGEST_SENTENCE else _around(text, begin, cells[START])
        yield tuple(cells)


NOTHING = ("", "", "")


def _around(text: str, begin: str, start: str) -> str:
    """Return the part of a long sentence around a mention, with … where it was cut.

    Args:
        text: The sentence.
        begin: The cell with the offset of its first character in the raw text.
        start: The cell with that of the mention.
    """
    at = int(start) - int(begin) if start.isdecimal() and begin.isdecimal() else 0
    first = max(min(at - LONGEST_SENTENCE // 2, len(text) - LONGEST_SENTENCE), 0)
    last = first + LONGEST_SENTENCE
    return "…" * (first > 0) + text[first:last] + "…" * (last < len(text))


def _ids(ids: dict[str, str], norm: str) -> str:
    """Return the identifiers of the bodies that a norm names (several are joined by a bar)."""
    if norm in ids:
        return ids[norm]
    return LIST_MARK.join(ids[name] for name in norm.split(LIST_MARK) if name in ids) if ids else ""
