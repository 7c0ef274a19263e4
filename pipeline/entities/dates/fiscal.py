"""The months behind a fiscal year: of it, or of the time in which what it is named for is prepared.

令和5年度は、9月に研修を、2月に発表会を行った runs over the end of the calendar year. 令和5年度入学者選抜 and 令和5年度当初予算
name what is made before that year, and 令和5年度決算 what is made behind it: of which year its months are, the
text does not say.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.entities.dates.facts import words
from pipeline.entities.dates.parts import DEICTIC
from pipeline.model.rule import Rule

if TYPE_CHECKING:
    from pipeline.entities.dates.memory import Fiscal, Past
    from pipeline.entities.dates.parts import Parts
    from pipeline.entities.dates.values import Reading
    from pipeline.model.sentence import Sentence

# In these months of the year itself nothing more is prepared for it (決め打ち).
BEGINNING = range(4, 7)
TERM = ("期", "決算期")  # 令和6年3月期: a firm's year, by the month in which it ends
STATE_ENDS = 3  # most firms' years end as the state's does; of others the months are not told apart
LABEL = Rule(
    "fiscal_year_as_a_label",
    rf"[^、。はがを（）\s\d]{{0,12}}(?:{words('made_for_a_year')})(?!に(?:よ|伴|基|沿|従)|後|を(?:進|踏|実行|もと|基))",
    reads=(
        "令和5年度⟦当初予算⟧は、9月から編成を始めた。",
        "令和5年度⟦の採用⟧試験は、3月に終えた。",
    ),
    leaves=(
        "令和5年度⟦は予算を",
        "令和5年度⟦の研修は",
        "令和5年度⟦、入試を",
        "令和5年度⟦税制改正により",
        "令和5年度⟦の計画を進め、",
    ),
)
SCHEDULE = Rule(
    "fiscal_year_of_a_schedule",
    "[^。]{0,16}(?:行事|日程|予定|カレンダー|スケジュール)[^。]{0,16}$",
    reads=("令和7年度⟦行事予定⟧",),
    leaves=("令和7年度⟦の予定である。", "令和7年度⟦の目標"),
)


def heads_a_column(parts: Parts, sentence: Sentence) -> bool:
    """Whether 翌年度 or 前年度 stands in a table: page after page it heads the same column (翌年度繰越額)."""
    counted = parts.unit == "fiscal_year" and parts.year_relation is not None
    return counted and parts.year_relation not in DEICTIC and sentence.kind == "table"


def of(reading: Reading, behind: str) -> Fiscal:
    """Return what a date is to the months behind it; ``behind`` is what follows it in its sentence."""
    parts, period, past = reading.parts, reading.period, reading.antecedent
    if period is not None and period.granularity.startswith("fiscal"):
        if LABEL.match(behind):
            return "label"
        return "schedule" if SCHEDULE.match(behind) else "year"
    if parts.month is None:
        return ""
    if parts.month == STATE_ENDS and parts.day is None and behind.startswith(TERM):
        return "term"
    if parts.has_year:
        named = parts.year_relation is None or parts.year_relation in DEICTIC
        return "year" if named and parts.unit == "fiscal_year" else ""
    inherited = past.fiscal if past is not None else ""
    return "year" if inherited == "term" else inherited


def year_of_month(past: Past, month: int, *, follows: bool, label: bool = False) -> int:
    """The year of a bare month behind ``past``, 0 where the text does not tell it.

    Both 12月、1月 and 令和7年度の11月と3月 run over the end of the year.

    Args:
        past: The date that the month leans on.
        month: Its number.
        follows: It stands behind ``past`` in a list.
        label: Behind the name of something, the months are not those of the year. Behind 令和6年3月期 the next
            three may be of that year, or those in which its figures come out.
    """
    period = past.period
    if past.fiscal == "term":
        return 0 if label and month in BEGINNING else period.year - (month > STATE_ENDS)
    if label and past.fiscal == "label" and month not in BEGINNING:
        return 0
    if period.granularity.startswith("fiscal"):
        return period.year + (month < 4)
    late = 4 if past.fiscal else 10 if follows else 13
    return period.year + (period.has_month() and period.part >= late and month <= 3)
