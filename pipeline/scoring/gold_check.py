"""Is a gold file well formed, and of this text? Each fault with its row and reason."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from pipeline.entities import FIELDS, fields_of, known_labels
from pipeline.model.plural import plural
from pipeline.scoring.damage import can_be, is_damaged

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from pipeline.scoring.gold import GoldMention


VALUED = ", ".join(label for label, names in FIELDS.items() if "value" in names)
MADE = "a spreadsheet changed it: 'hakusho gold mend' restores what the text proves"
PLACED = ", ".join(label for label, names in FIELDS.items() if "article" in names)


def check(
    mentions: Iterable[GoldMention], texts: Mapping[str, str], *, complete: bool = True
) -> list[Problem]:
    """Return every fault of ``mentions``, in the order of the rows.

    Args:
        mentions: The rows of one gold file.
        texts: The raw text of each document by its id.
        complete: A document without a text is a fault, too.
    """
    rows = list(mentions)
    problems = [Problem(m.row, m.doc_id, reason) for m in rows for reason in _faults(m, texts)]
    unknown = {m.doc_id: m.row for m in reversed(rows) if complete and m.doc_id not in texts}
    problems += [
        Problem(row, name, "no text of this name: offsets unchecked") for name, row in unknown.items()
    ]
    return sorted([*problems, *_collisions(rows)], key=lambda problem: problem.row)


def is_edtf(value: str) -> bool:
    """Tell whether ``value`` is EDTF of a kind that the guidelines use.

    Examples:
        >>> [is_edtf(v) for v in ("2013-10-03", "196X", "2024-22", "2014-06/2014-07", "2010/..")]
        [True, True, True, True, True]
        >>> [is_edtf(v) for v in ("2013-02-30", "2013-13", "2014/2013", "平成25年", "")]
        [False, False, False, False, False]
    """
    if not _EDTF.fullmatch(value):
        return False
    points = [point for point in value.split("/") if point != ".."]
    try:
        for point in points:
            if len(point) == len("2013-10-03"):
                date.fromisoformat(point)
    except ValueError:
        return False
    # Seasons and quarters are not months: compared by year alone.
    width = 4 if any(point[5:7] > "12" for point in points) else min(map(len, points))
    return points[0][:width].replace("X", "0") <= points[-1][:width].replace("X", "9")


def is_locator(part: str) -> bool:
    """Tell whether a text is a place in a law, or a range of them.

    >>> [is_locator(part) for part in ("3", "3_2", "100-107", "1月2日", "")]
    [True, True, True, False, False]
    """
    return _LOCATOR.fullmatch(part) is not None


def _faults(m: GoldMention, texts: Mapping[str, str]) -> Iterator[str]:
    text = texts.get(m.doc_id)
    if text is not None and text[m.start : m.end] != m.text:
        there = text[m.start : m.end]
        yield (
            f"text is {m.text!r}, but [{m.start}, {m.end}) of the document, "
            f"which has {plural(len(text), 'character')}, is {there[:60]!r}"
            f"{f' ({MADE})' if can_be(m.text, there) else ''}"
        )
    if not m.doc_id or m.label not in known_labels():
        known = ", ".join(known_labels())
        yield f"doc_id is {m.doc_id!r} and label {m.label!r}; wanted a name and one of {known}"
    wanted = fields_of(m.label)
    if wanted:
        yield from _value_faults(m) if "value" in wanted else _name_faults(m)
    for part in itertools.chain(*m.locator):
        if "article" not in wanted or not _LOCATOR.fullmatch(part):
            yield (
                f"locator {part!r}{f' ({MADE})' if is_damaged(part) else ''}; wanted, of a {PLACED} alone, "
                "3, 3_2, 100-107 or several joined by |"
            )


def _value_faults(m: GoldMention) -> Iterator[str]:
    if not m.value and not m.note:
        yield f"{m.label} {m.text!r} has no value, and no note that says why it cannot have one"
    if m.value and not is_edtf(m.value):
        yield (
            f"value {m.value!r} is not EDTF, "
            "such as 2013-10-03, 2013-10, 2013, 196X, 2014-06/2014-07, 2010/.."
            f"{f' ({MADE})' if is_damaged(m.value) else ''}"
        )
    if m.norm not in ("", m.value):
        yield f"norm {m.norm!r} of a {m.label} differs from its value {m.value!r}"
    if m.mod and not _MOD.fullmatch(m.mod):
        yield f"mod {m.mod!r} is not one of {_MOD.pattern}"


def _name_faults(m: GoldMention) -> Iterator[str]:
    if not m.norm:
        yield f"{m.label} {m.text!r} has no norm; where no fuller name is known, it is the text"
    if m.mod:
        yield f"mod is {m.mod!r}, but only a {VALUED} has one"


def _collisions(mentions: Iterable[GoldMention]) -> Iterator[Problem]:
    seen: dict[tuple[str, str, int, int], GoldMention] = {}
    longest: GoldMention | None = None
    for m in sorted(mentions, key=lambda m: (m.doc_id, m.start, m.end, m.row)):
        twin = seen.setdefault((m.doc_id, m.label, m.start, m.end), m)
        if twin is not m:
            yield Problem(m.row, m.doc_id, f"duplicate of row {twin.row}: {m.label} {m.text!r}")
        elif longest and longest.doc_id == m.doc_id and m.start < longest.end:
            yield Problem(m.row, m.doc_id, f"{m.text!r} overlaps row {longest.row}: {longest.text!r}")
        if longest is None or longest.doc_id != m.doc_id or m.end > longest.end:
            longest = m


_MOD = re.compile(r"START|MID|END|APPROX|ON_OR_(?:AFTER|BEFORE)")
_LOCATOR = re.compile(r"\d+(?:_\d+)*(?:-\d+(?:_\d+)*)?", re.ASCII)  # 3, 3_2, 100-107
# 2014, 2014-06, 2014-06-07; 2024-22 (seasons 21-24), 2014-33 (quarters 33-36); 196X, 20XX
_POINT = r"(?:\d{4}(?:-(?:(?:0[1-9]|1[0-2])(?:-\d\d)?|2[1-4]|3[3-6]))?|\d{3}X|\d\dXX)"
_EDTF = re.compile(rf"{_POINT}(?:/(?:{_POINT}|\.\.))?|\.\./{_POINT}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Problem:
    """A fault of a gold file: the row and the reason."""

    row: int
    doc_id: str
    reason: str

    def __str__(self) -> str:
        return f"row {self.row} ({self.doc_id}): {self.reason}"
