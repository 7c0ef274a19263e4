"""What the flow returns for one source: typed objects, and the same as pandas frames."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from pipeline import facts
from pipeline.document import display, tables
from pipeline.document.entities import Entities
from pipeline.entities import LABELS
from pipeline.model.extras import require

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

    from pipeline.model.cells import Cell, Value
    from pipeline.model.nearly import NearlyFound
    from pipeline.model.page import Block
    from pipeline.model.sentence import Analysis, Sentence, Token
    from pipeline.model.source import Repair, Source, Text


@dataclass(frozen=True, slots=True)
class Document:
    """What the flow found in one source.

    In a notebook it shows its first sentences with their mentions marked, and a table of those.

    Attributes:
        source: What was analysed; ``source.raw`` is the text that all offsets count in.
        text: The same cleaned.
        blocks: Headings, paragraphs, tables … in text order.
        analyses: The sentences with their tokens, in text order.
        entities: The mentions in text order, as :class:`Entities`.
        analyzer: ``ginza`` or ``sudachi``.
        versions: Of what the analyzer uses, by name.
        repairs: Those that the structure made: what it took out of the sentences, and why; those of single
            characters are in ``text.repairs``.
        candidates: What was nearly found, in text order; none of it is among the mentions.
        labels: The labels that were looked for, in the order in which pages and tables show them.
    """

    source: Source
    text: Text
    blocks: tuple[Block, ...]
    analyses: tuple[Analysis, ...]
    entities: Entities
    analyzer: str = ""
    versions: dict[str, str] = field(default_factory=dict)
    repairs: tuple[Repair, ...] = ()
    candidates: tuple[NearlyFound, ...] = ()
    labels: tuple[str, ...] = LABELS

    __repr__ = display.document_line
    _repr_html_ = display.document_html

    def __post_init__(self) -> None:
        if not isinstance(self.entities, Entities):
            object.__setattr__(self, "entities", Entities(self.entities))

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """The sentences in text order."""
        return tuple(analysis.sentence for analysis in self.analyses)

    @property
    def tokens(self) -> tuple[tuple[Token, ...], ...]:
        """The tokens of each sentence, in the order of :attr:`sentences`."""
        return tuple(analysis.tokens for analysis in self.analyses)

    def rows(self, table: tables.TableName) -> Iterator[tuple[Cell, ...]]:
        """Yield the rows of a table as a spreadsheet has them, lists joined by ``|``.

        Args:
            table: One of those of :meth:`to_frame`.
        """
        return tables.joined(table, self.typed_rows(table))

    def typed_rows(self, table: tables.TableName) -> Iterator[tuple[Value, ...]]:
        """Yield the same rows with lists as tuples of strings, not yet joined for a cell.

        Args:
            table: One of those of :meth:`to_frame`.
        """
        return tables.typed_rows(self, table)

    def to_frame(self, table: tables.TableName = "entities") -> pd.DataFrame:
        """Return a table as a pandas frame: one row for each mention, organization, sentence ….

        Columns, their order, units and meaning are those of ``docs/reference/columns.md``: spans are
        half-open code points of the raw text, a list is one text joined by ``|``. Whole numbers that can be
        missing (``era_year``, ``row``) are pandas' ``Int64``; an empty text is ``""``.

        Args:
            table: ``entities`` (every mention), ``organizations``, ``dates``, ``laws`` (with the columns of
                each), ``sentences``, ``tokens`` or ``blocks``.

        Returns:
            A frame of as many rows as the table has, with the same columns whatever the document holds.

        Raises:
            ValueError: ``table`` is none of these.
            HakushoError: pandas is not installed (``lean.txt``).
        """
        require("to_frame", ("pandas",))
        import pandas as pd  # half a second, which those who want no frame save

        columns = list(tables.columns(table))
        frame = pd.DataFrame(list(self.rows(table)), columns=columns)
        kinds = _numbers(table)
        if frame.empty:
            return frame.astype({name: kinds.get(name, "str") for name in columns})
        return frame.astype({name: kind for name, kind in kinds.items() if name in columns})


@cache
def _numbers(table: str) -> dict[str, str]:
    """Return the type of pandas for the columns of ``table`` that hold numbers."""
    rows = [row for row in facts.rows("columns.csv") if row["table"] == table]
    whole = {r["column"]: "int64" if r["required"] else "Int64" for r in rows if r["type"] == "integer"}
    return whole | {r["column"]: "float64" for r in rows if r["type"] == "number"}
