"""The parts of an Office document (a package of ECMA-376, part 2), and what each refers to."""

from __future__ import annotations

from posixpath import join, normpath
from typing import TYPE_CHECKING, NamedTuple

from pipeline.read.xml_events import events

if TYPE_CHECKING:
    from pipeline.read.archive import Archive


class Relation(NamedTuple):
    """A reference from one part of a package to another.

    The last word of the relation's type, and the name of the other part.
    """

    kind: str
    target: str


def relations(archive: Archive, part: str, where: str) -> dict[str, Relation]:
    """Return what a part of a package (the whole: ``""``) refers to within it, by the ids that it uses."""
    folder, _, name = part.rpartition("/")
    place = join(folder, "_rels", f"{name}.rels")
    if place not in archive:
        return {}
    found = {}
    for what, element, _, attributes in events(archive.read(place), where):
        if what == "start" and element == "Relationship" and attributes.get("TargetMode") != "External":
            target = normpath(join("/", folder, attributes.get("Target", ""))).lstrip("/")
            kind = attributes.get("Type", "").rpartition("/")[2]
            found[attributes.get("Id", "")] = Relation(kind, target)
    return found


def part_of(archive: Archive, of: dict[str, Relation], kind: str) -> bytes:
    """Return the bytes of the part that a relation of some kind leads to; nothing if there is none."""
    target = next((relation.target for relation in of.values() if relation.kind == kind), "")
    return archive.read(target) if target in archive else b""
