"""Stage 3: Text → blocks and unbroken sentences.

A printed page interrupts its sentences: lines and pages end in the middle of words, captions and notes
stand between the halves, English glosses are set into names. Here lines become blocks, blocks that are
one paragraph are joined, and every sentence is given back whole, each character with its raw origin.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pipeline.layout import Line, continues, headings, read_lines
from pipeline.model import Block, Sentence

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.model import BlockKind, Text

# Sentences end here, outside brackets; a closing bracket or quotation mark after it still belongs to it.
ENDS = "。！？!?"
OPENING, CLOSING = "「『（〔［【〈《", "」』）〕］】〉》"
# A bracket that is not closed within this many characters does not hold a sentence together (決め打ち).
LONGEST_BRACKET = 400
# An acronym in brackets, and the English that was set above or behind it: 「（SDC）^{Subcommittee …}」.
RAISED = re.compile(r"\^\{([^{}\n]*)\}")
ACRONYM = re.compile(r"（([A-Z][A-Za-z0-9&+/.-]{1,14})） ?(?=[A-Z])")
ENGLISH = re.compile(r"[A-Z][A-Za-z.&'’-]*(?:,? (?:[A-Z][A-Za-z.&'’-]*|and|of|for|the|on|in|to|de))+")
# 「2基目のレーダーの配備先とBallistic Missile Defenseとして」: an English run right among Japanese.
INSET = re.compile(r"(?<=[ぁ-ヿ一-龥々])" + ENGLISH.pattern + r"(?=[ぁ-ヿ一-龥々])")
MARKER = re.compile(r"[¹²³⁰⁴-⁹]+|(?<=[ぁ-ヿ一-龥々）」])[（(]?(?:注|※)\d{1,2}[）)]?(?=[、。はがをのに])")
# 「…生じた1。」: a footnote number glued to the end of a sentence or clause.
GLUED = re.compile(r"(?<=[ぁ-ん）」])(\d{1,3})(?=[。、])")
# The number at the head of a footnote: 「8 海洋法に関する…」.
NOTE_NUMBER = re.compile(r"\s*(?:[¹²³⁰⁴-⁹]+|\d{1,3}[\s　]+)")
NEAR = 120


@dataclass(slots=True)
class _Unit:
    """Lines that make one block of running text, a table row's cells, or a gloss."""

    kind: BlockKind
    spans: list[tuple[int, int]]
    section: tuple[str, ...]
    level: int = 0
    row: int = -1
    glosses: list[tuple[int, int]] = field(default_factory=list)


def structure(text: Text) -> tuple[tuple[Block, ...], tuple[Sentence, ...]]:
    """Return the blocks of ``text`` in text order, and its sentences in the order of their first character."""
    lines = headings(read_lines(text.clean))
    notes = {line.number for line in lines if line.kind == "footnote" and line.number}
    units = list(_units(lines))
    blocks: list[Block] = []
    sentences: list[tuple[int, Sentence]] = []
    for index, unit in enumerate(units):
        block_id = f"b{index:05d}"
        start, end = text.starts[unit.spans[0][0]], text.ends[unit.spans[-1][1] - 1]
        blocks.append(Block(block_id, unit.kind, start, end, unit.section, unit.level))
        sentences.extend(_sentences(text, unit, block_id, notes))
    sentences.sort(key=lambda pair: pair[0])
    numbered = tuple(
        Sentence(f"s{n:05d}", s.text, s.starts, s.ends, s.kind, s.block_id, s.section, s.row, s.column)
        for n, (_, s) in enumerate(sentences)
    )
    return tuple(blocks), numbered


def _units(lines: Sequence[Line]) -> Iterator[_Unit]:
    """Join the lines that a page broke; whatever stands between the halves keeps its own place."""
    taken = [False] * len(lines)
    row = 0
    for i, line in enumerate(lines):
        if taken[i] or line.kind == "blank":
            continue
        taken[i] = True
        if line.kind == "table":
            yield _Unit("table", [(line.start, line.end)], line.section, row=row)
            row += 1
            continue
        unit = _Unit(line.kind, [(line.start, line.end)], line.section, line.level)
        last = i
        while (j := continues(lines, last)) is not None and not taken[j]:
            taken[j] = True
            unit.spans.append((lines[j].start, lines[j].end))
            last = j
        yield unit


def _sentences(
    text: Text, unit: _Unit, block_id: str, notes: set[str]
) -> Iterator[tuple[int, Sentence]]:
    """Yield the unit's sentences and glosses, each with the clean offset of its first character."""
    if unit.kind == "table":
        columns = _cells(text.clean, *unit.spans[0])
    else:
        columns = [(-1, unit.spans)]
    for column, spans in columns:
        offsets = [i for start, end in spans for i in range(start, end)]
        running = "".join(text.clean[i] for i in offsets)
        dropped, glosses = _interruptions(running, notes)
        if unit.kind == "footnote" and (number := NOTE_NUMBER.match(running)):
            dropped.update(range(*number.span()))
        for start, end in glosses:
            yield from _sentence(text, offsets[start:end], "gloss", unit, block_id, column)
        kept = [i for i in range(len(offsets)) if i not in dropped]
        whole = "".join(running[i] for i in kept)
        for start, end in split(whole):
            yield from _sentence(text, [offsets[k] for k in kept[start:end]], unit.kind, unit, block_id, column)


def _sentence(
    text: Text, offsets: list[int], kind: BlockKind, unit: _Unit, block_id: str, column: int
) -> Iterator[tuple[int, Sentence]]:
    while offsets and text.clean[offsets[0]].isspace():
        offsets = offsets[1:]
    while offsets and text.clean[offsets[-1]].isspace():
        offsets = offsets[:-1]
    if offsets:
        yield (
            offsets[0],
            Sentence(
                "",
                "".join(text.clean[i] for i in offsets),
                [text.starts[i] for i in offsets],
                [text.ends[i] for i in offsets],
                kind,
                block_id,
                unit.section,
                unit.row,
                column,
            ),
        )


def _cells(clean: str, start: int, end: int) -> list[tuple[int, list[tuple[int, int]]]]:
    cells, column = [], 0
    for match in re.finditer(r"[^\t]*(?:\t|$)", clean[start:end]):
        a, b = start + match.start(), start + match.start() + len(match.group().rstrip("\t"))
        if clean[a:b].strip():
            cells.append((column, [(a, b)]))
        column += 1
    return cells


def _interruptions(running: str, notes: set[str]) -> tuple[set[int], list[tuple[int, int]]]:
    """Return the positions that do not belong to the sentence, and the spans of glosses among them."""
    dropped: set[int] = set()
    glosses: list[tuple[int, int]] = []
    for match in RAISED.finditer(running):
        dropped.update(range(*match.span()))
        glosses.append(match.span(1))
    for match in ACRONYM.finditer(running):
        gloss = ENGLISH.match(running, match.end())
        if gloss and gloss.group()[0] == match.group(1)[0]:
            dropped.update(range(match.end(), gloss.end()))
            glosses.append(gloss.span())
    for match in INSET.finditer(running):
        initials = "".join(word[0] for word in re.split(r"[ -]", match.group()) if word[:1].isupper())
        near = running[max(0, match.start() - NEAR) : match.end() + NEAR]
        if re.search(rf"(?<![A-Za-z]){re.escape(initials)}(?![A-Za-z])", near):
            dropped.update(range(*match.span()))
            glosses.append(match.span())
    for match in MARKER.finditer(running):
        dropped.update(range(*match.span()))
    for match in GLUED.finditer(running):
        if match.group(1) in notes:
            dropped.update(range(*match.span()))
    return dropped, [span for span in glosses if span[0] < span[1]]


def split(text: str) -> list[tuple[int, int]]:
    """Return the half-open spans of the sentences in ``text``; together they cover it.

    A sentence ends behind 。！？ that stand outside brackets; brackets that close at once behind the end
    go with it.

    >>> [text[a:b] for text in ["「行く。」と言った。次（注。）へ。"] for a, b in split(text)]
    ['「行く。」と言った。', '次（注。）へ。']
    """
    closers = _closers(text)
    spans, start, i = [], 0, 0
    while i < len(text):
        if text[i] in OPENING and i in closers:
            i = closers[i]
        elif text[i] in ENDS:
            while i + 1 < len(text) and text[i + 1] in ENDS + CLOSING:
                i += 1
            spans.append((start, i + 1))
            start = i + 1
        i += 1
    if start < len(text):
        spans.append((start, len(text)))
    return spans


def _closers(text: str) -> dict[int, int]:
    """Map each opening bracket to its partner, where there is one near enough."""
    stack: list[int] = []
    pairs: dict[int, int] = {}
    for i, char in enumerate(text):
        if char in OPENING:
            stack.append(i)
        elif char in CLOSING:
            kind = OPENING[CLOSING.index(char)]
            for depth in range(len(stack) - 1, max(-1, len(stack) - 8), -1):
                if text[stack[depth]] == kind:
                    opener = stack[depth]
                    del stack[depth:]
                    if i - opener <= LONGEST_BRACKET:
                        pairs[opener] = i
                    break
    return pairs
