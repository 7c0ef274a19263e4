"""What every raw character became: a character of a sentence, changed or not, or nothing, and why.

Spans are raw code points, half-open. The passages of a document cover its raw text without gaps or overlaps.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pipeline.model.page import Block
    from pipeline.model.sentence import Sentence
    from pipeline.model.source import Repair, Text

PAGE_END = "\f"
CELL_BORDERS = frozenset("\t|｜")


@dataclass(frozen=True, slots=True)
class Passage:
    """A run of raw characters that were treated alike.

    Attributes:
        raw: The raw text.
        clean: The text in the sentence; empty if nothing is left.
        sentence_id: The sentence; empty if it is in none.
        reason: Why it was changed or left out; empty if it is unchanged.
    """

    start: int
    end: int
    raw: str
    clean: str
    sentence_id: str
    reason: str


def trace(
    text: Text, blocks: Sequence[Block], sentences: Sequence[Sentence], repairs: Iterable[Repair]
) -> list[Passage]:
    """Return the passages of ``text`` in order. They cover ``text.source.raw`` without gaps.

    Args:
        text: The cleaned text.
        blocks: Its blocks in text order.
        sentences: Its sentences.
        repairs: The repairs by which the structure took characters out of sentences.
    """
    raw = text.source.raw
    kept, owner = _kept(raw, sentences)
    reasons = _reasons(len(raw), (*text.repairs, *repairs))
    tables = sorted((b.start, b.end) for b in blocks if b.kind == "table")
    inside = _inside(len(raw), sentences)
    fates = (
        (
            owner[i],
            reasons[i] or _changed(raw[i], kept[i])
            if owner[i] >= 0
            else reasons[i] or _dropped(raw, i, inside, tables),
        )
        for i in range(len(raw))
    )
    return list(_passages(raw, kept, fates, sentences))


def _kept(raw: str, sentences: Sequence[Sentence]) -> tuple[list[str], list[int]]:
    """Return for each raw character what is left of it, and the index of its sentence or -1."""
    kept, owner = [""] * len(raw), [-1] * len(raw)
    for number, sentence in enumerate(sentences):
        for char, start, end in zip(sentence.text, sentence.starts, sentence.ends, strict=True):
            kept[start] += char
            owner[start:end] = [number] * (end - start)
    return kept, owner


def _reasons(length: int, repairs: Iterable[Repair]) -> list[str]:
    found = [""] * length
    for repair in repairs:
        for i in range(repair.start, repair.end):
            if repair.reason not in found[i].split("; "):
                found[i] = f"{found[i]}; {repair.reason}".removeprefix("; ")
    return found


def _inside(length: int, sentences: Iterable[Sentence]) -> list[bool]:
    """Return which raw characters stand between the first and the last one of a sentence."""
    edges = [0] * (length + 1)
    for sentence in sentences:
        edges[sentence.starts[0]] += 1
        edges[sentence.ends[-1]] -= 1
    depth, found = 0, []
    for edge in edges[:length]:
        depth += edge
        found.append(depth > 0)
    return found


def _changed(char: str, kept: str) -> str:
    return "" if kept == char else "line end read as a blank" if kept == " " else ""


def _dropped(raw: str, i: int, inside: Sequence[bool], tables: Sequence[tuple[int, int]]) -> str:
    """Return why a character that no repair names is in no sentence."""
    char = raw[i]
    if char in CELL_BORDERS:
        place = bisect_right(tables, (i, len(raw)))
        if place and tables[place - 1][0] <= i < tables[place - 1][1]:
            return "border of a cell"
    if char == PAGE_END:
        return "page end"
    if char in "\n\r" or len(f"a{char}a".splitlines()) > 1:
        return "line end within a sentence" if inside[i] else "line end"
    return "blank" if char.isspace() else "invisible character"


def _passages(
    raw: str, kept: Sequence[str], fates: Iterable[tuple[int, str]], sentences: Sequence[Sentence]
) -> Iterator[Passage]:
    at = 0
    for (owner, reason), group in groupby(fates):
        end = at + sum(1 for _ in group)
        sentence_id = sentences[owner].sentence_id if owner >= 0 else ""
        yield Passage(at, end, raw[at:end], "".join(kept[at:end]), sentence_id, reason)
        at = end
