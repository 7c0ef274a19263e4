"""``hakusho.sqlite``: the tables of all documents in one database, with full-text search of the sentences.

The index holds all sequences of three characters (FTS5's tokenizer ``trigram``), since Japanese has no blanks
between words. For one or two characters there is ``LIKE`` on the table ``sentences``, which reads all of
them; on the index itself some versions of SQLite find nothing so short.
"""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING, Any

from pipeline.datapackage.documents import document_rows
from pipeline.datapackage.frictionless import run_id
from pipeline.datapackage.names import HELD, OF_SENTENCES, Names
from pipeline.datapackage.names import INDEXED as OF_NAMES
from pipeline.datapackage.standing import OF_TYPES, unwritten
from pipeline.document.tables import columns
from pipeline.export.schema import TABLES_SCHEMA, made_by
from pipeline.export.schema import columns as described
from pipeline.model.errors import HakushoError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from pipeline.datapackage.standing import Standing

NAME = "hakusho.sqlite"
OF_DOCUMENTS = ("sentences", *OF_TYPES)
OVER_ALL = ("mentions", "relations")
TYPES = {"integer": "INTEGER", "number": "REAL"}
# What is looked up: other columns are read through.
INDEXED = {
    "sentences": ("doc_id, sentence_id",),
    "mentions": ("doc_id, entity_id", "norm", "label, start_date"),
    "relations": ("doc_id, sentence_id", "organization", "law", "start_date"),
    "organizations": ("doc_id, norm", "norm"),
    "dates": ("doc_id, entity_id", "start_date"),
    "laws": ("doc_id, entity_id", "norm", "law_id"),
}
EXPLAINED = 'CREATE TABLE columns ("table" TEXT, name TEXT, type TEXT, unit TEXT, en TEXT, ja TEXT)'
# Datasette finds the index by ``content="sentences"``, spelled so.
SEARCH = (
    "CREATE VIRTUAL TABLE sentences_fts USING fts5"
    """(surface, content="sentences", content_rowid='rowid', tokenize='trigram')"""
)


class Database:
    """The database, as it grows."""

    def __init__(self, manifest: Mapping[str, Any], folder: Path) -> None:
        """Begin it with what the run is, its documents, and what each column means."""
        self._path, self._names = folder / NAME, Names()
        self._base = sqlite3.connect(self._path, isolation_level=None)
        try:
            self._create(manifest)
        except sqlite3.Error as error:
            raise self._fault(error) from None

    def _create(self, manifest: Mapping[str, Any]) -> None:
        # The file is nobody's until it is copied: what a crash leaves of it is thrown away.
        self._base.execute("PRAGMA journal_mode = OFF")
        self._base.execute("PRAGMA synchronous = OFF")
        self._base.execute("BEGIN")
        self._base.execute(EXPLAINED)
        for table in ("documents", *OVER_ALL, *OF_DOCUMENTS):
            self._base.execute(f"CREATE TABLE {table} ({', '.join(_columns(table))})")
            rows = [(c.name, c.type, c.unit, c.en, c.ja) for c in described(table)]
            self._base.executemany(
                "INSERT INTO columns VALUES (?, ?, ?, ?, ?, ?)", [(table, *row) for row in rows]
            )
        for statement in HELD.split(";"):
            self._base.execute(statement)
        self._insert("documents", document_rows(manifest))
        about = {"run": run_id(manifest), "version": made_by(), "schema": TABLES_SCHEMA}
        self._base.execute("CREATE TABLE about (name TEXT PRIMARY KEY, value TEXT)")
        self._base.executemany("INSERT INTO about VALUES (?, ?)", about.items())

    def _insert(self, table: str, rows: Iterable[Iterable[Any]]) -> None:
        """Add rows; an empty cell is NULL. SQLite makes numbers of the texts in columns of numbers."""
        marks = ", ".join("?" * len(columns(table)))
        cells = ([None if cell == "" else cell for cell in row] for row in rows)
        self._base.executemany(f"INSERT INTO {table} VALUES ({marks})", cells)  # noqa: S608 -- names of ours

    def add(self, document: Standing, made: Mapping[str, list[tuple[str, ...]]]) -> None:
        """Take in a document.

        Raises:
            HakushoError: The database cannot be written.
        """
        try:
            for table in OVER_ALL:
                self._insert(table, made[table])
            found = self._names.document(made["mentions"], document.rows("sentences", *OF_SENTENCES))
            self._base.executemany(
                "INSERT INTO explorer_mentions VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?)", found
            )
            for table in OF_DOCUMENTS:
                self._insert(table, document.rows(table))
        except sqlite3.Error as error:
            raise self._fault(error) from None

    def close(self) -> Iterator[Path]:
        """Make the indices, end the file, and yield where it is.

        Raises:
            HakushoError: The database cannot be written.
        """
        try:
            for table, wanted in INDEXED.items():
                for number, names in enumerate(wanted, 1):
                    self._base.execute(f"CREATE INDEX {table}_{number} ON {table} ({names})")
            rows = self._names.rows()
            self._base.executemany("INSERT INTO explorer_names VALUES (?, ?, ?, ?, ?, ?, ?, ?)", rows)
            for statement in (*OF_NAMES, SEARCH):
                self._base.execute(statement)
            for order in ("rebuild", "optimize"):
                self._base.execute("INSERT INTO sentences_fts(sentences_fts) VALUES (?)", [order])
            self._base.execute("COMMIT")
        except sqlite3.Error as error:
            raise self._fault(error) from None
        self._base.close()
        yield self._path

    def _fault(self, error: sqlite3.Error) -> HakushoError:
        self._base.close()
        return unwritten(self._path, error)


def check_search() -> None:
    """Make sure that this Python's SQLite can search texts; raises HakushoError if not."""
    base = sqlite3.connect(":memory:")
    try:
        base.execute("CREATE TABLE sentences (surface)")
        base.execute(SEARCH)
    except sqlite3.Error:
        raise HakushoError(
            "--format sqlite needs SQLite 3.34 or newer with FTS5, and this Python has "
            f"{sqlite3.sqlite_version}: leave sqlite out, or take another Python"
        ) from None
    finally:
        base.close()


def _columns(table: str) -> Iterator[str]:
    for column in described(table):
        kind = f'"{column.name}" {TYPES.get(column.type, "TEXT")}'
        if column.name == "doc_id":
            kind += " PRIMARY KEY" if table == "documents" else " REFERENCES documents(doc_id)"
        yield kind
