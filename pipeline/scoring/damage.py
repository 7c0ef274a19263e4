"""What a spreadsheet makes of a text that it takes for a number or a date, and whether a cell may be that.

Nothing here says what a damaged cell was: two texts may end alike (``Apr-14`` of 2014-04 and of 4/14). It
says whether a text that is known from elsewhere can have become the cell.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import NamedTuple

from pipeline.read.days import folded, written_day

# The day before the first in the system of 1900, which counts a 29 February that there was not.
BEFORE_FIRST = date(1899, 12, 30)
LONGEST_NUMBER = 300  # characters (決め打ち): a double, which a spreadsheet keeps, has no larger one
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
CENTURY, TURN = 100, 30  # of a year of two digits, those below TURN are after 2000, as in Excel
_NAME = rf"(?P<name>{'|'.join(MONTHS)})[a-z]*"
# As a cell shows it after a spreadsheet has read it: 2014/8/5, 5-Aug-14, Aug-14, 14-Aug, 8月14日, 2014年8月.
_SHOWN = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"(?P<day>\d{{1,2}})-{_NAME}-(?P<short>\d{{4}}|\d\d)",
        rf"{_NAME}-(?P<short>\d{{4}}|\d\d)",
        rf"{_NAME}-(?P<day>\d{{1,2}})",
        rf"(?P<day>\d{{1,2}})-{_NAME}",
        r"(?P<month>\d{1,2})月(?P<day>\d{1,2})日",
        r"(?P<year>\d{4})年(?P<month>\d{1,2})月",
        r"(?P<month>\d{1,2})/(?P<day>\d{1,2})/(?P<short>\d{4}|\d\d)",
        r"(?P<day>\d{1,2})/(?P<month>\d{1,2})/(?P<short>\d{4}|\d\d)",
        r"(?P<month>\d{1,2})/(?P<day>\d{1,2})",
    )
)
# What it takes for a date when it is typed or read.
_TAKEN = tuple(
    re.compile(form)
    for form in (
        r"(?P<year>\d{4})[-/](?P<month>\d{1,2})",
        r"(?P<year>\d{4})年(?P<month>\d{1,2})月",
        r"(?P<month>\d{1,2})[-/](?P<day>\d{1,2})",
        r"(?P<month>\d{1,2})月(?P<day>\d{1,2})日",
    )
)
_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+|\d+", re.ASCII)
_POWER = re.compile(r"\d(?:\.(?P<places>\d+))?E\+\d+", re.ASCII)


class Parts(NamedTuple):
    """Year, month and day of a date, 0 where one is not told."""

    year: int
    month: int
    day: int


def can_be(cell: str, original: str) -> bool:
    """Whether a spreadsheet can have made ``cell`` of ``original``.

    >>> [can_be(*pair) for pair in (("7", "007"), ("Apr-14", "2014-04"), ("Apr-14", "4/14"), ("8", "007"))]
    [True, True, True, False]
    """
    if not cell.strip() or not original.strip():
        return False
    return (
        _bare(cell) == _bare(original) != ""
        or _lost(cell, original)
        or _as_number(folded(cell), folded(original))
        or _as_date(folded(cell), folded(original))
    )


def is_damaged(cell: str) -> bool:
    """Whether a cell looks as a spreadsheet shows what it took for a date.

    >>> is_damaged("Apr-14"), is_damaged("4月14日"), is_damaged("41743"), is_damaged("2014-04")
    (True, True, True, False)
    """
    return bool(_readings(folded(cell)))


def whole_number(cell: str) -> str:
    """Return the whole number that a cell shows: 1,234 and １２３４ and 1234.0 are 1234; ``""`` for others."""
    plain = re.sub(r"\.0+$", "", folded(cell)) if len(cell) <= LONGEST_NUMBER else ""
    return str(int(plain.replace(",", ""))) if _GROUPED.fullmatch(plain) else ""


def _bare(text: str) -> str:
    """Return a text without what saving changes: widths, white space, quotation marks, an apostrophe."""
    return re.sub(r'[\s"\x00-\x1f]+', "", folded(text).replace("_x000D_", "")).removeprefix("'")


def _lost(cell: str, original: str) -> bool:
    """Whether question marks stand where the encoding of Japanese Windows has no character."""
    if "?" not in cell or len(cell) != len(original):
        return False
    return all(a == b or (a == "?" and not _encodable(b)) for a, b in zip(cell, original, strict=True))


def _encodable(char: str) -> bool:
    try:
        char.encode("cp932")
    except UnicodeEncodeError:
        return False
    return True


def _as_number(cell: str, original: str) -> bool:
    """Whether leading zeros, commas or the last digits of a number were lost: 007 → 7, 1.23E+11."""
    digits = original.replace(",", "")
    if len(original) > LONGEST_NUMBER or not (_GROUPED.fullmatch(original) and digits.isdecimal()):
        return False
    if whole := whole_number(cell):
        return int(whole) == int(digits)
    power = _POWER.fullmatch(cell)
    return power is not None and f"{int(digits):.{len(power['places'] or '')}E}" == cell


def _as_date(cell: str, original: str) -> bool:
    taken = _taken(original)
    return taken is not None and any(_agree(shown, taken) for shown in _readings(cell))


def _taken(text: str) -> Parts | None:
    """Return the date that a spreadsheet takes a text for."""
    if day := written_day(text):
        return Parts(day.year, day.month, day.day)
    match = next((found for form in _TAKEN if (found := form.fullmatch(text))), None)
    parts = _parts(match.groupdict()) if match else None
    return parts if parts and _possible(parts) else None


def _readings(cell: str) -> list[Parts]:
    """Return every date that a cell may show."""
    found = [_parts(match.groupdict()) for form in _SHOWN if (match := form.fullmatch(cell))]
    if (day := written_day(cell)) and not re.fullmatch(r"\d{4}-\d\d-\d\d|\d+", cell):
        found.append(Parts(day.year, day.month, day.day))
    if re.fullmatch(r"\d{5}", cell):
        serial = BEFORE_FIRST + timedelta(days=int(cell))
        found.append(Parts(serial.year, serial.month, serial.day))
    return [parts for parts in found if _possible(parts)]


def _parts(named: dict[str, str | None]) -> Parts:
    name, short = (named.get("name") or "").lower(), named.get("short") or ""
    month = MONTHS.index(name) + 1 if name else int(named.get("month") or 0)
    year = int(named.get("year") or short or 0)
    if len(short) == 2:
        year += 20 * CENTURY if year < TURN else 19 * CENTURY
    return Parts(year, month, int(named.get("day") or 0))


def _possible(parts: Parts) -> bool:
    try:
        date(parts.year or 2000, parts.month, parts.day or 1)
    except ValueError:
        return False
    return True


def _agree(shown: Parts, taken: Parts) -> bool:
    """Whether a date that is shown is the one that was typed; one without a year got that of the day."""
    if shown.month != taken.month or (taken.year and shown.year != taken.year):
        return False
    return shown.day == taken.day if taken.day else shown.day in (0, 1)
