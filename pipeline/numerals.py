"""Numbers as white papers write them: ASCII or kanji numerals, positional (二〇一三) or with 十百千."""

from __future__ import annotations

from pipeline.facts import rows

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
_POSITIONAL = frozenset("〇一二三四五六七八九")
_DIGITS = str.maketrans("〇一二三四五六七八九", "0123456789")
# Numerals of deeds and of old texts (廿 卅 壱 弐 参 拾), which are other words elsewhere: cleaning replaces them
# where they are numbers, so that no pattern needs to know them.
FORMAL = {row["numeral"]: row["value"] for row in rows("numerals.csv")}
_FORMAL = str.maketrans(FORMAL)


def plain(text: str) -> str:
    """Return a number written with plain numerals.

    >>> plain("廿五"), plain("弐拾"), plain("参百")
    ('二十五', '二十', '三百')
    """
    return text.translate(_FORMAL)


def number(text: str) -> int:
    """Return the value of ``text``; 元 (the first year of an era) is 1.

    Raises:
        ValueError: ``text`` is no number.

    >>> [number(t) for t in ("25", "二十三", "二〇一三", "元", "百二十", "百〇五", "廿五")]
    [25, 23, 2013, 1, 120, 105, 25]
    """
    text = plain(text)
    if text == "元":
        return 1
    if _POSITIONAL.issuperset(text):
        return int(text.translate(_DIGITS))
    if text.isascii():
        return int(text)
    import kanjize  # few texts have such numbers

    return int(kanjize.kanji2number(text))
