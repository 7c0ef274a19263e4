"""A day as people write it down: 2014-08-05, 2014/8/5, 平成26年8月5日, 26（2014）年8月5日, H26.8.5."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from typing import TYPE_CHECKING

from pipeline.eras import ERA_LETTERS, ERA_NAMES, eras, month_length
from pipeline.model.rule import Pattern
from pipeline.numerals import NUMBER, number

if TYPE_CHECKING:
    from collections.abc import Mapping

# The same year once more, in brackets: 平成26年（2014年）, 2014（平成26）年.
_AGAIN = rf"\( ?(?P<again%s>(?:{ERA_NAMES})?{NUMBER})年? ?\)"
WESTERN = r"(?:19|20)\d\d"
ERA_YEAR = rf"(?P<era>{ERA_NAMES}) ?(?P<era_year>{NUMBER})"
YEAR = (
    rf"(?:{ERA_YEAR}|(?P<year>{WESTERN}|[一二][〇一二三四五六七八九]{{3}}))"
    rf" ?(?:年(?: ?{_AGAIN % ''})?|{_AGAIN % '_before'} ?年)"
)
# Written numbers, their parts named; the text is folded (NFKC).
MONTH = rf"{YEAR} ?(?P<month>{NUMBER}) ?月"
DAY = rf"{MONTH} ?(?P<day>{NUMBER}) ?日"
# Which numbers stand for year, month and day needs no name where the year comes first: 2014/8/5, 2014.8.5,
# 平成26.8.5, H26.8.5.
_PLAIN_YEAR = rf"(?P<year>{WESTERN})|(?P<era>{ERA_NAMES}|[{ERA_LETTERS}]) ?(?P<era_year>\d{{1,2}})"
PLAIN_DAY = (
    rf"(?:{_PLAIN_YEAR})"
    r" ?(?P<mark>[-/.]) ?(?P<month>\d{1,2}) ?(?P=mark) ?(?P<day>\d{1,2})"
)
_NAMED, _DIGITS = Pattern(DAY), Pattern(PLAIN_DAY)
# A weekday or a time after a day does not change it.
_BEHIND = re.compile(
    r"(?:\([月火水木金土日]曜?日?\)|[T ]\d{1,2}:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)$"
)


def folded(text: str) -> str:
    """Return ``text`` with widths folded (NFKC) and outer white space gone."""
    return unicodedata.normalize("NFKC", text).strip()


def written_day(text: str) -> date | None:
    """Return the day that ``text`` is; None if it is not a day alone, or the calendar has no such day.

    >>> [str(written_day(t)) for t in ("2014/8/5", "平成２６年８月５日", "令和元年5月1日（水）", "2014-08")]
    ['2014-08-05', '2014-08-05', '2019-05-01', 'None']
    """
    plain = _BEHIND.sub("", folded(text)).strip()
    match = _DIGITS.fullmatch(plain) or _NAMED.fullmatch(plain)
    if match:
        return day_of(match.groupdict())
    if re.fullmatch(r"(?:19|20)\d{6}", plain):
        return _date(int(plain[:4]), int(plain[4:6]), int(plain[6:]))
    return None


def day_of(parts: Mapping[str, str | None]) -> date | None:
    """Return the day of the parts of a match; without a day the last of the month, without a month None.

    Args:
        parts: ``year``, or ``era`` and ``era_year``; ``month``; ``day``; ``again`` or ``again_before``, which
            must say the same year.
    """
    year, month, day = year_of(parts), parts.get("month"), parts.get("day")
    if year is None or not month:
        return None
    numbers = number(month), number(day) if day else 0
    if not 1 <= numbers[0] <= 12:
        return None
    found = _date(year, numbers[0], numbers[1] if day else month_length(year, numbers[0]))
    name = parts.get("era")
    return found if found and (not name or _reaches(name, found)) else None


def year_of(parts: Mapping[str, str | None]) -> int | None:
    """Return the western year of the named parts of a match; None for a year that an era has not (平成40年)."""
    year, name, era_year = (parts.get(key) or "" for key in ("year", "era", "era_year"))
    found = number(year) if year else _era_year(name, number(era_year))
    again = re.fullmatch(rf"({ERA_NAMES})?(.+)", parts.get("again") or parts.get("again_before") or "")
    if again and found is not None:
        said = _era_year(again[1], number(again[2])) if again[1] else number(again[2])
        # The second year is the western one where the first is of an era, or its end: 平成26（14）年.
        return found if said in (found, found % 100) else None
    return found


def _era_year(name: str, year: int) -> int | None:
    era = next((era for era in eras().values() if name in (era.name, era.letter)), None)
    return era.year(year) if era and era.holds(year) else None


def _reaches(name: str, day: date) -> bool:
    """Whether an era has begun on ``day``; one that has ended may be written on (平成31年6月)."""
    return any(name in (era.name, era.letter) and era.first <= day for era in eras().values())


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
