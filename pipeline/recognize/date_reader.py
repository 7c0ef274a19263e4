"""Reads one end of a date expression at a place in the text: year part, month part, day part, modifier."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from pipeline.numerals import number
from pipeline.periods import eras
from pipeline.recognize import date_grammar as grammar
from pipeline.recognize.date_parts import LAST_DAY, RELATIONS, Parts

if TYPE_CHECKING:
    import re

    from pipeline.recognize.date_parts import Unit


class Read(NamedTuple):
    """One end of an expression: where it ends, the rule that read it, its parts.

    Attributes:
        open: Its unit stands behind a later member (平成13 in 平成13～15年度).
    """

    end: int
    rule: str
    parts: Parts
    open: bool = False


def read(text: str, start: int, *, closing: bool = False, cell: bool = False) -> Read | None:
    """Read the date expression, or the end of a range, that begins at ``start``.

    Args:
        text: Clean text.
        start: Offset in ``text``.
        closing: What stands before is the other end of a range and its sign.
        cell: The text is a table cell, where 25.10.3 and 10/3 are dates.
    """
    before = text[max(0, start - 5) : start]
    if not closing and grammar.NUMBER_BEFORE.search(before):
        return None
    found = _numeric(text, start, cell=cell or closing) or _year(text, start, before, closing=closing)
    if found is None and (closing or not _counted(before)):
        found = _season(text, start) or _within_year(text, Read(start, "elliptic", Parts()))
    if found is None or found.end == start:
        return None
    return found if found.open else _modified(text, found)


def _counted(before: str) -> bool:
    """Whether the number that follows ``before`` counts something: 約10年, 毎年4月."""
    return bool(grammar.context("before_number").search(before) or grammar.context("recurrent").search(before))


def _numeric(text: str, start: int, *, cell: bool) -> Read | None:
    previous = text[start - 1] if start else ""
    if previous and previous.isascii() and (previous.isalnum() or previous in "./-_:@#$"):
        return None
    patterns = [grammar.LETTERED, grammar.DOTTED_ERA, grammar.DOTTED, grammar.DOTTED_MONTH]
    for pattern in patterns + [grammar.DOTTED_BARE, grammar.SLASHED] * cell:
        if match := pattern.match(text, start):
            return _numeric_parts(text, match, letters=pattern is grammar.LETTERED)
    if match := grammar.SLASHED.match(text, start):
        from_weekday = text.startswith("（", match.end()) and text[match.end() + 2 : match.end() + 3] in ("）", "・")
        return _numeric_parts(text, match, letters=False) if from_weekday else None
    return None


def _numeric_parts(text: str, match: re.Match[str], *, letters: bool) -> Read | None:
    found = match.groupdict()
    month, day = (int(found[key]) if found.get(key) else None for key in ("m", "d"))
    if month is not None and not 1 <= month <= 12 or day is not None and not 1 <= day <= 31:
        return None
    era = found.get("era") or ""
    if letters:
        era = next(e.name for e in eras().values() if e.letter == found["letter"])
    western = int(found["w"]) if found.get("w") else None
    parts = Parts(
        western=western,
        digits=4 if western else 0,
        era=era,
        era_year=number(found["ey"]) if era else None,
        bare=int(found["bare"]) if found.get("bare") else None,
        unit="fiscal_year" if found.get("fo") else "year",
        month=month,
        day=day,
    )
    result = Read(match.end(), "numeric", parts)
    return _within_year(text, result) if month is None else result


def _year(text: str, start: int, before: str, *, closing: bool) -> Read | None:
    split = grammar.SPLIT.match(text, start)
    if split and (int(split["w"]) + 1) % 100 == int(split["close"]):
        return Read(split.end(), "split", Parts(western=int(split["w"]), digits=4, unit="fiscal_year"))
    if found := _open_year(text, start, before):
        return found
    for rule, pattern in grammar.YEARS:
        match = pattern.match(text, start)
        if match is None or (rule == "mixed_western" and "年" not in match.group()):
            continue
        if rule == "relative" and grammar.context("recurrent").search(before):
            return None
        parts = _year_parts(rule, match)
        if not _is_year(text, match.end(), before, rule, closing=closing):
            return None
        if rule == "relative" and grammar.RATIO.match(text, match.end()):
            parts = replace(parts, compared=True)
        return _within_year(text, Read(match.end(), rule, parts))
    return None


def _open_year(text: str, start: int, before: str) -> Read | None:
    if match := grammar.OPEN_MIXED.match(text, start):
        parts = _year_parts("open", match)
        return Read(match.end(), "open", replace(parts, unit=_unit(match["u"])), open=True)
    if match := grammar.OPEN_ERA_YEAR.match(text, start):
        parts = Parts(era=match["era"], era_year=number(match["y"]), unit=_unit(match["u"]))
        return Read(match.end(), "open", parts, open=True)
    match = grammar.OPEN_YEAR.match(text, start)
    if match is None or _counted(before):
        return None
    value, unit = number(match["y"]), _unit(match["u"])
    if len(match["y"]) == 4 and 1500 <= value < 2200:
        return Read(match.end(), "open", Parts(western=value, digits=4, unit=unit), open=True)
    if unit != "year" and len(match["y"]) < 4 and (unit == "fiscal_year" or value % 10 == 0):
        decade = unit == "decade"
        parts = Parts(western=value, digits=2, unit=unit) if decade else Parts(bare=value, unit=unit)
        return Read(match.end(), "open", parts, open=True)
    return None


def _unit(written: str | None) -> Unit:
    return {"度": "fiscal_year", "代": "decade"}.get(written or "", "year")  # type: ignore[return-value]


def _is_year(text: str, end: int, before: str, rule: str, *, closing: bool) -> bool:
    """Whether what ``rule`` read is a year, and not a length of time."""
    if rule == "relative":
        return True
    if grammar.modifier().match(text, end) and rule != "bare":
        return True
    if rule == "bare":
        if grammar.context("after_bare_year").match(text, end):
            return False
        if closing or grammar.BARE_FIRST.search(text, end - 2, end):
            return closing or not grammar.NOUN_BEFORE.search(before)
        dated = text.startswith("度", end - 1) or grammar.MONTH.match(text, end)
        length = grammar.context("since").search(before) or grammar.ADNOMINAL.search(before)
        return not (_counted(before) or (not dated and length))
    if rule in ("western", "century", "decade"):
        counted = not closing and (before.endswith(("約", "第", "紀元前")) or text.startswith("間", end))
        return not (counted or grammar.context("after_year").match(text, end))
    return True


def _year_parts(rule: str, match: re.Match[str]) -> Parts:
    found = match.groupdict()
    unit: Unit = "fiscal_year" if any(found.get(key) for key in ("fi", "fo", "fx", "ft")) else "year"
    if rule in ("decade", "era_decade"):
        unit = "decade"
    elif rule == "century" or found.get("ce"):
        unit = "century"
    western = number(found["w"]) if found.get("w") else None
    relation = found.get("rel") or found.get("fr")
    bare = found.get("bare")
    return Parts(
        western=western,
        digits=0 if western is None else (2 if western < 100 else 4),
        era="同" if rule == "same_era" else found.get("era") or "",
        era_year=number(found["ey"]) if found.get("ey") else None,
        bare=number(bare) if bare else None,
        padded=bool(bare and len(bare) == 2 and bare[0] in "0〇"),
        unit=unit,
        year_relation=RELATIONS[relation] if relation and rule in ("relative", "next_bare") else None,
    )


def _season(text: str, start: int) -> Read | None:
    """今春, 昨年秋: a season that is related to another year."""
    match = grammar.SEASON_RELATIVE.match(text, start)
    if match is None:
        return None
    return Read(match.end(), "relative", Parts(year_relation=RELATIONS[match["rel"]], season=match["s"]))


def _within_year(text: str, year: Read) -> Read:
    """Read the quarter, season, or month and day that follow a year, or stand alone (``Parts()``)."""
    end, rule, parts, _ = year
    if parts.unit in ("decade", "century"):
        return year
    if match := grammar.OPEN_QUARTER.match(text, end):
        return Read(match.end(), rule, replace(parts, quarter=number(match["q"])), open=True)
    if match := grammar.QUARTER.match(text, end):
        return Read(match.end(), rule, replace(parts, quarter=number(match["q"])))
    if parts.has_year:
        if match := grammar.HALF.match(text, end):
            return Read(match.end(), rule, replace(parts, half=1 if match["h"].startswith("上") else 2))
        if match := grammar.SEASON.match(text, end):
            return Read(match.end(), rule, replace(parts, season=match["s"]))
    if match := grammar.NAMED_DAY.match(text, end):
        month, day = grammar.NAMED_DAYS[match["n"]]
        return Read(match.end(), rule, replace(parts, month=month, day=day))
    return _month(text, year)


def _month(text: str, year: Read) -> Read:
    end, rule, parts, _ = year
    if (match := grammar.OPEN_MONTH.match(text, end)) and 1 <= number(match["m"]) <= 12:
        return Read(match.end(), rule, replace(parts, month=number(match["m"])), open=True)
    if not parts.has_year and (match := grammar.SAME_MONTH.match(text, end)):
        parts, end, rule = replace(parts, year_relation=RELATIONS[match["rel"]]), match.end(), "relative"
    if found := _numbered_month(text, end, rule, parts):
        return found
    if match := grammar.MONTH_RELATIVE.match(text, end):
        relation = RELATIONS.get(match["rel"], "after_next")
        compared = bool(grammar.RATIO.match(text, match.end()))
        related = replace(parts, month_relation=relation, compared=compared)
        return _day(text, Read(match.end(), "relative_month", related))
    return year if parts.has_year else _day(text, year)


def _numbered_month(text: str, end: int, rule: str, parts: Parts) -> Read | None:
    match = grammar.MONTH.match(text, end)
    if match is None or grammar.context("after_month").match(text, match.end()):
        return None
    value = (1 if parts.has_year else 0) if match["m"] == "正" else number(match["m"])
    if not 1 <= value <= 12:
        return None
    if not parts.western and not parts.era and grammar.context("after_month_span").match(text, match.end()):
        return None
    return _day(text, Read(match.end(), rule, replace(parts, month=value)))


def _day(text: str, month: Read) -> Read:
    end, rule, parts, _ = month
    if (match := grammar.OPEN_DAY.match(text, end)) and 1 <= number(match["d"]) <= 31:
        return Read(match.end(), rule, replace(parts, day=number(match["d"])), open=True)
    match = grammar.DAY.match(text, end)
    if match and 1 <= number(match["d"]) <= 31 and not grammar.context("after_day").match(text, match.end()):
        if parts.has_month or not grammar.context("after_bare_day").match(text, match.end()):
            return Read(match.end(), rule, replace(parts, day=number(match["d"])))
    if parts.has_month:
        if match := grammar.MONTH_END.match(text, end):
            return Read(match.end(), rule, replace(parts, day=LAST_DAY))
    elif (match := grammar.RELATED_DAY.match(text, end)) and 1 <= number(match["d"]) <= 31:
        day = number(match["d"])
        if match["rel"] == "同":
            return Read(match.end(), "relative_month", replace(parts, month_relation="same", day=day))
        return Read(match.end(), "relative_day", replace(parts, day_relation="next", day=day))
    elif match := grammar.DAY_RELATIVE.match(text, end):
        return Read(match.end(), "relative_day", replace(parts, day_relation=RELATIONS[match["rel"]]))
    return month


def _modified(text: str, found: Read) -> Read:
    """Take in the modifiers that touch the expression; 以降 and 以前 count for more than 末 or 頃."""
    end, rule, parts, _ = found
    for _ in range(2):
        match = grammar.modifier().match(text, end)
        if match is None:
            break
        mod = grammar.modifiers()[match["mod"]]
        if not parts.mod or mod.startswith("ON_"):
            parts = replace(parts, mod=mod)
        end = match.end()
    return Read(end, rule, parts)
