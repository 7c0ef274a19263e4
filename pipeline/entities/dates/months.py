"""Reads what stands within a year: quarter, half, season, month and day, and the modifier behind it."""

from __future__ import annotations

from typing import NamedTuple

from pipeline.entities.dates import facts, month_forms
from pipeline.entities.dates.parts import LAST_DAY, RELATIONS, Parts
from pipeline.numerals import number


class Read(NamedTuple):
    """One end of an expression: where it ends, the rule that read it, its parts.

    Attributes:
        open: Its unit stands behind a later member (平成13 in 平成13～15年度).
    """

    end: int
    rule: str
    parts: Parts
    open: bool = False


def season(text: str, start: int) -> Read | None:
    """今春, 昨年秋: a season that is related to another year; 夏以降: to the one that is spoken of."""
    match = month_forms.SEASON_RELATIVE.match(text, start)
    if match is not None:
        relation = RELATIONS[match["rel"]]
    elif match := month_forms.SEASON_ALONE.match(text, start):
        relation = RELATIONS["同"]
    else:
        return None
    return Read(match.end(), "relative", Parts(year_relation=relation, season=match["s"]))


def within_year(text: str, year: Read) -> Read:
    """Read the quarter, season, or month and day that follow a year, or stand alone (``Parts()``)."""
    end, rule, parts, _ = year
    if parts.unit in ("decade", "century"):
        return year
    if match := month_forms.OPEN_QUARTER.match(text, end):
        return Read(match.end(), rule, parts._replace(quarter=number(match["q"])), open=True)
    if match := month_forms.QUARTER.match(text, end):
        return Read(match.end(), rule, parts._replace(quarter=number(match["q"])))
    if parts.has_year:
        if match := month_forms.HALF.match(text, end):
            return Read(match.end(), rule, parts._replace(half=1 if match["h"].startswith("上") else 2))
        if match := month_forms.SEASON.match(text, end):
            return Read(match.end(), rule, parts._replace(season=match["s"]))
    elif match := month_forms.HALF_ALONE.match(text, end):
        return Read(match.end(), rule, parts._replace(half=1 if match["h"].startswith("上") else 2))
    if match := month_forms.NAMED_DAY.match(text, end):
        month, day = month_forms.NAMED_DAYS[match["n"]]
        return Read(match.end(), rule, parts._replace(month=month, day=day))
    return _month(text, year)


def _month(text: str, year: Read) -> Read:
    end, rule, parts, _ = year
    if (match := month_forms.OPEN_MONTH.match(text, end)) and 1 <= number(match["m"]) <= 12:
        return Read(match.end(), rule, parts._replace(month=number(match["m"])), open=True)
    if not parts.has_year and (match := month_forms.SAME_MONTH.match(text, end)):
        parts, end, rule = parts._replace(year_relation=RELATIONS[match["rel"]]), match.end(), "relative"
    if found := _numbered_month(text, end, rule, parts):
        return found
    if match := month_forms.MONTH_RELATIVE.match(text, end):
        relation = RELATIONS.get(match["rel"], "after_next")
        compared = bool(month_forms.RATIO.match(text, match.end()))
        related = parts._replace(month_relation=relation, compared=compared)
        return _day(text, Read(match.end(), "relative_month", related))
    return year if parts.has_year else _day(text, year)


def _numbered_month(text: str, end: int, rule: str, parts: Parts) -> Read | None:
    match = month_forms.MONTH.match(text, end)
    if match is None or facts.CONTEXTS["after_month"].match(text, match.end()):
        return None
    value = (1 if parts.has_year else 0) if match["m"] == "正" else number(match["m"])
    if not 1 <= value <= 12:
        return None
    if not parts.western and not parts.era and facts.CONTEXTS["after_month_span"].match(text, match.end()):
        return None
    return _day(text, Read(match.end(), rule, parts._replace(month=value)))


def _day(text: str, month: Read) -> Read:
    end, rule, parts, _ = month
    if (match := month_forms.OPEN_DAY.match(text, end)) and 1 <= number(match["d"]) <= 31:
        return Read(match.end(), rule, parts._replace(day=number(match["d"])), open=True)
    match = month_forms.DAY.match(text, end)
    if (
        match
        and 1 <= number(match["d"]) <= 31
        and not _counted_day(text, match.end(), bare=not parts.has_month)
    ):
        return Read(match.end(), rule, parts._replace(day=number(match["d"])))
    if parts.has_month:
        if match := month_forms.MONTH_END.match(text, end):
            return Read(match.end(), rule, parts._replace(day=LAST_DAY))
    elif (match := month_forms.RELATED_DAY.match(text, end)) and 1 <= number(match["d"]) <= 31:
        day = number(match["d"])
        if match["rel"] == "同":
            return Read(match.end(), "relative_month", parts._replace(month_relation="same", day=day))
        return Read(match.end(), "relative_day", parts._replace(day_relation="next", day=day))
    elif match := month_forms.DAY_RELATIVE.match(text, end):
        return Read(match.end(), "relative_day", parts._replace(day_relation=RELATIONS[match["rel"]]))
    return month


def _counted_day(text: str, end: int, *, bare: bool) -> bool:
    """Whether the days that end there are a length of time: 3日間, and without a month 3日後."""
    places = ("after_day", "after_bare_day") if bare else ("after_day",)
    return any(facts.CONTEXTS[place].match(text, end) for place in places)


def modified(text: str, found: Read) -> Read:
    """Take in the modifiers that touch the expression; 以降 and 以前 count for more than 末 or 頃."""
    end, rule, parts, _ = found
    for _ in range(2):
        match = facts.MODIFIER.match(text, end)
        if match is None:
            break
        mod = facts.modifiers()[match["mod"]]
        if not parts.mod or mod.startswith("ON_"):
            parts = parts._replace(mod=mod)
        end = match.end()
    return Read(end, rule, parts)
