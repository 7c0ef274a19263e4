"""The columns of every table that leaves the pipeline, and how an object becomes a row.

The order of ``entities`` is part of the contract: spreadsheets and scripts depend on it.
Lists are joined by ``|`` in a cell; a section path is joined by `` > ``.
"""

from __future__ import annotations

from dataclasses import fields
from functools import partial
from itertools import pairwise
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Literal

from pipeline.entities import TYPES
from pipeline.model.cells import LIST_MARK, Cell, Value
from pipeline.model.entity import Entity
from pipeline.model.nearly import NearlyFound

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from pipeline.document.analysed import Analysed
    from pipeline.entities.entity_type import Table
    from pipeline.model.sentence import Token

TableName = Literal[
    "entities", "organizations", "dates", "laws", "candidates", "sentences", "tokens", "blocks"
]
"""The tables of a document that type checkers know; a type of entity may bring another."""

# What only ``entities.json`` holds: the columns of the CSV are fixed.
JSON_FIELDS = ("antecedent_distance", "url", "title_today", "candidates", "ids", "id_candidates")
# What no file of a mention holds: ``organizations.csv`` has it.
INNER = ("part_of",)
ENTITY_COLUMNS = tuple(f.name for f in fields(Entity) if f.name not in (*JSON_FIELDS, *INNER))
CANDIDATE_COLUMNS = tuple(f.name for f in fields(NearlyFound))
SENTENCE_COLUMNS = (
    "doc_id", "sentence_id", "start", "end", "kind", "block_id", "section", "row", "column", "surface",
    "text",
)  # fmt: skip
TOKEN_COLUMNS = (
    "doc_id", "sentence_id", "token", "start", "end", "surface", "lemma", "norm", "reading", "pos", "upos",
    "head", "dep", "bunsetsu", "short_units", "middle_units",
)  # fmt: skip
DOCUMENT_COLUMNS = (
    "doc_id", "title", "publisher", "edition", "part", "reference_date", "licence", "url", "format",
    "encoding", "sha256",
    "characters", "sentences", "mentions",
)  # fmt: skip
TOTAL_COLUMNS = ("doc_id", "label", "norm", "year", "count")
MENTION_COLUMNS = (
    "doc_id", "title", "entity_id", "label", "start", "end", "text", "surface", "norm", "value", "mod",
    "start_date", "end_date", "granularity", "law_num", "law_id", "url", "article", "paragraph", "item",
    "ids", "kind", "section", "page", "sentence_id", "sentence", "confidence", "flags",
)  # fmt: skip
RELATION_COLUMNS = (
    "doc_id", "relation_id", "sentence_id", "start", "end", "section", "page", "org_entity_id",
    "organization", "law_entity_id", "law", "article", "paragraph", "item", "date_entity_id", "date",
    "start_date", "end_date", "combinations",
)  # fmt: skip
BLOCK_COLUMNS = ("doc_id", "block_id", "kind", "start", "end", "level", "section", "text")
_entity, _candidate = attrgetter(*ENTITY_COLUMNS), attrgetter(*CANDIDATE_COLUMNS)

# A column behind those of the table of a type: the page of a PDF that its mention begins on.
PAGE = "page"
_OF_TYPES = [entity_type.table for entity_type in TYPES if entity_type.table]
_COLUMNS: dict[str, tuple[str, ...]] = {
    "entities": ENTITY_COLUMNS,
    **{table.name: (*table.columns, PAGE, *table.later) for table in _OF_TYPES},
    "candidates": CANDIDATE_COLUMNS,
    "sentences": SENTENCE_COLUMNS,
    "tokens": TOKEN_COLUMNS,
    "blocks": BLOCK_COLUMNS,
    "documents": DOCUMENT_COLUMNS,
    "totals": TOTAL_COLUMNS,
    "mentions": MENTION_COLUMNS,
    "relations": RELATION_COLUMNS,
}


def columns(table: str) -> tuple[str, ...]:
    """Return the columns of ``table`` in their order; raises ValueError for an unknown table."""
    if table not in _COLUMNS:
        raise ValueError(f"no table {table!r}: choose one of {', '.join(_ROWS)}")
    return _COLUMNS[table]


def typed_rows(document: Analysed, table: str) -> Iterator[tuple[Value, ...]]:
    """Yield the rows of ``table``, several values as a tuple of strings."""
    yield from _ROWS[table](document)


def joined(table: str, rows: Iterable[tuple[Value, ...]]) -> Iterator[tuple[Cell, ...]]:
    """Yield the rows of ``table`` for a spreadsheet.

    Lists are joined by ``|``, section paths by `` > ``.
    """
    marks = [" > " if name == "section" else LIST_MARK for name in columns(table)]
    lists: dict[tuple[type, ...], list[tuple[int, str]]] = {}  # where a row of such types has lists
    for row in rows:
        types = tuple(map(type, row))
        if types not in lists:
            pairs = enumerate(zip(marks, types, strict=True))
            lists[types] = [(at, mark) for at, (mark, kind) in pairs if issubclass(kind, tuple)]
        cells: list[Any] = list(row)
        for at, mark in lists[types]:
            cells[at] = mark.join(cells[at])
        yield tuple(cells)


def entity_rows(entities: Iterable[Entity]) -> Iterator[tuple[Cell, ...]]:
    """Yield rows of ``entities.csv``: lists joined by ``|``, the section path by `` > ``."""
    return joined("entities", map(_entity, entities))


def _entities(document: Analysed) -> Iterator[tuple[Value, ...]]:
    for entity in document.entities:
        yield _entity(entity)


def _of_type(table: Table, document: Analysed) -> Iterator[tuple[Value, ...]]:
    mention = table.columns.index("entity_id")
    printed = document.source.printed
    spans = {entity.entity_id: (entity.start, entity.end) for entity in document.entities} if printed else {}
    for row in table.rows(document.source.doc_id, document.entities):
        page = printed.page(*spans[str(row[mention])]) if printed else None
        own = len(table.columns)
        yield (*row[:own], page, *row[own:])


def _candidates(document: Analysed) -> Iterator[tuple[Value, ...]]:
    for candidate in document.candidates:
        yield _candidate(candidate)


def _sentences(document: Analysed) -> Iterator[tuple[Value, ...]]:
    raw, doc_id = document.source.raw, document.source.doc_id
    for s in document.sentences:
        start, end = s.raw_span(0, len(s.text))
        row, column = (value if value >= 0 else None for value in (s.row, s.column))
        yield (
            doc_id, s.sentence_id, start, end, s.kind, s.block_id, s.section, row, column, s.text,
            raw[start:end],
        )  # fmt: skip


def _tokens(document: Analysed) -> Iterator[tuple[Value, ...]]:
    doc_id = document.source.doc_id
    for analysis in document.analyses:
        s = analysis.sentence
        for i, t in enumerate(analysis.tokens):
            start, end = s.raw_span(t.start, t.end)
            head = t.head if t.head >= 0 else None
            bunsetsu = t.bunsetsu if t.bunsetsu >= 0 else None
            yield (
                doc_id, s.sentence_id, i, start, end, t.surface, t.lemma, t.norm, t.reading, t.pos, t.upos,
                head, t.dep, bunsetsu, *unit_lists(t),
            )  # fmt: skip


def unit_lists(token: Token) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the short and the middle units of a token."""
    surface = token.surface
    short, middle = (
        tuple(surface[a:b] for a, b in pairwise((0, *ends))) for ends in token.units or ((len(surface),),) * 2
    )
    return short, middle


def units(token: Token) -> tuple[str, str]:
    """Return the short and the middle units of a token, each joined by ``|``."""
    short, middle = unit_lists(token)
    return LIST_MARK.join(short), LIST_MARK.join(middle)


def _blocks(document: Analysed) -> Iterator[tuple[Value, ...]]:
    raw, doc_id = document.source.raw, document.source.doc_id
    for b in document.blocks:
        yield doc_id, b.block_id, b.kind, b.start, b.end, b.level, b.section, raw[b.start : b.end]


_ROWS: dict[str, Callable[[Analysed], Iterator[tuple[Value, ...]]]] = {
    "entities": _entities,
    **{table.name: partial(_of_type, table) for table in _OF_TYPES},
    "candidates": _candidates,
    "sentences": _sentences,
    "tokens": _tokens,
    "blocks": _blocks,
}
