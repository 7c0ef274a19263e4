"""Days without a month that no date before them leads: 知事は29日、発表した; 審議官（15日）."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from pipeline.entities.dates.around import DAY_OF_WEEK, TIME_OF_DAY, is_past
from pipeline.model.rule import Rule

if TYPE_CHECKING:
    from datetime import date

    from pipeline.entities.dates.memory import Memory, Past
    from pipeline.entities.dates.parts import Expression, Parts
    from pipeline.model.entity import Mention

# So many dates back one is told of whose day is named again in brackets (決め打ち).
DEPTH = 12
# 知事は29日、: the day on which someone did what the sentence tells; not 期間は3日、 which is a length.
SUBJECT = Rule(
    "who_did_something_on_a_day",
    "(?:^[ 　「]?|[。】＝=]|(?<!期間)(?<!日数)(?<!工期)(?<!会期)(?<!日程)(?<!期限)(?<!休暇)[はが])$",
    reads=("知事は", "【若葉通信】"),
    leaves=("期間は", "会期は", "残り"),
)
TOLD = Rule(
    "what_was_done_on_a_day",
    "、|付(?![近属与])",
    reads=("29日⟦、⟧発表した。", "29日⟦付⟧で"),
    leaves=("29日⟦付近",),
)

COLON = Rule(
    "colon_behind_a_month", "[ 　]?[：:／/][ 　]?", reads=("12月⟦：⟧11日（月）",), leaves=("12月⟦に11日",)
)


def of_the_document(text: str, mention: Mention[Expression], parts: Parts, today: date) -> bool:
    """Whether a bare day is of the month in which the document speaks, or of the one before it.

    The report of a day names no month: 市は29日、計画を発表した. With its time or told as past,
    it is no number of days.
    """
    if parts.mod or not SUBJECT.search(text[max(0, mention.start - 3) : mention.start]):
        return False
    if TIME_OF_DAY.match(text, mention.end):
        return is_past(text) or (parts.day or 0) <= today.day
    return TOLD.match(text, mention.end) is not None and is_past(text)


def told_in_brackets(text: str, mention: Mention[Expression], parts: Parts, memory: Memory) -> Past | None:
    """Return the day told before that a day alone in brackets names again: 3月15日、16日に開いた。審議官（15日）."""
    if text[max(0, mention.start - 1) : mention.start] != "（" or text[mention.end : mention.end + 1] not in {
        "）",
        " ",
    }:
        return None
    near = (past for past in islice(memory.years(), DEPTH) if past.period.granularity == "day")
    return next((past for past in near if past.period.day == parts.day), None)


def opens_a_list(text: str, end: int, mention: Mention[Expression]) -> bool:
    """Whether a day with its day of the week is the first of a list of the month: 12月：11日（月）."""
    opened = COLON.fullmatch(text, end, mention.start)
    return opened is not None and DAY_OF_WEEK.match(text, mention.end) is not None
