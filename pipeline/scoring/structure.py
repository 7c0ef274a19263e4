"""Structure × gold → scores: ends of sentences, blocks and their kinds.

Structure gold is a CSV with the columns of ``COLUMNS``: one row for a block or sentence: raw span (code
points, half-open), its text, for a block its kind, for a heading its level. ``corpus/GOLD.md`` says what
counts as which. A prediction is the ``structure.json`` of a run.
"""

from __future__ import annotations

import csv
import io
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, get_args

from pipeline.model.errors import HakushoError
from pipeline.model.page import BlockKind
from pipeline.read.intake import file_bytes, given_bytes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    Span = tuple[int, int]

COLUMNS = ("doc_id", "unit", "kind", "level", "start", "end", "text", "note")
KINDS = frozenset(get_args(BlockKind))
Measure = Literal["sentence boundaries", "sentences", "blocks", "block kinds", "heading parents"]


@dataclass(frozen=True, slots=True)
class Piece:
    """A block or a sentence: raw span, kind and level (of a heading, else 0)."""

    start: int
    end: int
    kind: str = ""
    level: int = 0


@dataclass(frozen=True, slots=True)
class Page:
    """The blocks and the sentences of one document, from gold or from a run."""

    doc_id: str
    blocks: tuple[Piece, ...]
    sentences: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class StructureScore:
    """How one measure came out: how many the gold has, how many were predicted, how many agree.

    For ``block kinds`` and ``heading parents``, which ask the same question of every block or heading of the
    gold, ``predicted`` equals ``gold`` and F1 is the share of right answers.
    """

    measure: Measure
    gold: int
    predicted: int
    matched: int

    @property
    def precision(self) -> float:
        """Matched among the predicted; NaN without any."""
        return self.matched / self.predicted if self.predicted else float("nan")

    @property
    def recall(self) -> float:
        """Matched among the gold; NaN without any."""
        return self.matched / self.gold if self.gold else float("nan")

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall; NaN where there is nothing on either side."""
        total = self.gold + self.predicted
        return 2 * self.matched / total if total else float("nan")


def read_structure_gold(folder: Path) -> list[Page]:
    """Read the structure gold in ``folder``, one CSV a document.

    Returns an empty list where there is no such folder.

    Raises:
        HakushoError: A file is not of this form; the message says which row and why.
    """
    return [_read_gold(path) for path in sorted(folder.glob("*.csv"))]


def _read_gold(path: Path) -> Page:
    blocks: list[Piece] = []
    sentences: list[Piece] = []
    doc_id = path.stem
    try:
        table = io.StringIO(given_bytes(path, str(path)).decode("utf-8-sig"), newline="")
        for number, row in enumerate(csv.DictReader(table), 2):
            piece = _piece(int(row["start"]), int(row["end"]), row["kind"], int(row["level"] or 0))
            if row["kind"] not in KINDS or row["unit"] not in ("block", "sentence"):
                raise HakushoError(f"{path}: row {number}: no unit {row['unit']!r} of kind {row['kind']!r}")
            (blocks if row["unit"] == "block" else sentences).append(piece)
            doc_id = row["doc_id"]
    except (OSError, UnicodeDecodeError, csv.Error, KeyError, TypeError, ValueError) as error:
        raise HakushoError(
            f"{path}: is no structure gold ({error!r}): the columns are {','.join(COLUMNS)}"
        ) from None
    return Page(doc_id, tuple(blocks), tuple(sentences))


def read_structure(path: Path) -> Page:
    """Read the ``structure.json`` of a run; raises HakushoError where it is missing or damaged."""
    try:
        content = json.loads(file_bytes(path, str(path)).decode())
        nodes = list(_walk(content["blocks"]))
        blocks = tuple(_piece(n["start"], n["end"], n["kind"], n.get("level", 0)) for n in nodes)
        sentences = tuple(
            _piece(s["start"], s["end"], n["kind"]) for n in nodes for s in n.get("sentences", ())
        )
        return Page(content["doc_id"], blocks, sentences)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise HakushoError(
            f"{path}: cannot be read ({error!r}): run 'hakusho run' with --format json"
        ) from None


def _piece(start: Any, end: Any, kind: Any, level: Any = 0) -> Piece:
    """Return a piece; raises TypeError or ValueError if it is none."""
    if not (type(start) is type(end) is type(level) is int and isinstance(kind, str)):
        raise TypeError(f"{(start, end, kind, level)!r:.80}")
    if not 0 <= start <= end:
        raise ValueError(f"{start} to {end}")
    return Piece(start, end, kind, level)


def _walk(nodes: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    waiting = list(nodes)[::-1]
    while waiting:
        node = waiting.pop()
        yield node
        waiting.extend(reversed(node.get("children", ())))


def score_structure(
    gold: Iterable[Page], predicted: Iterable[Page], texts: Mapping[str, str]
) -> tuple[StructureScore, ...]:
    """Score predicted pages against gold pages of the same documents.

    Gold without a prediction counts as missed.

    Spans are compared without the blanks at their edges. The kind of a gold block is right where most of its
    characters (blanks, and those of blocks inside it, not counted) lie in predicted blocks of that kind.

    Args:
        gold: The pages built by hand.
        predicted: The pages found.
        texts: The raw text of each document.
    """
    found = {page.doc_id: page for page in predicted}
    counts = {measure: [0, 0, 0] for measure in get_args(Measure)}
    for page in gold:
        raw = texts[page.doc_id]
        _check_within(page, raw, f"structure/{page.doc_id}.csv")
        theirs = found.get(page.doc_id, Page(page.doc_id, (), ()))
        _check_within(theirs, raw, "structure.json")
        golden, other = _trimmed(page, raw), _trimmed(theirs, raw)
        for measure, numbers in _compared(golden, other, raw):
            for i, number in enumerate(numbers):
                counts[measure][i] += number
    return tuple(StructureScore(measure, *numbers) for measure, numbers in counts.items())


def _check_within(page: Page, raw: str, what: str) -> None:
    """Raise HakushoError if a piece of a page lies beyond its text."""
    for piece in (*page.blocks, *page.sentences):
        if piece.end > len(raw):
            raise HakushoError(
                f"{page.doc_id}: {what} has a piece at {piece.start} to {piece.end}, and the text ends "
                f"at {len(raw)}: give those of one text"
            )


def _trimmed(page: Page, raw: str) -> Page:
    def trim(piece: Piece) -> Piece:
        inside = raw[piece.start : piece.end]
        start = piece.start + len(inside) - len(inside.lstrip())
        return Piece(
            start, max(start, piece.end - len(inside) + len(inside.rstrip())), piece.kind, piece.level
        )

    return Page(page.doc_id, tuple(map(trim, page.blocks)), tuple(map(trim, page.sentences)))


def _compared(gold: Page, found: Page, raw: str) -> Iterator[tuple[Measure, tuple[int, int, int]]]:
    yield "sentence boundaries", _overlap({s.end for s in gold.sentences}, {s.end for s in found.sentences})
    yield "sentences", _overlap(_spans(gold.sentences), _spans(found.sentences))
    yield (
        "blocks",
        _overlap(
            {(b.start, b.end, b.kind) for b in gold.blocks}, {(b.start, b.end, b.kind) for b in found.blocks}
        ),
    )
    mine, theirs = _painted(gold.blocks, raw), _painted(found.blocks, raw)
    right = sum(
        _kind_is_right(i, block, gold.blocks, mine, theirs, found.blocks)
        for i, block in enumerate(gold.blocks)
    )
    yield "block kinds", (len(gold.blocks), len(gold.blocks), right)
    parents, others = _parents(gold.blocks), _parents(found.blocks)
    agreed = sum(others.get(heading, -2) == parent for heading, parent in parents.items())
    yield "heading parents", (len(parents), len(parents), agreed)


def _overlap(gold: set[Any], found: set[Any]) -> tuple[int, int, int]:
    return len(gold), len(found), len(gold & found)


def _spans(pieces: Iterable[Piece]) -> set[Span]:
    return {(piece.start, piece.end) for piece in pieces}


def _painted(blocks: Sequence[Piece], raw: str) -> list[int]:
    """Return for each raw character the index of the innermost block that holds it, or -1."""
    canvas = [-1] * len(raw)
    for i in sorted(range(len(blocks)), key=lambda i: blocks[i].start - blocks[i].end):
        canvas[blocks[i].start : blocks[i].end] = [i] * (blocks[i].end - blocks[i].start)
    return [-1 if char.isspace() else i for i, char in zip(canvas, raw, strict=True)]


def _kind_is_right(
    i: int, block: Piece, gold: Sequence[Piece], mine: list[int], theirs: list[int], found: Sequence[Piece]
) -> bool:
    own = [theirs[k] for k in range(block.start, block.end) if mine[k] == i]
    return 2 * sum(k >= 0 and found[k].kind == gold[i].kind for k in own) > len(own)


def _parents(blocks: Iterable[Piece]) -> dict[Span, int]:
    """Map the span of each heading to the start of its parent heading, or -1."""
    above: list[Piece] = []
    parents = {}
    for block in sorted((b for b in blocks if b.kind == "heading"), key=lambda b: b.start):
        while above and above[-1].level >= block.level:
            above.pop()
        parents[block.start, block.end] = above[-1].start if above else -1
        above.append(block)
    return parents
