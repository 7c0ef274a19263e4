"""A gold table that a spreadsheet has damaged: what the text proves is restored, all else is listed.

A cell is restored where the text itself says what it was: the span at its offsets, the one place where its
text stands, the date that its mention is. Nothing is guessed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from pipeline.entities import fields_of, known_labels
from pipeline.entities.dates.parse import NotADateError, parse_date
from pipeline.read.days import folded, written_day
from pipeline.scoring.damage import can_be, is_damaged, whole_number
from pipeline.scoring.gold_check import is_edtf, is_locator

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

Cells = dict[str, str]
PLACES = ("article", "paragraph", "item")
# Of one character, a text stands in many places by chance.
SHORTEST = 2


class Note(NamedTuple):
    """A cell that was restored, or could not be: its row, its column, what stood there, what of it."""

    row: int
    column: str
    found: str
    said: str

    def __str__(self) -> str:
        return f"row {self.row}: {self.column} {self.found!r} {self.said}"


@dataclass(slots=True)
class Mended:
    """What became of a table: its rows, what was restored, and what nobody can tell for certain."""

    rows: list[Cells] = field(default_factory=list)
    restored: list[Note] = field(default_factory=list)
    left: list[Note] = field(default_factory=list)


def mend(rows: Iterable[tuple[int, Mapping[str, str]]], texts: Mapping[str, str]) -> Mended:
    """Restore what a spreadsheet changed in rows of gold.

    Args:
        rows: The cells of each row by column, with its number; the columns of a gold file are among them.
        texts: The raw text of each document by its id.
    """
    found, named = Mended(), dict[str, str]()
    for number, cells in rows:
        row = _Row(number, dict(cells), texts, named)
        found.left += row.mended()
        found.rows.append(row.cells)
        found.restored += [
            Note(number, column, before, f"→ {row.cells[column]!r}")
            for column, before in cells.items()
            if row.cells[column] != before
        ]
    return found


class _Row:
    """A row while it is mended."""

    def __init__(self, number: int, cells: Cells, texts: Mapping[str, str], named: dict[str, str]) -> None:
        self.number, self.cells, self._texts = number, cells, texts
        # From each name that was looked up to the text that alone can be meant, "" for none.
        self._named = named

    def mended(self) -> Iterator[Note]:
        """Mend the cells in place, and yield those of which nobody can tell what they were."""
        label = folded(self.cells["label"]).strip()
        if label in known_labels():
            self.cells["label"] = label
        else:
            yield self._note("label", f"is none of {', '.join(known_labels())}")
        text = self._document()
        if text is None:
            yield self._note("doc_id", "is the name of no text here")
            return
        if (reason := self._span(text)) is not None:
            yield reason
            return
        if "value" in fields_of(label):
            yield from self._value()
        if "article" in fields_of(label):
            yield from self._places()

    def _note(self, column: str, said: str) -> Note:
        return Note(self.number, column, self.cells[column], said)

    def _document(self) -> str | None:
        name = self.cells["doc_id"]
        if name not in self._named:
            known = [name] if name in self._texts else [one for one in self._texts if can_be(name, one)]
            self._named[name] = known[0] if len(known) == 1 else ""
        if not self._named[name]:
            return None
        self.cells["doc_id"] = self._named[name]
        return self._texts[self.cells["doc_id"]]

    def _span(self, text: str) -> Note | None:
        """Restore the offsets or the text of the mention; return what speaks against both."""
        start, end = (whole_number(self.cells[name]) for name in ("start", "end"))
        written = self.cells["text"]
        if not start or not end:
            places = _places_of(written, text) if len(written) >= SHORTEST else []
            places = [p for p in places if start in ("", str(p[0])) and end in ("", str(p[1]))]
            if len(places) != 1:
                column = "start" if not start else "end"
                return self._note(column, f"is no number, and {written!r} does not stand in one place alone")
            start, end = map(str, places[0])
        span = text[int(start) : int(end)]
        if not span or (written != span and not can_be(written, span)):
            return self._note("text", f"is not what stands at [{start}, {end}): {span[:60]!r}")
        self.cells.update(start=start, end=end, text=span)
        return None

    def _value(self) -> Iterator[Note]:
        """Restore the value of a date; its norm is the same."""
        value, norm = self.cells["value"], self.cells["norm"]
        meant = _value(value, self.cells["text"])
        if meant is None:
            yield self._note("value", "is no EDTF, and the mention alone does not say which date it was")
            return
        self.cells["value"] = meant
        if norm and norm != meant:
            if norm == value or _value(norm, self.cells["text"]) == meant or can_be(norm, meant):
                self.cells["norm"] = meant
            else:
                yield self._note("norm", f"differs from the value {meant!r}")

    def _places(self) -> Iterator[Note]:
        for column in PLACES:
            parts = self.cells[column].split("|") if self.cells[column] else []
            meant = [_place(part, self.cells["text"]) for part in parts]
            if None in meant:
                yield self._note(column, "is no place in a law, and the mention does not say which it was")
            else:
                self.cells[column] = "|".join(filter(None, meant))


def _places_of(written: str, text: str) -> list[tuple[int, int]]:
    """Return the half-open spans of a text at which another stands."""
    starts = [match.start() for match in re.finditer(f"(?={re.escape(written)})", text)]
    return [(start, start + len(written)) for start in starts]


def _value(cell: str, mention: str) -> str | None:
    """Return the EDTF that a cell was, None if nobody can tell."""
    plain = folded(cell)
    if not plain or is_edtf(plain):
        return plain
    day = written_day(plain)
    if day and day.day > 1:  # 2014/8/1 may have been 2014-08, too
        return day.isoformat()
    try:
        told = parse_date(mention)
    except NotADateError:
        return None
    return told.value if told.value and not told.flags and can_be(plain, told.value) else None


def _place(cell: str, mention: str) -> str | None:
    """Return the place in a law that a cell was (``3``, ``3_2``, ``1-2``), None if nobody can tell."""
    plain = whole_number(cell) or folded(cell)
    numbers = re.findall(r"\d+", folded(mention))
    damaged = is_damaged(plain) and plain not in numbers
    if is_locator(plain) and not damaged:
        return plain
    if not damaged:
        return None
    ranges = {f"{first}-{last}" for first, last in pairwise(numbers)}
    found = [written for written in ranges if can_be(plain, written)]
    return found[0] if len(found) == 1 else None
