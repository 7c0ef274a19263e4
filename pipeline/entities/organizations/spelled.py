"""Names of bodies that show by how they are written: in English, as a house's committee."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.entities.names.find import Find
from pipeline.entities.organizations.english import english_names
from pipeline.entities.organizations.find import OrganizationName
from pipeline.model.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.entities.names.registry import Lexicon
    from pipeline.entities.organizations.find import Found
    from pipeline.entities.organizations.registry import Organization

COMMITTEE = Rule(
    "committee_of_a_house",  # what it is for may be joined by words
    r"""(?:衆議院|参議院) (?!及び|並びに|・)
    (?: (?!議院) (?:[一-龥ァ-ヶー・]|及び|並びに|に関する) ){1,30}?
    委員会 (?!室|提出|制)""",
    flags=re.VERBOSE,
    reads=("⟦衆議院公害対策並びに環境保全特別委員会⟧", "⟦参議院予算委員会⟧で"),
    leaves=("衆議院及び予算委員会", "衆議院予算委員会室"),
)


_PANEL = "(?:(?!部会|小委員会|分科会)[一-龥ァ-ヶー]){1,14}(?:部会|小委員会|分科会)"
JOINT = Rule(
    "joint_panels",  # one body of two panels
    rf"{_PANEL}(?:・{_PANEL}){{1,3}}(?:合同(?:部会|小委員会|分科会|会議|会合))(?![議員長])",
    reads=("⟦水環境部会・土壌農薬部会合同部会⟧を", "⟦青葉審議会水部会・土部会合同会議⟧"),
    leaves=("水環境部会・土壌農薬部会", "水環境部会合同部会"),
)


def spelled(text: str, lexicon: Lexicon[Organization]) -> Iterator[Found]:
    """Yield the bodies that a clean ``text`` names in one of these ways."""
    yield from english(text, lexicon)
    for match in JOINT.finditer(text) if "会合同" in text else ():
        yield Find(*match.span(), "joint_panels", OrganizationName(match.group(), kind="council"))
    for match in COMMITTEE.finditer(text) if "委員会" in text else ():
        name = OrganizationName(match.group(), lexicon.get(match.group()), kind="council")
        yield Find(match.start(), match.end(), "house_committee", name)


def english(text: str, lexicon: Lexicon[Organization]) -> Iterator[Found]:
    """Yield the bodies that a clean ``text`` names in English."""
    for start, end, kind in english_names(text):
        name = text[start:end]
        records = lexicon.get(name.replace(" ,", ","))
        yield Find(start, end, "english_name", OrganizationName(name, records, kind=kind))
