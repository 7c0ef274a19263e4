"""The page on which a whole run is explored: names over documents and years, in their sentences.

The page is one file without any network. It holds the names, the mentions and the sentences with mentions as
arrays of numbers and texts, so that 24 editions (150,000 mentions) open and answer at once.
"""

from __future__ import annotations

import json
from itertools import accumulate
from typing import TYPE_CHECKING, Any

from pipeline.entities import labels_among, tells_time
from pipeline.model.cells import LIST_MARK
from pipeline.model.entity import value_year
from pipeline.report.pages import asset, page, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    Row = Mapping[str, str]

SCRIPTS = ("dom.js", "table.js", "explore_data.js", "explore_name.js", "explore_views.js", "explore.js")

DIGITS = 12  # of an offset, at most; more is no place in a text (決め打ち)


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
        # A mention each: name, sentence, offset in it (UTF-16 units, as in a browser; -1: not known), text,
        # place in a law, year.
        self.mentions: list[list[int]] = [[], [], [], [], [], []]

    def add(self, row: Mapping[str, Any], entities: Iterable[Row], sentences: Iterable[Row]) -> None:
        """Add a document.

        Args:
            row: What ``run.json`` says of it.
            entities: The rows of its ``entities.csv``, in the order of the text, without the apostrophes of
                cells that a spreadsheet would run; a ``start`` that is no number is not known.
            sentences: The rows of its ``sentences.csv``, likewise.
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
        places: dict[str, _Places] = {}
        for entity in entities:
            found = texts.get(entity["sentence_id"])
            if found is None:
                continue
            if entity["sentence_id"] not in numbers:
                numbers[entity["sentence_id"]] = self._sentence(found)
                places[entity["sentence_id"]] = _Places(found)
            at = places[entity["sentence_id"]].units(entity["surface"], entity["start"])
            self._mention(entity, numbers[entity["sentence_id"]], at, spoken)

    def _sentence(self, found: Row) -> int:
        self.sentences.append(found["surface"])
        self.sections.append(self._text(found["section"]))
        self.sentence_document.append(len(self.documents) - 1)
        return len(self.sentences) - 1

    def _mention(self, entity: Row, sentence: int, at: int, spoken: int | None) -> None:
        label, surface = entity["label"], entity["surface"]
        first, last = entity["start_date"], entity["end_date"]
        year = value_year(first, last) if tells_time(label) else spoken
        place = "|".join(entity[name] for name in ("article", "paragraph", "item")).rstrip("|")
        for name in (entity["norm"] or surface).split(LIST_MARK):
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


class _Places:
    """Where mentions stand in a sentence as it is shown: cleaned, while their offsets are of the raw text."""

    def __init__(self, sentence: Row) -> None:
        """Count what tells places of the cleaned text from those of the raw text, and from UTF-16 units."""
        self._text, self._start, raw = sentence["surface"], sentence["start"], sentence["text"]
        self._same = self._text == raw
        self._blanks = [] if self._same else [0, *accumulate(map(str.isspace, raw))]
        self._letters = [] if self._same else [n for n, char in enumerate(self._text) if not char.isspace()]
        wide = max(self._text, default="") > "\uffff"
        self._units = [0, *accumulate(1 + (char > "\uffff") for char in self._text)] if wide else None

    def units(self, surface: str, start: str) -> int:
        """Return how many UTF-16 units stand before the mention at ``start`` of the raw text.

        Cleaning changes few letters, so that the place is where its text stands next to as many letters as
        stand before it in the raw text; -1 where its text does not stand in the sentence, or stands there
        more than once and ``start`` is not known.
        """
        if _is_offset(start) and _is_offset(self._start):
            at = self._nearest(surface, self._near(int(start) - int(self._start)))
        else:
            at = self._text.find(surface) if self._text.count(surface) == 1 else -1
        return at if at < 0 or self._units is None else self._units[at]

    def _near(self, offset: int) -> int:
        if self._same:
            return max(0, min(offset, len(self._text)))
        offset = max(0, min(offset, len(self._blanks) - 1))
        before = offset - self._blanks[offset]  # so many letters
        return self._letters[before] if before < len(self._letters) else len(self._text)

    def _nearest(self, surface: str, near: int) -> int:
        if self._text.startswith(surface, near):
            return near
        behind = self._text.find(surface, near)
        first = max(0, 2 * near - behind) if behind >= 0 else 0  # what lies farther off is not the nearest
        ahead = self._text.rfind(surface, first, near + len(surface))
        both = [at for at in (behind, ahead) if at >= 0]
        return min(both, key=lambda at: abs(at - near)) if both else -1


def _is_offset(cell: str) -> bool:
    return cell.isdecimal() and len(cell) <= DIGITS
