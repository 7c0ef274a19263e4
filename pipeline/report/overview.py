"""The tables of the page: organizations, laws and dates, each name with all its places."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pipeline.entities import TELL_TIME
from pipeline.resolve.confidence import doubtful

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.model.entity import Entity

UNRESOLVED = frozenset({"unresolved", "unresolved_anaphora", "no_reference_date"})
"""Flags of a mention that points to something which is not known."""
STATUSES = (
    "law_repealed",
    "law_renamed",
    "text_may_differ",
    "unresolved",
    "number_mismatch",
    "id_withheld",
    "ambiguous_name",
    "not_in_registry",
)
LEVELS = {"article": "条", "paragraph": "項", "item": "号"}
"""The levels of a place in a law, and their signs."""
DOUBTFUL = doubtful()
"""Below it a mention is among the least sure: measured on gold, as the tenth that holds most errors."""


@dataclass(slots=True)
class Group:
    """All mentions of one name or value.

    Attributes:
        members: Their places in the page's data.
        kinds: Of the law or the body, as in the column ``kind``.
        locators: Of a law: the places in it that are cited, with the mentions that cite them.
        key: What a table sorts a date by.
    """

    label: str
    norm: str
    key: str = ""
    members: list[int] = field(default_factory=list)
    surfaces: Counter[str] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)
    statuses: Counter[str] = field(default_factory=Counter)
    locators: dict[str, list[int]] = field(default_factory=dict)
    law_num: str = ""
    law_id: str = ""
    flagged: int = 0


def groups(entities: Sequence[Entity], label: str) -> list[Group]:
    """Gather the mentions of ``label``: names by count, dates in order of time, those without a value last.

    A mention with several names (``norm`` joined by a bar) counts for each.
    """
    found: dict[str, Group] = {}
    for index, entity in enumerate(entities):
        if entity.label == label:
            for name in _names(entity):
                _add(found.setdefault(name, Group(label, name)), index, entity)
    if label in TELL_TIME:
        return sorted(found.values(), key=lambda g: (g.key or "~", g.norm, g.members[0]))
    return sorted(found.values(), key=lambda g: (-len(g.members), g.members[0]))


def _names(entity: Entity) -> Iterator[str]:
    if entity.label in TELL_TIME:
        yield " ".join(filter(None, (entity.value, entity.mod))) or entity.surface
    else:
        yield from dict.fromkeys(filter(None, entity.norm.split("|"))) or [entity.surface]


def _add(group: Group, index: int, entity: Entity) -> None:
    group.members.append(index)
    group.surfaces[entity.surface] += 1
    group.flagged += bool(entity.flags)
    group.key = group.key or entity.start_date or entity.end_date or entity.value
    group.law_num = group.law_num or entity.law_num
    group.law_id = group.law_id or entity.law_id
    group.statuses.update(flag for flag in entity.flags if flag in STATUSES)
    if kind := entity.kind or entity.granularity:
        group.kinds[kind] += 1
    if (entity.article or entity.paragraph or entity.item) and (place := locator(entity)):
        group.locators.setdefault(place, []).append(index)


def locator(entity: Entity) -> str:
    """Return the place in a law as it is written: ``第3条の2第1項``; several of a level are joined by a comma."""
    levels = ((getattr(entity, name), unit) for name, unit in LEVELS.items())
    return "".join("、".join(_place(part, unit) for part in parts) for parts, unit in levels)


def _place(part: str, unit: str) -> str:
    def one(number: str) -> str:
        first, *branches = number.split("_")
        return f"第{first}{unit}" + "".join(f"の{branch}" for branch in branches)

    return "～".join(map(one, part.split("-")))


def tiles(entities: Sequence[Entity]) -> dict[str, int]:
    """Count what to look at first: unresolved, flagged and doubtful mentions."""
    return {
        "unresolved": sum(is_unresolved(e) for e in entities),
        "flagged": sum(bool(e.flags) for e in entities),
        "doubtful": sum(e.confidence < DOUBTFUL for e in entities),
    }


def is_unresolved(entity: Entity) -> bool:
    """Tell whether the meaning of a mention is unknown: a flag says so, or a date has no value."""
    return bool(UNRESOLVED & set(entity.flags)) or (entity.label in TELL_TIME and not entity.value)
