"""The words of the rules of laws, by list: facts from ``data/law_patterns.csv``."""

from __future__ import annotations

from pipeline.entities.names.phrases import alternatives
from pipeline.facts import column


def words(*lists: str) -> tuple[str, ...]:
    """Return the words of lists, in their order."""
    return tuple(word for name in lists for word in column("law_patterns.csv", "word", "list", name))


def any_of(*lists: str) -> str:
    """Return what reads any word of the lists, to stand in a group of a pattern."""
    return alternatives(words(*lists))


# Between the members of a list; and what is done with a law when it is made.
JOINER = any_of("joiner")
MADE = any_of("made")
