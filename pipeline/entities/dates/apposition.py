"""Years and days that are related to another and named right behind: 翌年の1616年, 前日の3月4日."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.entities.dates.parts import Place
from pipeline.entities.dates.reader import read

if TYPE_CHECKING:
    from pipeline.entities.dates.months import Read
    from pipeline.entities.dates.parts import Parts


def named(text: str, first: Read) -> Parts:
    """Return the parts of ``first``, a date of ``text``, with the year or day that is named behind it with の.

    Of 開戦の翌年の1616年 the text names the year, whatever year stands before it.
    """
    parts = first.parts
    if text[first.end : first.end + 1] != "の":
        return parts
    year = parts.year_relation is not None and parts.plain_year
    if not year and (parts.day_relation is None or parts.has_year or parts.has_month):
        return parts
    behind = read(text, first.end + 1, Place())
    if behind is None or behind.open:
        return parts
    return _year(parts, behind.parts) if year else _day(parts, behind.parts)


def _day(parts: Parts, there: Parts) -> Parts:
    return there._replace(mod=parts.mod) if there.month and there.day else parts


def _year(parts: Parts, there: Parts) -> Parts:
    if (there.western is None and there.era_year is None) or there.unit not in ("year", "fiscal_year"):
        return parts
    return parts._replace(
        year_relation=None, western=there.western, digits=there.digits, era=there.era, era_year=there.era_year
    )
