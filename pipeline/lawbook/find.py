"""Look a law up by a name, a number or a LawID, in the shipped registry and the full list."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.clean import fold
from pipeline.entities.laws.numbers import kanji_number
from pipeline.entities.laws.pages import PAGE

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from pipeline.entities.laws.instruments import Instruments
    from pipeline.entities.laws.registry import Instrument
    from pipeline.lawbook.listed import ListedLaw

MOST = 50


@dataclass(frozen=True, slots=True)
class FoundLaw:
    """A law that was found: its title on the day asked for, and its other facts."""

    title: str
    title_today: str
    law_num: str
    law_id: str
    kind: str
    status: str
    names: tuple[str, ...]
    url: str
    source: str


def find(name: str, day: date | None, known: Instruments, listed: Iterable[ListedLaw] = ()) -> list[FoundLaw]:
    """Return the laws that ``name`` means: exactly, else those with a name that it is part of, at most fifty.

    Args:
        name: A title, an abbreviation, a law number or a LawID.
        day: The day whose names and titles count; None for any.
        known: The shipped registry and the full list.
        listed: The full list with its abbreviations.
    """
    wanted = fold(name.strip())
    if not wanted:
        return []
    abbreviations = {law.law_id: tuple(filter(None, law.abbreviations.split("|"))) for law in listed}
    exact, part = [], []
    for record in known.records:
        valid = day is None or record.valid.holds(day)
        names = [own.text for own in record.names if day is None or (valid and own.valid.holds(day))]
        names += abbreviations.get(record.law_id, ()) if valid else ()
        forms = {fold(text) for text in names}
        if (
            wanted in forms
            or wanted == record.law_id
            or (record.number and kanji_number(wanted) == record.number)
        ):
            exact.append(_found(record, day, names, known))
        elif any(wanted in form for form in forms):
            part.append(_found(record, day, names, known))
    return (exact or part)[:MOST]


def _found(record: Instrument, day: date | None, names: list[str], known: Instruments) -> FoundLaw:
    title = record.title_on(day)
    others = tuple(dict.fromkeys(text for text in names if text != title))
    own = known.full is None or any(record is one for one in known.shipped)
    source = "shipped" if own or known.full is None else f"full list of {known.full.snapshot.isoformat()}"
    url = PAGE + record.law_id if record.law_id else ""
    return FoundLaw(
        title, record.title, record.number, record.law_id, record.kind, record.status, others, url, source
    )
