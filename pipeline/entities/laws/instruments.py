"""The laws and treaties that a run knows.

The shipped registry, alone or with a full list of laws beside it.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cache
from typing import TYPE_CHECKING

from pipeline.entities.laws.own import OwnLaws
from pipeline.entities.laws.registry import instruments
from pipeline.entities.names.registry import Lexicon, validity
from pipeline.facts import rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from pipeline.entities.entity_type import Known
    from pipeline.entities.laws.registry import Instrument
    from pipeline.entities.names.registry import Name


@dataclass(frozen=True, slots=True)
class FullList:
    """A full list of laws: what recognition takes from it, and what ``run.json`` says of it.

    Attributes:
        laws: As instruments; their names are official titles.
        folded: Title → its cleaned form, so that it need not be cleaned anew.
        snapshot: The day that the list shows.
    """

    laws: tuple[Instrument, ...]
    snapshot: date
    source: str
    folded: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Page:
    """A law's page on e-Gov.

    Whether it has no chapters, and when its text was last amended, if that is known.
    """

    flat: bool
    amended: date | None


class Instruments:
    """Instruments by name, number and title. Shipped facts win; a full list adds laws, numbers and ids."""

    def __init__(self, full: FullList | None = None, own: OwnLaws | None = None) -> None:
        """Take the shipped registry, and beside it ``full`` and the laws of one's own."""
        self.full = full
        known = {law.law_id: law for law in full.laws if law.law_id} if full else {}
        records = own.with_list(full.laws if full else ()).beside(instruments()) if own else instruments()
        self.shipped = tuple(_informed(record, known.get(record.law_id)) for record in records)
        added = tuple(_added(self.shipped, full.laws)) if full else ()
        self.records: tuple[Instrument, ...] = (*self.shipped, *added)
        names = {name.text for record in self.shipped for name in record.names}
        # A title that a shipped record bears stays that record's; the other law is found by its number.
        named = [law for law in added if law.title not in names]
        self.lexicon: Lexicon[Instrument] = Lexicon((*self.shipped, *named), full.folded if full else {})
        self._numbers = {record.number: record for record in (*added, *self.shipped) if record.number}
        self._titles: dict[str, list[Instrument]] = {}
        self._names: dict[str, tuple[Instrument, Name]] = {}
        for record in (*self.shipped, *named):
            for name in record.names:
                self._names.setdefault(name.text, (record, name))
                if name.kind in ("title", "former"):
                    self._titles.setdefault(name.text, []).append(record)

    def numbered(self, number: str) -> Instrument | None:
        """Return the instrument with a law number in kanji, as promulgated."""
        return self._numbers.get(number)

    def titled(self, title: str, day: date | None) -> Instrument | None:
        """Return the instrument whose official title ``title`` is today or was on ``day``."""
        found = self._titles.get(title, ())
        return next((i for i in found if title in (i.title, i.title_on(day))), None)

    def named(self, name: str) -> tuple[Instrument, Name] | None:
        """Return the first instrument that bears exactly ``name``."""
        return self._names.get(name)


def instruments_of(known: Known) -> Instruments:
    """Return the laws and treaties that a run knows."""
    full, own = known.get(FullList), known.get(OwnLaws)
    return Instruments(full, own) if full or own else shipped()


@cache
def shipped() -> Instruments:
    """Return the shipped registry alone."""
    return Instruments()


@cache
def pages() -> dict[str, Page]:
    """Return what is known of pages of e-Gov: LawID → page (``data/law_pages.csv``)."""
    return {
        row["law_id"]: Page(row["flat"] == "yes", validity(row["amended"]).first)
        for row in rows("law_pages.csv")
    }


def _informed(own: Instrument, listed: Instrument | None) -> Instrument:
    """Give a shipped record what only lists know.

    When the text was last amended, whether its page is flat.
    """
    page = pages().get(own.law_id) if own.law_id else None
    amended = listed.amended if listed and listed.amended else page.amended if page else None
    if page is None and amended is None:
        return own
    return replace(own, amended=amended, flat=page is not None and page.flat)


def _added(own: Iterable[Instrument], laws: Iterable[Instrument]) -> Iterator[Instrument]:
    own = tuple(own)
    ids, numbers = {i.law_id for i in own if i.law_id}, {i.number for i in own if i.number}
    for law in laws:
        if law.law_id not in ids and law.number not in numbers:
            yield law
