"""Repairs that need no more than the character itself, or a mark that belongs to it.

Part of stage 2 (see ``__init__.py``).
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from pipeline.facts import rows
from pipeline.model.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

Piece = tuple[str, int, str]  # the new text, how many characters it replaces, the reason
Change = tuple[int, Piece]  # the offset and the repair
LINE_ENDS = frozenset("\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029")
# Controls but for tabs and line ends; formats; what Unicode calls default ignorable
# (DerivedCoreProperties.txt), variation selectors among it; the place of a picture; halves of a pair.
INVISIBLE = Rule(
    "invisible_characters",
    "[\0-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\xad\u034f\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2"
    "\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ud800-\udfff"
    "\ufe00-\ufe0f\ufeff\uffa0\ufdd0-\ufdef\ufff0-\ufffc\ufffe\uffff\U000110bd\U000110cd\U00013430-\U0001345f"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]+",
    reads=("外務⟦\u200b\ufeff⟧省", "葛⟦\U000e0100⟧飾区", "外務⟦\xad⟧省"),
    leaves=("外務 省", "外務\t省\n", "外務\xa0省"),
)
SELECTORS = Rule(
    "variation_selectors",
    "[\u180b-\u180d\u180f\ufe00-\ufe0f\U000e0100-\U000e01ef]+",
    reads=("葛⟦\U000e0100⟧飾区", "3⟦\ufe0f⟧日"),
    leaves=("外務\u200b省",),
)
# Brackets and marks that are set at full width in Japanese, whatever width was printed.
WIDE = {"(": "（", ")": "）", "｢": "「", "｣": "」", "､": "、", "｡": "。", "･": "・", "＜": "＜", "＞": "＞"}
# Full-width marks that stay: they are Japanese punctuation.
KEEP = frozenset("：；！？（）［］｛｝「」～＜＞")
# The meaning of these depends on their neighbours (see ``marks.py``).
COMMAS = frozenset("，．")
HYPHENS = frozenset("－−‐‑")
AFTER_KANA = Rule("katakana_before_hyphen", "[ァ-ヺｦ-ﾟ]", reads=("⟦プ⟧－", "⟦ﾌ⟧－"), leaves=("⟦ぷ－", "⟦2－"))
# ㋀-㋋ (months) to ㏾ (days), squared eras and words, ㈠ …; Kangxi radicals; compatibility ideographs; ligatures
# of Latin letters; letters and digits in the styles of formulas.
SPELLED = Rule(
    "spelled_out_character",
    "[\u3200-\u33ff\u2f00-\u2fdf\uf900-\ufaff\U0002f800-\U0002fa1f\ufb00-\ufb06\U0001d400-\U0001d7ff]",
    reads=("⟦㍻⟧26年", "⟦㈱⟧", "⟦ﬁ⟧", "⟦⼾⟧籍"),
    leaves=("①", "Ⅱ", "²"),
)
# Presentation forms of vertical text, and small forms: they become full-width characters.
PRESENTED = Rule(
    "presentation_form",
    "<(?:vertical|small)> ",
    reads=("⟦<vertical> ⟧0028", "⟦<small> ⟧002C"),
    leaves=("<wide> 0028", "<square> 5E73"),
)
VOICING = frozenset("\u3099\u309a\uff9e\uff9f")
ACCENTS = Rule("accent_over_letter", "[\u0300-\u036f]", reads=("Cafe⟦\u0301⟧",), leaves=("Café", "か\u3099"))
ASCII_SIGNS = (0x21, 0x7E)
TO_FULL_WIDTH = 0xFF01 - 0x21
# Characters that need no repair, except those listed above or in ``data/variants.csv``.
PLAIN = (
    (0x20, 0x7E),
    (0x2010, 0x2027),
    (0x2190, 0x27BF),
    (0x3000, 0x3096),
    (0x309B, 0x309E),
    (0x30A0, 0x30FE),
    (0x4E00, 0x9FFF),
)
VARIANTS = {row["variant"]: (row["standard"], row["reason"]) for row in rows("variants.csv")} | {
    row["radical"]: (row["ideograph"], "radical") for row in rows("radicals.csv")
}
"""Variant characters and radicals: what each stands for, and the reason of the repair."""


def _plain() -> str:
    """Return the characters that need no repair, as the inside of a class of characters."""
    repaired = sorted(map(ord, {*WIDE, *VARIANTS}))
    ranges = []
    for first, last in PLAIN:
        edges = [first - 1, *(code for code in repaired if first <= code <= last), last + 1]
        ranges += [(a + 1, b - 1) for a, b in pairwise(edges) if b - a > 1]
    signs = "".join(map(re.escape, sorted({"\t", "\n", *KEEP, *COMMAS})))
    return signs + "".join(f"{re.escape(chr(a))}-{re.escape(chr(b))}" for a, b in ranges)


SUSPECT = Rule(
    "character_that_may_need_a_repair",  # most need none, wherever they stand
    f"[^{_plain()}]",
    reads=("外務⟦\u200b⟧省", "⟦㍻⟧26年", "⟦繩⟧", "⟦(⟧案", "⟦２⟧"),
    leaves=("外務省は、2014年（平成26年）\t\n",),
)


def invisible(text: str) -> Iterator[Change]:
    """Yield a repair for each run of invisible characters; a letter keeps its variation selector's place."""
    done = 0
    # Looking for them among the suspects is seven times as fast as looking everywhere.
    for suspect in SUSPECT.finditer(text):
        at = suspect.start()
        if at < done or not (match := INVISIBLE.match(text, at)):
            continue
        if (selectors := SELECTORS.match(text, at)) and at > done and not text[at - 1].isspace():
            yield at - 1, (text[at - 1], selectors.end() - at + 1, "variation selector")
            at = selectors.end()
        done = match.end()
        if at < done:
            yield at, ("", done - at, "invisible character")


def single(text: str) -> Iterator[Change]:
    """Yield the repairs of single characters, with their offsets. No two overlap."""
    done = 0
    for match in SUSPECT.finditer(text):
        at = match.start()
        if at > done and _composed(text[at - 1], text[at]):
            at -= 1
        if at < done:
            continue
        piece, width, reason = _repair(text, at)
        if reason:
            yield at, (piece, width, reason)
        done = at + width


def _repair(text: str, i: int) -> Piece:
    char = text[i]
    if char in LINE_ENDS:
        width = 2 if text.startswith("\r\n", i) else 1
        return "\n", width, "" if char == "\n" else "line end"
    if composed := _composed(char, text[i + 1 : i + 2]):
        return composed, 2, "composed voicing mark" if text[i + 1] in VOICING else "composed accent"
    if char in WIDE:
        return WIDE[char], 1, "" if WIDE[char] == char else "width"
    if char in HYPHENS and i and AFTER_KANA.match(text, i - 1):
        return char, 1, ""
    if char in VARIANTS:
        return VARIANTS[char][0], 1, VARIANTS[char][1]
    return _compatibility(char)


def _composed(base: str, mark: str) -> str:
    """Return the letter composed of ``base`` and ``mark``, or an empty string if there is none."""
    if mark not in VOICING and not ACCENTS.match(mark):
        return ""
    composed = unicodedata.normalize("NFKC" if mark in VOICING else "NFC", base + mark)
    return composed if len(composed) == 1 else ""


@cache
def _compatibility(char: str) -> Piece:
    folded = unicodedata.normalize("NFKC", char)
    if folded == char or char in KEEP or char in COMMAS:
        return char, 1, ""
    if unicodedata.category(char) == "Zs":
        return (char, 1, "") if char in " \u3000" else (" ", 1, "blank of another width")
    decomposed = unicodedata.decomposition(char)
    if PRESENTED.match(decomposed):
        return _full_width(PRESENTED.sub("", decomposed)), 1, "presentation form"
    if "\uff01" <= char <= "\uffdc" and len(folded) == 1:
        return folded, 1, "width"
    if SPELLED.match(char):
        return folded.replace("(", "（").replace(")", "）"), 1, "spelled out"
    return char, 1, ""


def _full_width(codes: str) -> str:
    """Return the characters of a decomposition (``3001``, ``0028``), with ASCII signs at full width."""
    first, last = ASCII_SIGNS
    points = (int(code, 16) for code in codes.split())
    return "".join(chr(p + TO_FULL_WIDTH if first <= p <= last else p) for p in points)
