"""The grammar of titles: where a name of a law or treaty that no registry holds begins and ends.

The end is a head (``data/law_heads.csv``). The beginning is found by grammar: a run of nouns
(電気通信事業法), or a phrase whose last link says what the instrument is about
(…に関する法律, …との間の協定). In quotation marks the quotation is the title.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from pipeline.recognize.phrases import LINK_ENDS, noun_run, phrase_start

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.model import Analysis, Token

QUOTED = re.compile(r"「([^「」]{4,160})」")
# A name with its number behind it is a law, whatever it is called: 借地法（大正10年法律第49号）.
NUMBERED = re.compile(r"[ 　]?（(?:明治|大正|昭和|平成|令和)[^（）]{1,12}年[^（）]{0,24}第[^（）]{1,6}号")

@dataclass(frozen=True, slots=True)
class Head:
    """A head of titles: the kind of instrument, and what must stand before it."""

    head: str
    kind: str
    needs: str


@cache
def heads() -> tuple[Head, ...]:
    """Return the heads, the longest first (``data/law_heads.csv``)."""
    rows = (Head(row["head"], row["kind"], row["needs"]) for row in _rows("law_heads.csv"))
    return tuple(sorted(rows, key=lambda h: -len(h.head)))


@cache
def stems() -> frozenset[str]:
    """Return the words that make 〜法 a statute (``data/law_stems.csv``)."""
    return frozenset(row["stem"] for row in _rows("law_stems.csv"))


@cache
def generic() -> frozenset[str]:
    """Return what looks like a name but is a kind or a field of law (``data/law_generic.csv``)."""
    return frozenset(row["name"] for row in _rows("law_generic.csv"))


def _rows(name: str) -> list[dict[str, str]]:
    with files("pipeline").joinpath(f"data/{name}").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def find_titles(analysis: Analysis, edges: frozenset[int]) -> Iterator[tuple[int, int, str]]:
    """Yield the half-open span and the rule of each title in the sentence."""
    text, tokens = analysis.sentence.text, analysis.tokens
    for match in QUOTED.finditer(text):
        title = re.sub(r"案$", "", match.group(1))
        head = next((h for h in heads() if title.endswith(h.head)), None)
        if head and title not in generic() and (head.needs != "stem" or _statute(title)) and title != head.head:
            yield match.start(1), match.start(1) + len(title), "quoted_title"
    for last, token in enumerate(tokens):
        if _in_dictionary(token):
            yield token.start, token.end, "dictionary_title"
            continue
        for head in heads():
            at = token.end - len(head.head)
            if not text.endswith(head.head, 0, token.end) or at not in edges or _runs_on(text, token.end):
                continue
            span = _title(text, tokens, last, at, head)
            if span:
                yield span[0], token.end, span[1]
            break


def _in_dictionary(token: Token) -> bool:
    """Whether Sudachi's dictionary has the whole title as one proper noun."""
    return token.pos.startswith("名詞-固有名詞-一般") and any(
        token.surface.endswith(h.head) and len(token.surface) > len(h.head) + 2 for h in heads() if h.needs != "stem"
    )


def _runs_on(text: str, end: int) -> bool:
    return bool(re.match(r"[人的制学廷曹案]人?|上の手続", text[end : end + 2])) and not text.startswith("案", end)


def _title(text: str, tokens: Sequence[Token], last: int, at: int, head: Head) -> tuple[int, str] | None:
    first = noun_run(text, tokens, last)
    start = tokens[first].start
    before = text[max(0, start - 8) : start]
    if first > 0 and LINK_ENDS.search(before) and not before.endswith(("年の", "月の", "日の")):
        phrase = phrase_start(text, tokens, first)
        linked = LINK_ENDS.search(before)
        if phrase is not None and linked and linked.group() not in ("の", "間の", "等の", "による"):
            return phrase, "descriptive_title"
    name = text[start : tokens[last].end]
    if name in generic() or name == head.head or start >= at:
        return None
    stem = text[start:at]
    if NUMBERED.match(text, tokens[last].end):
        return start, "numbered_title"
    match head.needs:
        case "left":
            named = len(stem) >= 2
        case "stem":
            named = _statute(name)
        case "proper":
            named = _proper(tokens[first : last + 1], stem)
        case _:
            named = False
    return (start, "compound_title") if named else None


def _statute(name: str) -> bool:
    stem = re.sub(r"法(?:律)?$", "", name)
    return name not in generic() and stem not in stems() and any(stem.endswith(word) for word in stems())


def _proper(tokens: Sequence[Token], stem: str) -> bool:
    """Whether the run holds a proper noun, a foreign word or a pair of countries (日独)."""
    if any("固有名詞" in token.pos for token in tokens):
        return True
    return bool(re.search(r"[A-Za-z]{2,}|^日[米英仏独伊加豪中韓朝露ソ印比越泰星]", stem))
