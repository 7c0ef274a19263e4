"""What a run would write over, and no run has made as it stands: it is kept with the ending ``.bak``."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.runs.record import MANIFEST, read_record

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pipeline.runs.destination import Destination


# More bytes than a table has that somebody mends by hand (決め打ち): a larger file is not read to see.
MOST = 2**28


def changed_since(place: Destination, doc_id: str, files: Mapping[str, str]) -> list[str]:
    """Keep the files of a document that somebody has changed since they were recorded.

    Args:
        place: Where the results are.
        doc_id: The document.
        files: The SHA-256 of each of its files, as ``run.json`` has it.

    Returns:
        Which files they are.
    """
    found = []
    for name, recorded in files.items():
        data = place.read(doc_id, name) if _is_small(place, doc_id, name) else None
        if data is not None and hashlib.sha256(data).hexdigest() != recorded:
            place.write(doc_id, [(f"{name}.bak", data)])
            found.append(f"{doc_id}/{name}")
    return found


def _is_small(place: Destination, doc_id: str, name: str) -> bool:
    try:
        return (Path(place.name) / doc_id / name).stat().st_size <= MOST
    except (OSError, ValueError):
        return False


def damaged_record(place: Destination) -> list[str]:
    """Keep a ``run.json`` that cannot be read, and return its name; nothing if it can, or there is none."""
    data = place.read("", MANIFEST)
    if not data or read_record(place.read):
        return []
    place.write("", [(f"{MANIFEST}.bak", data)])
    return [MANIFEST]
