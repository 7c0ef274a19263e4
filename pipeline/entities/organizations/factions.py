"""Factions of a gang, which a text calls by their leader alone once it has named the gang: 石井派 of 山口組."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from pipeline.entities.names.find import Find
from pipeline.entities.organizations.facts import words
from pipeline.entities.organizations.find import OrganizationName

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.entities.organizations.find import Found
    from pipeline.model.sentence import Analysis

FACTION = "派"
AGAINST = ("反", "親", "非", "脱")  # 反｜安倍｜派: those who are for or against a person


class Factions:
    """The gang or party that a document has named last owns the factions named after it."""

    def __init__(self) -> None:
        """Begin with a document that has named neither."""
        self._gang: OrganizationName | None = None
        self._party = False

    def find(self, analysis: Analysis, finds: list[Found]) -> Iterator[Found]:
        """Yield the factions of a sentence, and remember the gangs and parties in ``finds``.

        A gang's have its norm; a party's have their own, behind the party's where that stands right before.
        """
        self._remember(finds)
        if FACTION not in analysis.sentence.text:
            return
        named_before = self._gang is not None or self._party
        before = None
        for leader, head in pairwise(analysis.tokens):
            named = "人名-姓" in leader.pos and head.surface == FACTION and leader.end == head.start
            against = before is not None and before.end == leader.start and before.surface in AGAINST
            known = named_before or leader.surface in words("faction_leader")
            if (
                named
                and known
                and not against
                and not any(f.start < head.end and leader.start < f.end for f in finds)
            ):
                yield self._faction(analysis.sentence.text, leader.start, head.end, finds)
            before = leader

    def _remember(self, finds: list[Found]) -> None:
        for find in finds:
            if any(record.name in words("gang") for record, _ in find.name.records):
                self._gang, self._party = find.name, False
            elif any(record.kind == "party" and record.country == "JP" for record, _ in find.name.records):
                self._party = True

    def _faction(self, text: str, start: int, end: int, finds: list[Found]) -> Found:
        owner = next((find for find in finds if find.end == start), None)
        if owner is not None and any(record.kind == "party" for record, _ in owner.name.records):
            name = OrganizationName(text[owner.start : end], head=owner.name.records, rest=text[start:end])
            return Find(owner.start, end, "faction", name)
        gang = self._gang if not self._party else None
        return Find(start, end, "faction", gang or OrganizationName(text[start:end], kind="party"))
