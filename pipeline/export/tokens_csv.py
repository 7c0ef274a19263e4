"""``tokens.csv``, by far the longest table: the cells of a word are worked out once for each word."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pipeline.document import tables
from pipeline.model.cells import csv_lines
from pipeline.model.sentence import Token

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.document.document import Document

SENTENCES = 1000
"""Rows written at once: a table as long as a book would not fit into memory twice."""


def tokens_csv(document: Document) -> Iterator[str]:
    """Yield the table of tokens in pieces, the same text as :func:`pipeline.export.csv_text` gives."""
    yield csv_lines([tables.TOKEN_COLUMNS])
    written = _Written()
    doc_id = csv_lines([(document.source.doc_id, "")])[:-2]
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

    def __missing__(self, fields: tuple[Any, ...]) -> str:
        self[fields] = found = self.make(fields)
        return found

    def make(self, fields: tuple[Any, ...]) -> str:
        """Write it."""
        surface, pos, lemma, reading, norm, units, upos, dep, head, bunsetsu = fields
        parts = tables.units(Token(0, len(surface), *fields)) if units else (surface, surface)
        row = (
            surface, lemma, norm, reading, pos, upos, str(head) if head >= 0 else "", dep,
            str(bunsetsu) if bunsetsu >= 0 else "", *parts,
        )  # fmt: skip
        return csv_lines([row])[:-1]
