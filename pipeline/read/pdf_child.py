"""The child process that reads PDFs (see ``pdf_process.py``): it answers requests one after the other."""

from __future__ import annotations

import json
import signal
import sys
from contextlib import suppress
from typing import TYPE_CHECKING

from pipeline.read.pdf_document import UnreadableError, read_document
from pipeline.read.pdf_process import limit, receive, send

if TYPE_CHECKING:
    from collections.abc import Callable

# The process may take MEMORY bytes and MEMORY_PER_BYTE for each byte of the file, and PROCESSOR seconds
# for each file, in case the process that waits for it is gone (決め打ち).
MEMORY, MEMORY_PER_BYTE, PROCESSOR = 1 << 29, 20, 3_600


def serve() -> None:
    """Read files from standard input and write what they hold to standard output, until there are no more."""
    signal.signal(
        signal.SIGINT, signal.SIG_IGN
    )  # Ctrl-C reaches every process of a terminal; the first one decides
    source, target = sys.stdin.buffer, sys.stdout.buffer
    with suppress(EOFError, OSError):  # who asked is gone
        while True:
            data = receive(source)
            limit(MEMORY + MEMORY_PER_BYTE * len(data), PROCESSOR)
            found = answer(data, lambda: send(target, b""))
            send(target, json.dumps(found, default=list).encode())


def answer(data: bytes, told: Callable[[], object]) -> tuple[str, object]:
    """Return ``read`` and what a PDF holds, ``unreadable`` and why, or ``fault`` and what went wrong here."""
    try:
        return "read", tuple(read_document(data, told))
    except UnreadableError as error:
        return "unreadable", str(error)
    except MemoryError:
        return "unreadable", "needs more memory to be read than a PDF may take: divide it, or save it anew"
    except Exception as error:
        return "fault", f"{type(error).__name__}: {error}"
