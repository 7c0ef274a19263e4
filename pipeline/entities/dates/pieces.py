"""The named parts that the patterns of the date grammar are built from.

The text is clean (see ``pipeline/clean.py``): digits are ASCII, round brackets full-width, squared eras
spelled out. All parts can stand in a verbose pattern: no blank stands in them but in a class.
"""

from __future__ import annotations

from pipeline.entities.dates.facts import words
from pipeline.eras import ERA_FIRSTS, ERA_LETTERS, ERA_NAMES, era_pattern
from pipeline.facts import rows
from pipeline.numerals import NUMBER, SMALL_KANJI

S = "[ 　]?"
# The brackets in which the year in the other calendar may stand.
L, R = "[（〈［《〔]", "[）〉］》〕]"
# 丑 of 貞享二乙丑年: the sign of the year in the cycle of sixty.
SIGN_OF_YEAR = "(?:[甲乙丙丁戊己庚辛壬癸][子丑寅卯辰巳午未申酉戌亥])?"
# An era by which days can be counted, and any.
NEW_ERA = f"(?:{ERA_NAMES})"
ERA = era_pattern()
N = NUMBER
KANJI = SMALL_KANJI
# 昭49.12.1; 大 stands at the head of too many words, so that more must follow it.
SHORT_ERA = ERA_FIRSTS.replace("大", "")
# Two digits or less, or as many in kanji: a month, a day, a year of an era.
SMALL = rf"(?:\d\d?|{KANJI})"
SHORT = rf"(?:\d\d?|元|{KANJI})"
KANJI_YEAR = "[一二][〇一二三四五六七八九]{3}"
# 千九百八十九, 二千十三; 二千年 alone is a length unless more of a date follows.
_TENS = "(?:[一二三四五六七八九]?十)?[一二三四五六七八九]?"
_SPOKEN_YEAR = f"一?千[七八九]百{_TENS}|二千(?=[一二三四五六七八九十]|年[度一二三四五六七八九十]|年の[一二三四五六七八九十]{{1,2}}月(?![間余前目分ご])){_TENS}"
WESTERN = rf"(?<!\d)(?:1[5-9]|2[01])\d\d|{KANJI_YEAR}|{_SPOKEN_YEAR}"
# Of any time, where an era or a month beside it shows that it is a year.
ANY_WESTERN = rf"(?<!\d)[1-9]\d{{2,3}}|{WESTERN}"
MONTH_DIGITS = "(?:0?[1-9]|1[0-2])"
DAY_DIGITS = "(?:0?[1-9]|[12]\\d|3[01])"
DASH = "[-－–—―‐−]"
RANGE_SIGN = rf"(?:から|[～~]|{DASH}|ないし|乃至)"
LIST_SIGN = rf"(?:{words('list_sign')}|/(?={ERA}|[{ERA_LETTERS}]\d)|,(?=\d{{1,2}}(?!\d)|$))"
# （木）, （月・祝）, （祝日）: stays outside, except between the ends of a range.
DAY_NAME = "(?:[月火水木金土日](?:曜日?)?|祝日?|休日?|振替休日)"
WEEKDAY = f"{L}{DAY_NAME}(?:[・、]{DAY_NAME})*{R}"
# A member of an enumeration or range whose unit stands behind the last: 平成13～15年度.
MEMBER = rf"{S}(?:{RANGE_SIGN}|{LIST_SIGN}){S}"
# 事務 of 令和4事務年度, 会計 of 2022会計年度: years that begin in a month of their own.
_KINDS = "|".join(sorted((row["name"] for row in rows("date_years.csv")), key=len, reverse=True))
KIND = f"(?P<kind>{_KINDS})"
# 年, 会計年, 暦年: what stands behind a number of a year, before 度 if it is fiscal.
YEAR_UNIT = rf"(?:{S}年?{KIND}(?=年度)|{S}暦(?=年(?!度)))?{S}年"
# さ of さ来年 stands behind a particle or a mark; behind anything else it is that of 便利さ.
OWN_SA = "(?<![^、。（「『〔・：をはのにがともでへら 　])さ"
