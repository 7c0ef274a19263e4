"""What tables and displays read of a document."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from pipeline.model.entity import Entity
    from pipeline.model.nearly import NearlyFound
    from pipeline.model.page import Block
    from pipeline.model.sentence import Analysis, Sentence
    from pipeline.model.source import Source


class Analysed(Protocol):
    """A document over which the flow has run; see :class:`pipeline.Document`."""

    @property
    def source(self) -> Source:
        """What was analysed."""

    @property
    def blocks(self) -> tuple[Block, ...]:
        """The blocks in text order."""

    @property
    def analyses(self) -> tuple[Analysis, ...]:
        """The sentences with their tokens, in text order."""

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """The sentences in text order."""

    @property
    def entities(self) -> tuple[Entity, ...]:
        """The mentions in text order."""

    @property
    def candidates(self) -> tuple[NearlyFound, ...]:
        """What was nearly found, in text order."""

    @property
    def analyzer(self) -> str:
        """``ginza`` or ``sudachi``."""
