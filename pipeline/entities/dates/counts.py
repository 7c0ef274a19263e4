"""How a number counts years: by an era, or within a century."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from pipeline.eras import era_named, eras

if TYPE_CHECKING:
    from pipeline.entities.dates.memory import Memory, Past
    from pipeline.entities.dates.parts import Parts
    from pipeline.entities.dates.values import Reading
    from pipeline.eras import Era


# So many years behind a year another still stands by it (決め打ち).
SOON = 15
# So far beyond its end a text counts on by an era, and from here on a number is a western year's (決め打ち).
OVER, BY_WESTERN = 6, 40
# So many years around the end of an era a range or a list may run into the next (決め打ち).
TURN = 12
# 昭和62年を100とすると、元年は108: so far behind, outside of a list, 元年 is that of the next era (決め打ち).
FIRST = 3


def fitting_era(parts: Parts, name: str) -> str:
    """Return ``name``, or the era in which the era year of ``parts`` is the western year beside it."""
    number = parts.era_year or 1
    named = era_named(name)
    if parts.western is None or (named and agrees(parts, named.year(number))):
        return name
    return next(
        (e.name for e in reversed(eras().values()) if e.holds(number) and agrees(parts, e.year(number))), name
    )


def agrees(parts: Parts, year: int) -> bool:
    """Whether the western year that ``parts`` write can be ``year``."""
    return parts.western == (year % 100 if parts.digits == 2 else year)


def closing_year(first: Reading, number: int) -> int:
    """Return the year that closes a range: 昭和60～62年 counts by the era, 1960～70年 within the century."""
    start = first.period.year if first.period else 0
    western = first.parts.western is not None or first.style == "western2"
    if first.era_year is not None and number >= first.era_year and not (western and number > 31):
        return start + number - first.era_year
    year = start - start % 100 + number
    return year if year >= start else year + 100


def is_small(parts: Parts) -> bool:
    """Whether a number may as well be a length: 5年, but not 5年以降."""
    return (parts.bare or 0) <= 10 and parts.unit == "year" and not parts.mod.startswith("ON_")


def is_modified(parts: Parts, second: Parts | None) -> bool:
    """Whether its modifier makes a number a year without any other near: 58年末から59年初頭, 58年頃."""
    number = parts.bare or 0
    if second is not None:
        return bool(parts.mod and second.mod and number >= 10)
    return bool(parts.mod) and number >= (40 if parts.mod == "APPROX" else 20)


def goes_on(past: Past, parts: Parts, western: int | None, era: Past | None, latest: int) -> bool:
    """Whether a text that writes no era goes on in western count: 05年, 10年; 2000年は100、10年は110.

    It does not to a year behind ``latest``, in which the document speaks: 2019年, 30年 in 2023.
    """
    if era is not None or western is None or (western > latest and past.style == "western4"):
        return False
    soon = parts.unit == "year" and 0 < western - past.period.year <= SOON
    return past.style == "western2" or (past.style == "western4" and soon)


def runs_on(era: Era, number: int, past: Past, limit: int, *, here: bool, ahead: bool) -> bool:
    """Whether a text goes on to count by an era, also beyond its end: 平成31年4月、32年3月.

    Args:
        era: That of ``past``.
        number: The year without an era.
        past: The date before it.
        limit: The year in which the document speaks.
        here: Both stand in one sentence, which counts by the era.
        ahead: It may lie far ahead.
    """
    year, before = era.year(number), past.period.year
    if era.holds(number):
        return before <= year <= limit + 1 + SOON * ahead
    if era.last is None or not before <= year <= before + (SOON if ahead else OVER):
        return False
    return limit <= era.last.year or here


def next_era(name: str) -> Era | None:
    """Return the era behind that of the name; None behind the present one and where there is no such era."""
    return era_named(dict(pairwise(eras())).get(name, ""))


def turned_era(number: int, past: Past, *, follows: bool) -> Era | None:
    """The next era, in which a text goes on to count: 昭和63年と元年; in a list also 昭和60、62、2年.

    Args:
        number: Of the year without an era.
        past: The date before it, in the same sentence or table.
        follows: Both are members of a list.
    """
    era = next_era(past.era)
    apart = era.year(number) - past.period.year if era and era.holds(number) else -1
    return era if 0 <= apart <= (TURN if follows else FIRST if number == 1 else 1) else None


def soon_behind(year: int, two_digits: int) -> int:
    """The year soon behind ``year`` that ends in these two digits, or 0: 1925 behind 1920年."""
    apart = (two_digits - year) % 100
    return year + apart if 0 < apart <= SOON else 0


def comes_nearer(past: Past, era: Era, western: int, parts: Parts, memory: Memory, latest: int) -> bool:
    """Whether the western year is nearer to ``past`` than the era's, by the count that the text uses."""
    near = past.period.year
    by_western, by_era = abs(western - near), abs(era.year(parts.bare or 0) - near)
    if past.style == "era":
        # 22年 behind 2021年（令和3年） is no year of an era before that.
        return memory.western and era.name != past.era and by_western < by_era
    if goes_on(past, parts, western, memory.latest("era"), latest):
        return True
    if past.style == "western2" and parts.unit != "fiscal_year":
        # The text uses both counts: the one used last, unless the other comes much nearer.
        return by_western < by_era + SOON
    return by_western < by_era
