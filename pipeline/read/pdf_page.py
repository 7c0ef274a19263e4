"""A page of a PDF → its lines in reading order (see ``pdf_document.py``)."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING, NamedTuple

from pipeline.read.pdf_edges import edges, parts_of
from pipeline.read.pdf_flow import Layout, flow, lines_of
from pipeline.read.pdf_glyphs import along, turn, turned
from pipeline.read.pdf_letters import letters
from pipeline.read.pdf_lines import Line, line_of
from pipeline.read.pdf_order import Page, by_place
from pipeline.read.pdf_pieces import pieces
from pipeline.read.pdf_regions import frames
from pipeline.read.pdf_rows import disorder, rows_of
from pipeline.read.pdf_rules import Drawn, Walls, drawn, pictured
from pipeline.read.pdf_stack import downwards
from pipeline.read.pdf_table import tables

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pypdfium2

    from pipeline.read.pdf_glyphs import Glyph
    from pipeline.read.pdf_rows import Row
    from pipeline.read.pdf_usual import Sizes

# A frame holds less of a page than this (決め打ち).
MOST_FRAME = 0.85
# A page with fewer letters, and pictures over more of it, is a scan (決め打ち).
FEW, PICTURED = 30, 0.5
# If at least AMISS lines are drawn out of order, and more than this part of all (MOST_BACKWARDS upward,
# MOST_BETWEEN in between), the order of the page is not that of its text (決め打ち).
AMISS, MOST_BACKWARDS, MOST_BETWEEN = 2, 0.15, 0.3


class Read(NamedTuple):
    """The lines of a page, whether it looks like a scan, and whether its order is that of its text."""

    lines: list[Line]
    scanned: bool = False
    trusted: bool = True


def read_page(page: pypdfium2.PdfPage, sizes: Sizes) -> Read:
    """Return the lines of a page, and count its sizes; raises PdfiumError if it is damaged."""
    with closing(page):
        glyphs, turns = letters(page)
        scanned = len(glyphs) < FEW and pictured(page) > PICTURED
        if not glyphs:
            return Read([], scanned)
        x, y, x_end, y_end = page.get_bbox()
        width, height = (y_end - y, x_end - x) if turns % 2 else (x_end - x, y_end - y)
        shapes = drawn(page, turns)
    if turned(glyphs):
        glyphs = along(glyphs, width)
        shapes = shapes.turned(lambda box: turn(box, width))
        width, height = height, width
    lines, trusted = lay_out(glyphs, shapes, (width, height), sizes)
    return Read(lines, scanned, trusted)


def lay_out(
    glyphs: Sequence[Glyph], shapes: Drawn, extent: tuple[float, float], sizes: Sizes
) -> tuple[list[Line], bool]:
    """Return the lines of a page in reading order, and whether that is the order of the page.

    Args:
        glyphs: The letters in the order in which they are drawn.
        shapes: The rules and areas that are drawn beside them.
        extent: Width and height of the page, in points.
        sizes: Of the letters of the pages before.
    """
    width, height = extent
    walls = Walls(shapes.strokes)
    found = pieces(glyphs, walls)
    ruled = tables(found, shapes)
    held = {id(piece) for table in ruled for piece in table.pieces}
    rest = [piece for piece in found if id(piece) not in held]
    boxes = frames([*shapes.rules, *shapes.strokes, *shapes.areas], MOST_FRAME * width * height)
    rows = rows_of(rest, walls)
    sizes.space(rows)
    trusted = _trusted(rows)
    if not trusted:
        rows = rows_of(by_place(rest, Page(shapes.rules, shapes.strokes, boxes)), walls)
        sizes.space(rows)
    sizes.add(rows)
    heads, feet = edges(rows, sizes.usual, width, height)
    outer = {id(row) for row in (*heads, *feet)}
    inner = downwards([row for row in rows if id(row) not in outer], ruled)
    lines = [line_of(part, "edge", apart=True) for row in heads for part in parts_of(row)]
    lines += lines_of(flow(inner, ruled, Layout(boxes, shapes.rules, sizes.usual, width)))
    return [*lines, *(line_of(part, "edge", apart=True) for row in feet for part in parts_of(row))], trusted


def _trusted(rows: Sequence[Row]) -> bool:
    """Whether the order in which rows are drawn may be that in which they are read."""
    pairs, backwards, between = disorder(rows)
    upward = backwards >= AMISS and backwards > MOST_BACKWARDS * pairs
    return not (upward or (between >= AMISS and between > MOST_BETWEEN * pairs))
