"""The text of a PDF as it grows, with the page and the box of each character (see ``pdf_document.py``)."""

from __future__ import annotations

import re
from array import array
from collections import Counter
from typing import TYPE_CHECKING

from pipeline.read.pdf_glyphs import Glyph, written

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pipeline.model.printed import Box
    from pipeline.read.pdf_lines import Line, Part

FIGURES, LETTER = re.compile(r"\d+"), re.compile(r"[^\W\d_]")
# Stands for a letter whose meaning a PDF does not tell.
UNKNOWN = "\ufffd"


class PdfText:
    """Characters, and for each its page and its box: zeros for what is not printed."""

    def __init__(self) -> None:
        self.chars: list[str] = []
        self.pages = array("I")
        self.boxes = array("f")
        self._edges: list[tuple[int, str]] = []

    def page(self, lines: Iterable[Line], number: int) -> None:
        """Add the lines of a page."""
        if number > 1:
            self._add("\f", number - 1)
        above = ""
        for line in lines:
            if line.joined and above:
                self._add(line.before, number)
            elif above:
                self._add("\n\n" if line.apart or line.kind != above else "\n", number)
            above = line.kind
            if line.kind == "edge":
                self._edges.append((len(self.chars), "".join(p.piece.text for c in line.cells for p in c)))
            if line.indented:
                self._add("\u3000", number)
            for k, cell in enumerate(line.cells):
                self._add("\t" if k else "", number)
                self._cell(cell, number)

    def _cell(self, cell: Iterable[Part], number: int) -> None:
        for piece, before in cell:
            self._add(before, number)
            for letter in written(piece):
                if isinstance(letter, Glyph):
                    self._add(letter.char, number, letter.printed)
                else:
                    self._add(letter, number)

    def unknown(self) -> list[int]:
        """Return the pages of the letters whose meaning is not known, one for each letter."""
        return [n for n, char in zip(self.pages, self.chars, strict=True) if is_unknown(char)]

    def heads(self) -> list[int]:
        """Return where lines begin that stand at the edge of several pages, their figures left aside."""
        keys = [FIGURES.sub("#", "".join(text.split())) for _, text in self._edges]
        times = Counter(key for key in keys if LETTER.search(key))
        return [start for (start, _), key in zip(self._edges, keys, strict=True) if times[key] > 1]

    def _add(self, text: str, number: int, box: Box | None = None) -> None:
        for char in text:
            self.chars.append(char)
            self.pages.append(number)
            self.boxes.extend(box or (0.0, 0.0, 0.0, 0.0))


def is_unknown(char: str) -> bool:
    """Whether a character stands for a letter whose meaning is not known."""
    return char == UNKNOWN or "\ue000" <= char <= "\uf8ff"
