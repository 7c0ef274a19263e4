"""Stage 1: files and folders → :class:`~pipeline.model.Source`.

What the corpus manifest knows of a file (document id, reference date, licence …) goes with it.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from pipeline.model.errors import HakushoError
from pipeline.model.source import Source
from pipeline.read.apart import extracted
from pipeline.read.damage import damage
from pipeline.read.discovery import Found, discover, document_of, find
from pipeline.read.inputs import Input, Skipped, place_of
from pipeline.read.intake import archive_of, file_bytes, standard_input
from pipeline.read.kinds import endings
from pipeline.read.manifest import MANIFEST, described
from pipeline.read.members import member_bytes
from pipeline.read.places import place, reached

if TYPE_CHECKING:
    from pathlib import Path

ENDINGS = endings()

__all__ = [
    "ENDINGS", "MANIFEST", "Found", "Input", "Skipped", "archive_of", "discover",
    "fetch", "find", "load", "read",
]  # fmt: skip


def read(path: str | Path) -> Source:
    """Read one file of any kind in ``data/kinds.csv`` that is read: text, HTML, PDF, Word, Excel and more.

    Args:
        path: Of a file, or of a member of a ZIP archive (``texts.zip/a.txt``); or an address that fsspec
            knows, as a string (``s3://bucket/a.txt``). A row of a ``manifest.csv`` beside it gives its id,
            reference date, title and the rest.

    Returns:
        The text and what is known of it. Every offset of the results counts code points of its ``raw``,
        line ends included; of all but plain text that is the text that was extracted.

    Raises:
        HakushoError: The file is missing, is a folder or no file at all, is too large, is empty, is of
            a kind that is not read, is damaged, or contradicts its manifest; or an address cannot be reached.
    """
    with reached(str(path)):
        return load(document_of(place(path) if isinstance(path, str) else path))


def fetch(item: Input) -> bytes:
    """Return the bytes of the document that ``item`` stands for; raises HakushoError if it cannot be read."""
    where = place_of(item)
    if item.fault:
        raise HakushoError(item.fault)
    try:
        if item.path is None:
            return standard_input(where)
        with reached(where):
            if not item.path.exists() and (inside := archive_of(item.path)):
                return member_bytes(*inside, where)
            return file_bytes(item.path, where)
    except FileNotFoundError:
        listed = f", though {MANIFEST} names it: restore it or mend the row"
        raise HakushoError(f"{where}: no such file{listed if item.listed else ': check the path'}") from None
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise HakushoError(f"{where}: cannot be read ({reason}): check its permissions") from None


def load(item: Input, data: bytes | None = None) -> Source:
    """Read the document that ``item`` stands for, or take its bytes; raises HakushoError as :func:`read`."""
    where = place_of(item)
    data = fetch(item) if data is None else data
    digest = hashlib.sha256(data).hexdigest()
    wanted = item.facts.get("sha256", "")
    if wanted and wanted.lower() != digest:
        raise HakushoError(
            f"{where}: SHA-256 is {digest[:12]}…, {MANIFEST} says {wanted[:12]}…: "
            "restore the file or mend the row"
        )
    found = extracted(data, where, item.path.suffix if item.path else "")
    source = Source(
        item.doc_id, found.text, digest, str(item.path) if item.path else "-", found.encoding, found.title,
        format=found.format, reference_date=found.day, printed=found.printed, told=found.told,
        warnings=tuple(f"{where}: {what}" for what in (*found.warnings, *damage(found.text, found.warnings))),
    )  # fmt: skip
    return described(source, item.facts, item.row or where)
