"""PDF → text (being built)."""

from __future__ import annotations

from pipeline.model import HakushoError, Print


def is_pdf(data: bytes) -> bool:
    """Whether ``data`` begins like a PDF."""
    return b"%PDF-" in data[:1024]


def read_pdf(data: bytes, where: str) -> tuple[str, str, Print]:
    """Not yet."""
    raise HakushoError(f"{where}: is a PDF, not a text file: save its text as a .txt file")
