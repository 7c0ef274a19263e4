"""Eras, and the periods of the calendar that a date expression can mean, with their EDTF values.

In EDTF (ISO 8601-2:2019) seasons are 21-24, quarters 33-36; the fiscal year is that of 財政法第11条.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Literal

from pipeline.facts import rows

Granularity = Literal[
    "century", "decade", "year", "fiscal_year", "half", "fiscal_half", "quarter", "fiscal_quarter", "season",
    "month", "day",
]  # fmt: skip
SEASONS = {"春": 21, "夏": 22, "秋": 23, "冬": 24}
FISCAL_START = 4
LEAP = 2000  # has every day


@dataclass(frozen=True, slots=True)
class Era:
    """An era with its first and last day (``None`` for the present one)."""

    name: str
    letter: str
    first: date
    last: date | None

    def year(self, era_year: int) -> int:
        """Return the western year of ``era_year``; an era's year beyond its end is counted on."""
        return self.first.year + era_year - 1

    def holds(self, era_year: int) -> bool:
        """Whether the era has such a year (平成31年 yes, 平成32年 no)."""
        return era_year >= 1 and (self.last is None or self.year(era_year) <= self.last.year)


@cache
def eras() -> dict[str, Era]:
    """Return the eras since 1868 by name, in order of time (``data/eras.csv``)."""
    return {
        row["era"]: Era(
            row["era"],
            row["letter"],
            date.fromisoformat(row["first_day"]),
            date.fromisoformat(row["last_day"]) if row["last_day"] else None,
        )
        for row in rows("eras.csv")
    }


@cache
def old_eras() -> dict[str, Era]:
    """Return the eras from 大化 to 慶応 by name, in order of time (``data/date_old_eras.csv``).

    Only their nominal western years are known. From 1331 to 1394 two courts counted by eras of their own.
    """
    return {
        row["era"]: Era(
            row["era"], "", date(int(row["first_year"]), 1, 1), date(int(row["last_year"]), 12, 31)
        )
        for row in rows("date_old_eras.csv")
    }


def era_named(name: str) -> Era | None:
    """Return the era of that name, of any time, or None."""
    return eras().get(name) or old_eras().get(name)


ERA_NAMES = "|".join(eras())
ERA_LETTERS = "".join(era.letter for era in eras().values())
ERA_FIRSTS = "".join(name[0] for name in eras())
ERA_LASTS = "".join(name[-1] for name in eras())
NEW_CALENDAR = date(1873, 1, 1)  # 明治五年太政官布告第三百三十七号


def era_pattern() -> str:
    """Return a pattern of the names of all eras."""
    tails: dict[str, list[str]] = {}
    for name in sorted(old_eras(), key=lambda name: (-len(name), name)):
        tails.setdefault(name[0], []).append(name[1:])
    old = "|".join(f"{first}(?:{'|'.join(rest)})" for first, rest in tails.items())
    return f"(?:{ERA_NAMES}|(?=[{''.join(tails)}])(?:{old}))"


def era_on(day: date) -> Era | None:
    """Return the era of ``day``, or None before 1868-01-25.

    >>> [era_on(d).name for d in (date(1989, 1, 7), date(1989, 1, 8), date(2019, 5, 1))]
    ['昭和', '平成', '令和']
    """
    return next((era for era in eras().values() if era.first <= day <= (era.last or date.max)), None)


def fiscal_year(day: date) -> int:
    """Return the Japanese fiscal year that ``day`` lies in."""
    return day.year if day.month >= FISCAL_START else day.year - 1


@dataclass(frozen=True, slots=True)
class Period:
    """One unit of the calendar.

    Attributes:
        year: The western year; the first year for a decade, the first year counted (1901) for a century; 0
            where no year is known.
        part: Month, quarter, half, or EDTF season 21-24, by granularity; the first month of a fiscal year
            that does not begin in April; else 0.
        day: Day of the month for granularity ``day``, else 0.
    """

    granularity: Granularity
    year: int
    part: int = 0
    day: int = 0
    span: int = 10

    def edtf(self) -> str:
        """Return the EDTF form (``2013-10-03``, ``196X``, ``2013-04/2014-03`` for a fiscal year)."""
        match self.granularity:
            case "century":
                return f"{self.year // 100:02d}XX"
            case "decade" if self.year % 10 == 0 and self.span == 10:
                return f"{self.year // 10:03d}X"
            case "decade" | "fiscal_year" | "half" | "fiscal_half" | "fiscal_quarter":
                return f"{self.lower()}/{self.upper()}"
            case "quarter":
                return f"{_digits(self.year)}-{32 + self.part}"
            case "season":
                return f"{_digits(self.year)}-{self.part}"
            case _:
                return self.lower()

    def lower(self) -> str:
        """Return the EDTF form of the beginning, as it opens an interval."""
        return self._bound(*self._months()[0])

    def upper(self) -> str:
        """Return the EDTF form of the end, as it closes an interval."""
        return self._bound(*self._months()[1])

    def _bound(self, year: int, month: int) -> str:
        match self.granularity:
            case "century" | "decade" | "year":
                return _digits(year)
            case "season":
                return self.edtf()
            case "day":
                # There is no EDTF for 2月30日: the month is known, and that some day in it was meant.
                impossible = self._day(year or LEAP, month, self.day) is None
                return f"{_digits(year)}-{month:02d}-" + ("XX" if impossible else f"{self.day:02d}")
            case _:
                return f"{_digits(year)}-{month:02d}"

    def _months(self) -> tuple[tuple[int, int], tuple[int, int]]:
        """Return (year, month) of the first and of the last month."""
        y, p = self.year, self.part
        match self.granularity:
            case "century":
                return (y, 1), (y + 99, 12)
            case "decade":
                return (y, 1), (y + self.span - 1, 12)
            case "fiscal_year":
                first = p or FISCAL_START
                return (y, first), ((y, 12) if first == 1 else (y + 1, first - 1))
            case "half":
                return (y, 6 * p - 5), (y, 6 * p)
            case "fiscal_half":
                return ((y, 4), (y, 9)) if p == 1 else ((y, 10), (y + 1, 3))
            case "quarter":
                return (y, 3 * p - 2), (y, 3 * p)
            case "fiscal_quarter":
                first = FISCAL_START + 3 * (p - 1)
                return (y + (first > 12), (first - 1) % 12 + 1), (y + (first + 2 > 12), (first + 1) % 12 + 1)
            case "season":
                first = 3 * (p - 20)
                return (y, first), (y + (first + 2 > 12), (first + 1) % 12 + 1)
            case "year":
                return (y, 1), (y, 12)
            case _:
                return (y, p), (y, p)

    def first_day(self) -> date | None:
        """Return the first day, or None where there is no such day (2月30日)."""
        (year, month), _ = self._months()
        return self._day(year, month, self.day or 1)

    def last_day(self) -> date | None:
        """Return the last day, or None where there is no such day (2月30日)."""
        _, (year, month) = self._months()
        return self._day(year, month, self.day or month_length(year, month))

    def is_day(self) -> bool:
        """Whether the calendar has such a day, in some year where none is known."""
        return self._day(self.year or LEAP, self.part, self.day) is not None

    def belongs(self, era: Era) -> bool:
        """Whether some day of it lies in ``era`` (an impossible day counts by its year)."""
        first, last = self.first_day(), self.last_day()
        if first is None or last is None:
            return era.holds(self.year - era.first.year + 1)
        return last >= era.first and (era.last is None or first <= era.last)

    @staticmethod
    def _day(year: int, month: int, day: int) -> date | None:
        try:
            return date(year, month, day)
        except ValueError:
            return None

    def has_year(self) -> bool:
        """Whether it lies in one year, so that 同年 can point to it."""
        return self.year > 0 and self.granularity not in ("century", "decade")

    def has_month(self) -> bool:
        """Whether it lies in one month, so that 同月 can point to it."""
        return self.granularity in ("month", "day")


def _digits(year: int) -> str:
    return f"{year:04d}" if year else "XXXX"


def month_length(year: int, month: int) -> int:
    """Return the number of days of the month; 31 where the calendar has no such month."""
    return monthrange(year, month)[1] if 1 <= month <= 12 and 1 <= year <= 9999 else 31


def shift_month(year: int, month: int, by: int) -> tuple[int, int]:
    """Return the (year, month) that lies ``by`` months later.

    >>> shift_month(2013, 12, 1)
    (2014, 1)
    """
    index = year * 12 + month - 1 + by
    return index // 12, index % 12 + 1


def shift_day(day: date, by: int) -> date | None:
    """Return the day ``by`` days later, or None beyond the calendar."""
    try:
        return day + timedelta(days=by)
    except OverflowError:
        return None
