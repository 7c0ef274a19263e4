"""Which of several mentions over the same characters counts.

The annotation is flat: the longest mention wins; where two are equally long or cross each other, LAW goes before
ORG and ORG before DATE (guidelines, common rule 3).
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pipeline.model import Mention

PRECEDENCE = {"LAW": 0, "ORG": 1, "DATE": 2}


def flat(mentions: Iterable[Mention]) -> list[Mention]:
    """Return the mentions that count, in text order; no two of them share a character."""
    by_sentence: dict[int, list[Mention]] = defaultdict(list)
    for mention in mentions:
        by_sentence[mention.sentence].append(mention)
    return [mention for sentence in sorted(by_sentence) for mention in _flat(by_sentence[sentence])]


def _flat(mentions: list[Mention]) -> list[Mention]:
    kept: list[Mention] = []
    starts: list[int] = []
    for mention in sorted(mentions, key=lambda m: (m.start - m.end, PRECEDENCE[m.label], m.start)):
        at = bisect_left(starts, mention.start)
        free_before = at == 0 or kept[at - 1].end <= mention.start
        if free_before and (at == len(kept) or mention.end <= starts[at]):
            kept.insert(at, mention)
            starts.insert(at, mention.start)
    return kept
