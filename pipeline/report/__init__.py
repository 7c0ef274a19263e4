"""Stage 9: a document as one HTML page: marked text, tables, charts, and forms to judge with.

The page is self-contained: style, script and data stand in it, and nothing is loaded from elsewhere.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from pipeline.document import tables
from pipeline.entities import fields_of
from pipeline.entities.own_names.table import LABELS as NAMED
from pipeline.export.schema import columns
from pipeline.model.nearly import free
from pipeline.report.body import boxes
from pipeline.report.charts import draw_all
from pipeline.report.markup import Markup
from pipeline.report.overview import DOUBTFUL, groups, is_unresolved, tiles
from pipeline.report.pages import page, words

if TYPE_CHECKING:
    from pipeline.document.document import Document
    from pipeline.model.cells import Cell
    from pipeline.model.entity import Entity
    from pipeline.model.nearly import NearlyFound
    from pipeline.model.printed import Print
    from pipeline.scoring.scores import Case, Kind, Score

SCRIPTS = (
    "dom.js", "table.js", "core.js", "queue.js", "detail.js", "views.js", "outline.js", "judge.js",
    "memory.js", "same.js", "select.js", "caret.js", "near.js", "own.js", "serve.js", "keys.js", "start.js",
)  # fmt: skip
GOLD_KINDS: tuple[Kind, ...] = ("missed", "spurious", "boundary", "label", "norm", "correct")


@dataclass(frozen=True, slots=True)
class Verdicts:
    """What gold says of a document.

    Attributes:
        cases: Of each mention by its ``entity_id``; a missed one is an entity of the document, too.
        scores: Precision, recall and F1 with the interval, for each label and scheme.
    """

    cases: dict[str, Case]
    scores: tuple[Score, ...] = ()


@dataclass(frozen=True, slots=True)
class Service:
    """A server that keeps what a reader judges; a page without one keeps it itself."""

    path: str
    who: str
    state: dict[str, Any] = field(default_factory=dict)


def render(document: Document, verdicts: Verdicts | None = None, service: Service | None = None) -> str:
    """Return the page of ``document``: one HTML text that opens from disk and asks nothing of the network.

    Args:
        document: What to show.
        verdicts: What gold says of it; the page then leads to each case that is not right.
        service: Where judgements go; only then may the page speak to the server that it came from.
    """
    entities = sorted(document.entities, key=lambda e: (e.start, -e.end))
    drawn = draw_all(entities)
    cases = verdicts.cases if verdicts else {}
    counts = Counter(case.kind for case in cases.values())
    kinds = {key: case.kind for key, case in cases.items()}
    return page(
        "report.html.j2",
        SCRIPTS,
        document=document,
        labels=document.labels,
        body=Markup(kinds, words()["ja"]["to_marker"]).all(boxes(document, entities).items),
        entities=entities,
        groups={label: groups(entities, label) for label in document.labels},
        mentions=Counter(e.label for e in entities),
        tiles=tiles(entities),
        flags=Counter(flag for e in entities for flag in e.flags).most_common(),
        rules=Counter(e.rule for e in entities).most_common(),
        sections=_sections(entities),
        charts=drawn,
        gold=[(kind, counts[kind]) for kind in GOLD_KINDS if counts[kind]] if verdicts else None,
        scores=verdicts.scores if verdicts else (),
        served=service,
        modifiers=next(column.values for column in columns("entities") if column.name == "mod"),
        data=_data(document, entities, cases)
        | {
            "sets": {key: value for chart in drawn for key, value in chart.sets.items()},
            "service": _service(service),
        },
    )


def _sections(entities: list[Entity]) -> list[tuple[str, ...]]:
    """Return every path of headings that a mention stands under, and those above it, in text order."""
    paths = (e.section[:depth] for e in entities for depth in range(1, len(e.section) + 1))
    return list(dict.fromkeys(paths))


def _data(document: Document, entities: list[Entity], cases: dict[str, Case]) -> dict[str, Any]:
    gold = {}
    for index, entity in enumerate(entities):
        if case := cases.get(entity.entity_id):
            g = case.left
            gold[index] = [
                case.kind,
                g and [g.label, g.start, g.end, g.text, g.norm, g.value, g.mod, *map("|".join, g.locator)],
            ]
    near = _near(document, entities)
    return {
        "doc": {"id": document.source.doc_id, "sha256": document.source.sha256},
        "columns": tables.ENTITY_COLUMNS,
        "fields": {label: fields_of(label) for label in document.labels},
        "rows": [*tables.entity_rows(entities), *map(_near_cells, near)],
        "near": {len(entities) + at: c.reason for at, c in enumerate(near)},
        "today": {i: [e.url, e.title_today] for i, e in enumerate(entities) if e.url},
        "unresolved": [i for i, e in enumerate(entities) if is_unresolved(e)],
        "doubtful": DOUBTFUL,
        "named": NAMED,
        "gold": gold,
        "more": {i: more for i, e in enumerate(entities) if (more := _more(e, document.source.printed))},
    }


def _near(document: Document, entities: list[Entity]) -> list[NearlyFound]:
    """Return the candidates that the page offers; somebody may have edited their table."""
    raw, labels = document.source.raw, document.labels
    right = (c for c in document.candidates if c.label in labels and raw[c.start : c.end] == c.text)
    return free(right, ((e.start, e.end) for e in entities))


def _near_cells(c: NearlyFound) -> list[Cell]:
    """Return a candidate as a row of mentions."""
    more: dict[str, Cell] = {"entity_id": c.candidate_id, "confidence": c.probability}
    more["section"] = " > ".join(c.section)
    return [more.get(name, getattr(c, name, "")) for name in tables.ENTITY_COLUMNS]


def _more(entity: Entity, printed: Print | None) -> dict[str, Any]:
    """Return what is known beyond the columns: of a law its titles, of a PDF the page of the mention."""
    candidates = [" ".join(filter(None, (c.title, c.law_num, c.law_id))) for c in entity.candidates]
    page = printed.page(entity.start, entity.end) if printed else None
    found = {"url": entity.url, "title_today": entity.title_today, "candidates": candidates, "page": page}
    return {name: value for name, value in found.items() if value}


def _service(service: Service | None) -> dict[str, Any] | None:
    return {"path": service.path, "who": service.who, **service.state} if service else None
