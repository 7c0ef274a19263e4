"""Reads what stands within a year: quarter, half, season, month and day, and the modifier behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pipeline.entities.dates import facts, month_forms
from pipeline.entities.dates.parts import LAST_DAY, RELATIONS, Parts, Unit
from pipeline.numerals import KANJI, number

if TYPE_CHECKING:
    from pipeline.model.rule import Rule

BLANKS = frozenset((" ", "　"))
# So far behind a year its quarter, or the last of several, may be named.
QUARTER_REACH = 20
# What is written within a year begins with a digit or one of these, or with の before it.
WITHIN = frozenset(KANJI + "正元閏大上下春夏秋冬同翌前先今本来第ⅠⅡⅢⅣIQ/-" + "".join(BLANKS))
QUARTERS = {"I": 1, "II": 2, "III": 3, "IV": 4, "Ⅰ": 1, "Ⅱ": 2, "Ⅲ": 3, "Ⅳ": 4}


class Read(NamedTuple):
    """One end of an expression: where it ends, the rule that read it, its parts.

    Attributes:
        open: Its unit stands behind a later member (平成13 in 平成13～15年度).
    """

    end: int
    rule: str
    parts: Parts
    open: bool = False

    def shares_its_unit(self) -> bool:
        """Whether it is a whole year that leaves its unit to a later member: 1958 in 1958-67年."""
        return self.open and (self.parts.digits == 4 or self.parts.era_year is not None)


def season(text: str, start: int) -> Read | None:
    """今春, 昨年秋: a season that is related to another year; 夏以降: to the one that is spoken of."""
    match = month_forms.SEASON_RELATIVE.match(text, start)
    if match is not None:
        relation = RELATIONS[match["rel"]]
    elif match := month_forms.SEASON_ALONE.match(text, start):
        relation = RELATIONS["同"]
    elif match := month_forms.HALF_SAME.match(text, start):
        half = 1 if match["h"].startswith("上") else 2
        unit: Unit = "fiscal_year" if "度" in match.group() else "year"
        return Read(match.end(), "relative", Parts(year_relation="same", half=half, unit=unit))
    else:
        return None
    return Read(match.end(), "relative", Parts(year_relation=relation, season=match["s"]))


def within_year(text: str, year: Read) -> Read:
    """Read the quarter, season, or month and day that follow a year, or stand alone (``Parts()``)."""
    end, rule, parts, _ = year
    if parts.unit in ("decade", "century"):
        return year
    near = text[end : end + QUARTER_REACH]
    first = near[near[:1] == "の" :][:1]
    if parts.has_year and first not in WITHIN and not first.isdecimal():
        return year
    if ("四半期" in near or "Q" in near) and (found := _in_quarter(text, year)):
        return found
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


def _in_quarter(text: str, year: Read) -> Read | None:
    end, rule, parts, _ = year
    match = month_forms.OPEN_QUARTER.match(text, end)
    # Without a year only the plain form: a blank may part two columns.
    if match and (parts.has_year or BLANKS.isdisjoint(match.group())):
        return Read(match.end(), rule, parts._replace(quarter=_quarter(match["q"])), open=True)
    match = month_forms.QUARTER.match(text, end)
    if match and (parts.has_year or (match["q"] and BLANKS.isdisjoint(match.group()))):
        quarter = _quarter(match["q"] or match["q1"] or match["q2"])
        return Read(match.end(), rule, parts._replace(quarter=quarter))
    return None


def quarter_end(text: str, start: int) -> Read | None:
    """Q3 or 3Q that closes a range: 2022年Q1からQ3."""
    match = month_forms.CLOSING_QUARTER.match(text, start)
    return Read(match.end(), "elliptic", Parts(quarter=int(match["q1"] or match["q2"]))) if match else None


def _quarter(written: str) -> int:
    return QUARTERS.get(written) or number(written)


def _set_apart(text: str, end: int, unit: Rule) -> int:
    """Return where a month or day begins that several blanks set apart (平成23年   6月), else ``end``."""
    if text[end : end + 1] not in BLANKS or text[end + 1 : end + 2] not in BLANKS:
        return end
    match = unit.match(text, end)
    return match.end() if match else end


def _behind_year(text: str, year: Read) -> Read | None:
    """Read what only a year leads: 11/1 of 令和5年11/1, and 4 of 平成18年4～平成19年3月."""
    end, rule, parts, _ = year
    if parts.unit == "year" and (match := month_forms.SLASHED_DAY.match(text, end)):
        return Read(match.end(), rule, parts._replace(month=int(match["m"]), day=int(match["d"])))
    match = month_forms.OPEN_MONTH_OF_YEAR.match(text, end)
    return Read(match.end(), rule, parts._replace(month=int(match["m"])), open=True) if match else None


def _year_apart(text: str, year: Read) -> int:
    """Where the month behind a calendar year begins, with several blanks between them or none."""
    calendar = year.parts.has_year and year.parts.unit == "year"
    return _set_apart(text, year.end, month_forms.MONTH_APART) if calendar else year.end


def _month(text: str, year: Read) -> Read:
    end, rule, parts, _ = year
    end = _year_apart(text, year)
    if parts.has_year and text.startswith("の", end):
        # 来年の四月; but not 来年の予算
        joined = _month(text, year._replace(end=end + 1))
        return year if joined.end == end + 1 else joined
    match = month_forms.OPEN_MONTH.match(text, end)
    # 1、2月分の給与: for how many months
    if match and 1 <= number(match["m"]) <= 12 and (parts.has_year or not match["lot"]):
        return Read(match.end(), rule, parts._replace(month=number(match["m"])), open=True)
    if parts.has_year and (found := _behind_year(text, year._replace(end=end))):
        return found
    if not parts.has_year and (match := month_forms.SAME_MONTH.match(text, end)):
        parts, end, rule = parts._replace(year_relation=RELATIONS[match["rel"]]), match.end(), "relative"
    if found := _numbered_month(text, end, rule, parts):
        return found
    if match := month_forms.MONTH_RELATIVE.match(text, end):
        relation = RELATIONS.get(match["rel"], "after_next")
        compared = bool(month_forms.RATIO.match(text, match.end()))
        related = parts._replace(month_relation=relation, compared=compared)
        return _same_day(text, _day(text, Read(match.end(), "relative_month", related)))
    return _same_day(text, year) if parts.has_year else _day(text, year)


def _same_day(text: str, found: Read) -> Read:
    """Take in 同日 behind a related year or month: 同年同月同日, 前年同日."""
    end, rule, parts, _ = found
    related = parts.month_relation or (parts.year_relation and not parts.has_month)
    match = month_forms.SAME_DAY.match(text, end) if related and parts.day is None else None
    if match is None:
        return found
    compared = bool(month_forms.RATIO.match(text, match.end()))
    return Read(match.end(), rule, parts._replace(day_relation="same", compared=compared))


def _numbered_month(text: str, end: int, rule: str, parts: Parts) -> Read | None:
    match = month_forms.MONTH.match(text, end)
    if match is None or facts.CONTEXTS["after_month"].match(text, match.end()):
        return None
    if not parts.has_year and month_forms.DAY_TO_FILL.match(text, match.end()):
        return None
    value = (1 if parts.has_year else 0) if match["m"] == "正" else number(match["m"])
    return _day(text, Read(match.end(), rule, parts._replace(month=value))) if 1 <= value <= 12 else None


def _day(text: str, month: Read) -> Read:
    end, rule, parts, _ = month
    begin = end + (parts.has_month and text.startswith("の", end))  # 10月の2日
    if parts.has_year and parts.has_month:
        begin = _set_apart(text, begin, month_forms.DAY_APART)
    if (match := month_forms.OPEN_DAY.match(text, begin)) and 1 <= number(match["d"]) <= 31:
        return Read(match.end(), rule, parts._replace(day=number(match["d"])), open=True)
    match = month_forms.DAY.match(text, begin)
    if match and 1 <= number(match["d"]) <= 31 and not _counted_day(text, match.end(), parts):
        return Read(match.end(), rule, parts._replace(day=number(match["d"])))
    if parts.has_month:
        match = month_forms.MONTH_END.match(text, end)
        return Read(match.end(), rule, parts._replace(day=LAST_DAY)) if match else month
    return _related_day(text, month)


def _related_day(text: str, month: Read) -> Read:
    """同14日, 翌14日, 同日, 昨日."""
    end, _, parts, _ = month
    if (match := month_forms.RELATED_DAY.match(text, end)) and 1 <= number(match["d"]) <= 31:
        day = number(match["d"])
        if match["rel"] == "同":
            return Read(match.end(), "relative_month", parts._replace(month_relation="same", day=day))
        return Read(
            match.end(), "relative_day", parts._replace(day_relation=RELATIONS[match["rel"]], day=day)
        )
    if match := month_forms.DAY_RELATIVE.match(text, end):
        return Read(match.end(), "relative_day", parts._replace(day_relation=RELATIONS[match["rel"]]))
    return month


def _counted_day(text: str, end: int, parts: Parts) -> bool:
    """Whether the days that end there are a length of time: 3日間, and without a month 3日後.

    Behind a year and a month nothing makes them one: 2013年10月3日米国が発表した.
    """
    if parts.has_month:
        return not parts.has_year and bool(facts.CONTEXTS["after_month_day"].match(text, end))
    return any(facts.CONTEXTS[place].match(text, end) for place in ("after_day", "after_bare_day"))


def modified(text: str, found: Read) -> Read:
    """Take in the modifiers that touch the expression; 以降 and 以前 count for more than 末 or 頃."""
    end, rule, parts, _ = found
    if text[end : end + 1] not in facts.MODIFIER_FIRST:
        return found
    for _ in range(2):
        match = facts.MODIFIER.match(text, end)
        if match is None:
            break
        mod = facts.modifiers()[match["mod"]]
        if not parts.mod or mod.startswith("ON_"):
            parts = parts._replace(mod=mod)
        end = match.end()
    return Read(end, rule, parts)
