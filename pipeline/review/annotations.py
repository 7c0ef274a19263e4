"""What a run is judged against, and what its corrections change: nothing, a gold, or two people's."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from pipeline.datapackage.standing import Standing, number
from pipeline.document.entities import Entities
from pipeline.model.errors import HakushoError
from pipeline.model.nearly import free
from pipeline.runs.destination import Folder
from pipeline.runs.read_back import read_candidates
from pipeline.runs.reports import entity_of_gold, hold_against
from pipeline.scoring.gold import GoldMention, mentions_of, read_mentions
from pipeline.scoring.pairs import pair

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence, Set
    from pathlib import Path

    from pipeline.document.document import Document
    from pipeline.model.nearly import NearlyFound
    from pipeline.report import Verdicts
    from pipeline.review.entries import Place


class Annotations:
    """Gold files beside a run.

    Attributes:
        names: Of the files, as they were given.
    """

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
        self._places: dict[str, Set[Place]] = {}
        self.names = (str(gold or ""), str(second or ""))

    @property
    def two(self) -> bool:
        """Whether the differences of two annotations are to be settled."""
        return self._second is not None

    def both(self, doc_id: str) -> tuple[Sequence[GoldMention], Sequence[GoldMention]]:
        """Return what the first and what the second annotation has of a document."""
        return _of(self._gold or (), doc_id), _of(self._second or (), doc_id)

    def places(self, folder: Path, row: Mapping[str, Any]) -> Set[Place]:
        """Return label, start and end of each mention and candidate that the page of a document shows.

        Args:
            folder: The output folder of the run, whose tables are read once.
            row: What its ``run.json`` says of the document.
        """
        doc_id = row["doc_id"]
        if doc_id not in self._places:
            self._places[doc_id] = self._shown_places(folder, row)
        return self._places[doc_id]

    def forget(self, doc_id: str) -> None:
        """Count the places of a document anew, as its page reads its tables anew."""
        self._places.pop(doc_id, None)

    def _shown_places(self, folder: Path, row: Mapping[str, Any]) -> Set[Place]:
        """Return what :meth:`shown` and the page would show, without reading the text."""
        near: Sequence[NearlyFound] = ()
        wanted = _of(self._gold or (), row["doc_id"])
        if self._second is None:
            found = _written(folder, row["doc_id"])
            with suppress(HakushoError):  # damaged: the page of the document says so
                near = read_candidates(folder / row["doc_id"], row["characters"])
        else:
            found, wanted = wanted, _of(self._second, row["doc_id"])
        missed: list[GoldMention] = []
        with suppress(HakushoError):  # of two texts: the page of the document says so
            missed = [case.mention for case in pair(wanted, found, {}) if case.right is None]
        places = {(m.label, m.start, m.end) for m in (*found, *missed)}
        known = (c for c in near if c.label in row["mentions"])
        candidates = free(known, [(start, end) for _, start, end in places])
        return places | {(c.label, c.start, c.end) for c in candidates}

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
    return _of(mentions, document.source.doc_id)


def _of(mentions: Sequence[GoldMention], doc_id: str) -> list[GoldMention]:
    return [m for m in mentions if m.doc_id == doc_id]


def _written(folder: Path, doc_id: str) -> list[GoldMention]:
    """Return the places of the mentions of a run's document, as its table has them now."""
    document = Standing({"doc_id": doc_id, "source": {}, "files": ("entities.csv",)}, Folder(folder).read)
    rows = document.rows("entities", "doc_id", "label", "start", "end")
    return [GoldMention(doc_id, row[1], number(row[2]), number(row[3])) for row in rows if row[0] == doc_id]
