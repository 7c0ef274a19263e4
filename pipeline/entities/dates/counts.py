"""How a number counts years: by an era, or within a century."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.eras import era_named, eras

if TYPE_CHECKING:
    from pipeline.entities.dates.parts import Parts
    from pipeline.entities.dates.values import Reading


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


def is_modified(parts: Parts, second: Parts | None) -> bool:
    """Whether its modifier makes a number a year without any other near: 58年末から59年初頭, 58年頃."""
    number = parts.bare or 0
    if second is not None:
        return bool(parts.mod and second.mod and number >= 10)
    return bool(parts.mod) and number >= (40 if parts.mod == "APPROX" else 20)
