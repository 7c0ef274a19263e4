"""What a run is judged against, and what its corrections change: nothing, a gold, or two people's."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.document.entities import Entities
from pipeline.model.errors import HakushoError
from pipeline.runs.reports import entity_of_gold, hold_against
from pipeline.scoring.gold import mentions_of, read_mentions
from pipeline.scoring.pairs import pair

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from pipeline.document.document import Document
    from pipeline.report import Verdicts
    from pipeline.scoring.gold import GoldMention


class Annotations:
    """Gold files beside a run."""

    def __init__(self, gold: Path | None, second: Path | None = None) -> None:
        """Read them.

        Args:
            gold: What to judge against and to start from; without it, the run's own mentions.
            second: What somebody else annotated: each difference from ``gold`` is to be settled.

        Raises:
            HakushoError: A file cannot be read, or there is a second one only.
        """
        if second and not gold:
            raise HakushoError(f"--second {second}: found no --gold; wanted the first annotation: add it")
        self._gold = read_mentions(gold) if gold else None
        self._second = read_mentions(second) if second else None
        self._counts: dict[str, int] = {}

    @property
    def two(self) -> bool:
        """Whether the differences of two annotations are to be settled."""
        return self._second is not None

    def count(self, doc_id: str) -> int | None:
        """Return how many mentions of a document there are to settle; None if they are those of the run."""
        if self._second is None:
            return None
        if doc_id not in self._counts:
            first, second = (
                [m for m in side if m.doc_id == doc_id] for side in (self._gold or (), self._second)
            )
            self._counts[doc_id] = len(first)
            with suppress(HakushoError):  # of two texts: the page of the document says so
                self._counts[doc_id] += sum(case.right is None for case in pair(second, first, {}))
        return self._counts[doc_id]

    def base(self, document: Document) -> Sequence[GoldMention]:
        """Return the mentions that corrections change."""
        if self._gold is None:
            return tuple(replace(m, rule="") for m in mentions_of(document.entities))
        return _those(self._gold, document)

    def shown(self, document: Document) -> tuple[Document, Verdicts | None]:
        """Return the document as its page shows it, and what the other side says of each mention.

        With two annotations the mentions are those of the first one, and what the run found is left out.
        """
        golden = _those(self._gold or (), document)
        if self._second is not None:
            found = Entities(entity_of_gold(g, document) for g in golden)
            alone = replace(document, entities=found, candidates=())
            return hold_against(alone, _those(self._second, document))
        return hold_against(document, golden) if golden else (document, None)


def _those(mentions: Sequence[GoldMention], document: Document) -> list[GoldMention]:
    return [m for m in mentions if m.doc_id == document.source.doc_id]
