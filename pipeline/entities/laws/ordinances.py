"""Ordinances of prefectures and municipalities: the place that made one begins its title.

渋谷区男女平等及び多様性を尊重する社会を推進する条例; さいたま市誰もが共に暮らすための障害者の権利の擁護等に関する条例.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.entities.laws.pattern_words import JOINER, words
from pipeline.model.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.model.sentence import Token

PLACE = Rule(
    "place_that_makes_ordinances",
    r"(?:[都道府県市区町村]|北海道)$",
    reads=("渋谷区", "北海道"),
    leaves=("渋谷",),
)
# 東京都は, 大阪府の: the place does something or owns something; it does not begin a title.
NOT_BEGUN = Rule(
    "place_begins_no_title",
    rf"(?:[はがのをにでともや、。・（）「」]|から|まで|など|等|{JOINER}|$)",
    reads=("東京都⟦は⟧条例を",),
    leaves=("東京都⟦公害防止条例",),
)
JOINING_HA = tuple(word for word in words("joiner") if word.endswith("は"))
STOPS = frozenset("。「」『』（）；")
# Titles of ordinances are rarely longer (決め打ち).
LONGEST = 80


def ordinance_start(text: str, tokens: Sequence[Token], last: int, end: int) -> int | None:
    """Return where the title of an ordinance that ends at ``end`` begins.

    At its place, None if none is named.
    """
    start = None
    for i in range(last, -1, -1):
        token = tokens[i]
        if end - token.start > LONGEST or token.surface in STOPS:
            break
        if i < last and token.surface.endswith("条例"):
            break
        topic = token.surface == "は" and not text.endswith(JOINING_HA, 0, token.end)
        if topic or (token.surface == "、" and start is not None):
            break  # 青葉市は｜条例を
        if PLACE.search(token.surface) and _is_place(tokens, i) and not NOT_BEGUN.match(text, token.end):
            start = _first(tokens, i)
    return start


def _is_place(tokens: Sequence[Token], i: int) -> bool:
    """Whether a token names a prefecture or municipality: 東京都, or さいたま and 市."""
    if "地名" in tokens[i].pos and len(tokens[i].surface) > 1:
        return True
    return (
        i > 0
        and len(tokens[i].surface) == 1
        and "地名" in tokens[i - 1].pos
        and tokens[i - 1].end == tokens[i].start
    )


def _first(tokens: Sequence[Token], i: int) -> int:
    """Return where the place begins: with the prefecture before a municipality (東京都渋谷区)."""
    while i > 0 and "地名" in tokens[i - 1].pos and tokens[i - 1].end == tokens[i].start:
        i -= 1
    return tokens[i].start
