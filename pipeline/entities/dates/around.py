"""What joins two dates, and what beside a number decides whether it is one."""

from __future__ import annotations

import re

from pipeline.entities.dates.facts import words
from pipeline.entities.dates.pieces import ERA, LIST_SIGN, RANGE_SIGN, SHORT, SMALL, WEEKDAY, S
from pipeline.model.rule import Rule

_V = re.VERBOSE
_AND = f"{S}(?:、(?:及び|並びに)?|・|及び|並びに|と){S}"
RANGE = Rule(
    "range_sign",
    rf"{S}(?:{WEEKDAY}{S})?(?:{RANGE_SIGN}|(?<=[\d元])/(?=(?:\d\d?|\d{{4}}){S}年)){S}",
    reads=("平成19年5月⟦～⟧6月", "平成27年3月20日⟦（金）から⟧22日", "2009⟦/⟧10年"),
    leaves=("5月⟦、",),
)
# 調査期間は6月から9月まで: what runs from one month to another, and is no length.
RUNS_FROM = Rule(
    "runs_from_a_month",
    "(?:期間|工期|会期)(?:は|が|を)?$",
    reads=("調査期間は", "工期"),
    leaves=("約", "任期は"),
)
# 平成20年4月から25年まで: what it ran to, and no number of years or months.
UNTIL = Rule(
    "until_a_time",
    "まで|にかけ",
    reads=("平成20年4月から25年⟦まで⟧", "期間は6月から9月⟦まで⟧とする。"),
    leaves=("令和5年4月1日から3年⟦とする",),
)
LENGTH_ENDS = Rule(
    "length_behind_from",
    words("length_closes"),
    reads=("令和5年4月から6月⟦を経⟧た日", "令和5年4月から3月⟦以内⟧"),
    leaves=("令和5年4月から6月⟦の間",),
)
# What closes 4月上旬から中旬, 1990年代前半から後半
PART_END = Rule(
    "part_end",
    rf"(?:{words('part_end')})(?![一-龥々]|っ子)",
    reads=("令和2年4月上旬から⟦中旬⟧", "1990年代前半から⟦半ば⟧"),
    leaves=("⟦末端",),
)
LIST = Rule(
    "list_sign", rf"{S}(?:{WEEKDAY})?{S}{LIST_SIGN}{S}", reads=("平成13⟦、⟧14年度",), leaves=("平成13⟦～",)
)
FOLLOWS = Rule(
    "list_before",
    rf"{S}(?:{WEEKDAY})?(?:頃|ごろ|に|の|分)?{S}(?:{LIST_SIGN}|/){S}(?:翌)?$",
    reads=("平成12年頃、", "同年と"),
    leaves=("は",),
)
# What may not stand before a number in any case: it would be cut off another number (12.5年, 数十年).
NUMBER_BEFORE = Rule(
    "number_before",
    r"[\d〇一二三四五六七八九十百千]$|\d,$|(?<![一-龥])数$|\d\.$|[〇一二三四五六七八九十]・$|\d[～~]$",
    reads=("12.", "平成10年に1,0"),
    leaves=("平成", "40.5%,"),
)
# ブロードバンド元年 is no year of an era; 元年 behind a particle or a mark is.
BARE_FIRST = Rule("bare_first", "元年", reads=("平成元年に、ボランティア元年と呼ばれた。",), leaves=("1年",))
NOUN_BEFORE = Rule("noun_before", "[一-龥々ァ-ヶーA-Za-z0-9」』”]$", reads=("ボランティア",), leaves=("は",))
# NTTの10年 is a length; 5年前の53年 is not.
ADNOMINAL = Rule("adnominal", "(?<![前後])の$", reads=("活動の",), leaves=("5年前の",))
# 2四半期連続, 過去2四半期: a number of quarters, and none of them.
QUARTERS_BEHIND = Rule(
    "quarters_counted_behind",
    words("quarters_behind"),
    reads=("2020年は2四半期⟦連続⟧で減った。", "4四半期⟦ぶり⟧"),
    leaves=("1四半期⟦が", "1四半期⟦は"),
)
QUARTERS_BEFORE = Rule(
    "quarters_counted_before",
    rf"(?:{words('quarters_before')})の?$",
    reads=("2020年は過去",),
    leaves=("2020年は",),
)
# 平成30年7月豪雨, 令和元年東日本台風, 2000年問題: the date belongs to an event's proper name.
EVENT = Rule(
    "event",
    rf"""(?:（[^（）]{{1,12}}）)?
        (?: [一-龥々ァ-ヶー・]{{0,14}} (?: {words("event")} | (?<!大)地震 | 台風(?:第{S}\d+号)?(?!の) )
          | 問題(?=[^一-龥]|$) )""",
    reads=("平成30年7月⟦豪雨⟧では", "令和元年⟦東日本台風⟧では", "2000年⟦問題⟧への"),
    leaves=("平成23年3月⟦東日本大地震", "⟦台風の"),
    flags=_V,
)
LAW_NUMBER = Rule(
    "law_number_behind",
    rf"""[一-龥々]{{0,14}} (?:{words("law_kind")}) {S}(?:甲|乙)?{S} 第{S}(?:\d|[〇一二三四五六七八九十百千]){{1,6}}号""",
    reads=("平成十五年⟦法律第九十二号⟧", "昭和30年達甲第3号による。"),
    leaves=("⟦白書第9号",),
    flags=_V,
)
# X法（昭和29年法律第165号）が制定され、同年: the year of the number is that of which the sentence tells.
ENACTED = Rule(
    "law_made_in_the_year_of_its_number",
    r"(?:。[^（）]{0,60})?）[」』]?(?:が|は|も|として|を)(?:新たに|初めて)?(?P<told>公布|制定)(?=(?:され|し)た?[、。]?(?:同年|翌))",
    reads=("制定された。航路法（昭和29年法律第1号⟦）が制定⟧され、同年7月に施行された。",),
    leaves=("⟦）を受けて制定され", "⟦）が改正、公布され", "⟦）を制定する", "⟦）が制定されて以来、4月に"),
)
# 昭和47年（オ）第723号同50年11月21日判決: the year of a case is no date, but what follows leans on its era. Letters that
# also count up (イ, ロ, い) are not in the list: 平成26年（イ）第3号 keeps its year.
CASE_NUMBER = Rule(
    "case_number_behind",
    rf"{S}（(?:{words('case_sign')})）{S}第?{S}(?:\d|[〇一二三四五六七八九十百千]){{1,6}}号",
    reads=("昭和52年⟦（ネ）1851号⟧の判決", "昭和四七年⟦（オ）第七二三号⟧の判決"),
    leaves=("⟦（2010年）1号", "⟦（秋）第3号", "⟦（前期）第3号"),
)
# Letters that also count up or are words are those of a case only beside a court or what it decided.
COURT_BEFORE = Rule(
    "court_before_a_case",
    rf"(?:{words('court')})(?:{ERA})?{S}(?:\d{{1,4}}|{SHORT}){S}年$",
    reads=("東京家裁平成20年",),
    leaves=("家裁の平成20年",),
)
CASE_OF_COURT = Rule(
    "case_of_a_court_behind",
    rf"{S}（(?:{words('case_sign_of_court')})）{S}第?{S}(?:\d|[〇一二三四五六七八九十百千]){{1,6}}号"
    rf"(?P<decided>の?(?:{words('decision')})(?!集))?",
    reads=("平成20年⟦（ハ）第3号事件⟧は同21年3月4日に終わった。", "平成20年⟦（少）5号⟧"),
    leaves=("⟦（イ）第3号", "⟦（2010年）1号"),
)
# How far before the end of the year its court may begin (決め打ち).
COURT_REACH = 16
# 2年6月, 三月, 2月3日, where what stands beside them makes them a length of time
LENGTH = Rule(
    "length_in_months",
    rf"(?P<y>{SMALL}{S}年{S})?{SMALL}{S}月(?P<d>{S}{SMALL}{S}日)?",
    reads=("懲役⟦2年6月⟧に処した。", "起算して⟦三月⟧を経過した日", "⟦三月⟧ごとに"),
    leaves=("⟦2年に",),
)
# 4年｜ 6か月: the years before a count of months are a length, too.
MONTHS_COUNTED = Rule(
    "months_counted_behind",
    rf"(?<=年){S}(?:{SMALL}|数){S}[かヵカヶケ箇個]{S}月",
    reads=("平成30年は、4年⟦ 6か月⟧勤めた者がいた。",),
    leaves=("4年⟦ 6月", "4年⟦か月", "4年度⟦ 6か月"),
)
# 二月（以下「猶予期間」という。）
NAMED_LENGTH = Rule(
    "length_named",
    "（以下「[^「」]{1,9}期間」",
    reads=("二月⟦（以下「猶予期間」⟧という。）を置く。",),
    leaves=("二月⟦（以下「基準月」",),
)
# A letter, a word or a number whose last digit is not the first of a list: 図Q1、22年度.
CODE_BEFORE = Rule(
    "code_before",
    r"[A-Za-zァ-ヶー一-龥々.-]$",
    reads=("タイプ", "図Q"),
    leaves=("は、",),
)
# 元年度は1、2年度は2: the value of a year, and none of the years of a list.
TELLS_A_VALUE = Rule(
    "value_of_the_year_before",
    r"[\d元一二三四五六七八九十]年度?）?(?:は|が|で|には|では|の)$",
    reads=("令和元年度は", "2年度には"),
    leaves=("対象年度は", "平成", "5年度に"),
)
# 毎年｜11月12日から同月25日まで: days of every year, and of none
MONTHS_OF = Rule(
    "months_of_every_year",
    rf"度?、?(?:{SMALL}月(?:{SMALL}日)?(?:から|～|－|―|-)(?:(?:同|翌|\d\d?|{SMALL})月)?(?:{SMALL}日)?"
    rf"|(?P<listed>(?:{SMALL}{S}月?{_AND}){{1,11}}{SMALL}{S}月(?!{S}{SMALL}{S}日)"
    rf"|(?:{SMALL}{S}月{S}{SMALL}{S}日{_AND}){{1,11}}{SMALL}{S}月{S}{SMALL}{S}日))",
    reads=("毎年⟦11月12日から同月25日⟧まで、", "例年⟦4月から6月⟧まで", "毎年⟦6月及び12月⟧に"),
    leaves=("毎年⟦4月に", "毎年⟦5月、6月3日"),
)
# 20日、会談した; 20日に会談した: what goes with a day and not with a number of days.
DAY_TOLD = Rule(
    "day_told",
    f"、|に(?!{words('days_behind_ni')})",
    reads=("2006年10月19日に訪問した。20日⟦、⟧会談した。", "⟦に⟧会談"),
    leaves=("⟦に及ぶ",),
)
# 8日に移行した。8日、届出を受けた: the same day said again.
SAME_DAY_TOLD = Rule(
    "day_told_again",
    rf"、|に(?!{words('length_behind_ni')}|[\d一二三四五六七八九十]|[一-龥]{{0,2}}間)",
    reads=("2014年5月8日に移行した。8日⟦に⟧届出を受けた。", "8日⟦、⟧"),
    leaves=("8日⟦にわたる", "8日⟦に1回"),
)
TIME_OF_DAY = Rule(
    "time_of_day",
    rf"の?(?:{words('time_of_day')}|\d{{1,2}}時(?![間代短給限点差]))",
    reads=("平成16年の7月には豪雨となり、特に13日⟦朝⟧から降った。", "⟦の未明⟧"),
    leaves=("⟦の会",),
)
# The end of a verb that is told as past.
PAST = "[しれいっきえめじけげべせてねびみちりぎぜ得見来出経]た"
# So many of the last code points of a sentence tell its tense (決め打ち).
TENSE_REACH = 40
# What is told as past.
PAST_TENSE = Rule(
    "past_tense",
    f"(?:{PAST}|[^るくすむぶぐつうぬ]んだ)[。）]*$",
    reads=("平成26年4月に改めた。その後は落ち着いた。10月に発生した。", "始まった。", "述べた。", "沈んだ。"),
    leaves=("施行する予定である。", "また、"),
)
# 来る10月3日, 去る6月18日: the next, and the last one, as the document speaks.
COMING = Rule("month_to_come", "(?:来る|来たる|きたる)$", reads=("来る",), leaves=("出来た",))
NEAR_BY = Rule(
    "day_near_by",
    "(?:(?:先週|今週|来週)の|(?:先日|先般|過日)[の、]?)$",
    reads=("先週の", "先日、", "過日"),
    leaves=("先月の", "先日は"),
)
# 前回5月21日の会議: the last one before the document, or before what is told.
LAST_TIME = Rule("day_of_the_last_time", "前回[の、]?$", reads=("前回、", "前回"), leaves=("前回は",))
GONE = Rule("month_gone_by", "(?:去る|(?<![ぁ-ん])さる)$", reads=("去る",), leaves=("なさる",))
# 2013年10月3日（木）: a day of the week behind a day.
DAY_OF_WEEK = Rule("day_of_week", WEEKDAY, reads=("10/3⟦（金）⟧に開く。", "⟦（月・祝）⟧"), leaves=("（1）",))


def is_named(text: str, end: int) -> bool:
    """Whether a date that ends there belongs to a name: 平成30年7月｜豪雨, 昭和52年｜（ネ）1851号."""
    if EVENT.match(text, end) or CASE_NUMBER.match(text, end):
        return True
    case = CASE_OF_COURT.match(text, end)
    if case is None:
        return False
    return bool(case["decided"] or COURT_BEFORE.search(text, max(0, end - COURT_REACH), end))


def is_past(text: str) -> bool:
    """Whether a sentence is told as past: its last letters say so."""
    return PAST_TENSE.search(text, max(0, len(text) - TENSE_REACH)) is not None
