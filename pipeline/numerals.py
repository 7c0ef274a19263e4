"""Numbers as white papers write them: ASCII or kanji numerals, positional (二〇一三) or with 十百千."""

from __future__ import annotations

import kanjize

KANJI = "〇一二三四五六七八九十百千"
_ONE = "[一二三四五六七八九]"
# 二〇一三; 千九百八十九, 百〇五: only what is a number is matched, so that 十十 is none.
_KANJI_NUMBER = (
    "(?:[〇一二三四五六七八九]{1,4}(?![十百千])"
    f"|(?=[{KANJI[1:]}])(?:{_ONE}?千)?(?:{_ONE}?百〇?)?(?:{_ONE}?十)?{_ONE}?(?![{KANJI}]))"
)
# A number of at most four digits; the text is clean, so digits are ASCII.
NUMBER = rf"(?:\d{{1,4}}|{_KANJI_NUMBER}|元)"
# A number below a thousand as days, months and short years have it: 三十一, 三一, 二〇.
SMALL_KANJI = f"(?:{_ONE}?十{_ONE}?|[〇一二三四五六七八九]{{1,3}})(?![{KANJI}])"
# 弐拾参, 廿五, 卅一: as old deeds and decrees write them.
_OLD_ONE = "[一二三四五六七八九壱壹弐貳貮参參]"
OLD_KANJI = f"(?:(?:{_OLD_ONE}?[十拾]|[廿卅])(?:有|又)?{_OLD_ONE}?|[〇一二三四五六七八九]{{1,3}}|{_OLD_ONE})(?![{KANJI}拾廿卅])"
_OLD = str.maketrans(
    {
        "壱": "一",
        "壹": "一",
        "弐": "二",
        "貳": "二",
        "貮": "二",
        "参": "三",
        "參": "三",
        "拾": "十",
        "廿": "二十",
    }
    | {"卅": "三十", "有": "", "又": ""}
)
_POSITIONAL = frozenset("〇一二三四五六七八九")
_DIGITS = str.maketrans("〇一二三四五六七八九", "0123456789")


def number(text: str) -> int:
    """Return the value of ``text``; 元 (the first year of an era) is 1.

    Raises:
        ValueError: ``text`` is no number.

    >>> [number(t) for t in ("25", "二十三", "二〇一三", "元", "百二十", "百〇五", "廿三", "拾弐")]
    [25, 23, 2013, 1, 120, 105, 23, 12]
    """
    if text == "元":
        return 1
    if text.isascii():
        return int(text)
    text = text.translate(_OLD)
    if _POSITIONAL.issuperset(text):
        return int(text.translate(_DIGITS))
    return int(kanjize.kanji2number(text))
