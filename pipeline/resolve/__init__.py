"""Stage 6: mentions → entities: which mention counts, what it means, and what it leans on."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

from pipeline.entities.declared import types_of
from pipeline.entities.entity_type import Context, Meaning
from pipeline.entities.names.own import OWN_NAME
from pipeline.model.entity import Entity
from pipeline.resolve import confidence
from pipeline.resolve.candidates import DROPPED, judged, nearly, rows
from pipeline.spans import longest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from pipeline.entities.entity_type import EntityType, Known, Span
    from pipeline.model.entity import Mention
    from pipeline.model.nearly import NearlyFound
    from pipeline.model.sentence import Analysis
    from pipeline.model.source import Source

    Resolver = Callable[[int, Mention[Any]], Meaning | None]

ACCEPTED = "accepted_candidate"


class Resolved(NamedTuple):
    """The entities of a document, and what was nearly found beside them, both in text order."""

    entities: tuple[Entity, ...]
    candidates: tuple[NearlyFound, ...]


def resolve(
    source: Source,
    analyses: Sequence[Analysis],
    mentions: Iterable[Mention[Any]],
    known: Known,
    accept_from: float | None = None,
) -> Resolved:
    """Return the entities of a document and its candidates; no two of them share a character of a sentence.

    Args:
        source: The document; its reference date resolves deictic dates and chooses names by their time.
        analyses: The sentences with their tokens, in the order that the mentions' ``sentence`` counts.
        mentions: As the recognizers found them; they may overlap.
        known: What the run knows beside the shipped facts.
        accept_from: Candidates that are at least so likely become entities, with a flag; None for none.
    """
    least = 2.0 if accept_from is None else accept_from
    document = confidence.Document(bool(source.warnings), source.reference_date is not None)
    types = types_of(known)
    kept = flat(mentions, {entity_type.label: entity_type.precedence for entity_type in types})
    near = nearly(analyses, known, kept, document)
    kept = sorted([*kept, *(m for m in near if m.likely >= least)], key=lambda m: (m.sentence, m.start))
    spoken = [analysis.sentence for analysis in analyses]
    told = source.evidence.get("reference_date")
    context = Context(spoken, source.reference_date, known, (told and told.precision) or "day")
    meanings = _meanings([t for t in types if t.tells_time], context, kept)
    context = replace(context, times=_times(context, kept, meanings))
    meanings |= _meanings([t for t in types if not t.tells_time], context, kept)
    left = [replace(m, reason=DROPPED) for i, m in enumerate(kept) if i not in meanings]
    dropped = {(m.sentence, m.start): m for m in judged(left, analyses, document)}
    for index, mention in enumerate(kept):
        again = dropped.get((mention.sentence, mention.start))
        if again and again.likely >= least:
            kept[index], meanings[index] = again, Meaning("")
    entities = _entities(source, analyses, kept, meanings, document)
    rest = [m for m in (*near, *dropped.values()) if confidence.candidate_threshold() <= m.likely < least]
    return Resolved(entities, tuple(rows(source, context, rest, entities)))


def flat(mentions: Iterable[Mention[Any]], precedence: Mapping[str, int]) -> list[Mention[Any]]:
    """Return the mentions that count, in text order; no two of them share a character.

    The annotation is flat: the longest mention wins. Where two are equally long or cross each other, the
    precedence of their types decides: names of one's own count first, then LAW, ORG and DATE (guidelines,
    common rule 3). Types of one's own come last, or before all others if they say so.

    Args:
        mentions: They may overlap.
        precedence: Of each label; the lower number counts.
    """

    def rank(mention: Mention[Any]) -> int:
        return -1 if mention.rule.startswith(OWN_NAME) else precedence[mention.label]

    by_sentence: dict[int, list[Mention[Any]]] = defaultdict(list)
    for mention in mentions:
        by_sentence[mention.sentence].append(mention)
    return [m for sentence in sorted(by_sentence) for m in longest(by_sentence[sentence], _span, rank)]


def _span(mention: Mention[Any]) -> tuple[int, int]:
    return mention.start, mention.end


def _meanings(
    types: Sequence[EntityType[Any]], context: Context, kept: Sequence[Mention[Any]]
) -> dict[int, Meaning]:
    """Return what the mentions of ``types`` mean, by index; those that turned out to be none are left out."""
    resolvers = {entity_type.label: entity_type.resolver(context) for entity_type in types}
    meanings = {}
    for index, mention in enumerate(kept):
        if mention.label in resolvers and (meaning := _meaning(resolvers[mention.label], index, mention)):
            meanings[index] = meaning
    return meanings


def _meaning(resolver: Resolver, index: int, mention: Mention[Any]) -> Meaning | None:
    """Return what a mention means; nothing is known of a candidate in which nothing was read."""
    return Meaning("") if mention.payload is None else resolver(index, mention)


def _times(
    context: Context, kept: Sequence[Mention[Any]], meanings: Mapping[int, Meaning]
) -> dict[object, Span]:
    """Return for each sentence or table row the first time that it speaks of, if all are of one year."""
    times: dict[object, list[Span]] = {}
    for index, meaning in meanings.items():
        if meaning.first and meaning.last:
            times.setdefault(context.unit(kept[index]), []).append((meaning.first, meaning.last))
    return {unit: spans[0] for unit, spans in times.items() if len({s[0].year for s in spans}) == 1}


def _entities(
    source: Source,
    analyses: Sequence[Analysis],
    kept: Sequence[Mention[Any]],
    meanings: Mapping[int, Meaning],
    document: confidence.Document,
) -> tuple[Entity, ...]:
    """Number what is left in the order of the raw text, and turn antecedents into ids."""
    spans = {i: analyses[kept[i].sentence].sentence.raw_span(kept[i].start, kept[i].end) for i in meanings}
    # A mention may run around what interrupts its sentence; what stands there and overlaps it does not count.
    order = longest(spans, spans.__getitem__)
    names = [analyses[kept[i].sentence].sentence.text[kept[i].start : kept[i].end] for i in order]
    document = document._replace(times=Counter(names))
    companies = _companies(kept, order, meanings, names)
    ids = {index: f"e{number:05d}" for number, index in enumerate(order, start=1)}
    return tuple(
        _entity(source, analyses, kept, index, spans[index], meanings[index], ids, document, company)
        for index, company in zip(order, companies, strict=True)
    )


def _companies(
    kept: Sequence[Mention[Any]], order: Sequence[int], meanings: Mapping[int, Meaning], names: Sequence[str]
) -> Iterator[confidence.Company]:
    """Yield for each mention that counts, in the order of ``order``, those that it keeps company with."""
    found = confidence.found_by(
        (kept[i].label, meanings[i].norm, confidence.rule_of(kept[i]), name)
        for i, name in zip(order, names, strict=True)
    )
    for before, index, behind in zip((None, *order), order, (*order[1:], None), strict=False):
        mention = kept[index]
        left = None if before is None else kept[before]
        right = None if behind is None else kept[behind]
        yield confidence.Company(
            (left.end, left.label) if left and left.sentence == mention.sentence else None,
            (right.start, right.label) if right and right.sentence == mention.sentence else None,
            found[mention.label, meanings[index].norm],
        )


def _likely(
    mention: Mention[Any],
    meaning: Meaning,
    analysis: Analysis,
    document: confidence.Document,
    distance: int | None,
    company: confidence.Company,
) -> float:
    """Return the probability that a mention is right: that of the candidate it was, or by its evidence."""
    if mention.reason:
        return mention.likely
    told = confidence.of_mention(mention, meaning, analysis, document, distance, company)
    return confidence.probability("mention", mention.label, told)


def _entity(
    source: Source,
    analyses: Sequence[Analysis],
    kept: Sequence[Mention[Any]],
    index: int,
    span: tuple[int, int],
    meaning: Meaning,
    ids: Mapping[int, str],
    document: confidence.Document,
    company: confidence.Company,
) -> Entity:
    mention, (start, end), analysis = kept[index], span, analyses[kept[index].sentence]
    antecedent = meaning.antecedent if meaning.antecedent in ids else None
    distance = None if antecedent is None else mention.sentence - kept[antecedent].sentence
    return Entity(
        doc_id=source.doc_id,
        entity_id=ids[index],
        label=mention.label,
        start=start,
        end=end,
        text=source.raw[start:end],
        surface=analysis.sentence.text[mention.start : mention.end],
        norm=meaning.norm,
        value=meaning.value,
        mod=meaning.mod,
        start_date=meaning.first.isoformat() if meaning.first else "",
        end_date=meaning.last.isoformat() if meaning.last else "",
        granularity=meaning.granularity,
        era=meaning.era,
        era_year=meaning.era_year,
        law_num=meaning.law_num,
        law_id=meaning.law_id,
        article=meaning.article,
        paragraph=meaning.paragraph,
        item=meaning.item,
        kind=meaning.kind,
        section=analysis.sentence.section,
        sentence_id=analysis.sentence.sentence_id,
        rule=mention.rule,
        antecedent="" if antecedent is None else ids[antecedent],
        confidence=_likely(mention, meaning, analysis, document, distance, company),
        flags=(*meaning.flags, ACCEPTED) if mention.reason else meaning.flags,
        antecedent_distance=distance,
        url=meaning.url,
        title_today=meaning.title_today,
        candidates=meaning.candidates,
        ids=meaning.ids,
        id_candidates=meaning.id_candidates,
        part_of=meaning.part_of,
    )
