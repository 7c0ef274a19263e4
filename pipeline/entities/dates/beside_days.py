"""Days before and behind another one that are of no particular day: 投票日の前日, 契約締結の翌日から."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.entities.dates.around import is_past
from pipeline.entities.dates.facts import words
from pipeline.model.rule import Rule

if TYPE_CHECKING:
    from pipeline.entities.dates.memory import Past
    from pipeline.entities.dates.parts import Expression, Relation
    from pipeline.model.entity import Mention


# 投票日の前日, 試験の翌日: a day that lies beside any such day, and beside none in particular.
DAY_OF = Rule(
    "day_beside_a_kind_of_day",
    "(?<![0-9〇一二三四五六七八九十同翌前本昨今明当元])日の$",
    reads=("投票⟦日の⟧", "支払⟦日の⟧"),
    leaves=("3日の", "十日の", "同日の", "会談の"),
)
# 発症翌日, 契約の翌日: the day beside that of what is named, whatever day that is.
DAY_OF_AN_EVENT = Rule(
    "day_beside_that_of_an_event",
    "[一-龥々ァ-ヶー](?<![0-9〇一二三四五六七八九十同翌前本昨今明当元末]日)(?<!最終日)の?$",
    reads=("令和5年5月8日以降、発⟦症⟧", "契⟦約の⟧"),
    leaves=("3日の", "同日の", "その", "、"),
)
# 契約の締結の翌日から: the day behind whatever day that comes to; told as past, it is that of one day.
DAY_OF_AN_ACT = Rule(
    "day_beside_that_of_an_act",
    rf"(?:{words('act_of_any_day')})の$",
    reads=("契約⟦締結の⟧", "申込み⟦受領の⟧"),
    leaves=("会談の", "締結した日の"),
)
# 夜勤をした場合、翌日: the day behind any on which it comes to that.
IN_ANY_CASE = Rule(
    "day_beside_that_of_any_case",
    "(?:場合|とき)(?:に?は)?、?$",
    reads=("令和5年5月8日に改めた。夜勤をした⟦場合、⟧",),
    leaves=("その", "発表し、"),
)
# 前日までに申し込んだ者: what one does by the day before, whatever day that is.
UNTIL_ANY_DAY = Rule(
    "until_any_day",
    words("until_any_day"),
    reads=("令和2年3月1日に改めた。前日までに⟦申し込⟧んだ者に認めた。",),
    leaves=("前日まで雨が続いた。",),
)


def any_day(text: str, relation: Relation, mention: Mention[Expression], past: Past | None) -> bool:
    """Whether 前日 or 翌日 means the day before or after no particular day, so that it is no date.

    Examples: 翌日配達, 投票日の前日, 前日までに申請する behind a date of another sentence. Without a date before it,
    前日 is one whose day is not known: サミットの前日、会談した.
    """
    if relation == "same":
        return False
    here = past is not None and past.sentence == mention.sentence
    if here and past is not None and past.end + 1 == mention.start:
        return False  # 3月15日の前日
    before = text[max(0, mention.start - 6) : mention.start]
    if DAY_OF.search(before):
        return True
    counted = text.startswith(("から", "より"), mention.end) and not is_past(text)
    if counted and DAY_OF_AN_ACT.search(before):
        return True
    if past is None:
        return relation != "previous"
    return not here and text.startswith("まで", mention.end) and not _is_told_until(text, before)


def day_of_another(text: str, relation: Relation, mention: Mention[Expression], past: Past) -> bool:
    """Whether 発症翌日 lies beside another day than ``past``: one of another sentence, or a time that is open."""
    if relation == "same" or (past.sentence == mention.sentence and not past.over_years):
        return False
    before = text[max(0, mention.start - 6) : mention.start]
    if IN_ANY_CASE.search(before):
        return True
    return not before.endswith("の") and DAY_OF_AN_EVENT.search(before[-4:]) is not None


def _is_told_until(text: str, before: str) -> bool:
    """Whether what lasted to 前日 or 翌日 is told of one day: 前日まで雨が続いた, and not 予約は前日まで."""
    heads = not before or before.endswith("、")
    return heads and is_past(text) and UNTIL_ANY_DAY.search(text) is None
