"""What the flow returns for one source: typed objects, and the same as pandas frames."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pipeline import roster, tables

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

    from pipeline.model import Analysis, Block, Entity, Repair, Sentence, Source, Text, Token


@dataclass(frozen=True, slots=True)
class Document:
    """All that is known of one source after the flow has run over it.

    ``repairs`` are those that the structure made: what it took out of the sentences, and why; those of single
    characters are in ``text.repairs``.
    """

    source: Source
    text: Text
    blocks: tuple[Block, ...]
    analyses: tuple[Analysis, ...]
    entities: tuple[Entity, ...]
    analyzer: str = ""
    versions: dict[str, str] = field(default_factory=dict)
    repairs: tuple[Repair, ...] = ()

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """The sentences in text order."""
        return tuple(analysis.sentence for analysis in self.analyses)

    @property
    def tokens(self) -> tuple[tuple[Token, ...], ...]:
        """The tokens of each sentence, in the order of :attr:`sentences`."""
        return tuple(analysis.tokens for analysis in self.analyses)

    def rows(self, table: tables.TableName) -> Iterator[tuple[tables.Cell, ...]]:
        """Yield the rows of ``table``, cells in the order of ``tables.columns(table)``."""
        return tables.joined(table, self.typed_rows(table))

    def typed_rows(self, table: tables.TableName) -> Iterator[tuple[tables.Value, ...]]:
        """Yield the same rows with lists as tuples of strings, not yet joined for a cell."""
        if table == "organizations":
            return roster.typed_rows(self.source.doc_id, self.entities)
        return tables.typed_rows(self, table)

    def to_frame(self, table: tables.TableName) -> pd.DataFrame:
        """Return a table as a frame, as in the files: one of ``tables.TableName``.

        Raises:
            ValueError: ``table`` is none of these.
        """
        import pandas as pd

        columns = tables.columns(table)
        return pd.DataFrame(self.rows(table), columns=list(columns))
