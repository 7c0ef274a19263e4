"""Where the characters of a PDF's text are printed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

Box = tuple[float, float, float, float]
"""Left, top, right, bottom in points (1/72 inch) from the left upper corner of the page."""


@dataclass(frozen=True, slots=True)
class Print:
    """The page and the box of each character of the text.

    Attributes:
        pages: For each character the number of its page, from 1.
        boxes: The four numbers of the box of each character, one box after the other; zeros for what is not
            printed, like a line end.
        heads: Where running heads begin: lines at the edge of several pages.
    """

    pages: Sequence[int]
    boxes: Sequence[float]
    heads: frozenset[int] = frozenset()

    def page(self, start: int, end: int) -> int | None:
        """Return the page that ``raw[start:end]`` begins on; None if nothing of it is printed."""
        shown = (i for i in range(start, end) if self.boxes[4 * i + 2] > self.boxes[4 * i])
        return next((self.pages[i] for i in shown), None)

    def place(self, start: int, end: int) -> tuple[int, Box] | None:
        """Return the page on which ``raw[start:end]`` begins, and the box around it there.

        None if nothing of it is printed.
        """
        boxes = {i: self.boxes[4 * i : 4 * i + 4] for i in range(start, end)}
        shown = [i for i, (left, _, right, _) in boxes.items() if right > left]
        if not shown:
            return None
        page = self.pages[shown[0]]
        left, top, right, bottom = zip(*(boxes[i] for i in shown if self.pages[i] == page), strict=True)
        return page, (round(min(left), 1), round(min(top), 1), round(max(right), 1), round(max(bottom), 1))
