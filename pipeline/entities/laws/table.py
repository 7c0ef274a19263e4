"""``laws.csv``: one row a citation, with what an ambiguous name may mean."""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING

from pipeline.entities.entity_type import Table
from pipeline.entities.laws.citation import LABEL

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pipeline.model.cells import Value
    from pipeline.model.entity import Entity

COLUMNS = (
    "doc_id", "entity_id", "start", "end", "text", "surface", "norm", "title_today", "kind", "law_num",
    "law_id", "url", "article", "paragraph", "item", "sentence_id", "rule", "antecedent",
    "antecedent_distance", "candidate_titles", "confidence", "flags",
)  # fmt: skip


def _rows(_: str, entities: Iterable[Entity]) -> Iterator[tuple[Value, ...]]:
    titles = COLUMNS.index("candidate_titles")
    before, behind = attrgetter(*COLUMNS[:titles]), attrgetter(*COLUMNS[titles + 1 :])
    for entity in entities:
        if entity.label == LABEL:
            meant = tuple(candidate.title for candidate in entity.candidates)
            yield (*before(entity), meant, *behind(entity))


TABLE = Table("laws", COLUMNS, _rows)
