"""The phrase before the head of a body's name: 選挙運動に関する｜協議会."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.entities.names.phrases import LINK_ENDS, noun_run, phrase_start
from pipeline.entities.organizations.facts import outside

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.model.sentence import Token


def phrase(text: str, tokens: Sequence[Token], first: int) -> int | None:
    """Return where the phrase before a run begins; a wide space or a bare number ends it to the left."""
    start = phrase_start(text, tokens, first)
    while start is not None and (further := _further(text, tokens, first, start)) is not None:
        start = further
    if start is None:
        return None
    cut = text.rfind("　", start, tokens[first].start) + 1
    if cut:
        start = (
            cut if LINK_ENDS.search(text, cut, tokens[first].start) and cut < tokens[first].start - 4 else -1
        )
    return _past_adverbs(tokens, first, start) if start >= 0 else None


def _past_adverbs(tokens: Sequence[Token], first: int, start: int) -> int:
    """Drop what tells when or how before the first noun of a phrase: 現在｜選挙運動に関する協議会."""
    i = next((i for i, token in enumerate(tokens[:first]) if token.start >= start), first)
    while i + 1 < first and tokens[i].surface in outside() and tokens[i + 1].pos.startswith("名詞"):
        i += 1
    return max(start, tokens[i].start)


def _further(text: str, tokens: Sequence[Token], first: int, start: int) -> int | None:
    """Return where a phrase begins that goes on to the left of ``start``, or None.

    安全・安心な, 総合的な, IPv6による: what goes with a noun of the phrase belongs to it.
    """
    i = next((i for i, token in enumerate(tokens) if token.start >= start), first)
    if i < 2:
        return None
    if tokens[i - 1].surface == "な" and tokens[i - 2].pos.startswith(("形状詞", "接尾辞-形状詞")):
        further = phrase_start(text, tokens, i - 1)
    elif i > 2 and tokens[i - 1].surface == "よる" and tokens[i - 2].surface == "に":
        further = phrase_start(text, tokens, i - 2)
        if further is None:
            further = tokens[noun_run(text, tokens, i - 3)].start
    else:
        return None
    return further if further is not None and further < start else None
