"""The day of the week behind a month and a day, which tells their year or refutes it: 7月14日（金）."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from pipeline.entities.dates.pieces import DAY_NAME, S
from pipeline.model.rule import Rule

if TYPE_CHECKING:
    from pipeline.entities.dates.parts import Expression, Parts
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


def told(text: str, mention: Mention[Expression]) -> str:
    """Return the day of the week that ``text`` writes behind the first end of ``mention``, or nothing."""
    match = WEEKDAY_TOLD.search(text, mention.start, mention.end)
    if match is None and not mention.rule.endswith("_range"):
        match = WEEKDAY_TOLD.match(text, mention.end)
    return (match["inner"] or match["outer"]) if match else ""


def year_of(parts: Parts, day_of_week: str, near: int) -> int:
    """Return the year by ``near`` in which the month and day fall on the day of the week; 0 where none does.

    >>> from pipeline.entities.dates.parts import Parts
    >>> [year_of(Parts(month=7, day=14), day, 2022) for day in "木金水土"]
    [2022, 2023, 2021, 0]
    """
    wanted = DAYS.index(day_of_week)
    for apart in NEAR:
        try:
            day = date(near + apart, parts.month or 0, parts.day or 0)
        except ValueError:
            continue
        if day.weekday() == wanted:
            return day.year
    return 0
