"""The columns of every table that leaves the pipeline, and how an object becomes a row.

The order of ``entities`` is part of the contract: spreadsheets and scripts depend on it.
Lists are joined by ``|`` in a cell; a section path is joined by `` > ``.
"""

from __future__ import annotations

import csv
from dataclasses import fields
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING, Literal, get_args

from pipeline.model import Entity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from pipeline.document import Document
    from pipeline.model import Token

# A cell may hold a sentence of any length; by default, csv refuses to read what it has written.
csv.field_size_limit(1 << 30)

Cell = str | int | float | None
Value = Cell | tuple[str, ...]
TableName = Literal["entities", "organizations", "dates", "laws", "sentences", "tokens", "blocks"]
LIST_MARK = "|"

# What only ``entities.json`` holds: the columns of the CSV are fixed.
JSON_FIELDS = ("antecedent_distance", "url", "title_today", "candidates")
ENTITY_COLUMNS = tuple(f.name for f in fields(Entity) if f.name not in JSON_FIELDS)
ORGANIZATION_COLUMNS = ("doc_id", "norm", "kind", "parent", "ids", "count", "entity_id", "surfaces")
DATE_COLUMNS = (
    "doc_id", "entity_id", "start", "end", "text", "surface", "value", "mod", "start_date", "end_date", "days", "year",
    "granularity", "era", "era_year", "sentence_id", "rule", "antecedent", "antecedent_distance", "confidence", "flags",
)  # fmt: skip
LAW_COLUMNS = (
    "doc_id", "entity_id", "start", "end", "text", "surface", "norm", "title_today", "kind", "law_num", "law_id", "url",
    "article", "paragraph", "item", "sentence_id", "rule", "antecedent", "antecedent_distance", "candidate_titles",
    "confidence", "flags",
)  # fmt: skip
SENTENCE_COLUMNS = (
    "doc_id", "sentence_id", "start", "end", "kind", "block_id", "section", "row", "column", "surface", "text",
)  # fmt: skip
TOKEN_COLUMNS = (
    "doc_id", "sentence_id", "token", "start", "end", "surface", "lemma", "norm", "reading", "pos", "upos",
    "head", "dep", "bunsetsu", "short_units", "middle_units",
)  # fmt: skip
DOCUMENT_COLUMNS = (
    "doc_id", "title", "publisher", "edition", "part", "reference_date", "licence", "url", "format", "encoding", "sha256",
    "characters", "sentences", "mentions",
)  # fmt: skip
TOTAL_COLUMNS = ("doc_id", "label", "norm", "year", "count")
BLOCK_COLUMNS = ("doc_id", "block_id", "kind", "start", "end", "level", "section", "text")

_COLUMNS: dict[str, tuple[str, ...]] = {
    "entities": ENTITY_COLUMNS,
    "organizations": ORGANIZATION_COLUMNS,
    "dates": DATE_COLUMNS,
    "laws": LAW_COLUMNS,
    "sentences": SENTENCE_COLUMNS,
    "tokens": TOKEN_COLUMNS,
    "blocks": BLOCK_COLUMNS,
    "documents": DOCUMENT_COLUMNS,
    "totals": TOTAL_COLUMNS,
}


FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""A cell that begins with one of these would be run by a spreadsheet."""
GUARDED = (*FORMULA, "'")


def defused(cell: Cell) -> Cell:
    """Put an apostrophe before a cell that a spreadsheet would run, or that looks as if one had been put before it."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(GUARDED) and _runs(cell) else cell


def plain(cell: str) -> str:
    """Take off the apostrophe that :func:`defused` put before a cell."""
    return cell[1:] if cell.startswith("'") and _runs(cell) else cell


def _runs(cell: str) -> bool:
    return cell.lstrip("'").startswith(FORMULA)


class Lines(list[str]):
    """What a writer of CSV writes, a line each, ended by a line feed alone.

    The writer quotes what it ends lines with: as it ends them with CR LF, a carriage return alone is quoted too.
    """

    def write(self, line: str) -> None:
        """Take a line that ends in CR LF."""
        self.append(f"{line[:-2]}\n")


def csv_text(columns: Iterable[str], rows: Iterable[Iterable[Cell]]) -> str:
    """Return a CSV table with its header, defused for spreadsheets; None is an empty cell."""
    return csv_lines([tuple(columns)]) + csv_lines(rows)


def csv_lines(rows: Iterable[Iterable[Cell]]) -> str:
    """Return the rows of a CSV table without its header."""
    lines = Lines()
    csv.writer(lines, lineterminator="\r\n").writerows([defused(cell) for cell in row] for row in rows)
    return "".join(lines)


def columns(table: str) -> tuple[str, ...]:
    """Return the columns of ``table`` in their order; raises ValueError for an unknown table."""
    if table not in _COLUMNS:
        raise ValueError(f"no table {table!r}: choose one of {', '.join(get_args(TableName))}")
    return _COLUMNS[table]


def typed_rows(document: Document, table: TableName) -> Iterator[tuple[Value, ...]]:
    """Yield the rows of ``table`` but ``organizations`` (see ``roster``), several values as a tuple of strings."""
    yield from _ROWS[table](document)


def joined(table: TableName, rows: Iterable[tuple[Value, ...]]) -> Iterator[tuple[Cell, ...]]:
    """Yield the rows of ``table`` as a spreadsheet has them: lists joined by ``|``, a section path by `` > ``."""
    marks = [" > " if name == "section" else LIST_MARK for name in columns(table)]
    for row in rows:
        yield tuple(
            mark.join(value) if isinstance(value, tuple) else value
            for mark, value in zip(marks, row, strict=True)
        )


def entity_cells(entity: Entity) -> tuple[Cell, ...]:
    """Return one row of ``entities.csv``: lists joined by ``|``, the section path by `` > ``."""
    return next(joined("entities", [_values(entity, ENTITY_COLUMNS)]))


def _values(entity: Entity, names: Iterable[str]) -> tuple[Value, ...]:
    return tuple(getattr(entity, name) for name in names)


def _entities(document: Document) -> Iterator[tuple[Value, ...]]:
    for entity in document.entities:
        yield _values(entity, ENTITY_COLUMNS)


def _dates(document: Document) -> Iterator[tuple[Value, ...]]:
    first, last = DATE_COLUMNS.index("days"), DATE_COLUMNS.index("granularity")
    for entity in document.entities:
        if entity.label == "DATE":
            span = (_days(entity), value_year(entity.start_date, entity.end_date))
            yield (*_values(entity, DATE_COLUMNS[:first]), *span, *_values(entity, DATE_COLUMNS[last:]))


def _days(entity: Entity) -> int | None:
    if not entity.start_date or not entity.end_date:
        return None
    return (date.fromisoformat(entity.end_date) - date.fromisoformat(entity.start_date)).days + 1


def value_year(start_date: str, end_date: str) -> int | None:
    """Return the year that a date is counted under: that of its first day, of its last where the first is open.

    >>> value_year("2013-04-01", "2014-03-31"), value_year("", "2010-12-31"), value_year("", "")
    (2013, 2010, None)
    """
    day = start_date or end_date
    return int(day[:4]) if day else None


def _laws(document: Document) -> Iterator[tuple[Value, ...]]:
    titles = LAW_COLUMNS.index("candidate_titles")
    for entity in document.entities:
        if entity.label == "LAW":
            meant = tuple(candidate.title for candidate in entity.candidates)
            yield (
                *_values(entity, LAW_COLUMNS[:titles]), meant, *_values(entity, LAW_COLUMNS[titles + 1 :]),
            )  # fmt: skip


def _sentences(document: Document) -> Iterator[tuple[Value, ...]]:
    raw, doc_id = document.source.raw, document.source.doc_id
    for s in document.sentences:
        start, end = s.raw_span(0, len(s.text))
        row, column = (value if value >= 0 else None for value in (s.row, s.column))
        yield (
            doc_id, s.sentence_id, start, end, s.kind, s.block_id, s.section, row, column, s.text, raw[start:end],
        )  # fmt: skip


def _tokens(document: Document) -> Iterator[tuple[Value, ...]]:
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


def _blocks(document: Document) -> Iterator[tuple[Value, ...]]:
    raw, doc_id = document.source.raw, document.source.doc_id
    for b in document.blocks:
        yield doc_id, b.block_id, b.kind, b.start, b.end, b.level, b.section, raw[b.start : b.end]


_ROWS: dict[str, Callable[[Document], Iterator[tuple[Value, ...]]]] = {
    "entities": _entities,
    "dates": _dates,
    "laws": _laws,
    "sentences": _sentences,
    "tokens": _tokens,
    "blocks": _blocks,
}
