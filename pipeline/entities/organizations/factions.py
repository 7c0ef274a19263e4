"""Factions of a gang, which a text calls by their leader alone once it has named the gang: 石井派 of 山口組."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from pipeline.entities.names.find import Find
from pipeline.entities.organizations.facts import words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.entities.organizations.find import Found, OrganizationName
    from pipeline.model.sentence import Analysis

FACTION = "派"


class Factions:
    """The gang that a document has named last owns the factions named after it."""

    def __init__(self) -> None:
        """Begin with a document that has named no gang."""
        self._gang: OrganizationName | None = None

    def find(self, analysis: Analysis, finds: list[Found]) -> Iterator[Found]:
        """Yield the factions of a sentence, with the gang's norm, and remember the gangs in ``finds``."""
        for find in finds:
            if any(record.name in words("gang") for record, _ in find.name.records):
                self._gang = find.name
        if self._gang is None or FACTION not in analysis.sentence.text:
            return
        for leader, head in pairwise(analysis.tokens):
            named = "人名-姓" in leader.pos and head.surface == FACTION and leader.end == head.start
            if named and not any(f.start < head.end and leader.start < f.end for f in finds):
                yield Find(leader.start, head.end, "faction", self._gang)
