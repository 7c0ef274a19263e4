"""``hakusho.xlsx``: the tables of all documents of a run in one workbook, for those who work in Excel.

Rows are written as they come, so that memory does not grow with the number of documents. No text becomes a
formula.
"""

from __future__ import annotations

from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, Any

from pipeline import facts
from pipeline.datapackage.documents import document_rows
from pipeline.datapackage.sheets import Look, Sheet, TableSheet
from pipeline.datapackage.standing import OF_TYPES, unwritten
from pipeline.entities import labels_among
from pipeline.export.schema import columns as described
from pipeline.export.schema import made_by

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from pipeline.datapackage.standing import Standing

NAME = "hakusho.xlsx"
OVER_ALL = ("mentions", "relations")
LANGUAGES = ("ja", "en")
# So that the same documents give the same bytes (決め打ち).
MADE = datetime(2000, 1, 1)  # noqa: DTZ001 -- Excel knows no time zones


@cache
def words() -> dict[tuple[str, str], dict[str, str]]:
    """Return what sheets and columns are called, by kind and name (``data/workbook_words.csv``)."""
    return {(row["kind"], row["name"]): row for row in facts.rows("workbook_words.csv")}


class Workbook:
    """The workbook, as it grows."""

    def __init__(self, manifest: Mapping[str, Any], folder: Path) -> None:
        """Begin it; ``settings`` of the manifest say in which language (``lang``: ja or en)."""
        from xlsxwriter import Workbook as Book

        self._manifest, self._path = manifest, folder / NAME
        options = {"constant_memory": True, "tmpdir": str(folder), "in_memory": False}
        self._book = Book(self._path, options)
        self._book.set_properties({"created": MADE, "title": "hakusho"})
        language = manifest["settings"].get("lang")
        self._look = Look(
            language if language in LANGUAGES else LANGUAGES[0],
            words(),
            self._book.add_format({"bold": True, "font_size": 14}),
            self._book.add_format({"bold": True, "bg_color": "#E8EDF3", "valign": "top"}),
            self._book.add_format({"num_format": "yyyy-mm-dd", "align": "left"}),
            self._book.add_format({"num_format": "0.000"}),
        )
        self._labels = labels_among(label for row in manifest["documents"] for label in row["mentions"])
        self._overview = TableSheet(self._book, "documents", self._look, self._labels)
        self._sheets = {table: TableSheet(self._book, table, self._look) for table in (*OVER_ALL, *OF_TYPES)}
        for sheet in self._sheets.values():
            sheet.begin()

    def add(self, document: Standing, made: Mapping[str, list[tuple[str, ...]]]) -> None:
        """Take in a document."""
        for table, sheet in self._sheets.items():
            for row in made[table] if table in made else document.rows(table):
                sheet.add_texts(row)

    def close(self) -> Iterator[Path]:
        """Write the overview and what columns mean, end the file, and yield where it is.

        Raises:
            HakushoError: It cannot be written.
        """
        from xlsxwriter.exceptions import XlsxWriterException

        for sheet in self._sheets.values():
            sheet.close()
        self._explain()
        self._write_overview()
        try:
            self._book.close()
        except XlsxWriterException as error:
            for sheet in self._book.worksheets():  # it leaves the files of rows open
                sheet.row_data_fh.close()
            raise unwritten(self._path, error) from None
        yield self._path

    def _write_overview(self) -> None:
        self._overview.say(self._lines())
        self._overview.begin()
        rows = self._manifest["documents"]
        for row, cells in zip(rows, document_rows(self._manifest), strict=True):
            counts = [row["mentions"].get(label, 0) for label in self._labels]
            self._overview.add([*cells, *counts])
        self._overview.close()

    def _lines(self) -> Iterator[str]:
        look, rows = self._look, self._manifest["documents"]
        mentions = sum(sum(row["mentions"].values()) for row in rows)
        yield look.word("phrase", "title")
        counts = {"documents": f"{len(rows):,}", "mentions": f"{mentions:,}"}
        yield look.word("phrase", "made").format(version=made_by(), **counts)
        yield look.word("phrase", "hint").format(columns=look.word("sheet", "columns"))
        for name, count in vars(look.limits).items():
            if count:
                yield look.word("phrase", name).format(count=f"{count:,}")

    def _explain(self) -> None:
        """Write what each column of each sheet means."""
        look = self._look
        heads = ["sheet", "heading", "column", "type", "meaning"]
        wanted = [(look.word("phrase", name), "string", look.width("phrase", name)) for name in heads]
        sheet = Sheet(self._book, look.word("sheet", "columns"), wanted, look)
        sheet.begin()
        for table in ("documents", *self._sheets):
            name = look.word("sheet", "overview" if table == "documents" else table)
            for column in described(table):
                meaning = column.ja if look.language == "ja" else column.en
                heading = look.word("column", column.name)
                sheet.add([name, heading, column.name, column.type, meaning.replace("`", "")])
        sheet.close()
