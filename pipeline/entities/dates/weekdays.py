"""The day of the week behind a month and a day, which tells their year or refutes it: 7月14日（金）."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from pipeline.entities.dates.pieces import DAY_NAME, S
from pipeline.eras import NEW_CALENDAR
from pipeline.model.rule import Rule

if TYPE_CHECKING:
    import re
    from collections.abc import Iterable

    from pipeline.entities.dates.memory import Past
    from pipeline.entities.dates.parts import Expression, Parts
    from pipeline.eras import Period
    from pipeline.model.entity import Mention

DAYS = "月火水木金土日"
WEEKDAY_TOLD = Rule(
    "day_of_week_told",
    rf"{S}(?:（{S}(?P<inner>[{DAYS}])(?:曜日?)?(?:[・、]{DAY_NAME})*{S}）|(?P<outer>[{DAYS}])曜)",
    reads=(
        "7月14日⟦（金）⟧",
        "7月17日⟦（月・祝）⟧",
        "7月14日⟦（金曜日）⟧",
        "7月14日⟦金曜⟧日",
        "7月14日⟦ （金）⟧",
    ),
    leaves=("7月14日（祝）", "7月14日（金額）", "7月14日 金額"),
)
# What the year that is read may be wrong by: within one year the day of the week falls on one only.
NEAR = (0, 1, -1)
FISCAL_END = 3  # the month in which a fiscal year ends


def told(text: str, mention: Mention[Expression]) -> str:
    """Return the day of the week that ``text`` writes behind the first end of ``mention``, or nothing."""
    match = _written(text, mention)
    return (match["inner"] or match["outer"]) if match else ""


def _written(text: str, mention: Mention[Expression]) -> re.Match[str] | None:
    if mention.rule.endswith("_range"):
        return WEEKDAY_TOLD.search(text, mention.start, mention.end)
    return WEEKDAY_TOLD.match(text, mention.end)


def year_of(parts: Parts, day_of_week: str, years: Iterable[int]) -> int:
    """Return the first of ``years`` in which the month and day fall on the day of the week; else 0.

    >>> from pipeline.entities.dates.parts import Parts
    >>> [year_of(Parts(month=7, day=14), day, (2022, 2023, 2021)) for day in "木金水土"]
    [2022, 2023, 2021, 0]
    """
    wanted = DAYS.index(day_of_week)
    for year in years:
        try:
            day = date(year, parts.month or 0, parts.day or 0)
        except ValueError:
            continue
        if day.weekday() == wanted:
            return year
    return 0


def possible(parts: Parts, year: int, past: Past | None, *, leans: bool, apart: bool) -> list[int]:
    """Return the years that a day of the week may tell, the likeliest first.

    Where nothing in the text tells the year, it is the one that the document's day gives or one beside it. A
    year that the text tells stands, and the day of the week only says whether it is misprinted; but behind a
    later month or day of that year the text may have gone on to the next one. No day lies before the one that
    it follows.

    Args:
        parts: The month and the day.
        year: What is read of the year; 0 where that is none.
        past: The date that runs in the text.
        leans: The year is that of ``past``.
        apart: ``past`` stands in another sentence, where a month alone leaves open how the text goes on.
    """
    here = (parts.month or 0, parts.day or 0)
    if past is None:
        return [year + apart for apart in NEAR]
    last = (past.period.year, past.period.part, past.period.day or 0)
    if not past.period.has_month():
        last = (past.period.year, 0, 0)
    if past.fiscal == "label":
        first = past.period.year - (here[0] > FISCAL_END)
        return [first, first + 1]
    if leans:
        open_month = apart and past.period.granularity == "month"
        turned = year == last[0] and (open_month or here <= last[1:])
        return [year, year + 1] if turned else [year]
    return [year + apart for apart in NEAR if (year + apart, *here) >= last]


def contradicts(text: str, mention: Mention[Expression], period: Period | None) -> bool:
    """Whether the day of the week that is written behind a whole date is not that of the day."""
    if period is None or not period.is_day() or period.year < NEW_CALENDAR.year:
        return False
    match = _written(text, mention)  # behind several days there stand several: 1日・2日（土・日）
    day_of_week = DAYS[date(period.year, period.part, period.day).weekday()]
    return match is not None and day_of_week not in match[0].replace("曜日", "")
