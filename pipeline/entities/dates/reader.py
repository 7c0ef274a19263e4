"""Reads one end of a date expression at a place in the text: year part, month part, day part, modifier."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pipeline.entities.dates import around, facts, kana, month_forms, year_forms, year_lists
from pipeline.entities.dates.in_digits import NUMERALS, in_digits
from pipeline.entities.dates.months import BLANKS, Read, modified, quarter_end, season, within_year
from pipeline.entities.dates.parts import Parts
from pipeline.entities.dates.value_years import FROM_A_VALUE, REACH, later_year
from pipeline.entities.dates.years import (
    STATE_REACH,
    open_year,
    same_year,
    split_year,
    state_kind,
    year_parts,
)
from pipeline.eras import old_eras
from pipeline.model.rule import Rule

if TYPE_CHECKING:
    import re

SPLIT_SIGNS = frozenset("/-－–—―‐−")
BRACKETS = frozenset("（〈［《〔")
# Behind the later end of a range these tell nothing: 平成13年から16年の間, 平成17年から21年で.
CLOSES_A_RANGE = frozenset({"の間", "で"})
# … nor does this where the first end is a year whose unit the later one shares: 1958-67年間.
CLOSES_SHARED = CLOSES_A_RANGE | {"間"}
# 58-67年間: two numbers of two digits, and no span that comes round (5～10年間ごと).
SHARING = Rule(
    "years_sharing_a_unit",
    r"(?P<first>\d\d)[～〜－―—–-](?P<last>\d\d)年度?間(?!ごと|毎|と[すし])",
    reads=("19⟦58-67年間⟧の平均", "昭和⟦30～39年度間⟧に"),
    leaves=("1920～5年間", "10～20年間ごと"),
)


# 2023年3月期第1四半期: of the year that is closed in that March, and not of 2023. 2022年12月期 is 2022.
CALENDAR_YEAR = ("12月期", "十二月期")
CLOSED_YEAR = ("月期", "月期の", "月期、", "月期 ", "月期　")
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


def read(text: str, start: int, place: Place) -> Read | None:
    """Read the date expression, or the end of a range, that begins at ``start`` in clean ``text``."""
    before = text[max(0, start - 5) : start]
    joined = place.closing or place.listed
    if (
        not place.closing
        and text[start : start + 1] in NUMERALS
        and around.NUMBER_BEFORE.search(before)
        and not place.listed
    ):
        return None
    found = in_digits(text, start, before, joined=joined, cell=place.cell or place.closing) or _year(
        text, start, before, place
    )
    if found is None:
        found = kana.kana(text, start) or _within_running_year(text, start, before, place)
    if found is None or found.end == start:
        return None
    return found if found.open else modified(text, found)


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
        if _is_part_of_era(text, start, match.end(), rule, parts) or not _is_year(
            text, match.end(), before, rule, place
        ):
            return None
        if rule == "relative" and month_forms.RATIO.match(text, match.end()):
            parts = parts._replace(compared=True)
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


def _year_of(rule: str, match: re.Match[str]) -> Parts | None:
    """What ``rule`` read, or None where its parts do not go together."""
    if rule == "mixed_western" and "年" not in match.group():
        return None
    if rule == "era_twin" and not same_year(match):
        return None
    parts = year_parts(rule, match)
    return None if rule == "bare_era_mixed" and not parts.era else parts


def _is_year(text: str, end: int, before: str, rule: str, place: Place) -> bool:
    """Whether what ``rule`` read is a year, and not a length of time."""
    if rule == "relative":
        return not facts.recurring(before)
    if rule == "bare":
        return not around.MONTHS_COUNTED.match(text, end) and _is_bare_year(text, end, before, place)
    if rule == "early":
        length = facts.CONTEXTS["after_bare_year"].match(text, end)
        return place.closing or not (
            length or facts.counted(before) or facts.CONTEXTS["since"].search(before)
        )
    if rule not in ("western", "century", "decade") or facts.MODIFIER.match(text, end):
        return True
    return _is_no_span_of_years(text, end, before, closing=place.closing)


def _is_no_span_of_years(text: str, end: int, before: str, *, closing: bool) -> bool:
    counted = not closing and (facts.CONTEXTS["before_year"].search(before) or text.startswith("間", end))
    if counted or facts.CONTEXTS["after_year"].match(text, end):
        return False
    round_number = text.startswith("00年", end - 3) or text[max(0, end - 3) : end] == "千年"
    return closing or not (round_number and facts.CONTEXTS["after_round_year"].match(text, end))


def _is_bare_year(text: str, end: int, before: str, place: Place) -> bool:
    fiscal = text.startswith("度", end - 1)
    length = facts.CONTEXTS["after_fiscal_year" if fiscal else "after_bare_year"].match(text, end)
    closes = CLOSES_SHARED if place.shared and _share_a_unit(text, end) else CLOSES_A_RANGE
    if length and not (place.closing and length.group() in closes):
        return False
    if place.closing:
        return True
    if around.BARE_FIRST.search(text, end - 2, end):
        return not around.NOUN_BEFORE.search(before)
    if facts.counted(before):
        return False
    if fiscal and not before.endswith("後") and not FROM_A_VALUE.search(text, max(0, end - REACH), end):
        return True
    return month_forms.MONTH.match(text, end) is not None or not _is_since(before)


def _is_since(before: str) -> bool:
    """Whether a number that follows counts years since something: 震災から10年, 活動の10年."""
    return bool(facts.CONTEXTS["since"].search(before) or around.ADNOMINAL.search(before))


def _share_a_unit(text: str, end: int) -> bool:
    """Whether two years that run forward end there in one unit, with 間 behind: 1958-67年｜間."""
    match = SHARING.search(text, max(0, end - 8), end + 3)
    return match is not None and int(match["first"]) < int(match["last"])
