"""``tokens.csv``, by far the longest table: the cells of a word are worked out once for each word."""

from __future__ import annotations

import csv
import re
from functools import cache
from typing import TYPE_CHECKING, Any

from pipeline.document import tables
from pipeline.model.cells import Cell, Lines, defused
from pipeline.model.sentence import Token

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.document.document import Document

SPECIAL = re.compile(r'["\n\r]')


SENTENCES = 1000
"""Rows written at once: a table as long as a book would not fit into memory twice."""


def tokens_csv(document: Document) -> Iterator[str]:
    """Yield the table of tokens in pieces, the same text as :func:`pipeline.export.csv_text` gives."""
    yield csv_cells(tables.TOKEN_COLUMNS) + "\n"
    written = _Written()
    doc_id = csv_cells((document.source.doc_id, ""))[:-1]
    lines: list[str] = []
    for number, analysis in enumerate(document.analyses, 1):
        sentence, tokens = analysis.sentence, analysis.tokens
        starts, ends, place = sentence.starts, sentence.ends, f"{doc_id},{sentence.sentence_id}"
        # Only a token with a place in a tree differs from others of its word.
        behind = written.__getitem__ if tokens and tokens[0].head < 0 else written.make
        lines += [
            f"{place},{i},{starts[token[0]]},{ends[token[1] - 1]},{behind(token[2:])}"
            for i, token in enumerate(tokens)
        ]
        if number % SENTENCES == 0:
            yield "\n".join([*lines, ""]) if lines else ""
            lines.clear()
    yield "\n".join([*lines, ""]) if lines else ""


class _Written(dict[tuple[Any, ...], str]):
    """What stands in a row behind the offsets, by all fields of a token behind them."""

    def __init__(self) -> None:
        self._words: dict[tuple[Any, ...], tuple[str, str]] = {}
        self._small = cache(lambda cell: csv_cells((cell, ""))[:-1])

    def __missing__(self, fields: tuple[Any, ...]) -> str:
        self[fields] = found = self.make(fields)
        return found

    def make(self, fields: tuple[Any, ...]) -> str:
        """Write it; the cells of a word once for each word."""
        word, (upos, dep, head, bunsetsu) = fields[:6], fields[6:]
        cells = self._words.get(word)
        if cells is None:
            surface, pos, lemma, reading, norm, _ = word
            token = Token(0, len(surface), *word)
            cells = self._words[word] = (
                csv_cells((surface, lemma, norm, reading, pos)),
                csv_cells(tables.units(token)),
            )
        return (
            f"{cells[0]},{self._small(upos)},{head if head >= 0 else ''},{self._small(dep)},"
            f"{bunsetsu if bunsetsu >= 0 else ''},{cells[1]}"
        )


def csv_cells(cells: Sequence[Cell]) -> str:
    """Return two or more cells as part of a row of CSV, defused for spreadsheets."""
    row = [defused(cell) for cell in cells]
    plain = ",".join(map(str, row))
    if plain.count(",") == len(row) - 1 and None not in row and not SPECIAL.search(plain):
        return plain
    lines = Lines()
    csv.writer(lines, lineterminator="\r\n").writerow(row)
    return lines[0][:-1]
