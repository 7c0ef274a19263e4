"""The names of a run, and where each is mentioned, as the explorer looks them up in ``hakusho.sqlite``.

They are made with the database, so that a run of any size is explored at once.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Any

from pipeline.document.tables import columns
from pipeline.entities import tells_time
from pipeline.model.cells import LIST_MARK
from pipeline.model.entity import value_year
from pipeline.report.places import Places

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

# The names; where each is mentioned (``of`` is the row in ``mentions``; documents and sentences are counted),
# and what stands around it, as the sentences are sorted by it; and how often it is in which document.
HELD = """
CREATE TABLE explorer_names (n INTEGER PRIMARY KEY, label TEXT, name TEXT, kind TEXT, act TEXT, count INTEGER,
    folded TEXT, hay TEXT, UNIQUE (label, name));
CREATE TABLE explorer_mentions (m INTEGER PRIMARY KEY, n INTEGER, d INTEGER, s INTEGER, "of" INTEGER,
    surface TEXT, place TEXT, year INTEGER, before TEXT, behind TEXT);
CREATE TABLE explorer_counts (n INTEGER, d INTEGER, count INTEGER, PRIMARY KEY (n, d)) WITHOUT ROWID;
"""
INDEXED = (
    "CREATE INDEX explorer_mentions_1 ON explorer_mentions (n)",
    "CREATE INDEX explorer_mentions_2 ON explorer_mentions (s, n)",
    "CREATE INDEX explorer_mentions_3 ON explorer_mentions (year, n) WHERE year IS NOT NULL",
    "CREATE INDEX explorer_names_1 ON explorer_names (act) WHERE act <> ''",
    "INSERT INTO explorer_counts SELECT n, d, count(*) FROM explorer_mentions GROUP BY n, d",
)
TURN = 12  # as in the page (templates/explore_shown.js)
OF_SENTENCES = ("sentence_id", "surface", "text", "start")
READ = (
    "start", "sentence_id", "label", "surface", "norm", "start_date", "end_date", "article", "paragraph",
    "item", "kind", "law_id",
)  # fmt: skip


class Names:
    """The names of a run, as its mentions are read, document by document."""

    def __init__(self) -> None:
        """Begin with no name."""
        self._numbers: dict[tuple[str, str], int] = {}
        self._about: list[list[Any]] = []  # kind, act, count
        self._forms: list[dict[str, None]] = []
        # What is said of a mention, to its names, place and year: most are said often.
        self._known: dict[tuple[Any, ...], tuple[list[int], str, int | None]] = {}
        self._places = [columns("mentions").index(name) for name in READ]
        self._documents = self._sentences = self._row = 0

    def document(
        self, rows: Iterable[Sequence[str]], sentences: Iterable[Sequence[str]]
    ) -> Iterator[tuple[Any, ...]]:
        """Yield the rows of the mentions of the next document; one of several bodies has one for each.

        Args:
            rows: Those of the table ``mentions``.
            sentences: Those of the sentences, with the cells of :data:`OF_SENTENCES`.
        """
        texts = {sentence: more for sentence, *more in sentences}
        numbers: dict[str, int] = {}
        for row in rows:
            self._row += 1
            start, sentence, *said = (row[at] for at in self._places)
            if sentence not in texts:
                continue
            number = self._sentences + numbers.setdefault(sentence, len(numbers))
            key = tuple(said)
            found = self._known.get(key) or self._known.setdefault(key, self._read(*said))
            names, place, year = found
            around = _around(said[1], start, *texts[sentence])
            for n in names:
                self._about[n][2] += 1
                yield n, self._documents, number, self._row, said[1], place, year, *around
        self._sentences += len(numbers)
        self._documents += 1

    def _read(
        self,
        label: str,
        surface: str,
        norm: str | None,
        first: str | None,
        last: str | None,
        *more: str | None,
    ) -> tuple[list[int], str, int | None]:
        *place, kind, act = more
        names = (norm or surface).split(LIST_MARK)
        numbers = [self._number(label, name, kind or "") for name in names]
        for n in numbers:
            self._forms[n][surface] = None
        if len(names) == 1:
            self._about[numbers[0]][1] = self._about[numbers[0]][1] or act or ""
        at = "|".join(part or "" for part in place).rstrip("|")
        return numbers, at, _year(first, last) if tells_time(label) else None

    def _number(self, label: str, name: str, kind: str) -> int:
        n = self._numbers.setdefault((label, name), len(self._numbers))
        if n == len(self._about):
            self._about.append([kind, "", 0])
            self._forms.append({name: None})
        return n

    def rows(self) -> Iterator[tuple[Any, ...]]:
        """Yield the row of each name."""
        for (label, name), n in self._numbers.items():
            yield n, label, name, *self._about[n], fold(name), fold("\n".join(self._forms[n]))


def _around(surface: str, start: str, shown: str, raw: str, begins: str) -> tuple[str, str]:
    """Return what stands before a mention, from right to left, and behind it; nothing if not known."""
    at = place_in(surface, start, shown, raw, begins)
    end = at + len(surface)
    return ("", "") if at < 0 else (shown[max(0, at - TURN) : at][::-1], shown[end : end + TURN])


def place_in(surface: str, start: str, shown: str, raw: str, begins: str) -> int:
    """Return how many code points stand before a mention in its sentence as shown; -1: not known."""
    if shown == raw and start.isdecimal() and begins.isdecimal():  # as nearly all
        at = int(start) - int(begins)
        if at >= 0 and shown.startswith(surface, at):
            return at
    return Places({"surface": shown, "text": raw, "start": begins}).at(surface, start)


def fold(text: str) -> str:
    """Return a text as a search compares it (``dom.js``)."""
    return unicodedata.normalize("NFKC", text).lower()


def _year(first: str | None, last: str | None) -> int | None:
    try:
        return value_year(first or "", last or "")
    except ValueError:  # somebody has edited it
        return None
