"""The patterns of the date grammar, each with what it reads.

The text is clean (see ``clean.py``): digits are ASCII, round brackets full-width, squared eras spelled out.
Every pattern is anchored by its caller and bounded in length, so that reading takes linear time.
"""

from __future__ import annotations

import re

from pipeline.eras import ERA_FIRSTS, ERA_LETTERS, ERA_NAMES
from pipeline.numerals import KANJI, NUMBER, SMALL_KANJI

S = "[ 　]?"
_ERA = f"(?:{ERA_NAMES})"
# 昭49.12.1; 大 stands at the head of too many words, so that more must follow it.
_SHORT_ERA = ERA_FIRSTS.replace("大", "")
# 年末, 年初, 年後半 without a number; but 年末年始 and 年初来 are words
_PART_OF_YEAR = "(?=末(?!年始|調整|商戦|賞与|一時|手当|残高|恒例|大)|初(?!来)|央|前半|後半)"
_ONWARD = "(?=以降|以後|頃|ごろ)"
_N = NUMBER
_KANJI = SMALL_KANJI
_KANJI_YEAR = "[一二][〇一二三四五六七八九]{3}"
# 千九百八十九, 二千十三; 二千年 alone is a length unless more of a date follows.
_TENS = "(?:[一二三四五六七八九]?十)?[一二三四五六七八九]?"
_SPOKEN_YEAR = f"一?千[七八九]百{_TENS}|二千(?=[一二三四五六七八九十]|年[度一二三四五六七八九十]){_TENS}"
_WESTERN = rf"(?<!\d)(?:1[5-9]|2[01])\d\d|{_KANJI_YEAR}|{_SPOKEN_YEAR}"
_DASH = "[-－–—―‐−]"
RANGE_SIGN = rf"(?:から|[～~]|{_DASH}|ないし|乃至)"
_LIST_SIGN = f"(?:[・、]|及び|および|又は|または|と|/(?={_ERA}))"
# （木）, （月・祝）: stays outside, except between the ends of a range.
WEEKDAY = "（[月火水木金土日](?:曜日?)?(?:・祝)?）"

# 2019（平成31・令和元）年: a year in which the era changed
_TWIN = rf"(?:{S}年?度?{S}[・/]{S}{_ERA}{S}{_N})?"
# 昭和31会計年度, 2015米会計年度
_YEAR = rf"{S}(?:米?会計(?=年度))?年"

# Tried in this order; the first that matches reads the year.
YEARS: tuple[tuple[str, re.Pattern[str]], ...] = (
    # 13（平成25）年, 翌97（同9）年, 13（同25年）10月, 1991（平成 3）年度, 2008（平成20年）
    ("mixed_western", re.compile(
        rf"(?P<rel>翌)?(?P<w>{_WESTERN}|\d\d){S}（{S}(?P<era>{_ERA}|同){S}(?P<ey>{_N}){_TWIN}{S}(?:年(?P<fi>度)?)?{S}）"
        rf"(?:{S}年(?P<fo>度)?)?")),
    # 2013年（平成25年）, 2013年度（平成25年度）
    ("western_mixed", re.compile(
        rf"(?P<rel>翌)?(?P<w>{_WESTERN}|\d\d){S}年(?P<fo>度)?{S}（{S}(?P<era>{_ERA}|同){S}(?P<ey>{_N}){_TWIN}{S}年?(?P<fi>度)?）")),
    # 平成25（2013）年, 平成25年（2013年）, 平成25年度（2013年度）
    ("era_mixed", re.compile(
        rf"(?P<rel>翌)?(?P<era>{_ERA}|同){S}(?P<ey>{_N}){_TWIN}{S}(?P<n>年)?(?P<fo>度)?{S}（{S}(?:西暦)?(?P<w>{_WESTERN}|\d\d){S}(?:年(?P<fi>度)?)?{S}）"
        rf"(?(n)|{S}年(?P<fx>度)?)")),
    # 平成31（令和元）年, 平成31年度（令和元年度）
    ("era_twin", re.compile(
        rf"(?P<era>{_ERA}){S}(?P<ey>{_N}){S}(?P<n>年)?(?P<fo>度)?{S}（{S}(?P<twin>{_ERA}){S}(?P<ty>{_N}){S}(?:年(?P<fi>度)?)?{S}）"
        rf"(?(n)|{S}年(?P<fx>度)?)")),
    ("era_decade", re.compile(rf"(?P<era>{_ERA}|同){S}(?P<ey>{_N}){S}年代")),
    ("era", re.compile(rf"(?P<era>{_ERA}){S}(?P<ey>{_N}){_YEAR}(?P<fo>度)?")),
    # 21世紀, 二十世紀; but 1世紀 is a length
    ("century", re.compile(rf"(?P<w>(?!0)(?:[4-9]|[12]\d)|{_KANJI}){S}世紀")),
    ("decade", re.compile(
        rf"(?P<w>(?:1[5-9]|2[01])\d0|\d0|{_KANJI_YEAR}|[一二三四五六七八九]?十|[一二三四五六七八九]〇){S}年代(?!別)")),
    ("western", re.compile(rf"(?P<w>{_WESTERN}){_YEAR}(?P<fo>度)?")),
    # '98年, FY2020
    ("shortened", re.compile(rf"['’‘](?P<w>\d\d){S}年(?P<fo>度)?")),
    ("lettered_fiscal", re.compile(r"(?P<fo>FY) ?(?P<w>(?:19|20)\d\d)(?![\d.])")),
    # 平成7年（1995年）から11年（1999年）; 翌28（2016）年
    ("bare_mixed", re.compile(rf"(?P<bm>\d\d?|元|{_KANJI}){S}年度?{S}（{S}(?P<w>{_WESTERN}){S}年?(?P<fi>度)?{S}）")),
    ("bare_era_mixed", re.compile(
        rf"(?P<rel>翌)?{S}(?P<bm>\d\d?|元|{_KANJI}){S}（{S}(?P<w>{_WESTERN}){S}）{S}年(?P<fo>度)?")),
    ("same_era", re.compile(rf"同{S}(?P<ey>{_N}){S}年(?P<fo>度)?")),
    # 翌平成10年, 昨46年: the relation only repeats what the number says
    ("next_era", re.compile(rf"[翌昨]{S}(?P<era>{_ERA}){S}(?P<ey>{_N}){S}年(?P<fo>度)?")),
    ("next_western", re.compile(rf"翌{S}(?P<w>{_WESTERN}){S}年(?P<fo>度)?")),
    ("last_bare", re.compile(rf"(?<!一)昨{S}(?P<bare>\d\d|{_KANJI}){S}年(?P<fo>度)?")),
    # 本三十年度, 来三十一年度
    ("last_bare", re.compile(rf"(?<![一-龥々])[本今来明]{S}(?P<bare>\d\d|{_KANJI}){S}年(?P<fo>度)")),
    # 翌15年: after 2014年 or after 平成14年
    ("next_bare", re.compile(rf"(?P<rel>翌){S}(?P<bare>\d\d?|{_KANJI}){S}年(?P<fo>度)?")),
    ("relative", re.compile(
        r"(?:(?P<rel>同|一昨|再来|(?<![以午])前々?|翌々?|(?<!日)本|今|(?<!一)昨|去|(?<![従本再])来|明)年(?P<fo>度)?+|(?P<fr>当)年(?P<ft>度))"
        r"(?!齢|生|間|賀|金|老|々|功|号|次|輪|少|長|頭|祝|回|代|輩|報|表|鑑|ぶり|版|比較)")),
    ("relative", re.compile(r"(?P<rel>今|前)(?P<ce>世紀)")),
    # 51年には…。年後半は: the year that is spoken of
    ("relative", re.compile(rf"(?<![一-龥々\d])(?<!\d[ 　])(?P<own>年){_PART_OF_YEAR}")),
    ("bare", re.compile(rf"(?P<bare>\d\d?|元|{_KANJI})(?:{_YEAR}|{S}両年(?=度))(?P<fo>度)?")),
)  # fmt: skip
# 2003-04年度, 1999/2000年度, 平成元/2年度: one year that runs over two calendar years, if the second is the next
SPLIT = re.compile(
    rf"(?P<w>(?<!\d)(?:19|20)?\d\d)(?:(?:{_DASH}|/)(?P<close>\d\d)|/(?P<whole>(?:19|20)\d\d)){S}年度"
)
SPLIT_ERA = re.compile(rf"(?P<era>{_ERA}){S}(?P<ey>\d{{1,2}}|元)/(?P<close>\d{{1,2}}){S}年度")
# 2009/10年: from one calendar year into the next
SLASHED_YEARS = re.compile(rf"(?P<w>(?<!\d)(?:19|20)\d\d)(?=/(?P<close>(?:19|20)?\d\d){S}年(?!度))")
# （平成）25年: the era stands apart in brackets
ERA_BEFORE = re.compile(rf"（{S}(?P<era>{_ERA}){S}）$")
# The year of an enumeration or range whose 年 stands behind its last member: 平成13～15年度.
_MEMBER = rf"{S}(?:{RANGE_SIGN}|{_LIST_SIGN}){S}"
_MORE = rf"{S}(?:\d{{4}}|\d{{1,2}}|元|{_KANJI})){{1,8}}{S}両?年(?P<u>度|代)?"
OPEN_ERA_YEAR = re.compile(
    rf"(?P<era>{_ERA}){S}(?P<y>\d{{1,2}}|元|{_KANJI})(?=(?:{_MEMBER}(?:{_ERA}|同)?{_MORE})"
)
OPEN_YEAR = re.compile(rf"(?P<y>(?<![\d./-])\d{{4}}|\d{{1,2}}|{_KANJI})(?=(?:{_MEMBER}{_MORE})")
# 昭和27、31～36年: a list of years of an era
ERA_LISTED = re.compile(rf"{_ERA}{S}(?P<y>\d{{1,2}}|元|{_KANJI}){S}年?度?{S}[、・]{S}$")
NEXT_YEAR = re.compile(rf"{S}[、・]{S}(\d\d|{_KANJI}){S}両?年")
# 12（平成24）、13（同25）年; 97（平成9）～99（同11）年
OPEN_MIXED = re.compile(
    rf"(?P<w>{_WESTERN}|\d\d){S}（{S}(?P<era>{_ERA}|同){S}(?P<ey>{_N}){S}）"
    rf"(?=(?:{_MEMBER}\d{{2,4}}{S}（{S}(?:{_ERA}|同)?{S}{_N}{S}）){{1,6}}{S}年(?P<u>度)?)"
)
# 令和2（2020）～7（2025）年度; 平成12（2000）、17（2005）年
OPEN_ERA_MIXED = re.compile(
    rf"(?:(?P<era>{_ERA}|同){S})?(?P<ey>{_N}){S}（{S}(?P<w>{_WESTERN}){S}）"
    rf"(?=(?:{_MEMBER}(?:{_ERA}|同)?{S}{_N}{S}（{S}(?:{_WESTERN}){S}）){{1,6}}{S}年(?P<u>度)?)"
)
# 18～19世紀
OPEN_CENTURY = re.compile(rf"(?P<w>\d\d|{_KANJI})(?={S}(?:{RANGE_SIGN}|[・、]){S}(?:\d\d|{_KANJI}){S}世紀)")
# H25.10.3, R5.4; 平成25.10.3; 2013/10/3, 2013.10.3, 2013-10-03; 2013/10; 25.10.3 (in tables)
_DAY_TAIL = r"(?![\d/]|[.-]\d)"
_NUM = rf"(?:\d{{1,2}}|{_KANJI})"
LETTERED = re.compile(
    rf"(?P<letter>[{ERA_LETTERS}]){S}(?P<ey>\d{{1,2}}|元)(?:(?P<s>[./・-])(?P<m>\d{{1,2}})(?:(?P=s)(?P<d>\d{{1,2}}))?{_DAY_TAIL}|年(?P<fo>度)?)"
)
# H25～R2年度
OPEN_LETTERED = re.compile(
    rf"(?P<letter>[{ERA_LETTERS}]){S}(?P<ey>\d{{1,2}}|元)(?={S}(?:{RANGE_SIGN}|[・、]){S}[{ERA_LETTERS}]?(?:\d{{1,2}}|元){S}年(?P<u>度)?)"
)
DOTTED_ERA = re.compile(
    rf"(?P<era>{_ERA}){S}(?P<ey>{_NUM}|元)(?P<s>[./]|[・-](?={_NUM}[・-]))(?P<m>{_NUM})(?:(?P=s)(?P<d>{_NUM}))?{_DAY_TAIL}(?!{S}両?年)"
)
# 昭49.12.1, 平元・4・1, 平22年度; but not 大3年 (of university)
ABBREVIATED = re.compile(
    rf"(?<![一-龥々])(?P<short>[{_SHORT_ERA}]|大(?=.{{1,3}}[./・-])){S}(?P<ey>{_NUM}|元)"
    rf"(?:(?P<s>[./・-])(?P<m>{_NUM})(?P=s)(?P<d>{_NUM}){_DAY_TAIL}|年(?P<fo>度)?(?![生制次間前後目]))"
)
DOTTED = re.compile(
    rf"(?P<w>(?:1[89]|2[01])\d\d)(?P<s>[./-]){S}(?P<m>\d{{1,2}})(?P=s){S}(?P<d>\d{{1,2}}){_DAY_TAIL}"
)
DOTTED_MONTH = re.compile(
    rf"(?P<w>(?:18|19|20)\d\d)(?P<s>[./])(?P<m>0?[1-9]|1[0-2]){_DAY_TAIL}(?![%％年度万億兆円人件社か台倍ポ点kKmMgG])"
)
# '14.4.1, '98.3
SHORT_DOTTED = re.compile(
    rf"['’‘](?P<w>\d\d)(?P<s>[./])(?P<m>0?[1-9]|1[0-2])(?:(?P=s)(?P<d>0?[1-9]|[12]\d|3[01]))?{_DAY_TAIL}"
)
DOTTED_BARE = re.compile(
    rf"(?P<bare>[1-6]\d)(?P<s>[./])(?P<m>0?[1-9]|1[0-2])(?P=s)(?P<d>0?[1-9]|[12]\d|3[01]){_DAY_TAIL}"
)
NUMERIC = (LETTERED, DOTTED_ERA, ABBREVIATED, DOTTED, DOTTED_MONTH, SHORT_DOTTED)
# 10/3（木）, or 10/3 that fills a cell
SLASHED = re.compile(rf"(?P<m>0?[1-9]|1[0-2])/(?P<d>0?[1-9]|[12]\d|3[01]){_DAY_TAIL}")
# 小野﨑（2021）: the year of a cited work; （2021年） is read as a year anyway
CITED = re.compile(r"（(?<=[A-Za-z.一-龥々ァ-ヶ」』]（)((?:19|20)\d\d)）(?!年)")
# 毎年｜11月12日から同月25日まで: days of every year, and of none
MONTHS_OF = re.compile(
    rf"、?(?:\d\d?|{_KANJI})月(?:(?:\d\d?|{_KANJI})日)?(?:から|～|－|―|-)(?:(?:同|翌|\d\d?|{_KANJI})月)?(?:(?:\d\d?|{_KANJI})日)?"
)

# 前年比, 前年同期比: the base of a ratio
RATIO = re.compile(r"(?:同期|同月|対)?比")
MONTH = re.compile(rf"{S}(?P<m>\d\d?|{_KANJI}|正){S}月")
MONTH_RELATIVE = re.compile(
    r"(?P<rel>同|翌々?|(?<!以)前々?|先|今|(?<!日)本|(?<![従本])来)月(?!曜|例|額|次|給|間|号|面)(?!比較)"
)
# 同3月 and 翌3月 lean on the year: 同年3月, 翌年3月
SAME_MONTH = re.compile(rf"(?P<rel>同|翌)(?=(?:\d\d?|{_KANJI})月)")
DAY = re.compile(rf"{S}(?P<d>\d\d?|{_KANJI}){S}日")
# 翌14日: the number repeats the relation; 同14日: of the same month
RELATED_DAY = re.compile(rf"(?P<rel>同|翌){S}(?P<d>\d\d?|{_KANJI}){S}日(?!間|目)")
DAY_RELATIVE = re.compile(
    r"(?:(?P<rel>(?<![合共協])同|翌々?|(?<!以)前々?|(?<!日)本|一昨|昨|明)日)(?!本|米|中(?![にはの、。])|韓|露|ソ|英|仏|独|立|程|常|報|比|曜|系|を担|への|を拓|をひら|を切)"
)
# 元日, 元旦: 1 January; 大晦日: 31 December; 晦日, 末日 behind a month: its last day
NAMED_DAYS = {"元日": (1, 1), "元旦": (1, 1), "大晦日": (12, 31), "大みそか": (12, 31)}
NAMED_DAY = re.compile(rf"(?:の)?(?P<n>{'|'.join(NAMED_DAYS)})")
MONTH_END = re.compile(r"の?(?:晦日|みそか|末日)")
QUARTER = re.compile(rf"{S}の?{S}第?(?P<q>[1-4一二三四]){S}[・／/]?四半期")
# 第1～第3四半期
OPEN_QUARTER = re.compile(
    rf"{S}の?{S}第?(?P<q>[1-4一二三四])(?={S}(?:{RANGE_SIGN}|{_LIST_SIGN}){S}第?[1-4一二三四]{S}四半期)"
)
HALF = re.compile(r"の?(?P<h>上半期|下半期|上期|下期|上半年|下半年)")
# Without a year, 上期 and 下半期 lean on the one that runs; 地上期間 holds none.
HALF_ALONE = re.compile(r"(?<![一-龥々])(?P<h>[上下]半?期)(?!間)")
# 令和6年夏頃, 平成25年の春; but 昭和50年春闘 and 平成5年秋田県 hold no season
SEASON = re.compile(
    r"の?(?P<s>[春夏秋冬])(?:(?P<k>[季期])(?![一-龥]|オリ|五輪)|(?=[頃以末]|$|[^一-龥々ァ-ヶ])|(?=先|場|口|開|実|施|予|完|発|公|導|運|着|竣|供))"
)
# 今春, 昨秋
SEASON_RELATIVE = re.compile(
    r"(?P<rel>一昨|今|昨|来|翌|同)(?:年の?)?(?P<s>[春夏秋冬])(?=[^一-龥々ァ-ヶ]|$|[頃以末])"
)
# 夏以降, 秋ごろ of the year that is spoken of; 夏には may be any summer
SEASON_ALONE = re.compile(rf"(?<![一-龥々])(?P<s>[春夏秋冬])(?:場|口)?{_ONWARD}")
# The month or day of an enumeration or range whose unit stands behind its last member: 5～6月; 4、5月
OPEN_MONTH = re.compile(rf"{S}(?P<m>\d\d?|{_KANJI})(?=(?:{_MEMBER}(?:\d\d?|{_KANJI})){{1,6}}{S}月(?!間))")
OPEN_DAY = re.compile(rf"{S}(?P<d>\d\d?|{_KANJI})(?=(?:{_MEMBER}(?:\d\d?|{_KANJI})){{1,6}}{S}日(?!間|本))")

# What goes with a day and not with a number of days: 13日朝, 18日未明.
# 20日、会談した; 20日に会談した
DAY_TOLD = re.compile("、|に(?!わた|及|も|1|一|渡)")
TIME_OF_DAY = re.compile("の?(?:早朝|朝|未明|夜|昼|夕|深夜|午前|午後|正午|明け方)")
RANGE = re.compile(rf"{S}(?:{WEEKDAY}{S})?(?:{RANGE_SIGN}|(?<=\d)/(?=(?:\d\d){{1,2}}{S}年)){S}")
# What closes 4月上旬から中旬, 1990年代前半から後半
PART_END = re.compile("(?:上旬|中旬|下旬|初旬|半ば|なかば|中頃|中盤|終盤|後半|末)(?![一-龥々]|っ子)")
LIST = re.compile(rf"{S}(?:{WEEKDAY})?{S}{_LIST_SIGN}{S}")
FOLLOWS = re.compile(rf"{S}(?:{WEEKDAY})?(?:頃|ごろ|に|の)?{S}{_LIST_SIGN}{S}(?:翌)?$")
# Where an expression may begin: cheap, so that most of the text is passed over.
_FIRST = rf"\d〇一二三四五六七八九十千元正同翌前本今昨去来当先明再{_SHORT_ERA}{ERA_LETTERS}'’‘"
_TAISHO = "|".join(name[1:] for name in ERA_NAMES.split("|") if name[0] not in _SHORT_ERA)
TRIGGER = re.compile(
    rf"[{_FIRST}第大上下F年春夏秋冬](?:(?<=[{_FIRST}])|(?<=第)(?=[1-4一二三四](?:・?四半期|[～・]第?[1-4]))"
    rf"|(?<=大)(?=晦|みそか|[\d〇一二三四五六七八九十元]|{_TAISHO})|(?<=[上下])(?=半?期)|(?<=F)(?=Y)"
    rf"|(?<=年){_PART_OF_YEAR}|(?<=[春夏秋冬])(?=[場口以頃ご]))"
)
# What may not stand before a number in any case: it would be cut off another number (12.5年, 数十年).
NUMBER_BEFORE = re.compile(
    r"[\d,〇一二三四五六七八九十百千]$|(?<![一-龥])数$|\d\.$|[〇一二三四五六七八九十]・$|\d[～~]$"
)
# ブロードバンド元年 is no year of an era; 元年 behind a particle or a mark is.
BARE_FIRST = re.compile(r"元年")
NOUN_BEFORE = re.compile(r"[一-龥々ァ-ヶーA-Za-z0-9」』”]$")
# NTTの10年 is a length; 5年前の53年 is not.
ADNOMINAL = re.compile(r"(?<![前後])の$")
# 平成30年7月豪雨, 令和元年東日本台風, 2000年問題: the date belongs to an event's proper name.
EVENT = re.compile(
    rf"(?:（[^（）]{{1,12}}）)?(?:[一-龥々ァ-ヶー・]{{0,14}}(?:豪雨|豪雪|大雪|(?<!大)地震|台風(?:第{S}\d+号)?(?!の)|噴火災害)|問題(?=[^一-龥]|$))"
)
# 平成十五年法律第九十二号: the year of a law's number.
LAW_NUMBER = re.compile(
    rf"[一-龥々]{{0,14}}(?:法律|政令|勅令|省令|府令|条約|条例|規則|告示|訓令|達){S}(?:甲|乙)?{S}第{S}[\d{KANJI}]{{1,6}}号"
)

# What every expression holds, and what may stand before it in the expression: what is written in the patterns above.
# A new unit must be added here. Where a text or a trigger has none, no pattern needs to be tried.
_UNITS = "[年月日世期旦春夏秋冬]"
UNIT = f"{_UNITS}|みそか"
_WRITTEN = "".join(
    sorted(
        {
            char
            for pattern in (
                *(pattern for _, pattern in YEARS), SPLIT, OPEN_ERA_YEAR, OPEN_YEAR, OPEN_MIXED, LETTERED,
                DOTTED_ERA, QUARTER, OPEN_QUARTER, MONTH, MONTH_RELATIVE, SAME_MONTH, DAY, RELATED_DAY,
                DAY_RELATIVE, NAMED_DAY, SEASON_RELATIVE, SEASON_ALONE, OPEN_MONTH, OPEN_DAY, SPLIT_ERA, SLASHED_YEARS,
                OPEN_ERA_MIXED, OPEN_CENTURY, OPEN_LETTERED, ABBREVIATED, HALF_ALONE,
            )
            for char in pattern.pattern
            if not char.isascii()
        }
    )
)  # fmt: skip
_NUMERIC = (
    rf"\d/{S}\d|(?:1[89]|2[01])\d\d[.-]|(?:{_ERA}|[{ERA_LETTERS}{ERA_FIRSTS}]){S}(?:{_NUM}|元)[.・/-]|\d\d\.\d{{1,2}}\.\d"
    rf"|['’‘]\d\d\.\d|FY ?\d{{4}}"
)
# Bounded, so that a run of digits is not searched to its end from each of them.
POSSIBLE = re.compile(rf"[\d{ERA_LETTERS}' {_WRITTEN}-]{{0,80}}?(?:{UNIT}|{_NUMERIC})")
# What most dates are written with, quick to look for; and all that any date is.
NAMED = re.compile(_UNITS)
HOLDS = re.compile(rf"{UNIT}|{_NUMERIC}|（\d{{4}}）")
