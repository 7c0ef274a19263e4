"""Parts of bodies that a text names in full, and a little later alone: 工部省鉄道局 … 鉄道局."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.entities.organizations.facts import generic, words
from pipeline.model.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from pipeline.entities.organizations.find import Found, OrganizationName
    from pipeline.model.sentence import Analysis

BUREAU = Rule(
    "end_of_a_bureau",  # its name alone names it, as that of a 本部 or 委員会 does not
    "(?:[局課室]|(?<!本)部)$",
    reads=("総務⟦局⟧", "施設⟦部⟧"),
    leaves=("対策本部", "部会"),
)
OWNER = Rule(
    "owner_of_a_part",  # one of its kind: a school's 法学部 and a firm's 営業部 are words for a class
    "(?:[省庁府県市区町村局]|東京都|北海道)$",
    reads=("青森⟦県⟧", "⟦東京都⟧", "交通⟦局⟧"),
    leaves=("東京大学", "青葉会社", "市場"),
)
SHORTEST, LONGEST = 3, 14  # 決め打ち: code points of a part
REACH = 8  # 決め打ち: so many sentences behind its last naming a part is still its body's
MANY_RIVALS = 12  # 決め打ち: a sentence with more bodies and places is a list


class NamedParts:
    """The parts that the section has named with their bodies, and what a part alone then stands for."""

    def __init__(self) -> None:
        """Begin with none."""
        self._named: dict[str, tuple[int, OrganizationName]] = {}
        self._number = 0
        self._section: tuple[str, ...] = ()
        self._rivals: frozenset[frozenset[str]] | None = None

    def begin(self, section: tuple[str, ...]) -> None:
        """Go on to the next sentence; another section begins without a memory."""
        self._number += 1
        self._rivals = None
        if section != self._section:
            self._named.clear()
            self._section = section

    def learn(self, name: OrganizationName) -> None:
        """Remember what a body that is named in full may be called behind it: 総務局 of 東京都総務局."""
        text = name.alias_of or name.name
        if name.norms or name.whole or not BUREAU.search(text):
            return
        for size in range(SHORTEST, min(len(text) - 1, LONGEST) + 1):
            if OWNER.search(text[:-size]) and text[-size:-1] not in generic():
                self._named[text[-size:]] = (self._number, name)

    def learn_part(self, part: str, name: OrganizationName) -> None:
        """Remember whose ``part`` is, where a sentence names its ministry apart: 国土交通省の鉄道局."""
        if part in self._named:
            self._named[part] = (self._number, name)

    def whole(self, part: str) -> OrganizationName | None:
        """Return what was named in full not long before and may be called ``part``."""
        number, name = self._named.get(part, (0, None))
        return name if self._number - number <= REACH else None

    def of(self, part: str, analysis: Analysis, finds: Sequence[Found]) -> OrganizationName:
        """Return what ``part``, which :meth:`whole` knows, stands for in a sentence with ``finds``.

        Its ``whole`` is empty and it is ``contested`` where the part may as well be another's.
        """
        whole = self._named[part][1]
        if self._rivals is None:
            self._rivals = _rivals(analysis, finds, self._named.keys())
        own = _names(whole)
        rival = len(self._rivals) > MANY_RIVALS or any(
            not any(one in other for one in rival for other in own) for rival in self._rivals
        )
        if not rival:
            self._named[part] = (self._number, whole)
        return replace(whole, name=part, whole=None if rival else whole, contested=rival)


def _rivals(analysis: Analysis, finds: Sequence[Found], parts: Collection[str]) -> frozenset[frozenset[str]]:
    """Return the names, each with its other forms, of what else in a sentence may own a part."""
    found = [_names(find.name) for find in finds if find.name.name not in parts]
    many = words("of_many")
    others = [
        frozenset({token.surface})
        for token in analysis.tokens
        if "地名" in token.pos or token.surface.startswith(tuple(many))
    ]
    return frozenset([*found, *others])


def _names(name: OrganizationName) -> frozenset[str]:
    """Return the forms of a body's name: as written, and as the registry has it."""
    official = {record.name for record, _ in name.records[:1]}
    joined = {record.name + name.rest for record, _ in name.head[:1]}
    return frozenset({name.name, *official, *joined})
