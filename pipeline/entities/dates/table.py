"""``dates.csv``: one row a date, with its days and the year that it is counted under."""

from __future__ import annotations

from datetime import date
from operator import attrgetter
from typing import TYPE_CHECKING

from pipeline.entities.dates.parts import LABEL
from pipeline.entities.entity_type import Table
from pipeline.model.entity import value_year

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pipeline.model.cells import Value
    from pipeline.model.entity import Entity

COLUMNS = (
    "doc_id", "entity_id", "start", "end", "text", "surface", "value", "mod", "start_date", "end_date",
    "days", "year", "granularity", "era", "era_year", "sentence_id", "rule", "antecedent",
    "antecedent_distance", "confidence", "flags",
)  # fmt: skip


def _rows(_: str, entities: Iterable[Entity]) -> Iterator[tuple[Value, ...]]:
    before, behind = COLUMNS[: COLUMNS.index("days")], COLUMNS[COLUMNS.index("granularity") :]
    first, last = attrgetter(*before), attrgetter(*behind)
    for entity in entities:
        if entity.label == LABEL:
            span = (_days(entity), value_year(entity.start_date, entity.end_date))
            yield (*first(entity), *span, *last(entity))


def _days(entity: Entity) -> int | None:
    if not entity.start_date or not entity.end_date:
        return None
    return (date.fromisoformat(entity.end_date) - date.fromisoformat(entity.start_date)).days + 1


TABLE = Table("dates", COLUMNS, _rows)
