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

# What the names of those instruments end with that e-Gov lists; amending acts are not in its list.
LISTED = ("法", "法律", "令", "規則")
AMENDING = ("改正する法律", "改正法")


def unlisted(entities: Iterable[Entity]) -> set[str]:
    """Return the names of laws that no known list holds and that the full list of e-Gov may hold.

    Bills, treaties and what a number or the text itself resolves are not among them.
    """
    return {
        entity.norm
        for entity in entities
        if {"unresolved", "not_in_registry"} <= {*entity.flags}
        and not entity.kind
        and entity.norm.endswith(LISTED)
        and not entity.norm.endswith(AMENDING)
    }


def _rows(_: str, entities: Iterable[Entity]) -> Iterator[tuple[Value, ...]]:
    titles = COLUMNS.index("candidate_titles")
    before, behind = attrgetter(*COLUMNS[:titles]), attrgetter(*COLUMNS[titles + 1 :])
    for entity in entities:
        if entity.label == LABEL:
            meant = tuple(candidate.title for candidate in entity.candidates)
            yield (*before(entity), meant, *behind(entity))


TABLE = Table("laws", COLUMNS, _rows)
