"""What a PDF page holds, in forms too, and where it lies on the page (see ``pdf_document.py``)."""

from __future__ import annotations

from ctypes import c_float, c_void_p, cast
from typing import TYPE_CHECKING, Any, NamedTuple

from pypdfium2 import raw as pdfium

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import pypdfium2

    from pipeline.model.printed import Box

    Place = Callable[[float, float, float, float], Box]
    Matrix = tuple[float, float, float, float, float, float]

# Objects are looked for in forms within forms down to this level (決め打ち).
FORMS = 5
# A clip of more paths or points than these is not looked at (決め打ち).
MOST_CLIPS, MOST_CLIP_POINTS = 8, 400
PLAIN = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


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


class Object(NamedTuple):
    """Something that a page draws, and the matrices of the forms that it lies in, the innermost first."""

    raw: Any
    forms: tuple[Matrix, ...] = ()


def objects(page: pypdfium2.PdfPage, kind: int) -> Iterator[Object]:
    """Yield what a page draws of a kind, in forms too."""
    count, get = pdfium.FPDFPage_CountObjects(page.raw), pdfium.FPDFPage_GetObject
    waiting = [(Object(get(page.raw, i)), 1) for i in reversed(range(count))]
    while waiting:
        item, depth = waiting.pop()
        found = pdfium.FPDFPageObj_GetType(item.raw)
        if found == kind:
            yield item
        elif found == pdfium.FPDF_PAGEOBJ_FORM and depth < FORMS:
            forms = (matrix_of(item.raw), *item.forms)
            inner = range(max(0, pdfium.FPDFFormObj_CountObjects(item.raw)))
            get_inner = pdfium.FPDFFormObj_GetObject
            waiting += [(Object(get_inner(item.raw, i), forms), depth + 1) for i in reversed(inner)]


def address(raw: Any) -> int:
    """Return where in memory PDFium has an object, by which it can be told from others."""
    return cast(raw, c_void_p).value or 0


def matrix_of(raw: Any) -> Matrix:
    """Return the matrix by which an object is put in its place."""
    matrix = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(raw, matrix):
        return PLAIN
    return matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f


def bounds_of(item: Object) -> Box | None:
    """Return the box around an object on the page, or None if it has none."""
    left, bottom, right, top = c_float(), c_float(), c_float(), c_float()
    if not pdfium.FPDFPageObj_GetBounds(item.raw, left, bottom, right, top):
        return None
    return on_page(item, (left.value, bottom.value, right.value, top.value))


def shown(item: Object, bounds: Box) -> Box | None:
    """Return what a clip leaves of bounds on the page, or None if it leaves nothing.

    Word processors draw the corners of a table as long lines of which a clip shows the end.
    """
    clip = pdfium.FPDFPageObj_GetClipPath(item.raw)
    count = pdfium.FPDFClipPath_CountPaths(clip) if clip else 0
    left, bottom, right, top = bounds
    for number in range(count if count <= MOST_CLIPS else 0):
        points = pdfium.FPDFClipPath_CountPathSegments(clip, number)
        if not 0 < points <= MOST_CLIP_POINTS:
            continue
        around = on_page(item, _clip(clip, number, points))
        left, bottom = max(left, around[0]), max(bottom, around[1])
        right, top = min(right, around[2]), min(top, around[3])
    return (left, bottom, right, top) if left <= right and bottom <= top else None


def _clip(clip: Any, number: int, count: int) -> Box:
    """Return the box around one of the paths of a clip."""
    x, y = c_float(), c_float()
    xs, ys = [], []
    for k in range(count):
        pdfium.FPDFPathSegment_GetPoint(pdfium.FPDFClipPath_GetPathSegment(clip, number, k), x, y)
        xs.append(x.value)
        ys.append(y.value)
    return min(xs), min(ys), max(xs), max(ys)


def on_page(item: Object, bounds: Box) -> Box:
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
