"""LAW: statutes, treaties and other binding instruments."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.entities.entity_type import EntityType, Meaning, Measure
from pipeline.entities.laws.candidates import candidates
from pipeline.entities.laws.citation import LABEL, Citation
from pipeline.entities.laws.instruments import instruments_of
from pipeline.entities.laws.over_time import titles_over_time
from pipeline.entities.laws.recognize import recognize
from pipeline.entities.laws.resolve import LawResolver
from pipeline.entities.laws.table import TABLE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from pipeline.entities.entity_type import Context, Known
    from pipeline.model.entity import Mention
    from pipeline.model.sentence import Analysis


def _recognize(analyses: Sequence[Analysis], known: Known) -> Iterator[Mention[Citation]]:
    return recognize(analyses, known.made(instruments_of).lexicon)


def _candidates(analyses: Sequence[Analysis], known: Known) -> Iterator[Mention[Citation | None]]:
    return candidates(analyses, known.made(instruments_of).lexicon)


def _resolver(context: Context) -> Callable[[int, Mention[Citation]], Meaning | None]:
    resolver = LawResolver(context.reference_date, context.known.made(instruments_of))

    def resolve(index: int, mention: Mention[Citation]) -> Meaning | None:
        surface, spoken = context.surface(mention), context.spoken(mention)
        found = resolver.resolve(index, mention, mention.payload, surface, spoken)
        return None if found is None else found.meaning()

    return resolve


TYPE = EntityType(
    label=LABEL,
    precedence=0,
    measures=(Measure("norm", ("norm",)), Measure("locator", ("article", "paragraph", "item"))),
    recognize=_recognize,
    resolver=_resolver,
    table=TABLE,
    over_time=titles_over_time,
    candidates=_candidates,
)
