"""Stage 5: analysed sentences → mentions, type by type."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pipeline.entities.declared import types_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.entities.entity_type import Known
    from pipeline.model.entity import Mention
    from pipeline.model.sentence import Analysis


def recognize(analyses: Sequence[Analysis], known: Known) -> Iterator[Mention[Any]]:
    """Yield the mentions of all types; they may overlap.

    Args:
        analyses: The sentences of a document with their tokens.
        known: What the run knows beside the shipped facts.
    """
    for entity_type in types_of(known):
        yield from entity_type.recognize(analyses, known)
