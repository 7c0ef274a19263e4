"""The laws, treaties and foreign statutes of the shipped registry."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache

from pipeline import facts
from pipeline.entities.laws.parties import pair_names
from pipeline.entities.laws.title_forms import acronym_names, law_titles, serials, treaty_titles
from pipeline.entities.names.registry import ALWAYS, Name, Validity, names_of, validity

# The day of the list of e-Gov that ids and titles in ``data/laws.csv`` were held against.
LISTED_ON = date(2026, 2, 8)


@dataclass(frozen=True, slots=True)
class Instrument:
    """A law, order, treaty or other binding instrument.

    Attributes:
        kind: ``law`` for Japanese laws and orders, the kind of treaty, ``foreign_law``, ``eu_regulation`` or
            ``eu_directive``.
        number: As promulgated, ``""`` where there is none or it is unknown.
        amended: When the text was last amended, None where that is not known.
        flat: Whether its page has no chapters, so that an anchor to an article lands there.
    """

    title: str
    kind: str
    number: str
    law_id: str
    names: tuple[Name, ...]
    valid: Validity
    status: str
    amended: date | None = None
    flat: bool = False

    def title_on(self, day: date | None) -> str:
        """Return the official title on ``day`` (None: today's); before its making, the first that it got."""
        former = [name for name in self.names if name.kind == "former"]
        if day is None or not former:
            return self.title
        first = min(former, key=lambda name: name.valid.first or date.min)
        if first.valid.first is not None and day < first.valid.first:
            return first.text
        return next((name.text for name in former if name.valid.holds(day)), self.title)


@cache
def instruments() -> tuple[Instrument, ...]:
    """Return the laws, treaties and foreign statutes of the shipped registry."""
    found = []
    for row in facts.rows("laws.csv"):
        names = (Name(row["title"], "title"), *names_of(row["former_titles"], "former"))
        names += tuple(Name(text, "short") for text in law_titles([name.text for name in names]))
        ended = row["status_date"] if row["status"] != "in_force" else ""
        valid = validity(f"{row['promulgated'] or '..'}/{ended or '..'}")
        names += tuple(names_of(row["abbreviations"], "short"))
        found.append(
            Instrument(row["title"], "law", row["law_num"], row["law_id"], names, valid, row["status"])
        )
    for row in facts.rows("treaties.csv"):
        valid = validity(f"{row['signed'] or '..'}/{row['ended'] or '..'}")
        names = (
            Name(row["title"], "title"),
            *names_of(row["short_names"], "short"),
            *names_of(row["english"], "english"),
            *(Name(text, "short") for text in treaty_titles(row["title"])),
            *(Name(text, "short") for text in acronym_names(row["title"], row["english"])),
        )
        names = (*names, *_of_a_pair(row["parties"], names))
        found.append(
            Instrument(row["title"], row["kind"], row["treaty_num"], "", names, valid, row["status"])
        )
    for row in facts.rows("foreign_laws.csv"):
        names = (
            Name(row["title"], "title"),
            *names_of(row["abbreviations"], "short"),
            *names_of(row["english"], "english"),
            *(Name(text, "english" if n == 0 else "short") for n, text in enumerate(serials(row["number"]))),
        )
        found.append(Instrument(row["title"], row["kind"], "", "", names, ALWAYS, "in_force"))
    return tuple(found)


def _of_a_pair(parties: str, names: tuple[Name, ...]) -> tuple[Name, ...]:
    """Return the other spellings of the short names of a treaty of two parties, each with its time."""
    known = {name.text for name in names}
    made = {text: name.valid for name in names for text in pair_names(parties, name.text)}
    return tuple(Name(text, "short", valid) for text, valid in made.items() if text not in known)
