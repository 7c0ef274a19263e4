"""The pieces of a page whose own order is proved wrong → its lines in reading order, by their places alone.

A page is cut into bands at whatever runs across it, a band into columns at its gutters, and each column again. Bands whose
columns are cells are tables. A frame is read on its own; a frame or a table that stands in the middle of a sentence comes
behind it, and so do the notes at the foot of a column.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

from pipeline.read.pdf_bands import bands, rows_of
from pipeline.read.pdf_glyphs import Piece
from pipeline.read.pdf_lines import Line, Part, joint

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.model.printed import Box
    from pipeline.read.pdf_bands import Row, Span
    from pipeline.read.pdf_lines import LineKind

# Parts of the page's height that hold running heads and page numbers, and how long these are at most (決め打ち).
HEAD, FOOT, LONGEST_HEAD = 0.09, 0.925, 60
# In parts of the letters' size: a gap between blocks, an indent (決め打ち).
APART, INDENT = 0.45, (0.6, 1.6)
# A column of prose is at least so wide, in letters; a cell is narrower (決め打ち).
PROSE = 10
# Notes are set smaller than the text (決め打ち).
NOTE_SIZE = 0.86
NOTE = re.compile(r"[（(\[［]?(?:注|※|\*|＊|[¹²³⁰⁴-⁹]|[0-9０-９]{1,3}(?![0-9０-９,，.．年月日％%か]))")
OTHER_SIZE = 1.12
# A line that ends so near to the end of its column is a full one, in letters (決め打ち).
FULL = 1.2
# What a line begins with that carries no other on: the mark of an item.
MARK = re.compile(
    r"[・•‣▪●○◇◆■□※➢✓①-⑳◎★☆▶⇒→]|第[0-9０-９一二三四五六七八九十]+[編部章節項]|[（(](?:[0-9０-９]{1,2}|[ア-ン]|注)[)）]"
)
ENDED = re.compile(r"[。．」』）)：:]$")
DEEPEST = 20


class _Line(NamedTuple):
    """A line: its cells, and how it stands to the line before; ``kind`` and the rest as of :class:`Line`.

    ``fresh`` is the first line of a column, ``full`` one that reaches its end.
    """

    cells: tuple[tuple[Piece, ...], ...]
    kind: LineKind = "text"
    apart: bool = False
    indented: bool = False
    fresh: bool = False
    full: bool = False
    joined: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """What is drawn on a page beside its letters: horizontal and vertical rules, and frames."""

    height: float
    rules: Sequence[Box] = ()
    strokes: Sequence[Box] = ()
    frames: Sequence[Box] = ()


def in_order(found: Sequence[Piece], page: Page) -> list[Line]:
    """Return the lines of a page in the order in which they are read."""
    lines = _ordered(found, page)
    out = []
    for above, line in zip([None, *lines], lines, strict=False):
        cells = tuple(
            tuple(Part(p, "\u3000" if k else "") for k, p in enumerate(cell)) for cell in line.cells
        )
        before = joint(above.cells[-1][-1].text, line.cells[0][0].text) if line.joined and above else ""
        out.append(Line(cells, line.kind, line.apart, line.indented, line.joined, before))
    return out


def _ordered(found: Sequence[Piece], page: Page) -> list[_Line]:
    edges = [p for p in found if p.upright or _edge(p, page.height)]
    heads = sorted((p for p in edges if p.top < page.height / 2 or p.upright), key=_place)
    feet = sorted((p for p in edges if not (p.top < page.height / 2 or p.upright)), key=_place)
    taken = {id(piece) for piece in edges}
    body = [p for p in found if id(p) not in taken]
    lines = [_Line(((p,),), "edge", apart=True) for p in heads]
    lines += _held(list(_cut(body, page, 0)))
    return lines + [_Line(((p,),), "edge", apart=True) for p in feet]


def _edge(piece: Piece, height: float) -> bool:
    return not HEAD * height <= _middle(piece) <= FOOT * height and len(piece.glyphs) <= LONGEST_HEAD


def _place(piece: Piece) -> tuple[float, float]:
    return piece.top, piece.left


def _framed(found: Sequence[Piece], frames: Sequence[Box]) -> list[Piece]:
    """Put the pieces that stand in a frame into one; of frames in frames the outermost, the others come later."""
    out = list(found)
    for left, top, right, bottom in frames:
        inside = [p for p in out if left <= p.left and p.right <= right and top <= _middle(p) <= bottom]
        if 1 < len(inside) < len(out):
            touched = [
                p for p in out if p.right > left and p.left < right and p.bottom > top and p.top < bottom
            ]
            if len(touched) > len(inside):
                continue
            held = {id(p) for p in inside}
            frame = Piece([], False, left, top, right, bottom, median(p.size for p in inside), inside)
            out = [p for p in out if id(p) not in held] + [frame]
    return out


def _middle(piece: Piece) -> float:
    return (piece.top + piece.bottom) / 2


def _cut(found: list[Piece], page: Page, depth: int) -> Iterator[_Line]:
    """Yield the lines of a region."""
    if not found:
        return
    found = _framed(found, page.frames)
    size = median(p.size for p in found)
    rows = rows_of(found)
    if depth >= DEEPEST:
        yield from _column(rows, page, depth)
        return
    for band, gutters in bands(rows, page.strokes, size):
        if not gutters:
            yield from _column(band, page, depth)
            continue
        pieces = [p for row in band for p in row]
        edges = [(a + b) / 2 for a, b in gutters]
        columns = [[p for p in pieces if _index(p, edges) == k] for k in range(len(edges) + 1)]
        columns = [column for column in columns if column]
        if _is_table(columns, gutters, page, size):
            yield from _table(columns)
        else:
            for column in columns:
                yield from _cut(column, page, depth + 1)


def _index(piece: Piece, edges: Sequence[float]) -> int:
    return sum(edge < (piece.left + piece.right) / 2 for edge in edges)


def _is_table(columns: Sequence[Sequence[Piece]], gutters: Sequence[Span], page: Page, size: float) -> bool:
    """Whether the columns of a band are cells: rules run across the gutter between their lines, or they are narrow."""
    top, bottom = min(p.top for c in columns for p in c), max(p.bottom for c in columns for p in c)
    inner = [r for r in page.rules if top + size / 2 < (r[1] + r[3]) / 2 < bottom - size / 2]
    middle = [(a + b) / 2 for a, b in gutters]
    if any(r[0] - 2 <= m <= r[2] + 2 for r in inner for m in middle):
        return True
    return any(median(p.right - p.left for p in column) < PROSE * size for column in columns)


def _table(columns: Sequence[Sequence[Piece]]) -> Iterator[_Line]:
    """Yield the rows of a table whose columns are only set apart by blanks: each line is one."""
    flat = [[inner for piece in column for inner in _pieces(piece)] for column in columns]
    edges = _line_edges(flat)
    rows: list[list[list[Piece]]] = [[[] for _ in flat] for _ in range(len(edges) + 1)]
    for k, column in enumerate(flat):
        for piece in sorted(column, key=_place):
            rows[bisect_right(edges, _middle(piece))][k].append(piece)
    for k, row in enumerate(filter(any, rows)):
        yield _Line(tuple(map(tuple, row)), "row", apart=k == 0)


def _line_edges(columns: Sequence[Sequence[Piece]]) -> list[float]:
    """Return the heights between the lines of a table."""
    out: list[float] = []
    reached = None
    for piece in sorted((p for column in columns for p in column), key=_middle):
        if reached is not None and _middle(piece) - reached > piece.size / 2:
            out.append((_middle(piece) + reached) / 2)
        reached = _middle(piece)
    return out


def _pieces(piece: Piece) -> Iterator[Piece]:
    """Yield what stands in a frame, in frames in it too, or the piece itself."""
    waiting = [piece]
    while waiting:
        piece = waiting.pop()
        if piece.below:
            waiting.extend(piece.below)
        else:
            yield piece


def _column(rows: list[Row], page: Page, depth: int) -> Iterator[_Line]:
    """Yield the lines of rows that stand below each other."""
    flat = [p for row in rows for p in row if not p.below]
    left, right = min((p.left for p in flat), default=0.0), max((p.right for p in flat), default=0.0)
    gaps = [b[0].top - a[0].bottom for a, b in pairwise(rows) if not (a[0].below or b[0].below)]
    usual = median(gaps) if gaps else 0.0
    above: Piece | None = None
    for row in rows:
        first = row[0]
        if first.below and len(row) == 1:
            for i, line in enumerate(_cut(first.below, page, depth + 1)):
                yield line._replace(kind="box", apart=line.apart or i == 0)
            above = None
            continue
        apart = above is None or first.top - above.bottom > usual + APART * first.size
        if above and not 1 / OTHER_SIZE < first.size / above.size < OTHER_SIZE:
            apart = True
        if len(row) > 1 and depth < DEEPEST and any(p.below for p in row):
            yield from _cut([p for p in row if not p.below], page, DEEPEST)
            for piece in row:
                yield from _cut(piece.below, page, depth + 1)
        elif len(row) > 1:
            yield _Line(tuple((p,) for p in row), "row", apart)
        else:
            indent = INDENT[0] * first.size <= first.left - left <= INDENT[1] * first.size
            full = len(rows) > 2 and first.right > right - FULL * first.size
            yield _Line(((first,),), "text", apart, indent and len(rows) > 1, above is None, full)
        above = first


def _held(lines: list[_Line]) -> list[_Line]:
    """Put what interrupts a sentence behind it: frames, tables, and the notes at the foot of a column."""
    sizes = [line.cells[0][0].size for line in lines if line.kind == "text" for _ in line.cells[0][0].glyphs]
    usual = median(sizes) if sizes else 0.0
    out: list[_Line] = []
    held: list[_Line] = []
    notes: list[_Line] = []
    noting = False
    for line in lines:
        piece = line.cells[0][0] if line.cells and line.cells[0] else None
        if line.kind == "text" and piece:
            small = piece.size < NOTE_SIZE * usual
            noting = small and (noting or NOTE.match(piece.text) is not None)
            if noting:
                notes.append(line._replace(kind="note", indented=False))
                continue
        elif line.kind in ("row", "box") and (
            held or (out and out[-1].kind == "text" and not _ended(out[-1]))
        ):
            held.append(line)
            continue
        if held and (line.apart or line.indented) and _ended(out[-1]):
            out += held
            held = []
        out.append(line)
    out += held + notes
    for i, (before, line) in enumerate(pairwise(out), start=1):
        if line.fresh and not line.indented and not _ended(before) and _alike(before, line):
            line = line._replace(apart=False)
        plain = not (line.apart or line.indented) and _alike(before, line) and len(line.cells) == 1
        out[i] = line._replace(joined=plain and before.full and not MARK.match(line.cells[0][0].text))
    return out


def _ended(line: _Line) -> bool:
    last = [piece for cell in line.cells for piece in cell][-1:]
    return not last or ENDED.search(last[0].text) is not None


def _alike(one: _Line, other: _Line) -> bool:
    if one.kind != other.kind or not (one.cells[-1] and other.cells[0]):
        return False
    sizes = one.cells[-1][-1].size, other.cells[0][0].size
    return max(sizes) < OTHER_SIZE * min(sizes)
