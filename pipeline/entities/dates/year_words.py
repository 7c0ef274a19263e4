"""The words behind a bare number that make it a year, where nothing else in the text does."""

from __future__ import annotations

import re

from pipeline.eras import eras

# From this number on, a year that stood in the text before may lie far from the one told of: 昭和23年 (決め打ち).
SERIES = 20
# 24年の…法の施行により, 28年の刑法の一部改正, 33年の第1次…会議, 35年に招集された: what is said of a point in time, and not of a length (10年に及ぶ).
TOLD = re.compile(
    r"の[^、。]{1,24}?(?:の一部改正|[法令約](?:等|など)?の(?:施行|改正|制定|公布|発効))|の第\d|に(?!及|わた|渡|達|満|延|短|一度|[一1]回|[一-龥]{0,2}間)(?:[一-龥]{2}(?:され|し[たてま、]|さ)|は、?)|には"
)
# 8年には, of the last years of the running era; 76年の, 69年以来: no era counts so far.
RECENT, TOLD_RECENT = 3, re.compile("には|における|において")
# 57年は in the edition of 昭和58年: so long a time is rarely spoken of, and so late a year often.
TOPIC = re.compile(r"[はも](?=[\d、一-龥])")
TOLD_WESTERN = re.compile(
    "以[来降]|から|には|の(?!歴史|伝統|節目|歩み|あゆみ|経験|長|間|生涯|人生)|に(?!及|わた|渡|達|満|一度|[一1]回|な|も|当)"
)


def told(number: int, behind: str, latest: int) -> bool:
    """Whether what is said behind a number is said of a year, and not of a length of time.

    Args:
        number: That stands before 年.
        behind: The first characters behind 年.
        latest: The number of the document's year in the running era.

    >>> [told(*case) for case in ((33, "の第1次会議", 6), (24, "の少年法の施行により", 1), (35, "に及ぶ", 6), (8, "には、", 9), (57, "は1,064件", 58), (76, "以来", 52))]
    [True, True, False, True, True, True]
    """
    ended = any(era.last is not None and era.holds(number) for era in eras().values())
    if number > latest and not ended:
        return TOLD_WESTERN.match(behind) is not None
    recent = latest - RECENT <= number <= latest
    if number >= SERIES and (TOLD.match(behind) or (recent and TOPIC.match(behind))):
        return True
    return recent and TOLD_RECENT.match(behind) is not None
