"""PDF → its text in reading order, its title, and where each character is printed.

Part of stage 1. PDFium gives the letters with their boxes; which belong to a line is found in
``pdf_glyphs.py``, the order of the lines in ``pdf_order.py``. Pages are parted by form feeds.
"""

from __future__ import annotations

import math
import re
from array import array
from collections import Counter
from contextlib import closing
from typing import TYPE_CHECKING

import pypdfium2
from pypdfium2 import raw as pdfium

from pipeline.model.errors import HakushoError
from pipeline.model.printed import Print
from pipeline.read.pdf_glyphs import Glyph, Piece, pieces, turn, turned, written
from pipeline.read.pdf_order import Line, Page, in_order
from pipeline.read.pdf_rules import drawn, pictured, placer, regions

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pipeline.model.printed import Box

# A frame holds less of a page than this (決め打ち).
MOST_FRAME = 0.85
FIGURES, LETTER = re.compile(r"\d+"), re.compile(r"[^\W\d_]")
# What PDFium gives for a hyphen at the end of a line.
HYPHENS = "\x02\ufffe"
CONTROLS = frozenset(map(chr, [*range(32), *range(127, 160), 0x2028, 0x2029]))
# Stands for a letter whose meaning a PDF does not tell; if so many are such, it has no text (決め打ち).
UNKNOWN, MOST_UNKNOWN = 0xFFFD, 0.3
# A page with fewer letters, and pictures over more of it, is a scan (決め打ち).
FEW, PICTURED = 30, 0.5
# So many pages a warning names.
MOST_NAMED = 5
# Where the end of a PDF has to say that it is the end.
TAIL = 2048
# No letter is larger than this, in points (決め打ち).
HUGE = 2000.0
FAULTS = {
    pdfium.FPDF_ERR_PASSWORD: "is a PDF with a password: save a copy without one",
    pdfium.FPDF_ERR_SECURITY: "is a PDF with a protection that is not known: save a copy without it",
    pdfium.FPDF_ERR_FORMAT: "is a damaged PDF, or one that is cut off: download it again",
}


def read_pdf(data: bytes, where: str) -> tuple[str, str, Print, tuple[str, ...]]:
    """Return the text of a PDF, its title, where the characters are printed, and what of it could not be read.

    Raises:
        HakushoError: The file is damaged, encrypted, or holds no text (a scan).
    """
    if b"%%EOF" not in data[-TAIL:]:
        raise HakushoError(f"{where}: {FAULTS[pdfium.FPDF_ERR_FORMAT]}")
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        reason = FAULTS.get(error.err_code, f"is a PDF that cannot be read ({error}): save it anew")
        raise HakushoError(f"{where}: {reason}") from None
    text, scans = _Text(), list[int]()
    with closing(document):
        title = _title(document)
        count = len(document)
        for number in range(count):
            try:
                lines, scanned = _page(document[number])
            except pypdfium2.PdfiumError:
                raise HakushoError(
                    f"{where}: page {number + 1} of {count} is damaged: download the file again"
                ) from None
            text.page(lines, number + 1)
            if scanned:
                scans.append(number + 1)
    if not "".join(text.chars).strip():
        pages = f"{count} pages" if count > 1 else "1 page"
        raise HakushoError(
            f"{where}: holds no text on its {pages}, only pictures (a scan?): run a text recognition (OCR) over it"
        )
    if text.unknown() > MOST_UNKNOWN:
        raise HakushoError(
            f"{where}: does not tell what its letters mean (fonts without Unicode): run a text recognition (OCR) over it"
        )
    return (
        "".join(text.chars),
        title,
        Print(text.pages, text.boxes, text.heads()),
        tuple(_warnings(text, scans, count)),
    )


def _warnings(text: _Text, scans: list[int], count: int) -> Iterator[str]:
    """Say what of a PDF is not in its text."""
    if scans:
        yield f"{_pages(scans)} of {count}: a picture and hardly any text (a scan?): what it shows is missing; OCR would read it"
    unknown = [n for n, char in zip(text.pages, text.chars, strict=True) if _is_unknown(char)]
    if unknown:
        yield f"{_pages(unknown)} of {count}: {len(unknown)} letters have no meaning (a font without Unicode): written as {chr(UNKNOWN)}"


def _pages(numbers: Iterable[int]) -> str:
    """Write ``page 3`` or ``pages 3, 4, 7 and 12 more``."""
    found = list(dict.fromkeys(numbers))
    more = f" and {len(found) - MOST_NAMED} more" if len(found) > MOST_NAMED else ""
    return f"page{'s' * (len(found) > 1)} {', '.join(map(str, found[:MOST_NAMED]))}{more}"


def _is_unknown(char: str) -> bool:
    return char == chr(UNKNOWN) or "\ue000" <= char <= "\uf8ff"


def _title(document: pypdfium2.PdfDocument) -> str:
    try:
        return " ".join(document.get_metadata_value("Title").split())
    except UnicodeDecodeError:
        return ""


class _Text:
    """The text as it grows, with the page and the box of each character."""

    def __init__(self) -> None:
        self.chars: list[str] = []
        self.pages = array("I")
        self.boxes = array("f")
        self.edges: list[tuple[int, str]] = []

    def page(self, lines: Iterable[Line], number: int) -> None:
        """Add the lines of a page."""
        if number > 1:
            self._add("\f", number - 1)
        above = ""
        for line in lines:
            if line.joined:
                latin = (
                    self.chars[-1].isascii()
                    and self.chars[-1].isalpha()
                    and line.cells[0][0].text[:1].isascii()
                )
                self._add(" " if latin else "", number)
            elif above:
                self._add("\n\n" if line.apart or line.kind != above else "\n", number)
            above = line.kind
            if line.kind == "edge":
                self.edges.append((len(self.chars), line.cells[0][0].text))
            if line.indented:
                self._add("\u3000", number)
            for k, cell in enumerate(line.cells):
                if k:
                    self._add("\t", number)
                self._cell(cell, number)

    def unknown(self) -> float:
        """Return the share of letters whose meaning is not known."""
        letters = [char for char in self.chars if not char.isspace()]
        return sum(map(_is_unknown, letters)) / len(letters)

    def heads(self) -> frozenset[int]:
        """Return where the lines begin that stand at the edge of several pages, but for the number of the page."""
        keys = [FIGURES.sub("#", "".join(text.split())) for _, text in self.edges]
        times = Counter(key for key in keys if LETTER.search(key))
        return frozenset(start for (start, _), key in zip(self.edges, keys, strict=True) if times[key] > 1)

    def _cell(self, cell: Iterable[Piece], number: int) -> None:
        before = ""
        for piece in cell:
            letters = written(piece)
            if before and letters and before.isascii() and _char(letters[0]).isascii():
                self._add(" ", number)
            for letter in letters:
                self._add(_char(letter), number, letter.printed if isinstance(letter, Glyph) else None)
            before = _char(letters[-1]) if letters else before

    def _add(self, text: str, number: int, box: Box | None = None) -> None:
        for char in text:
            self.chars.append(char)
            self.pages.append(number)
            self.boxes.extend(box or (0.0, 0.0, 0.0, 0.0))


def _char(letter: Glyph | str) -> str:
    return letter if isinstance(letter, str) else letter.char


def _page(page: pypdfium2.PdfPage) -> tuple[list[Line], bool]:
    """Return the lines of a page, and whether it looks like a scan."""
    with closing(page):
        glyphs, turns = _glyphs(page)
        scanned = len(glyphs) < FEW and pictured(page) > PICTURED
        if not glyphs:
            return [], scanned
        x, y, x_end, y_end = page.get_cropbox()
        width, height = (y_end - y, x_end - x) if turns % 2 else (x_end - x, y_end - y)
        rules, strokes = drawn(page, turns)
        if turned(glyphs):
            glyphs = [Glyph(g.char, *turn(g[1:5], width), g.size, g.printed) for g in glyphs]
            rules, strokes = [turn(box, width) for box in strokes], [turn(box, width) for box in rules]
            width, height = height, width
        frames = regions(rules, strokes, MOST_FRAME * width * height)
        return in_order(pieces(glyphs, strokes), Page(height, rules, strokes, frames)), scanned


def _glyphs(page: pypdfium2.PdfPage) -> tuple[list[Glyph], int]:
    """Return the letters of a page in the order in which it draws them, and by how many quarters they are turned."""
    box, matrix, placed = pdfium.FS_RECTF(), pdfium.FS_MATRIX(), placer(page, page.get_rotation() // 90)
    found: list[tuple[str, Box, float, int]] = []
    with closing(page.get_textpage()) as text:
        for i, char in _characters(text):
            if not pdfium.FPDFText_GetLooseCharBox(text, i, box):
                continue
            pdfium.FPDFText_GetMatrix(text, i, matrix)
            size = pdfium.FPDFText_GetFontSize(text, i) * math.hypot(matrix.c, matrix.d)
            if box.right > box.left and box.top > box.bottom and 0 < size < HUGE:
                turns = round(math.atan2(matrix.b, matrix.a) / (math.pi / 2)) % 4
                found.append((char, (box.left, box.bottom, box.right, box.top), size, turns))
    turns = Counter(turns for *_, turns in found).most_common(1)[0][0] if found else 0
    upright = placer(page, turns)
    return [Glyph(char, *upright(*box), size, placed(*box)) for char, box, size, _ in found], turns


def _characters(text: pypdfium2.PdfTextPage) -> Iterator[tuple[int, str]]:
    """Yield the characters that a page draws, without those that PDFium makes up."""
    lead = 0
    for i in range(text.count_chars()):
        if pdfium.FPDFText_IsGenerated(text, i) == 1:
            continue
        code = pdfium.FPDFText_GetUnicode(text, i)
        if 0xD800 <= code < 0xDC00:
            lead = code
            continue
        if lead and 0xDC00 <= code < 0xE000:
            code = 0x10000 + ((lead - 0xD800) << 10) + code - 0xDC00
        lead = 0
        if pdfium.FPDFText_HasUnicodeMapError(text, i) == 1:
            code = UNKNOWN  # PDFium gives the number of the glyph instead
        char = "-" if chr(code) in HYPHENS else chr(code or UNKNOWN)
        if char not in CONTROLS:
            yield i, char
