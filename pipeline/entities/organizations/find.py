"""What is found of a body in a sentence, and which of several finds counts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline import spans
from pipeline.entities.names.find import Find

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pipeline.entities.names.registry import Name
    from pipeline.entities.organizations.registry import Organization


LABEL = "ORG"
# Two bodies of these kinds are no body and its part where their names touch: 自民党｜公明党.
STANDING = frozenset({"party", "association", "union"})

# What a name built of itself takes in behind it: 埼玉医科大学｜国際医療センター.
GROWING = frozenset(
    [
        "university",
        "institute",
        "corporation",
        "association",
        "union",
        "council",
        "police",
        "military",
        "local",
        "agency",
    ]
)


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
        whole: The body that the text names in full before, where a part stands alone (工部省鉄道局 … 鉄道局).
        contested: Whether a part that stands alone may be of that body as well as of another.
        whole_word: Whether its first character is only the beginning of a word (米子警察署, not 米軍).
        doubts: The flags of a part of ``head`` that no name says, but the order of a list.
    """

    name: str
    records: tuple[tuple[Organization, Name], ...] = ()
    head: tuple[tuple[Organization, Name], ...] = ()
    rest: str = ""
    norms: tuple[str, ...] = ()
    members: tuple[tuple[tuple[Organization, Name], ...], ...] = ()
    alias_of: str = ""
    kind: str = ""
    whole: OrganizationName | None = None
    contested: bool = False
    whole_word: bool = False
    doubts: tuple[str, ...] = ()


Found = Find[OrganizationName]


def by_short_name(find: Found) -> bool:
    """Whether a body of the registry is named by none of its official names."""
    return bool(find.name.records) and all(written.kind != "title" for _, written in find.name.records)


def longest(finds: Iterable[Found]) -> list[Found]:
    """Keep the finds that no longer one overlaps; of equal spans the first counts."""
    return spans.longest(finds, lambda find: find.span)
