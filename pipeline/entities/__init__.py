"""The types of entity, a folder each: how mentions are found, what they mean, what is known of them.

A new type is a folder here and a line in ``TYPES``; ``docs/howto/new_entity_type.md`` shows it. A type of
one's own needs no code (``declared``); what its label means is known here once it was declared.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pipeline.entities import dates, laws, organizations
from pipeline.model.labels import own_labels

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pipeline.entities.entity_type import EntityType
    from pipeline.entities.names.titled import Titled

TYPES: tuple[EntityType[Any], ...] = (organizations.TYPE, dates.TYPE, laws.TYPE)
"""In the order in which reports and scores show them."""
LABELS = tuple(entity_type.label for entity_type in TYPES)
FIELDS = {entity_type.label: entity_type.fields for entity_type in TYPES}
"""The columns that scores compare and that the form of the review asks for, by label."""
TELL_TIME = frozenset(entity_type.label for entity_type in TYPES if entity_type.tells_time)
"""The labels of what says when."""


def known_labels() -> tuple[str, ...]:
    """Return the labels that this process knows: those of ``TYPES``, and those that were declared."""
    return (*LABELS, *(label for label in own_labels() if label not in LABELS))


def labels_among(labels: Iterable[str]) -> tuple[str, ...]:
    """Return the labels of ``TYPES``, and behind them the others among ``labels``, in the order known."""
    others = set(labels) - set(LABELS)
    known = [label for label in own_labels() if label in others]
    return (*LABELS, *known, *sorted(others - set(known)))


def fields_of(label: str) -> tuple[str, ...]:
    """Return the columns that scores compare in mentions of a label, none of a label that is unknown."""
    known = label in FIELDS or label in own_labels()
    return tuple(column for _, columns in measures_of(label) for column in columns) if known else ()


def measures_of(label: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return what scores compare in mentions of a label: names, each with its columns."""
    shipped = next((entity_type for entity_type in TYPES if entity_type.label == label), None)
    if shipped:
        return tuple((measure.name, measure.columns) for measure in shipped.measures)
    own = own_labels().get(label)
    return own.measures if own else (("norm", ("norm",)),)


def tells_time(label: str) -> bool:
    """Whether mentions of a label say when."""
    own = own_labels().get(label)
    return label in TELL_TIME or (own is not None and own.tells_time)


def over_time(label: str, norm: str) -> Sequence[Titled]:
    """Return the official names over time of what a mention means, none where no registry knows them."""
    found = next((one.over_time for one in TYPES if one.label == label), None)
    return found(norm) if found else ()
