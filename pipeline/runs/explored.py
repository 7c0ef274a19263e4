"""The explorer of a finished run, from the tables in its folder."""

from __future__ import annotations

import html
import re
from contextlib import nullcontext
from typing import TYPE_CHECKING

from pipeline.datapackage.standing import Standing
from pipeline.export.saving import save
from pipeline.model.entity import value_year
from pipeline.model.errors import HakushoError
from pipeline.report.explore import Explorer
from pipeline.runs.destination import Folder
from pipeline.runs.finished import manifest
from pipeline.runs.record import locked

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path
    from typing import Any

NAME = "explore.html"
# More characters make a page that a browser holds badly (決め打ち): some hundred editions.
MOST_CHARACTERS = 40_000_000
OF_ENTITIES = (
    "sentence_id", "label", "surface", "norm", "start_date", "end_date",
    "article", "paragraph", "item", "kind", "start", "law_id",
)  # fmt: skip
START = re.compile(r"\d{1,12}", re.ASCII)
OF_SENTENCES = ("sentence_id", "text", "surface", "section", "start")


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
    manifest(folder)
    with nullcontext() if path else locked(folder):
        page = explorer(manifest(folder), Folder(folder).read).html()
        save(path or folder / NAME, page, within=None if path else folder)
    return path or folder / NAME


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
        HakushoError: There are too many characters, or a table is missing or damaged.
    """
    size = sum(row["characters"] for row in found["documents"])
    if size > MOST_CHARACTERS:
        raise HakushoError(
            f"this run has {size:,} characters, and a page holds {MOST_CHARACTERS:,} at most: "
            "explore a part of it, or all with 'hakusho explore --serve'"
        )
    page = Explorer()
    for row in found["documents"]:
        entities, sentences = _tables(row, read)
        page.add(row, map(_dated, entities), sentences)
    return page


def _tables(row: Mapping[str, Any], read: Callable[[str, str], bytes | None]) -> list[list[dict[str, str]]]:
    """Return the mentions and the sentences of a document; raises HakushoError where they are damaged."""
    document = Standing(row, read)
    tables = []
    for table, names in (("entities", OF_ENTITIES), ("sentences", OF_SENTENCES)):
        file = f"{table}.csv"
        if file not in row["files"]:
            raise HakushoError(f"{row['doc_id']}/{file}: is missing: run 'hakusho run' with --format csv")
        lines = [dict(zip(names, cells, strict=True)) for cells in document.rows(table, *names)]
        starts = enumerate((line["start"] for line in lines), 2)
        wrong = next(
            (at for at in starts if not START.fullmatch(at[1]) or int(at[1]) > row["characters"]), None
        )
        faults = document.faults
        if wrong and not faults and table == "sentences":  # a mention without a place is shown unmarked
            said = f"start is {wrong[1]!r:.60}; wanted a number up to {row['characters']:,}"
            faults = [(file, f"row {wrong[0]}: {said}")]
        for name, reason in faults[:1]:
            raise HakushoError(f"{row['doc_id']}/{name}: is damaged ({reason}): correct it, or run it again")
        tables.append(lines)
    return tables


def _dated(entity: dict[str, str]) -> dict[str, str]:
    """Return a mention without its days if somebody has edited them into something else."""
    try:
        value_year(entity["start_date"], entity["end_date"])
    except ValueError:
        return entity | {"start_date": "", "end_date": ""}
    return entity
