"""DATE: calendar expressions, in western, era or mixed form, absolute or relative."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.entities.dates.candidates import candidates
from pipeline.entities.dates.parts import LABEL, Expression
from pipeline.entities.dates.recognize import recognize
from pipeline.entities.dates.resolve import DateResolver
from pipeline.entities.dates.table import TABLE
from pipeline.entities.entity_type import EntityType, Measure

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from pipeline.entities.entity_type import Context, Known, Meaning
    from pipeline.model.entity import Mention
    from pipeline.model.sentence import Analysis


def _recognize(analyses: Sequence[Analysis], _: Known) -> Iterator[Mention[Expression]]:
    return recognize(analyses)


def _candidates(analyses: Sequence[Analysis], _: Known) -> Iterator[Mention[Expression | None]]:
    return candidates(analyses)


def _resolver(context: Context) -> Callable[[int, Mention[Expression]], Meaning | None]:
    resolver = DateResolver(context.sentences, context.reference_date, precision=context.precision)

    def resolve(index: int, mention: Mention[Expression]) -> Meaning | None:
        return resolver.resolve(index, mention, mention.payload)

    return resolve


TYPE = EntityType(
    label=LABEL,
    precedence=2,
    measures=(Measure("value", ("value",)), Measure("mod", ("mod",))),
    recognize=_recognize,
    resolver=_resolver,
    tells_time=True,
    table=TABLE,
    candidates=_candidates,
)
