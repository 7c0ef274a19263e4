"""``manifest.csv``: which files a folder holds, and what is known of each; ids of documents; dates as people write them."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.model import HakushoError
from pipeline.numerals import NUMBER, number
from pipeline.periods import era_on, eras
from pipeline.read.inputs import Input
from pipeline.read.intake import MOST_TEXT, file_bytes

if TYPE_CHECKING:
    from collections.abc import Callable

MANIFEST = "manifest.csv"
LONGEST_ID = 120
NO_NAME = frozenset('/\\:*?"<>|')
# What stands beside the documents' folders.
TAKEN = frozenset(("run.json", "index.html"))
NUMBERED = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
SPELLED = re.compile(rf"(?:({'|'.join(eras())})({NUMBER})|(\d{{4}}))年({NUMBER})月({NUMBER})日")
# What a spreadsheet shows of a month, and the serial number of a day: the day that stood there is lost.
SPREADSHEET = re.compile(r"[A-Z][a-z]{2}-\d\d|\d\d?-[A-Z][a-z]{2}|[3-5]\d{4}(?:\.\d+)?")


def read_manifest(path: Path, prefix: str = "") -> list[Input]:
    """Return the documents that a manifest names, in its order.

    Args:
        path: Of the manifest; the files that it names lie beside or below it.
        prefix: What stands before an id that is made of a file's name.

    Raises:
        HakushoError: It cannot be read, names no file, or an id cannot name a folder.
    """
    try:
        data = file_bytes(path, str(path), MOST_TEXT)
    except OSError as error:
        raise HakushoError(f"{path}: cannot be read ({error}): save it as CSV in UTF-8") from None
    return documents(data, str(path), lambda name: path.parent / name, prefix)


def documents(data: bytes, where: str, place: Callable[[str], Path], prefix: str = "") -> list[Input]:
    """Return the documents that the bytes of a manifest name; ``place`` gives the path of a file; raises HakushoError."""
    try:
        with io.StringIO(data.decode("utf-8-sig"), newline="") as stream:
            rows = list(csv.DictReader(stream))
    except (UnicodeDecodeError, csv.Error) as error:
        raise HakushoError(f"{where}: cannot be read ({error}): save it as CSV in UTF-8") from None
    if not rows or "file" not in rows[0]:
        raise HakushoError(f"{where}: has no row with a column 'file': name one file a row")
    items = []
    for line, row in enumerate(rows, start=2):
        facts = {key: (value or "").strip() for key, value in row.items() if isinstance(key, str)}
        name = facts.pop("file", "")
        if not name:
            raise HakushoError(f"{where}, row {line}: the column 'file' is empty: name a file")
        doc_id = facts.pop("doc_id", "") or prefix + Path(name).stem
        doc_id = _checked_id(doc_id, f"{where}, row {line}")
        items.append(Input(place(name), doc_id, facts, listed=True))
    return items


def id_of(*parts: str) -> str:
    """Return the id of a file that no manifest names, fit to name a folder.

    Args:
        parts: The folders below the one that was given, and the name of the file; they are joined by ``_``.

    >>> id_of("2014", "chapter1.html"), id_of("run.json.txt"), id_of("a:b.txt")
    ('2014_chapter1', '_run.json', 'a_b')
    """
    whole = "_".join((*parts[:-1], Path(parts[-1]).stem))
    name = "".join("_" if char in NO_NAME or not char.isprintable() else char for char in whole)
    name = (name.strip()[:LONGEST_ID] if len(parts) == 1 else name.strip()[-LONGEST_ID:]).rstrip(". ")
    return f"_{name.lstrip('.')}" if name in TAKEN or name[:1] in ("", ".") else name


def _checked_id(doc_id: str, where: str) -> str:
    plain = doc_id.isprintable() and doc_id == doc_id.strip() and not doc_id.startswith(".")
    if not plain or set(doc_id) & NO_NAME or doc_id in TAKEN or len(doc_id) > LONGEST_ID:
        raise HakushoError(
            f"{where}: doc_id {doc_id!r} cannot name a folder: "
            f"use at most {LONGEST_ID} letters, digits, '-' and '_'"
        )
    return doc_id


def day_of(text: str, where: str) -> date | None:
    """Return the day that a cell names (2014-08-05, 2014/8/5, 平成26年8月5日); None for an empty one.

    Raises:
        HakushoError: It names no day, or one that a spreadsheet has mangled.
    """
    if not text:
        return None
    plain = "".join(unicodedata.normalize("NFKC", text).split())
    try:
        if match := NUMBERED.fullmatch(plain):
            return date(*(int(part) for part in match.groups()))
        if match := SPELLED.fullmatch(plain):
            return _spelled(*match.groups())
    except (ValueError, KeyError):
        pass
    if SPREADSHEET.fullmatch(plain):
        raise HakushoError(
            f"{where}: reference_date {text!r} is what a spreadsheet makes of a date, and its day is lost: "
            "format the column as text, and write it as 2014-08-05"
        )
    raise HakushoError(f"{where}: reference_date {text!r} is not a date: write it as 2014-08-05")


def _spelled(era: str | None, era_year: str | None, year: str | None, month: str, day: str) -> date:
    if era is None or era_year is None:
        return date(int(year or 0), number(month), number(day))
    found = date(eras()[era].year(number(era_year)), number(month), number(day))
    of_day = era_on(found)
    if of_day is None or of_day != eras()[era]:
        raise ValueError(era)
    return found
