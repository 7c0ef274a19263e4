"""The official names of a body over time: its own, those of what it was before, and of what it became."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from pipeline import facts
from pipeline.entities.names.registry import Validity, validity
from pipeline.entities.names.titled import Titled

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator


@dataclass(frozen=True, slots=True)
class _Record:
    name: str
    valid: Validity
    told: Titled
    became: tuple[str, ...]


def names_over_time(name: str) -> tuple[Titled, ...]:
    """Return the official names that the body ``name`` and what it came of or became had, the first first.

    A body that was divided or merged has several before or behind it. A name that bodies of different times
    share (民主党) has a line for each.

    >>> [(one.name, one.last) for one in names_over_time("通商産業省")][-2:]
    [('通商産業省', '2001-01-05'), ('経済産業省', '')]
    """
    found: dict[_Record, None] = {}
    for record in _records().get(name, ()):
        for follow in (_before, _behind):
            found |= dict.fromkeys(_reached(record, follow))
    known = (one.told for one in found if one.told.first or one.told.last or len(found) > 1)
    return tuple(sorted(known, key=lambda told: (told.first or told.last, told.last or "9", told.name)))


def _reached(record: _Record, follow: Callable[[_Record], Iterable[_Record]]) -> Iterator[_Record]:
    seen, ahead = {record}, [record]
    while ahead:
        one = ahead.pop()
        yield one
        more = [other for other in follow(one) if other not in seen]
        seen.update(more)
        ahead += more


def _behind(record: _Record) -> Iterator[_Record]:
    for name in record.became:
        if (one := _nearest(record, _records()[name])) is not None:
            yield one


def _before(record: _Record) -> Iterable[_Record]:
    return [one for one in _becoming()[record.name] if record in _behind(one)]


def _nearest(record: _Record, among: tuple[_Record, ...]) -> _Record | None:
    """Return which body of a name another became: the only one, else the one of that day, or the next."""
    if len(among) == 1:
        return among[0]
    end = record.valid.last or date.max
    later = [one for one in among if one != record and (one.valid.last or date.max) > end]
    return min(later, key=lambda one: one.told.first, default=None)


@cache
def _records() -> dict[str, tuple[_Record, ...]]:
    found: dict[str, list[_Record]] = defaultdict(list)
    for path in facts.names("organizations"):
        for row in facts.rows(path):
            first, _, last = row["valid"].replace("..", "").partition("/")
            became = tuple(filter(None, row["succeeded_by"].split("|")))
            told = Titled(row["name"], first, last)
            found[row["name"]].append(_Record(row["name"], validity(row["valid"]), told, became))
    return {name: tuple(records) for name, records in found.items()}


@cache
def _becoming() -> dict[str, list[_Record]]:
    found: dict[str, list[_Record]] = defaultdict(list)
    for records in _records().values():
        for record in records:
            for name in record.became:
                found[name].append(record)
    return found
