"""The organizations of a document: one row a body, with what the registry knows of it.

A body belongs to its parent in the registry; one that no registry holds belongs to the body whose whole name
begins its own (日本銀行大阪支店 → 日本銀行).
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from pipeline.entities.entity_type import Table
from pipeline.entities.organizations.find import LABEL
from pipeline.entities.organizations.houjin import identifiers
from pipeline.entities.organizations.registry import organizations

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pipeline.entities.organizations.registry import Organization
    from pipeline.model.cells import Value
    from pipeline.model.entity import Entity

COLUMNS = ("doc_id", "norm", "kind", "parent", "ids", "count", "entity_id", "surfaces")
LATER = ("id_candidates",)
# A company's name may begin another company's without owning it.
OWNS_NO_PART = frozenset({"company", "media", "party"})


@dataclass(slots=True)
class Member:
    """A body that a document names.

    Attributes:
        norm: Its official name.
        parent: The official name of the body that it is a part of, ``""`` if there is none or it is unknown.
        entity_id: Of its first mention.
        surfaces: How the text writes it, and how often.
        told: The identifiers that single mentions have.
        asked: Of the mentions without one: how many bodies of the register they may be, at most.
    """

    norm: str
    kind: str
    parent: str
    entity_id: str
    surfaces: Counter[str] = field(default_factory=Counter)
    told: dict[str, None] = field(default_factory=dict)
    asked: int | None = None

    @property
    def ids(self) -> tuple[str, ...]:
        """Its identifiers in other registers, as far as they are certain.

        Two full names with one norm (株式会社青葉, 有限会社青葉) make neither of them certain.
        """
        return identifiers().get(self.norm) or (tuple(self.told) if len(self.told) == 1 else ())

    @property
    def candidates(self) -> int | None:
        """How many bodies it may be, if none is certain and a register was asked."""
        if self.ids or (self.asked is None and not self.told):
            return None
        return max(len(self.told), self.asked or 0)

    def learn(self, entity: Entity) -> None:
        """Take in a mention of this body."""
        self.surfaces[entity.surface] += 1
        if entity.norm == self.norm:
            self.told |= dict.fromkeys(entity.ids)
            if entity.id_candidates is not None:
                self.asked = max(self.asked or 0, entity.id_candidates)


def roster(entities: Iterable[Entity]) -> list[Member]:
    """Return the bodies that ``entities`` name, in the order of their first mentions.

    A mention of several bodies (陸・海・空自) counts for each of them.
    """
    members: dict[str, Member] = {}
    for entity in entities:
        if entity.label != LABEL:
            continue
        for norm in entity.norm.split("|"):
            record = _records().get(norm)
            member = members.get(norm)
            if member is None:
                kind = record.kind if record else entity.kind
                told = entity.part_of if norm == entity.norm else ""
                parent = record.parent if record else told or _owner(norm)
                member = members[norm] = Member(norm, kind, parent, entity.entity_id)
            member.learn(entity)
    return list(members.values())


def _rows(doc_id: str, entities: Iterable[Entity]) -> Iterator[tuple[Value, ...]]:
    """Yield the rows of ``organizations.csv``, values in the order of ``COLUMNS`` and ``LATER``."""
    for member in roster(entities):
        written = tuple(surface for surface, _ in member.surfaces.most_common())
        yield (
            doc_id,
            member.norm,
            member.kind,
            member.parent,
            member.ids,
            member.surfaces.total(),
            member.entity_id,
            written,
            member.candidates,
        )


@cache
def _records() -> dict[str, Organization]:
    """Map official names to their records; of several bodies of one name the latest counts."""
    return {record.name: record for record in organizations()}


def _owner(norm: str) -> str:
    """Return the longest official name that begins ``norm``, if that body can have parts."""
    for end in range(len(norm) - 1, 2, -1):
        record = _records().get(norm[:end])
        if record is not None and record.kind not in OWNS_NO_PART:
            return record.name
    return ""


TABLE = Table("organizations", COLUMNS, _rows, LATER)
