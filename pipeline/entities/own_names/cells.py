"""The cells of a row: names, times, kinds and numbers, read as the registries have them."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from pipeline import facts
from pipeline.clean import fold
from pipeline.entities.laws.numbered import numbers
from pipeline.entities.laws.numbers import kanji_number
from pipeline.entities.laws.registry import instruments
from pipeline.entities.names.registry import ALWAYS, Name, Validity, validity
from pipeline.entities.organizations.registry import organizations
from pipeline.entities.own_names.table import LABELS, known_columns, nearest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.entities.names.registry import NameKind
    from pipeline.entities.own_names.table import Row

# Characters of a LawID of e-Gov.
LAW_ID = 15
# Of one character, every text is full.
SHORTEST = 2


class CellError(ValueError):
    """A cell is at fault; the message says why."""


def label_of(row: Row) -> str:
    """Return the label of a row, once its cells have proved to be of that label."""
    if not fold(row.cells["name"]).strip():
        raise CellError("the column 'name' is empty: give the official name")
    label = row.cells["label"]
    if label not in LABELS:
        raise CellError(f"label {label!r} is neither ORG nor LAW: write one of them")
    for column, cell in row.cells.items():
        if cell and label not in known_columns()[column]:
            raise CellError(f"the column {column!r} is not one of {label}: leave its cell empty")
    return label


def official(cell: str) -> str:
    """Return the official name in a cell, cleaned."""
    if "|" in cell or "@" in cell:
        raise CellError(f"name {cell!r}: is one name without a time: other names go into 'aliases'")
    return _name(cell)


def _name(text: str) -> str:
    name = fold(text).strip()
    if len(name) < SHORTEST or name.isdecimal():
        raise CellError(f"{text!r} is too short for a name: it would be found everywhere")
    if any(not char.isprintable() for char in name):
        raise CellError(f"{text!r} holds a line break or a control: write the name in one line")
    return name


def names_in(row: Row, column: str, kind: NameKind, default: Validity = ALWAYS) -> Iterator[Name]:
    """Yield the names in a cell, ``a|b@1999/2005``; ``default`` is the time of those without their own."""
    for part in filter(None, row.cells.get(column, "").split("|")):
        text, at, written = part.partition("@")
        yield Name(_name(text), kind, time(written, column) if at else default, own=True)


def time(written: str, column: str) -> Validity:
    """Read an interval such as ``2007-01-09/..``; nothing is always."""
    if not written:
        return ALWAYS
    try:
        found = validity(written) if _interval(written) else None
    except ValueError:
        found = None
    if found is None or (found.first and found.last and found.last < found.first):
        raise CellError(f"{column} {written!r} is no time: write it as 2007-01-09/.. or 1954-07/2007-01-08")
    return found


def _interval(written: str) -> bool:
    """Whether it is two days, months or years and a stroke; ``..`` or nothing is an open end."""
    ends = written.split("/")
    return len(ends) == 2 and all(end in ("", "..") or _is_day(end, least=1) for end in ends)


def _is_day(written: str, least: int = 3) -> bool:
    """Whether it is written as year, month and day, of which ``least`` must be there."""
    parts = written.split("-")
    digits = all(part.isascii() and part.isdecimal() for part in parts)
    return digits and least <= len(parts) and [len(part) for part in parts] == [4, 2, 2][: len(parts)]


def _is_law_id(written: str) -> bool:
    return len(written) == LAW_ID and written.isascii() and written.isalnum() and written == written.upper()


def day(row: Row, column: str) -> date | None:
    """Read a day, None for nothing."""
    written = row.cells.get(column, "")
    if not written:
        return None
    try:
        return date.fromisoformat(written if _is_day(written) else "")
    except ValueError:
        raise CellError(f"{column} {written!r} is no day: write it as 2014-08-05") from None


def one_of(row: Row, column: str, known: frozenset[str], default: str = "") -> str:
    """Return a cell that is one of ``known``, ``default`` where it is empty."""
    written = row.cells.get(column, "")
    if written and written not in known:
        raise CellError(
            f"unknown {column} {written!r} ({nearest(written, known)}): mend it, or leave it empty"
        )
    return written or default


def law_num(row: Row) -> str:
    """Return the law number in a cell as it was promulgated, in kanji."""
    written = row.cells.get("law_num", "")
    text = fold(written)
    if text and not any((find.start, find.end) == (0, len(text)) for find in numbers(text)):
        raise CellError(
            f"law_num {written!r} is no law number: write it as 令和二年法律第九百一号, or leave it empty"
        )
    return kanji_number(text)


def law_id(row: Row, kind: str) -> str:
    """Return the LawID in a cell."""
    written = row.cells.get("law_id", "")
    if written and (kind != "law" or not _is_law_id(written)):
        raise CellError(f"law_id {written!r} is no LawID of e-Gov: leave it empty unless you looked it up")
    return written


@cache
def organization_kinds() -> frozenset[str]:
    """Return the kinds of organizations that the registry uses."""
    return frozenset(record.kind for record in organizations())


@cache
def law_kinds() -> frozenset[str]:
    """Return the kinds of laws and treaties that the registry uses."""
    return frozenset(record.kind for record in instruments())


@cache
def statuses() -> frozenset[str]:
    """Return what the registry says of laws and treaties: in force, repealed and so on."""
    return frozenset(record.status for record in instruments())


@cache
def countries() -> frozenset[str]:
    """Return the codes of countries that the registry uses."""
    listed = {row["iso"] for row in facts.rows("countries.csv")}
    return frozenset(filter(None, listed | {record.country for record in organizations()}))
