"""Numbers as white papers write them: ASCII digits or kanji numerals, positional (二〇一三) or with 十百千."""

from __future__ import annotations

import re

import kanjize

KANJI = "〇一二三四五六七八九十百千"
# A number of at most seven kanji numerals; the text is clean, so digits are ASCII.
NUMBER = rf"(?:\d{{1,4}}|[{KANJI}]{{1,7}}|元)"
_POSITIONAL = re.compile(r"[〇一二三四五六七八九]+")
_DIGITS = str.maketrans("〇一二三四五六七八九", "0123456789")


def number(text: str) -> int:
    """Return the value of ``text``; 元 (the first year of an era) is 1.

    Raises:
        ValueError: ``text`` is no number.

    >>> [number(t) for t in ("25", "二十三", "二〇一三", "元", "百二十")]
    [25, 23, 2013, 1, 120]
    """
    if text == "元":
        return 1
    if _POSITIONAL.fullmatch(text):
        return int(text.translate(_DIGITS))
    return int(text) if text.isascii() else int(kanjize.kanji2number(text))
