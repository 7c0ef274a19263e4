"""Reads one end of a date expression at a place in the text: year part, month part, day part, modifier."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.numerals import KANJI, number
from pipeline.periods import eras
from pipeline.recognize import date_facts as facts
from pipeline.recognize import date_grammar as grammar
from pipeline.recognize.date_months import Read, modified, season, within_year
from pipeline.recognize.date_parts import RELATIONS, Parts

if TYPE_CHECKING:
    import re

    from pipeline.recognize.date_parts import Unit

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
    if not closing and text[start : start + 1] in NUMERALS and grammar.NUMBER_BEFORE.search(before):
        return None
    found = _numeric(text, start, cell=cell or closing) or _year(text, start, before, closing=closing)
    if found is None and (closing or not _counted(before)):
        found = season(text, start) or within_year(text, Read(start, "elliptic", Parts()))
    if found is None or found.end == start:
        return None
    return found if found.open else modified(text, found)


def _counted(before: str) -> bool:
    """Whether the number that follows ``before`` counts something: 約10年, 毎年4月."""
    return bool(facts.context("before_number").search(before) or facts.context("recurrent").search(before))


def _numeric(text: str, start: int, *, cell: bool) -> Read | None:
    previous = text[start - 1] if start else ""
    if previous and previous.isascii() and (previous.isalnum() or previous in "./-_:@#$"):
        return None
    if match := grammar.OPEN_LETTERED.match(text, start):
        parts = Parts(era=_era_of(match), era_year=number(match["ey"]), unit=_unit(match["u"]))
        return Read(match.end(), "open", parts, open=True)
    for pattern in grammar.NUMERIC + (grammar.DOTTED_BARE, grammar.SLASHED) * cell:
        if match := pattern.match(text, start):
            return _numeric_parts(text, match)
    if match := grammar.SLASHED.match(text, start):
        from_weekday = text.startswith("（", match.end()) and text[match.end() + 2 : match.end() + 3] in (
            "）",
            "・",
        )
        return _numeric_parts(text, match) if from_weekday else None
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
    if found := _split_year(text, start):
        return found
    if found := _open_year(text, start, before, closing=closing):
        return found
    for rule, pattern in grammar.YEARS:
        match = pattern.match(text, start)
        if match is None or (rule == "mixed_western" and "年" not in match.group()):
            continue
        if rule == "relative" and facts.context("recurrent").search(before):
            return None
        if rule == "era_twin" and not _same_year(match):
            continue
        parts = _year_parts(rule, match)
        if rule == "bare" and (apart := grammar.ERA_BEFORE.search(before)):
            rule, parts = "era", parts._replace(bare=None, era=apart["era"], era_year=parts.bare)
        if not _is_year(text, match.end(), before, rule, closing=closing):
            return None
        if rule == "relative" and grammar.RATIO.match(text, match.end()):
            parts = parts._replace(compared=True)
        return within_year(text, Read(match.end(), rule, parts))
    return None


def _same_year(match: re.Match[str]) -> bool:
    """Whether both eras of 平成31（令和元）年 count the same year."""
    found = match.groupdict()
    one, two = ((eras()[found[era]], number(found[year])) for era, year in (("era", "ey"), ("twin", "ty")))
    return one[0].year(one[1]) == two[0].year(two[1])


def _split_year(text: str, start: int) -> Read | None:
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


def _open_year(text: str, start: int, before: str, *, closing: bool) -> Read | None:
    if match := grammar.OPEN_MIXED.match(text, start):
        parts = _year_parts("open", match)
        return Read(match.end(), "open", parts._replace(unit=_unit(match["u"])), open=True)
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
    after = grammar.NEXT_YEAR.match(text, match.end())
    follows_on = after is not None and value > 10 and number(after[1]) in (value + 1, value % 10 + 1)
    if 10 <= value < 100 and (closing or follows_on or value >= 40):
        # 96～97年; smaller numbers are lengths (10～20年), but not in 昭和23～25、50～59年 and 23、24年.
        return Read(match.end(), "open", Parts(bare=value), open=True)
    return None


def _unit(written: str | None) -> Unit:
    return {"度": "fiscal_year", "代": "decade"}.get(written or "", "year")  # type: ignore[return-value]


def _is_year(text: str, end: int, before: str, rule: str, *, closing: bool) -> bool:
    """Whether what ``rule`` read is a year, and not a length of time."""
    if rule == "relative":
        return True
    if facts.modifier().match(text, end) and rule != "bare":
        return True
    if rule == "bare":
        fiscal = text.startswith("度", end - 1)
        length = facts.context("after_fiscal_year" if fiscal else "after_bare_year").match(text, end)
        if length and not (closing and length.group() in CLOSES_A_RANGE):
            return False
        if closing or grammar.BARE_FIRST.search(text, end - 2, end):
            return closing or not grammar.NOUN_BEFORE.search(before)
        dated = (fiscal and not before.endswith("後")) or grammar.MONTH.match(text, end)
        since = facts.context("since").search(before) or grammar.ADNOMINAL.search(before)
        return not (_counted(before) or (not dated and since))
    if rule in ("western", "century", "decade"):
        counted = not closing and (before.endswith(("約", "第", "紀元前")) or text.startswith("間", end))
        return not (counted or facts.context("after_year").match(text, end))
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
