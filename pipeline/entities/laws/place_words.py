"""What places are written with: blanks, branches of numbers, what joins them, and the letters below them."""

from __future__ import annotations

from pipeline.entities.laws.pattern_words import JOINER, any_of
from pipeline.numerals import NUMBER

BLANK = "[ 　]?"
# 第3条の 2、3に: a bare number behind the joiner says that 2 is one of a list, and no branch.
_LISTED = r"[、，・](?![ 　]?\d+(?![\d条項号の]))"
# 第三十八条の一項 is paragraph 1 of article 38, and no 第三十八条の一.
_NO_STEP = r"(?![\d〇一二三四五六七八九十百]|[項号](?![目機]))"
# 第3条の2つの要件, 第15項の2世代: a number that counts what comes is no branch.
_NO_BRANCH = rf"{_NO_STEP}(?!{any_of('counted')})"
BRANCH = rf"(?:[のノ]{NUMBER}{_NO_BRANCH}|[ 　]?の[ 　]{NUMBER}(?=[ 　]?(?:[第。（）」にはをのがで及又並若と]|{_LISTED})|$))*"
TO = f"(?:{any_of('to')})"
AND = rf"(?:、(?:{JOINER})?|,|，|・|{JOINER})"
JOIN = rf"(?:{AND}|{TO})"
DEEP = r"（(?:\d{1,2}|[一二三四五六七八九十]{1,2}|[ⅰⅱⅲⅳⅴⅵⅶⅷⅸⅹivx]{1,4}|[a-z]|[ァ-ン])）"
KANA = rf"[イロハニホヘトチリヌルヲワカヨタレソツネナラム](?![ァ-ヶー])(?:{DEEP})*"
