"""Organizations of a person's own beside the shipped registry."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.entities.names.own import OwnRecords
from pipeline.entities.names.registry import Lexicon
from pipeline.entities.organizations.registry import (
    Organization,
    organization_lexicon,
    organizations,
    respelled,
)

if TYPE_CHECKING:
    from pipeline.entities.entity_type import Known


class OwnOrganizations(OwnRecords[Organization]):
    """The organizations of a person's own."""

    __slots__ = ()


def lexicon_of(known: Known) -> Lexicon[Organization]:
    """Return the names of all organizations that a run knows."""
    own = known.get(OwnOrganizations)
    return Lexicon(own.beside(organizations()), respelled=respelled) if own else organization_lexicon()


def owners_of(known: Known) -> dict[str, str]:
    """Map the official names of organizations of one's own to the bodies that they are parts of."""
    own = known.get(OwnOrganizations)
    return {record.name: record.parent for record in own.added} if own else {}
