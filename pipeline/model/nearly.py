"""What was nearly found: a row of ``candidates.csv``."""

from __future__ import annotations

from dataclasses import dataclass


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
