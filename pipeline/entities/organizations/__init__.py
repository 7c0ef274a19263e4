"""ORG: named bodies that can act or be a member of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.entities.entity_type import EntityType, Meaning, Measure
from pipeline.entities.organizations.candidates import candidates
from pipeline.entities.organizations.find import LABEL, OrganizationName
from pipeline.entities.organizations.over_time import names_over_time
from pipeline.entities.organizations.own import lexicon_of, owners_of
from pipeline.entities.organizations.recognize import recognize
from pipeline.entities.organizations.register import Register, known_ids
from pipeline.entities.organizations.resolve import OrganizationResolver
from pipeline.entities.organizations.roster import TABLE
from pipeline.entities.organizations.written import as_written
from pipeline.model.source import Source

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from pipeline.entities.entity_type import Context, Known
    from pipeline.model.entity import Mention
    from pipeline.model.sentence import Analysis


def _recognize(analyses: Sequence[Analysis], known: Known) -> Iterator[Mention[OrganizationName]]:
    source = known.get(Source)
    return recognize(analyses, known.made(lexicon_of), source.publisher if source else "")


def _candidates(analyses: Sequence[Analysis], known: Known) -> Iterator[Mention[OrganizationName]]:
    return candidates(analyses, known.made(lexicon_of))


def _resolver(context: Context) -> Callable[[int, Mention[OrganizationName]], Meaning | None]:
    resolver = OrganizationResolver(context.reference_date)
    source = context.known.get(Source)

    register, day = context.known.get(Register), context.reference_date
    owners = context.known.made(owners_of)

    def resolve(_: int, mention: Mention[OrganizationName]) -> Meaning | None:
        spoken = context.spoken(mention)
        found = resolver.resolve(mention.payload, mention.sentence, spoken)
        norms = found.norms
        if source is not None and "not_in_registry" in found.flags:
            sentence = context.sentences[mention.sentence]
            norms = tuple(as_written(n, sentence, mention.start, mention.end, source.raw) for n in norms)
        norm = "|".join(norms)
        known = known_ids(norm, context.surface(mention), register, spoken or (day, day))
        return Meaning(
            norm,
            kind=found.kind,
            flags=found.flags,
            ids=known.ids,
            id_candidates=known.candidates,
            part_of=owners.get(norm, ""),
        )

    return resolve


TYPE = EntityType(
    label=LABEL,
    precedence=1,
    measures=(Measure("norm", ("norm",)),),
    recognize=_recognize,
    resolver=_resolver,
    table=TABLE,
    over_time=names_over_time,
    candidates=_candidates,
)
