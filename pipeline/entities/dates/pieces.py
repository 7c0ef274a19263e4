"""The named parts that the patterns of the date grammar are built from.

The text is clean (see ``pipeline/clean.py``): digits are ASCII, round brackets full-width, squared eras
spelled out.
All parts can stand in a verbose pattern: no blank stands in them but in a class.
"""

from __future__ import annotations

from pipeline.eras import ERA_FIRSTS, ERA_NAMES
from pipeline.numerals import NUMBER, SMALL_KANJI

S = "[ 　]?"
ERA = f"(?:{ERA_NAMES})"
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
_SPOKEN_YEAR = f"一?千[七八九]百{_TENS}|二千(?=[一二三四五六七八九十]|年[度一二三四五六七八九十]){_TENS}"
WESTERN = rf"(?<!\d)(?:1[5-9]|2[01])\d\d|{KANJI_YEAR}|{_SPOKEN_YEAR}"
MONTH_DIGITS = "(?:0?[1-9]|1[0-2])"
DAY_DIGITS = "(?:0?[1-9]|[12]\\d|3[01])"
DASH = "[-－–—―‐−]"
RANGE_SIGN = rf"(?:から|[～~]|{DASH}|ないし|乃至)"
LIST_SIGN = f"(?:[・、]|及び|および|又は|または|と|/(?={ERA}))"
# （木）, （月・祝）: stays outside, except between the ends of a range.
WEEKDAY = "（[月火水木金土日](?:曜日?)?(?:・祝)?）"
# A member of an enumeration or range whose unit stands behind the last: 平成13～15年度.
MEMBER = rf"{S}(?:{RANGE_SIGN}|{LIST_SIGN}){S}"
