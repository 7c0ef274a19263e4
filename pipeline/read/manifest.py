"""``manifest.csv``: what is known of the files of a folder, a row each."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from difflib import get_close_matches
from functools import cache
from pathlib import PurePath
from typing import TYPE_CHECKING

from pipeline import facts
from pipeline.model.errors import HakushoError
from pipeline.model.evidence import Evidence
from pipeline.model.plural import plural
from pipeline.model.rule import Pattern
from pipeline.read.days import folded, written_day
from pipeline.read.grid import SEPARATORS, BrokenTableError, read_grid
from pipeline.read.intake import MOST_TEXT, file_bytes
from pipeline.read.kinds import kind_of_name
from pipeline.read.titles import borne_out, real_title

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from pathlib import Path

    from pipeline.model.source import Source

MANIFEST = "manifest.csv"
WORKBOOK = "manifest.xlsx"
# Files of these formats are made from older ones, whose titles stay in them.
REWORKED = ("pdf", "docx")
# A column whose name begins with this is the reader's own, and is left alone.
OWN = "_"
# A spreadsheet turns 2014-08 or 8-14 into these when it saves: Aug-14, 14-Aug, 5-Aug-14, 8月14日, or the
# number of days since 1900.
_MONTH = "(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
SPREADSHEET = Pattern(
    rf"(?:\d{{1,2}}-)?{_MONTH}-\d{{2,4}}|\d{{1,2}}-{_MONTH}|{_MONTH}-\d{{1,2}}|\d{{1,2}}月\d{{1,2}}日"
    r"|\d{5}(?:\.\d+)?",
    re.IGNORECASE,
)
# Of 05/08/2014 nobody can tell which is the month.
DAY_FIRST = re.compile(r"\d{1,2}[/.-]\d{1,2}[/.-](?:\d{4}|\d\d)")


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a manifest.

    Attributes:
        number: Its number in the file; the header is 1.
        file: What it names, from the manifest's folder.
        facts: What it says of that file, by column, ``file`` left out; no column of the reader's own.
    """

    number: int
    file: str
    facts: dict[str, str]


@cache
def known_columns() -> tuple[str, ...]:
    """Return the columns that a manifest may have (``data/manifest_columns.csv``)."""
    return tuple(row["column"] for row in facts.rows("manifest_columns.csv"))


def manifest_of(folder: Path) -> Path:
    """Return where the manifest of a folder is: ``manifest.csv``, or ``manifest.xlsx`` where only that is."""
    workbook, table = folder / WORKBOOK, folder / MANIFEST
    return workbook if workbook.is_file() and not table.is_file() else table


def rows(manifest: Path) -> list[Row]:
    """Return the rows of a manifest, in any encoding that a text may have.

    Raises:
        HakushoError: It cannot be read, has no row, a column that is not known, or a row that names no file.
    """
    try:
        data = file_bytes(manifest, str(manifest), MOST_TEXT)
    except OSError as error:
        raise HakushoError(f"{manifest}: cannot be read ({error}): save it as CSV in UTF-8") from None
    return rows_of(data, str(manifest))


def rows_of(data: bytes, manifest: str) -> list[Row]:
    """Return the rows of a manifest from its bytes; raises HakushoError as :func:`rows`."""
    try:
        names, found, _ = read_grid(data, manifest, known_columns(), strict=False)
    except BrokenTableError as error:
        raise HakushoError(f"{manifest}: cannot be read ({error}): save it as CSV in UTF-8") from None
    if not found or "file" not in names:
        raise HakushoError(f"{manifest}: has no row with a column 'file': name one file a row")
    _check(manifest, names)
    for number, row in found:
        _check_whole(manifest, number, row)
    return [_row(manifest, number, row, names) for number, row in found]


def _check_whole(manifest: str, number: int, row: list[str]) -> None:
    """Raise HakushoError if a cell holds a row: its quotation mark was closed by that of another cell."""
    for line in (line for cell in row if "\n" in cell for line in cell.splitlines()):
        cells = re.split(f"[{SEPARATORS}]", line)
        if len(cells) > 1 and any(kind_of_name(PurePath(cell.strip(' "')).suffix) for cell in cells):
            raise HakushoError(
                f"{manifest}, row {number}: a cell holds what looks like a row ({line.strip()!r:.60}): "
                "close the quotation mark before it"
            )


def _row(manifest: str, number: int, row: list[str], names: list[str]) -> Row:
    # Empty cells beyond the header are what a spreadsheet leaves; cells that a row lacks are empty.
    if beyond := [value for value in row[len(names) :] if value.strip()]:
        raise HakushoError(
            f"{manifest}, row {number}: has {len(row)} cells below {plural(len(names), 'column name')} "
            f"({beyond[0]!r:.60}): put a cell that holds a separator in quotation marks, or name the column"
        )
    cells = dict.fromkeys(names, "") | {name: value.strip() for name, value in zip(names, row, strict=False)}
    cells = {name: value for name, value in cells.items() if name and not name.startswith(OWN)}
    name = cells.pop("file", "")
    if not name:
        raise HakushoError(f"{manifest}, row {number}: the column 'file' is empty: name a file")
    return Row(number, name, cells)


def _check(manifest: str, names: list[str]) -> None:
    if twice := [name for name in known_columns() if names.count(name) > 1]:
        raise HakushoError(f"{manifest}: has the column {twice[0]!r} twice: delete one of them")
    for name in names:
        if not name or name in known_columns() or name.startswith(OWN):
            continue
        plain = folded(name).casefold().replace(" ", "_")
        near = [known for known in known_columns() if plain in known.split("_")]
        near = near or get_close_matches(plain, known_columns(), n=1)
        meant = f"the nearest known one is {near[0]!r}" if near else f"known are {', '.join(known_columns())}"
        raise HakushoError(
            f"{manifest}: unknown column {name!r} ({meant}): "
            f"mend its name, or begin it with '{OWN}' if it is a column of your own"
        )


def described(source: Source, known: Mapping[str, str], where: str) -> Source:
    """Return ``source`` with the facts of a row of a manifest, and where they come from.

    Args:
        source: As the file gives it; a title that no person wrote is dropped.
        known: The cells of the row by column; empty without a manifest.
        where: What an error calls the row.

    Raises:
        HakushoError: The column ``reference_date`` gives no day.
    """
    title = "" if known.get("title") else real_title(source.title, source.path)
    if source.format in REWORKED and not borne_out(title, source.raw):
        title = ""
    day = read_date(known.get("reference_date", ""), where)
    evidence = {name: Evidence("manifest") for name in ("title", "edition") if known.get(name)}
    if title:
        evidence["title"] = Evidence("metadata", quote=title)
    if day:
        evidence["reference_date"] = Evidence("manifest", "day", quote=known["reference_date"])
    elif day := source.reference_date:  # a record of the Diet says on which day it was spoken
        evidence["reference_date"] = Evidence("metadata", "day", quote=day.isoformat())
    return replace(
        source,
        reference_date=day,
        title=known.get("title") or title,
        evidence=evidence,
        publisher=known.get("publisher", ""),
        edition=known.get("edition", ""),
        part=known.get("part", ""),
        licence=known.get("licence", ""),
        url=known.get("url", ""),
    )


def read_date(text: str, where: str) -> date | None:
    """Return the day that the column ``reference_date`` gives, None if it is empty.

    Raises:
        HakushoError: It gives no day: a month, what a spreadsheet made of a date, or none at all.
    """
    plain = folded(text)
    if not plain:
        return None
    if day := written_day(plain):
        return day
    shown = f"{where}: reference_date {text!r}"
    if SPREADSHEET.fullmatch(plain):
        raise HakushoError(
            f"{shown} is what a spreadsheet makes of a date, and its day is lost: "
            "set the column's format to text there, and write 2014-08-05 anew"
        )
    if DAY_FIRST.fullmatch(plain):
        raise HakushoError(f"{shown} does not tell day and month apart: put the year first, as in 2014-08-05")
    raise HakushoError(f"{shown} is not a date: write the day, as 2014-08-05, 2014/8/5 or 平成26年8月5日")
