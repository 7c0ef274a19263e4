"""What the terminal and the log show of a run that goes on."""

from __future__ import annotations

import json
from contextlib import closing
from datetime import UTC, datetime
from enum import Enum
from time import perf_counter
from typing import TYPE_CHECKING, Any

from rich.markup import escape

from pipeline.commands.terminal import shown
from pipeline.model.errors import HakushoError
from pipeline.model.plural import plural
from pipeline.runs.documents import path_of
from pipeline.runs.pace import Pace, kind_of

if TYPE_CHECKING:
    from pathlib import Path

    from rich.progress import Progress

    from pipeline.commands.terminal import Messages
    from pipeline.runs.outcomes import Outcome
    from pipeline.runs.run import Run

# Seconds between two lines of a log on how far a document is (決め打ち).
LOGGED_EVERY = 5.0
# What is still to be done when every document is.
LAST = "tables over all documents"


class Loudness(Enum):
    """How much a run says."""

    quiet = 0
    plain = 1
    verbose = 2


class Log:
    """Events of a run, a line of JSON each."""

    def __init__(self, path: Path | None) -> None:
        """Open a file to add to; raises HakushoError if that fails."""
        try:
            self._stream = path.open("a", encoding="utf-8", errors="backslashreplace") if path else None
        except OSError as error:
            raise HakushoError(
                f"{path}: cannot be written ({error.strerror}): choose another place with --log"
            ) from None

    def write(self, event: str, **more: Any) -> None:
        """Add an event with the time at which it came."""
        if self._stream:
            when = datetime.now(UTC).isoformat(timespec="milliseconds")
            line = {"time": when, "event": event} | more
            self._stream.write(json.dumps(line, ensure_ascii=False) + "\n")
            self._stream.flush()

    def close(self) -> None:
        """Close the file."""
        if self._stream:
            self._stream.close()


def follow(
    prepared: Run, messages: Messages, loudness: Loudness = Loudness.plain, path: Path | None = None
) -> None:
    """Do a run, and show how far it is: on a terminal with a bar, in a log with a line a document.

    Args:
        prepared: The run.
        messages: Where to show it.
        loudness: How much to say.
        path: The file that gets an event a line, or None.

    Raises:
        HakushoError: As the run, or the file cannot be written.
    """
    quiet = loudness is Loudness.quiet
    lines = not quiet and (loudness is Loudness.verbose or not messages.is_terminal)
    total, log = len(prepared.inputs), Log(path)
    log.write("begin", documents=total, bytes=sum(prepared.sizes.values()), output=prepared.result.place)
    try:
        with (
            Bar(prepared, messages, log, disable=quiet) as bar,
            closing(iter(prepared)) as outcomes,
        ):
            prepared.heard = bar.heard
            for n, outcome in enumerate(outcomes, 1):
                left = bar.took(outcome, n)
                log.write("document", **_event(outcome), **bar.so_far())
                if lines:
                    more = f", {outcome.seconds:.1f} s" if loudness is Loudness.verbose else ""
                    more += f"; {left}" if more and left else ""
                    messages.print(f"{n}/{total} {_line(outcome)}{more}", markup=False)
    finally:
        result = prepared.result
        log.write("end", status=result.status, seconds=round(result.seconds, 3), failed=len(result.failed))
        log.close()


class Bar:
    """The bar of a run on a terminal, and what its log says of documents that take long."""

    def __init__(self, prepared: Run, messages: Messages, log: Log, *, disable: bool) -> None:
        """Set up the bar; it shows when it is entered."""
        kinds = {item.doc_id: kind_of(path_of(item)) for item in prepared.inputs}
        self._pace, self._log, self._total = Pace(prepared.sizes, kinds), log, len(kinds)
        self._said = messages.said
        self._bar = _bar(messages) if messages.is_terminal and not disable else None
        if self._bar:
            self._task = self._bar.add_task(f"0/{self._total}", total=None, speed="", left="")
        self._began = self._logged = perf_counter()
        self._done = self._characters = 0
        self._left: float | None = None

    def __enter__(self) -> Bar:
        """Show the bar."""
        if self._bar:
            self._bar.__enter__()
        return self

    def __exit__(self, *how: Any) -> None:
        """Take the bar away."""
        if self._bar:
            self._bar.__exit__(*how)

    def heard(self, doc_id: str, share: float, seconds: float) -> None:
        """Take in how far a document is, from 0 to 1, after so many seconds."""
        now = perf_counter()
        self._pace.told(doc_id, share, seconds, now)
        self._show(f"{self._done}/{self._total} {escape(shown(doc_id))} {share:.0%}", now)
        if now - self._logged >= LOGGED_EVERY:
            self._logged = now
            self._log.write("progress", doc_id=doc_id, share=round(share, 3), **self.so_far())

    def took(self, outcome: Outcome, done: int) -> str:
        """Take in a document that is done; return how long the rest will take, in words."""
        now = perf_counter()
        self._pace.took(outcome, now)
        self._done = done
        self._characters += 0 if outcome.unchanged else outcome.characters
        what = escape(shown(outcome.doc_id)) if done < self._total else self._said(LAST)
        return _left(self._show(f"{done}/{self._total} {what}", now))

    def _show(self, what: str, now: float) -> float | None:
        left = self._left = self._pace.left(now)
        speed = f"{self._characters / (now - self._began):,.0f} characters/s" if self._characters else ""
        texts: dict[str, Any] = {
            "description": what,
            "speed": self._said(speed),
            "left": self._said(_left(left)),
        }
        if self._bar:
            self._bar.update(self._task, total=1.0, completed=self._pace.done, **texts)
        return left

    def so_far(self) -> dict[str, float | None]:
        """Return for the log how much of the run is done, 0 to 1, and how many seconds are left."""
        return {"done": round(self._pace.done, 3), "left": self._left and round(self._left, 1)}


def _bar(messages: Messages) -> Progress:
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn  # only a terminal shows it

    columns = (
        TextColumn("{task.description}"), BarColumn(), TextColumn("{task.fields[speed]}"),
        TimeElapsedColumn(), TextColumn("{task.fields[left]}"),
    )  # fmt: skip
    return Progress(*columns, console=messages, transient=True)


def _left(seconds: float | None) -> str:
    return "" if seconds is None else f"{seconds // 60:.0f}:{seconds % 60:02.0f} left"


def _line(outcome: Outcome) -> str:
    if outcome.error:
        return f"{outcome.doc_id}: failed"
    mentions = sum(outcome.mentions.values())
    return f"{outcome.doc_id}: {plural(outcome.characters, 'character')}, {plural(mentions, 'mention')}"


def _event(outcome: Outcome) -> dict[str, Any]:
    names = ("doc_id", "path", "characters", "mentions", "seconds", "unchanged", "error")
    return {name: getattr(outcome, name) for name in names}
