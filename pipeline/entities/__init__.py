"""The types of entity, a folder each: how mentions are found, what they mean, what is known of them.

A new type is a folder here and a line in ``TYPES``; ``docs/howto/new_entity_type.md`` shows it.
"""

from typing import Any

from pipeline.entities import dates, laws, organizations
from pipeline.entities.entity_type import EntityType

TYPES: tuple[EntityType[Any], ...] = (organizations.TYPE, dates.TYPE, laws.TYPE)
"""In the order in which reports and scores show them."""
LABELS = tuple(entity_type.label for entity_type in TYPES)
FIELDS = {entity_type.label: entity_type.fields for entity_type in TYPES}
"""The columns that scores compare and that the form of the review asks for, by label."""
TELL_TIME = frozenset(entity_type.label for entity_type in TYPES if entity_type.tells_time)
"""The labels of what says when."""
