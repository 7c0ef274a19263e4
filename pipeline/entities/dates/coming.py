"""A month without a year in what is still to come, or behind a year that is left to be filled in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.entities.dates.around import is_past
from pipeline.entities.dates.facts import words
from pipeline.entities.dates.lengths import BLANK_YEAR
from pipeline.entities.dates.outlook import NOT_OF_IT, is_meant
from pipeline.model.rule import Rule

if TYPE_CHECKING:
    from datetime import date

    from pipeline.entities.dates.memory import Past
    from pipeline.entities.dates.parts import Expression
    from pipeline.model.entity import Mention

# A month up to EARLY that is told behind one from LATE on is the next year's (決め打ち).
LATE, EARLY = 10, 3
# The next month of the name lies further off than the last one (決め打ち).
HALF = 6
# How far before and behind a month what makes it one to come may stand (決め打ち).
REACH = 40
# So near before it the word that names it: 締切：1月7日 (決め打ち).
LABEL_REACH = 14
MARKS = frozenset("。、")
TO_COME = Rule(
    "told_as_to_come",
    rf"{words('to_come')}|予定(?!{words('no_plan')})|(?:{words('hoped_for')})(?!{words('no_plan')})"
    rf"|(?:{words('act_to_come')})(?:する|します|いたします|される|されます)(?:。|$)"
    r"|(?:行い|開き|締め切り|始め)ます(?:。|$)",
    reads=("12月20日に開催する⟦予定⟧である。", "12月20日に⟦開催する。⟧"),
    leaves=("予定されていた", "開催する会議", "予定通り"),
)
OF_A_NOUN = Rule(
    "month_of_what_plans",
    r"現在|時点|[一-龥]{0,4}調査(?:で|によ|時)"
    rf"|(?:(?!予定|見込)[一-龥ァ-ヶー]){{2,6}}(?<![会期了選戦])の"
    rf"(?!{words('to_come')}|(?:[一-龥]{{2,6}}[をに]、?)?(?:予定|見込|目指))",
    reads=("4月1日⟦現在⟧、改修を予定している。", "4月⟦開業の⟧新駅は、黒字の見込みである。"),
    leaves=("9月⟦に公表する予定", "9月⟦開業の予定", "9月⟦開業予定の駅", "9月⟦定例会の議案"),
)
# 8月に被害を受け、復旧を行う予定: whether the month is to come, too, is open.
GOES_ON = Rule(
    "clause_before_what_is_to_come",
    r"[ぁ-ん]{0,3}(?<!より)(?<!(?:か|向|む)けて)(?<!(?:おい|つい)て)[しえけせてねべめれきぎちびみりい]、"
    r"|、[^、。]{0,8}(?:来[年月週]|後日)",
    reads=("8月に被害を受⟦け、⟧復旧を行う予定である。", "10月2日に署名⟦、発効は来年⟧の予定"),
    leaves=("8月⟦に、", "8月⟦上旬から、"),
)
# 10月：諮問　2月：答申: between the months of a list stands no sentence.
IN_WORDS = Rule("words_of_a_sentence", "[ぁ-ん]", reads=("に",), leaves=("：諮問　", "、"))
# 募集期間：10月1日～31日: a notice says so of what comes soon, and a report of what has been.
PERIOD = Rule(
    "period_or_limit_before",
    rf"(?:{words('to_come')})[^。]{{0,10}}$",
    reads=("締切：", "募集期間："),
    leaves=("開催予定：",),
)
# 募集期間：5月1日～31日（応募総数123件）: what came in tells that it is over.
GATHERED = Rule(
    "what_came_in",
    r"(?:応募|提出|申込|申請|参加|来場)[^。、]{0,3}数[：:は][ 　]?\d[\d,]{0,8}[件人名社通](?!\d)|終了(?:し|済)",
    reads=("募集期間：5月1日～31日　⟦応募総数：123件⟧",),
    leaves=("募集人数：12名", "申請件数は1団体3件まで"),
)
# 11月に総会を開く。: of this year, or of every year.
PLAIN = Rule(
    "told_as_to_come_or_of_every_year",
    rf"(?:{words('plain_to_come')})(?:。|$)",
    reads=("11月に総会を⟦開く。⟧",),
    leaves=("開くことを", "開催するため"),
)
# 5月5日に予定している大会を中止すると述べた: the plan is still one.
PLANNED = Rule(
    "what_is_planned_right_behind",
    r"(?:[、・]\d{1,2}日){0,3}(?:に|から)?(?:開催を?|実施を?)?予定(?:して|されて)いる",
    reads=("市長は、5月5日⟦に予定している⟧大会を取りやめると述べた。",),
    leaves=("5月5日に予定していた", "5月5日に開いた"),
)
BLANK_BEFORE = Rule(
    "year_to_fill_in_earlier",
    rf"{BLANK_YEAR}[ 　]?年",
    reads=("⟦〇〇年⟧度は8月に行う。",),
    leaves=("二〇⟦〇〇年", "〇一年"),
)

# 2年前の3月, 震災から10年後の3月: a month of a year that is counted from another.
YEARS_APART = Rule(
    "month_of_a_year_counted",
    r"(?:[\d〇一二三四五六七八九十]|数)年[前後](?:の|、)?$",
    reads=("2年前の", "震災から十年後の", "数年前、"),
    leaves=("昨年の", "2年の", "午前の"),
)
# 2023年12月に決め、年明けの1月に始める: the January behind the month that is told of.
NEW_YEAR = Rule(
    "month_of_the_new_year",
    "(?:年明け(?:早々)?|年が明け(?:て|た)|(?<![ぁ-んァ-ヶ一-龥々])明けて)[の、]?$",
    reads=("2023年12月に決め、年明けの", "年が明けて", "2023年12月に決め、明けて"),
    leaves=("休み明けの", "夜が明けて"),
)


def of_no_told_year(text: str, mention: Mention[Expression], past: Past | None) -> bool:
    """Whether a month's year is left to be filled in (〇〇年度は8月に行う) or counted from another (2年前の3月)."""
    if YEARS_APART.search(text, max(0, mention.start - LABEL_REACH), mention.start):
        return True
    begin = past.end if past is not None and past.sentence == mention.sentence else 0
    return BLANK_BEFORE.search(text, max(begin, mention.start - REACH), mention.start) is not None


def new_year(text: str, mention: Mention[Expression], month: int, past: Past | None) -> int | None:
    """The year of 年明けの1月, 0 where nothing tells it; None for any other month, or where it is told as past."""
    before = text[max(0, mention.start - LABEL_REACH) : mention.start]
    if month > EARLY or NEW_YEAR.search(before) is None:
        return None
    if (
        past is not None
        and past.sentence == mention.sentence
        and past.period.granularity.startswith("fiscal")
    ):
        return past.period.year + 1
    if past is not None and past.period.has_month() and past.period.part > EARLY:
        return past.period.year + 1
    if past is not None and past.sentence == mention.sentence and text.startswith("年末", past.end - 2):
        return past.period.year + 1
    return None if is_past(text) else 0


def rolls_over(past: Past, year: int, month: int, reference: date | None) -> bool:
    """Whether a paragraph tells on into the next year: 12月に同意された。3月に公表された."""
    if reference is None or not past.period.has_month() or past.period.part < LATE or month > EARLY:
        return False
    return year == past.period.year and (year + 1, month) <= (reference.year, reference.month)


def year(
    text: str,
    mention: Mention[Expression],
    month: int,
    past: Past | None,
    reference: date,
    *,
    row: bool,
) -> int | None:
    """The year of a month that may lie ahead of the document.

    Behind a date of the text it acts in a document of the end of a year alone.

    Args:
        text: The sentence that the month stands in.
        mention: The month, with or without a day.
        month: Its number.
        past: The date whose year it would belong to.
        reference: The document's day.
        row: The sentence before, or the same table, holds ``past``, and not this sentence.

    Returns:
        The year; 0 where the month may be this year's or the next one's; None where nothing speaks of what is
        to come, so that the usual rule holds.
    """
    if reference.month < LATE:
        return _on(text, mention, month, past, reference) if past else _ahead(text, mention, month, reference)
    told = _is_to_come(text, mention) or (past is None and is_meant(text, mention))
    if past is not None:
        return _behind(past, reference, month, told=told, row=row and not text.endswith("。"))
    if told and month > reference.month:
        return reference.year
    return 0 if told and month <= EARLY else None


def _ahead(text: str, mention: Mention[Expression], month: int, reference: date) -> int | None:
    """The year of a month that no date of the text leads, in a document of before ``LATE``."""
    between = _before_it_comes(text, mention)
    if month > reference.month and between is not None:
        far = month - reference.month > HALF and _is_labelled(text, mention)
        over = GATHERED.search(text, mention.end, mention.end + REACH) is not None
        return 0 if far or over or GOES_ON.search(between) else reference.year
    if 0 < month - reference.month <= HALF and is_meant(text, mention):
        return reference.year
    if month > reference.month:
        plain = PLAIN.search(text, mention.end, mention.end + REACH)
        return 0 if plain and NOT_OF_IT.match(text, mention.end, plain.start()) is None else None
    return 0 if month < reference.month and between is not None and "、" not in between else None


def _is_labelled(text: str, mention: Mention[Expression]) -> bool:
    return PERIOD.search(text, max(0, mention.start - LABEL_REACH), mention.start) is not None


def _on(text: str, mention: Mention[Expression], month: int, past: Past, reference: date) -> int | None:
    """The year of the last month in a list of months to come, which run forward: 予定：10月、12月、2月."""
    period, here = past.period, past.sentence == mention.sentence and "年" not in text[: mention.start]
    if period.year == reference.year and 0 < month - reference.month <= HALF and is_meant(text, mention):
        return period.year
    listed = here and period.has_month() and period.year == reference.year
    ahead = listed and month < period.part > reference.month
    if not ahead or is_past(text) or IN_WORDS.search(text, past.end, mention.start):
        return None
    return period.year + 1


def _behind(past: Past, reference: date, month: int, *, told: bool, row: bool) -> int | None:
    """The year of a month behind ``past``, a date of the document's year; ``row``: both stand in rows."""
    period = past.period
    if period.year != reference.year or month > EARLY:
        return None
    if period.granularity.startswith("fiscal"):
        return period.year + 1 if told else None
    if not period.has_month():
        return 0 if told else None
    if period.part < LATE:
        return 0 if told and period.part > EARLY else None
    return period.year + 1 if told else 0 if row else None


def _is_to_come(text: str, mention: Mention[Expression]) -> bool:
    """Whether the words beside a month tell of it as of what is still to come."""
    return _before_it_comes(text, mention) is not None


def _before_it_comes(text: str, mention: Mention[Expression]) -> str | None:
    """What stands between a month and the words that tell of it as to come; None where there are none."""
    if is_past(text):
        return "" if is_meant(text, mention) or PLANNED.match(text, mention.end) else None
    label = text[max(0, mention.start - LABEL_REACH) : mention.start]
    named = TO_COME.search(label)
    if named and not MARKS & set(label[named.end() :]):
        near = text[mention.end : mention.end + REACH].partition("。")[0]
        return "" if NOT_OF_IT.match(near) is None else None
    behind = TO_COME.search(text, mention.end, mention.end + REACH)
    if behind is None:
        return None
    last = behind.end() - text.endswith("。", 0, behind.end())
    if NOT_OF_IT.match(text, mention.end, last) or OF_A_NOUN.match(text, mention.end, last):
        return None
    return text[mention.end : behind.start()]


def turns(past: Past, mention: Mention[Expression], month: int | None) -> bool:
    """Whether 2月 behind 令和8年度 may be of either year, where nothing says when the text speaks."""
    fiscal = past.period.granularity.startswith("fiscal")
    return month is not None and month < 4 and fiscal and past.sentence != mention.sentence
