"""Days without a month that no date before them leads: 知事は29日、発表した; 審議官（15日）."""

from __future__ import annotations

from calendar import monthrange
from itertools import islice
from typing import TYPE_CHECKING

from pipeline.entities.dates.around import DAY_OF_WEEK, TIME_OF_DAY, is_past
from pipeline.entities.dates.facts import words
from pipeline.entities.dates.leaning import ONE_DAY
from pipeline.eras import shift_month
from pipeline.model.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from pipeline.entities.dates.memory import Memory, Past
    from pipeline.entities.dates.parts import Expression, Parts
    from pipeline.model.entity import Mention
    from pipeline.model.sentence import Sentence

# So many dates back one is told of whose day is named again in brackets (決め打ち).
DEPTH = 12
# 知事は29日、: the day on which someone did what the sentence tells; not 期間は3日、 which is a length.
SUBJECT = Rule(
    "who_did_something_on_a_day",
    rf"(?:^[ 　「]?|[。】＝=]|(?<!{words('length_that_is_told')})(?<!天)[はが]、?)$",
    reads=("知事は", "台風は、", "【若葉通信】"),
    leaves=("期間は", "会期は", "平均が", "残り"),
)
TOLD = Rule(
    "what_was_done_on_a_day",
    "、|付(?![近属与])|になって",
    reads=("29日⟦、⟧発表した。", "29日⟦付⟧で", "市は30日⟦になって⟧発表した。"),
    leaves=("29日⟦付近", "30日⟦になる"),
)
# 14日付の朝刊: of no length is anything dated.
PAPER = Rule(
    "paper_of_a_day",
    "付け?の?(?:朝刊|夕刊|紙面|新聞)",
    reads=("全文は14日⟦付朝刊⟧で読める。", "14日⟦付の夕刊⟧"),
    leaves=("14日⟦付近", "14日⟦付で"),
)
# 15日に上陸するおそれがある: what is forecast for a day soon to come.
FORECAST = Rule(
    "forecast_for_a_day",
    words("forecast"),
    reads=("台風は15日の夜に上陸する⟦おそれ⟧がある。", "15日の夜は雨が強まる⟦見込み⟧です。"),
    leaves=("台風は15日の夜に上陸した。",),
)
# 停電は3日、断水は10日続いた: how long each took; not 市は3日、参加者は200人だと述べた.
PARALLEL = Rule(
    "another_amount_beside",
    r"、[^、。\d]{1,12}[はが](?:約|平均|延べ|計)?[\d.,]{1,9}(?:[^\d、。と]|とな)(?:[^。と]|とな){0,40}(?:。|$)",
    reads=("停電は3日⟦、断水は10日続いた。⟧", "審議は4日⟦、質疑は20時間行われた。⟧"),
    leaves=("市は3日⟦、参加者は200人だと述べた。", "市は3日⟦、計画を発表した。"),
)
COLON = Rule(
    "colon_behind_a_month", "[ 　]?[：:／/][ 　]?", reads=("12月⟦：⟧11日（月）",), leaves=("12月⟦に11日",)
)

# 【若葉21日共同】: the place and the day of a report.
PLACE_BEFORE = Rule(
    "place_of_a_report_before",
    r"[【［](?:[一-龥々ァ-ヶー・]{1,10}[＝=、 　]?){1,2}"
    rf"(?<![第全約計])(?<!{words('no_place_of_a_report')})(?<![第全約計残期][ 　])$",
    reads=("【若葉", "【青葉市＝小野太郎、", "［若葉　"),
    leaves=("【連載第", "【会期", "【毎月", "【夏季休暇", "（若葉"),
)
REPORT_BEHIND = Rule(
    "end_of_the_place_of_a_report",
    r"[ 　＝=]?[一-龥ァ-ヶー]{0,6}[】］]",
    reads=("21日⟦】⟧", "21日⟦共同】⟧", "21日⟦　通信］⟧"),
    leaves=("21日⟦に開く】", "21日⟦間の旅程表示】"),
)
SIGNED = frozenset("＝=")
# A line that says no more than when a report was made (決め打ち: its length).
LINE = 40
# So many days behind that line the document speaks at most (決め打ち).
SOON = 7
# So many days ahead a forecast reaches, and so far before today a day is that of the next month (決め打ち).
AHEAD, FAR = 10, 20


def spoken_on(
    mention: Mention[Expression], past: Past | None, sentences: Sequence[Sentence], today: date | None
) -> date | None:
    """Return the day on which the text speaks: that of the line at its head, else the document's.

    2024年6月25日｜市は23日、計画を発表した。
    """
    if past is None:
        return today
    if past.period.granularity != "day" or past.ranged:
        return None
    text = sentences[past.sentence].text
    closed = REPORT_BEHIND.match(text, past.end) or (text[0] == "（" and text.startswith("）", past.end))
    line = past.sentence != mention.sentence and len(text) <= LINE and not text.endswith("。")
    return past.period.first_day() if closed or line else None


def is_of_now(past: Past, parts: Parts, mention: Mention[Expression], today: date) -> bool:
    """Whether a report goes on to tell by its own day: 7日に再開した。…市は4日、発表した, in the month of ``past``."""
    period = past.period
    if past.ranged or past.sentence == mention.sentence or not period.has_month():
        return False
    if (period.year, period.part) == (today.year, today.month):
        return True
    last = shift_month(today.year, today.month, -1) == (period.year, period.part)
    return last and (parts.day or 0) < period.day


def month_of(
    text: str, parts: Parts, spoken: date, today: date | None, past: Past | None
) -> tuple[int, int] | None:
    """Return year and month of the last day of this number up to ``spoken``; None where it may lie behind.

    What is forecast lies soon behind it, if need be in the next month.
    """
    day = parts.day or 0
    if is_forecast(text):
        if day < spoken.day:  # 3日 on the 28th; on the 20th, 15日 is over
            return shift_month(spoken.year, spoken.month, 1) if day + FAR < spoken.day else None
        return (spoken.year, spoken.month) if day <= spoken.day + AHEAD else None
    if day <= spoken.day:
        return spoken.year, spoken.month
    soon = past is None or (today is not None and 0 <= (today - spoken).days <= SOON)
    fits = day <= monthrange(spoken.year, spoken.month)[1]
    return None if fits and not soon else shift_month(spoken.year, spoken.month, -1)


def heads_a_report(text: str, mention: Mention[Expression]) -> bool:
    """Whether a bare day is the one on which a report was written: 【若葉21日】."""
    before = PLACE_BEFORE.search(text, max(0, mention.start - 24), mention.start)
    behind = REPORT_BEHIND.match(text, mention.end) if before else None
    if before is None or behind is None:
        return False
    return is_past(text) or len(behind.group()) > len("共同") or not SIGNED.isdisjoint(before.group())


def of_the_document(text: str, mention: Mention[Expression], parts: Parts, today: date) -> bool:
    """Whether a bare day is of the month in which the document speaks, or of the one before it.

    The report of a day names no month: 市は29日、計画を発表した. With its time or told as past,
    it is no number of days.
    """
    if heads_a_report(text, mention):
        return True
    if PAPER.match(text, mention.end):
        return True
    time = TIME_OF_DAY.match(text, mention.end) is not None
    if time and is_forecast(text):
        return True
    if parts.mod or not SUBJECT.search(text[max(0, mention.start - 4) : mention.start]):
        return False
    if PARALLEL.match(text, mention.end) or (parts.day == 1 and ONE_DAY.match(text, mention.end)):
        return False
    if time:
        return is_past(text) or (parts.day or 0) <= today.day
    return TOLD.match(text, mention.end) is not None and (is_past(text) or is_forecast(text))


def is_forecast(text: str) -> bool:
    """Whether a sentence says what is forecast, and not what was."""
    return not is_past(text) and FORECAST.search(text) is not None


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
