"""A declared type as an :class:`EntityType`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.entities.declared.finder import Finder
from pipeline.entities.entity_type import EntityType, Meaning, Measure
from pipeline.model.entity import Mention

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from pipeline.entities.declared.table import Declared
    from pipeline.entities.entity_type import Context, Known
    from pipeline.model.sentence import Analysis

# Before all other types, names of one's own among them, and behind them (決め打ち).
FIRST, LAST = -2, 1000

UNRESOLVED = "unresolved"


def made(declared: Declared, number: int) -> EntityType[str]:
    """Make a type of what a file declares; ``number`` counts declared types, the first goes before."""
    finder, label = Finder(declared), declared.shown.label

    def recognize(analyses: Sequence[Analysis], _: Known) -> Iterator[Mention[str]]:
        for index, analysis in enumerate(analyses):
            for find in finder.find(analysis):
                yield Mention(label, index, find.start, find.end, find.rule, find.name)

    return EntityType(
        label=label,
        precedence=FIRST if declared.first else LAST + number,
        measures=tuple(Measure(*measure) for measure in declared.shown.measures),
        recognize=recognize,
        resolver=_resolver,
        shown=declared.shown,
    )


def _resolver(_: Context) -> Callable[[int, Mention[str]], Meaning]:
    return _meaning


def _meaning(_: int, mention: Mention[str]) -> Meaning:
    """Return the norm; what is no number for certain has none, and a flag that says so."""
    return Meaning(mention.payload, flags=() if mention.payload else (UNRESOLVED,))
