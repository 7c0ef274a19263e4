"""Facts about laws, treaties and organizations from ``data/``, and where their names stand in a text.

Names are compared in cleaned form (``clean.fold``) and found all at once by an Aho-Corasick automaton.
Cells hold several names joined by ``|``, each optionally with its own time: ``name@1954-07-01/2007-01-08``
(an EDTF interval; ``..`` or nothing for an open or unknown side).
"""

from __future__ import annotations

from calendar import monthrange
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Generic, Literal, NamedTuple, TypeVar

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from pipeline import facts
from pipeline.clean import fold
from pipeline.name_forms import law_titles, serials, treaty_titles

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

# The day of the list of e-Gov that ids and titles in ``data/laws.csv`` were held against.
LISTED_ON = date(2026, 2, 8)
# A ministry's secretariat is also called its minister's.
SECRETARIAT = "省大臣官房"
NameKind = Literal["title", "former", "short", "english"]


@dataclass(frozen=True, slots=True)
class Validity:
    """The time in which something holds, both days included; None for an open or unknown side."""

    first: date | None = None
    last: date | None = None

    def holds(self, first: date | None, last: date | None = None) -> bool:
        """Whether it holds on a day, or at some time between two days; a day of None is always."""
        if first is None:
            return True
        last = last or first
        return (self.first is None or self.first <= last) and (self.last is None or first <= self.last)


ALWAYS = Validity()


@cache
def validity(text: str) -> Validity:
    """Read an EDTF interval of days, months or years; raises ValueError for anything else.

    >>> validity("1954-07/2007-01-08").first.isoformat(), validity("2007/..").last
    ('1954-07-01', None)
    """
    if not text:
        return ALWAYS
    first, _, last = text.partition("/")
    return Validity(_bound(first, end=False), _bound(last, end=True))


def _bound(text: str, *, end: bool) -> date | None:
    if text in ("", ".."):
        return None
    year, month, day = ([int(part) for part in text.split("-")] + [0, 0])[:3]
    month = month or (12 if end else 1)
    return date(year, month, day or (monthrange(year, month)[1] if end else 1))


class Name(NamedTuple):
    """A name of something, and the time in which it means that."""

    text: str
    kind: NameKind
    valid: Validity = ALWAYS


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


@dataclass(frozen=True, slots=True)
class Organization:
    """A body under one official name; a renamed body has a record for each of its names."""

    name: str
    kind: str
    country: str
    parent: str
    valid: Validity
    names: tuple[Name, ...]


Record = TypeVar("Record", Instrument, Organization)


@dataclass(frozen=True, slots=True)
class Hit(Generic[Record]):
    """A name in a text: its half-open span, and the records that bear it, each with its name."""

    start: int
    end: int
    records: tuple[tuple[Record, Name], ...]


class Lexicon(Generic[Record]):
    """All names of a registry, to be found in a text in one pass."""

    def __init__(self, records: Iterable[Record], folded: Mapping[str, str] | None = None) -> None:
        """Index every name of ``records`` in its cleaned form, which ``folded`` may give."""
        known = folded or {}
        by_text: dict[str, list[tuple[Record, Name]]] = defaultdict(list)
        for record in records:
            for name in record.names:
                by_text[known.get(name.text) or fold(name.text)].append((record, name))
        self._texts = list(by_text)
        self._records: dict[str, tuple[tuple[Record, Name], ...]] = {
            text: tuple(found) for text, found in by_text.items()
        }
        self._automaton = AhoCorasick(
            self._texts, matchkind=MatchKind.Standard, implementation=Implementation.ContiguousNFA
        )

    def get(self, name: str) -> tuple[tuple[Record, Name], ...]:
        """Return the records that bear ``name``, a clean text."""
        return self._records.get(name, ())

    def find(self, text: str) -> Iterator[Hit[Record]]:
        """Yield every occurrence of a name in clean ``text``; occurrences may overlap."""
        for index, start, end in self._automaton.find_matches_as_indexes(text, overlapping=True):
            yield Hit(start, end, self._records[self._texts[index]])


def _names(cell: str, kind: NameKind, default: Validity = ALWAYS) -> Iterator[Name]:
    for part in filter(None, cell.split("|")):
        text, at, time = part.partition("@")
        yield Name(text, kind, validity(time) if at else default)


@cache
def instruments() -> tuple[Instrument, ...]:
    """Return the laws, treaties and foreign statutes of the shipped registry."""
    found = []
    for row in facts.rows("laws.csv"):
        names = (Name(row["title"], "title"), *_names(row["former_titles"], "former"))
        names += tuple(Name(text, "short") for text in law_titles([name.text for name in names]))
        ended = row["status_date"] if row["status"] != "in_force" else ""
        valid = validity(f"{row['promulgated'] or '..'}/{ended or '..'}")
        names += tuple(_names(row["abbreviations"], "short"))
        found.append(
            Instrument(row["title"], "law", row["law_num"], row["law_id"], names, valid, row["status"])
        )
    for row in facts.rows("treaties.csv"):
        valid = validity(f"{row['signed'] or '..'}/{row['ended'] or '..'}")
        names = (
            Name(row["title"], "title"),
            *_names(row["short_names"], "short"),
            *_names(row["english"], "english"),
            *(Name(text, "short") for text in treaty_titles(row["title"])),
        )
        found.append(
            Instrument(row["title"], row["kind"], row["treaty_num"], "", names, valid, row["status"])
        )
    for row in facts.rows("foreign_laws.csv"):
        names = (
            Name(row["title"], "title"),
            *_names(row["abbreviations"], "short"),
            *_names(row["english"], "english"),
            *(Name(text, "english" if n == 0 else "short") for n, text in enumerate(serials(row["number"]))),
        )
        found.append(Instrument(row["title"], row["kind"], "", "", names, ALWAYS, "in_force"))
    return tuple(found)


@cache
def organizations() -> tuple[Organization, ...]:
    """Return the organizations of the shipped registry."""
    found = []
    for path in facts.names("organizations"):
        for row in facts.rows(path):
            valid = validity(row["valid"])
            names = (
                Name(row["name"], "title"),
                *_names(row["aliases"], "short", valid),
                *_names(row["english"], "english", valid),
            )
            if SECRETARIAT in row["name"]:  # 労働大臣官房 of 労働省
                short = row["name"].replace(SECRETARIAT, SECRETARIAT[1:])
                names += (Name(short, "short", valid),)
            found.append(Organization(row["name"], row["kind"], row["country"], row["parent"], valid, names))
    return tuple(found)


@cache
def organization_lexicon() -> Lexicon[Organization]:
    """Return the names of all organizations."""
    return Lexicon(organizations())
