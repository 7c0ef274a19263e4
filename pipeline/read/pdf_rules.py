"""Everything that a PDF page draws beside letters: rules, areas, pictures (see ``pdf_document.py``)."""

from __future__ import annotations

from ctypes import c_float, c_int, c_uint
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from pypdfium2 import raw as pdfium

from pipeline.read.pdf_objects import bounds_of, matrix_of, objects, on_page, placer, shown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    import pypdfium2

    from pipeline.model.printed import Box
    from pipeline.read.pdf_glyphs import Glyph, Piece
    from pipeline.read.pdf_objects import Object

    Point = tuple[float, float]

# A rule is thinner than this; in points (決め打ち).
THIN = 3.0
# At most MOST_RULES of a page are read, and paths of at most MOST_POINTS points. They are looked up by
# fields of FIELD points, at most MOST_FIELDS in each direction (決め打ち).
MOST_RULES, MOST_POINTS, FIELD, MOST_FIELDS = 5_000, 2_000, 24.0, 400
# A rectangle has so many points; its sides are straight if they are off by less than SLANT points (決め打ち).
RECTANGLE, SLANT = 5, 0.5
# A wall parts letters that are at least this far apart, in parts of their size (決め打ち).
PARTED = 0.3
# A colour lighter than this is that of the paper (決め打ち).
WHITE = 250


class Drawn(NamedTuple):
    """The horizontal and the vertical rules of a page, and its coloured or framed areas."""

    rules: list[Box]
    strokes: list[Box]
    areas: list[Box]

    def turned(self, turn: Callable[[Box], Box]) -> Drawn:
        """Return it as it stands on a page that is turned by a quarter."""
        rules, strokes, areas = ([turn(box) for box in boxes] for boxes in self)
        return Drawn(strokes, rules, areas)


class Walls:
    """Vertical rules, found by their place."""

    def __init__(self, strokes: Sequence[Box]) -> None:
        self._fields: dict[tuple[int, int], list[Box]] = {}
        for box in strokes:
            for field in fields(box):
                self._fields.setdefault(field, []).append(box)

    def __bool__(self) -> bool:
        return bool(self._fields)

    def between(self, left: float, right: float, height: float) -> bool:
        """Whether a rule passes ``height`` between ``left`` and ``right``."""
        y = int(height // FIELD)
        first, last = int(left // FIELD), int(right // FIELD)
        return any(
            left <= box[0] and box[2] <= right and box[1] <= height <= box[3]
            for x in range(first, min(last, first + MOST_FIELDS) + 1)
            for box in self._fields.get((x, y), ())
        )

    def parted(self, one: Glyph | Piece, other: Glyph | Piece) -> bool:
        """Whether a rule stands between two letters, or pieces, of a line."""
        if not self._fields or other.left - one.right < PARTED * one.size:
            return False
        return self.between(one.right - 1, other.left + 1, (other.top + other.bottom) / 2)


def fields(box: Box) -> Iterator[tuple[int, int]]:
    """Yield the squares of the page that a box lies in."""
    left, top, right, bottom = (int(edge // FIELD) for edge in box)
    for x in range(max(-100, left), min(MOST_FIELDS, right) + 1):
        for y in range(max(-100, top), min(MOST_FIELDS, bottom) + 1):
            yield x, y


def pictured(page: pypdfium2.PdfPage) -> float:
    """Return what part of a page its pictures cover; where they overlap, more."""
    x, y, x_end, y_end = page.get_bbox()
    covered = 0.0
    for picture in objects(page, pdfium.FPDF_PAGEOBJ_IMAGE):
        box = bounds_of(picture)
        if box:
            left, bottom, right, top = box
            across, down = min(right, x_end) - max(left, x), min(top, y_end) - max(bottom, y)
            covered += max(0.0, across) * max(0.0, down)
    return covered / max(1.0, float((x_end - x) * (y_end - y)))


def drawn(page: pypdfium2.PdfPage, turns: int) -> Drawn:
    """Return the rules and areas of a page that is turned by quarters; those outside of it are left out."""
    found, placed = Drawn([], [], []), placer(page, turns)
    width, height = placed(*page.get_bbox())[2:]
    for path in objects(page, pdfium.FPDF_PAGEOBJ_PATH):
        if len(found.rules) + len(found.strokes) >= MOST_RULES:
            break
        bounds = bounds_of(path)
        if bounds is None:
            continue
        points = pdfium.FPDFPath_CountSegments(path.raw)
        framed = not _only_filled(path.raw)
        for whole in _lines(path, bounds, points) if framed else _filled(path, bounds, points):
            box = shown(path, whole) if _is_thin(whole) else whole
            if box is None:
                continue
            left, top, right, bottom = placed(*box)
            if right < 0 or bottom < 0 or left > width or top > height:
                continue
            if points <= RECTANGLE or min(right - left, bottom - top) < THIN:
                _sort_in((left, top, right, bottom), found, framed=framed)
    return found


def _is_thin(box: Box) -> bool:
    left, bottom, right, top = box
    return min(right - left, top - bottom) < THIN


def _sort_in(box: Box, found: Drawn, *, framed: bool) -> None:
    left, top, right, bottom = box
    across, down = right - left, bottom - top
    if down < THIN < across:
        found.rules.append(box)
    elif across < THIN < down:
        found.strokes.append(box)
    elif min(across, down) >= THIN:
        found.areas.append(box)
        if framed:
            found.rules.extend([(left, top, right, top), (left, bottom, right, bottom)])
            found.strokes.extend([(left, top, left, bottom), (right, top, right, bottom)])


def _only_filled(raw: Any) -> bool:
    mode, stroke = c_int(), c_int()
    pdfium.FPDFPath_GetDrawMode(raw, mode, stroke)
    return stroke.value == 0


def _filled(path: Object, bounds: Box, points: int) -> Iterator[Box]:
    """Yield the boxes of an area, unless it has the colour of the paper, or none.

    Some printers fill the rules of a whole table as rectangles of one path.
    """
    red, green, blue, alpha = c_uint(), c_uint(), c_uint(), c_uint()
    known = pdfium.FPDFPageObj_GetFillColor(path.raw, red, green, blue, alpha)
    if known and not (alpha.value and min(red.value, green.value, blue.value) < WHITE):
        return
    several = RECTANGLE < points <= MOST_POINTS
    yield from (_rectangles(path, points) if several else None) or [bounds]


def _rectangles(path: Object, points: int) -> list[Box] | None:
    """Return the boxes of a path that is nothing but upright rectangles, else None."""
    found: list[Box] = []
    corners: list[Point] = []
    for point, kind in _points(path, points):
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            if corners and not _is_upright(corners):
                return None
            found += [_around(corners)] if corners else []
            corners = []
        elif kind != pdfium.FPDF_SEGMENT_LINETO or len(corners) >= RECTANGLE:
            return None
        corners.append(point)
    return [on_page(path, box) for box in (*found, _around(corners))] if _is_upright(corners) else None


def _is_upright(corners: Sequence[Point]) -> bool:
    """Whether points are the four corners of an upright rectangle, one after the other."""
    closed = len(corners) == RECTANGLE and max(map(abs, _step(corners[0], corners[-1]))) < SLANT
    ring = corners[:-1] if closed else corners
    steps = [_step(a, b) for a, b in pairwise([*ring, ring[0]])]
    return len(ring) == RECTANGLE - 1 and all(min(abs(x), abs(y)) < SLANT for x, y in steps)


def _step(one: Point, other: Point) -> Point:
    return other[0] - one[0], other[1] - one[1]


def _around(points: Sequence[Point]) -> Box:
    xs, ys = zip(*points, strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def _points(path: Object, count: int) -> Iterator[tuple[Point, int]]:
    """Yield the points of a path, and how each is reached."""
    a, b, c, d, e, f = matrix_of(path.raw)
    x, y = c_float(), c_float()
    for i in range(count):
        segment = pdfium.FPDFPath_GetPathSegment(path.raw, i)
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        point = a * x.value + c * y.value + e, b * x.value + d * y.value + f
        yield point, pdfium.FPDFPathSegment_GetType(segment)


def _lines(path: Object, bounds: Box, points: int) -> Iterator[Box]:
    """Yield the straight lines of a path of many, like a table's whole grid, or the box around it."""
    if not RECTANGLE < points <= MOST_POINTS:
        yield bounds
        return
    before: Point | None = None
    for point, kind in _points(path, points):
        if before and kind == pdfium.FPDF_SEGMENT_LINETO:
            across, down = map(abs, _step(before, point))
            if min(across, down) < 1 < max(across, down):
                yield on_page(path, _around((before, point)))
        before = point
