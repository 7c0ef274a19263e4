"""Reads dates in digits (2012/4/3, H25.10.3, 25.10.3) and years by the letter of their era (H30)."""

from __future__ import annotations

from string import ascii_letters, digits
from typing import TYPE_CHECKING

from pipeline.entities.dates import around, facts, numeric_forms
from pipeline.entities.dates.months import Read, within_year
from pipeline.entities.dates.parts import Parts
from pipeline.entities.dates.years import unit_of
from pipeline.eras import ERA_LETTERS, eras
from pipeline.numerals import KANJI, number

if TYPE_CHECKING:
    import re

    from pipeline.model.rule import Rule

# A number that begins with one of these may be the rest of a longer one.
NUMERALS = frozenset("0123456789" + KANJI)
LETTERS = frozenset(ERA_LETTERS)
MONTHS, DAYS = (None, *range(1, 13)), (None, *range(1, 32))
# What may not adjoin a date in digits.
ADJOINING = frozenset("./-_:@#$" + ascii_letters + digits)
SIGNS = frozenset("./-")
# So many years a range of months in digits may run (決め打ち): 2016.4～17.3.
DECADE = 10
LARGEST = 12  # by more a cost is seldom shared (決め打ち)
REACH = 40  # 決め打ち: code points before a share in which stands what is borne


def in_digits(text: str, start: int, before: str, *, joined: bool, cell: bool) -> Read | None:
    """Read a date in digits, or a year by its letter.

    Args:
        text: A clean sentence.
        start: Where the date would begin.
        before: What stands before it.
        joined: It is the end of a range or a member of a list.
        cell: It may be written as in a cell of a table: 25.10.3, 10/3.
    """
    first = text[start : start + 1]
    if _without_sign(text, start) or (before[-1:] in ADJOINING and not joined):
        return None
    if first in LETTERS and (match := numeric_forms.OPEN_LETTERED.match(text, start)):
        parts = Parts(era=_era_of(match), era_year=number(match["ey"]), unit=unit_of(match["u"]))
        return Read(match.end(), "open", parts, open=True)
    for pattern in _forms(text, start, joined=joined, cell=cell):
        if match := pattern.match(text, start):
            coded = "letter" in match.groupdict() and facts.CONTEXTS["before_code"].search(before)
            return None if coded else _numeric_parts(text, match)
    slashed = numeric_forms.SLASHED.match(text, start) if first in NUMERALS else None
    return _numeric_parts(text, slashed) if slashed and _is_told(text, slashed) else None


def _is_told(text: str, slashed: re.Match[str]) -> bool:
    """Whether a month and a day in prose are no share: 10/3（金）, 4/28に."""
    if around.DAY_OF_WEEK.match(text, slashed.end()):
        return True
    told = numeric_forms.SLASHED_TOLD.match(text, slashed.start())
    return told is not None and _is_day(told)


def _is_day(told: re.Match[str]) -> bool:
    """Whether no share is written so: 4/28に, 4/1から, 12/29～1/3; but 1/20に, 2/3から, 1/3～1/2."""
    month, day = int(told["m"]), int(told["d"])
    late = month > 1 and day > LARGEST
    if told["m2"] is None:
        return late or (month > day and told["ni"] is None)
    return late or month > day or (int(told["m2"]) > 1 and int(told["d2"]) > LARGEST)


def _forms(text: str, start: int, *, joined: bool, cell: bool) -> tuple[Rule, ...]:
    """The forms that may begin there; none where a cell holds a share: 補助率 1/2, 補助金（10/10）."""
    if (
        cell
        and not joined
        and (numeric_forms.SHARE.match(text, start) or numeric_forms.SHARES.match(text, start))
    ):
        return ()
    if (
        cell
        and "/" in text[start : start + 3]
        and numeric_forms.SHARED.search(text, max(0, start - REACH), start)
    ):
        return ()
    return numeric_forms.beginning(text[start : start + 1], cell)


def _without_sign(text: str, start: int) -> bool:
    """Whether a number stands there, and behind it no sign of a date in digits."""
    return text[start : start + 1].isdecimal() and SIGNS.isdisjoint(text[start : start + 5])


def numeric_end(text: str, start: int, first: Parts) -> Read | None:
    """The end of a range in digits that says only what differs from ``first``: 2012/4/3～6, 2012/4/3-4/6."""
    if first.day is None:
        return _month_end(text, start, first)
    match = numeric_forms.CLOSING.match(text, start)
    if match is None:
        return None
    month, day = int(match["m"] or first.month or 0), int(match["d"])
    if (month, day) <= (first.month or 0, first.day):
        return None
    return Read(match.end(), "numeric", Parts(month=month, day=day))


def _month_end(text: str, start: int, first: Parts) -> Read | None:
    """The end of a range of months in digits that writes its year in two: 2016.4～17.3, 平成28.4～29.3."""
    match = numeric_forms.CLOSING_MONTH.match(text, start)
    if match is None or first.month is None or match["s"] not in text[max(0, start - 6) : start]:
        return None
    year, month = int(match["bare"]), number(match["m"])
    before = first.era_year if first.era else (first.western or 0) % 100
    if before is None or not (before, first.month) < (year, month) <= (before + DECADE, 12):
        return None
    return Read(match.end(), "numeric", Parts(bare=year, padded=match["bare"][0] == "0", month=month))


def _era_of(match: re.Match[str]) -> str:
    """The era that is written whole, by its letter (H) or by its first character (平); empty for none."""
    found = match.groupdict()
    letter, short = found.get("letter"), found.get("short")
    if not letter and not short:
        return found.get("era") or ""
    return next(e.name for e in eras().values() if e.letter == letter or e.name[0] == short)


def _numeric_parts(text: str, match: re.Match[str]) -> Read | None:
    found = match.groupdict()
    month, day = (number(found[key]) if found.get(key) else None for key in ("m", "d"))
    if month not in MONTHS or day not in DAYS:
        return None
    era = _era_of(match)
    western = int(found["w"]) if found.get("w") else None
    parts = Parts(
        western=western,
        digits=len(found.get("w") or ""),
        era=era,
        era_year=number(found["ey"]) if era else None,
        bare=int(found["bare"]) if found.get("bare") else None,
        unit="fiscal_year" if found.get("fo") or found.get("kind") else unit_of(found.get("dec")),
        kind=found.get("kind") or "",
        month=month,
        day=day,
    )
    if era and parts.era_year == 0:
        return None
    result = Read(match.end(), "numeric", parts)
    return within_year(text, result) if month is None else result
