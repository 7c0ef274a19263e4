"""Ids of documents: from a manifest, else from the name of the file and the folders above it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.model.errors import HakushoError
from pipeline.read.inputs import Input

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from pipeline.read.manifest import Row

LONGEST_ID = 120
NO_NAME = frozenset('/\\:*?"<>|')
# Files and folders of a run beside the documents' folders.
TAKEN = frozenset(("run.json", "index.html"))


def id_of(*parts: str) -> str:
    """Return the id of a file that no manifest names, fit to name a folder.

    Args:
        parts: The folders below the one that was given, and the name of the file; they are joined by ``_``.

    >>> id_of("2014", "chapter1.html"), id_of("run.json.txt"), id_of("a:b.txt")
    ('2014_chapter1', '_run.json', 'a_b')
    """
    whole = "_".join((*parts[:-1], Path(parts[-1]).stem))
    name = "".join("_" if char in NO_NAME or not char.isprintable() else char for char in whole).strip()
    # The end of a long path tells more than its beginning; with a long name it is the other way round.
    name = (name[:LONGEST_ID] if len(parts) == 1 else name[-LONGEST_ID:]).rstrip(". ")
    return f"_{name.lstrip('.')}" if name in TAKEN or name[:1] in ("", ".") else name


def listed(
    rows: Iterable[Row], where: str, place: Callable[[str], Path], folders: Iterable[str]
) -> list[Input]:
    """Return the documents that the rows of a manifest name.

    Args:
        rows: Of the manifest.
        where: What an error calls it.
        place: Gives the path of a file that it names.
        folders: What stands before the name of a file in an id that is made of it.

    Raises:
        HakushoError: An id cannot name a folder.
    """
    items = []
    for row in rows:
        doc_id = row.facts.pop("doc_id", "") or "_".join((*folders, Path(row.file).stem))
        items.append(
            Input(place(row.file), checked(doc_id, f"{where}, row {row.number}"), row.facts, listed=True)
        )
    return items


def checked(doc_id: str, where: str) -> str:
    """Return an id as it is; raises HakushoError if it cannot name a folder."""
    plain = doc_id.isprintable() and doc_id == doc_id.strip() and not doc_id.startswith(".")
    if not plain or set(doc_id) & NO_NAME or doc_id in TAKEN or len(doc_id) > LONGEST_ID:
        raise HakushoError(
            f"{where}: doc_id {doc_id!r} cannot name a folder: "
            f"use at most {LONGEST_ID} letters, digits, '-' and '_'"
        )
    return doc_id
