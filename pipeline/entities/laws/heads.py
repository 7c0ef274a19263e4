"""What titles of laws end with, and the words that tell a statute from a method: facts from ``data/``."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from pipeline.entities.names.finders import Endings
from pipeline.facts import column, rows

if TYPE_CHECKING:
    from collections.abc import Iterator


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


@cache
def rule_stems() -> tuple[str, ...]:
    """Return the words that make 〜規則 an order of the State: 統計調査 (``data/law_words.csv``)."""
    return column("law_words.csv", "word", "list", "rule_stem")
