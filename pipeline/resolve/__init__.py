"""Stage 6: mentions → entities: which mention counts, what it means, and what it leans on."""

from __future__ import annotations

from bisect import bisect_left
from datetime import date
from typing import TYPE_CHECKING, Any

from pipeline.model import Entity
from pipeline.resolve.dates import DateResolver
from pipeline.resolve.laws import LawResolver
from pipeline.resolve.organizations import OrganizationResolver
from pipeline.resolve.overlaps import flat

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pipeline.instruments import Instruments
    from pipeline.model import Mention, Sentence, Source
    from pipeline.resolve.date_values import ResolvedDate

Fields = dict[str, Any]
Span = tuple[date, date]


def resolve(
    source: Source, sentences: Sequence[Sentence], mentions: Iterable[Mention], known: Instruments
) -> tuple[Entity, ...]:
    """Return the entities of a document in text order; no two of them share a character of a sentence.

    Args:
        source: The document; its reference date resolves deictic dates and chooses names by their time.
        sentences: In the order that the mentions' ``sentence`` counts.
        mentions: As the recognizers found them; they may overlap.
        known: The laws and treaties of the run.
    """
    kept = flat(mentions)
    fields: list[Fields | None] = [None] * len(kept)
    times = _dates(source, sentences, kept, fields)
    laws = LawResolver(source.reference_date, known)
    organizations = OrganizationResolver(source.reference_date)
    for index, mention in enumerate(kept):
        spoken = times.get(_unit(sentences[mention.sentence], mention.sentence))
        surface = sentences[mention.sentence].text[mention.start : mention.end]
        if mention.label == "LAW":
            fields[index] = _law(laws, index, mention, surface, spoken)
        elif mention.label == "ORG":
            fields[index] = _organization(organizations, mention, spoken)
    return _entities(source, sentences, kept, fields)


def _dates(
    source: Source, sentences: Sequence[Sentence], kept: Sequence[Mention], fields: list[Fields | None]
) -> dict[object, Span]:
    """Resolve the dates; return for each sentence or table row the one time that it speaks of, if it is one."""
    resolver = DateResolver(sentences, source.reference_date)
    times: dict[object, list[Span]] = {}
    for index, mention in enumerate(kept):
        if mention.label != "DATE":
            continue
        found = resolver.resolve(index, mention, mention.payload)  # type: ignore[arg-type]
        if found is None:
            continue
        fields[index] = _date(found)
        if found.first and found.last:
            unit = _unit(sentences[mention.sentence], mention.sentence)
            times.setdefault(unit, []).append((found.first, found.last))
    return {unit: spans[0] for unit, spans in times.items() if len({s[0].year for s in spans}) == 1}


def _unit(sentence: Sentence, index: int) -> object:
    """What shares a time: the cells of a row, else the sentence."""
    return (sentence.block_id, sentence.row) if sentence.row >= 0 else index


def _date(found: ResolvedDate) -> Fields:
    return {
        "norm": found.value,
        "value": found.value,
        "mod": found.mod,
        "start_date": found.first.isoformat() if found.first else "",
        "end_date": found.last.isoformat() if found.last else "",
        "granularity": found.granularity,
        "era": found.era,
        "era_year": found.era_year,
        "antecedent": found.antecedent,
        "flags": found.flags,
    }


def _law(
    resolver: LawResolver, index: int, mention: Mention, surface: str, spoken: Span | None
) -> Fields | None:
    found = resolver.resolve(index, mention, mention.payload, surface, spoken)  # type: ignore[arg-type]
    if found is None:
        return None
    return {
        "norm": found.norm,
        "law_num": found.law_num,
        "law_id": found.law_id,
        "kind": found.kind,
        "article": found.locators.article,
        "paragraph": found.locators.paragraph,
        "item": found.locators.item,
        "antecedent": found.antecedent,
        "flags": found.flags,
        "url": found.url,
        "title_today": found.title_today,
        "candidates": found.candidates,
    }


def _organization(resolver: OrganizationResolver, mention: Mention, spoken: Span | None) -> Fields:
    found = resolver.resolve(mention.payload, mention.sentence, spoken)  # type: ignore[arg-type]
    return {"norm": "|".join(found.norms), "kind": found.kind, "flags": found.flags, "antecedent": None}


def _entities(
    source: Source, sentences: Sequence[Sentence], kept: Sequence[Mention], fields: Sequence[Fields | None]
) -> tuple[Entity, ...]:
    """Number what is left in the order of the raw text, and turn antecedents into ids."""
    spans = {}
    for index, mention in enumerate(kept):
        if fields[index] is not None:
            spans[index] = sentences[mention.sentence].raw_span(mention.start, mention.end)
    order = _apart(spans)
    ids = {index: f"e{number:05d}" for number, index in enumerate(order, start=1)}
    entities = []
    for index in order:
        mention, own = kept[index], dict(fields[index] or {})
        sentence = sentences[mention.sentence]
        start, end = spans[index]
        antecedent = own.pop("antecedent", None)
        entities.append(
            Entity(
                doc_id=source.doc_id,
                entity_id=ids[index],
                label=mention.label,
                start=start,
                end=end,
                text=source.raw[start:end],
                surface=sentence.text[mention.start : mention.end],
                section=sentence.section,
                sentence_id=sentence.sentence_id,
                rule=mention.rule,
                confidence=mention.confidence,
                antecedent=ids.get(antecedent, ""),
                antecedent_distance=mention.sentence - kept[antecedent].sentence
                if antecedent in ids
                else None,
                **own,
            )
        )
    return tuple(entities)


def _apart(spans: dict[int, tuple[int, int]]) -> list[int]:
    """Return the mentions in raw order, without those that a mention running around them would overlap."""
    kept: list[tuple[int, int, int]] = []
    for index in sorted(spans, key=lambda i: (spans[i][0] - spans[i][1], spans[i][0])):
        start, end = spans[index]
        at = bisect_left(kept, (start, end, index))
        free_before = at == 0 or kept[at - 1][1] <= start
        if free_before and (at == len(kept) or end <= kept[at][0]):
            kept.insert(at, (start, end, index))
    return [index for _, _, index in kept]
