"""What is written of a date: the types that the date grammar reads into and the resolver reads from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

Relation = Literal[
    "same",
    "next",
    "previous",
    "this",
    "last",
    "coming",
    "before_last",
    "after_next",
    "second_next",
    "second_previous",
]
Unit = Literal["year", "fiscal_year", "decade", "century"]
# How many units away each relation points.
STEPS: dict[Relation, int] = {
    "same": 0, "next": 1, "previous": -1,
    "second_next": 2, "second_previous": -2,
    "this": 0, "last": -1, "coming": 1, "before_last": -2, "after_next": 2,
}  # fmt: skip
# Deictics count from the document's date; 同, 翌 and 前 point back into the text.
DEICTIC: frozenset[Relation] = frozenset({"this", "last", "coming", "before_last", "after_next"})
# 前年 and 前々年 look back from the year that the text tells of.
BEFORE_IT: frozenset[Relation | None] = frozenset({"previous", "second_previous"})
RELATIONS: dict[str, Relation] = {
    "同": "same", "翌": "next", "前": "previous", "本": "this", "今": "this", "当": "this", "昨": "last",
    "去": "last", "先": "last", "来": "coming", "明": "coming", "一昨": "before_last", "再来": "after_next",
    "さ来": "after_next",     "先々": "before_last", "明後": "after_next",
    "翌々": "second_next", "前々": "second_previous",
}  # fmt: skip
LABEL = "DATE"
LAST_DAY = 99  # the day of 晦日 and 末日, whatever the month's length


class Parts(NamedTuple):
    """What is written of one end of an expression; ``None``, 0 and ``""`` where nothing is.

    Attributes:
        western: The western year as written; two digits where ``digits`` is 2.
        era: Name of the era, or 同 where it is left to the text.
        bare: A year number without era or century (9年4月).
        padded: The bare year is written with a leading zero (05年): a western year.
        unit: What the year is: a calendar or fiscal year, a decade, a century.
        year_relation: Relation of the year to another; ``month_relation`` and ``day_relation`` likewise.
        kind: What kind of year a fiscal one is, where it is not that of the state (``data/date_years.csv``).
        compared: The expression is the base of a ratio (前年比).
        behind: The bare year lies behind the one before it.
    """

    western: int | None = None
    digits: int = 0
    era: str = ""
    era_year: int | None = None
    bare: int | None = None
    padded: bool = False
    unit: Unit = "year"
    kind: str = ""
    year_relation: Relation | None = None
    half: int = 0
    quarter: int = 0
    season: str = ""
    month: int | None = None
    month_relation: Relation | None = None
    day: int | None = None
    day_relation: Relation | None = None
    mod: str = ""
    compared: bool = False
    behind: bool = False

    @property
    def has_year(self) -> bool:
        """Whether a year is written, absolutely or by a relation."""
        return not (
            self.western is None
            and self.era_year is None
            and self.bare is None
            and self.year_relation is None
        )

    @property
    def writes_western(self) -> bool:
        """Whether a western year is written; 50年代 may be a decade of an era."""
        return self.western is not None and not (self.unit == "decade" and self.digits == 2)

    @property
    def has_month(self) -> bool:
        """Whether a month is written, absolutely or by a relation."""
        return self.month is not None or self.month_relation is not None

    @property
    def is_year(self) -> bool:
        """Whether it is a year and no smaller part of one."""
        return self.has_year and not (self.has_month or self.day or self.quarter or self.half or self.season)

    def kinds(self) -> tuple[Literal["year", "month", "day"], ...]:
        """Return what it says of a calendar day: 昨年5月 says a year and a month."""
        if self.unit in ("century", "decade"):
            return ()
        if self.day_relation in DEICTIC:
            return ("month", "day")
        found: list[Literal["year", "month", "day"]] = ["year"]
        if self.has_month:
            found.append("month")
        if self.day is not None:
            found.append("day")
        return tuple(found)

    @property
    def is_base(self) -> bool:
        """Whether something is compared with it: 前年より増加した, 前年同月を下回った, 前年同日."""
        whole = self.is_year or self.month_relation or self.day_relation
        return self.year_relation in BEFORE_IT and bool(whole)

    @property
    def plain_year(self) -> bool:
        """Whether it is a year, and not the base of a ratio."""
        return self.is_year and not self.compared


@dataclass(frozen=True, slots=True)
class Expression:
    """A date expression: one end, or two for a range.

    Attributes:
        follows: It stands right behind another date in an enumeration (5日、7日).
        named: It is part of an event's proper name, and no date itself (平成30年7月豪雨).
    """

    first: Parts
    second: Parts | None = None
    follows: bool = False
    named: bool = False


class Found(NamedTuple):
    """A date expression in a text: its half-open span, the rule that read its first end, its parts."""

    start: int
    end: int
    rule: str
    expression: Expression


class Place(NamedTuple):
    """Where a date is read.

    Attributes:
        closing: What stands before is the other end of a range and its sign.
        cell: The text is a table cell, where 25.10.3 and 10/3 are dates.
        listed: What stands before is a member of the same list, whose unit is still to come.
        shared: The other end of the range is a year that leaves its unit to this one (1958 in 1958-67年).
    """

    closing: bool = False
    cell: bool = False
    listed: bool = False
    shared: bool = False


def tens_carried(first: Parts, second: Parts, written: str) -> Parts:
    """Return ``second`` with the tens that 明治三十七、八年, 1965～8年 and 十一、二月 write once.

    Args:
        first: What stands before, its unit left to ``second``.
        second: What stands behind the mark.
        written: Its first character; 11、2月 in ASCII are November and February.
    """
    before = first.era_year or first.bare or (first.western or 0) % 100
    number = second.bare
    if number is not None and not second.padded and before % 10 < number < 10 <= before:
        return second._replace(bare=before - before % 10 + number)
    if second.month == 2 and first.month == 11 and not second.has_year and not written.isascii():
        return second._replace(month=12)
    return second
