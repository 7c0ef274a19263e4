"""What is written within a year: month, day, quarter, half, season."""

from __future__ import annotations

import re

from pipeline.entities.dates.facts import words
from pipeline.entities.dates.pieces import (
    DASH,
    DAY_DIGITS,
    ERA,
    LIST_SIGN,
    MEMBER,
    MONTH_DIGITS,
    OWN_SA,
    RANGE_SIGN,
    SMALL,
    S,
)
from pipeline.model.rule import Rule

_V = re.VERBOSE
# Days that have a name: 1 January, 31 December.
NAMED_DAYS = {"元日": (1, 1), "元旦": (1, 1), "大晦日": (12, 31), "大みそか": (12, 31)}
# 前年比, 前年同期比: the base of a ratio
RATIO = Rule(
    "ratio",
    r"(?:同期|同月|対)?比",
    reads=("平成22年は前年⟦比⟧5％増である。", "前年⟦同期比⟧"),
    leaves=("前年⟦の比",),
)
MONTH = Rule(
    "month",
    rf"{S}(?:閏{S})?(?P<m>{SMALL}|正){S}月",
    reads=("⟦10月⟧", "⟦正月⟧", "養老6年⟦閏4月⟧25日"),
    leaves=("⟦123月",),
)
# 平成23年   6月  8日: set apart for the look, the blanks are no edge of a column.
MONTH_APART = Rule(
    "blanks_before_a_month",
    "[ 　]{2,4}(?=[0-9]{1,2}[ 　]?月(?![一-龥ぁ-ん]{0,3}(?:[ 　]{2}|$)))",
    reads=("平成23年⟦  ⟧6月 定例会",),
    leaves=("平成23年⟦ 6月", "平成23年⟦の6月"),
)
DAY_APART = Rule(
    "blanks_before_a_day",
    "[ 　]{2,4}(?=[0-9]{1,2}[ 　]?日(?!間))",
    reads=("平成23年6月⟦  ⟧8日",),
    leaves=("平成23年6月⟦ 8日", "平成23年6月⟦の8日"),
)
# （12月　日～1月　日）: a form in which the day is left to be filled in.
DAY_TO_FILL = Rule(
    "day_to_fill_in",
    r"[ 　]{1,8}日(?=[ 　（～~－-]|[にまのかをはと、。）](?!本)|$)",
    reads=("12月⟦　日⟧～1月　日",),
    leaves=("12月⟦ 日本", "12月⟦3日", "12月⟦　日曜"),
)
MONTH_RELATIVE = Rule(
    "month_relative",
    rf"""(?P<rel> 同|翌々?|(?<!以)前々?|再来|{OWN_SA}来|先々?|今|(?<!日)本|(?<![従本再さ])来 )月
        (?!{words("no_relative_month")})""",
    reads=("⟦先月⟧の", "⟦再来月⟧に", "⟦さ来月⟧に", "⟦先々月⟧の", "平成22年3月と⟦翌月⟧に"),
    leaves=("同月例", "従来月"),
    flags=_V,
)
SAME_MONTH = Rule(
    "month_same",
    rf"(?P<rel>同|翌)(?={SMALL}月)",
    reads=("平成22年5月10日の⟦同⟧3月に", "平成22年5月と⟦翌⟧4月"),
    leaves=("⟦同月",),
)
DAY = Rule("day", rf"{S}(?P<d>{SMALL}){S}日", reads=("5月⟦3日⟧",), leaves=("⟦123日",))
RELATED_DAY = Rule(
    "day_numbered",
    rf"(?P<rel>同|翌|(?<![一-龥])[本昨明]){S}(?P<d>{SMALL}){S}日(?!間|目)",
    reads=("本年2月13日に発生し、⟦翌14日⟧に視察した。", "⟦本9日⟧、会談した。", "⟦昨8日⟧に"),
    leaves=("⟦翌3日間", "日⟦本9日", "⟦本3日間"),
)
# 今日 is a day where a meeting speaks of itself, else the world of today: what is said to the meeting, or was
# done in it, and not what is so nowadays (…ている, …がある). The reach is 決め打ち.
_SAID = (
    r"(?:[^。]{0,80}?(?:(?<!て[いお])(?<!ており)(?<![なあ]り)ま[すし]|述べて(?:い|おり)ま)"
    r"|で[^、。]{0,30}た。|で決ま(?:った|りま)|に先立ち|(?<=議題)は[^。]{0,30}です|(?<=日程)は[^。]{0,30}です)"
)
_GUESTS = words("guest_today")
TODAY = (
    rf"(?:の(?:{words('part_of_today')}|{words('at_hand_today')}|(?:{words('meeting_today')}){_SAID})"
    rf"|、?(?:午前|午後|\d\d?時(?![間代]))|[は、]{{0,2}}(?:{_GUESTS})|は[^、。]{{0,20}}(?:{_GUESTS})"
    r"|[はも][^。]{0,60}ありがとうございま(?:す|した)(?!と)"
    rf"|は[^、。]{{0,20}}(?:{words('asked_today')})(?:(?:し|いたし|て(?:いただ|頂)き)?ま[すし]|た[いく]))"
)
DAY_RELATIVE = Rule(
    "day_relative",
    rf"""(?: (?P<rel> (?<![合共協])同|翌々?|(?<!以)前々?|(?<!日)本|一昨|昨|明後?|今(?=日{TODAY}) ) 日 )
        (?!{words("no_relative_day")})""",
    reads=(
        "⟦昨日⟧、",
        "⟦明後日⟧まで",
        "⟦今日⟧の委員会で決めた。",
        "⟦今日⟧は大臣に伺います。",
        "5月3日と⟦翌日⟧に",
    ),
    leaves=(
        "同日本の",
        "明日を担う",
        "合同日程",
        "今日の社会",
        "今日の委員会には課題があります。",
        "今日は進んでいる。",
    ),
    flags=_V,
)
# 同年同月同日, 翌年同日: the day behind a year or month that is related.
SAME_DAY = Rule(
    "day_same",
    rf"同日(?!{words('no_relative_day')})",
    reads=("令和3年5月8日に始まり、翌年⟦同日⟧に終わった。", "令和3年5月8日の同月⟦同日⟧"),
    leaves=("同月同日程で",),
)
NAMED_DAY = Rule(
    "day_named",
    rf"(?:の)?(?P<n>{'|'.join(NAMED_DAYS)})",
    reads=("平成25年⟦元旦⟧", "2013年⟦の元日⟧"),
    leaves=("元年",),
)
MONTH_END = Rule(
    "month_end", r"の?(?:晦日|みそか|末日)", reads=("平成25年2月⟦末日⟧", "2月⟦の末日⟧"), leaves=("月末",)
)
_ROMAN = "Ⅰ|Ⅱ|Ⅲ|Ⅳ|I{1,3}|IV"
_Q = f"(?P<q>[1-4一二三四]|{_ROMAN})"
# 第1四半期, 第Ⅱ四半期, 第二・四半期, Q3, 3Q
QUARTER = Rule(
    "quarter",
    rf"""{S}の?{S} (?: 第?{S}{_Q}{S}[・／/]?四半期 | [ /-]?Q(?P<q1>[1-4])(?![A-Za-z0-9])
        | [ /-]?第?(?P<q2>[1-4])Q(?![A-Za-z0-9]) )""",
    reads=(
        "2014年⟦第1四半期⟧",
        "昭和三十七年度⟦第二・四半期⟧",
        "2022年⟦Q3⟧は",
        "2022年度⟦3Q⟧",
        "2022年⟦第Ⅱ四半期⟧",
        "2022年⟦第 1 四半期⟧は",
    ),
    leaves=("四半期", "第5四半期"),
    flags=_V,
)
# The other end of 2022年Q1からQ3
CLOSING_QUARTER = Rule(
    "quarter_closing",
    r"(?:Q(?P<q1>[1-4])|(?P<q2>[1-4])Q)(?![A-Za-z0-9])",
    reads=("2022年Q1から⟦Q3⟧まで", "2022年度1Q～⟦3Q⟧"),
    leaves=("Q5",),
)
OPEN_QUARTER = Rule(
    "quarter_open",
    rf"""{S}の?{S}第?{S}{_Q} (?={S}(?:{RANGE_SIGN}|{LIST_SIGN}){S}第?(?:[1-4一二三四]|{_ROMAN}){S}四半期)""",
    reads=("2014年度⟦第1⟧～第3四半期",),
    leaves=("⟦第1四半期",),
    flags=_V,
)
HALF = Rule(
    "half", "の?(?P<h>[上下](?:半?期|半年))", reads=("平成16年⟦上半期⟧", "2010年度⟦上期⟧"), leaves=("半期",)
)
# Without a year, 上期 and 下半期 lean on the one that runs.
HALF_ALONE = Rule(
    "half_alone",
    r"(?<![一-龥々])(?P<h>[上下]半?期)(?!間)",
    reads=("2020年上半期は減少し、⟦下半期⟧は回復した。",),
    leaves=("地上期間",),
)
# 40年上期中に増え、同下期中に減った
HALF_SAME = Rule(
    "half_same",
    r"(?<![一-龥])同年?度?の?(?P<h>[上下](?:半期|期(?![待限末間])))",
    reads=("昭和40年上期に増え、⟦同下期⟧に減った。", "⟦同下半期⟧は"),
    leaves=("合同上期", "同上の"),
)
SEASON = Rule(
    "season",
    rf"""の?(?P<s>[春夏秋冬])
        (?: (?P<k>[季期])(?![一-龥]|オリ|五輪) | (?=[頃以末]|$|[^一-龥々ァ-ヶ]) | (?={words("behind_season")}) )""",
    reads=("令和6年⟦夏⟧頃", "平成25年⟦の春⟧", "2014年⟦秋季⟧"),
    leaves=("⟦春闘", "⟦秋田県"),
    flags=_V,
)
# The other end of 2019年夏から秋にかけて
SEASON_END = Rule(
    "season_closing",
    "(?P<s>[春夏秋冬])(?=に|まで|頃|[、。）の]|$)",
    reads=("2019年夏から⟦秋⟧にかけて", "2019年春～⟦夏⟧"),
    leaves=("2019年夏から⟦秋田県", "2019年夏から⟦冬場"),
)
SEASON_RELATIVE = Rule(
    "season_relative",
    rf"(?P<rel>{words('season_relation')})(?:年の?)?(?P<s>[春夏秋冬])(?=[^一-龥々ァ-ヶ]|$|[頃以末])",
    reads=("⟦今春⟧", "⟦昨年の秋⟧"),
    leaves=("今春闘",),
)
_ONWARD = "(?=以降|以後|頃|ごろ)"
# Of the year that is spoken of; 夏には may be any summer.
SEASON_ALONE = Rule(
    "season_alone",
    rf"(?<![一-龥々])(?P<s>[春夏秋冬])(?:場|口)?{_ONWARD}",
    reads=("昭和51年の物価は安定したが、⟦夏場⟧以降、伸びた。",),
    leaves=("夏には",),
)
OPEN_MONTH = Rule(
    "month_open",
    rf"{S}(?P<m>{SMALL})(?=(?:{MEMBER}{SMALL}){{1,12}}{S}月(?!間)(?P<lot>分(?!布))?)",
    reads=("平成19年⟦5⟧～6月", "平成19年⟦5⟧、6月分"),
    leaves=("⟦5～6月間",),
)
# 令和5年11/1: behind a year, a month and a day in digits.
SLASHED_DAY = Rule(
    "month_and_day_behind_a_year",
    rf"{S}(?P<m>{MONTH_DIGITS})/(?P<d>{DAY_DIGITS})(?![\d/.％%人件倍])",
    reads=("令和5年⟦11/1⟧（水）",),
    leaves=("令和5年⟦13/1", "令和5年⟦1/3倍"),
)
# 平成18年4～平成19年3月: the unit of the month stands behind the year of the other end.
OPEN_MONTH_OF_YEAR = Rule(
    "month_open_before_a_year",
    rf"{S}(?P<m>{MONTH_DIGITS})(?={S}(?:[～~]|{DASH}|から){S}"
    rf"(?:(?:{ERA})?{S}(?:\d{{1,2}}|元)|[12]\d{{3}}){S}年{S}{MONTH_DIGITS}{S}月)",
    reads=("平成18年⟦4⟧～平成19年3月", "2018年⟦10⟧-2019年3月"),
    leaves=("平成18年⟦4～6月", "平成18年⟦4、平成19年3月"),
)
OPEN_DAY = Rule(
    "day_open",
    rf"{S}(?P<d>{SMALL})(?=(?:{MEMBER}{SMALL}){{1,30}}{S}日(?!間))",
    reads=("平成19年8月⟦20⟧～23日",),
    leaves=("⟦20～23日間",),
)
