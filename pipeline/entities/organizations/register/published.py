"""The full data of 法人番号 as the National Tax Agency publishes them (全件データ), row by row.

CSV without a header, 30 columns (リソース定義書 第4.0版), in UTF-8 or Shift_JIS, alone or in a ZIP archive beside its
signature. Nothing of the file is held but one row.
"""

from __future__ import annotations

import codecs
import csv
import io
import zipfile
import zlib
from datetime import date
from pathlib import PurePath
from typing import IO, TYPE_CHECKING, NamedTuple

from pipeline.entities.organizations.houjin import is_number
from pipeline.entities.organizations.register import RegisteredBody, register_kinds
from pipeline.read.intake import open_file

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

COLUMNS = 30
NUMBER, PROCESS, UPDATED, CHANGED, NAME, KIND, PREFECTURE, CITY = 1, 2, 4, 5, 6, 8, 9, 10
CLOSED, LATEST = 18, 23
RENAMED, DELETED = "11", "99"  # values of 処理区分
# The whole of Japan has some 5 million bodies and 1.2 GB (2024); limits of some times that (決め打ち).
MOST_BYTES = 8 << 30
MOST_ROWS = 20_000_000
# Every cell has its limit in the definition; a row of all of them is shorter (決め打ち).
MOST_LINE = 32_768
# A name has at most 150 characters by the definition (決め打ち: twice that).
MOST_NAME = 300
PROBED = 1 << 20
ARCHIVE = b"PK\x03\x04"
BROKEN = (
    zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, csv.Error, UnicodeError,
)  # fmt: skip


class NotARegisterError(ValueError):
    """A file is no full data of 法人番号; the message says why."""


class Row(NamedTuple):
    """A body, and the day on which its entry was last brought up to date."""

    body: RegisteredBody
    updated: date


def read_bodies(path: Path) -> Iterator[Row]:
    """Yield the bodies of a file in its order; what is history or deleted is left out.

    Raises:
        NotARegisterError: It is no such file, or damaged.
        HakushoError: It is no regular file, or larger than any such data.
        OSError: It cannot be read.
    """
    with open_file(path, str(path), MOST_BYTES) as stream:
        try:
            archived = stream.read(len(ARCHIVE)) == ARCHIVE
            stream.seek(0)
            yield from _members(stream) if archived else _rows(stream)
        except BROKEN as error:
            raise NotARegisterError(
                f"it is damaged ({' '.join(str(error).split()) or type(error).__name__})"
            ) from None


def told_day(path: Path) -> date | None:
    """Return the day in the name that the agency gives such a file (``00_zenkoku_all_20250530.zip``)."""
    told = path.name.partition("_all_")[2][:8]
    try:
        return date(int(told[:4]), int(told[4:6]), int(told[6:])) if told.isdecimal() else None
    except ValueError:
        return None


def _members(stream: IO[bytes]) -> Iterator[Row]:
    with zipfile.ZipFile(stream) as archive:
        names = [name for name in archive.namelist() if PurePath(name).suffix.lower() == ".csv"]
        if not names:
            raise NotARegisterError("the archive holds no CSV")
        for name in names:
            with archive.open(name) as member:  # two passes: a member of an archive is not sought in for free
                encoding = _encoding(member)
            with archive.open(name) as member:
                yield from _decoded(member, encoding)


def _rows(stream: IO[bytes]) -> Iterator[Row]:
    encoding = _encoding(stream)
    stream.seek(0)
    yield from _decoded(stream, encoding)


def _encoding(stream: IO[bytes]) -> str:
    probe = stream.read(PROBED)
    if probe.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    try:
        codecs.getincrementaldecoder("utf-8")().decode(probe)
    except UnicodeDecodeError:
        return "cp932"
    return "utf-8-sig"


def _decoded(stream: IO[bytes], encoding: str) -> Iterator[Row]:
    text = io.TextIOWrapper(stream, encoding, newline="")
    try:
        cells = csv.reader(_lines(text), strict=True)
        for count, row in enumerate(cells, start=1):
            if count > MOST_ROWS:
                raise NotARegisterError(f"it has more than {MOST_ROWS:,} rows")
            found = _row(row, cells.line_num)
            if found is not None:
                yield found
    finally:
        text.detach()  # whoever opened the stream closes it


def _lines(text: io.TextIOBase) -> Iterator[str]:
    """Yield the lines, none of them longer than a row can be."""
    number = 0
    while line := text.readline(MOST_LINE):
        number += 1
        if len(line) == MOST_LINE:
            raise NotARegisterError(f"line {number} is longer than any row")
        yield line


def _row(row: list[str], line: int) -> Row | None:
    if len(row) != COLUMNS or not is_number(row[NUMBER]):
        number = row[NUMBER][:20] if len(row) == COLUMNS else ""
        raise NotARegisterError(
            f"line {line} has {f'{number!r}, which is no 法人番号' if number else f'{len(row)} columns'}; "
            f"a row has {COLUMNS} columns, the second a 法人番号"
        )
    if row[LATEST] == "0" or row[PROCESS] == DELETED:
        return None
    name = row[NAME].strip()
    if not name or len(name) > MOST_NAME or any(sign < " " or sign == "\x7f" for sign in name):
        raise NotARegisterError(f"line {line} has {name[:20]!r} where a name stands")
    if row[KIND] not in register_kinds():
        raise NotARegisterError(f"line {line} has {row[KIND][:20]!r} where the kind of a body stands")
    since = _day(row[CHANGED], line) if row[PROCESS] == RENAMED else None
    until = _day(row[CLOSED], line) if row[CLOSED] else None
    place = row[PREFECTURE].strip() + row[CITY].strip()
    body = RegisteredBody(row[NUMBER], name, row[KIND], place[:MOST_NAME], since, until)
    return Row(body, _day(row[UPDATED], line))


def _day(text: str, line: int) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise NotARegisterError(f"line {line} has {text[:20]!r} where a day stands") from None
