"""What an end that leaves something out takes from the date that it leans on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.entities.dates.around import (
    COMING,
    GONE,
    LAST_TIME,
    NEAR_BY,
    SAME_DAY_TOLD,
    TIME_OF_DAY,
    is_past,
)
from pipeline.entities.dates.facts import words
from pipeline.entities.dates.parts import BEFORE_IT, STEPS
from pipeline.entities.dates.values import month_or_day, period_of
from pipeline.eras import shift_day, shift_month
from pipeline.model.rule import Rule

if TYPE_CHECKING:
    from datetime import date

    from pipeline.entities.dates.memory import Memory, Past
    from pipeline.entities.dates.parts import Expression, Parts
    from pipeline.entities.dates.values import Reading
    from pipeline.eras import Period
    from pipeline.model.entity import Mention


# 8月に始め、翌年3月に終える: the year behind that of the month before, whatever year that is.
BEHIND_MONTH = Rule(
    "month_told_before",
    r"(?<![毎例各]年)(?<!\d)\d{1,2}月(?:\d{1,2}日)?に(?!は)[^。、]{1,14}[しいきちりびみにけせめてれべ]、$",
    reads=("8月に始め、",),
    leaves=("毎年8月に始め、", "8月から"),
)
# 1日に千人, 1日、約3回: how much comes to one day.
ONE_DAY = Rule(
    "length_of_one_day",
    rf"[に、](?:[\d〇一二三四五六七八九十百千万億数]|{words('count_a_day')})",
    reads=("令和5年10月1日に開業した。1日⟦に千⟧人が訪れた。", "1日⟦、約⟧3回運行した。"),
    leaves=("1日⟦に会議を開いた。", "1日⟦、対策を決めた。"),
)
# 10月に解散し、22日に選挙を行った: the day of the month that is told of, and no number of days that something came to.
DAY_OF_MONTH = Rule(
    "day_of_the_month_told",
    rf"に(?!{words('length_behind_ni')}|[\d一二三四五六七八九十]|[一-龥]{{0,2}}間|{words('days_come_to')})",
    reads=("令和3年10月に解散し、31日⟦に⟧選挙を行った。",),
    leaves=("31日⟦に延びた", "31日⟦に1回", "31日⟦に増えた"),
)
HALF_A_YEAR = 186  # days, a month counted as 31


def same_day(text: str, parts: Parts, mention: Mention[Expression]) -> bool:
    """Whether a day is said again: 8日に移行した。8日以降. 1日 is often a length: 1日に千人, 1日、3回."""
    if parts.mod:
        return True
    if parts.day == 1 and (ONE_DAY.match(text, mention.end) or not is_past(text)):
        return False
    return SAME_DAY_TOLD.match(text, mention.end) is not None


def onward(text: str, past: Past, parts: Parts, mention: Mention[Expression]) -> bool:
    """Whether a bare day lies behind the day that runs, is told again, with a time, or in the month."""
    if TIME_OF_DAY.match(text, mention.end):
        return True
    day, last = parts.day or 0, past.period.day
    if day == last:
        return same_day(text, parts, mention)
    if last or past.ranged or day == 1:
        return day > last > 0
    within = past.period.granularity == "month" and text[mention.start - 1] == "、"
    return within and DAY_OF_MONTH.match(text, mention.end) is not None and is_past(text)


def behind_month(text: str, mention: Mention[Expression]) -> bool:
    """Whether 翌年3月 goes on from a month of the sentence whose year nothing tells: 8月に始め、翌年3月に終える."""
    return BEHIND_MONTH.search(text, max(0, mention.start - 30), mention.start) is not None


def year_by_reference(
    parts: Parts, before: str, reference: date | None, told: int | None = None
) -> int | None:
    """The year of a month behind 来る or 去る, which count from the document's day; None behind anything else.

    The day of the last time (前回5月21日) is open, 0, where the text tells of another year than the document's;
    ``told`` is that year.
    """
    if reference is None or parts.month is None:
        return None
    here = (parts.month, parts.day or reference.day)
    today = (reference.month, reference.day)
    if COMING.search(before):
        return reference.year + (here < today)
    if NEAR_BY.search(before):  # 先週の11月2日: the nearest one
        apart = (here[0] - today[0]) * 31 + here[1] - today[1]
        return reference.year + (apart < -HALF_A_YEAR) - (apart > HALF_A_YEAR)
    last = reference.year - (here > today)
    if LAST_TIME.search(before) and parts.day and told not in (None, last):
        return 0
    return last if GONE.search(before) else None


def is_goal(past: Past, limit: int, mention: Mention[Expression], distance: int) -> bool:
    """Whether the text only has it in view (2030年) and does not go on to tell of that time."""
    if past.scale:
        return True
    ahead = past.period.year > limit
    if not past.background and not (ahead and distance):
        return False
    beside = not distance and mention.start <= past.end + 1  # 2025年の7月
    return bool(distance or ahead) and not beside


def pointed_at(
    parts: Parts, mention: Mention[Expression], memory: Memory, limit: int, text: str
) -> Past | None:
    """What 同年 and 前年 point at; ``limit`` is the year in which the document speaks.

    前年 looks back from what has been. 同年7月 in another sentence does not lean on a goal (2030年まで), nor does
    翌年5月 where its sentence, ``text``, is told as past.
    """
    past = memory.latest("year")
    if past is not None and past.scale:
        return None
    back = parts.year_relation in BEFORE_IT
    been = next(
        (o for o in memory.years() if o.period.year <= limit and not (back and _runs_on_from(o, memory))),
        None,
    )
    if back:
        return been
    told = parts.month is not None and (
        parts.year_relation == "same" or (parts.year_relation == "next" and is_past(text))
    )
    if past and been and told and past.sentence != mention.sentence and past.period.year > limit:
        return been
    return past


def _runs_on_from(past: Past, memory: Memory) -> bool:
    """Whether a time runs on from its year, so that 前年 is not the one before that: 昭和23年以降最少であった前年."""
    text = memory.sentences[past.sentence].text
    return text.endswith(("以降", "以後"), 0, past.end) or text.startswith("以来", past.end)


def in_next_month(parts: Parts, past: Past, written: str) -> int | None:
    """The year of 3月、翌4月 and 10月から翌3月, which ``written`` begins; None for 翌年4月 and all others."""
    if parts.year_relation != "next" or "年" in written[:3] or not parts.month or not past.period.has_month():
        return None
    return past.period.year + (parts.month <= past.period.part)


def is_fiscal(reading: Reading) -> bool:
    """Whether it counts by fiscal years; a quarter without a year does if the year that it leans on does."""
    past = reading.antecedent
    if past is not None and (reading.parts.quarter or reading.parts.half) and not reading.parts.has_year:
        return past.period.granularity.startswith("fiscal")
    return reading.parts.unit == "fiscal_year"


def counted_year(period: Period, *, fiscal: bool) -> int:
    """The year that 同年 or 同年度 finds in ``period``."""
    if fiscal and period.granularity in ("month", "day") and period.part < 4:
        return period.year - 1
    return period.year


def relative_end(parts: Parts, first: Period) -> Period | None:
    """The end of a range that says no year of its own: 10月から翌年3月, 5～6月, 30日から2日, 20日から翌日."""
    year = counted_year(first, fiscal=parts.unit == "fiscal_year")
    if parts.year_relation:
        return period_of(parts, year + STEPS[parts.year_relation], fiscal=parts.unit == "fiscal_year")
    if parts.day_relation:
        start = first.first_day()
        day = shift_day(start, STEPS[parts.day_relation]) if start else None
        return month_or_day(day.year, day.month, day.day) if day else None
    if parts.month_relation:
        return month_or_day(*shift_month(first.year, first.part, STEPS[parts.month_relation]), parts.day)
    if parts.month is None and parts.day is not None:
        over = bool(first.day) and parts.day < first.day
        return month_or_day(*shift_month(first.year, first.part, int(over)), parts.day)
    if parts.month is not None and first.has_month():
        return month_or_day(first.year + (parts.month < first.part), parts.month, parts.day)
    return period_of(parts, first.year, fiscal=first.granularity.startswith("fiscal"))


def short_number(parts: Parts) -> int | None:
    """Return the number of the year that closes a range without era or century: 昭和60～62年, 1960～70年."""
    short = parts.digits == 2 and not parts.era and parts.unit != "century"
    return parts.western if short and parts.bare is None else parts.bare
