"""PDF → its text in reading order, its title, and where each character is printed.

Part of stage 1, and what the reader's own process does (see ``pdf_process.py``). PDFium gives the letters in
the order in which the file draws them: ``pdf_pieces.py`` chains them, ``pdf_rows.py`` and ``pdf_flow.py``
keep that order and mark what geometry shows; ``pdf_order.py`` puts the lines of a page in order whose own is
proved wrong. Pages are parted by form feeds.
"""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING, NamedTuple

import pypdfium2
from pypdfium2 import raw as pdfium

from pipeline.model.plural import plural
from pipeline.read.pdf_page import read_page
from pipeline.read.pdf_text import UNKNOWN, PdfText
from pipeline.read.pdf_usual import Sizes

if TYPE_CHECKING:
    from array import array
    from collections.abc import Callable, Iterable, Iterator

# A PDF has no text if at least this part of its letters has no meaning (決め打ち).
MOST_UNKNOWN = 0.3
# A warning names at most this many pages.
MOST_NAMED = 5
# Where the end of a PDF has to say that it is the end.
TAIL = 2048
FAULTS = {
    pdfium.FPDF_ERR_PASSWORD: "is a PDF with a password: save a copy without one",
    pdfium.FPDF_ERR_SECURITY: "is a PDF with a protection that is not known: save a copy without it",
    pdfium.FPDF_ERR_FORMAT: "is a damaged PDF, or one that is cut off: download it again",
}


class UnreadableError(Exception):
    """Says why a PDF cannot be read and what to do, without the file's name."""


class PdfRead(NamedTuple):
    """What was read of a PDF: text, title, the fields of a ``Print``, and what could not be read."""

    text: str
    title: str
    pages: array[int]
    boxes: array[float]
    heads: list[int]
    warnings: list[str]


def read_document(data: bytes, told: Callable[[], object] = bool) -> PdfRead:
    """Return what a PDF holds.

    Args:
        data: The file.
        told: Called after each page.

    Raises:
        UnreadableError: The file is damaged, encrypted, or holds no text (a scan).
    """
    if b"%%EOF" not in data[-TAIL:]:
        raise UnreadableError(FAULTS[pdfium.FPDF_ERR_FORMAT])
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if error.err_code in FAULTS:
            raise UnreadableError(FAULTS[error.err_code]) from None
        raise UnreadableError(f"is a PDF that cannot be read ({error}): save it anew") from None
    text, scans, amiss, sizes = PdfText(), list[int](), list[int](), Sizes()
    with closing(document):
        title, count = _title(document), len(document)
        for number in range(1, count + 1):
            try:
                found = read_page(document[number - 1], sizes)
            except pypdfium2.PdfiumError:
                raise UnreadableError(
                    f"page {number} of {count} is damaged: download the file again"
                ) from None
            text.page(found.lines, number)
            if found.scanned:
                scans.append(number)
            if not found.trusted:
                amiss.append(number)
            told()
    unknown = text.unknown()
    _check(text, len(unknown), count)
    warnings = list(_warnings(scans, unknown, amiss, count))
    return PdfRead("".join(text.chars), title, text.pages, text.boxes, text.heads(), warnings)


def _check(text: PdfText, unknown: int, count: int) -> None:
    letters = sum(not char.isspace() for char in text.chars)
    if not letters:
        raise UnreadableError(
            f"holds no text on its {count} page{'s' if count > 1 else ''}, only pictures (a scan?): "
            "run a text recognition (OCR) over it"
        )
    if unknown > MOST_UNKNOWN * letters:
        raise UnreadableError(
            "does not tell what its letters mean (fonts without Unicode): "
            "run a text recognition (OCR) over it"
        )


def _warnings(scans: list[int], unknown: list[int], amiss: list[int], count: int) -> Iterator[str]:
    """Say what of a PDF is not in its text, or perhaps not in its place."""
    if scans:
        yield (
            f"page{'s' if len(set(scans)) > 1 else ''} {_named(scans)} of {count}: "
            "a picture and hardly any text (a scan?): what it shows is missing; OCR would read it"
        )
    if unknown:
        yield (
            f"page{'s' if len(set(unknown)) > 1 else ''} {_named(unknown)} of {count}: "
            f"{plural(len(unknown), 'letter has', 'letters have')} no meaning "
            f"(a font without Unicode): written as {UNKNOWN}"
        )
    if amiss:
        yield (
            f"page{'s' if len(set(amiss)) > 1 else ''} {_named(amiss)} of {count}: "
            "drawn in an order that is not that of the text: "
            "the lines were put in order by their places; look whether sentences are whole"
        )


def _named(numbers: Iterable[int]) -> str:
    """Write ``3`` or ``3, 4, 7 and 12 more``."""
    found = list(dict.fromkeys(numbers))
    more = f" and {len(found) - MOST_NAMED} more" if len(found) > MOST_NAMED else ""
    return f"{', '.join(map(str, found[:MOST_NAMED]))}{more}"


def _title(document: pypdfium2.PdfDocument) -> str:
    try:
        return " ".join(document.get_metadata_value("Title").split())
    except UnicodeDecodeError:
        return ""
