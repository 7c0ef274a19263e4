"""``tokens.csv``, by far the longest table: the cells of a word are worked out once for each word."""

from __future__ import annotations

import csv
import re
from functools import cache
from typing import TYPE_CHECKING

from pipeline.document import tables
from pipeline.model.cells import Cell, Lines, defused

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.document.document import Document

SPECIAL = re.compile(r'["\n\r]')


SENTENCES = 1000
"""Rows written at once: a table as long as a book would not fit into memory twice."""


def tokens_csv(document: Document) -> Iterator[str]:
    """Yield the table of tokens in pieces, the same text as :func:`pipeline.export.csv_text` gives."""
    yield csv_cells(tables.TOKEN_COLUMNS) + "\n"
    words: dict[tuple[object, ...], tuple[str, str]] = {}
    small = cache(lambda cell: csv_cells((cell, ""))[:-1])
    doc_id = small(document.source.doc_id)
    lines: list[str] = []
    for number, analysis in enumerate(document.analyses, 1):
        sentence = analysis.sentence
        starts, ends, place = sentence.starts, sentence.ends, f"{doc_id},{sentence.sentence_id}"
        for i, token in enumerate(analysis.tokens):
            start, end, *_, upos, dep, head, bunsetsu = token
            word = token[2:8]
            cells = words.get(word)
            if cells is None:
                cells = words[word] = (
                    csv_cells((token.surface, token.lemma, token.norm, token.reading, token.pos)),
                    csv_cells(tables.units(token)),
                )
            lines.append(
                f"{place},{i},{starts[start]},{ends[end - 1]},{cells[0]},{small(upos)},"
                f"{head if head >= 0 else ''},{small(dep)},{bunsetsu if bunsetsu >= 0 else ''},{cells[1]}"
            )
        if number % SENTENCES == 0:
            yield "\n".join([*lines, ""]) if lines else ""
            lines.clear()
    yield "\n".join([*lines, ""]) if lines else ""


def csv_cells(cells: Sequence[Cell]) -> str:
    """Return two or more cells as part of a row of CSV, defused for spreadsheets."""
    row = [defused(cell) for cell in cells]
    plain = ",".join(map(str, row))
    if plain.count(",") == len(row) - 1 and None not in row and not SPECIAL.search(plain):
        return plain
    lines = Lines()
    csv.writer(lines, lineterminator="\r\n").writerow(row)
    return lines[0][:-1]
