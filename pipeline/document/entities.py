"""The mentions of a document: a tuple that shows itself well."""

from __future__ import annotations

from typing import SupportsIndex, overload

from pipeline.document import display
from pipeline.model.entity import Entity


class Entities(tuple[Entity, ...]):
    """The mentions of a document in text order: a tuple of :class:`Entity` with a table for notebooks.

    Equal to a plain tuple of the same mentions; a slice of it is one, too.
    """

    __slots__ = ()

    def of(self, label: str) -> Entities:
        """Return the mentions of one label, in text order.

        Args:
            label: ``ORG``, ``DATE`` or ``LAW``; any other label has no mentions.
        """
        return Entities(entity for entity in self if entity.label == label)

    @overload
    def __getitem__(self, at: SupportsIndex) -> Entity: ...
    @overload
    def __getitem__(self, at: slice) -> Entities: ...
    def __getitem__(self, at: SupportsIndex | slice) -> Entity | Entities:
        return Entities(super().__getitem__(at)) if isinstance(at, slice) else super().__getitem__(at)

    __repr__ = display.entities_line
    _repr_html_ = display.entities_html
