"""The organizations of the shipped registry."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from pipeline import facts
from pipeline.entities.names.registry import Lexicon, Name, Validity, names_of, validity
from pipeline.model.rule import Rule

# A ministry's secretariat is also called its minister's.
SECRETARIAT = "省大臣官房"
COLUMNS = ("name", "kind", "country", "parent", "valid", "aliases", "english")
BORDER = Rule(
    "border_of_scripts_in_a_name",
    "(?<=[A-Za-z0-9])(?=[ァ-ヶ一-龥])|(?<=[ァ-ヶー一-龥])(?=[A-Za-z0-9])",
    reads=("TRIPS⟦⟧理事会", "日本⟦⟧IBM"),
    leaves=("総務省", "IBM Japan"),
)


@dataclass(frozen=True, slots=True)
class Organization:
    """A body under one official name; a renamed body has a record for each of its names."""

    name: str
    kind: str
    country: str
    parent: str
    valid: Validity
    names: tuple[Name, ...]


@cache
def organizations() -> tuple[Organization, ...]:
    """Return the organizations of the shipped registry."""
    found = []
    for path in facts.names("organizations"):
        for name, kind, country, parent, time, aliases, english in facts.cells(path, *COLUMNS):
            valid = validity(time)
            names = (
                Name(name, "title"),
                *names_of(aliases, "short", valid),
                *names_of(english, "english", valid),
            )
            if SECRETARIAT in name:  # 労働大臣官房 of 労働省
                names += (Name(name.replace(SECRETARIAT, SECRETARIAT[1:]), "short", valid),)
            found.append(Organization(name, kind, country, parent, valid, names))
    return tuple(found)


@cache
def organization_lexicon() -> Lexicon[Organization]:
    """Return the names of all organizations."""
    return Lexicon(organizations(), respelled=respelled)


def respelled(name: str) -> list[str]:
    """Return the other ways to set a name: with spaces between scripts, without those behind a comma.

    >>> respelled("Ministry of Economy, Trade and Industry"), respelled("TRIPS理事会")
    (['Ministry of Economy,Trade and Industry'], ['TRIPS 理事会'])
    """
    return [name.replace(", ", ",")] if name.isascii() and ", " in name else apart(name)


def apart(name: str) -> list[str]:
    """Return a name with spaces between its Latin letters and its Japanese ones, as text from PDF has it.

    >>> apart("TRIPS理事会"), apart("総務省")
    (['TRIPS 理事会'], [])
    """
    if name.isascii() or not name.encode("ascii", "ignore"):
        return []  # in one script, as most names are
    borders = [match.start() for match in BORDER.finditer(name)]
    found = [BORDER.sub(" ", name)] if borders else []
    if len(borders) > 1:  # 三菱UFJ 銀行
        found += [f"{name[:at]} {name[at:]}" for at in borders]
    return found
