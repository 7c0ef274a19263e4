"""The body of the page: boxes nested as the blocks are, text between them, cut at the edges of mentions."""

from __future__ import annotations

import heapq
import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.document.document import Document
    from pipeline.model.entity import Entity
    from pipeline.model.page import Block
    from pipeline.model.sentence import Sentence


@dataclass(frozen=True, slots=True)
class Mark:
    """A mention over a piece of text; ``index`` is its place in the page's data."""

    index: int
    entity: Entity
    first: bool


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text under the same mentions, the outermost first.

    ``note`` is the block id of the footnote that the text points to as its marker, ``back`` whether it is the
    first.
    """

    text: str
    marks: tuple[Mark, ...] = ()
    note: str = ""
    back: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table; ``start`` is where its text begins."""

    start: int
    pieces: tuple[Piece, ...]


@dataclass(slots=True)
class Box:
    """A block of the page, or a run of text in it: ``run``, ``rows`` (of a table), ``gap`` or ``space``.

    ``noted`` says that it begins a footnote which a marker in the text points to.
    """

    kind: str
    start: int
    end: int
    level: int = 0
    block_id: str = ""
    noted: bool = False
    items: list[Box] = field(default_factory=list)
    pieces: list[Piece] = field(default_factory=list)
    rows: list[list[Cell]] = field(default_factory=list)


def boxes(document: Document, entities: Sequence[Entity]) -> Box:
    """Return the page of ``document`` as nested boxes; ``entities`` are marked in it, in the order given."""
    root = _tree(document.blocks, len(document.source.raw))
    _fill(root, _Marker(document, entities))
    return root


def _tree(blocks: Sequence[Block], size: int) -> Box:
    """Nest ``blocks`` by their spans; one that crosses the end of another continues after it."""
    root = Box("document", 0, size)
    path = [root]
    queue = [(max(b.start, 0), -min(b.end, size), i) for i, b in enumerate(blocks)]
    heapq.heapify(queue)
    while queue:
        start, minus_end, i = heapq.heappop(queue)
        end = -minus_end
        if start >= end:
            continue
        while path[-1].end <= start:
            path.pop()
        if end > path[-1].end:
            heapq.heappush(queue, (path[-1].end, -end, i))
            end = path[-1].end
        noted = bool(blocks[i].markers) and start == blocks[i].start
        box = Box(blocks[i].kind, start, end, blocks[i].level, blocks[i].block_id, noted)
        path[-1].items.append(box)
        path.append(box)
    return root


def _fill(box: Box, marker: _Marker) -> None:
    """Put the text of ``box`` that no inner block holds between its inner blocks, in text order."""
    inner, items, at = box.items, [], box.start
    for child in inner:
        if at < child.start:
            items.append(_run(box.kind, at, child.start, marker))
        _fill(child, marker)
        items.append(child)
        at = child.end
    if at < box.end:
        items.append(_run(box.kind, at, box.end, marker))
    box.items = items


def _run(parent: str, start: int, end: int, marker: _Marker) -> Box:
    text = marker.raw[start:end]
    if parent == "table" and "\t" in text.strip():
        return Box("rows", start, end, rows=list(_rows(start, text, marker)))
    kind = "run" if parent != "document" else "space" if text.isspace() else "gap"
    return Box(kind, start, end, pieces=list(marker.pieces(start, end)))


def _rows(start: int, text: str, marker: _Marker) -> Iterator[list[Cell]]:
    for line in re.finditer(r"[^\n]+", text):
        if not line[0].isspace():
            cells = re.finditer(r"(?:^|(?<=\t))[^\t]*", line[0])
            at = start + line.start()
            spans = [(at + cell.start(), at + cell.end()) for cell in cells]
            yield [Cell(start, tuple(marker.pieces(start, end))) for start, end in spans]


class _Marker:
    """Cuts text into pieces at the edges of mentions; asked in text order, so that first parts come first."""

    def __init__(self, document: Document, entities: Sequence[Entity]) -> None:
        self.raw = raw = document.source.raw
        self._entities = entities
        self._seen: set[int | str] = set()
        by_id = {s.sentence_id: s for s in document.sentences}
        opened: dict[int, set[int | str]] = {}
        closed: dict[int, set[int | str]] = {}
        spans: list[tuple[int | str, int, int]] = [
            (index, start, end)
            for index, entity in enumerate(entities)
            for start, end in _extents(entity, by_id.get(entity.sentence_id), raw)
        ]
        spans += [(block.block_id, *marker) for block in document.blocks for marker in block.markers]
        for key, start, end in spans:
            if start < end:
                opened.setdefault(start, set()).add(key)
                closed.setdefault(end, set()).add(key)
        self._segments: list[tuple[int, int, tuple[int, ...], str]] = []
        active: set[int | str] = set()
        for here, after in pairwise(sorted({*opened, *closed})):
            active = (active - closed.get(here, set())) | opened.get(here, set())
            if active:
                marked = tuple(sorted(key for key in active if isinstance(key, int)))
                note = next((key for key in active if isinstance(key, str)), "")
                self._segments.append((here, after, marked, note))
        self._ends = [end for _, end, _, _ in self._segments]

    def pieces(self, start: int, end: int) -> Iterator[Piece]:
        """Yield the pieces of ``raw[start:end]``, marked and not, without a gap."""
        at = start
        for i in range(bisect_right(self._ends, start), len(self._segments)):
            first, last, indexes, note = self._segments[i]
            if first >= end:
                break
            if at < first:
                yield Piece(self.raw[at:first])
            marks = tuple(Mark(k, self._entities[k], k not in self._seen) for k in indexes)
            back = bool(note) and note not in self._seen
            self._seen.update(indexes, [note])
            yield Piece(self.raw[max(at, first) : min(last, end)], marks, note, back)
            at = min(last, end)
        if at < end:
            yield Piece(self.raw[at:end])


def _extents(entity: Entity, sentence: Sentence | None, raw: str) -> list[tuple[int, int]]:
    """Return the raw spans to mark: the mention's lines, without what interrupts its sentence."""
    spans: list[tuple[int, int]] = []
    if sentence is not None:
        first, last = (bisect_left(sentence.starts, at) for at in (entity.start, entity.end))
        for start, end in zip(sentence.starts[first:last], sentence.ends[first:last], strict=True):
            if spans and not raw[spans[-1][1] : start].strip():
                spans[-1] = spans[-1][0], end
            else:
                spans.append((start, end))
    whole = max(entity.start, 0), min(entity.end, len(raw))
    return [
        (start + line.start(), start + line.end())
        for start, end in spans or [whole]
        for line in re.finditer(r"[^\n]+", raw[start:end])
        if not line[0].isspace()
    ] or [whole]
