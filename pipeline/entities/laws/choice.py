"""Which instrument a name means, and whether a number and a name belong together."""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from pipeline.entities.laws.numbers import kanji_number

if TYPE_CHECKING:
    from datetime import date

    from pipeline.entities.laws.citation import Citation
    from pipeline.entities.laws.instruments import Instruments
    from pipeline.entities.laws.registry import Instrument
    from pipeline.entities.names.registry import Name

# What is said of an instrument that has come to an end; others are in force or not yet.
ENDED = frozenset({"repealed", "lapsed", "ended", "superseded"})
# No text names a law this many days before it is made (決め打ち); an older namesake is meant.
FORESEEN = 3 * 366
# A title of this length is no other law's, whenever it is named (決め打ち).
DISTINCT = 12
# Characters between a name and its number: 」（ with a space or two (決め打ち).
GAP = 4
# … and one of this length none that was there before it (決め打ち).
OWN = 8
# A name of this length is a title and no abbreviation (決め打ち).
FULL = 15
# How alike a name in the text and a registered title with its number must be (決め打ち).
ALIKE = 0.6


def choose(
    citation: Citation, known: Instruments, day: date | None, spoken: tuple[date, date] | None
) -> tuple[tuple[Instrument, Name] | None, list[Instrument]]:
    """Choose among the records that bear a name: by 旧, by the document's date, by the time spoken of.

    Beside the likeliest one: all that it may be, where it may be several.
    """
    records = [pair for pair in citation.records if not _unforeseen(pair, day)]
    exact = known.named(citation.prefix + citation.name) if citation.prefix in ("旧", "新") else None
    if exact is not None:
        return exact, []
    if citation.prefix == "旧":
        records = list(filter(_past, records)) or records
    if not records:
        return None, []
    made = [pair for pair in records if _made_in(pair[0], citation.made)]
    if len({id(pair[0]) for pair in made}) == 1:
        return made[-1], []
    records = _of_the_time(records, day, spoken) or records
    current = [pair for pair in records if pair[0].status == "in_force"] or records
    # Between its making and the end of the old one, a new law and its namesake are both meant.
    several = {id(pair[0]): pair[0] for pair in (records if day else current)}
    return current[-1], list(several.values()) if len(several) > 1 else []


def _of_the_time(
    records: list[tuple[Instrument, Name]], day: date | None, spoken: tuple[date, date] | None
) -> list[tuple[Instrument, Name]]:
    """Return the records that bear the name on the document's date, or at the time spoken of."""
    now = [pair for pair in records if _valid(pair, day, day)] if day else []
    if spoken is None:
        return now
    if len(records) > 1 and not any(pair[0].valid.holds(*spoken) for pair in now):
        # The time spoken of lies wholly outside of what the name means today.
        return [pair for pair in records if _valid(pair, *spoken)] or now
    return [pair for pair in now if _valid(pair, *spoken)] or now


def _past(pair: tuple[Instrument, Name]) -> bool:
    """Whether a law has come to an end, or goes on under another title (旧信託法)."""
    return pair[0].status in ENDED or pair[1].kind == "former"


def _made_in(instrument: Instrument, year: str) -> bool:
    """Whether an instrument's number is of a year (昭和16年, 16年), as the text gives it."""
    written = kanji_number(year)
    return bool(year) and (instrument.number.startswith(written) or instrument.number[2:].startswith(written))


def _unforeseen(pair: tuple[Instrument, Name], day: date | None) -> bool:
    first = pair[0].valid.first
    early = first is not None and day is not None and (first - day).days > FORESEEN
    return early and len(pair[1].text) < DISTINCT


def made_before(instrument: Instrument | None, spoken: tuple[date, date] | None, day: date | None) -> bool:
    """Whether an instrument is far older than the time spoken of: what is enacted then is another."""
    first = instrument.valid.first if instrument else None
    now = spoken[0] if spoken else day
    return first is not None and now is not None and (now - first).days > FORESEEN


def made_after(pair: tuple[Instrument, Name], day: date | None) -> bool:
    """Whether an instrument is made after ``day`` and its name could be another's: 皇室典範 in 1946."""
    first = pair[0].valid.first
    return first is not None and day is not None and first > day and len(pair[1].text) < OWN


def outlived(pair: tuple[Instrument, Name], day: date | None, spoken: tuple[date, date] | None) -> bool:
    """Whether a name that reads like a title was no longer this instrument's at the time spoken of."""
    last = pair[1].valid.last
    now = spoken[1] if spoken else day
    return (
        last is not None
        and now is not None
        and now > last
        and pair[1].kind == "short"
        and is_full(pair[1].text)
    )


def is_full(name: str) -> bool:
    """Whether a name reads like an official title, and no abbreviation."""
    return len(name) >= DISTINCT or name.endswith("法律")


def is_title(name: str, found: Instrument) -> bool:
    """Whether a name that no registry holds is written out as an official title that the law once had."""
    return len(name) >= FULL and name.endswith(("法律", "措置法")) and "ニ関スル" not in found.title


def agree(citation: Citation, found: Instrument) -> bool:
    """Whether a number and a name can belong together."""
    if citation.bill:
        return False
    if citation.suffix:
        return any(name.text.endswith(citation.suffix) for name in found.names)
    if citation.records:
        own = any(record is found for record, _ in citation.records)
        return own or any(name.text == citation.name for name in found.names)
    ratios = (SequenceMatcher(None, citation.name, name.text).ratio() for name in found.names)
    return max(ratios, default=0.0) >= ALIKE


def _valid(pair: tuple[Instrument, Name], first: date | None, last: date | None) -> bool:
    instrument, name = pair
    return name.valid.holds(first, last) and instrument.valid.holds(first, last)
