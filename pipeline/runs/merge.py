"""What a run makes of a place that holds results already: it merges by document.

What stands there is what the last run over each document made of it. ``run.json`` names, in ``pending``, what
a run has still to write or to remove, so that whoever comes after a run that was killed knows what to trust.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from pipeline.datapackage.described import held_in, kinds
from pipeline.model.errors import HakushoError
from pipeline.model.labels import declare, of_record
from pipeline.model.plural import plural
from pipeline.read.ids import folder_name
from pipeline.read.intake import is_gone
from pipeline.read.places import above, absolute
from pipeline.read.results import cut_off, settled, whole
from pipeline.runs.documents import path_of
from pipeline.runs.outcomes import RECORDED
from pipeline.runs.record import folded, in_order, read_record, unfolded, versions

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Mapping

    from pipeline.read import Found
    from pipeline.runs.destination import Destination
    from pipeline.runs.outcomes import Outcome, RunResult

    Row = dict[str, Any]

# Formats of tables over all documents, and those that also hold the tables that each type of entity has.
OF_TABLES = frozenset(("xlsx", "sqlite"))
OF_ALL = OF_TABLES | {"csv", "parquet"}


class Merge:
    """The documents of a place while a run goes over some of them.

    Attributes:
        rows: What ``run.json`` says of each document, by id; ``run`` is the run that made it.
        removed: The ids of documents whose input is gone.
        cleared: How many files were removed that the new settings do not make.
    """

    def __init__(
        self, place: Destination, found: Found, made: Mapping[str, Any], *, prune: bool | None = None
    ) -> None:
        """Read what is there; nothing is changed yet.

        Args:
            place: Where the results are.
            found: What the run was given.
            made: The run itself, as its documents will name it: ``when`` and ``settings``.
            prune: Whether documents go whose input is gone; None: those of the folders and archives given.

        Raises:
            HakushoError: The place holds a document whose id meets one of the run's in another spelling.
        """
        record = read_record(place.read)
        declare(of_record(record), again=False)
        known = settled(record, place.read) if record else {"documents": [], "failures": []}
        self._place, self._found, self._prune = place, found, prune
        # Folders and archives that cannot be read: nobody knows what they hold.
        unread = [
            *(path for path, _ in found.skipped),
            *(item.path for item in found.documents if item.fault),
        ]
        self._unread = {absolute(str(path)) for path in unread if path}
        self._run = dict(made) | {"versions": versions()}
        self._files = {item.doc_id: self._location(path_of(item)) for item in found.documents}
        self.rows: dict[str, Row] = {
            row["doc_id"]: row for row in unfolded(known) if row.keys() >= set(RECORDED)
        }
        self._failures: dict[str, Row] = {row["doc_id"]: row for row in known["failures"]}
        self._there = place.names("")
        self.removed = [doc_id for doc_id, row in self.rows.items() if self._gone(row)]
        self._leaving = {doc_id: self.rows.pop(doc_id) for doc_id in self.removed}
        for doc_id in [doc_id for doc_id, row in self._failures.items() if self._gone(row)]:
            del self._failures[doc_id]
        self._half = [doc_id for doc_id in record.get("pending", ()) if doc_id not in self._leaving]
        self._left = dict.fromkeys(self._files)
        self._before = dict(self.rows)
        self.cleared = 0
        self._check()

    def _check(self) -> None:
        """Refuse ids that some file systems would take for one."""
        others = {folder_name(doc_id): doc_id for doc_id in self.rows if doc_id not in self._files}
        for item in self._found.documents:
            if other := others.get(folder_name(item.doc_id)):
                raise HakushoError(
                    f"{self._place.name}: holds a document {other!r} ({self.rows[other]['path']}), "
                    f"and {path_of(item)} would be called {item.doc_id!r}: "
                    "spell its id alike, give it another, or choose another folder with -o"
                )

    def _location(self, path: str) -> str:
        return "" if path == "-" else self._place.location(path)

    def _gone(self, row: Mapping[str, Any]) -> bool:
        """Whether the input of a document that the run was not given is gone."""
        file = row.get("file", self._location(row["path"]))
        if row["doc_id"] in self._files or not file or self._prune is False:
            return False
        if file in self._files.values():  # it has another id now
            return True
        where = self._place.located(file)
        folders = above(where)
        if folders & self._unread:
            return False
        if folders.intersection(absolute(str(whole)) for whole in self._found.wholes):
            return True
        return self._prune is True and is_gone(where)

    def clear(self) -> None:
        """Remove the files of documents whose input is gone, and what a killed run left of others."""
        for doc_id, row in self._leaving.items():
            self._discard(doc_id, row["files"], ())
        self._leaving = {}
        for doc_id in self._half:
            self._verify(doc_id)
        self._half = []

    def take(self, outcome: Outcome) -> None:
        """Take in the outcome of a document: what earlier runs made of it goes, or stays if this one failed.

        Raises:
            HakushoError: A file of an earlier run cannot be removed.
        """
        doc_id = outcome.doc_id
        if outcome.error:
            self._failures[doc_id] = {
                "doc_id": doc_id, "path": outcome.path, "file": self._files[doc_id], "error": outcome.error,
            }  # fmt: skip
            if outcome.touched:
                self._look_after(doc_id)
        else:
            earlier = self.rows.get(doc_id, {"files": {}, "run": self._run})
            row = {name: getattr(outcome, name) for name in RECORDED}
            made = earlier["run"] if outcome.unchanged else self._run
            self.rows[doc_id] = row | {"file": self._files[doc_id], "run": made}
            self._failures.pop(doc_id, None)
            if doc_id in self._there:
                self.cleared += self._discard(doc_id, earlier["files"], outcome.files)
        self._left.pop(doc_id, None)

    def cut(self, begun: Container[str]) -> None:
        """Look after the documents that were not done when the run was stopped; some were begun."""
        for doc_id in self._left:
            if doc_id in begun:
                self._verify(doc_id)
        self._left = {}

    def _look_after(self, doc_id: str) -> None:
        """Verify what failed while it was written; if nothing can be written, leave that to the next run."""
        try:
            self._place.probe()
        except HakushoError:
            self._half.append(doc_id)
        else:
            self._verify(doc_id)

    def _verify(self, doc_id: str) -> None:
        """Let go of a document's results if they are no longer those that were recorded."""
        row = self.rows.get(doc_id, {"files": {}})
        self._place.tidy(doc_id)
        if row["files"] and whole(self._place.read, doc_id, row["files"]):
            self._discard(doc_id, {}, row["files"])  # what was written beside them
            return
        if doc_id in self.rows:
            del self.rows[doc_id]
            self._failures.setdefault(doc_id, cut_off(row))
        self._discard(doc_id, {}, ())

    def _discard(self, doc_id: str, hashes: Mapping[str, str], kept: Iterable[str]) -> int:
        """Remove the files of a document that a run once made, but for those that are kept.

        One that is no longer as recorded (``hashes``) was changed by somebody: it stays under another name.
        """
        ours = {kind.file for kind in kinds() if kind.of == "document"} | hashes.keys()
        names = (self._place.names(doc_id) & ours) - set(kept)
        for name in names & hashes.keys():
            data = self._place.read(doc_id, name)
            if data is not None and hashlib.sha256(data).hexdigest() != hashes[name]:
                self._place.write(doc_id, [(f"{name}.bak", data)])
        if names or not kept:
            self._place.remove(doc_id, sorted(names))
        return len(names)

    def content(self, result: RunResult, engine: Mapping[str, Any]) -> dict[str, Any]:
        """Return the content of ``run.json``; ``engine`` is the record of the engine."""
        runs, rows = folded(self.rows[name] for name in in_order(self._before, self._files, self.rows))
        pending = list(dict.fromkeys([*self._left, *self._leaving, *self._half]))
        return {
            "status": result.status,
            "settings": self._run["settings"],
            "engine": dict(engine),
            "versions": self._run["versions"],
            "seconds": round(result.seconds, 3),
            "runs": runs,
            "documents": rows,
            "skipped": [{"path": path, "reason": reason} for path, reason in result.skipped],
            "failures": list(self._failures.values()),
        } | ({"pending": pending} if pending else {})

    def said(self, named: Callable[[list[str]], list[str]]) -> str:
        """Say what became of the documents that were there; nothing if none was.

        Args:
            named: Leaves of many names the first, and says how many more there are.
        """
        if not self._before and not self.removed:
            return ""
        same = sum(_same(row, self.rows.get(doc_id)) for doc_id, row in self._before.items())
        replaced = sum(
            doc_id in self.rows and not _same(row, self.rows[doc_id]) for doc_id, row in self._before.items()
        )
        added = len(self.rows.keys() - self._before.keys())
        gone, names = len(self.removed), ", ".join(named(self.removed))
        return (
            f"{plural(same, 'document')} kept, {replaced:,} replaced, {added:,} added"
            f"{f', {gone:,} removed with the input gone ({names})' if gone else ''}"
            + (
                f"; {plural(self.cleared, 'file')} removed that these settings do not make"
                if self.cleared
                else ""
            )
        )

    def stale(self) -> list[str]:
        """Return the ids of documents whose earlier results stay because this run could not read them."""
        return [doc_id for doc_id in self._files if doc_id in self._failures and doc_id in self.rows]

    def without_tables(self) -> list[str]:
        """Return the ids of documents of which the tables over all lack rows: no table of theirs is there."""
        formats = {name for row in self.rows.values() for name in row["run"]["settings"]["formats"]}
        wanted = ["entities"] if OF_ALL & formats else []
        wanted += ["organizations"] if OF_TABLES & formats else []
        return [
            doc_id
            for doc_id, row in self.rows.items()
            if any(row["files"].keys().isdisjoint(held_in(table)) for table in wanted)
        ]


def _same(row: Row, now: Row | None) -> bool:
    return now is not None and all(row[name] == now[name] for name in ("fingerprint", "files"))
