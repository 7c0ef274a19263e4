"""Months and days of no running year: 11月の児童虐待防止推進月間, 2月22日は「竹島の日」, 3月11日の震災（2011年）."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.entities.dates.around import is_past
from pipeline.model.rule import Rule

if TYPE_CHECKING:
    from pipeline.entities.dates.memory import Past
    from pipeline.entities.dates.parts import Expression
    from pipeline.model.entity import Mention

_NAME = "[一-龥々ァ-ヶー・ぁ-んA-Za-z0-9]"
_TIME = "(?<![0-9〇一二三四五六七八九十数毎か])(?:月間|週間|旬間)"
# 11月は「いじめ防止月間」である: a month or a day that bears a name bears it every year.
BEHIND = Rule(
    "named_month_or_day_behind",
    rf"(?:の|(?:は|を)、?)[「『“]?(?:{_NAME}{{2,18}}{_TIME}|{_NAME}{{1,14}}の日(?![一-龥常程本]))",
    reads=("11月⟦は「いじめ防止月間⟧」である。", "9月1日⟦の防災の日⟧に合わせる。"),
    leaves=("9月1日⟦の会議", "9月1日⟦は休みの日程", "5月⟦の3週間で", "8月⟦の1か月間は"),
)
IN_BRACKETS = Rule(
    "named_month_or_day_in_brackets",
    rf"（{_NAME}{{1,14}}の日）",
    reads=("11月3日⟦（文化の日）⟧は入館できる。",),
    leaves=("11月3日⟦（日）",),
)
BEFORE = Rule(
    "named_month_before",
    rf"{_TIME}[」』”]?(?:である|の|（)$",
    reads=("いじめ防止月間である",),
    leaves=("3週間後の",),
)
# 3月11日の東日本大震災（2011年）, …から7年が経過した: the day is of the year of what happened on it.
OF_AN_EVENT = Rule(
    "day_of_an_event_with_its_year",
    rf"の{_NAME}{{1,16}}?[」』”]?"
    r"(?:（(?:1[89]|20)\d\d年?）|から[^、。\d]{0,6}\d{1,3}年(?:[がと目]|に(?:なる|なり|なっ)|を迎え|余り|近く))",
    reads=("3月11日⟦の東日本大震災（2011年）⟧から学ぶ。", "3月11日⟦の震災から早や7年が⟧経過した。"),
    leaves=("3月11日⟦の震災（30年）", "3月11日⟦、震災（2011年）", "10月1日⟦の施行から3年以内に"),
)
# 6月に支給する場合においては: what a rule says of every year. 6月1日に欠席する場合 may be of this one.
IN_A_RULE = Rule(
    "month_in_a_rule",
    r"に[^、。（）]{0,14}?[うくすたつぬぶむるぐ](?:場合|とき)(?:に|は|、|の|[がもと])",
    reads=("6月⟦に支給する場合に⟧は、100分の125とする。", "3月⟦に退職するときは⟧、支給しない。"),
    leaves=("6月⟦に支給する額は", "6月⟦に支給するところの"),
)
# 会計年度は、4月1日に始まる: of every year.
YEAR_OF_A_RULE = Rule(
    "year_that_begins_with_it",
    "(?:会計年度|事業年度|営業年度|学年|学期)は、?$",
    reads=("会計年度は、", "学年は"),
    leaves=("令和7年度は、", "事業年度の"),
)
# How far before the month its name may begin (決め打ち).
REACH = 8


def of_an_event(text: str, mention: Mention[Expression], past: Past | None) -> bool:
    """Whether a bare day that no date leads is that of an event whose year stands behind it."""
    day = mention.payload.first.day and mention.payload.second is None
    return bool(day and past is None and OF_AN_EVENT.match(text, mention.end))


def of_every_year(text: str, mention: Mention[Expression], past: Past | None) -> bool:
    """Whether a bare month or day bears a name that comes every year, and is not told of as past.

    Behind a year that the text tells of (昭和20年は転換の年だ。8月15日は終戦の日である) it is of that year.
    """
    here = past is not None and past.sentence == mention.sentence
    if of_an_event(text, mention, past) or (not here and _in_a_rule(text, mention)):
        return True
    of_year = past is not None and past.period.granularity == "year" and not past.ranged
    if here or of_year or mention.payload.second is not None or is_past(text):
        return False
    if BEHIND.match(text, mention.end):
        return True
    if mention.payload.first.day and past is None and IN_BRACKETS.match(text, mention.end):
        return True
    return BEFORE.search(text, max(0, mention.start - REACH), mention.start) is not None


def _in_a_rule(text: str, mention: Mention[Expression]) -> bool:
    """Whether a rule names a bare month for every year, or the day on which a kind of year begins."""
    if is_past(text):
        return False
    if not mention.payload.first.day and IN_A_RULE.match(text, mention.end):
        return True
    return YEAR_OF_A_RULE.search(text, max(0, mention.start - REACH), mention.start) is not None
