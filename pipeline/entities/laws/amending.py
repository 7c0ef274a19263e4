"""Texts that amend an instrument: 「…」を「…」に改め、同条第2項中…. What they quote is said of another text."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.entities.laws.enclosed import enclosed
from pipeline.model.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pipeline.entities.laws.citation import Citation, Find

# The sentence that opens such a text: from there on a bare 法第3条 is what the amended instrument calls so.
OPENS = Rule(
    "opens_an_amending_text",
    "の一部を次のように改(?:正する|める)",
    reads=("港湾管理条例⟦の一部を次のように改正する⟧。",),
    leaves=("港湾法の一部を改正する法律",),
)
REPLACED = Rule(
    "words_are_replaced",
    "」(?:を「(?![^「」]{1,60}」(?:に(?:改称|名称)|と(?!する|し|読|、|改)))|に改め|を加え(?!た)|を削|とあるのは、?「|と読み替え)",
    reads=("第2条中「港湾⟦」を「⟧港」に改める", "「港湾⟦」を加え⟧る", "「港湾⟦」とあるのは「⟧港」とする"),
    leaves=("「港湾」を守る", "「港湾法」を「湾法」に改称した", "「港湾法」を「湾法」と呼ぶ"),
)


def quoted(text: str) -> list[tuple[int, int]]:
    """Return the half-open spans of what a sentence quotes to replace it, none inside another."""
    if "」" not in text or not REPLACED.search(text):
        return []
    return enclosed(text, "「", "」")


def around(at: int, quotes: list[tuple[int, int]]) -> tuple[int, int] | None:
    """Return the one of the ``quotes``, which are in text order, in which an offset stands."""
    found = bisect_left(quotes, (at + 1,)) - 1
    return quotes[found] if found >= 0 and at < quotes[found][1] else None


def marked(finds: Iterable[Find], quotes: list[tuple[int, int]]) -> Iterator[Find]:
    """Yield the finds, those in a quotation with where that ends."""
    for find in finds:
        quote = around(find.start, quotes)
        yield replace(find, citation=replace(find.citation, quoted=quote[1])) if quote else find


def out_of_sight(past: Citation, citation: Citation, *, elsewhere: bool, at: int) -> bool:
    """Whether an anaphor cannot point back to a law, though that is named before it.

    The law may be said in passing, in a bracket behind another one that is closed. And where words are
    replaced, what is quoted points to nothing outside of the quotations (同条中「同法」を「…」に改める), and
    同法 or 同条 outside of them to nothing in them.

    Args:
        past: How the law is cited.
        citation: The anaphor.
        elsewhere: Whether they stand in different sentences.
        at: Where the anaphor begins.
    """
    if citation.quoted >= 0 and (elsewhere or past.quoted < 0):
        return True
    if past.quoted >= 0 and citation.quoted < 0:
        return elsewhere or at >= past.quoted
    return past.aside >= 0 and (elsewhere or at >= past.aside)
