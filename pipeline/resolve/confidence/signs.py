"""The classes of signs that stand beside a mention."""

from __future__ import annotations

from functools import cache

OPENING, CLOSING = frozenset("（「『［【〈《("), frozenset("）」』］】〉》)")
JOINING = frozenset("・、,，/／-－―—〜～")


@cache
def side(sign: str) -> str:
    """Return the class of a sign that stands beside a mention; ``""`` stands at the edge of a sentence.

    >>> side("の"), side("省"), side("（"), side("")
    ('kana', 'kanji', 'bracket', 'edge')
    """
    if not sign:
        return "edge"
    if "ぁ" <= sign <= "ゖ":
        return "kana"
    if "一" <= sign <= "龥" or sign in "々〇ヶ":
        return "kanji"
    if "ァ" <= sign <= "ヺ" or sign == "ー":
        return "katakana"
    if sign.isalnum():
        return "digit" if sign.isdigit() else "letter"
    if sign in OPENING or sign in CLOSING:
        return "bracket"
    return "joint" if sign in JOINING else "blank" if sign.isspace() else "mark"
