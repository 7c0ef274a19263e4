"""The child process that reads what other people's parsers read, one after the other (see ``apart.py``)."""

from __future__ import annotations

import json
import signal
import sys
from contextlib import suppress

from pipeline.model.errors import HakushoError

# Readers that are imported for the first file of their kind are imported before the memory is limited.
from pipeline.read import html, json_kinds, mht, packages, xml_kinds  # noqa: F401
from pipeline.read.pdf_process import limit, receive, send
from pipeline.read.readers import extracted

# The process may take MEMORY bytes and MEMORY_PER_BYTE for each byte of the file, unpacked, but never more
# than MOST_MEMORY; and PROCESSOR seconds for each file, in case the process that waits for it is gone
# (決め打ち: a page of nothing but elements takes 140 bytes for each of its own, one of paragraphs a tenth).
MEMORY, MEMORY_PER_BYTE, MOST_MEMORY, PROCESSOR = 1 << 30, 256, 4 << 30, 7_200


def serve() -> None:
    """Read files from standard input and write what they hold to standard output, until there are no more."""
    # Ctrl-C reaches every process of a terminal; the first one decides.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    source, target = sys.stdin.buffer, sys.stdout.buffer
    with suppress(EOFError, OSError):  # who asked is gone
        while True:
            head, _, data = receive(source).partition(b"\n")
            asked = json.loads(head)
            limit(min(MOST_MEMORY, MEMORY + MEMORY_PER_BYTE * asked["size"]), PROCESSOR)
            try:
                found = json.dumps(answer(data, asked["where"], asked["ending"])).encode()
            except MemoryError:  # the text was read, and cannot be told
                found = json.dumps(("memory", "")).encode()
            send(target, found)


def answer(data: bytes, where: str, ending: str) -> tuple[str, object]:
    """Return what became of a file: ``read`` and its text, ``refused`` and why, ``memory``, or ``fault``."""
    try:
        found = extracted(data, where, ending)
    except HakushoError as error:
        return "refused", str(error)
    except MemoryError:
        return "memory", ""
    except Exception as error:
        return "fault", f"{type(error).__name__}: {error}"
    return "read", {
        "text": found.text,
        "encoding": found.encoding,
        "format": found.format,
        "title": found.title,
        "day": found.day.isoformat() if found.day else None,
        "warnings": found.warnings,
        "told": [(start, told.kind, told.level) for start, told in found.told.items()],
    }
