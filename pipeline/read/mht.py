"""Web pages that a browser saved with all that belongs to them (.mht, .mhtml): the page alone is read."""

from __future__ import annotations

import re
from dataclasses import replace
from email import message_from_bytes
from typing import TYPE_CHECKING

from pipeline.model.errors import HakushoError
from pipeline.read.html import read_html

if TYPE_CHECKING:
    from email.message import Message

    from pipeline.read.pieces import Extract

# A saved page is one set of parts, or one within another; the parser's time grows with their depth (決め打ち).
MOST_BOUNDARIES = 20


def read_mht(data: bytes, where: str) -> Extract:
    """Return the text of the page that was saved; raises HakushoError if it is damaged or holds no page."""
    if len(re.findall(rb"boundary\s*=", data, re.IGNORECASE)) > MOST_BOUNDARIES:
        raise HakushoError(f"{where}: holds parts within parts without end: save the page again")
    try:
        page = _page(message_from_bytes(data))
        content = page.get_payload(decode=True) if page else None
        charset = page.get_content_charset("") if page else ""
    except (ValueError, LookupError, RecursionError, AttributeError, TypeError):
        content, charset = None, ""
    if not isinstance(content, bytes) or not content.strip():
        raise HakushoError(f"{where}: is a saved web page without a page in it: save the page again")
    return replace(read_html(content, where, charset), format="mhtml")


def _page(message: Message) -> Message | None:
    """Return the part that is the page.

    The one that the whole says it begins with, else the first of HTML.
    """
    pages = [
        part for part in message.walk() if part.get_content_type() in ("text/html", "application/xhtml+xml")
    ]
    begins = str(message.get_param("start", ""))
    return next(
        (part for part in pages if begins and part.get("Content-ID") == begins), pages[0] if pages else None
    )
