"""``hakusho inspect``: the clean text beside the raw text, with every repair and its reason.

Nothing is recognized here. A text is read, cleaned and given its structure, and the changes of its
characters are printed. Line ends are shown as ⏎, page ends as ␌, tabs as →, full-width blanks as ␣.
"""

from __future__ import annotations

import json
from bisect import bisect_left
from typing import TYPE_CHECKING

from pipeline.clean import clean
from pipeline.model.cells import csv_text
from pipeline.structure import structure
from pipeline.structure.trace import trace

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.model.page import Block
    from pipeline.model.sentence import Sentence
    from pipeline.model.source import Source
    from pipeline.structure import Structure
    from pipeline.structure.trace import Passage

COLUMNS = ("doc_id", "start", "end", "raw", "clean", "sentence_id", "block_id", "kind", "reason")
SHOWN = str.maketrans({"\n": "⏎", "\r": "␍", "\f": "␌", "\t": "→", "\u3000": "␣"})
NOTHING = "∅"


class Inspection:
    """One text, read and repaired, ready to be shown.

    Attributes:
        source: The text as read.
        structure: Its blocks and sentences.
        passages: What each part of the raw text became. They cover it without gaps.
    """

    def __init__(self, source: Source) -> None:
        """Clean and structure ``source``."""
        text = clean(source)
        self.source = source
        self.structure: Structure = structure(text)
        self.passages: Sequence[Passage] = trace(text, *self.structure)

    def as_text(self, *, changes: bool = False) -> str:
        """Return blocks with their sentences, raw above clean, and each repair with its reason.

        Args:
            changes: Leave out the sentences that stand as they were.
        """
        return "\n".join(self._lines(changes)) + "\n"

    def as_json(self) -> str:
        """Return the passages as a JSON list of objects with the fields of ``COLUMNS``."""
        rows = [dict(zip(COLUMNS, row, strict=True)) for row in self._rows()]
        return json.dumps(rows, ensure_ascii=False, indent=1) + "\n"

    def as_csv(self) -> str:
        """Return the passages as CSV, columns as in ``COLUMNS``."""
        return csv_text(COLUMNS, self._rows())

    def _rows(self) -> Iterator[tuple[str, int, int, str, str, str, str, str, str]]:
        places = {s.sentence_id: (s.block_id, s.kind) for s in self.structure.sentences}
        for p in self.passages:
            block_id, kind = places.get(p.sentence_id, ("", ""))
            yield self.source.doc_id, p.start, p.end, p.raw, p.clean, p.sentence_id, block_id, kind, p.reason

    def _lines(self, changes: bool) -> Iterator[str]:
        within: dict[str, list[Sentence]] = {}
        for sentence in self.structure.sentences:
            within.setdefault(sentence.block_id, []).append(sentence)
        starts = [p.start for p in self.passages]
        for block in self.structure.blocks:
            lines = [
                line for s in within.get(block.block_id, ()) for line in self._sentence(s, starts, changes)
            ]
            if lines or not changes:
                yield self._head(block)
                yield from lines

    def _head(self, block: Block) -> str:
        parts = [block.block_id, block.kind, f"[{block.start}, {block.end})"]
        if block.level:
            parts.append(f"level {block.level}")
        if block.label:
            markers = ", ".join(f"[{start}, {end})" for start, end in block.markers) or "none found"
            parts.append(f"note {block.label}, marker {markers}")
        if block.explains:
            parts.append(f"explains {self.source.raw[slice(*block.explains)].translate(SHOWN)}")
        return "  ".join([*parts, " > ".join(block.section)]).rstrip()

    def _sentence(self, sentence: Sentence, starts: Sequence[int], changes: bool) -> Iterator[str]:
        start, end = sentence.starts[0], sentence.ends[-1]
        raw = self.source.raw[start:end]
        name = f"  {sentence.sentence_id}"
        if raw == sentence.text:
            if not changes:
                yield f"{name}  same   {raw.translate(SHOWN)}"
            return
        yield f"{name}  raw    {raw.translate(SHOWN)}"
        yield f"{'':{len(name)}}  clean  {sentence.text.translate(SHOWN)}"
        other = ""
        for passage in self._between(start, end, starts):
            if passage.sentence_id not in ("", sentence.sentence_id, other):
                between = f"{passage.sentence_id} stands between, a unit of its own"
                yield f"{'':{len(name)}}    [{passage.start}, …  {between}"
            elif passage.reason and passage.sentence_id in ("", sentence.sentence_id):
                after = passage.clean.translate(SHOWN) or NOTHING
                change = f"{passage.raw.translate(SHOWN)} → {after}"
                yield f"{'':{len(name)}}    [{passage.start}, {passage.end})  {change}  {passage.reason}"
            other = passage.sentence_id or other

    def _between(self, start: int, end: int, starts: Sequence[int]) -> Iterator[Passage]:
        for passage in self.passages[bisect_left(starts, start) :]:
            if passage.start >= end:
                return
            yield passage
