"""Everything that a PDF page draws beside letters: rules, areas, pictures (see ``pdf_document.py``)."""

from __future__ import annotations

from ctypes import c_float, c_int, c_uint, c_void_p, cast
from typing import TYPE_CHECKING, Any, NamedTuple

from pypdfium2 import raw as pdfium

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    import pypdfium2

    from pipeline.model.printed import Box
    from pipeline.read.pdf_glyphs import Glyph, Piece

    Place = Callable[[float, float, float, float], Box]
    Matrix = tuple[float, float, float, float, float, float]

# A rule is thinner than this; in points (決め打ち).
THIN = 3.0
# Rules are looked for in forms within forms down to the level FORMS. At most MOST_RULES of a page are
# read, and paths of at most MOST_POINTS points. They are looked up by fields of FIELD points, at most
# MOST_FIELDS in each direction (決め打ち).
FORMS, MOST_RULES, MOST_POINTS, FIELD, MOST_FIELDS = 5, 5_000, 2_000, 24.0, 400
RECTANGLE = 5
# A wall parts letters that are at least this far apart, in parts of their size (決め打ち).
PARTED = 0.3
# A colour lighter than this is that of the paper (決め打ち).
WHITE = 250
PLAIN = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


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


def placer(page: pypdfium2.PdfPage, turns: int) -> Place:
    """Return a function from a page's own coordinates to a box on the page, turned by quarters.

    The box counts from the left upper corner of the turned page.
    """
    x, y, x_end, y_end = page.get_bbox()

    def place(left: float, bottom: float, right: float, top: float) -> Box:
        if turns == 1:
            return bottom - y, left - x, top - y, right - x
        if turns == 2:
            return x_end - right, bottom - y, x_end - left, top - y
        if turns == 3:
            return y_end - top, x_end - right, y_end - bottom, x_end - left
        return left - x, y_end - top, right - x, y_end - bottom

    return place


def pictured(page: pypdfium2.PdfPage) -> float:
    """Return what part of a page its pictures cover; where they overlap, more."""
    x, y, x_end, y_end = page.get_bbox()
    covered = 0.0
    for picture in objects(page, pdfium.FPDF_PAGEOBJ_IMAGE):
        box = _bounds(picture)
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
        bounds = _bounds(path)
        if bounds is None:
            continue
        points = pdfium.FPDFPath_CountSegments(path.raw)
        framed = not _only_filled(path.raw)
        for box in _lines(path, bounds, points) if framed else _filled(path, bounds):
            left, top, right, bottom = placed(*box)
            if right < 0 or bottom < 0 or left > width or top > height:
                continue
            if points <= RECTANGLE or min(right - left, bottom - top) < THIN:
                _sort_in((left, top, right, bottom), found, framed=framed)
    return found


class _Object(NamedTuple):
    """Something that a page draws, and the matrices of the forms that it lies in, the innermost first."""

    raw: Any
    forms: tuple[Matrix, ...] = ()


def objects(page: pypdfium2.PdfPage, kind: int) -> Iterator[_Object]:
    """Yield what a page draws of a kind, in forms too."""
    count, get = pdfium.FPDFPage_CountObjects(page.raw), pdfium.FPDFPage_GetObject
    waiting = [(_Object(get(page.raw, i)), 1) for i in reversed(range(count))]
    while waiting:
        item, depth = waiting.pop()
        found = pdfium.FPDFPageObj_GetType(item.raw)
        if found == kind:
            yield item
        elif found == pdfium.FPDF_PAGEOBJ_FORM and depth < FORMS:
            forms = (_matrix(item.raw), *item.forms)
            inner = range(max(0, pdfium.FPDFFormObj_CountObjects(item.raw)))
            get_inner = pdfium.FPDFFormObj_GetObject
            waiting += [(_Object(get_inner(item.raw, i), forms), depth + 1) for i in reversed(inner)]


def address(raw: Any) -> int:
    """Return where in memory PDFium has an object, by which it can be told from others."""
    return cast(raw, c_void_p).value or 0


def _matrix(raw: Any) -> Matrix:
    matrix = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(raw, matrix):
        return PLAIN
    return matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f


def _bounds(item: _Object) -> Box | None:
    left, bottom, right, top = c_float(), c_float(), c_float(), c_float()
    if not pdfium.FPDFPageObj_GetBounds(item.raw, left, bottom, right, top):
        return None
    return _on_page(item, (left.value, bottom.value, right.value, top.value))


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


def _on_page(item: _Object, bounds: Box) -> Box:
    """Return where bounds lie on the page: those of what is in a form count in the form."""
    for matrix in item.forms:
        bounds = _moved(bounds, matrix)
    return bounds


def _moved(bounds: Box, matrix: Matrix) -> Box:
    left, bottom, right, top = bounds
    a, b, c, d, e, f = matrix
    points = [(a * x + c * y + e, b * x + d * y + f) for x in (left, right) for y in (bottom, top)]
    xs, ys = zip(*points, strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def _only_filled(raw: Any) -> bool:
    mode, stroke = c_int(), c_int()
    pdfium.FPDFPath_GetDrawMode(raw, mode, stroke)
    return stroke.value == 0


def _filled(path: _Object, bounds: Box) -> Iterator[Box]:
    """Yield the box of an area, unless it has the colour of the paper, or none."""
    red, green, blue, alpha = c_uint(), c_uint(), c_uint(), c_uint()
    known = pdfium.FPDFPageObj_GetFillColor(path.raw, red, green, blue, alpha)
    if not known or (alpha.value and min(red.value, green.value, blue.value) < WHITE):
        yield bounds


def _lines(path: _Object, bounds: Box, points: int) -> Iterator[Box]:
    """Yield the straight lines of a path of many, like a table's whole grid, or the box around it."""
    if not RECTANGLE < points <= MOST_POINTS:
        yield bounds
        return
    a, b, c, d, e, f = _matrix(path.raw)
    x, y = c_float(), c_float()
    before: tuple[float, float] | None = None
    for i in range(points):
        segment = pdfium.FPDFPath_GetPathSegment(path.raw, i)
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        point = a * x.value + c * y.value + e, b * x.value + d * y.value + f
        if before and pdfium.FPDFPathSegment_GetType(segment) == pdfium.FPDF_SEGMENT_LINETO:
            across, down = abs(point[0] - before[0]), abs(point[1] - before[1])
            if min(across, down) < 1 < max(across, down):
                left, bottom, right, top = (*map(min, before, point), *map(max, before, point))
                yield _on_page(path, (left, bottom, right, top))
        before = point
