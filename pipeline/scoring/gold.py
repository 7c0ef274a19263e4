"""Gold annotations: reading them, and checking them against the text and the guidelines.

The reader takes every CSV or workbook that has the columns of a gold file, so that predictions
(``entities.csv``) come in by the same door and a corrected output is a gold file. Rows are numbered as a
spreadsheet shows them: the header is row 1. An apostrophe that keeps a spreadsheet from running a cell as a
formula is undone.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.entities import fields_of, known_labels
from pipeline.model.cells import plain
from pipeline.model.entity import Entity
from pipeline.model.errors import HakushoError
from pipeline.model.plural import plural
from pipeline.read.days import written_day
from pipeline.read.grid import BrokenTableError, read_grid
from pipeline.read.intake import given_bytes
from pipeline.read.results import declare_labels, listed_files, stands

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

_OFFSET = re.compile(r"\d{1,12}", re.ASCII)


@dataclass(frozen=True, slots=True)
class GoldMention:
    """One row of a gold file or of predictions; ``start`` and ``end`` count code points of the raw text.

    Attributes:
        rule: Of predictions, the rule that found it; empty in gold.
        confidence: Of predictions, how likely it is right, 0 to 1; NaN where nothing is said.
        row: Row of the file, the header being row 1; 0 for a mention that came from memory.
    """

    doc_id: str
    label: str
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
    confidence: float = field(default=math.nan, compare=False)
    row: int = field(default=0, compare=False)

    @property
    def locator(self) -> tuple[tuple[str, ...], ...]:
        """Article, paragraph and item: the place in a law."""
        return self.article, self.paragraph, self.item

    @property
    def normalized(self) -> tuple[object, ...]:
        """What the norm score compares: the fields of its type."""
        return tuple(getattr(self, name) for name in fields_of(self.label))


def read_gold(path: str | Path) -> tuple[GoldMention, ...]:
    """Read a gold file or predictions, in any encoding that a text may have, in the order of the file.

    Raises:
        HakushoError: The file is missing or no text, a column is missing, a row is broken, an offset is
            no whole number, a span is empty or a label unknown.
    """
    return tuple(
        read_mention(cells, f"{path}, row {row}", row) for row, cells in read_rows(Path(path), COLUMNS)
    )


def read_mentions(path: str | Path) -> tuple[GoldMention, ...]:
    """Read a file, or a folder: the ``entities.csv`` of the documents that its ``run.json`` lists.

    A folder that is not a run's: its ``entities.csv``, else those one level below, else every CSV in it.

    Raises:
        HakushoError: As :func:`read_gold`, the folder holds no CSV, or the run wrote none of a document.
    """
    folder = Path(path)
    declare_labels(folder)
    if not folder.is_dir():
        return read_gold(folder)
    if (files := listed_files(folder, "entities.csv")) is not None:
        if lacking := [file for file in files if not stands(file)]:
            raise HakushoError(f"{lacking[0]}: no such file: run the document again with --format csv")
        return tuple(mention for file in files for mention in read_gold(file))
    for pattern in ("entities.csv", "*/entities.csv", "*.csv"):
        if files := sorted(folder.glob(pattern)):
            return tuple(mention for file in files for mention in read_gold(file))
    raise HakushoError(f"{path}: found no CSV file; wanted entities.csv or gold files: name another folder")


def read_spans(path: str | Path) -> tuple[Span, ...]:
    """Read the columns ``doc_id, start, end`` of a CSV such as ``sentences.csv`` or a list of regions.

    Raises:
        HakushoError: As :func:`read_gold`.
    """
    rows = read_rows(Path(path), ("doc_id", "start", "end"))
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


def read_mention(cells: Mapping[str, str], place: str, row: int = 0) -> GoldMention:
    """Read the cells of one row by their columns; ``place`` is its place, for messages.

    Raises:
        HakushoError: The label is unknown, or the span is no span.
    """
    if cells["label"] not in known_labels():
        raise HakushoError(
            f"{place}: label is {cells['label']!r}; wanted {', '.join(known_labels())}: "
            "correct it or delete the row, or name the file of your types with --types"
        )
    start, end = _offsets(place, cells)
    confidence = _probability(place, cells.get("confidence", ""))
    strings = {name: cells.get(name, "") for name in ("text", "norm", "value", "mod", "note", "rule")}
    if "value" in fields_of(cells["label"]):
        strings |= {name: _as_day(strings[name]) for name in ("norm", "value")}
    article, paragraph, item = (
        tuple(cells[name].split("|")) if cells[name] else () for name in ("article", "paragraph", "item")
    )
    return GoldMention(
        cells["doc_id"], cells["label"], start, end,
        article=article, paragraph=paragraph, item=item, row=row, confidence=confidence, **strings,
    )  # fmt: skip


def _as_day(cell: str) -> str:
    """Return a day as EDTF has it, where a spreadsheet wrote it as its country does: 2014/8/5.

    The first of a month may have been the month: that is left to ``hakusho gold mend``.
    """
    day = written_day(cell) if not cell.isdecimal() else None
    return day.isoformat() if day and day.day > 1 else cell


def _probability(place: str, cell: str) -> float:
    try:
        found = float(cell or "nan")
    except ValueError:
        found = -1.0
    if found < 0 or found > 1:
        raise HakushoError(f"{place}: confidence is {cell!r}; wanted a number from 0 to 1: correct it")
    return found


def _offsets(place: str, cells: Mapping[str, str]) -> tuple[int, int]:
    for name in ("start", "end"):
        if not _OFFSET.fullmatch(cells[name]):
            raise HakushoError(
                f"{place}: {name} is {cells[name]!r}; wanted a whole number: count code points, "
                "or let 'hakusho gold mend' restore what a spreadsheet changed"
            )
    start, end = int(cells["start"]), int(cells["end"])
    if start >= end:
        raise HakushoError(
            f"{place}: span [{start}, {end}) is empty; wanted start < end: correct the offsets"
        )
    return start, end


def read_rows(path: Path, wanted: Sequence[str]) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield the rows of a table that must have the columns ``wanted``, each with its number.

    The table may be CSV, its cells parted by commas, semicolons or tabs, or an Excel workbook, of which the
    first sheet counts. The header is row 1.

    Raises:
        HakushoError: The file is missing or no table, a column is missing, or a row is broken.
    """
    try:
        grid = read_grid(_bytes(path), str(path), wanted)
    except BrokenTableError as error:
        raise HakushoError(
            f"{path}, line {error.line}: found broken CSV ({error}); wanted commas between cells "
            "and closed quotation marks: save the table as CSV again"
        ) from error
    header = grid.header
    if missing := [name for name in wanted if name not in header]:
        raise HakushoError(
            f"{path}, row 1: found {', '.join(header) or 'an empty file'}; "
            f"wanted the column {', '.join(missing)} too: add it"
        )
    for row, cells in grid.rows:
        filled = cells + [""] * (len(header) - len(cells)) if grid.sheet else cells
        if len(filled) != len(header):
            raise HakushoError(
                f"{path}, row {row}: found {plural(len(cells), 'cell')}; wanted {len(header)}, one a column: "
                f"{'delete those behind the last' if grid.sheet else 'quote a cell that holds a comma'}"
            )
        yield row, dict(zip(header, map(plain, filled), strict=True))


def _bytes(path: Path) -> bytes:
    try:
        return given_bytes(path, str(path))
    except OSError as error:
        raise HakushoError(
            f"{path}: cannot be read ({error.strerror}); "
            "wanted a CSV file or an Excel workbook: check the name"
        ) from error
