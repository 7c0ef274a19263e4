"""The page on which a whole run is explored: names over documents and years, in their sentences.

The page is one file without any network. It holds the names, the mentions and the sentences with mentions as
arrays of numbers and texts, so that 24 editions (150,000 mentions) open and answer at once.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from pipeline.entities import labels_among, tells_time
from pipeline.model.cells import LIST_MARK, plain
from pipeline.model.entity import value_year
from pipeline.report.pages import asset, page, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    Row = Mapping[str, str]

SCRIPTS = ("dom.js", "explore_data.js", "explore_name.js", "explore_views.js", "explore.js")


class Explorer:
    """What the page holds: documents, names, sentences and mentions, each as arrays of equal length.

    A mention of several bodies (陸・海・空自) counts for each of them. One without a norm stands under its text.
    """

    def __init__(self) -> None:
        """Begin with nothing."""
        self.documents: list[dict[str, Any]] = []
        self._names: dict[tuple[str, str], int] = {}
        self._kinds: list[str] = []
        self._shared: dict[str, int] = {}
        self.sentences: list[str] = []
        self.sections: list[int] = []
        self.sentence_document: list[int] = []
        # A mention each: name, sentence, offset in it (UTF-16 units, as in a browser), text, place, year.
        self.mentions: list[list[int]] = [[], [], [], [], [], []]

    def add(self, row: Mapping[str, Any], entities: Iterable[Row], sentences: Iterable[Row]) -> None:
        """Add a document.

        Args:
            row: What ``run.json`` says of it.
            entities: The rows of its ``entities.csv``, in the order of the text.
            sentences: The rows of its ``sentences.csv``.
        """
        source = row.get("source") or {}
        spoken = value_year(row["reference_date"] or "", "")
        self.documents.append(
            {
                "id": row["doc_id"],
                "title": source.get("title") or row["doc_id"],
                "publisher": source.get("publisher", ""),
                "year": spoken,
                "characters": row["characters"],
                "page": "report.html" in (row.get("files") or ()),
            }
        )
        texts = {one["sentence_id"]: one for one in sentences}
        numbers: dict[str, int] = {}
        read_to: dict[str, int] = {}
        for entity in entities:
            found = texts.get(entity["sentence_id"])
            if found is None:
                continue
            if entity["sentence_id"] not in numbers:
                numbers[entity["sentence_id"]] = self._sentence(found)
            at = _place(found["text"], plain(entity["surface"]), read_to.get(entity["sentence_id"], 0))
            read_to[entity["sentence_id"]] = at
            self._mention(entity, numbers[entity["sentence_id"]], _units(found["text"][:at]), spoken)

    def _sentence(self, found: Row) -> int:
        self.sentences.append(plain(found["text"]))
        self.sections.append(self._text(plain(found["section"])))
        self.sentence_document.append(len(self.documents) - 1)
        return len(self.sentences) - 1

    def _mention(self, entity: Row, sentence: int, at: int, spoken: int | None) -> None:
        label, surface = entity["label"], plain(entity["surface"])
        first, last = entity["start_date"], entity["end_date"]
        year = value_year(first, last) if tells_time(label) else spoken
        place = "|".join(entity[name] for name in ("article", "paragraph", "item")).rstrip("|")
        for name in (plain(entity["norm"]) or surface).split(LIST_MARK):
            number = self._names.setdefault((label, name), len(self._names))
            if number == len(self._kinds):
                self._kinds.append(entity["kind"])
            values = (number, sentence, at, self._text(surface), self._text(place), year or 0)
            for column, value in zip(self.mentions, values, strict=True):
                column.append(value)

    def _text(self, text: str) -> int:
        return self._shared.setdefault(text, len(self._shared))

    def html(self) -> str:
        """Return the page."""
        labels = labels_among(label for label, _ in self._names)
        content = {
            "documents": self.documents,
            "labels": labels,
            "timed": [tells_time(label) for label in labels],
            "names": [
                [labels.index(label), name, kind]
                for (label, name), kind in zip(self._names, self._kinds, strict=True)
            ],
            "texts": [*self._shared],
            "sentences": self.sentences,
            "sections": self.sections,
            "in": self.sentence_document,
            "mentions": self.mentions,
        }
        own = json.loads(asset("explore_words.json"))
        spoken = {language: known | own[language] for language, known in words().items()}
        return page(
            "explore.html.j2",
            SCRIPTS,
            content=content,
            labels=labels,
            explore_style=asset("explore.css"),
            words=spoken,
        )


def _place(text: str, surface: str, start: int) -> int:
    """Return where a mention stands in its sentence, from ``start`` on; ``start`` if written otherwise."""
    found = text.find(surface, start)
    return found if found >= 0 else max(text.find(surface), 0) if surface in text else start


def _units(text: str) -> int:
    """Return the length of a text as a browser counts it."""
    return len(text) + sum(char > "\uffff" for char in text)
