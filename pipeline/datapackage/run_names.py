"""The names of a run, and where each is mentioned, as they are looked up in ``hakusho.sqlite``.

They are read once into a database of their own, which SQLite keeps in memory or, where they are many, in a
file for the time being. Sentences stay where they are until they are shown.
"""

from __future__ import annotations

import sqlite3
import unicodedata
from typing import TYPE_CHECKING, Any

from pipeline.datapackage.database import NAME
from pipeline.datapackage.frictionless import run_id
from pipeline.entities import labels_among, tells_time
from pipeline.export.held import refuse_links
from pipeline.model.cells import LIST_MARK
from pipeline.model.entity import value_year
from pipeline.model.errors import HakushoError
from pipeline.report.explore import shown_document

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

# What is held of the run: its documents, its names, where each name is mentioned, and how often in which.
HELD = """
CREATE TABLE doc (d INTEGER PRIMARY KEY, year INTEGER, publisher TEXT, characters INTEGER);
CREATE TABLE name (n INTEGER PRIMARY KEY, label TEXT, name TEXT, kind TEXT, act TEXT, count INTEGER,
    folded TEXT, hay TEXT, UNIQUE (label, name));
CREATE TABLE mention (m INTEGER PRIMARY KEY, n INTEGER, d INTEGER, s INTEGER, of INTEGER, surface TEXT,
    place TEXT, year INTEGER);
"""
INDEXED = """
CREATE INDEX of_name ON mention (n);
CREATE INDEX of_sentence ON mention (s, n);
CREATE INDEX of_year ON mention (year, n) WHERE year IS NOT NULL;
CREATE INDEX of_act ON name (act) WHERE act <> '';
CREATE TABLE held (n INTEGER, d INTEGER, count INTEGER, PRIMARY KEY (n, d)) WITHOUT ROWID;
INSERT INTO held SELECT n, d, count(*) FROM mention GROUP BY n, d;
"""
MENTIONS = """
SELECT rowid, doc_id, sentence_id, label, surface, norm, start_date, end_date, article, paragraph, item, kind,
    law_id
FROM run.mentions WHERE sentence_id IS NOT NULL ORDER BY rowid
"""


class RunNames:
    """A run's database, with its names beside it.

    Attributes:
        documents: What the page says of each.
        labels: Those of the run.
        counts: How many names there are, and how many mentions.
        base: The connection: the tables below, and those of the run under ``run``.
    """

    def __init__(self, folder: Path, manifest: Mapping[str, Any]) -> None:
        """Read the names of a run.

        Args:
            folder: The output folder of the run.
            manifest: The content of its ``run.json``.

        Raises:
            HakushoError: The folder has no database, or one that cannot be read or is of another run.
        """
        self._path = folder / NAME
        if not (self._path.is_file() or self._path.is_symlink()):
            raise HakushoError(f"{self._path}: is missing: run 'hakusho run' with --format csv,html,sqlite")
        refuse_links(self._path, folder)
        self.documents = [shown_document(row) for row in manifest["documents"]]
        self.base = sqlite3.connect("", isolation_level=None, check_same_thread=False, uri=True)
        try:
            self.base.execute("ATTACH ? AS run", [f"{self._path.resolve().as_uri()}?mode=ro"])
            self._check(run_id(manifest))
            self._fill()
        except sqlite3.Error:
            self.base.close()
            raise HakushoError(
                f"{self._path}: is damaged: run 'hakusho run' with --format sqlite again"
            ) from None

    def _check(self, wanted: str) -> None:
        found = self.base.execute("SELECT value FROM run.about WHERE name = 'run'").fetchone()
        if found != (wanted,):
            self.base.close()
            raise HakushoError(
                f"{self._path}: is of another run than run.json: run 'hakusho run' with --format sqlite again"
            )

    def _fill(self) -> None:
        self.base.execute("PRAGMA journal_mode = OFF")
        self.base.executescript(HELD)
        self.base.execute("BEGIN")
        rows = ((d, doc["year"], doc["publisher"], doc["characters"]) for d, doc in enumerate(self.documents))
        self.base.executemany("INSERT INTO doc VALUES (?, ?, ?, ?)", rows)
        names = _Read()
        numbers = {doc["id"]: d for d, doc in enumerate(self.documents)}
        found = names.mentions(self.base.execute(MENTIONS), numbers)
        self.base.executemany("INSERT INTO mention VALUES (NULL, ?, ?, ?, ?, ?, ?, ?)", found)
        self.base.executemany("INSERT INTO name VALUES (?, ?, ?, ?, ?, ?, ?, ?)", names.rows())
        self.base.execute("COMMIT")
        self.base.executescript(INDEXED)
        self.labels = labels_among(label for label, _ in names.numbers)
        (total,) = self.base.execute("SELECT count(*) FROM mention").fetchone()
        self.counts = len(names.numbers), total


class _Read:
    """The names of a run, as its mentions are read."""

    def __init__(self) -> None:
        self.numbers: dict[tuple[str, str], int] = {}
        self._about: list[list[Any]] = []  # kind, act, count
        self._forms: list[dict[str, None]] = []
        # What is said of a mention, to its names, place and year: most are said often.
        self._known: dict[tuple[Any, ...], tuple[list[int], str, int | None]] = {}

    def mentions(
        self, rows: Iterable[tuple[Any, ...]], documents: Mapping[str, int]
    ) -> Iterator[tuple[Any, ...]]:
        """Yield the row of each mention; one of several bodies has a row for each of them."""
        sentences: dict[str, int] = {}
        before, total = None, 0
        for of, doc_id, sentence, *said in rows:
            if doc_id != before:
                before, total, sentences = doc_id, total + len(sentences), {}
            number = total + sentences.setdefault(sentence, len(sentences))
            key = tuple(said)
            found = self._known.get(key) or self._known.setdefault(key, self._read(*said))
            names, place, year = found
            for n in names:
                self._about[n][2] += 1
                yield n, documents[doc_id], number, of, said[1], place, year

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
        n = self.numbers.setdefault((label, name), len(self.numbers))
        if n == len(self._about):
            self._about.append([kind, "", 0])
            self._forms.append({name: None})
        return n

    def rows(self) -> Iterator[tuple[Any, ...]]:
        """Yield the row of each name."""
        for (label, name), n in self.numbers.items():
            yield n, label, name, *self._about[n], fold(name), fold("\n".join(self._forms[n]))


def fold(text: str) -> str:
    """Return a text as a search compares it (``dom.js``)."""
    return unicodedata.normalize("NFKC", text).lower()


def _year(first: str | None, last: str | None) -> int | None:
    try:
        return value_year(first or "", last or "")
    except ValueError:  # somebody has edited it
        return None
