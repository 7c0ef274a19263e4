"""Persons whose names stand before a body's without being of it: 野依良治｜名古屋大学, 黒田｜日本銀行｜総裁."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.entities.names.phrases import MARKS
from pipeline.entities.organizations.facts import countries, words
from pipeline.entities.organizations.houses import HOUSES
from pipeline.entities.organizations.left_edge import KATAKANA

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.entities.names.heads import Head
    from pipeline.model.sentence import Token

PARTS = 3  # 決め打ち: words of such a title (副｜委員長, 上級｜副｜委員長)
TREATY = "条約"
LONG_NAME = 4  # 決め打ち: characters of a registered name that no surname makes into another one


def past_names(tokens: Sequence[Token], first: int, last: int) -> int:
    """Drop a person's name in parts before a place's school: ヨシュア・ベンジオ・｜モントリオール大学."""
    marks = [i for i in range(first, last) if tokens[i].surface == "・"]
    if not marks or not KATAKANA.fullmatch(tokens[first].surface):
        return first
    parts = [i - 1 for i in marks]
    placed = "地名" in tokens[marks[-1] + 1].pos and not any("地名" in tokens[i].pos for i in parts)
    person = len(parts) > 1 or "人名" in tokens[first].pos
    return marks[-1] + 1 if placed and person else first


def past_person(tokens: Sequence[Token], first: int, last: int) -> int:
    """Drop the full name of a person that stands before the body's: 野依良治｜名古屋大学."""
    i = first
    while i < last and "人名" in tokens[i].pos:
        i += 1
    if i < last and tokens[i].surface in words("in_honour"):
        return first  # 澁澤栄一｜記念｜財団
    return i if i - first > 1 and any(t.pos.endswith("人名-名") for t in tokens[first:i]) else first


def past_surname(tokens: Sequence[Token], first: int, last: int, known: Sequence[tuple[int, int]]) -> int:
    """Drop the surname before a name of the registry that its bearer's title follows: 黒田｜日本銀行｜総裁."""
    if "人名-姓" not in tokens[first].pos or first == last or not _led(tokens, last):
        return first
    at = tokens[first].end
    behind = "".join(token.surface for token in tokens[first + 1 : last + 1])
    of_house = behind in words("of_a_house") or behind.startswith(tuple(HOUSES))
    return first + 1 if of_house or any(a == at and b - a >= LONG_NAME for a, b in known) else first


def past_visitor(tokens: Sequence[Token], first: int, last: int, head: Head) -> int:
    """Drop the name in katakana of who leads a ministry: ノリン｜鉱物エネルギー省｜長官."""
    title = tokens[last + 1] if last + 1 < len(tokens) else None
    if head.kind not in ("ministry", "agency") or title is None or title.start != tokens[last].end:
        return first
    person = "人名" in tokens[first].pos and KATAKANA.fullmatch(tokens[first].surface)
    led = title.surface in words("minister") and first + 1 < last
    return first + 1 if person and led and tokens[first].surface not in countries() else first


def past_foreign_name(
    tokens: Sequence[Token], first: int, last: int, known: Sequence[tuple[int, int]]
) -> int:
    """Drop a name in katakana before a name of the registry: ジャン=クロード・ユンカー｜欧州委員会｜委員長."""
    if not KATAKANA.fullmatch(tokens[first].surface) or not _led(tokens, last):
        return first
    at = first
    while at < last and (tokens[at].surface in MARKS or KATAKANA.fullmatch(tokens[at].surface)):
        at += 1
    person = tokens[first:at]
    marked = any(token.surface in MARKS for token in person)
    if not marked and any("地名" in token.pos or token.surface in countries() for token in person):
        return first
    if any(TREATY in token.surface for token in tokens[at:last]):
        return first  # …｜北大西洋条約｜機構: the treaty would be taken with the person's name
    start, end = tokens[at].start, tokens[last].end
    return at if end - start >= LONG_NAME and (start, end) in known else first


def _led(tokens: Sequence[Token], last: int) -> bool:
    """Whether the title of who leads the body stands right behind its name."""
    title, behind = "", tokens[last].end
    for token in tokens[last + 1 : last + 1 + PARTS]:
        if token.start != behind:
            return False
        title, behind = title + token.surface, token.end
        if title.endswith(tuple(words("head_of_a_body"))):
            return True
    return False
