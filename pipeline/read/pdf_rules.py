"""The rules that a page draws, and the regions that they enclose: boxes and tables (see ``pdf.py``)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pypdfium2
from pypdfium2 import raw as pdfium

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from pipeline.model.printed import Box

# A rule is thinner than this, rules this near touch, a region is larger in both directions; in points (決め打ち).
THIN, TOUCH, LEAST = 3.0, 3.0, 24.0
# How deep forms may hold forms in which rules are looked for, how many rules are looked at on a page, and how many of a
# field of so many points are held against each other.
FORMS, MOST_RULES, FIELD, MOST_NEAR = 5, 5_000, 24.0, 40


def placer(page: pypdfium2.PdfPage, turns: int) -> Callable[[float, float, float, float], Box]:
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
            left, bottom, right, top = picture.get_bounds()
        except pypdfium2.PdfiumError:
            continue
        across, down = min(right, x_end) - max(left, x), min(top, y_end) - max(bottom, y)
        covered += max(0.0, across) * max(0.0, down)
    return covered / max(1.0, float((x_end - x) * (y_end - y)))


def drawn(page: pypdfium2.PdfPage, turns: int) -> tuple[list[Box], list[Box]]:
    """Return the horizontal and the vertical rules of a page that is turned by quarters; rectangles have four."""
    rules: list[Box] = []
    strokes: list[Box] = []
    placed = placer(page, turns)
    for path in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH], max_depth=FORMS):
        if len(rules) + len(strokes) >= MOST_RULES:
            break
        try:
            left, top, right, bottom = placed(*path.get_bounds())
        except pypdfium2.PdfiumError:
            continue
        across, down = right - left, bottom - top
        if down < THIN < across:
            rules.append((left, top, right, bottom))
        elif across < THIN < down:
            strokes.append((left, top, right, bottom))
        elif min(across, down) >= THIN:
            rules += [(left, top, right, top), (left, bottom, right, bottom)]
            strokes += [(left, top, left, bottom), (right, top, right, bottom)]
    return rules, strokes


def regions(rules: Sequence[Box], strokes: Sequence[Box], most: float) -> list[Box]:
    """Return the boxes around rules that touch each other, the largest first; those of an area above ``most`` left out."""
    boxes = [*rules, *strokes]
    parents = list(range(len(boxes)))

    def root(i: int) -> int:
        while parents[i] != i:
            parents[i] = parents[parents[i]]
            i = parents[i]
        return i

    fields: dict[tuple[int, int], list[int]] = {}
    for i, box in enumerate(boxes):
        for place in _fields(box):
            near = fields.setdefault(place, [])
            for other in near[-MOST_NEAR:]:
                if _touch(box, boxes[other]):
                    parents[root(i)] = root(other)
            near.append(i)
    groups: dict[int, list[Box]] = {}
    for i, box in enumerate(boxes):
        groups.setdefault(root(i), []).append(box)
    found = [_around(group) for group in groups.values() if len(group) > 3]
    large = [b for b in found if b[2] - b[0] > LEAST and b[3] - b[1] > LEAST and _area(b) < most]
    return sorted(large, key=_area, reverse=True)


def _fields(box: Box) -> Iterator[tuple[int, int]]:
    left, top, right, bottom = (int(edge // FIELD) for edge in box)
    for x in range(max(-100, left), min(1000, right) + 1):
        for y in range(max(-100, top), min(1000, bottom) + 1):
            yield x, y


def _touch(one: Box, other: Box) -> bool:
    across = max(one[0], other[0]) <= min(one[2], other[2]) + TOUCH
    return across and max(one[1], other[1]) <= min(one[3], other[3]) + TOUCH


def _around(group: Sequence[Box]) -> Box:
    left, top, right, bottom = zip(*group, strict=True)
    return min(left), min(top), max(right), max(bottom)


def _area(box: Box) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])
