"""Whether what stands before a trade makes a firm's name of it: 若狭｜証券, 夢真｜ホールディングス, オフ｜コーポレーション."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.entities.names.phrases import MARKS
from pipeline.entities.organizations import local
from pipeline.entities.organizations.facts import countries, generic, words
from pipeline.entities.organizations.left_edge import KATAKANA

if TYPE_CHECKING:
    from pipeline.entities.names.heads import Head
    from pipeline.entities.organizations.stem import Stem
    from pipeline.model.sentence import Token

FORMS = ("会社", "法人")
LONG_FIRM = 3  # 決め打ち: words before the trade in a company's name
LONG_TRADE = 5  # 決め打ち: letters of a trade that no ordinary word in katakana ends with
SHORTEST_OF_TRADE = 2  # 決め打ち: letters of a firm's own name before its trade
LONG_STEM_OF_TRADE = 2  # 決め打ち: ordinary words before a trade that only names bear


def in_katakana(token: Token, at: int, head: Head) -> bool:
    """Whether a trade ends a word in katakana that no dictionary knows: オフ｜コーポレーション."""
    long = len(head.head) >= LONG_TRADE and at - token.start >= SHORTEST_OF_TRADE  # not メガ｜ファーマ
    return head.needs == "trade" and long and KATAKANA.fullmatch(token.surface) is not None


def firm(stem: Stem) -> bool:
    """若狭｜証券, 夢真｜ホールディングス: a place or a name of its own right before a trade, and no noun behind it."""
    run = stem.run
    if not run or stem.noun_behind or any(t.surface in MARKS for t in run):
        return False
    if any(t.surface.endswith(FORMS) for t in run):
        return False  # 量販店株式会社｜若葉電機
    if len(run) == 1 and run[0].end > stem.at:
        return "固有名詞" in run[0].pos and "地名" not in run[0].pos
    last = run[-1]
    proper = "固有名詞" in last.pos or last.surface in words("name_of_firms")  # 青葉｜不動産
    named = proper and "地名-国" not in last.pos and last.surface not in generic()
    if local.OF_PLACE.search(last.surface):
        return False  # 愛知県｜産業
    return named and last.end == stem.at and len(run) <= LONG_FIRM and last.surface not in countries()


def trade(stem: Stem) -> bool:
    """Whether a word that names no class (青葉) stands before an ending that only company names have."""
    run = stem.run
    if firm(stem) or stem.noun_behind or len(stem.written) <= 1 or len(run) > LONG_STEM_OF_TRADE:
        return firm(stem)
    classes = generic() | words("class_of_trade") | words("class_of_firms") | words("trade")
    if len(run) == 1 and in_katakana(run[0], stem.at, stem.head):
        return stem.written not in classes and not stem.written.endswith(tuple(words("no_firm")))
    common = all(t.pos in ("名詞-普通名詞-一般", "接頭辞") or "固有名詞" in t.pos for t in run)
    free = not any(t.surface in classes or t.surface in countries() or t.surface in MARKS for t in run)
    ends = run[-1].end == stem.at and not local.OF_PLACE.search(run[-1].surface)
    return common and free and ends and not stem.written.endswith(FORMS)
