"""Reads the year part of a date: what is written of it, and the forms that leave its unit to a later member."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.entities.dates import facts as facts
from pipeline.entities.dates import grammar as grammar
from pipeline.entities.dates.months import Read
from pipeline.entities.dates.parts import RELATIONS, Parts
from pipeline.eras import eras
from pipeline.numerals import number

if TYPE_CHECKING:
    import re

    from pipeline.entities.dates.parts import Unit

# So far back the era of a list of years may stand.
LISTED_REACH = 12


def year_parts(rule: str, match: re.Match[str]) -> Parts:
    """Return what ``match`` of the rule (``date_grammar.YEARS``) wrote of the year."""
    found = match.groupdict()
    unit: Unit = "fiscal_year" if any(found.get(key) for key in ("fi", "fo", "fx", "ft")) else "year"
    if rule in ("decade", "era_decade"):
        unit = "decade"
    elif rule == "century" or found.get("ce"):
        unit = "century"
    western = number(found["w"]) if found.get("w") else None
    relation = found.get("rel") or found.get("fr") or ("同" if found.get("own") else None)
    bare = found.get("bare")
    era, era_year = "同" if rule == "same_era" else found.get("era") or "", found.get("ey")
    if western and not era and (written := found.get("bm") or era_year):
        # 28（2016）年: the era is the one that counts so.
        count = number(written)
        era = next((e.name for e in eras().values() if e.holds(count) and e.year(count) == western), "")
        era_year = written if era else None
    return Parts(
        western=western,
        digits=0 if western is None else (2 if western < 100 else 4),
        era=era,
        era_year=number(era_year) if era_year else None,
        bare=number(bare) if bare else None,
        padded=bool(bare and len(bare) == 2 and bare[0] in "0〇"),
        unit=unit,
        year_relation=RELATIONS[relation] if relation and rule in ("relative", "next_bare") else None,
    )


def unit_of(written: str | None) -> Unit:
    """Return the unit that 度 or 代 behind 年 makes."""
    return {"度": "fiscal_year", "代": "decade"}.get(written or "", "year")  # type: ignore[return-value]


def same_year(match: re.Match[str]) -> bool:
    """Whether both eras of 平成31（令和元）年 count the same year."""
    found = match.groupdict()
    one, two = ((eras()[found[era]], number(found[year])) for era, year in (("era", "ey"), ("twin", "ty")))
    return one[0].year(one[1]) == two[0].year(two[1])


def split_year(text: str, start: int) -> Read | None:
    """One fiscal year that is written as two calendar years: 2003-04年度, 平成元/2年度; or two such years, 2009/10年."""
    match = grammar.SPLIT.match(text, start)
    if match and (int(match["w"]) + 1) % 100 == int(match["close"] or match["whole"]) % 100:
        parts = Parts(western=int(match["w"]), digits=len(match["w"]), unit="fiscal_year")
        return Read(match.end(), "split", parts)
    match = grammar.SPLIT_ERA.match(text, start)
    if match and number(match["ey"]) + 1 == int(match["close"]):
        parts = Parts(era=match["era"], era_year=number(match["ey"]), unit="fiscal_year")
        return Read(match.end(), "split", parts)
    match = grammar.SLASHED_YEARS.match(text, start)
    if match and (int(match["w"]) + 1) % 100 == int(match["close"]) % 100:
        return Read(match.end(), "open", Parts(western=int(match["w"]), digits=4), open=True)
    return None


def open_year(text: str, start: int, before: str, *, closing: bool) -> Read | None:
    """Read a year whose unit stands behind a later member: 平成13 in 平成13～15年度.

    Args:
        text: Clean text.
        start: Offset in ``text``.
        before: The few characters that stand before.
        closing: What stands before is the other end of a range.
    """
    if match := grammar.OPEN_ERA_MIXED.match(text, start):
        parts = year_parts("bare_era_mixed" if match["era"] is None else "open", match)
        if parts.era:
            return Read(match.end(), "open", parts._replace(unit=unit_of(match["u"])), open=True)
    if match := grammar.OPEN_CENTURY.match(text, start):
        return Read(
            match.end(), "open", Parts(western=number(match["w"]), digits=2, unit="century"), open=True
        )
    if match := grammar.OPEN_MIXED.match(text, start):
        parts = year_parts("open", match)
        return Read(match.end(), "open", parts._replace(unit=unit_of(match["u"])), open=True)
    if match := grammar.OPEN_ERA_YEAR.match(text, start):
        parts = Parts(era=match["era"], era_year=number(match["y"]), unit=unit_of(match["u"]))
        return Read(match.end(), "open", parts, open=True)
    match = grammar.OPEN_YEAR.match(text, start)
    if match is None or facts.counted(before):
        return None
    value, unit = number(match["y"]), unit_of(match["u"])
    if len(match["y"]) == 4 and 1500 <= value < 2200:
        return Read(match.end(), "open", Parts(western=value, digits=4, unit=unit), open=True)
    if unit != "year" and len(match["y"]) < 4 and (unit == "fiscal_year" or value % 10 == 0):
        decade = unit == "decade"
        parts = Parts(western=value, digits=2, unit=unit) if decade else Parts(bare=value, unit=unit)
        return Read(match.end(), "open", parts, open=True)
    after = grammar.NEXT_YEAR.match(text, match.end())
    follows_on = after is not None and value > 10 and number(after[1]) in (value + 1, value % 10 + 1)
    era = None if closing else grammar.ERA_LISTED.search(text, max(0, start - LISTED_REACH), start)
    listed = era is not None and value > number(era["y"])
    if listed or (10 <= value < 100 and (closing or follows_on or value >= 40)):
        # 96～97年; smaller numbers are lengths (10～20年), but not in 昭和23～25、50～59年 and 23、24年.
        return Read(match.end(), "open", Parts(bare=value), open=True)
    return None
