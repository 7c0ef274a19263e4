"""Stage 3: Text → blocks and unbroken sentences.

A printed page interrupts its sentences: lines and pages end in the middle of words, captions and notes
stand between the halves, English glosses are set into names. Here lines become blocks, blocks that are
one paragraph are joined, and every sentence is given back whole, each character with its raw origin.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pipeline.glosses import NOTE_NUMBER, interruptions
from pipeline.joins import continues, demoted
from pipeline.layout import Line, headings, read_lines
from pipeline.model import Block, Sentence
from pipeline.rows import cells
from pipeline.widths import wrap_width

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.model import BlockKind, Text

# Sentences end here, outside brackets; a closing bracket or quotation mark after it still belongs to it.
ENDS = "。！？!?"
OPENING, CLOSING = "「『（〔［【〈《", "」』）〕］】〉》"
# A bracket that is not closed within this many characters does not hold a sentence together (決め打ち).
LONGEST_BRACKET = 400
# Nor does this many brackets inside each other; a partner is looked for no deeper.
DEEPEST = 8
# Nothing stands between the lines of these.
COMPACT = frozenset(("caption", "heading", "reference"))
# Two lines are joined without a blank, unless the line end parts English words: 「Defense⏎Policy」.
WORD_END, WORD_START = re.compile(r"[a-z][,.]?$"), re.compile(r"[A-Za-z]")
# Not the end of a sentence: 「Yahoo! JAPAN」「List.do?bid=1」.
LATIN_MARK = re.compile(r"(?<=[!-~])[!?！？](?= ?[A-Za-z0-9&=/%._-])")


@dataclass(slots=True)
class _Unit:
    """Lines that make one block of running text, a table row's cells, or a gloss."""

    kind: BlockKind
    spans: list[tuple[int, int]]
    section: tuple[str, ...]
    level: int = 0
    row: int = -1
    # The text of the last span.
    text: str = ""


def structure(text: Text) -> tuple[tuple[Block, ...], tuple[Sentence, ...]]:
    """Return the blocks of ``text``, and its sentences in the order of their first character."""
    raw = text.source.raw
    page_ends = {i for i, char in enumerate(text.clean) if char == "\n" and raw[text.starts[i]] == "\f"}
    lines = read_lines(text.clean, page_ends)
    width = wrap_width(lines)
    lines = headings(demoted(lines, width))
    notes = {line.number for line in lines if line.kind == "footnote" and line.number}
    units = list(_units(lines, width))
    blocks: list[Block] = []
    sentences: list[tuple[int, Sentence]] = []
    last: _Unit | None = None
    for unit in units:
        start, end = text.starts[unit.spans[0][0]], text.ends[unit.spans[-1][1] - 1]
        if last and _same_table(text.clean, last, unit):
            blocks[-1] = replace(blocks[-1], end=end)
        else:
            blocks.append(Block(f"b{len(blocks):05d}", unit.kind, start, end, unit.section, unit.level))
        sentences.extend(_sentences(text, unit, blocks[-1].block_id, notes))
        last = unit
    sentences.sort(key=lambda pair: pair[0])
    numbered = tuple(
        Sentence(f"s{n:05d}", s.text, s.starts, s.ends, s.kind, s.block_id, s.section, s.row, s.column)
        for n, (_, s) in enumerate(sentences)
    )
    return tuple(blocks), numbered


def _same_table(clean: str, above: _Unit, below: _Unit) -> bool:
    """Whether two rows stand right under each other."""
    both = above.kind == below.kind == "table"
    return both and clean[above.spans[-1][1] : below.spans[0][0]].strip(" \t　") == "\n"


def _units(lines: Sequence[Line], width: float) -> Iterator[_Unit]:
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
        unit = _Unit(line.kind, [(line.start, line.end)], line.section, line.level, text=line.text)
        last = i
        while (j := continues(lines, last, width)) is not None and not taken[j]:
            if unit.kind in COMPACT and j > last + 1:
                break
            taken[j] = True
            _append(unit, lines[j])
            last = j
        yield unit


def _append(unit: _Unit, line: Line) -> None:
    """Add a line to a unit; the blanks at the line end go, but for one between two English words."""
    start, end = unit.spans[-1]
    head, tail = unit.text.rstrip(), line.text.lstrip()
    edge = end - len(unit.text) + len(head)
    unit.spans[-1] = (start, edge + bool(WORD_END.search(head) and WORD_START.match(tail)))
    unit.spans.append((line.end - len(tail), line.end))
    unit.text = tail


def _sentences(text: Text, unit: _Unit, block_id: str, notes: set[str]) -> Iterator[tuple[int, Sentence]]:
    """Yield the unit's sentences and glosses, each with the clean offset of its first character."""
    columns = _cells(text.clean, *unit.spans[0]) if unit.kind == "table" else [(-1, unit.spans)]
    for column, spans in columns:
        offsets = [i for start, end in spans for i in range(start, end)]
        running = "".join(text.clean[start:end] for start, end in spans).replace("\n", " ")
        dropped, glosses = interruptions(running, notes)
        if unit.kind == "footnote" and (number := NOTE_NUMBER.match(running)):
            dropped = [number.span(), *dropped]
        for start, end in glosses:
            yield from _sentence(text, offsets[start:end], "gloss", unit, block_id, column)
        kept = _outside(dropped, len(running))
        whole = "".join(running[i] for i in kept)
        for start, end in split(whole):
            yield from _sentence(
                text, [offsets[k] for k in kept[start:end]], unit.kind, unit, block_id, column
            )


def _outside(dropped: Sequence[tuple[int, int]], length: int) -> list[int]:
    """Return the positions below ``length`` that lie in none of the spans, which may overlap."""
    kept: list[int] = []
    last = 0
    for start, end in dropped:
        kept.extend(range(last, start))
        last = max(last, end)
    kept.extend(range(last, length))
    return kept


def _sentence(
    text: Text, offsets: list[int], kind: BlockKind, unit: _Unit, block_id: str, column: int
) -> Iterator[tuple[int, Sentence]]:
    chars = "".join(text.clean[i] for i in offsets).replace("\n", " ")
    start, end = len(chars) - len(chars.lstrip()), len(chars.rstrip())
    if start < end:
        offsets = offsets[start:end]
        starts, ends = [text.starts[i] for i in offsets], [text.ends[i] for i in offsets]
        place = (unit.section, unit.row, column)
        yield offsets[0], Sentence("", chars[start:end], starts, ends, kind, block_id, *place)


def _cells(clean: str, start: int, end: int) -> list[tuple[int, list[tuple[int, int]]]]:
    spans = [(start + a, start + b) for a, b in cells(clean[start:end])]
    return [(column, [span]) for column, span in enumerate(spans) if clean[slice(*span)].strip()]


def split(text: str) -> list[tuple[int, int]]:
    """Return the half-open spans of the sentences in ``text``; together they cover it.

    A sentence ends behind 。！？ that stand outside brackets; brackets that close at once behind the end
    go with it.

    >>> [text[a:b] for text in ["「行く。」と言った。次（注。）へ。"] for a, b in split(text)]
    ['「行く。」と言った。', '次（注。）へ。']
    """
    closers = _closers(text)
    inside = {match.start() for match in LATIN_MARK.finditer(text)}
    spans, start, i = [], 0, 0
    while i < len(text):
        if text[i] in OPENING and i in closers:
            i = closers[i]
        elif text[i] in ENDS and i not in inside:
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
            for depth in range(len(stack) - 1, max(-1, len(stack) - DEEPEST), -1):
                if text[stack[depth]] == kind:
                    opener = stack[depth]
                    del stack[depth:]
                    if i - opener <= LONGEST_BRACKET:
                        pairs[opener] = i
                    break
    return pairs
