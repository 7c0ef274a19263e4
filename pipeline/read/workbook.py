"""Excel workbooks (.xlsx): the visible sheets one after the other, each row a row of a table.

Cells are as Excel shows them (see ``sheet_formats.py``). One that is merged over several rows stands in
each of them, one over several columns in the first, as on a page. Readings (phonetic guides), comments,
formulas and hidden sheets are left out. Elements are those of ECMA-376 (SpreadsheetML).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.model.errors import HakushoError
from pipeline.read.office import relations
from pipeline.read.pieces import Extract, Piece, joined
from pipeline.read.separated import plain, tables
from pipeline.read.sheet import MOST_CELLS, Sheet, read_book
from pipeline.read.xml_events import events

if TYPE_CHECKING:
    from pipeline.read.archive import Archive

# Names of sheets that say nothing.
UNNAMED = re.compile(r"(?:Sheet|シート|Table|表) ?\d*", re.IGNORECASE)


def read_workbook(archive: Archive, main: str, where: str) -> Extract:
    """Return the text of a workbook.

    Raises:
        HakushoError: It is damaged, has too many cells, or holds no text.
    """
    of = relations(archive, main, where)
    book = read_book(archive, main, where, plain)
    pieces: list[Piece] = []
    warnings: dict[str, None] = {}
    cells = 0
    for name, relation, visible in book.sheets:
        target = of[relation].target if relation in of and of[relation].kind == "worksheet" else ""
        if not visible and target:
            warnings[f"the hidden sheet {name!r} is left out"] = None
        elif target:
            sheet = Sheet(book, where, MOST_CELLS - cells)
            sheet.read(events(archive.read(target), where))
            cells += sheet.cells
            warnings.update(dict.fromkeys(sheet.warnings))
            rows = list(tables(sheet.rows()))
            if rows and not UNNAMED.fullmatch(name):
                pieces.append(Piece(plain(name), "heading", 1))
            pieces.extend(rows)
    if not pieces:
        raise HakushoError(f"{where}: is an Excel workbook without text: give one with the table")
    text, told = joined(pieces)
    return Extract(text, "", "xlsx", warnings=tuple(warnings), told=told)
