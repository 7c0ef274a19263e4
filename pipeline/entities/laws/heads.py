"""What titles of laws end with, and the words that tell a statute from a method: facts from ``data/``."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from pipeline.entities.names.finders import Endings
from pipeline.facts import column, rows
from pipeline.model.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

# Agreements of universities, towns and firms by what they are about; 協力に関する協定 alone may be a treaty.
PRIVATE = Rule(
    "private_agreement_by_its_subject",
    "(?:(?:包括)?連携(?:(?:及び|・|、)?協力)?(?:の推進)?|業務提携|共同研究|物資の供給)に(?:関する|係る|係わる)"
    "(?:包括|基本)?協定$|協力に関する(?:包括|基本)協定$",
    reads=("連携・協力の推進に関する基本協定", "協力に関する包括協定", "業務提携に関する協定"),
    leaves=("原子力の平和的利用における協力に関する協定", "連携に関する日本国とペルー共和国との間の協定"),
)


@dataclass(frozen=True, slots=True)
class Head:
    """A head of titles: the kind of instrument, and what must stand before it."""

    head: str
    kind: str
    needs: str


@cache
def heads() -> tuple[Head, ...]:
    """Return the heads, the longest first (``data/law_heads.csv``)."""
    found = (Head(row["head"], row["kind"], row["needs"]) for row in rows("law_heads.csv"))
    return tuple(sorted(found, key=lambda h: -len(h.head)))


@cache
def heads_by_end() -> dict[str, tuple[Head, ...]]:
    """Return the heads by their last character, the longest first."""
    ends: dict[str, list[Head]] = {}
    for head in heads():
        ends.setdefault(head.head[-1], []).append(head)
    return {end: tuple(found) for end, found in ends.items()}


def heads_at(text: str, end: int) -> Iterator[Head]:
    """Yield the heads that end at ``end`` in ``text``, the longest first."""
    for head in heads_by_end().get(text[end - 1 : end], ()):
        if text.endswith(head.head, 0, end):
            yield head


@cache
def head_endings() -> Endings:
    """Return what finds where a head ends."""
    return Endings(head.head for head in heads())


@cache
def stems() -> frozenset[str]:
    """Return the words that make 〜法 a statute (``data/law_stems.csv``)."""
    return frozenset(row["stem"] for row in rows("law_stems.csv"))


@cache
def methods() -> frozenset[str]:
    """Return the words that make 〜法 a method, whatever is done with it (``data/law_methods.csv``)."""
    return frozenset(row["stem"] for row in rows("law_methods.csv"))


@cache
def generic() -> frozenset[str]:
    """Return what looks like a name but is a kind or a field of law (``data/law_generic.csv``)."""
    return frozenset(row["name"] for row in rows("law_generic.csv"))


@cache
def private() -> tuple[str, ...]:
    """Return agreements and rules that bind those who made them alone (``data/law_generic.csv``)."""
    return column("law_generic.csv", "name", "reason", "private agreement")


@cache
def collectives() -> frozenset[str]:
    """Return what several laws are called together: 関係法 (``data/law_generic.csv``)."""
    return frozenset(column("law_generic.csv", "name", "reason", "collective"))


@cache
def kinds_of_order() -> tuple[str, ...]:
    """Return what ends the names of kinds of orders: 大統領令 (``data/law_generic.csv``)."""
    return column("law_generic.csv", "name", "reason", "kind of order")


@cache
def stem_endings() -> tuple[str, ...]:
    """Return the words that make 〜法 a statute, for ``str.endswith``."""
    return tuple(stems())


@cache
def method_endings() -> tuple[str, ...]:
    """Return the words that make 〜法 a method, for ``str.endswith``."""
    return tuple(methods())
