"""Law numbers as they were promulgated: kanji numerals."""

from __future__ import annotations

import re

DIGITS = "〇一二三四五六七八九"


def kanji_number(text: str) -> str:
    """Write a law number with kanji numerals, as it was promulgated.

    >>> kanji_number("平成11年法律第60号"), kanji_number("平成元年法律第百二号")
    ('平成十一年法律第六十号', '平成元年法律第百二号')
    """
    return re.sub(r"\d+", lambda m: _kanji(int(m.group())), re.sub(r"[ 　]", "", text))


def _kanji(value: int) -> str:
    """Write 1-9999 with 十百千, without 一 before them, as law numbers do."""
    out = ""
    for unit, word in ((1000, "千"), (100, "百"), (10, "十")):
        digit, value = divmod(value, unit)
        out += ("" if digit == 1 else DIGITS[digit]) + word if digit else ""
    return out + (DIGITS[value] if value else "")
