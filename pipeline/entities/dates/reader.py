"""Reads one end of a date expression at a place in the text: year part, month part, day part, modifier."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.entities.dates import around, facts, month_forms, numeric_forms, year_forms, year_lists
from pipeline.entities.dates.months import Read, modified, season, within_year
from pipeline.entities.dates.parts import Parts
from pipeline.entities.dates.years import open_year, same_year, split_year, unit_of, year_parts
from pipeline.eras import eras
from pipeline.numerals import KANJI, number

if TYPE_CHECKING:
    import re

# A number that begins with one of these may be the rest of a longer one.
NUMERALS = frozenset("0123456789" + KANJI)
# Behind the later end of a range these tell nothing: 平成13年から16年の間, 平成17年から21年で.
CLOSES_A_RANGE = frozenset({"の間", "で"})


def read(text: str, start: int, *, closing: bool = False, cell: bool = False) -> Read | None:
    """Read the date expression, or the end of a range, that begins at ``start``.

    Args:
        text: Clean text.
        start: Offset in ``text``.
        closing: What stands before is the other end of a range and its sign.
        cell: The text is a table cell, where 25.10.3 and 10/3 are dates.
    """
    before = text[max(0, start - 5) : start]
    if not closing and text[start : start + 1] in NUMERALS and around.NUMBER_BEFORE.search(before):
        return None
    found = _numeric(text, start, cell=cell or closing) or _year(text, start, before, closing=closing)
    if found is None and (closing or not facts.counted(before)):
        found = season(text, start) or within_year(text, Read(start, "elliptic", Parts()))
    if found is None or found.end == start:
        return None
    return found if found.open else modified(text, found)


def _numeric(text: str, start: int, *, cell: bool) -> Read | None:
    previous = text[start - 1] if start else ""
    if previous and previous.isascii() and (previous.isalnum() or previous in "./-_:@#$"):
        return None
    if match := numeric_forms.OPEN_LETTERED.match(text, start):
        parts = Parts(era=_era_of(match), era_year=number(match["ey"]), unit=unit_of(match["u"]))
        return Read(match.end(), "open", parts, open=True)
    for pattern in numeric_forms.NUMERIC + (numeric_forms.DOTTED_BARE, numeric_forms.SLASHED) * cell:
        if match := pattern.match(text, start):
            return _numeric_parts(text, match)
    if match := numeric_forms.SLASHED.match(text, start):
        return _numeric_parts(text, match) if around.DAY_OF_WEEK.match(text, match.end()) else None
    return None


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
    if (month is not None and not 1 <= month <= 12) or (day is not None and not 1 <= day <= 31):
        return None
    era = _era_of(match)
    western = int(found["w"]) if found.get("w") else None
    parts = Parts(
        western=western,
        digits=len(found.get("w") or ""),
        era=era,
        era_year=number(found["ey"]) if era else None,
        bare=int(found["bare"]) if found.get("bare") else None,
        unit="fiscal_year" if found.get("fo") else "year",
        month=month,
        day=day,
    )
    result = Read(match.end(), "numeric", parts)
    return within_year(text, result) if month is None else result


def _year(text: str, start: int, before: str, *, closing: bool) -> Read | None:
    if found := split_year(text, start):
        return found
    if found := open_year(text, start, before, closing=closing):
        return found
    for rule, pattern in year_forms.YEARS:
        match = pattern.match(text, start)
        parts = _year_of(rule, match) if match else None
        if match is None or parts is None:
            continue
        if rule == "bare" and (apart := year_lists.ERA_BEFORE.search(before)):
            rule, parts = "era", parts._replace(bare=None, era=apart["era"], era_year=parts.bare)
        if not _is_year(text, match.end(), before, rule, closing=closing):
            return None
        if rule == "relative" and month_forms.RATIO.match(text, match.end()):
            parts = parts._replace(compared=True)
        return within_year(text, Read(match.end(), rule, parts))
    return None


def _year_of(rule: str, match: re.Match[str]) -> Parts | None:
    """What ``rule`` read, or None where its parts do not go together."""
    if rule == "mixed_western" and "年" not in match.group():
        return None
    if rule == "era_twin" and not same_year(match):
        return None
    parts = year_parts(rule, match)
    return None if rule == "bare_era_mixed" and not parts.era else parts


def _is_year(text: str, end: int, before: str, rule: str, *, closing: bool) -> bool:
    """Whether what ``rule`` read is a year, and not a length of time."""
    if rule == "relative":
        return not facts.recurring(before)
    if rule == "bare":
        return _is_bare_year(text, end, before, closing=closing)
    if rule not in ("western", "century", "decade") or facts.MODIFIER.match(text, end):
        return True
    counted = not closing and (before.endswith(("約", "第", "紀元前")) or text.startswith("間", end))
    return not (counted or facts.CONTEXTS["after_year"].match(text, end))


def _is_bare_year(text: str, end: int, before: str, *, closing: bool) -> bool:
    fiscal = text.startswith("度", end - 1)
    length = facts.CONTEXTS["after_fiscal_year" if fiscal else "after_bare_year"].match(text, end)
    if length and not (closing and length.group() in CLOSES_A_RANGE):
        return False
    if closing:
        return True
    if around.BARE_FIRST.search(text, end - 2, end):
        return not around.NOUN_BEFORE.search(before)
    if facts.counted(before):
        return False
    dated = (fiscal and not before.endswith("後")) or month_forms.MONTH.match(text, end)
    since = facts.CONTEXTS["since"].search(before) or around.ADNOMINAL.search(before)
    return bool(dated or not since)
