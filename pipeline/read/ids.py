"""Ids of documents: from a manifest, else from the name of the file and the folders above it."""

from __future__ import annotations

import unicodedata
from functools import cache
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from pipeline import facts
from pipeline.model.errors import HakushoError
from pipeline.read.inputs import Input
from pipeline.read.spelled import composed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from pipeline.read.manifest import Row

LONGEST_ID = 120
NO_NAME = frozenset('/\\:*?"<>|')


@cache
def _taken() -> frozenset[str]:
    """Return the names of what stands beside the documents' folders, as :func:`folder_name` gives them."""
    return frozenset(folder_name(row["file"]) for row in facts.rows("files.csv") if row["of"] == "run")


@cache
def _devices() -> frozenset[str]:
    """Return the names that Windows keeps for devices (``data/device_names.csv``)."""
    return frozenset(folder_name(row["name"]) for row in facts.rows("device_names.csv"))


def folder_name(doc_id: str) -> str:
    """Return an id in the form in which it meets others: some file systems keep no more of a name than this.

    >>> folder_name("Totals.CSV"), folder_name("か\u3099") == folder_name("が")
    ('totals.csv', True)
    """
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", doc_id).casefold())


def meets(doc_id: str) -> str:
    """Say what an id would meet: a file of the run itself, or a device of Windows; nothing if neither.

    >>> meets("RUN.json"), meets("aux.2014"), meets("totals")
    ('a file of the run itself', 'a device of Windows', '')
    """
    name = folder_name(doc_id)
    if name in _taken():
        return "a file of the run itself"
    # Windows looks at what stands before the first point, and at no blank before that.
    return "a device of Windows" if name.partition(".")[0].rstrip() in _devices() else ""


def id_of(*parts: str) -> str:
    """Return the id of a file that no manifest names, fit to name a folder.

    Args:
        parts: The folders below the one that was given, and the name of the file; they are joined by ``_``.

    >>> id_of("2014", "chapter1.html"), id_of("Totals.csv.txt"), id_of("a:b.txt"), id_of("con.pdf")
    ('2014_chapter1', '_Totals.csv', 'a_b', '_con')
    """
    whole = composed("_".join((*parts[:-1], Path(parts[-1]).stem)))
    name = "".join("_" if char in NO_NAME or not char.isprintable() else char for char in whole).strip()
    # The end of a long path tells more than its beginning; with a long name it is the other way round.
    name = (name[:LONGEST_ID] if len(parts) == 1 else name[-LONGEST_ID:]).rstrip(". ")
    return f"_{name.lstrip('.')}" if meets(name) or name[:1] in ("", ".") else name


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
        doc_id = row.facts.pop("doc_id", "") or composed(
            "_".join((*folders, PurePosixPath(row.file.replace("\\", "/")).stem))
        )
        told = f"{where}, row {row.number}"
        items.append(Input(place(row.file), checked(doc_id, told), row.facts, listed=True, row=told))
    return items


def checked(doc_id: str, where: str) -> str:
    """Return an id as it is; raises HakushoError if it cannot name a folder on every system."""
    plain = doc_id.isprintable() and doc_id == doc_id.strip() and not doc_id.startswith(".")
    if met := meets(doc_id):
        raise HakushoError(
            f"{where}: doc_id {doc_id!r} cannot name a folder, since it is the name of {met}: give it another"
        )
    if not plain or set(doc_id) & NO_NAME or doc_id.endswith(".") or len(doc_id) > LONGEST_ID:
        raise HakushoError(
            f"{where}: doc_id {doc_id!r} cannot name a folder: "
            f"use at most {LONGEST_ID} letters, digits, '-' and '_'"
        )
    return doc_id
