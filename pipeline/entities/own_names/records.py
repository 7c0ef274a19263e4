"""Rows of names → records beside those of the registries; what would change a registry is refused."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from pipeline.clean import fold
from pipeline.entities.laws.own import OwnLaws
from pipeline.entities.laws.registry import Instrument
from pipeline.entities.laws.title_forms import law_titles
from pipeline.entities.names.own import OFFICIAL
from pipeline.entities.names.registry import Name, Validity
from pipeline.entities.organizations.own import OwnOrganizations
from pipeline.entities.organizations.registry import Organization
from pipeline.entities.own_names import cells
from pipeline.entities.own_names.against import Registered, overlap, refused, told_otherwise, unknown_bodies
from pipeline.entities.own_names.cells import CellError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pipeline.entities.own_names.table import Fault, NamesFile, Row


class Entry(NamedTuple):
    """A row that was read, and the record that it makes."""

    row: Row
    label: str
    record: Organization | Instrument


@dataclass(slots=True)
class Checked:
    """What files of names come to.

    Attributes:
        faults: What must be mended.
        notes: Short names that mean something else in the registry.
    """

    organizations: OwnOrganizations = field(default_factory=lambda: OwnOrganizations((), {}))
    laws: OwnLaws = field(default_factory=lambda: OwnLaws((), {}))
    faults: list[Fault] = field(default_factory=list)
    notes: list[Fault] = field(default_factory=list)


def checked(files: Iterable[NamesFile]) -> Checked:
    """Make records of the rows of files, and check each row against all others and the registries."""
    found, entries = Checked(), []
    for file in files:
        found.faults += file.faults
        for row in file.rows:
            try:
                entries.append(_entry(row))
            except CellError as error:
                found.faults.append(row.fault(str(error)))
    found.faults += unknown_bodies(entry for entry in entries if entry.label == "ORG")
    found.faults += _claimed_twice(entries)
    kept = [entry for entry in entries if not _against_registries(entry, found)]
    bodies = [e for e in kept if isinstance(e.record, Organization)]
    found.organizations = OwnOrganizations(*_parted(bodies, "ORG"))
    found.laws = OwnLaws(*_parted([e for e in kept if isinstance(e.record, Instrument)], "LAW"))
    found.faults.sort(key=lambda fault: (fault.file, fault.row))
    return found


def _entry(row: Row) -> Entry:
    label = cells.label_of(row)
    name = cells.official(row.cells["name"])
    return Entry(row, label, _organization(row, name) if label == "ORG" else _law(row, name))


def _organization(row: Row, name: str) -> Organization:
    valid = cells.time(row.cells.get("valid", ""), "valid")
    names = (
        Name(name, "title", own=True),
        *cells.names_in(row, "aliases", "short", valid),
        *cells.names_in(row, "english", "english", valid),
    )
    kind = cells.one_of(row, "kind", cells.organization_kinds())
    country = cells.one_of(row, "country", cells.countries())
    return Organization(name, kind, country, fold(row.cells.get("parent", "")), valid, names)


def _law(row: Row, name: str) -> Instrument:
    kind = cells.one_of(row, "kind", cells.law_kinds(), "law")
    status = cells.one_of(row, "status", cells.statuses(), "in_force")
    made, ended = cells.day(row, "promulgated"), cells.day(row, "status_date")
    if ended and status in ("in_force", "not_in_force"):
        raise CellError(
            f"status_date {ended} is the day on which a law ended: give its status, too (repealed)"
        )
    if made and ended and ended < made:
        raise CellError(f"status_date {ended} lies before promulgated {made}: mend one of them")
    names = (
        Name(name, "title", own=True),
        *cells.names_in(row, "former_titles", "former"),
        *cells.names_in(row, "abbreviations", "short"),
        *cells.names_in(row, "aliases", "short"),
        *cells.names_in(row, "english", "english"),
    )
    if kind == "law":
        forms = law_titles([n.text for n in names if n.kind in OFFICIAL])
        names += tuple(Name(text, "short", own=True) for text in forms if not Registered.of(text).pairs)
    number, law_id = cells.law_num(row), cells.law_id(row, kind)
    return Instrument(name, kind, number, law_id, names, Validity(made, ended), status)


def _claimed_twice(entries: list[Entry]) -> list[Fault]:
    """Return the rows that claim a name, a number or an id of a row before them, at the same time."""
    claims: dict[str, list[tuple[Entry, Validity]]] = defaultdict(list)
    found = []
    for entry in entries:
        record = entry.record
        own = [(name.text, name.valid if name.valid != Validity() else record.valid) for name in record.names]
        if isinstance(record, Instrument):
            own += [(text, Validity()) for text in (record.number, record.law_id) if text]
        for text, valid in dict(own).items():
            first = next((e for e, held in claims[text] if overlap(held, valid)), None)
            claims[text].append((entry, valid))
            if first is not None:
                where = f"row {first.row.number} of {first.row.file}"
                found.append(
                    entry.row.fault(f"{text!r} stands in {where} already: keep one, or part their times")
                )
                break
    return found


def _against_registries(entry: Entry, found: Checked) -> bool:
    """Check a row against the registries; return whether it is refused."""
    fault = told_otherwise(entry.row, entry.record) or refused(entry.record)
    if fault:
        found.faults.append(entry.row.fault(fault))
        return True
    for name in entry.record.names:
        others = Registered.of(name.text).shorts(entry.record)
        if others:
            found.notes.append(
                entry.row.fault(
                    f"{name.text!r} means {'、'.join(others)} in the registry, and this row from now on"
                )
            )
    return False


def _parted(entries: list[Entry], label: str) -> tuple[tuple[Any, ...], dict[str, tuple[Name, ...]]]:
    """Part the records of a label: new ones, and more names for those of the registry."""
    added: list[Any] = []
    more: dict[str, tuple[Name, ...]] = {}
    for entry in entries:
        listed = Registered.of(entry.record.names[0].text).titled(label)
        if not listed:
            added.append(entry.record)
            continue
        title = listed[0].names[0].text
        known = {fold(name.text) for record in listed for name in record.names}
        fresh = tuple(n for n in entry.record.names[1:] if n.text not in known)
        more[title] = more.get(title, ()) + fresh
    return tuple(added), more
