"""The page on which a whole run is explored: names over documents and years, in their sentences.

The page is one file without any network. It holds the names, the mentions and the sentences with mentions as
arrays of numbers and texts, so that 24 editions (150,000 mentions) open and answer at once.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from pipeline.entities import labels_among, over_time, tells_time
from pipeline.model.cells import LIST_MARK
from pipeline.model.entity import value_year
from pipeline.report.pages import asset, page, words
from pipeline.report.places import Places

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    Row = Mapping[str, str]

# Where the answers come from stands in between: the page's own data, or a server.
BEFORE = ("dom.js", "table.js", "explore_shown.js")
BEHIND = ("explore_name.js", "explore_views.js", "explore.js")


class Explorer:
    """What the page holds: documents, names, sentences and mentions, each as arrays of equal length.

    A mention of several bodies (陸・海・空自) counts for each of them. One without a norm stands under its text.
    """

    def __init__(self) -> None:
        """Begin with nothing."""
        self.documents: list[dict[str, Any]] = []
        self._names: dict[tuple[str, str], int] = {}
        self._kinds: list[str] = []
        self._acts: list[str] = []
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
        self.documents.append(shown_document(row))
        spoken = self.documents[-1]["year"]
        texts = {one["sentence_id"]: one for one in sentences}
        numbers: dict[str, int] = {}
        places: dict[str, Places] = {}
        for entity in entities:
            found = texts.get(entity["sentence_id"])
            if found is None:
                continue
            if entity["sentence_id"] not in numbers:
                numbers[entity["sentence_id"]] = self._sentence(found)
                places[entity["sentence_id"]] = Places(found)
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
        names = (entity["norm"] or surface).split(LIST_MARK)
        for name in names:
            number = self._names.setdefault((label, name), len(self._names))
            if number == len(self._kinds):
                self._kinds.append(entity["kind"])
                self._acts.append("")
            if len(names) == 1:
                self._acts[number] = self._acts[number] or entity.get("law_id", "")
            values = (number, sentence, at, self._text(surface), self._text(place), year or 0)
            for column, value in zip(self.mentions, values, strict=True):
                column.append(value)

    def _text(self, text: str) -> int:
        return self._shared.setdefault(text, len(self._shared))

    def html(self) -> str:
        """Return the page."""
        labels = labels_among(label for label, _ in self._names)
        content = {
            "names": [
                [labels.index(label), name, kind]
                for (label, name), kind in zip(self._names, self._kinds, strict=True)
            ],
            "texts": [*self._shared],
            "sentences": self.sentences,
            "sections": self.sections,
            "in": self.sentence_document,
            "mentions": self.mentions,
            "over": self._over(),
        }
        counts = (len(self._names), len(self.mentions[0]))
        return explorer_page(self.documents, labels, counts, content)

    def _over(self) -> dict[int, list[tuple[str, str, str, int | None]]]:
        """Return for each name of which it is known the official names over time."""
        acts: dict[str, list[str]] = {}
        for (_, name), act in zip(self._names, self._acts, strict=True):
            if act:
                acts.setdefault(act, []).append(name)
        found = {}
        for ((label, name), number), act in zip(self._names.items(), self._acts, strict=True):
            lines = official_names(label, name, acts.get(act, ()))
            if lines:
                found[number] = [(*line, self._names.get((label, line[0]))) for line in lines]
        return found


def official_names(label: str, name: str, same: Sequence[str] = ()) -> list[tuple[str, str, str]]:
    """Return the official names over time of what ``name`` is, each with its first and last day, or nothing.

    Args:
        label: Of the name.
        name: A norm of the run.
        same: All norms of the run for the same act; those that the registry does not have come first, and
            have no days.
    """
    told = [(one.name, one.first, one.last) for one in over_time(label, name)]
    more = [(other, "", "") for other in same if other not in {text for text, _, _ in told}]
    return [*more, *told] if told or len(more) > 1 else []


def shown_document(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the page says of a document, from its row of ``run.json``."""
    source = row.get("source") or {}
    return {
        "id": row["doc_id"],
        "title": source.get("title") or row["doc_id"],
        "publisher": source.get("publisher", ""),
        "year": value_year(row["reference_date"] or "", ""),
        "characters": row["characters"],
        "page": "report.html" in (row.get("files") or ()),
    }


def explorer_page(
    documents: Sequence[Mapping[str, Any]],
    labels: Sequence[str],
    counts: tuple[int, int],
    content: Mapping[str, Any] | None = None,
) -> str:
    """Return the page of the explorer.

    Args:
        documents: As :func:`shown_document` gives them.
        labels: Those of the run.
        counts: How many names there are, and how many mentions.
        content: The data of the page; without it, the page asks the server that it came from.
    """
    own = json.loads(asset("explore_words.json"))
    answers = "explore_served.js" if content is None else "explore_data.js"
    timed = [tells_time(label) for label in labels]
    shared = {"documents": documents, "labels": labels, "timed": timed, "counts": counts}
    return page(
        "explore.html.j2",
        (*BEFORE, answers, *BEHIND),
        content=shared | dict(content or {}),
        served=content is None,
        labels=labels,
        explore_style=asset("explore.css"),
        words={language: known | own[language] for language, known in words().items()},
    )
