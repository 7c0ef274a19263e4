"""What was nearly found: what recognizers saw and the evidence did not carry, and how likely it is right.

Candidates are in no count and in no ``entities.csv``; ``--accept-from`` turns those that are likely enough
into mentions.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from pipeline.entities import TYPES
from pipeline.model.nearly import NearlyFound
from pipeline.resolve import confidence

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pipeline.entities.entity_type import Context, Known
    from pipeline.model.entity import Entity, Mention
    from pipeline.model.sentence import Analysis
    from pipeline.model.source import Source

DROPPED = "no_meaning"
"""The reason of a mention that turned out to mean nothing when it was resolved."""
UNKNOWN = frozenset({"not_in_registry", "unresolved", "unresolved_anaphora"})
"""Flags of a meaning that no registry gives."""


def nearly(
    analyses: Sequence[Analysis], known: Known, kept: Iterable[Mention[Any]], document: confidence.Document
) -> list[Mention[Any]]:
    """Return the candidates beside the mentions that count, each with its probability, in text order.

    No two of them share a character, and none shares one with a mention: of several the likeliest counts.

    Args:
        analyses: The sentences of a document with their tokens.
        known: What the run knows beside the shipped facts.
        kept: The mentions that count.
        document: What is known of the whole document.
    """
    taken: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for mention in kept:
        taken[mention.sentence].append((mention.start, mention.end))
    seen = [m for m in _all(analyses, known) if _free(taken.get(m.sentence, ()), m.start, m.end)]
    found = list(judged(seen, analyses, document, confidence.candidate_threshold()))
    found.sort(key=lambda m: (-m.likely, m.sentence, m.start, -m.end))
    chosen = []
    for mention in found:
        spans = taken[mention.sentence]
        if _free(spans, mention.start, mention.end):
            spans.insert(bisect_left(spans, (mention.start, mention.end)), (mention.start, mention.end))
            chosen.append(mention)
    return sorted(chosen, key=lambda m: (m.sentence, m.start))


def judged(
    mentions: Sequence[Mention[Any]],
    analyses: Sequence[Analysis],
    document: confidence.Document,
    least: float = 0.0,
) -> Iterator[Mention[Any]]:
    """Yield the candidates that are at least so likely, with their probability."""
    names = [analyses[m.sentence].sentence.text[m.start : m.end] for m in mentions]
    document = document._replace(times=Counter(names))
    for mention in mentions:
        evidence = confidence.of_candidate(mention, analyses[mention.sentence], document)
        likely = confidence.probability("candidate", mention.label, evidence)
        if likely >= least:
            yield replace(mention, likely=likely)


def _all(analyses: Sequence[Analysis], known: Known) -> Iterator[Mention[Any]]:
    for entity_type in TYPES:
        if entity_type.candidates is not None:
            yield from entity_type.candidates(analyses, known)


def _free(spans: Sequence[tuple[int, int]], start: int, end: int) -> bool:
    """Whether nothing of [start, end) lies in one of the spans, which are in order and apart."""
    at = bisect_left(spans, (end,))
    return not at or spans[at - 1][1] <= start


def rows(
    source: Source, context: Context, mentions: Iterable[Mention[Any]], entities: Iterable[Entity]
) -> Iterator[NearlyFound]:
    """Yield the rows of the candidates in the order of the raw text.

    A mention may run around what interrupts its sentence: a candidate in there is left out.

    Args:
        source: The document.
        context: As the meanings of the mentions depend on it.
        mentions: The candidates, each with its probability.
        entities: What was found.
    """
    taken = sorted((entity.start, entity.end) for entity in entities)
    placed = sorted(
        ((context.sentences[m.sentence].raw_span(m.start, m.end), m) for m in mentions),
        key=lambda pair: pair[0],
    )
    resolvers = {entity_type.label: entity_type.resolver(context) for entity_type in TYPES}
    reached, number = 0, 0
    for (start, end), mention in placed:
        if start < reached or not _free(taken, start, end):
            continue
        reached, number = end, number + 1
        sentence = context.sentences[mention.sentence]
        known = mention.payload is not None and mention.reason != DROPPED
        meaning = resolvers[mention.label](-number, mention) if known else None
        yield NearlyFound(
            doc_id=source.doc_id,
            candidate_id=f"c{number:05d}",
            label=mention.label,
            start=start,
            end=end,
            text=source.raw[start:end],
            surface=sentence.text[mention.start : mention.end],
            norm=meaning.norm if meaning and not UNKNOWN & set(meaning.flags) else "",
            probability=mention.likely,
            reason=mention.reason,
            section=sentence.section,
            sentence_id=sentence.sentence_id,
            rule=mention.rule,
        )
