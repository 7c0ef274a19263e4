"""The database of a run as its explorer asks it: its names and mentions, and its documents."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING, Any

from pipeline.datapackage.database import NAME
from pipeline.datapackage.frictionless import run_id
from pipeline.entities import labels_among
from pipeline.export.held import refuse_links
from pipeline.model.errors import HakushoError
from pipeline.report.explore import shown_document

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

DOCUMENTS = "CREATE TABLE doc (d INTEGER PRIMARY KEY, year INTEGER, publisher TEXT, characters INTEGER)"
# What the answers call the tables of the explorer.
VIEWS = {"names": "name", "mentions": "mention", "counts": "held"}
# A view in the place of one may be a query without end.
TABLES = "SELECT name FROM run.sqlite_master WHERE type = 'table'"


class RunNames:
    """A run's database.

    Attributes:
        documents: What the page says of each.
        labels: Those of the run.
        counts: How many names there are, and how many mentions.
        base: The connection: the tables below, and those of the run under ``run``.
    """

    def __init__(self, folder: Path, manifest: Mapping[str, Any]) -> None:
        """Open the database of a run.

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
                f"{self._path}: is damaged, or made by an older version: "
                "run 'hakusho run' with --format sqlite again"
            ) from None

    def _check(self, wanted: str) -> None:
        self.base.execute("PRAGMA trusted_schema = OFF")
        tables = {name for (name,) in self.base.execute(TABLES)}
        if not {"about", "mentions", "sentences", *map("explorer_{}".format, VIEWS)} <= tables:
            raise sqlite3.DatabaseError
        found = self.base.execute("SELECT value FROM run.about WHERE name = 'run'").fetchone()
        if found != (wanted,):
            self.base.close()
            raise HakushoError(
                f"{self._path}: is of another run than run.json: run 'hakusho run' with --format sqlite again"
            )

    def _fill(self) -> None:
        self.base.execute(DOCUMENTS)
        for table, name in VIEWS.items():
            wanted = f"SELECT * FROM run.explorer_{table}"  # noqa: S608 -- names of ours
            self.base.execute(f"CREATE TEMP VIEW {name} AS {wanted}")
        rows = ((d, doc["year"], doc["publisher"], doc["characters"]) for d, doc in enumerate(self.documents))
        self.base.executemany("INSERT INTO doc VALUES (?, ?, ?, ?)", rows)
        self.labels = labels_among(label for (label,) in self.base.execute("SELECT DISTINCT label FROM name"))
        counts = "SELECT (SELECT count(*) FROM name), (SELECT count(*) FROM mention)"
        self.counts: tuple[int, int] = self.base.execute(counts).fetchone()
