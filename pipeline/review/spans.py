"""Spans that can be asked for what they overlap, however many there are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator

K = TypeVar("K", bound="Hashable")
# Code points of one stretch; mentions are about as long, and seldom stand closer (決め打ち).
WIDTH = 64


class Spans(Generic[K]):
    """Keys with half-open spans of a text in code points. A span is held at each stretch that it touches."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._stretches: dict[int, dict[K, tuple[int, int]]] = {}

    def add(self, key: K, start: int, end: int) -> None:
        """Hold the span of a key."""
        for stretch in _stretches(start, end):
            self._stretches.setdefault(stretch, {})[key] = start, end

    def remove(self, key: K, start: int, end: int) -> None:
        """Let go of a span that is held."""
        for stretch in _stretches(start, end):
            del self._stretches[stretch][key]

    def overlapping(self, start: int, end: int) -> Iterator[K]:
        """Yield the key of each span that shares a code point with this one; nothing may change meanwhile."""
        seen: set[K] = set()
        for stretch in _stretches(start, end):
            for key, (first, behind) in self._stretches.get(stretch, {}).items():
                if first < end and start < behind and key not in seen:
                    seen.add(key)
                    yield key


def _stretches(start: int, end: int) -> range:
    return range(start // WIDTH, (max(end, start + 1) - 1) // WIDTH + 1)
