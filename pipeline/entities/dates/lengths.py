"""Numbers with 年, 月 and 日 that are lengths of time or blanks to fill in, and so no dates."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.entities.dates import around, facts
from pipeline.entities.dates.facts import words
from pipeline.entities.dates.in_digits import NUMERALS
from pipeline.entities.dates.months_of_none import of_none
from pipeline.entities.dates.pieces import DASH, ERA, RANGE_SIGN, SMALL, S
from pipeline.model.rule import Rule
from pipeline.numerals import KANJI

if TYPE_CHECKING:
    import re
    from collections.abc import Sequence

    from pipeline.model.sentence import Analysis

# 同一月, 同一年度: the same as another, within a rule. 同一月三日 is the 3rd of the same January.
ANY_SAME = Rule(
    "the_same_unit",
    rf"(?:同|(?<=同))一(?:年[度次]?|月(?!{S}{SMALL}{S}日)|日)",
    reads=("令和4年5月に⟦同一月⟧に2回算定した。", "⟦同一年度⟧に"),
    leaves=("同月一日", "⟦同一月三日"),
)
AGE_BEFORE = Rule(
    "age_before",
    r"[\d〇一二三四五六七八九十][歳才]$",
    reads=("46歳", "四十六歳"),
    leaves=("万歳", "千歳", "46歳の", "46歳、"),
)
AGE_MONTHS = Rule(
    "months_of_an_age",
    rf"{SMALL}{S}月(?!{S}{SMALL}{S}日|生|卒)",
    reads=("46歳⟦5月⟧で退職した。",),
    leaves=("⟦5月3日", "⟦5月生まれ"),
)
_UPWARDS = f"{SMALL}{S}年(?:以上|超|を超え)"
_BAND = rf"{SMALL}{S}年?{S}(?:[～~]|{DASH}|から){S}{SMALL}{S}年(?!度)"
# 31年～35年、36年～40年、41年以上
BANDS = Rule(
    "bands_of_years",
    rf"(?:{_BAND}[、・ 　]{{0,3}}){{1,12}}(?={_UPWARDS})",
    reads=("平成30年に、⟦36年～40年、⟧41年以上の者がいた。",),
    leaves=("⟦36年～40年、41年の",),
)
BAND_CELL = Rule(
    "band_of_years_in_a_cell",
    rf"{_BAND}$",
    reads=("⟦36年～40年⟧",),
    leaves=("⟦36年～40年に", "⟦36年～40年度"),
)
UPWARDS_CELL = Rule(
    "years_upwards_in_a_cell",
    rf"{SMALL}{S}年(?:以上|超|[～~])$",
    reads=("⟦41年以上⟧", "⟦41年～⟧"),
    leaves=("⟦41年以上の者", "⟦41年"),
)
# 昭和26年～35年 or 平成3年以降 in a cell: the table counts by eras, and its bands are dates.
ERA_CELL = Rule(
    "era_year_in_a_cell",
    rf"{ERA}{S}(?:{SMALL}|元){S}年?{S}(?:[～~]|{DASH}|以)",
    reads=("⟦昭和26年～⟧35年", "⟦平成3年以⟧降"),
    leaves=("⟦昭和の家", "⟦平成3年4月"),
)
SERVICE_BEFORE = Rule(
    "years_of_service_before",
    rf"(?:{words('years_counted')})(?:[はがをの]|[：:])?{S}$",
    reads=("勤続年数 ", "経験年数："),
    leaves=("期間 ",),
)
SERVICE = Rule(
    "years_of_service",
    rf"(?:{_BAND}|{SMALL}{S}年(?!度))(?:{S}{SMALL}{S}月(?!{S}{SMALL}{S}日|{S}{RANGE_SIGN}))?(?!{S}{SMALL}{S}月)",
    reads=("平成30年に勤続 ⟦36年～40年⟧の者", "平成30年に経験年数 ⟦4年3月⟧の者"),
    leaves=("⟦4年度", "⟦5年4月～6年3月"),
)
# 一月に四千回: how much comes to one month. 1月に3回 needs words of a limit beside it.
RATE = Rule(
    "count_in_one_unit",
    rf"(?:一(?![〇一二三四五六七八九十])|(?P<digit>1(?!\d))|(?P<more>{SMALL}(?=月)))(?P<unit>[年月日])(?P<to>に|(?!{SMALL}日))"
    rf"(?:{words('count_a_day')})?"
    rf"(?:\d[\d,.]{{0,9}}[百千万億]?|[{KANJI}百千万億]{{1,9}}|数)(?P<counter>{words('rate_counter')})(?!目)"
    rf"(?P<limit>(?:{words('rate_limit')})?)",
    reads=("⟦一月に四千回まで⟧使う。", "⟦3月に3回に限⟧り", "⟦1月に3回を限度⟧とする。", "⟦一年に二度⟧行う。"),
    leaves=("⟦一月に三回目", "⟦一月に会議", "⟦2年に3回"),
)
# 1人1月当たり, 1台1月3,000円: one month, behind one of what is counted.
PER_HEAD = Rule(
    "one_of_what_is_counted_before",
    rf"[1一](?:{words('head_counter')})$",
    reads=("令和5年度に1人", "一台"),
    leaves=("1人に", "2人の"),
)
ONE = frozenset("1一")
# How far behind a rate its plan may stand (決め打ち): 一月に3回の会議を予定する.
PLAN = 30
# A month at the head of a cell begins before this: 日 ～ 1月
CUT = 6
_BLANK = "〇○◯●×✕✖xXＸ"
BLANK_YEAR = rf"(?<![{KANJI}{_BLANK}A-Za-z])(?:(?<!\d)(?:20|19)?[{_BLANK}]{{2,4}}|(?<=[成和治正])[{_BLANK}])"
# 〇〇年度, ××年, 20XX年: a year to fill in
PLACEHOLDER = Rule(
    "year_to_fill_in",
    rf"(?<![\d{KANJI}])[{_BLANK}]{{2}}{S}年(?!代)度?",
    reads=("⟦〇〇年⟧", "⟦○○年度⟧は"),
    leaves=("二〇⟦〇〇年", "⟦〇一年", "⟦〇〇年代"),
)
PLACEHOLDER_BEFORE = Rule(
    "year_to_fill_in_before",
    rf"{BLANK_YEAR}{S}年度?(?:の|{S})$",
    reads=("○○年", "20XX年", "××年度の"),
    leaves=("二〇〇〇年", "令和4年"),
)
# A sentence that writes its years in two kanji can write 2000 so: 九八年と〇〇年.
SHORT_KANJI_YEAR = Rule(
    "year_in_two_kanji",
    rf"(?<![\d{KANJI}百千])(?:〇[一二三四五六七八九]|[四五六七八九][〇一二三四五六七八九])年",
    reads=("⟦九八年⟧に始め、〇〇年に終えた。",),
    leaves=("⟦〇〇年", "二⟦〇〇一年"),
)
MONTH_TO_FILL = Rule(
    "month_behind_a_year_to_fill_in",
    rf"{S}(?:の{S})?(?:{SMALL}){S}月(?:{S}(?:{SMALL}){S}日)?",
    reads=("○○年⟦8月1日⟧から施行する。",),
    leaves=("○○年度の⟦予算",),
)


# ３　月給制, ６　月60時間: the number of an item, and 月 of a word.
ITEM_MONTH = Rule(
    "item_before_a_month",
    rf"{SMALL}[ 　]月(?=[給額収例割]|\d[\d,]*(?:時間|回|円|万))",
    reads=("⟦３　月⟧給制の場合", "⟦6　月⟧60時間を超える"),
    leaves=("⟦3 月に", "⟦3　月　15日"),
)
# （12月　日～１月　日）: the days are left to be filled in, and the cell begins behind the first blank.
CUT_BEFORE = Rule(
    "day_to_fill_in_before", r"^日[ 　]?(?:[～~]|から)[ 　]?$", reads=("日～",), leaves=("5日～", "日は")
)


def length(text: str, start: int, *, listed: bool = False) -> int:
    """Return where what is no date ends that begins at ``start``: a length of time, an age, a blank; else 0.

    Args:
        text: A clean sentence.
        start: Where a date might begin.
        listed: A member of the same list stands before it.
    """
    if start == 0 and (match := ITEM_MONTH.match(text)):
        return match.end()
    if 0 < start < CUT and CUT_BEFORE.match(text[:start]) and (match := MONTH_TO_FILL.match(text, start)):
        return match.end()  # its day was left blank
    if text[start] == "同" and (match := ANY_SAME.match(text, start)):
        return match.end()
    if text[start] not in NUMERALS:
        return 0
    if blank := _to_fill_in(text, start, listed=listed):
        return blank
    before = text[max(0, start - 8) : start]
    if around.NUMBER_BEFORE.search(before[-5:]) and not before.endswith(","):
        return 0
    if none := of_none(text, start):
        return none
    return _in_months(text, start, before[-5:]) or _of_service(text, start, before, listed=listed)


def _to_fill_in(text: str, start: int, *, listed: bool) -> int:
    """Where a blank for a year that begins there ends, or a month behind one."""
    if PLACEHOLDER_BEFORE.search(text, max(0, start - 8), start):
        month = MONTH_TO_FILL.match(text, start)
        return month.end() if month else 0
    match = None if listed else PLACEHOLDER.match(text, start)
    if match is None or SHORT_KANJI_YEAR.search(text):
        return 0
    month = MONTH_TO_FILL.match(text, match.end())
    return (month or match).end()


def _in_months(text: str, start: int, before: str) -> int:
    """Where a length in months that begins there ends (懲役2年6月), or an age in months (46歳5月)."""
    match = around.LENGTH.match(text, start)
    if match is None:
        return 0
    if AGE_BEFORE.search(before) and (age := AGE_MONTHS.match(text, start)):
        return 0 if facts.MODIFIER.match(text, age.end()) else age.end()
    named = not match["d"] and around.NAMED_LENGTH.match(text, match.end())
    place = "after_month_day" if match["d"] and not match["y"] else "after_month_span"
    if named or facts.CONTEXTS[place].match(text, match.end()):
        return match.end()
    return match.end() if not match["d"] and _is_counted(text, match, before) else 0


def _is_counted(text: str, match: re.Match[str], before: str) -> bool:
    """Whether what stands before a number of months makes it a length: 懲役2年6月, 営業停止3月, 1人1月2万円."""
    if any(facts.CONTEXTS[place].search(before) for place in ("before_length", "before_months")):
        return True
    if match["y"] and facts.counted(before):
        return True
    return text[match.end() : match.end() + 1] in NUMERALS and PER_HEAD.search(before) is not None


def _of_service(text: str, start: int, before: str, *, listed: bool) -> int:
    """Where years of service or a rate end that begin there: 36年～40年、41年以上; 一月に四千回."""
    if SERVICE_BEFORE.search(before) and (match := SERVICE.match(text, start)):
        return match.end()
    if listed:
        return 0
    if match := BANDS.match(text, start):
        return match.end()
    return _rate(text, start)


def _rate(text: str, start: int) -> int:
    """Where a rate ends that begins there: 一月に四千回; 3月に1回, 1月1回 only with words of a limit."""
    may_be = text[start] in ONE or "月" in text[start + 1 : start + 4]
    match = RATE.match(text, start) if may_be else None
    if match is None:
        return 0
    month = match["unit"] == "月"
    bare = match["more"] or not match["to"]
    if (bare and not match["limit"]) or (match["more"] and match["counter"] not in "回度"):
        return 0
    if month and (around.is_past(text) or "予定" in text[match.end() : match.end() + PLAN]):
        return 0
    return 0 if month and match["digit"] and not match["limit"] else match.end()


def banded(analyses: Sequence[Analysis]) -> frozenset[str]:
    """The tables whose cells count years in bands: one of them says 41年以上 or 41年～, and none an era."""
    cells = [a.sentence for a in analyses if a.sentence.kind == "table" and len(a.sentence.text) < PLAN]
    counting = {cell.block_id for cell in cells if UPWARDS_CELL.match(cell.text)}
    dated = {cell.block_id for cell in cells if cell.block_id in counting and ERA_CELL.match(cell.text)}
    return frozenset(counting - dated)


def is_band(text: str) -> bool:
    """Whether a cell of such a table is a band of years: 36年～40年, 41年～."""
    return bool(BAND_CELL.match(text) or UPWARDS_CELL.match(text))
