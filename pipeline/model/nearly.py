"""What was nearly found: a row of ``candidates.csv``."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True)
class NearlyFound:
    """What the evidence did not carry, kept apart from the mentions and in no count.

    Its span is half-open in code points of the raw text, and ``raw[start:end] == text``; it shares no
    character with a mention.

    Attributes:
        doc_id: Of its document.
        candidate_id: ``c00001`` …, in text order, unique in the document.
        label: What it would be: ``ORG``, ``DATE`` or ``LAW``.
        start: Where it begins in the raw text.
        end: Where it ends there.
        text: As it stands in the raw text.
        surface: As cleaned.
        norm: What it would mean, where a registry knows it; empty else.
        probability: That it is a mention with this label, span and norm, 0 to 1.
        reason: Why it was left (``data/candidate_reasons.csv``).
        section: The headings that it stands under, the uppermost first.
        sentence_id: Of its sentence.
        rule: That nearly found it.
    """

    doc_id: str
    candidate_id: str
    label: str
    start: int
    end: int
    text: str
    surface: str
    norm: str
    probability: float
    reason: str
    section: tuple[str, ...]
    sentence_id: str
    rule: str


def free(candidates: Iterable[NearlyFound], mentions: Iterable[tuple[int, int]]) -> list[NearlyFound]:
    """Return the candidates that a reader can take in, in text order.

    They overlap no mention and none of those before. The gold that is held against a run may have some of
    them, and somebody may have edited their table.

    Args:
        candidates: All there are, of one document.
        mentions: Half-open spans in code points of the raw text.
    """
    reached, found = 0, []
    taken = sorted(mentions)
    ends = [0, *accumulate((end for _, end in taken), max)]
    for c in sorted(candidates, key=lambda c: c.start):
        if max(reached, ends[bisect_left(taken, (c.end,))]) <= c.start < c.end:
            found.append(c)
            reached = c.end
    return found
