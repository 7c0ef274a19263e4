"""Laws of a person's own beside the shipped registry and the full list."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.entities.laws.registry import Instrument
from pipeline.entities.names.own import OwnRecords

if TYPE_CHECKING:
    from collections.abc import Iterable


class OwnLaws(OwnRecords[Instrument]):
    """The laws of a person's own."""

    __slots__ = ()

    def with_list(self, laws: Iterable[Instrument]) -> OwnLaws:
        """Return them with the number and the id that a full list gives a law of exactly that title.

        A row that says another number, or another id, is another law.
        """
        listed = {law.title: law for law in laws}
        return OwnLaws(tuple(_informed(own, listed.get(own.title)) for own in self.added), self.more)


def _informed(own: Instrument, listed: Instrument | None) -> Instrument:
    if listed is None or own.kind != listed.kind:
        return own
    if own.number not in ("", listed.number) or own.law_id not in ("", listed.law_id):
        return own
    same = own.valid.first in (None, listed.valid.first) and own.valid.last in (None, listed.valid.last)
    if not same or own.status not in ("in_force", listed.status):
        return own
    return replace(listed, names=own.names)
