"""What is found of a body in a sentence, and which of several finds counts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pipeline.entities.names.registry import Name
    from pipeline.entities.organizations.registry import Organization


LABEL = "ORG"


@dataclass(frozen=True, slots=True)
class OrganizationName:
    """What is written of a body.

    Attributes:
        name: The clean text of the mention, or of the name that an alias stands for.
        records: What the registry knows under the whole name.
        head: The registry's record of the leading part, and the rest of the name (空自|航空総隊司令部).
        norms: The names of the members of a coordination (陸・海・空自).
        members: What the registry knows under each of them.
        alias_of: The clean name that the text says this one stands for.
    """

    name: str
    records: tuple[tuple[Organization, Name], ...] = ()
    head: tuple[tuple[Organization, Name], ...] = ()
    rest: str = ""
    norms: tuple[str, ...] = ()
    members: tuple[tuple[tuple[Organization, Name], ...], ...] = ()
    alias_of: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Find:
    """A name in a sentence: its half-open span, and the rule that found it."""

    start: int
    end: int
    rule: str
    name: OrganizationName
    confidence: float = 1.0


def longest(finds: Iterable[Find]) -> list[Find]:
    """Keep the finds that no longer one overlaps; of equal spans the first counts."""
    found = list(finds)
    if len(found) < 2:
        return found
    kept: list[Find] = []
    covered: set[int] = set()
    for find in sorted(found, key=lambda f: f.start - f.end):
        # What was kept before is at least as long: if it overlaps, it covers an end.
        if find.start not in covered and find.end - 1 not in covered:
            kept.append(find)
            covered.update(range(find.start, find.end))
    return sorted(kept, key=lambda f: f.start)
