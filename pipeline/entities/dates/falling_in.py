"""Years and months that something falls in: 譲渡の日の属する年の翌年."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.model.rule import Rule

if TYPE_CHECKING:
    from pipeline.entities.dates.parts import Expression
    from pipeline.model.entity import Mention

# 譲渡の日の属する年の翌年: a year that each case has of its own.
OF_ANY_YEAR = Rule(
    "year_or_month_that_something_falls_in",
    "属する(?:会計|事業|課税|賦課)?(?:年|年度|月)の$",
    reads=("令和5年5月8日に改めた。申請の日の⟦属する年の⟧", "死亡した日の⟦属する月の⟧"),
    leaves=("令和5年の",),
)
# 平成30年6月1日の属する月: the day is told.
OF_A_TOLD_DAY = Rule(
    "day_told_that_falls_in",
    "(?:同|年[0-9〇一二三四五六七八九十]{1,3}月[0-9〇一二三四五六七八九十末]{1,3})日[のが]属する",
    reads=("令和5⟦年6月1日の属する⟧月の翌月", "令和5年6月1日に始め、⟦同日の属する⟧年の翌年"),
    leaves=("申請の日の属する", "6月1日の属する"),
)


def of_any_year(text: str, mention: Mention[Expression]) -> bool:
    """Whether 翌年 or 前月 counts from a year or month that is not told: 譲渡の日の属する年の翌年."""
    found = OF_ANY_YEAR.search(text, max(0, mention.start - 12), mention.start)
    return (
        found is not None
        and OF_A_TOLD_DAY.search(text, max(0, found.start() - 14), found.start() + 3) is None
    )
