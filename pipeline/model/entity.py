"""What is found: a mention as a recognizer found it, and the entity that it was resolved to.

All spans are half-open ``[start, end)``. Those of a :class:`Mention` count code points of the text of its
sentence, those of an :class:`Entity` code points of the raw text.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any, Generic, TypeVar

from pipeline.model.shown import boxed, cut, facts_table, marked

Payload = TypeVar("Payload")
"""What a recognizer read in a mention, for the resolver of its type."""


@dataclass(frozen=True, slots=True)
class Mention(Generic[Payload]):
    """A find of a recognizer, before it is resolved.

    Attributes:
        sentence: Index of the sentence in the document.
        start: In the sentence's text; ``end`` likewise.
        rule: Name of the rule that found it.
        payload: What the recognizer read in it, for the resolver of its label.
        reason: Of a candidate, why it is none (``data/candidate_reasons.csv``); empty for a mention.
        likely: Of a candidate, the probability that it is one all the same.
    """

    label: str
    sentence: int
    start: int
    end: int
    rule: str
    payload: Payload
    reason: str = ""
    likely: float = 0.0


@dataclass(frozen=True, slots=True)
class Candidate:
    """One of several instruments that an ambiguous name may mean."""

    title: str
    law_num: str = ""
    law_id: str = ""


@dataclass(frozen=True, slots=True)
class Entity:
    """A resolved mention: one row of ``entities.csv`` (see ``docs/reference/columns.md``).

    Its span is half-open in code points of the raw text, and ``raw[start:end] == text``. What does not apply
    to its label is empty. The columns of the CSV are fixed; the last six stand in ``entities.json`` alone.

    Attributes:
        doc_id: Of its document.
        entity_id: ``e00001`` …, in text order, unique in the document.
        label: ``ORG``, ``DATE`` or ``LAW``.
        start: Where it begins in the raw text; no two mentions share a character.
        end: Where it ends there.
        text: As it stands in the raw text, line breaks and glosses within it included.
        surface: As cleaned: widths folded, line breaks and glosses taken out.
        norm: ORG, the official name, several joined by ``|``; LAW, the official title when the text speaks;
            DATE, ``value``.
        value: DATE: EDTF (ISO 8601-2:2019): ``2013-10-03``, ``2013-04/2014-03``, ``196X``.
        mod: DATE: ``START``, ``MID``, ``END``, ``APPROX``, ``ON_OR_AFTER``, ``ON_OR_BEFORE`` (TIMEX3, ISO
            24617-1).
        start_date: DATE: the first day of ``value``, ``YYYY-MM-DD``; empty where it is open.
        end_date: DATE: the last day likewise.
        granularity: DATE: ``day``, ``month``, ``year``, ``fiscal_year`` …; of a range with ``_range``.
        era: DATE: the era that is written or implied (``data/eras.csv``).
        era_year: DATE: its year in that era; 1 for 元年.
        law_num: LAW: the law number in kanji, as promulgated.
        law_id: LAW: e-Gov's LawID, only where it was verified.
        article: LAW: the articles cited: ``3``, ``3_2`` (第3条の2), ``100-107`` (a range).
        paragraph: LAW: the paragraphs likewise.
        item: LAW: the items likewise.
        kind: ORG: ``ministry``, ``council`` …; LAW: ``law``, ``treaty`` …
        section: The headings that it stands under, the uppermost first.
        sentence_id: Of its sentence.
        rule: That found it.
        antecedent: The ``entity_id`` of what a 同-expression or an elliptic date leans on.
        confidence: The probability that span, label and norm are right, 0 to 1, as measured on gold.
        flags: What is odd (see ``docs/reference/columns.md`` for their meaning).
        antecedent_distance: Sentences back to the antecedent, 0 in the same one; None without one.
        url: LAW: its page on e-Gov.
        title_today: LAW: the official title today.
        candidates: LAW: of an ambiguous name, all that it may mean.
        ids: ORG: identifiers in other registers (``houjin:8000012130001``), only where they are certain.
        id_candidates: ORG: how many bodies of the register that was imported it may be; None where it has
            identifiers or nothing was asked.
        part_of: ORG: the official name of the body that it is a part of, as names of one's own have it.
    """

    doc_id: str
    entity_id: str
    label: str
    start: int
    end: int
    text: str
    surface: str
    norm: str
    value: str = ""
    mod: str = ""
    start_date: str = ""
    end_date: str = ""
    granularity: str = ""
    era: str = ""
    era_year: int | None = None
    law_num: str = ""
    law_id: str = ""
    article: tuple[str, ...] = ()
    paragraph: tuple[str, ...] = ()
    item: tuple[str, ...] = ()
    kind: str = ""
    section: tuple[str, ...] = ()
    sentence_id: str = ""
    rule: str = ""
    antecedent: str = ""
    confidence: float = 1.0
    flags: tuple[str, ...] = ()
    antecedent_distance: int | None = None
    url: str = ""
    title_today: str = ""
    candidates: tuple[Candidate, ...] = ()
    ids: tuple[str, ...] = ()
    id_candidates: int | None = None
    part_of: str = ""

    @property
    def meaning(self) -> str:
        """Its meaning in a few words: its norm and its modifier."""
        return f"{self.norm} {self.mod}".strip()

    def __repr__(self) -> str:
        flags = f" flags: {', '.join(self.flags)}" if self.flags else ""
        return (
            f"<Entity {self.entity_id} {self.label} [{self.start}, {self.end}) {cut(self.surface)!r} → "
            f"{self.meaning!r}{flags}>"
        )

    def _repr_html_(self) -> str:
        """Return a table of its fields; empty ones are left out."""
        values = {f.name: getattr(self, f.name) for f in fields(self) if f.name not in ("label", "surface")}
        facts = [(name, _cell(name, value)) for name, value in values.items() if value not in ("", (), None)]
        return boxed(marked(self.surface, self.label) + facts_table(facts))


def _cell(name: str, value: Any) -> str:
    if name == "candidates":
        return " | ".join(candidate.title for candidate in value)
    return (" > " if name == "section" else " | ").join(value) if isinstance(value, tuple) else str(value)


def value_year(start_date: str, end_date: str) -> int | None:
    """Return the year under which a date is counted: of its first day, or of its last if that is open.

    >>> value_year("2013-04-01", "2014-03-31"), value_year("", "2010-12-31"), value_year("", "")
    (2013, 2010, None)
    """
    day = start_date or end_date
    return int(day[:4]) if day else None
