"""``run … -o -``: the mentions of a run go to standard output, and no folder is left.

A document's tables are kept until all documents before it are written, so that the lines come in the order of
the inputs whatever the number of jobs.
"""

from __future__ import annotations

import io
import json
import shutil
import sys
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from pipeline.datapackage.mentions import mention_rows
from pipeline.datapackage.standing import Standing, typed
from pipeline.document.tables import MENTION_COLUMNS
from pipeline.export import encoded
from pipeline.export.json_files import LINE_ENDS
from pipeline.model.cells import csv_lines
from pipeline.runs.destination import Folder
from pipeline.runs.run import Run

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Sequence

    from pipeline.export import Content
    from pipeline.runs.engines import Engine
    from pipeline.runs.outcomes import Outcome, Settings

FORMATS = ("jsonl", "csv")
"""What standard output can be given in."""


class Passing(Folder):
    """A folder in which the tables of a document stand until its mentions are written, and nothing else."""

    def write(self, part: str, files: Iterable[tuple[str, Content]]) -> dict[str, str]:
        """Write the tables of a document; what describes the folder is not even made."""
        return super().write(part, files) if part else {}


class Streamed(Run):
    """A run whose mentions go to standard output."""

    def __init__(self, inputs: Sequence[str], form: str, settings: Settings, engine: Engine) -> None:
        """Find the inputs.

        Args:
            inputs: As of a run.
            form: How lines are written: one of ``FORMATS``.
            settings: What is asked for; its formats do not matter.
            engine: Who works.

        Raises:
            HakushoError: As a run.
        """
        self._folder = TemporaryDirectory(prefix="hakusho-")
        self._passing = Passing(Path(self._folder.name))
        super().__init__(
            inputs, self._passing, replace(settings, formats=("csv",), tables="entities"), engine
        )
        self.result.place = "standard output"
        self._csv, self._typed = form == "csv", typed("mentions")

    def __iter__(self) -> Generator[Outcome, None, None]:
        """Process the documents, write their mentions, and yield the outcome of each; raises as a run."""
        if self._csv:
            _write(csv_lines([MENTION_COLUMNS]))
        waiting = [item.doc_id for item in reversed(self.inputs)]
        done: dict[str, Outcome] = {}
        with self._folder, closing(super().__iter__()) as outcomes:
            for outcome in outcomes:
                done[outcome.doc_id] = outcome
                while waiting and waiting[-1] in done:
                    self._give(done.pop(waiting.pop()))
                yield outcome

    def _give(self, outcome: Outcome) -> None:
        """Write the mentions of a document, if it has not failed."""
        if not outcome.error:
            row = {"doc_id": outcome.doc_id, "source": outcome.source, "files": outcome.files}
            rows = mention_rows(Standing(row, self._passing.read))
            _write(csv_lines(rows) if self._csv else "".join(map(self._line, rows)))
        shutil.rmtree(self._passing.path / outcome.doc_id, ignore_errors=True)

    def _line(self, row: tuple[str, ...]) -> str:
        cells: dict[str, Any] = dict(zip(MENTION_COLUMNS, self._typed(row), strict=True))
        return json.dumps(cells, ensure_ascii=False).translate(LINE_ENDS) + "\n"


def _write(text: str) -> None:
    """Write UTF-8 to standard output, whatever the locale says; a terminal shows it."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.flush()
        sys.stdout.buffer.write(encoded(text))
    else:
        sys.stdout.write(text)
    sys.stdout.flush()
