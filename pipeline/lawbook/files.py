"""Lists of laws as files: e-Gov's ``all_law_list.csv`` (UTF-8 or Shift_JIS), or tab-separated rows."""

from __future__ import annotations

import csv
import re
from datetime import date
from typing import TYPE_CHECKING

from pipeline.eras import eras
from pipeline.lawbook.listed import ListedLaw, plain_title
from pipeline.model.errors import HakushoError
from pipeline.model.rule import Pattern
from pipeline.numerals import NUMBER, number
from pipeline.read.intake import file_bytes

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

EGOV = ("法令ID", "法令番号", "法令名", "公布日", "施行日", "未施行")
ROWS = ("law_id", "law_num", "title")
LAW_ID = re.compile(r"[0-9A-Z]{15}")
ERA_DAY = Pattern(rf"({'|'.join(eras())})({NUMBER})年({NUMBER})月({NUMBER})日")
# A list of all laws has 3 MB; a file of ten times that size is not one (決め打ち).
MOST_BYTES = 32 << 20
# Values of status in a TSV for a law in force; any other value means that it ended.
IN_FORCE = ("", "current", "in_force")


def read_list(path: Path) -> list[ListedLaw]:
    """Read the laws of a list, each once: of several versions the latest that is in force.

    Raises:
        HakushoError: The file cannot be read, or is no such list.
    """
    try:
        if path.stat().st_size > MOST_BYTES:
            raise HakushoError(f"{path}: is larger than {MOST_BYTES >> 20} MB: give a list of laws")
        content = file_bytes(path, str(path), MOST_BYTES)
    except OSError as error:
        raise HakushoError(f"{path}: cannot be read ({error.strerror}): check the path") from None
    lines = _decoded(path, content).splitlines()
    header = lines[0] if lines else ""
    rows = csv.DictReader(lines, delimiter="\t" if "\t" in header else ",")
    columns = set(rows.fieldnames or ())
    if columns.issuperset(EGOV):
        found = _egov(path, rows)
    elif columns.issuperset(ROWS):
        found = _plain(path, rows)
    else:
        raise HakushoError(
            f"{path}: is no list of laws: "
            f"give e-Gov's all_law_list.csv ({', '.join(EGOV)}) or a TSV with {', '.join(ROWS)}"
        )
    laws = {law.law_id or law.law_num: law for law in found}
    if not laws:
        raise HakushoError(f"{path}: holds no law: give a whole list")
    return list(laws.values())


def _decoded(path: Path, content: bytes) -> str:
    for encoding in ("utf-8-sig", "cp932"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise HakushoError(f"{path}: is neither UTF-8 nor Shift_JIS: save it as UTF-8")


def _egov(path: Path, rows: csv.DictReader[str]) -> Iterator[ListedLaw]:
    """Yield the versions of each law, the one that counts last."""
    versions = []
    for row in rows:
        _check(path, rows.line_num, row, EGOV[:3])
        if not LAW_ID.fullmatch(row["法令ID"].strip()):
            raise HakushoError(
                f"{path}: line {rows.line_num}: {row['法令ID']!r} is no LawID: mend or remove it"
            )
        taken = _day(row["施行日"])
        pending = bool(row["未施行"].strip())
        law = ListedLaw(
            row["法令ID"].strip(), row["法令番号"].strip(), plain_title(row["法令名"]),
            promulgated=_day(row["公布日"]), amended="" if pending else taken,
        )  # fmt: skip
        versions.append((not pending, taken, law))
    yield from (law for *_, law in sorted(versions, key=lambda version: version[:2]))


def _plain(path: Path, rows: csv.DictReader[str]) -> Iterator[ListedLaw]:
    for row in rows:
        _check(path, rows.line_num, row, ROWS[1:])
        # Several ids for one law (A|B) are guesses, and none of them is taken.
        law_id = row["law_id"].strip() if LAW_ID.fullmatch(row["law_id"].strip()) else ""
        status = (row.get("status") or "").strip()
        ended = "in_force" if status in IN_FORCE else status if status == "lapsed" else "repealed"
        yield ListedLaw(
            law_id, row["law_num"].strip(), plain_title(row["title"]),
            (row.get("abbrevs") or row.get("abbreviations") or "").strip(),
            _iso(path, rows.line_num, row.get("promulgation_date") or row.get("promulgated") or ""),
            ended, _iso(path, rows.line_num, row.get("status_date") or "") if ended != "in_force" else "",
            _iso(path, rows.line_num, row.get("amended") or ""),
        )  # fmt: skip


def _check(path: Path, line: int, row: dict[str, str], columns: tuple[str, ...]) -> None:
    cells = [row[column] for column in columns]
    if None in row or None in cells or not all(cell.strip() and "\t" not in cell for cell in cells):
        raise HakushoError(f"{path}: line {line} is no law with {', '.join(columns)}: mend or remove it")


def _iso(path: Path, line: int, text: str) -> str:
    try:
        return date.fromisoformat(text.strip()).isoformat() if text.strip() else ""
    except ValueError:
        raise HakushoError(f"{path}: line {line}: {text!r} is no date: write it as 2014-08-05") from None


def _day(text: str) -> str:
    """Return an era date (昭和四十六年四月一日) or an ISO date as ISO, ``""`` for anything else."""
    text = text.strip().replace("元年", "1年")
    found = ERA_DAY.fullmatch(text)
    try:
        if found is None:
            return date.fromisoformat(text).isoformat()
        era, *numbers = found.groups()
        year, month, day = map(number, numbers)
        return date(eras()[era].year(year), month, day).isoformat()
    except ValueError:
        return ""
