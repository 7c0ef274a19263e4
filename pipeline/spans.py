"""Half-open spans, and which of several that overlap count."""

from __future__ import annotations

from bisect import bisect_left
from operator import itemgetter
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

T = TypeVar("T")


def longest(
    things: Iterable[T], span: Callable[[T], tuple[int, int]], rank: Callable[[T], int] = lambda _: 0
) -> list[T]:
    """Return the things that no longer one overlaps, in the order of their spans.

    Args:
        things: In any order; of equal ones the first counts.
        span: Gives the half-open span of a thing.
        rank: Of equally long things the one with the lower rank counts, then the one that begins first.

    >>> longest([(0, 2), (1, 5), (5, 6)], lambda span: span)
    [(1, 5), (5, 6)]
    """
    given = list(things)
    if len(given) < 2:
        return given
    spans = [(*span(thing), thing) for thing in given]
    spans.sort(key=itemgetter(0))
    return [thing for group in _groups(spans) for thing in _longest(group, rank)]


def _groups(spans: list[tuple[int, int, T]]) -> Iterator[list[tuple[int, int, T]]]:
    """Yield the spans in groups that do not overlap each other."""
    group: list[tuple[int, int, T]] = []
    reached = 0
    for item in spans:
        if group and item[0] >= reached:
            yield group
            group = []
        group.append(item)
        reached = max(reached, item[1]) if len(group) > 1 else item[1]
    if group:
        yield group


def _longest(group: list[tuple[int, int, T]], rank: Callable[[T], int]) -> list[T]:
    if len(group) == 1:
        return [group[0][2]]
    kept: list[tuple[int, int, T]] = []
    for item in sorted(group, key=lambda item: (item[0] - item[1], rank(item[2]), item[0])):
        at = bisect_left(kept, item[0], key=itemgetter(0))
        if (at == 0 or kept[at - 1][1] <= item[0]) and (at == len(kept) or item[1] <= kept[at][0]):
            kept.insert(at, item)
    return [thing for _, _, thing in kept]
