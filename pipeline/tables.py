"""The columns of every table that leaves the pipeline, and how an object becomes a row.

The order of ``entities`` is part of the contract: spreadsheets and scripts depend on it.
Lists are joined by ``|`` in a cell; a section path is joined by `` > ``.
"""

from __future__ import annotations

from dataclasses import fields
from itertools import pairwise
from typing import TYPE_CHECKING, Literal, get_args

from pipeline.model import Entity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.document import Document
    from pipeline.model import Token

Cell = str | int | float | None
TableName = Literal["entities", "organizations", "sentences", "tokens", "blocks"]
LIST_MARK = "|"

# What only ``entities.json`` holds: the columns of the CSV are fixed.
JSON_FIELDS = ("antecedent_distance", "url", "title_today", "candidates")
ENTITY_COLUMNS = tuple(f.name for f in fields(Entity) if f.name not in JSON_FIELDS)
ORGANIZATION_COLUMNS = ("doc_id", "norm", "kind", "parent", "ids", "count", "entity_id", "surfaces")
SENTENCE_COLUMNS = (
    "doc_id", "sentence_id", "start", "end", "kind", "block_id", "section", "row", "column", "surface", "text",
)  # fmt: skip
TOKEN_COLUMNS = (
    "doc_id", "sentence_id", "token", "start", "end", "surface", "lemma", "norm", "reading", "pos", "upos",
    "head", "dep", "bunsetsu", "short_units", "middle_units",
)  # fmt: skip
BLOCK_COLUMNS = ("doc_id", "block_id", "kind", "start", "end", "level", "section", "text")

_COLUMNS: dict[str, tuple[str, ...]] = {
    "entities": ENTITY_COLUMNS,
    "organizations": ORGANIZATION_COLUMNS,
    "sentences": SENTENCE_COLUMNS,
    "tokens": TOKEN_COLUMNS,
    "blocks": BLOCK_COLUMNS,
}


FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""A cell that begins with one of these would be run by a spreadsheet."""


def defused(cell: Cell) -> Cell:
    """Put an apostrophe before a cell that a spreadsheet would run as a formula."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else cell


def plain(cell: str) -> str:
    """Take off the apostrophe that :func:`defused` put before a cell."""
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(FORMULA) else cell


def columns(table: str) -> tuple[str, ...]:
    """Return the columns of ``table`` in their order; raises ValueError for an unknown table."""
    if table not in _COLUMNS:
        raise ValueError(f"no table {table!r}: choose one of {', '.join(get_args(TableName))}")
    return _COLUMNS[table]


def rows(document: Document, table: TableName) -> Iterator[tuple[Cell, ...]]:
    """Yield the rows of ``table`` but ``organizations`` (see ``roster``), cells in the order of :func:`columns`."""
    yield from {"entities": _entities, "sentences": _sentences, "tokens": _tokens, "blocks": _blocks}[table](
        document
    )


def entity_cells(entity: Entity) -> tuple[Cell, ...]:
    """Return one row of ``entities.csv``: lists joined by ``|``, the section path by `` > ``."""
    return tuple(_cell(name, getattr(entity, name)) for name in ENTITY_COLUMNS)


def _cell(name: str, value: object) -> Cell:
    if isinstance(value, tuple):
        return (" > " if name == "section" else "|").join(value)
    if value is None or isinstance(value, (str, int, float)):
        return value
    raise TypeError(f"column {name} holds a {type(value).__name__}")


def _entities(document: Document) -> Iterator[tuple[Cell, ...]]:
    yield from map(entity_cells, document.entities)


def _sentences(document: Document) -> Iterator[tuple[Cell, ...]]:
    raw, doc_id = document.source.raw, document.source.doc_id
    for s in document.sentences:
        start, end = s.raw_span(0, len(s.text))
        section = " > ".join(s.section)
        row, column = (value if value >= 0 else None for value in (s.row, s.column))
        yield (
            doc_id,
            s.sentence_id,
            start,
            end,
            s.kind,
            s.block_id,
            section,
            row,
            column,
            s.text,
            raw[start:end],
        )


def _tokens(document: Document) -> Iterator[tuple[Cell, ...]]:
    doc_id = document.source.doc_id
    for analysis in document.analyses:
        s = analysis.sentence
        for i, t in enumerate(analysis.tokens):
            start, end = s.raw_span(t.start, t.end)
            head = t.head if t.head >= 0 else None
            bunsetsu = t.bunsetsu if t.bunsetsu >= 0 else None
            yield (
                doc_id, s.sentence_id, i, start, end, t.surface, t.lemma, t.norm, t.reading, t.pos, t.upos,
                head, t.dep, bunsetsu, *units(t),
            )  # fmt: skip


def units(token: Token) -> tuple[str, str]:
    """Return the short and the middle units of a token, each joined by ``|``."""
    surface = token.surface
    short, middle = (
        "|".join(surface[a:b] for a, b in pairwise((0, *ends)))
        for ends in token.units or ((len(surface),),) * 2
    )
    return short, middle


def _blocks(document: Document) -> Iterator[tuple[Cell, ...]]:
    raw, doc_id = document.source.raw, document.source.doc_id
    for b in document.blocks:
        yield doc_id, b.block_id, b.kind, b.start, b.end, b.level, " > ".join(b.section), raw[b.start : b.end]
