"""PDF → its text in reading order, its title, and where each character is printed (part of stage 1)."""

from __future__ import annotations

from pipeline.model.errors import HakushoError
from pipeline.model.printed import Print
from pipeline.read.pdf_process import Child, ChildDiedError

_CHILD = Child()


def read_pdf(data: bytes, where: str) -> tuple[str, str, Print, tuple[str, ...]]:
    """Return the text of a PDF, its title, where it is printed, and what of it could not be read.

    A process of its own reads it, with a limit of memory and time (see ``pdf_process.py``).

    Raises:
        HakushoError: The file is damaged, encrypted, made to harm, or holds no text (a scan).
    """
    try:
        kind, found = _CHILD.read(data)
    except ChildDiedError as error:
        raise HakushoError(
            f"{where}: is a PDF that cannot be read ({error}): it is damaged, or draws without end: "
            "print it to a new PDF, or take another copy"
        ) from None
    if kind == "unreadable":
        raise HakushoError(f"{where}: {found}")
    if kind == "fault":
        raise RuntimeError(found)
    text, title, pages, boxes, heads, warnings = found
    return text, title, Print(pages, boxes, frozenset(heads)), tuple(warnings)
