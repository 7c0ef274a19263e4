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
PART = Rule(
    "part_between_commas",
    "[^, ](?:[^,]*[^, ])?",
    reads=("⟦European Commission⟧, World Bank",),
    leaves=(", ",),
)
LONGEST = 6  # 決め打ち: parts of one registered name (Ministry of Education, Culture, Sports, …)
SEVERAL = 2  # 決め打ち: so many names of the registry make a list of names between commas


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
        known, others = _listed(text, start, end, lexicon) if not records and "," in name else ([], [])
        if len(known) < SEVERAL:
            yield Find(start, end, "english_name", OrganizationName(name, records, kind=kind))
            continue
        for begin, until in others:  # of a list the registry reads what it knows
            for a, b, own in english_names(text[begin:until]):
                found = OrganizationName(text[begin + a : begin + b], kind=own)
                yield Find(begin + a, begin + b, "english_name", found)


def _listed(
    text: str, start: int, end: int, lexicon: Lexicon[Organization]
) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """Return the names of the registry between commas, and the rest: European Commission, World Bank."""
    parts = [part.span() for part in PART.finditer(text, start, end)]
    known: list[tuple[int, int]] = []
    others: list[tuple[int, int]] = []
    at = 0
    while at < len(parts):
        begin = parts[at][0]
        ends = [last for _, last in parts[at : at + LONGEST] if lexicon.get(text[begin:last])]
        span = begin, max(ends, default=parts[at][1])
        (known if ends else others).append(span)
        at = next(i for i, (_, last) in enumerate(parts) if last == span[1]) + 1
    return known, others
