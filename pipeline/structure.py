"""Stage 3: Text → blocks and unbroken sentences.

A printed page interrupts its sentences: lines and pages end in the middle of words, captions and notes
stand between the halves, English glosses are set into names. Here lines become blocks, blocks that are
one paragraph are joined, and every sentence is given back whole, each character with its raw origin.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from pipeline.glosses import Interruption, interruptions
from pipeline.headings import headings
from pipeline.joins import demoted
from pipeline.layout import read_lines
from pipeline.loners import with_loners
from pipeline.model import Block, Repair, Sentence
from pipeline.notes import NOTE_NUMBER, label_of, tie
from pipeline.rows import cells
from pipeline.sentences import split
from pipeline.units import Unit, units
from pipeline.widths import wrap_width

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.glosses import Span
    from pipeline.model import BlockKind, Text

REASONS = {"marker": "footnote marker", "sign": "sign of a gloss"}


class Structure(NamedTuple):
    """Blocks by their first character, sentences likewise, and what was taken out of the sentences and why."""

    blocks: tuple[Block, ...]
    sentences: tuple[Sentence, ...]
    repairs: tuple[Repair, ...]


def structure(text: Text) -> Structure:
    """Return the blocks and the sentences of ``text``, each in the order of its first character."""
    raw = text.source.raw
    page_ends = {i for i, char in enumerate(text.clean) if char == "\n" and raw[text.starts[i]] == "\f"}
    lines, markers = read_lines(text.clean, page_ends)
    width = wrap_width(lines)
    lines = headings(with_loners(demoted(lines, width), width))
    numbers = {line.number for line in lines if line.kind == "footnote" and line.number}
    builder = _Builder(text, numbers, markers)
    for unit in units(lines, width):
        builder.add(unit)
    return builder.finish()


class _Builder:
    """Makes blocks and sentences of units, and ties footnotes to their markers at the end."""

    def __init__(self, text: Text, notes: set[str], printed: dict[int, int]) -> None:
        self._text = text
        self._notes = notes
        # Markers printed like plain figures: clean offsets, start → end, in text order.
        self._printed = dict(sorted(printed.items()))
        self._starts = list(self._printed)
        self._blocks: list[Block] = []
        # For each gloss the number of the block that it is set into.
        self._hosts: dict[int, int] = {}
        # For each sentence the clean offset of its first character and the number of its block.
        self._sentences: list[tuple[int, int, Sentence]] = []
        self._markers: dict[str, list[tuple[int, Span]]] = {}
        self._repairs: list[Repair] = []
        self._last: Unit | None = None
        self._block = -1

    def add(self, unit: Unit) -> None:
        """Make a block of ``unit``, or a row of the table before it, and its sentences."""
        start, end = self._raw(unit.spans[0][0], unit.spans[-1][1])
        if self._last and _same_table(self._text.clean, self._last, unit):
            self._blocks[self._block] = replace(self._blocks[self._block], end=end)
        else:
            label = label_of(self._text.clean[slice(*unit.spans[0])]) if unit.kind == "footnote" else ""
            self._block = len(self._blocks)
            self._blocks.append(Block("", unit.kind, start, end, unit.section, unit.level, label=label))
        self._last = unit
        if unit.kind != "table":
            self._read(unit, unit.spans, -1)
            return
        (row, row_end), clean = unit.spans[0], self._text.clean
        for column, (start, end) in enumerate(cells(clean[row:row_end])):
            if clean[row + start : row + end].strip():
                self._read(unit, [(row + start, row + end)], column)

    def _raw(self, start: int, end: int) -> Span:
        return self._text.starts[start], self._text.ends[end - 1]

    def _read(self, unit: Unit, spans: Sequence[Span], column: int) -> None:
        """Take the sentences and the glosses out of the running text of ``spans``."""
        offsets = [i for start, end in spans for i in range(start, end)]
        running = "".join(self._text.clean[start:end] for start, end in spans).replace("\n", " ")
        dropped: list[Span] = []
        if unit.kind == "footnote" and (number := NOTE_NUMBER.match(running)):
            dropped.append(number.span())
            self._drop(offsets, number.span(), "number of a footnote")
        found = interruptions(running, self._notes)
        for part in [*found, *self._printed_within(offsets)] if self._starts else found:
            dropped.append((part.start, part.end))
            if part.kind == "gloss":
                self._gloss(unit, offsets, part, column)
                continue
            if part.label:
                place = self._raw(offsets[part.start], offsets[part.end - 1] + 1)
                self._markers.setdefault(part.label, []).append((offsets[part.start], place))
            self._drop(offsets, (part.start, part.end), REASONS[part.kind])
        kept: Sequence[int] = _outside(sorted(dropped), len(running)) if dropped else range(len(running))
        whole = "".join(running[i] for i in kept) if dropped else running
        for start, end in split(whole):
            self._sentence([offsets[k] for k in kept[start:end]], unit.kind, unit, column, self._block)

    def _printed_within(self, offsets: list[int]) -> Iterator[Interruption]:
        """Yield the markers printed like plain figures that lie in a running text of these clean offsets."""
        starts = self._starts
        for start in starts[bisect_left(starts, offsets[0]) : bisect_left(starts, offsets[-1] + 1)]:
            i, length = bisect_left(offsets, start), self._printed[start] - start
            if offsets[i : i + length] == list(range(start, start + length)):
                yield Interruption(i, i + length, "marker", self._text.clean[start : start + length].strip())

    def _gloss(self, unit: Unit, offsets: list[int], part: Interruption, column: int) -> None:
        places, name = offsets[part.start : part.end], part.explains
        explains = self._raw(offsets[name[0]], offsets[name[1] - 1] + 1) if name else None
        self._hosts[len(self._blocks)] = self._block
        start, end = self._raw(places[0], places[-1] + 1)
        self._blocks.append(Block("", "gloss", start, end, unit.section, explains=explains))
        self._sentence(places, "gloss", unit, column, len(self._blocks) - 1)

    def _drop(self, offsets: Sequence[int], span: Span, reason: str) -> None:
        if span[0] < span[1]:
            start, end = self._raw(offsets[span[0]], offsets[span[1] - 1] + 1)
            self._repairs.append(Repair(start, end, self._text.source.raw[start:end], "", reason))

    def _sentence(self, offsets: list[int], kind: BlockKind, unit: Unit, column: int, block: int) -> None:
        chars = "".join(self._text.clean[i] for i in offsets).replace("\n", " ")
        start, end = len(chars) - len(chars.lstrip()), len(chars.rstrip())
        if start < end:
            offsets = offsets[start:end]
            starts, ends = [self._text.starts[i] for i in offsets], [self._text.ends[i] for i in offsets]
            place = (unit.section, unit.row, column)
            sentence = Sentence("", chars[start:end], starts, ends, kind, "", *place)
            self._sentences.append((offsets[0], block, sentence))

    def finish(self) -> Structure:
        """Put everything into text order, number it, and tie what belongs together."""
        order = sorted(range(len(self._blocks)), key=lambda i: (self._blocks[i].start, -self._blocks[i].end))
        ids = {i: f"b{n:05d}" for n, i in enumerate(order)}
        markers = self._tied()
        above: list[Block] = []
        blocks = []
        for i in order:
            block = self._blocks[i]
            while block.kind == "heading" and above and above[-1].level >= block.level:
                above.pop()
            parent = ids[self._hosts[i]] if i in self._hosts else above[-1].block_id if above else ""
            block = replace(block, block_id=ids[i], parent=parent, markers=markers.get(i, ()))
            blocks.append(block)
            if block.kind == "heading":
                above.append(block)
        self._sentences.sort(key=lambda row: row[0])
        sentences = (
            Sentence(f"s{n:05d}", s.text, s.starts, s.ends, s.kind, ids[i], s.section, s.row, s.column)
            for n, (_, i, s) in enumerate(self._sentences)
        )
        return Structure(tuple(blocks), tuple(sentences), tuple(sorted(self._repairs, key=_place)))

    def _tied(self) -> dict[int, tuple[Span, ...]]:
        """Return the raw spans of the markers of each footnote, by the footnote's number."""
        notes = sorted((b.start, i) for i, b in enumerate(self._blocks) if b.label)
        places = {label: sorted(place for _, place in found) for label, found in self._markers.items()}
        starts = {label: [start for start, _ in found] for label, found in places.items()}
        tied = tie([(self._blocks[i].label, start) for start, i in notes], starts)
        return {
            i: tuple(places[self._blocks[i].label][k] for k in found)
            for (_, i), found in zip(notes, tied, strict=True)
            if found
        }


def _same_table(clean: str, above: Unit, below: Unit) -> bool:
    """Whether two rows stand right under each other."""
    both = above.kind == below.kind == "table"
    return both and clean[above.spans[-1][1] : below.spans[0][0]].strip(" \t　") == "\n"


def _outside(dropped: Sequence[Span], length: int) -> list[int]:
    """Return the positions below ``length`` that lie in none of the spans, which may overlap."""
    kept: list[int] = []
    last = 0
    for start, end in dropped:
        kept.extend(range(last, start))
        last = max(last, end)
    kept.extend(range(last, length))
    return kept


def _place(repair: Repair) -> Span:
    return repair.start, repair.end
