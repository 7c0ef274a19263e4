"""The official titles of an act over time."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from functools import cache

from pipeline.entities.laws.registry import Instrument, instruments
from pipeline.entities.names.titled import Titled


def titles_over_time(title: str) -> tuple[Titled, ...]:
    """Return the official titles that the act ``title`` had and has, the first first.

    A title that several acts had (日米安保条約 is none) has the lines of each.

    >>> [(one.first, one.last) for one in titles_over_time("防衛庁設置法")]
    [('1954-06-09', '2007-01-08'), ('2007-01-09', '')]
    """
    return tuple(told for act in _acts().get(title, ()) for told in _told(act))


def _told(act: Instrument) -> list[Titled]:
    former = sorted((n for n in act.names if n.kind == "former"), key=lambda n: n.valid.first or date.min)
    found = [Titled(n.text, _day(n.valid.first), _day(n.valid.last)) for n in former]
    ends = [n.valid.last for n in former]
    last = max((end for end in ends if end), default=None)
    first = last + timedelta(days=1) if last and all(ends) else None if former else act.valid.first
    now = Titled(act.title, _day(first), _day(act.valid.last))
    return [*found, now] if former or now.first or now.last else []


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


@cache
def _acts() -> dict[str, list[Instrument]]:
    found: dict[str, list[Instrument]] = defaultdict(list)
    for act in instruments():
        for title in {act.title, *(name.text for name in act.names if name.kind == "former")}:
            found[title].append(act)
    return found
