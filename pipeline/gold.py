"""Gold annotations: reading them, and checking them against the text and the guidelines.

The reader takes every CSV that has the columns of a gold file, so that predictions (``entities.csv``)
come in by the same door and a corrected output is a gold file. Rows are numbered as a spreadsheet shows
them: the header is row 1. An apostrophe that keeps a spreadsheet from running a cell as a formula is undone.
"""

from __future__ import annotations

import csv
import io
import itertools
import re
from dataclasses import dataclass, field, fields
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.model import LABELS, Entity, HakushoError, Label

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    Mentions = (
        str | Path | Iterable["GoldMention | Entity"]
    )  # a file, a folder of files, or objects in memory

Span = tuple[str, int, int]
"""A document's id and a half-open range of its raw text."""

COLUMNS = (
    "doc_id", "label", "start", "end", "text", "norm", "value", "mod", "article", "paragraph", "item",
)  # fmt: skip
"""The columns that every file must have; ``note`` and ``rule`` are read where they stand."""

_LABELS: dict[str, Label] = {label: label for label in LABELS}
_MOD = re.compile(r"START|MID|END|APPROX|ON_OR_(?:AFTER|BEFORE)")
_LOCATOR = re.compile(r"\d+(?:_\d+)*(?:-\d+(?:_\d+)*)?", re.ASCII)  # 3, 3_2, 100-107
_DEFUSED = re.compile(r"'[=+\-@\t\r]")
_OFFSET = re.compile(r"\d{1,12}", re.ASCII)
# 2014, 2014-06, 2014-06-07; 2024-22 (seasons 21-24), 2014-33 (quarters 33-36); 196X, 20XX
_POINT = r"(?:\d{4}(?:-(?:(?:0[1-9]|1[0-2])(?:-\d\d)?|2[1-4]|3[3-6]))?|\d{3}X|\d\dXX)"
_EDTF = re.compile(rf"{_POINT}(?:/(?:{_POINT}|\.\.))?|\.\./{_POINT}", re.ASCII)


@dataclass(frozen=True, slots=True)
class GoldMention:
    """One row of a gold file or of predictions; ``start`` and ``end`` count code points of the raw text.

    Attributes:
        rule: Of predictions, the rule that found it; empty in gold.
        row: Row of the file, the header being row 1; 0 for a mention that came from memory.
    """

    doc_id: str
    label: Label
    start: int
    end: int
    text: str = ""
    norm: str = ""
    value: str = ""
    mod: str = ""
    article: tuple[str, ...] = ()
    paragraph: tuple[str, ...] = ()
    item: tuple[str, ...] = ()
    note: str = ""
    rule: str = ""
    row: int = field(default=0, compare=False)

    @property
    def locator(self) -> tuple[tuple[str, ...], ...]:
        """Article, paragraph and item: the place in a law."""
        return self.article, self.paragraph, self.item

    @property
    def normalized(self) -> tuple[object, ...]:
        """What the norm score compares: value and mod, the name, or the name and the locator."""
        if self.label == "DATE":
            return self.value, self.mod
        return (self.norm, self.locator) if self.label == "LAW" else (self.norm,)


@dataclass(frozen=True, slots=True)
class Problem:
    """A fault of a gold file: the row and the reason."""

    row: int
    doc_id: str
    reason: str

    def __str__(self) -> str:
        return f"row {self.row} ({self.doc_id}): {self.reason}"


def read_gold(path: str | Path) -> tuple[GoldMention, ...]:
    """Read a gold file or predictions, UTF-8 with or without a byte-order mark, in the order of the file.

    Raises:
        HakushoError: The file is missing or not UTF-8, a column is missing, a row is broken, an offset is
            no whole number, a span is empty or a label unknown.
    """
    return tuple(_mention(f"{path}, row {row}", row, cells) for row, cells in _rows(Path(path), COLUMNS))


def read_mentions(path: str | Path) -> tuple[GoldMention, ...]:
    """Read a file, or a folder: its ``entities.csv``, else those one level below, else every CSV in it.

    Raises:
        HakushoError: As :func:`read_gold`, or the folder holds no CSV.
    """
    folder = Path(path)
    if not folder.is_dir():
        return read_gold(folder)
    for pattern in ("entities.csv", "*/entities.csv", "*.csv"):
        if files := sorted(folder.glob(pattern)):
            return tuple(mention for file in files for mention in read_gold(file))
    raise HakushoError(f"{path}: found no CSV file; wanted entities.csv or gold files: name another folder")


def read_spans(path: str | Path) -> tuple[Span, ...]:
    """Read the columns ``doc_id, start, end`` of a CSV such as ``sentences.csv`` or a list of regions.

    Raises:
        HakushoError: As :func:`read_gold`.
    """
    rows = _rows(Path(path), ("doc_id", "start", "end"))
    return tuple((cells["doc_id"], *_offsets(f"{path}, row {row}", cells)) for row, cells in rows)


def mentions_of(source: Mentions) -> tuple[GoldMention, ...]:
    """Return the mentions of a path (see :func:`read_mentions`) or of objects in memory."""
    if isinstance(source, (str, Path)):
        return read_mentions(source)
    names = [f.name for f in fields(GoldMention) if f.name not in ("note", "row")]
    copies = (
        GoldMention(**{n: getattr(m, n) for n in names}) if isinstance(m, Entity) else m for m in source
    )
    return tuple(copies)


def spans_by_document(spans: Iterable[Span]) -> dict[str, list[tuple[int, int]]]:
    """Group spans by document, in their order."""
    grouped: dict[str, list[tuple[int, int]]] = {}
    for doc_id, start, end in spans:
        grouped.setdefault(doc_id, []).append((start, end))
    return grouped


def within(mentions: Iterable[GoldMention], regions: Iterable[Span]) -> list[GoldMention]:
    """Return the mentions that lie wholly inside one of the regions."""
    areas = spans_by_document(regions)
    return [m for m in mentions if any(a <= m.start and m.end <= b for a, b in areas.get(m.doc_id, ()))]


def check(mentions: Iterable[GoldMention], texts: Mapping[str, str]) -> list[Problem]:
    """Return every fault of ``mentions``, in the order of the rows.

    Args:
        mentions: The rows of one gold file.
        texts: The raw text of each document by its id.
    """
    rows = list(mentions)
    problems = [Problem(m.row, m.doc_id, reason) for m in rows for reason in _faults(m, texts)]
    unknown = {m.doc_id: m.row for m in reversed(rows) if m.doc_id not in texts}
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
    # Seasons and quarters are no months: by year alone.
    width = 4 if any(point[5:7] > "12" for point in points) else min(map(len, points))
    return points[0][:width].replace("X", "0") <= points[-1][:width].replace("X", "9")


def _faults(m: GoldMention, texts: Mapping[str, str]) -> Iterator[str]:
    text = texts.get(m.doc_id)
    if text is not None and text[m.start : m.end] != m.text:
        place = f"[{m.start}, {m.end}) of the document, which has {len(text)} characters,"
        yield f"text is {m.text!r}, but {place} is {text[m.start : m.end][:60]!r}"
    if not m.doc_id or m.label not in _LABELS:
        yield f"doc_id is {m.doc_id!r} and label {m.label!r}; wanted a name and one of {', '.join(LABELS)}"
    yield from _date_faults(m) if m.label == "DATE" else _name_faults(m)


def _date_faults(m: GoldMention) -> Iterator[str]:
    if not m.value and not m.note:
        yield f"DATE {m.text!r} has no value, and no note that says why it cannot have one"
    if m.value and not is_edtf(m.value):
        yield f"value {m.value!r} is not EDTF as in 2013-10-03, 2013-10, 2013, 196X, 2014-06/2014-07, 2010/.."
    if m.norm not in ("", m.value):
        yield f"norm {m.norm!r} of a DATE differs from its value {m.value!r}"
    if m.mod and not _MOD.fullmatch(m.mod):
        yield f"mod {m.mod!r} is not one of {_MOD.pattern}"


def _name_faults(m: GoldMention) -> Iterator[str]:
    if not m.norm:
        yield f"{m.label} {m.text!r} has no norm; where no fuller name is known, it is the text"
    if m.mod:
        yield f"mod is {m.mod!r}, but only a DATE has one"
    for part in itertools.chain(*m.locator):
        if m.label != "LAW" or not _LOCATOR.fullmatch(part):
            yield f"locator {part!r}; wanted, of a LAW alone, 3, 3_2, 100-107 or several joined by |"


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


def _mention(place: str, row: int, cells: dict[str, str]) -> GoldMention:
    if cells["label"] not in _LABELS:
        raise HakushoError(
            f"{place}: label is {cells['label']!r}; wanted {', '.join(LABELS)}: correct it or delete the row"
        )
    start, end = _offsets(place, cells)
    strings = {name: cells.get(name, "") for name in ("text", "norm", "value", "mod", "note", "rule")}
    article, paragraph, item = (
        tuple(cells[name].split("|")) if cells[name] else () for name in ("article", "paragraph", "item")
    )
    return GoldMention(
        cells["doc_id"], _LABELS[cells["label"]], start, end,
        article=article, paragraph=paragraph, item=item, row=row, **strings,
    )  # fmt: skip


def _offsets(place: str, cells: dict[str, str]) -> tuple[int, int]:
    for name in ("start", "end"):
        if not _OFFSET.fullmatch(cells[name]):
            raise HakushoError(
                f"{place}: {name} is {cells[name]!r}; wanted a whole number: count code points"
            )
    start, end = int(cells["start"]), int(cells["end"])
    if start >= end:
        raise HakushoError(
            f"{place}: span [{start}, {end}) is empty; wanted start < end: correct the offsets"
        )
    return start, end


def _rows(path: Path, wanted: Sequence[str]) -> Iterator[tuple[int, dict[str, str]]]:
    reader = csv.reader(io.StringIO(_decoded(path), newline=""), strict=True)
    try:
        header = [name.strip() for name in next(reader, [])]
        if missing := [name for name in wanted if name not in header]:
            raise HakushoError(
                f"{path}, row 1: found {', '.join(header) or 'an empty file'}; "
                f"wanted the column {', '.join(missing)} too: add it, with commas between cells"
            )
        for row, cells in enumerate(reader, 2):
            if not any(cells):
                continue
            if len(cells) != len(header):
                raise HakushoError(
                    f"{path}, row {row}: found {len(cells)} cells; wanted {len(header)}, one a column: "
                    "quote a cell that holds a comma"
                )
            plain = (cell[1:] if _DEFUSED.match(cell) else cell for cell in cells)
            yield row, dict(zip(header, plain, strict=True))
    except csv.Error as error:
        raise HakushoError(
            f"{path}, line {reader.line_num}: found broken CSV ({error}); wanted commas between cells "
            "and closed quotation marks: save the table as CSV again"
        ) from error


def _decoded(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise HakushoError(
            f"{path}, byte {error.start}: found {error.object[error.start]:#04x}, which is not UTF-8: "
            "save the table as “CSV UTF-8”"
        ) from error
    except OSError as error:
        raise HakushoError(
            f"{path}: cannot be read ({error.strerror}); wanted a CSV file: check the name"
        ) from error
