"""What a file begins with that a parser reads: a web page, a saved one, XML, JSON.

Their readers are imported only for files that are such.
"""

from __future__ import annotations

import re

HEAD_BYTES = 8192
MARKUP = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S
)
# The head of a saved web page.
HEADER = re.compile(rb"\s*[A-Za-z][A-Za-z-]*:[ \t]")
KIND = re.compile(rb"^Content-Type:\s*multipart/related\b", re.IGNORECASE | re.MULTILINE)
VERSION = re.compile(rb"^MIME-Version:", re.IGNORECASE | re.MULTILINE)
# A statute, or an answer of one of e-Gov's APIs.
STATUTES = frozenset(("Law", "DataRoot", "law_data_response", "LawFullText"))
ROOT = re.compile(rb"\s*<(?:" + b"|".join(sorted(name.encode() for name in STATUTES)) + rb")[\s>]")
OBJECT = re.compile(rb"(?:\xef\xbb\xbf)?\s*\{\s*\"")


def is_html(data: bytes) -> bool:
    """Whether ``data`` begins like a web page."""
    head = data[:HEAD_BYTES].removeprefix(b"\xef\xbb\xbf")
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        head = head.replace(b"\0", b"")[2:]
    return MARKUP.match(head) is not None


def is_mht(data: bytes) -> bool:
    """Whether ``data`` begins like a saved web page."""
    head = data[:HEAD_BYTES]
    return bool(HEADER.match(head) and KIND.search(head) and VERSION.search(head))


def is_xml(data: bytes) -> bool:
    """Whether ``data`` begins like XML: with a declaration, or with the root of a statute."""
    head = data[:1000].removeprefix(b"\xef\xbb\xbf")
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        head = head.replace(b"\0", b"")[2:]
    return bool(re.match(rb"\s*<\?xml\s", head) or ROOT.match(head))


def is_json(data: bytes) -> bool:
    """Whether ``data`` begins like an object of JSON."""
    return OBJECT.match(data) is not None
