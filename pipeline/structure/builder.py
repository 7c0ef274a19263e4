"""Stage 3: Text → blocks and unbroken sentences.

A printed page interrupts its sentences: lines and pages end in the middle of words, captions and notes
stand between the halves, English glosses are set into names. Here lines become blocks, blocks that are
one paragraph are joined. Every sentence is whole again, and each of its characters has its raw origin.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from pipeline.model.page import Block
from pipeline.model.sentence import Sentence
from pipeline.model.source import Repair
from pipeline.structure.glosses import Interruption, interruptions
from pipeline.structure.hanging import with_hung
from pipeline.structure.headings import headings
from pipeline.structure.joins import demoted
from pipeline.structure.layout import read_lines
from pipeline.structure.loners import with_loners
from pipeline.structure.notes import NOTE_NUMBER, label_of, tie
from pipeline.structure.rows import cells
from pipeline.structure.running import Run, joined, lean, outside
from pipeline.structure.sentences import split
from pipeline.structure.told import with_told
from pipeline.structure.units import Unit, units
from pipeline.structure.widths import line_widths

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.model.page import BlockKind
    from pipeline.model.source import Text
    from pipeline.structure.glosses import Span
    from pipeline.structure.lines import Line

REASONS = {"marker": "footnote marker", "sign": "sign of a gloss"}


class Structure(NamedTuple):
    """The blocks and the sentences, in the order of their first characters, and the repairs of sentences."""

    blocks: tuple[Block, ...]
    sentences: tuple[Sentence, ...]
    repairs: tuple[Repair, ...]


def structure(text: Text) -> Structure:
    """Return the blocks and the sentences of ``text``, each in the order of its first character."""
    raw = text.source.raw
    line_ends = (i for i, char in enumerate(text.clean) if char == "\n") if "\f" in raw else ()
    page_ends = {end for end in line_ends if raw[text.starts[end]] == "\f"}
    lines, markers = read_lines(text.clean, page_ends)
    lines = with_told(_without_heads(lines, text), text)
    widths = line_widths(lines, text)
    lines, widths = with_hung(lines, widths)
    lines = headings(with_loners(demoted(lines, widths), widths))
    numbers = {line.number for line in lines if line.kind == "footnote" and line.number}
    builder = _Builder(text, numbers, markers)
    for unit in units(lines, widths):
        builder.add(unit)
    return builder.finish()


@dataclass(slots=True)
class _Draft:
    """A block that has no number yet. Its span counts raw characters."""

    kind: BlockKind
    start: int
    end: int
    section: tuple[str, ...]
    level: int = 0
    label: str = ""
    explains: Span | None = None


def _without_heads(lines: list[Line], text: Text) -> list[Line]:
    """Mark the lines that a PDF prints at the edge of several pages."""
    printed = text.source.printed
    if not printed or not printed.heads:
        return lines
    heads = {i for i, start in enumerate(text.starts) if start in printed.heads}
    return [line._replace(kind="running_head") if line.start in heads else line for line in lines]


class _Builder:
    """Makes blocks and sentences of units, and ties footnotes to their markers at the end."""

    def __init__(self, text: Text, notes: set[str], printed: dict[int, int]) -> None:
        self._text = text
        self._notes = notes
        # Markers that were printed like plain figures: start → end, in clean offsets and text order.
        self._printed = dict(sorted(printed.items()))
        self._starts = list(self._printed)
        places = array("I", range(len(text.clean)))
        self._whole = Run(text.clean, places, array("I", text.starts), array("I", text.ends))
        self._blocks: list[_Draft] = []
        # The number of each gloss → the number of the block around it.
        self._hosts: dict[int, int] = {}
        # One entry for each sentence: the clean offset of its first character, the number of its block, the
        # sentence, its kind, and its section, row and column.
        self._sentences: list[tuple[int, int, Run, BlockKind, tuple[tuple[str, ...], int, int]]] = []
        self._markers: dict[str, list[tuple[int, Span]]] = {}
        self._repairs: list[Repair] = []
        self._last: Unit | None = None
        self._block = -1

    def add(self, unit: Unit) -> None:
        """Add the block and the sentences of ``unit``; a row right under a table is added to that table."""
        start, end = self._raw(unit.spans[0][0], unit.spans[-1][1])
        if self._last and _same_table(self._text.clean, self._last, unit):
            self._blocks[self._block].end = end
        else:
            label = label_of(self._text.clean[slice(*unit.spans[0])]) if unit.kind == "footnote" else ""
            self._block = len(self._blocks)
            self._blocks.append(_Draft(unit.kind, start, end, unit.section, unit.level, label))
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
        line = joined([self._whole.part(start, end) for start, end in spans])
        running, offsets = line.text, line.offsets
        dropped: list[Span] = []
        found = interruptions(running, self._notes)
        if unit.kind == "footnote" and (number := NOTE_NUMBER.match(running)):
            dropped.append(number.span())
            self._drop(offsets, number.span(), "number of a footnote")
            found = [part for part in found if part.start >= number.end()]
        for part in [*found, *self._printed_within(offsets)] if self._starts else found:
            dropped.append((part.start, part.end))
            if part.kind == "gloss":
                self._gloss(unit, line, part, column)
                continue
            if part.label:
                place = self._raw(offsets[part.start], offsets[part.end - 1] + 1)
                self._markers.setdefault(part.label, []).append((offsets[part.start], place))
            self._drop(offsets, (part.start, part.end), REASONS[part.kind])
        if dropped:
            line = joined([line.part(start, end) for start, end in outside(sorted(dropped), len(running))])
        for start, end in split(line.text):
            self._sentence(line.part(start, end), unit.kind, unit, column, self._block)

    def _printed_within(self, offsets: Sequence[int]) -> Iterator[Interruption]:
        """Yield the markers that were printed like plain figures, in a text with these clean offsets."""
        starts = self._starts
        for start in starts[bisect_left(starts, offsets[0]) : bisect_left(starts, offsets[-1] + 1)]:
            i, length = bisect_left(offsets, start), self._printed[start] - start
            if list(offsets[i : i + length]) == list(range(start, start + length)):
                yield Interruption(i, i + length, "marker", self._text.clean[start : start + length].strip())

    def _gloss(self, unit: Unit, line: Run, part: Interruption, column: int) -> None:
        places, name = line.part(part.start, part.end), part.explains
        explains = (line.starts[name[0]], line.ends[name[1] - 1]) if name else None
        self._hosts[len(self._blocks)] = self._block
        start, end = places.starts[0], places.ends[-1]
        self._blocks.append(_Draft("gloss", start, end, unit.section, explains=explains))
        self._sentence(places, "gloss", unit, column, len(self._blocks) - 1)

    def _drop(self, offsets: Sequence[int], span: Span, reason: str) -> None:
        if span[0] < span[1]:
            start, end = self._raw(offsets[span[0]], offsets[span[1] - 1] + 1)
            self._repairs.append(Repair(start, end, self._text.source.raw[start:end], "", reason))

    def _sentence(self, run: Run, kind: BlockKind, unit: Unit, column: int, block: int) -> None:
        start, end = len(run.text) - len(run.text.lstrip()), len(run.text.rstrip())
        if start < end:
            run = run.part(start, end)
            self._sentences.append((run.offsets[0], block, run, kind, (unit.section, unit.row, column)))

    def finish(self) -> Structure:
        """Sort and number the blocks and the sentences, and tie each footnote to its markers."""
        order = sorted(range(len(self._blocks)), key=lambda i: (self._blocks[i].start, -self._blocks[i].end))
        ids = {i: f"b{n:05d}" for n, i in enumerate(order)}
        markers = self._tied()
        above: list[Block] = []
        blocks = []
        for i in order:
            draft = self._blocks[i]
            while draft.kind == "heading" and above and above[-1].level >= draft.level:
                above.pop()
            parent = ids[self._hosts[i]] if i in self._hosts else above[-1].block_id if above else ""
            block = Block(
                ids[i], draft.kind, draft.start, draft.end, draft.section, draft.level, parent, draft.label,
                markers.get(i, ()), draft.explains,
            )  # fmt: skip
            blocks.append(block)
            if block.kind == "heading":
                above.append(block)
        self._sentences.sort(key=lambda row: row[0])
        sentences = (
            Sentence(f"s{n:05d}", s.text, lean(s.starts), lean(s.ends), kind, ids[i], *place)
            for n, (_, i, s, kind, place) in enumerate(self._sentences)
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


def _place(repair: Repair) -> Span:
    return repair.start, repair.end
