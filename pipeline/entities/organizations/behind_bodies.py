"""What stands behind the name of a corporation and is not of it: 国立大学法人青葉大学｜運営費交付金."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.entities.organizations.facts import HEADS
from pipeline.entities.organizations.registry import organization_lexicon
from pipeline.model.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.model.sentence import Token

ORDINARY = Rule(
    "ordinary_noun",  # neither a name nor katakana, of which names are made
    r"(?:名詞-普通名詞|接尾辞-名詞的)-",
    reads=("⟦名詞-普通名詞-⟧一般", "⟦接尾辞-名詞的-⟧一般"),
    leaves=("名詞-固有名詞-一般", "名詞-数詞"),
)
KANJI = Rule("kanji_alone", "[一-龥々]+", reads=("⟦運営費⟧",), leaves=("センター", "の"))
PART = Rule(
    "part_of_a_body_or_place",  # which may end a longer name: 青葉機構若葉病院
    r"[部局課室所院校園店館会団社寮科隊署場村城寺群]$|総研$|本庁$|部門$",
    reads=("若葉病⟦院⟧", "編集⟦部⟧", "紅葉⟦総研⟧", "研究⟦部門⟧"),
    leaves=("運営費交付金", "公認指導者", "賃貸住宅"),
)

# What must stand before a head that ends a whole name of its own.
NEEDS = ("content", "proper", "word")


def end_of_body(text: str, tokens: Sequence[Token], begin: int, end: int) -> int:
    """Return where the name of a corporation from ``begin`` ends, at most at ``end``.

    What follows a registered name, or a head of bodies, is not of it, if it is of ordinary nouns in kanji
    and ends as neither a body nor a place does.
    """
    run = [token for token in tokens if begin <= token.start and token.end <= end]
    last = end
    for token in reversed(run):
        name = text[begin : token.end]
        if token.end < end and (_headed(text, token.end) or organization_lexicon().get(name)):
            last = token.end
            break
        if not (ORDINARY.match(token.pos) and KANJI.fullmatch(token.surface)):
            return end
    if last == end or PART.search(text, last, end) or _headed(text, end):
        return end
    return last


def _headed(text: str, end: int) -> bool:
    """Whether a head of bodies that need no other body before them ends at ``end``."""
    return any(head.needs in NEEDS for head in HEADS.at(text, end))
