"""Reads one end of a date expression at a place in the text: year part, month part, day part, modifier."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.entities.dates import around, facts, kana, month_forms, year_forms, year_lists
from pipeline.entities.dates.english import english
from pipeline.entities.dates.in_digits import NUMERALS, in_digits
from pipeline.entities.dates.months import BLANKS, Read, modified, quarter_end, season, within_year
from pipeline.entities.dates.parts import Parts, Place
from pipeline.entities.dates.pieces import NEW_ERA, L, R, S
from pipeline.entities.dates.value_years import later_year
from pipeline.entities.dates.year_or_length import is_year
from pipeline.entities.dates.years import (
    STATE_REACH,
    by_letter,
    open_year,
    same_year,
    split_year,
    state_kind,
    year_parts,
)
from pipeline.eras import ERA_LETTERS, old_eras
from pipeline.model.rule import Rule
from pipeline.numerals import number

if TYPE_CHECKING:
    import re

SPLIT_SIGNS = frozenset("/-－–—―‐−")
BRACKETS = frozenset("（〈［《〔")


# 2023年3月期第1四半期: of the year that is closed in that March, and not of 2023. 2022年12月期 is 2022.
CALENDAR_YEAR = ("12月期", "十二月期")
CLOSED_YEAR = ("月期", "月期の", "月期、", "月期 ", "月期　")
# 第53期第2四半期: of a firm's year, which no calendar tells.
OF_A_FIRM = Rule("year_of_a_firm_before", r"第?\d{1,3}期の?$", reads=("第53期",), leaves=("12月期",))
# What a date in English begins with: a day or a month.
LETTERS = frozenset("JFMASOND0123456789")
# 昨年（2016年）6月3日: the year in brackets says which it is.
RELATED_IN_BRACKETS = Rule(
    "related_year_in_brackets",
    rf"{L}{S}(?:(?P<w>(?:1[5-9]|20)\d\d)|(?P<era>{NEW_ERA}){S}(?P<ey>\d{{1,2}}|元)){S}年?{S}{R}",
    reads=("昨年⟦（2016年）⟧6月3日", "翌年⟦（平成28年）⟧3月"),
    leaves=("昨年⟦（第3回）6月", "昨年⟦（16年）6月"),
)
# What a number of a year may begin with.
COUNTS = NUMERALS | frozenset("元")
# Names of eras that are words too: 文化3年 is none behind 日本.
WORDS = frozenset(facts.words("era_word").split("|"))
ERA_ENDS = frozenset(name[-1] for name in old_eras()) | BLANKS


def old_era_before(text: str, start: int) -> int:
    """Return how many characters before the number at ``start`` are the name of an old era, with a blank."""
    if not start or text[start - 1] not in ERA_ENDS or text[start] not in COUNTS:
        return 0
    end = start - (text[start - 1 : start] in BLANKS)
    size = next((size for size in (4, 2) if end >= size and text[end - size : end] in old_eras()), 0)
    return size + start - end if size else 0


def read(text: str, start: int, place: Place) -> Read | None:
    """Read the date expression, or the end of a range, that begins at ``start`` in clean ``text``."""
    before = text[max(0, start - 5) : start]
    joined = place.closing or place.listed
    if not (place.closing or place.listed) and _is_rest(text, start, before):
        return None
    found = (
        (english(text, start) if text[start : start + 1] in LETTERS else None)
        or in_digits(text, start, before, joined=joined, cell=place.cell or place.closing)
        or _year(text, start, before, place)
    )
    if found is None:
        found = kana.kana(text, start) or _within_running_year(text, start, before, place)
    if found is None or found.end == start:
        return None
    return found if found.open else modified(text, found)


def _is_rest(text: str, start: int, before: str) -> bool:
    """Whether a number is the rest of another: 1,0|00; a comma also parts two numbers: 47,|48年度."""
    if text[start : start + 1] not in NUMERALS or not around.NUMBER_BEFORE.search(before):
        return False
    return before[-1] != "," or text[start : start + 3].isdecimal()


def _within_running_year(text: str, start: int, before: str, place: Place) -> Read | None:
    """A month, day, quarter or season without a year."""
    counted = not place.closing and facts.counted(before)
    found = None if counted else season(text, start)
    found = found or within_year(text, Read(start, "elliptic", Parts()))
    found = (quarter_end(text, start) if place.closing else None) or found
    if counted and (facts.recurring(before) or not _is_no_length(text, before, found)):
        return None  # 期間は2月; but 期間は6月14日まで, 期間は6月から9月まで, その翌日
    if not (place.closing or place.listed) and _is_no_part(text, start, before, found):
        return None
    return found


def _is_no_part(text: str, start: int, before: str, found: Read) -> bool:
    """Whether a number belongs to a code (図5、6月の), or counts quarters: 2四半期連続."""
    if found.open and around.CODE_BEFORE.search(before):
        return True
    if found.parts.quarter and OF_A_FIRM.search(before):
        return True
    of_a_year = (found.parts.quarter or found.parts.half) and before.endswith(CLOSED_YEAR)
    if of_a_year and not before.rstrip("の、 　").endswith(CALENDAR_YEAR):
        return True
    if not found.parts.quarter or "四半期" not in text[start : found.end] or "第" in text[start : found.end]:
        return False
    counted = around.QUARTERS_BEHIND.match(text, found.end) or around.QUARTERS_BEFORE.search(before)
    return counted is not None


def _is_no_length(text: str, before: str, found: Read) -> bool:
    """Whether it is no length of time, whatever stands before it: 6月14日, 翌日, 前月; 期間は6月から9月まで."""
    parts = found.parts
    if (parts.month and parts.day) or parts.day_relation or parts.month_relation:
        return True
    sign = around.RANGE.match(text, found.end) if around.RUNS_FROM.search(before) else None
    last = month_forms.MONTH.match(text, sign.end()) if sign and parts.month else None
    return bool(
        last and ("から" not in text[found.end : last.start()] or around.UNTIL.match(text, last.end()))
    )


def _year(text: str, start: int, before: str, place: Place) -> Read | None:
    if not SPLIT_SIGNS.isdisjoint(text[start : start + 8]) and (found := split_year(text, start)):
        return found
    bracketed = not BRACKETS.isdisjoint(text[start : start + year_forms.BRACKET_REACH])
    if found := open_year(text, start, before, closing=place.closing, listed=place.listed):
        return found
    for rule, pattern in year_forms.beginning(text[start : start + 1], bracketed):
        match = pattern.match(text, start)
        parts = _year_of(rule, match) if match else None
        if match is None or parts is None:
            continue
        rule, parts = _by_what_stands_before(text, start, rule, parts)
        if rule == "bare" and before.endswith("から") and (later := later_year(text, match.end(), parts)):
            return within_year(text, Read(match.end(), rule, later))
        if _is_part_of_era(text, start, match.end(), rule, parts) or not is_year(
            text, match.end(), before, rule, place
        ):
            return None
        if rule == "relative":
            return _related(text, match.end(), parts)
        return within_year(text, Read(match.end(), rule, parts))
    return None


def _by_what_stands_before(text: str, start: int, rule: str, parts: Parts) -> tuple[str, Parts]:
    """Take in an era that stands apart in brackets, （平成）25年, or the state whose 会計年度 it is."""
    before = text[max(0, start - STATE_REACH) : start]
    if rule == "bare" and (apart := year_lists.ERA_BEFORE.search(before)):
        return "era", parts._replace(bare=None, era=apart["era"], era_year=parts.bare)
    if parts.kind == "会計":
        return rule, parts._replace(kind=state_kind(before))
    return rule, parts


def _is_part_of_era(text: str, start: int, end: int, rule: str, parts: Parts) -> bool:
    """Whether it is no year of its own: 3年 of 文化3年, and that behind 日本 or before 計画, where 文化 is a word."""
    if rule == "bare":
        return bool(old_era_before(text, start))
    if parts.era not in WORDS:
        return False
    before = text[max(0, start - 1) : start]
    return bool(around.NOUN_BEFORE.search(before) or facts.CONTEXTS["after_bare_year"].match(text, end))


def _related(text: str, end: int, parts: Parts) -> Read:
    """Read on behind a year by its relation: the base of a ratio, or one whose year stands in brackets."""
    if month_forms.RATIO.match(text, end):
        parts = parts._replace(compared=True)
    if gloss := RELATED_IN_BRACKETS.match(text, end):
        behind = within_year(text, Read(gloss.end(), "relative", _glossed(parts, gloss)))
        if behind.parts.has_month:
            return behind
    return within_year(text, Read(end, "relative", parts))


def _glossed(parts: Parts, gloss: re.Match[str]) -> Parts:
    """The year of 昨年 as the bracket behind it says it."""
    if gloss["w"]:
        return parts._replace(year_relation=None, western=int(gloss["w"]), digits=4)
    return parts._replace(year_relation=None, era=gloss["era"], era_year=number(gloss["ey"]))


def _year_of(rule: str, match: re.Match[str]) -> Parts | None:
    """What ``rule`` read, or None where its parts do not go together."""
    if rule == "mixed_western" and "年" not in match.group():
        return None
    if rule == "era_twin" and not same_year(match):
        return None
    parts = year_parts(rule, match)
    if parts.era in ERA_LETTERS and parts.era:
        return by_letter(parts)
    return None if rule == "bare_era_mixed" and not parts.era else parts
