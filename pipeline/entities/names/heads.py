"""Heads of names, the words that they end with (省, 委員会; 法, 条約), and where they end in a text."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pipeline.entities.names.finders import Endings
from pipeline.facts import rows

if TYPE_CHECKING:
    from collections.abc import Iterator


class Head(NamedTuple):
    """A head of names: the kind of thing that it names, and what must stand before it."""

    head: str
    kind: str
    needs: str


class Heads:
    """The heads of a list, the longest first."""

    def __init__(self, file: str) -> None:
        """Read the columns ``head``, ``kind`` and ``needs`` of a file of ``data/``.

        Raises:
            FileNotFoundError: There is no such file.
        """
        found = (Head(row["head"], row["kind"], row["needs"]) for row in rows(file))
        self.all = tuple(sorted(found, key=lambda head: -len(head.head)))
        self._by_end: dict[str, list[Head]] = {}
        for head in self.all:
            self._by_end.setdefault(head.head[-1], []).append(head)
        self._endings = Endings(dict.fromkeys(head.head for head in self.all))

    def ends(self, text: str) -> list[int]:
        """Return the offsets at which a head ends, in text order, each once."""
        return self._endings.find(text)

    def at(self, text: str, end: int) -> Iterator[Head]:
        """Yield the heads that end at ``end`` in ``text``, the longest first."""
        for head in self._by_end.get(text[end - 1 : end], ()):
            if text.endswith(head.head, 0, end):
                yield head
