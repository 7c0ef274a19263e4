"""Names of a person's own, beside those of a registry: how they join it, and where they stand in a text."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

from pipeline.clean import fold
from pipeline.entities.names.definitions import on_edges
from pipeline.model.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from pipeline.entities.names.registry import Name


OWN_NAME = "own_name"
"""The rule of a mention of such a name."""
OFFICIAL = ("title", "former")
PARTICLE = Rule(
    "particle_behind_an_own_name",
    "[はがをにのとでもへやな]|から|より|など",
    reads=("さざなみのわ⟦から⟧届いた。", "みなとぐみ⟦は⟧"),
    leaves=("みなとぐみ⟦い", "みなと⟦ぐみ"),
)
BEHIND = Rule(
    "particle_before_an_own_name",
    "(?<=[^ぁ-ん])[はがをにのとでもや]",
    reads=("青葉市⟦の⟧みらクラは公表した。",),
    leaves=("さ⟦とみらクラ", "⟦とみらクラ"),
)
# A name in kana of this length is no part of another word, if a particle stands behind it (決め打ち).
LONG = 4


class Joinable(Protocol):
    """A record of a registry."""

    @property
    def names(self) -> tuple[Name, ...]:
        """All of its names, the official one first."""


Record = TypeVar("Record", bound=Joinable)


@dataclass(frozen=True, slots=True)
class OwnRecords(Generic[Record]):
    """What a person adds to a registry.

    Attributes:
        added: Records that the registry lacks.
        more: More names of its records, by their official name.
    """

    added: tuple[Record, ...]
    more: Mapping[str, tuple[Name, ...]]

    def beside(self, known: Iterable[Record]) -> Iterator[Record]:
        """Yield the records of a registry and those of one's own.

        A short name that is one's own means nothing else any more; official names stay what they are.
        """
        taken = {fold(name.text) for record in self.added for name in record.names}
        taken |= {fold(name.text) for names in self.more.values() for name in names}
        for record in known:
            kept = tuple(n for n in record.names if n.kind in OFFICIAL or fold(n.text) not in taken)
            names = kept + self.more.get(record.names[0].text, ())
            yield record if names == record.names else replace(record, names=names)  # type: ignore[type-var]
        yield from self.added


def is_own(records: Iterable[tuple[object, Name]]) -> bool:
    """Whether a name is one's own, as all records say that bear it."""
    found = [name.own for _, name in records]
    return bool(found) and all(found)


def stands(text: str, start: int, end: int, edges: frozenset[int]) -> bool:
    """Whether a name of one's own stands at a half-open span.

    No dictionary knows it, so that an analyzer may cut it wrongly: a name also begins and ends where the
    script changes, and a long one between particles.

    >>> stands("新みらクラ会は", 1, 5, frozenset()), stands("みらクラシック", 0, 4, frozenset({0}))
    (True, False)
    """
    borders = {at for at in (start, end) if _border(text, at)}
    if end - start >= LONG and PARTICLE.match(text, end):
        borders.add(end)
    if end - start >= LONG and start and BEHIND.match(text, start - 1):
        borders.add(start)
    return on_edges(text, start, end, edges | borders)


def _border(text: str, at: int) -> bool:
    return not 0 < at < len(text) or _script(text[at - 1]) != _script(text[at])


def _script(char: str) -> str:
    """Return the script of a character: a first word of its name; marks that go on with any are katakana."""
    if char == "ー":
        return "KATAKANA"
    name = unicodedata.name(char, "OTHER")
    return re.split("[ -]", name)[0] if char != "々" else "CJK"
