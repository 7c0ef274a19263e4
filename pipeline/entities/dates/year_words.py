"""The words behind a bare number that make it a year, where nothing else in the text does."""

from __future__ import annotations

import re
from typing import Literal

from pipeline.entities.dates.facts import words
from pipeline.eras import eras
from pipeline.model.rule import Rule

# From this number on, a year that stood in the text before may lie far from the one told of: 昭和23年 (決め打ち).
SERIES = 20
_NI = rf"に(?!{words('length_behind_ni')}|[一1]回|[一-龥]{{0,2}}間)"
# What is said of a point in time, and not of a length (10年に及ぶ).
TOLD = Rule(
    "year_told",
    rf"""の[^、。]{{1,24}}?(?:施行|改正|制定|公布|発効)
        | の第\d
        | {_NI}(?:[一-龥]{{2}}(?:され|し[たてま、]|さ)|は)""",
    reads=(
        "24年⟦の少年法の施行⟧により改め、28年の刑法の一部改正により加えた。",
        "この会議は、33年⟦の第1⟧次会議において採択され、35年に招集された第2次会議に続いた。",
        "35年⟦に招集され⟧た会議",
    ),
    leaves=("10年⟦に及ぶ", "40年⟦に1回"),
    flags=re.VERBOSE,
)
# 8年には, of the last years of the running era.
RECENT = 3
TOLD_RECENT = Rule(
    "year_told_recent",
    "には|における|において|産(?:米|麦|水稲|小麦|大豆)",
    reads=("監視を実施しており、26年⟦には⟧、違反を787件送致した。", "26年⟦における⟧", "5年⟦産米⟧の価格"),
    leaves=("26年⟦に1回", "5年⟦産業"),
)
# 57年は in the edition of 昭和58年: so long a time is rarely spoken of, and so late a year often.
TOPIC = Rule(
    "year_topic",
    r"[はも](?=[\d、一-龥])",
    reads=("件数は依然として25年⟦は⟧1,064件である。",),
    leaves=("25年⟦はない",),
)
# 76年の, 69年以来: no era counts so far.
TOLD_WESTERN = Rule(
    "year_told_western",
    rf"以[来降]|から|には|の(?!{words('length_behind_no')})|{_NI}",
    reads=("76年⟦の⟧軍縮討議では、条約案が作成された。", "69年⟦以来⟧討議されている。"),
    leaves=("75年⟦の歴史", "75年⟦に及ぶ"),
)
# 2000年は100、10年は110; 1920年に始まり、25年、30年と続いた.
TOLD_OF = Rule(
    "year_told_behind_a_western_year",
    rf"{TOPIC.pattern}|{TOLD_WESTERN.pattern}|、\d\d年",
    reads=("2000年は100、10年⟦は⟧110である。", "1920年に始まり、25年⟦、30年⟧と続いた。"),
    leaves=("2000年に始め、15年⟦に延びた", "2010年の平均は12年⟦で"),
)
# 23年通年では: the year as a whole, and not what is done all year (通年雇用).
WHOLE = Rule(
    "year_as_a_whole",
    f"通年(?:では|は|の(?:{words('whole_year_of')})|$)",
    reads=("23年⟦通年では⟧増えた。", "23年⟦通年の輸出⟧は減った。"),
    leaves=("23年⟦を通じて", "23年⟦通年雇用", "23年⟦通年で開館"),
)
# 27年度までに整備した団体: what was done by then, and no goal.
REACHED = Rule(
    "goal_that_was_reached",
    r"[^。]*?[しれいっきえめじ]た(?![めいだるりっ])",
    reads=("平成25年に着手し、27年度⟦までに整備した⟧団体", "27年度⟦までに行われた⟧。"),
    leaves=("27年度までに整備する。", "27年度までに整備したい。", "27年度までに整備するため、"),
)
# 8年度から12年度までを計画期間とする, 8年度に着工する予定: what is planned.
PLANNED = Rule(
    "year_that_is_planned",
    rf"[ぁ-ん、 　][^。]{{0,24}}(?:{words('planned')})",
    reads=("8年度⟦までを計画⟧期間とする。", "8年度⟦に着工する予定⟧である。"),
    leaves=("8年度⟦は12件である。", "8年度⟦計画の実績"),
)
# What follows a year that lies ahead: 12年度までに.
AIMS = ("までに", "を目", "に向", "を期")
Goal = Literal["", "aimed", "planned"]
# Behind a number up to this one, 通年 is said of a class: 3年通年の科目 (決め打ち).
CLASSES = 12


def told(number: int, behind: str, latest: int) -> bool:
    """Whether what is said behind a number is said of a year, and not of a length of time.

    Args:
        number: That stands before 年.
        behind: The first characters behind 年.
        latest: The number of the document's year in the running era.

    >>> cases = ((33, "の第1次会議", 6), (24, "の少年法の施行により", 1), (35, "に及ぶ", 6), (8, "には、", 9))
    >>> [told(*case) for case in (*cases, (57, "は1,064件", 58), (76, "以来", 52))]
    [True, True, False, True, True, True]
    """
    if number > CLASSES and WHOLE.match(behind):
        return True
    ended = any(era.last is not None and era.holds(number) for era in eras().values())
    if number > latest and not ended:
        return TOLD_WESTERN.match(behind) is not None
    recent = latest - RECENT <= number <= latest
    if number >= SERIES and (TOLD.match(behind) or (recent and TOPIC.match(behind))):
        return True
    return recent and TOLD_RECENT.match(behind) is not None


def goal_of(behind: str) -> Goal:
    """Return whether the words behind a year aim at it or plan for it; what was reached by it is neither.

    >>> [goal_of(words) for words in ("までに整える。", "に完成する予定である。", "に完成した。", "は12件")]
    ['aimed', 'planned', '', '']
    """
    if REACHED.match(behind):
        return ""
    return "aimed" if behind.startswith(AIMS) else "planned" if PLANNED.match(behind) else ""
