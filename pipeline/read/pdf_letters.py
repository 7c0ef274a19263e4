"""The letters of a page, in the order in which they are drawn (see ``pdf_document.py``)."""

from __future__ import annotations

import math
from collections import Counter
from contextlib import closing
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple
from unicodedata import east_asian_width

from pypdfium2 import raw as pdfium

from pipeline.read.pdf_glyphs import Glyph, turned
from pipeline.read.pdf_objects import address, objects, placer

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import pypdfium2

    from pipeline.model.printed import Box

# PDFium returns these for a hyphen at the end of a line.
HYPHENS = "\x02\ufffe"
CONTROLS = frozenset(map(chr, [*range(32), *range(127, 160), 0x2028, 0x2029]))
# Stands for a letter whose meaning a PDF does not tell.
UNKNOWN = 0xFFFD
# The largest size of a letter, in points. A box that is TALL times as tall as its letter is not used, and
# none that is lower than FLAT of it. A letter without a width in its font gets NO_WIDTH of its size (決め打ち).
HUGE, TALL, FLAT, NO_WIDTH = 2000.0, 1.25, 0.6, 0.5
# Letters whose upper edges differ by less than LEVEL stand on one line, in parts of their size. The direction
# of a line shows only with LEAST_BACK letters or more (決め打ち).
LEVEL, LEAST_BACK = 0.3, 3
# A blank whose strokes are wider and higher than this, in parts of its size, is a letter (決め打ち: blanks of 83
# PDFs of ministries have none, and letters whose font calls them blanks have .4 and more).
INK = 0.2
# How far the line that letters stand on lies below the middle of their box, in parts of their size (決め打ち).
BASE = 0.38


class _Drawn(NamedTuple):
    char: str
    box: Box
    size: float
    turns: int
    number: int


def letters(page: pypdfium2.PdfPage) -> tuple[list[Glyph], int]:
    """Return the letters of a page as they are drawn, and by how many quarters most are turned.

    What lies outside of the page is left out. A letter that is turned otherwise than most says so in
    ``turn``.
    """
    with closing(page.get_textpage()) as text:
        found = list(_drawn(text))
        glyphs, turns = _placed(found, page)
        if turned(glyphs) or _backwards(glyphs):
            glyphs, turns = _placed(_as_drawn(found, page, text), page)
    return glyphs, turns


def _placed(found: Sequence[_Drawn], page: pypdfium2.PdfPage) -> tuple[list[Glyph], int]:
    turns = Counter(letter.turns for letter in found).most_common(1)[0][0] if found else 0
    upright, placed = placer(page, turns), placer(page, page.get_rotation() // 90)
    x, y, x_end, y_end = page.get_bbox()
    out = []
    for char, box, size, own, _ in found:
        left, bottom, right, top = box
        if x <= (left + right) / 2 <= x_end and y <= (bottom + top) / 2 <= y_end:
            out.append(Glyph(char, *upright(*box), size, placed(*box), (own - turns) % 4))
    return out, turns


def _backwards(glyphs: Sequence[Glyph]) -> bool:
    """Whether a line runs from right to left.

    PDFium puts what is drawn on one line in order as it is seen: backwards where a page stands on its head.
    """
    back = 0
    for one, other in pairwise(glyphs):
        level = abs(one.top - other.top) < LEVEL * one.size
        near = other.left < one.left and one.left - other.right < one.size
        back = back + 1 if level and near else 0
        if back > LEAST_BACK:
            return True
    return False


def _as_drawn(found: Sequence[_Drawn], page: pypdfium2.PdfPage, text: pypdfium2.PdfTextPage) -> list[_Drawn]:
    """Return letters as the page draws its objects: PDFium puts those of one height in order."""
    places = {address(item.raw): n for n, item in enumerate(objects(page, pdfium.FPDF_PAGEOBJ_TEXT))}
    order = [
        places.get(address(pdfium.FPDFText_GetTextObject(text.raw, letter.number)), 0) for letter in found
    ]
    return [found[k] for k in sorted(range(len(found)), key=lambda k: order[k])]


def _drawn(text: pypdfium2.PdfTextPage) -> Iterator[_Drawn]:
    box, matrix, raw = pdfium.FS_RECTF(), pdfium.FS_MATRIX(), text.raw
    size, turns, foot, head = 0.0, 0, 0.0, 0.0
    for i, char in _characters(raw):
        if not pdfium.FPDFText_GetLooseCharBox(raw, i, box):
            continue
        if box.bottom != foot or box.top != head:  # else it is the font of the letter before
            pdfium.FPDFText_GetMatrix(raw, i, matrix)
            size = pdfium.FPDFText_GetFontSize(raw, i) * math.hypot(matrix.c, matrix.d)
            turns = round(math.atan2(matrix.b, matrix.a) / (math.pi / 2)) % 4
            foot, head = box.bottom, box.top
        if not 0 < size < HUGE:
            continue
        if char == " " and _inked(raw, i, size):
            char = chr(UNKNOWN)  # the font says that it is a blank
        edges = [box.left, box.bottom, box.right, box.top]
        if edges[0] >= edges[2] or edges[1] >= edges[3]:
            edges = _widened(edges, size)
        if turns % 2 == 0 and edges[3] - edges[1] > TALL * size:
            edges[1], edges[3] = _around_base(raw, i, edges, size)
        elif turns == 0 and edges[3] - edges[1] < FLAT * size:
            edges = _squared(raw, i, edges, size, wide=east_asian_width(char) in "WF")
        yield _Drawn(char, (edges[0], edges[1], edges[2], edges[3]), size, turns, i)


def _inked(raw: Any, i: int, size: float) -> bool:
    """Whether a letter leaves ink on the page, as no blank does."""
    left, right, bottom, top = (pdfium.c_double() for _ in range(4))
    if not pdfium.FPDFText_GetCharBox(raw, i, left, right, bottom, top):
        return False
    ink: float = min(right.value - left.value, top.value - bottom.value)
    return ink > INK * size


def _widened(edges: list[float], size: float) -> list[float]:
    """Give a letter room that its font gives none, so that it is not lost."""
    left, bottom, right, top = edges
    right = right if right > left else left + NO_WIDTH * size
    return [left, bottom, right, top if top > bottom else bottom + size]


def _around_base(raw: Any, i: int, edges: list[float], size: float) -> tuple[float, float]:
    """Return bottom and top of a box as tall as the letter: some fonts say that theirs are taller."""
    x, y = pdfium.c_double(), pdfium.c_double()
    middle = (edges[1] + edges[3]) / 2
    if pdfium.FPDFText_GetCharOrigin(raw, i, x, y) and edges[1] <= y.value <= edges[3]:
        middle = y.value + BASE * size
    return middle - size / 2, middle + size / 2


def _squared(raw: Any, i: int, edges: list[float], size: float, *, wide: bool) -> list[float]:
    """Return the square in which a letter stands whose box only holds its strokes (一, 、, -).

    Fonts whose letters are drawings (Type 3, as browsers print some of a font's letters) have such boxes.
    """
    x, y = pdfium.c_double(), pdfium.c_double()
    if not pdfium.FPDFText_GetCharOrigin(raw, i, x, y):
        return edges
    left, bottom, right, top = edges
    foot, head = y.value + (BASE - 0.5) * size, y.value + (BASE + 0.5) * size
    if not foot <= (bottom + top) / 2 <= head:
        return edges
    if wide and x.value <= left and right <= x.value + size:
        left, right = x.value, x.value + size
    return [left, min(foot, bottom), right, max(head, top)]


def _characters(raw: Any) -> Iterator[tuple[int, str]]:
    """Yield the characters that a page draws, without those that PDFium makes up."""
    lead = 0
    for i in range(pdfium.FPDFText_CountChars(raw)):
        if pdfium.FPDFText_IsGenerated(raw, i) == 1:
            continue
        code = pdfium.FPDFText_GetUnicode(raw, i)
        if 0xD800 <= code < 0xDC00:
            lead = code
            continue
        if lead and 0xDC00 <= code < 0xE000:
            code = 0x10000 + ((lead - 0xD800) << 10) + code - 0xDC00
        lead = 0
        if pdfium.FPDFText_HasUnicodeMapError(raw, i) == 1:
            code = UNKNOWN  # PDFium gives the number of the glyph instead
        char = "-" if chr(code) in HYPHENS else chr(code or UNKNOWN)
        if char not in CONTROLS:
            yield i, char
