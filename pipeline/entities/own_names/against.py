"""A row of names against the registries: it may add to them, but never change what an official name means."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from pipeline.clean import fold
from pipeline.entities.laws.instruments import shipped
from pipeline.entities.laws.registry import Instrument
from pipeline.entities.names.own import OFFICIAL
from pipeline.entities.organizations.registry import organization_lexicon, organizations
from pipeline.entities.own_names.table import nearest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pipeline.entities.names.registry import Name, Validity
    from pipeline.entities.own_names.table import Fault, Row

# After so many faults a nearest name is not looked for any more: that takes its time (決め打ち).
MOST_NEAREST = 50
# What a row may say of a record of the registry, if it says the same: column → the record's value.
FACTS: dict[str, dict[str, Any]] = {
    "ORG": {"kind": "kind", "country": "country", "parent": "parent", "valid": "valid"},
    "LAW": {"kind": "kind", "law_num": "number", "law_id": "law_id", "status": "status"},
}


class Registered(NamedTuple):
    """What the registries know under a name, by label."""

    pairs: tuple[tuple[str, Any, Name], ...]

    @classmethod
    def of(cls, text: str) -> Registered:
        """Look a cleaned name up."""
        bodies = (("ORG", record, name) for record, name in organization_lexicon().get(text))
        laws = (("LAW", record, name) for record, name in shipped().lexicon.get(text))
        return cls((*bodies, *laws))

    def titled(self, label: str) -> list[Any]:
        """Return the records of a label whose official name it is."""
        return [record for own, record, name in self.pairs if own == label and name.kind == "title"]

    def shorts(self, record: Any) -> list[str]:
        """Return the official names of what it is a short name of, but ``record``."""
        found = (r.names[0].text for _, r, name in self.pairs if name.kind not in OFFICIAL)
        return [title for title in dict.fromkeys(found) if fold(title) != record.names[0].text]


def told_otherwise(row: Row, record: Any) -> str:
    """Return what a row says of a body or law of the registry that is not so there, ``""`` if nothing."""
    label = "LAW" if isinstance(record, Instrument) else "ORG"
    listed = Registered.of(record.names[0].text).titled(label)
    if not listed:
        return ""
    said = {c: f for c, f in FACTS[label].items() if row.cells.get(c)}
    said |= {c: "valid" for c in ("promulgated", "status_date") if row.cells.get(c)}
    wrong = [
        [
            column
            for column, name in said.items()
            if not _same(column, getattr(record, name), getattr(r, name))
        ]
        for r in listed
    ]
    if not all(wrong):
        return ""
    columns, last = min(zip(wrong, reversed(listed), strict=True), key=lambda pair: len(pair[0]))
    told = "、".join(f"{column} {row.cells[column]!r}" for column in columns)
    return (
        f"{last.names[0].text} is in the registry (kind {last.kind}), where it has not {told}: "
        "leave these cells empty to give it more names; a row cannot make another body or law of it"
    )


def _same(column: str, own: Any, listed: Any) -> bool:
    if column == "promulgated":
        return bool(own.first == listed.first)
    if column == "status_date":
        return bool(own.last == listed.last)
    return bool(fold(own) == fold(listed)) if isinstance(own, str) else bool(own == listed)


def refused(record: Any) -> str:
    """Return why a name, number or id of a row cannot be its own, ``""`` if all can."""
    label = "LAW" if isinstance(record, Instrument) else "ORG"
    title = record.names[0].text
    for name in record.names:
        for own, other, known in Registered.of(name.text).pairs:
            same = own == label and fold(other.names[0].text) == title
            if known.kind not in OFFICIAL or same:
                continue
            what = "official name" if known.kind == "title" else "former title"
            return (
                f"{name.text!r} is the {what} of {other.names[0].text} ({own}) in the registry: "
                "leave it to that body or law"
            )
    if isinstance(record, Instrument):
        listed = [shipped().numbered(record.number) if record.number else None, _ids().get(record.law_id)]
        for found in listed:
            if found is not None and fold(found.title) != title:
                return (
                    f"law_num or law_id is that of {found.title} in the registry: mend it, or leave it empty"
                )
    return ""


@cache
def _ids() -> dict[str, Instrument]:
    return {record.law_id: record for record in shipped().records if record.law_id}


def unknown_bodies(entries: Iterable[Any]) -> Iterator[Fault]:
    """Yield the rows whose ``parent`` or ``succeeded_by`` is no official name, or their own."""
    rows = list(entries)
    known = {fold(record.name) for record in organizations()} | {entry.record.name for entry in rows}
    count = 0
    for entry in rows:
        for column in ("parent", "succeeded_by"):
            written = fold(entry.row.cells.get(column, ""))
            if not written or (written in known and written != entry.record.name):
                continue
            if written == entry.record.name:
                yield entry.row.fault(f"{column} {written!r} is the row's own name: name another body")
                continue
            count += 1
            meant = f" ({nearest(written, known)})" if count <= MOST_NEAREST else ""
            yield entry.row.fault(
                f"unknown {column} {written!r}{meant}: write an official name, or give that body a row"
            )


def overlap(one: Validity, other: Validity) -> bool:
    """Whether two times have a day in common."""
    early = one.last is not None and other.first is not None and one.last < other.first
    late = other.last is not None and one.first is not None and other.last < one.first
    return not early and not late
