"""The explorer of a finished run, from the tables in its folder."""

from __future__ import annotations

import csv
import html
import io
from typing import TYPE_CHECKING

from pipeline.export.saving import save
from pipeline.model.errors import HakushoError
from pipeline.report.explore import Explorer
from pipeline.runs.destination import Folder
from pipeline.runs.finished import manifest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path
    from typing import Any

NAME = "explore.html"
# More characters make a page that a browser holds badly (決め打ち): some hundred editions.
MOST_CHARACTERS = 40_000_000


def write_explorer(folder: Path, path: Path | None = None) -> Path:
    """Write the page on which a run is explored.

    Args:
        folder: The output folder of a run.
        path: Where to; ``explore.html`` in the folder by default.

    Returns:
        Where the page is.

    Raises:
        HakushoError: There is no run, it is too large or has no tables, or the page cannot be written.
    """
    found = manifest(folder)
    size = sum(row["characters"] for row in found["documents"])
    if size > MOST_CHARACTERS:
        raise HakushoError(
            f"{folder}: has {size:,} characters, and a page holds {MOST_CHARACTERS:,} at most: "
            "explore a part of it, or query its tables"
        )
    wanted = path or folder / NAME
    save(wanted, explorer(found, Folder(folder).read).html())
    return wanted


def refreshed(
    found: Mapping[str, Any], read: Callable[[str, str], bytes | None]
) -> Iterator[tuple[str, str]]:
    """Yield the page anew for a folder that has one; one that cannot be made any more says so.

    Args:
        found: The content of ``run.json``.
        read: As for :func:`explorer`.
    """
    if read("", NAME) is None:
        return
    try:
        yield NAME, explorer(found, read).html()
    except HakushoError as error:
        yield (
            NAME,
            f"<!DOCTYPE html><meta charset=utf-8><title>hakusho</title><p>{html.escape(str(error))}</p>\n",
        )


def explorer(found: Mapping[str, Any], read: Callable[[str, str], bytes | None]) -> Explorer:
    """Return the explorer of the documents of ``run.json``.

    Args:
        found: The content of ``run.json``.
        read: Gives what the folder holds of a document (its id) under a file name; None if it holds none.

    Raises:
        HakushoError: A table is missing.
    """
    page = Explorer()
    for row in found["documents"]:
        page.add(row, *(_rows(row["doc_id"], name, read) for name in ("entities.csv", "sentences.csv")))
    return page


def _rows(doc_id: str, name: str, read: Callable[[str, str], bytes | None]) -> Iterator[dict[str, str]]:
    data = read(doc_id, name)
    if data is None:
        raise HakushoError(f"{doc_id}/{name}: is missing: run 'hakusho run' with --format csv")
    return csv.DictReader(io.StringIO(data.decode("utf-8-sig", "surrogatepass"), newline=""))
