"""Look an organization up by a name or a 法人番号, in the shipped registry and the register of all bodies."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.clean import fold
from pipeline.entities.organizations.houjin import SCHEME, identifiers, is_number
from pipeline.entities.organizations.register import register_kinds
from pipeline.entities.organizations.registry import organizations

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import date

    from pipeline.entities.organizations.register import Register, RegisteredBody
    from pipeline.entities.organizations.registry import Organization

MOST = 50


@dataclass(frozen=True, slots=True)
class FoundOrganization:
    """A body that was found: its official name, and its other facts; days are ISO dates or empty."""

    name: str
    kind: str
    parent: str
    ids: tuple[str, ...]
    since: str
    until: str
    place: str
    names: tuple[str, ...]
    source: str


def find(
    name: str,
    day: date | None,
    register: Register | None = None,
    numbered: Callable[[str], RegisteredBody | None] | None = None,
) -> list[FoundOrganization]:
    """Return the bodies that ``name`` means: exactly, else those that bear it as a part; at most fifty.

    In the register, a part of a name is the name without its legal form.

    Args:
        name: An official name, a short one, or a 法人番号, with or without ``houjin:``.
        day: The day whose names count; None for any.
        register: The register of all bodies, if there is one.
        numbered: Gives the body of the register with a 法人番号.
    """
    wanted = fold(name.strip())
    if not wanted:
        return []
    number = wanted.removeprefix(SCHEME)
    if is_number(number):
        body = numbered(number) if numbered else None
        own = (record for record in organizations() if SCHEME + number in identifiers().get(record.name, ()))
        return [_shipped(record, day) for record in own] or list(
            _registered([body] if body else [], register)
        )
    exact, part = _listed(wanted, day)
    same, alike = register.bearers(wanted) if register else ([], [])
    listed = {number for found in exact for number in found.ids}
    for bodies, kept in ((same, exact), (alike, part)):
        there = (body for body in bodies if body.holds(day) and SCHEME + body.number not in listed)
        kept += _registered(there, register)
    return (exact or part)[:MOST]


def _listed(wanted: str, day: date | None) -> tuple[list[FoundOrganization], list[FoundOrganization]]:
    """Return the bodies of the shipped registry that bear a name, and those that bear it as a part."""
    exact, part = [], []
    for record in organizations():
        if day is not None and not record.valid.holds(day):
            continue
        forms = {fold(own.text) for own in record.names if day is None or own.valid.holds(day)}
        if wanted in forms:
            exact.append(_shipped(record, day))
        elif any(wanted in form for form in forms):
            part.append(_shipped(record, day))
    return exact, part


def _shipped(record: Organization, day: date | None) -> FoundOrganization:
    names = (own.text for own in record.names if day is None or own.valid.holds(day))
    others = tuple(dict.fromkeys(text for text in names if text != record.name))
    ids = identifiers().get(record.name, ())
    first, last = (one.isoformat() if one else "" for one in (record.valid.first, record.valid.last))
    return FoundOrganization(
        record.name, record.kind, record.parent, ids, first, last, record.country, others, "shipped"
    )


def _registered(bodies: Iterable[RegisteredBody], register: Register | None) -> Iterator[FoundOrganization]:
    source = f"法人番号 of {register.snapshot.isoformat()}" if register else ""
    for body in bodies:
        first, last = (one.isoformat() if one else "" for one in (body.since, body.until))
        kind = register_kinds()[body.kind]
        yield FoundOrganization(
            body.name, kind, "", (SCHEME + body.number,), first, last, body.place, (), source
        )
