"""Files that other people's parsers read are read in a process of their own, with a limit of memory and time.

Web pages, Office documents, books, XML, JSON and Markdown: a parser in C may die of what it is given, and a
small package may hold much. If the process dies, its document fails, and the next one gets a new process. A
small file cannot take much, and is read at once. Plain text and tables are read by ourselves, and PDFs have a
process already.
"""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any

from pipeline.model.errors import HakushoError
from pipeline.model.source import Told
from pipeline.read import archive, readers
from pipeline.read.intake import MOST_BYTES
from pipeline.read.kinds import kind_of_name
from pipeline.read.pdf_process import BARE, Child, ChildDiedError
from pipeline.read.pieces import Extract
from pipeline.read.signs import is_html, is_json, is_mht, is_xml

if TYPE_CHECKING:
    from collections.abc import Mapping

# A file of fewer bytes, unpacked, is read at once: at the most unfavourable it takes some 40 MB and 3 seconds
# (決め打ち).
SMALL = 2**18
# How long a file may take, in seconds, and for each of its bytes, unpacked (決め打ち): the slowest
# pages take 10 seconds a MiB.
SECONDS, SECONDS_PER_BYTE = 60.0, 30 / 2**20
PARSED = frozenset(("html", "mhtml", "xml", "json", "markdown"))
START = BARE + "\nfrom pipeline.read.apart_child import serve\nserve()"
_CHILD = Child(SECONDS, START, "its reader")


def extracted(data: bytes, where: str, ending: str) -> Extract:
    """Return the text of a file, as ``readers.extracted`` does.

    Args:
        data: The whole file.
        where: What an error calls it.
        ending: How its name ends (``.docx``).

    Raises:
        HakushoError: As there; or the process that read it has died, or took too long.
    """
    size = _parsed(data, where, ending)
    if size <= SMALL:
        return readers.extracted(data, where, ending)
    asked = json.dumps({"where": where, "ending": ending, "size": size}).encode()
    try:
        kind, found = _CHILD.read(asked + b"\n" + data, SECONDS + SECONDS_PER_BYTE * size)
    except ChildDiedError as error:
        raise HakushoError(
            f"{where}: cannot be read ({error}): it is damaged or malicious: save it anew, or divide it"
        ) from None
    if kind == "memory":
        raise HakushoError(
            f"{where}: needs more memory to be read than a file of its size may take: "
            "save it anew, or divide it"
        )
    if kind == "refused":
        raise HakushoError(found)
    if kind == "fault":
        raise RuntimeError(found)
    return _extract(found)


def _parsed(data: bytes, where: str, ending: str) -> int:
    """Return how many bytes somebody else's parser gets to read, unpacked; 0 if it is no such file."""
    if len(data) > archive.END_LENGTH and data.startswith(archive.SIGNATURES):
        try:
            packed = archive.Archive(data, where).members.values()
        except HakushoError:
            return 0  # its reader says what is wrong with it
        # What a member says of its size may be any number; more than this is never unpacked.
        return max(len(data), min(sum(member.file_size for member in packed), MOST_BYTES))
    called = kind_of_name(ending)
    parsed = (
        (called is not None and called.kind in PARSED)
        or is_html(data)
        or is_xml(data)
        or is_json(data)
        or is_mht(data)
    )
    return len(data) if parsed and b"%PDF-" not in data[:1024] else 0


def _extract(found: Mapping[str, Any]) -> Extract:
    """Return what ``apart_child`` has sent."""
    return Extract(
        text=found["text"],
        encoding=found["encoding"],
        format=found["format"],
        title=found["title"],
        day=date.fromisoformat(found["day"]) if found["day"] else None,
        warnings=tuple(found["warnings"]),
        told={start: Told(kind, level) for start, kind, level in found["told"]},
    )
