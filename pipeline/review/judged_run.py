"""The run that is judged, as its folder holds it now: another run may write into it meanwhile."""

from __future__ import annotations

import threading
from collections import OrderedDict
from typing import TYPE_CHECKING, Any

from pipeline.model.errors import HakushoError
from pipeline.model.plural import plural
from pipeline.read.results import RECORD
from pipeline.runs.finished import document_of, manifest
from pipeline.runs.locks import BusyError
from pipeline.runs.record import unfolded

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from pipeline.document.document import Document
    from pipeline.review.corrections import Correction

OPEN = 5_000_000  # code points of the documents that stay open; the last one stays at any length (決め打ち)


class JudgedRun:
    """A run's record, and the documents that were looked at last; both are read again when a run ends."""

    def __init__(self, folder: Path, changed: Callable[[str], None]) -> None:
        """Read the record.

        Args:
            folder: The output folder of a run.
            changed: Called with the id of a document whose tables are read, or may be others, from then on.

        Raises:
            HakushoError: The folder holds no run.
        """
        self._folder, self._changed = folder, changed
        self._alone = threading.Lock()
        self._state: object = None
        self._found: dict[str, Any] = {}
        self._rows: dict[str, dict[str, Any]] = {}
        self._read: OrderedDict[str, Document] = OrderedDict()
        self._look()

    @property
    def failures(self) -> Sequence[Mapping[str, Any]]:
        """What ``run.json`` says of documents that failed."""
        failures: Sequence[Mapping[str, Any]] = self._found.get("failures", ())
        return failures

    def rows(self) -> Mapping[str, Mapping[str, Any]]:
        """Return what ``run.json`` says of each document, by id; raises HakushoError if there is no run."""
        with self._alone:
            self._look()
            return self._rows

    def document(self, doc_id: str) -> Document:
        """Return a document; those that were looked at last stay open, as far as memory should go.

        Raises:
            BusyError: A run is writing it.
            HakushoError: There is no run any more, or its tables or its text cannot be read.
            KeyError: There is no such document.
        """
        with self._alone:
            self._look()
            if doc_id in self._found.get("pending", ()):
                raise BusyError(
                    f"{self._folder / doc_id}: a run is writing it: try again when that has ended"
                )
            if doc_id not in self._read:
                self._read[doc_id] = document_of(self._folder, self._rows[doc_id])
                self._changed(doc_id)
            self._read.move_to_end(doc_id)
            while len(self._read) > 1 and sum(len(d.source.raw) for d in self._read.values()) > OPEN:
                self._read.popitem(last=False)
            return self._read[doc_id]

    def _look(self) -> None:
        """Read the record again if it is another one; let go of what it changes."""
        state = self._state_now()
        if state is not None and state == self._state:
            return
        found = manifest(self._folder)
        rows = {row["doc_id"]: row for row in unfolded(found) if row["path"] != "-"}
        for doc_id in self._rows:
            if rows.get(doc_id) != self._rows[doc_id]:
                self._read.pop(doc_id, None)
                self._changed(doc_id)
        self._state, self._found, self._rows = state, found, rows

    def _state_now(self) -> object:
        try:
            state = (self._folder / RECORD).stat()
        except OSError:
            return None
        return state.st_mtime_ns, state.st_size, state.st_ino


def check_fits(log: Sequence[Correction], raw: str, path: Path) -> None:
    """Make sure that judgements are of a text, which may be another one than when they were made.

    Args:
        log: The judgements, in their order.
        raw: The raw text.
        path: Of their file, for messages.

    Raises:
        HakushoError: One names words that do not stand at its place.
    """
    for number, c in enumerate(log, 1):
        m = c.mention
        there = raw[m.start : m.end]
        if m.text and there.split() != m.text.split():
            raise HakushoError(
                f"{path}, judgement {number}: is of {m.text!r} at [{m.start}, {m.end}), and the text has "
                f"{there[:60]!r} there: another text was judged; "
                "move the file and gold.csv elsewhere ('hakusho gold realign' brings that gold to a new text)"
            )


def check_known(log: Sequence[Correction], since: int, path: Path) -> None:
    """Make sure that a page knows no judgement that is gone; raises HakushoError."""
    if since > len(log):
        raise HakushoError(
            f"{path}: has {plural(len(log), 'judgement')}, and the page knows {since:,}: some were taken "
            "away since; reload the page"
        )
