"""What a page of a PDF draws beside its letters: rules, areas, pictures (see ``pdf_document.py``)."""

from __future__ import annotations

from ctypes import c_float, c_int, c_uint
from typing import TYPE_CHECKING, NamedTuple

import pypdfium2
from pypdfium2 import raw as pdfium

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from pipeline.printed import Box

    Place = Callable[[float, float, float, float], Box]
    Matrix = tuple[float, float, float, float, float, float]

# A rule is thinner than this; in points (決め打ち).
THIN = 3.0
# How deep forms may hold forms in which rules are looked for, how many rules are looked at on a page, how many points
# one path may have, and into fields of how many points they are put to be found (決め打ち).
FORMS, MOST_RULES, MOST_POINTS, FIELD, MOST_FIELDS = 5, 5_000, 2_000, 24.0, 400
RECTANGLE = 5
# Whiter than this is the paper (決め打ち).
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


def fields(box: Box) -> Iterator[tuple[int, int]]:
    """Yield the squares of the page that a box lies in."""
    left, top, right, bottom = (int(edge // FIELD) for edge in box)
    for x in range(max(-100, left), min(MOST_FIELDS, right) + 1):
        for y in range(max(-100, top), min(MOST_FIELDS, bottom) + 1):
            yield x, y


def placer(page: pypdfium2.PdfPage, turns: int) -> Place:
    """Return what makes of left, bottom, right, top in a page's own coordinates a box on the page turned by quarters.

    The box counts from the left upper corner of the turned page.
    """
    x, y, x_end, y_end = page.get_cropbox()

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
    x, y, x_end, y_end = page.get_cropbox()
    covered = 0.0
    for picture in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=FORMS):
        try:
            left, bottom, right, top = _on_page(picture, picture.get_bounds())
        except pypdfium2.PdfiumError:
            continue
        across, down = min(right, x_end) - max(left, x), min(top, y_end) - max(bottom, y)
        covered += max(0.0, across) * max(0.0, down)
    return covered / max(1.0, float((x_end - x) * (y_end - y)))


def drawn(page: pypdfium2.PdfPage, turns: int) -> Drawn:
    """Return the rules and areas of a page that is turned by quarters; those outside of it are left out."""
    found, placed = Drawn([], [], []), placer(page, turns)
    width, height = placed(*page.get_cropbox())[2:]
    for path in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH], max_depth=FORMS):
        if len(found.rules) + len(found.strokes) >= MOST_RULES:
            break
        try:
            bounds = _on_page(path, path.get_bounds())
        except pypdfium2.PdfiumError:
            continue
        plain = pdfium.FPDFPath_CountSegments(path) <= RECTANGLE
        framed = not _only_filled(path)
        for box in _lines(path, bounds):
            left, top, right, bottom = placed(*box)
            if right < 0 or bottom < 0 or left > width or top > height:
                continue
            if plain or min(right - left, bottom - top) < THIN:
                _sort_in((left, top, right, bottom), found, framed=framed)
    return found


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


def _on_page(item: pypdfium2.PdfObject, bounds: Box) -> Box:
    """Return where bounds lie on the page: those of what is in a form count in the form."""
    container = item.container
    while container is not None:
        bounds = _moved(bounds, container.get_matrix().get())
        container = container.container
    return bounds


def _moved(bounds: Box, matrix: Matrix) -> Box:
    left, bottom, right, top = bounds
    a, b, c, d, e, f = matrix
    points = [(a * x + c * y + e, b * x + d * y + f) for x in (left, right) for y in (bottom, top)]
    xs, ys = zip(*points, strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def _only_filled(path: pypdfium2.PdfObject) -> bool:
    mode, stroke = c_int(), c_int()
    pdfium.FPDFPath_GetDrawMode(path, mode, stroke)
    return stroke.value == 0


def _lines(path: pypdfium2.PdfObject, bounds: Box) -> Iterator[Box]:
    """Yield the straight lines of a path of many, like a table's whole grid, or the box around it; none of what is white."""
    if _only_filled(path):
        if not _white(path):
            yield bounds
        return
    count = pdfium.FPDFPath_CountSegments(path)
    if not RECTANGLE < count <= MOST_POINTS:
        yield bounds
        return
    matrix = path.get_matrix().get()
    x, y = c_float(), c_float()
    before: tuple[float, float] | None = None
    for i in range(count):
        segment = pdfium.FPDFPath_GetPathSegment(path, i)
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        a, b, c, d, e, f = matrix
        point = a * x.value + c * y.value + e, b * x.value + d * y.value + f
        if before and pdfium.FPDFPathSegment_GetType(segment) == pdfium.FPDF_SEGMENT_LINETO:
            across, down = abs(point[0] - before[0]), abs(point[1] - before[1])
            if min(across, down) < 1 < max(across, down):
                line = (*map(min, before, point), *map(max, before, point))
                yield _on_page(path, (line[0], line[1], line[2], line[3]))
        before = point


def _white(path: pypdfium2.PdfObject) -> bool:
    """Whether an area has the colour of the paper, or none."""
    red, green, blue, alpha = c_uint(), c_uint(), c_uint(), c_uint()
    if not pdfium.FPDFPageObj_GetFillColor(path, red, green, blue, alpha):
        return False
    return alpha.value == 0 or min(red.value, green.value, blue.value) >= WHITE
