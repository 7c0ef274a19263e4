"""Reads the year part of a date: what is written of it, and forms that leave its unit to a later member."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.entities.dates import around, facts, year_lists
from pipeline.entities.dates.counts import agrees
from pipeline.entities.dates.months import Read
from pipeline.entities.dates.parts import RELATIONS, Parts
from pipeline.eras import era_named, eras
from pipeline.numerals import KANJI, number

if TYPE_CHECKING:
    import re

    from pipeline.entities.dates.parts import Relation, Unit

# How many characters the name of a state before a 会計年度 may have, with の.
STATE_REACH = 10
# The groups of patterns in which 度 stands.
FISCAL = frozenset({"fi", "fo", "fx", "ft", "fz", "kind"})


def year_parts(rule: str, match: re.Match[str]) -> Parts:
    """Return what ``match`` of the rule (``year_forms.YEARS``) wrote of the year."""
    found = match.groupdict()
    unit: Unit = "fiscal_year" if any(map(found.get, FISCAL)) else "year"
    if rule in ("decade", "era_decade") or found.get("dec"):
        unit = "decade"
    elif rule == "century" or found.get("ce"):
        unit = "century"
    western = number(found["w"]) if found.get("w") else None
    era, era_year = _written_era(rule, found, western)
    relation = _relation(found) if rule in ("relative", "next_bare") else None
    bare = found.get("bare") or ""
    return Parts(
        western=western,
        digits=0 if western is None else (2 if western < 100 and rule != "early" else 4),
        era=era,
        era_year=era_year,
        bare=number(bare) if bare else None,
        padded=len(bare) == 2 and bare[0] in "0〇",
        unit=unit,
        kind=found.get("kind") or "",
        year_relation=relation,
    )


def _relation(found: dict[str, str | None]) -> Relation | None:
    written = found.get("rel") or found.get("fr") or ("同" if found.get("own") else "")
    return RELATIONS.get(written)


def _written_era(rule: str, found: dict[str, str | None], western: int | None) -> tuple[str, int | None]:
    """The era and its year; of 28（2016）年 the era that counts the western year so."""
    era, written = "同" if rule == "same_era" else found.get("era") or "", found.get("ey")
    count = found.get("bm") or written
    if not western or era or not count:
        return era, number(written) if written else None
    return _fitting(number(count), western)


def _fitting(count: int, western: int) -> tuple[str, int | None]:
    era = next((e.name for e in eras().values() if e.holds(count) and e.year(count) == western), "")
    return era, count if era else None


def by_letter(parts: Parts) -> Parts | None:
    """Return 1985（S60）年 with the era of the letter; None where both do not say the same year: M5（2011）年."""
    era = next((era for era in eras().values() if era.letter == parts.era), None)
    if era is None or parts.era_year is None or not agrees(parts, era.year(parts.era_year)):
        return None
    return parts._replace(era=era.name)


def unit_of(written: str | None) -> Unit:
    """Return the unit that 度 or 代 behind 年 makes."""
    return {"度": "fiscal_year", "代": "decade"}.get(written or "", "year")  # type: ignore[return-value]


def same_year(match: re.Match[str]) -> bool:
    """Whether both eras of 平成31（令和元）年 count the same year."""
    found = match.groupdict()
    one, two = ((era_named(found[era]), number(found[year])) for era, year in (("era", "ey"), ("twin", "ty")))
    return bool(one[0] and two[0] and one[0].year(one[1]) == two[0].year(two[1]))


def split_year(text: str, start: int) -> Read | None:
    """Read one fiscal year that two calendar years write (2003-04年度, 平成元/2年度), or two years (2009/10年)."""
    match = year_lists.SPLIT.match(text, start)
    if match and (int(match["w"]) + 1) % 100 == int(match["close"] or match["whole"]) % 100:
        kind = match["kind"] or ""
        parts = Parts(western=int(match["w"]), digits=len(match["w"]), unit="fiscal_year", kind=kind)
        return Read(match.end(), "split", parts)
    match = year_lists.SPLIT_ERA.match(text, start)
    if match and number(match["ey"]) + 1 == int(match["close"]):
        parts = Parts(era=match["era"], era_year=number(match["ey"]), unit="fiscal_year")
        return Read(match.end(), "split", parts)
    match = year_lists.SLASHED_YEARS.match(text, start)
    if match and (int(match["w"]) + 1) % 100 == int(match["close"]) % 100:
        return Read(match.end(), "open", Parts(western=int(match["w"]), digits=4), open=True)
    return None


def open_year(text: str, start: int, before: str, *, closing: bool, listed: bool) -> Read | None:
    """Read a year whose unit stands behind a later member: 平成13 in 平成13～15年度.

    Args:
        text: Clean text.
        start: Offset in ``text``.
        before: The few characters that stand before.
        closing: What stands before is the other end of a range.
        listed: What stands before is a member of the same list.
    """
    if found := _open_whole(text, start):
        return found
    match = year_lists.OPEN_YEAR.match(text, start) if _begins_number(text, start) else None
    if match is None or facts.counted(before) or (not closing and around.CODE_BEFORE.search(before)):
        return None
    if not closing and around.TELLS_A_VALUE.search(before):
        return None  # 元年度は1、2年度は2
    return _open_number(text, match, closing=closing, listed=listed)


def _begins_number(text: str, start: int) -> bool:
    first = text[start : start + 1]
    return first.isdecimal() or first in KANJI


def _open_number(text: str, match: re.Match[str], *, closing: bool, listed: bool) -> Read | None:
    value, unit, kind = number(match["y"]), unit_of(match["u"]), match["kind"] or ""
    padded = len(match["y"]) == 2 and match["y"][0] in "0〇"
    if len(match["y"]) == 4 and 1500 <= value < 2200:
        return _open(match, Parts(western=value, digits=4, unit=unit, kind=kind))
    if unit == "fiscal_year" and value < 1000:
        return _open(match, Parts(bare=value, padded=padded, unit=unit, kind=kind))
    if unit == "decade" and value in range(10, 100, 10):
        return _open(match, Parts(western=value, digits=2, unit=unit))
    if (listed and value < 100) or _goes_on(text, match, value, closing=closing):
        return _open(match, Parts(bare=value, padded=padded))
    return None


def _open(match: re.Match[str], parts: Parts) -> Read:
    return Read(match.end(), "open", parts, open=True)


def _open_whole(text: str, start: int) -> Read | None:
    """A member that says its era or century itself: 平成13, 12（平成24）, 令和2（2020）, 18."""
    mixed = "（" in text[start : start + 12]
    if mixed and (match := year_lists.OPEN_ERA_MIXED.match(text, start)):
        parts = year_parts("bare_era_mixed" if match["era"] is None else "open", match)
        if parts.era:
            return _open(match, parts._replace(unit=unit_of(match["u"])))
    numeral = _begins_number(text, start)
    if numeral and (match := year_lists.OPEN_CENTURY.match(text, start)):
        return _open(match, Parts(western=number(match["w"]), digits=2, unit="century"))
    if mixed and (match := year_lists.OPEN_MIXED.match(text, start)):
        return _open(match, year_parts("open", match)._replace(unit=unit_of(match["u"])))
    if not numeral and (match := year_lists.OPEN_ERA_YEAR.match(text, start)):
        parts = Parts(era=match["era"], era_year=number(match["y"]), unit=unit_of(match["u"]))
        return _open(match, parts._replace(kind=match["kind"] or ""))
    return None


def _goes_on(text: str, match: re.Match[str], value: int, *, closing: bool) -> bool:
    """Whether a number that leaves its unit to a later one is a year: 96～97年; 23、24年.

    Smaller numbers are lengths (10～20年).
    """
    after = year_lists.NEXT_YEAR.match(text, match.end())
    follows_on = after is not None and value > 10 and number(after[1]) in (value + 1, value % 10 + 1)
    return 10 <= value < 100 and (closing or follows_on or value >= 40)


def state_kind(before: str) -> str:
    """Return the kind of a 会計年度 behind ``before``: that of a state, where one is named (米国の2024会計年度)."""
    for row in facts.year_kinds():
        if any(before.endswith((state, f"{state}の")) for state in filter(None, row["states"].split("|"))):
            return row["name"]
    return "会計"
