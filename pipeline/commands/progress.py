"""What the terminal shows of a run: its progress and its results."""

from __future__ import annotations

import json
from collections import Counter
from contextlib import closing
from datetime import UTC, datetime
from enum import Enum
from time import perf_counter
from typing import TYPE_CHECKING, Any

from rich.markup import escape
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from pipeline.commands.terminal import Messages, shown
from pipeline.model.errors import HakushoError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from rich.console import Console

    from pipeline.read import Skipped
    from pipeline.runs.merge import Merge
    from pipeline.runs.outcomes import Outcome
    from pipeline.runs.run import Run

# A line names at most NAMED documents, and quotes at most LONGEST_QUOTE code points (決め打ち).
NAMED, LONGEST_QUOTE = 10, 40


class Loudness(Enum):
    """How much a run says."""

    quiet = 0
    plain = 1
    verbose = 2


class Pace:
    """How far a run is, in bytes of its files, and how long the rest will take."""

    def __init__(self, sizes: Mapping[str, int], now: float) -> None:
        """Begin at the time ``now``, in seconds."""
        self._sizes, self._began = sizes, now
        self.total, self.worked, self.passed = sum(sizes.values()), 0, 0

    def took(self, outcome: Outcome) -> None:
        """Take in a document; one that was unchanged tells nothing of the pace."""
        size = self._sizes[outcome.doc_id]
        self.passed += size
        self.worked += 0 if outcome.unchanged else size

    def left(self, now: float) -> float | None:
        """Return the seconds that the rest will take at the pace so far; None if nobody can know."""
        if not self.worked:
            return None if self.passed < self.total else 0.0
        return (self.total - self.passed) * (now - self._began) / self.worked


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
    prepared: Run, messages: Console, loudness: Loudness = Loudness.plain, path: Path | None = None
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
    columns = (
        TextColumn("{task.description}"), BarColumn(), TextColumn("{task.fields[speed]}"),
        TimeElapsedColumn(), TextColumn("{task.fields[left]}"),
    )  # fmt: skip
    quiet = loudness is Loudness.quiet
    lines = not quiet and (loudness is Loudness.verbose or not messages.is_terminal)
    total, log = len(prepared.inputs), Log(path)
    log.write("begin", documents=total, bytes=sum(prepared.sizes.values()), output=prepared.result.place)
    began, characters = perf_counter(), 0
    pace = Pace(prepared.sizes, began)
    try:
        with (
            Progress(*columns, console=messages, transient=True, disable=quiet) as progress,
            closing(iter(prepared)) as outcomes,
        ):
            task = progress.add_task(f"0/{total}", total=pace.total or None, speed="", left="")
            for n, outcome in enumerate(outcomes, 1):
                pace.took(outcome)
                characters += 0 if outcome.unchanged else outcome.characters
                left = _left(pace.left(perf_counter()))
                progress.update(
                    task,
                    completed=pace.passed,
                    description=f"{n}/{total} {escape(shown(outcome.doc_id))}",
                    speed=f"{characters / (perf_counter() - began):,.0f} characters/s",
                    left=left,
                )
                log.write("document", **_event(outcome))
                if lines:
                    more = f", {outcome.seconds:.1f} s" if loudness is Loudness.verbose else ""
                    more += f"; {left}" if more and left else ""
                    messages.print(f"{n}/{total} {_line(outcome)}{more}", markup=False)
    finally:
        result = prepared.result
        log.write("end", status=result.status, seconds=round(result.seconds, 3), failed=len(result.failed))
        log.close()


def _left(seconds: float | None) -> str:
    return "" if seconds is None else f"{seconds // 60:.0f}:{seconds % 60:02.0f} left"


def _line(outcome: Outcome) -> str:
    if outcome.error:
        return f"{outcome.doc_id}: failed"
    mentions = sum(outcome.mentions.values())
    return f"{outcome.doc_id}: {outcome.characters:,} characters, {mentions:,} mentions"


def _event(outcome: Outcome) -> dict[str, Any]:
    names = ("doc_id", "path", "characters", "mentions", "seconds", "unchanged", "error")
    return {name: getattr(outcome, name) for name in names}


def days_told(outcomes: Iterable[Outcome]) -> Iterator[str]:
    """Yield a line on the days on which documents speak, with their sources, and one on those without."""
    done = [outcome for outcome in outcomes if not outcome.error]
    own, counts, none = [], Counter[str](), []
    for outcome in done:
        told = outcome.evidence.get("reference_date", {"source": ""})
        if not outcome.reference_date:
            none.append(outcome.doc_id + (f" ({told['doubt']})" if "doubt" in told else ""))
        elif "quote" in told and told["source"] != "manifest":
            quote = _shortened(told["quote"])
            own.append(f"{outcome.doc_id} {outcome.reference_date} ({told['source']}: {quote})")
        else:
            counts[told["source"]] += 1
    given = [
        f"{count} from {'--reference-date' if name == 'option' else name}" for name, count in counts.items()
    ]
    if own or given:
        yield f"reference dates: {'; '.join([*given, *_some(own)])}"
    if none:
        yield (
            f"no reference date: {', '.join(_some(none))}: what counts from it (昨年, 本年度) stays unresolved; "
            "give --reference-date YYYY-MM-DD, or the column reference_date in a manifest.csv"
        )


def merged(merge: Merge | None) -> Iterator[str]:
    """Yield a line on the documents that were in the folder, and one on earlier results that stay."""
    if merge is None:
        return
    if said := merge.said(_some):
        yield said
    if stale := merge.stale():
        yield f"results of an earlier run stay of {', '.join(_some(stale))}: see why they failed"
    if lacking := merge.without_tables():
        yield f"tables of all documents lack rows of {', '.join(_some(lacking))}: run these with --format csv"


def left_out(skipped: Iterable[Skipped]) -> Iterator[str]:
    """Yield a line for each reason for which something was not read, with what it was."""
    found: dict[str, list[str]] = {}
    for path, reason in skipped:
        found.setdefault(reason, []).append(path)
    for reason, paths in found.items():
        yield f"skipped {len(paths)} ({reason}): {', '.join(_some(paths))}"


def _some(named: list[str]) -> list[str]:
    """Return the first of many, and how many more there are."""
    more = [f"and {len(named) - NAMED} more"] if len(named) > NAMED else []
    return named[:NAMED] + more


def _shortened(quote: str) -> str:
    line = " ".join(quote.split())
    return line if len(line) <= LONGEST_QUOTE else f"{line[:LONGEST_QUOTE]}…"


def summarize(run: Run, messages: Messages, *, listed: bool = True) -> None:
    """Say what was found, in how many documents, where it is, and what could not be read.

    Args:
        run: The run that is over.
        messages: Where to.
        listed: Whether the full list of laws was known or not wanted.
    """
    result = run.result
    table = Table(box=None)
    for name in ("label", "mentions", "distinct names"):
        table.add_column(messages.said(name), justify="left" if name == "label" else "right")
    for label in run.settings.labels:
        table.add_row(label, f"{result.mentions(label):,}", f"{result.names(label):,}")
    done = len(result.outcomes) - len(result.failed)
    messages.print(table)
    unchanged = sum(outcome.unchanged for outcome in result.outcomes)
    failed = len(result.failed)
    messages.print(
        f"{done} documents{f' ({unchanged} unchanged)' if unchanged else ''}"
        f"{f', {failed} failed' if failed else ''}, {result.seconds:.1f} s; results in {result.place}",
        markup=False,
    )
    for line in merged(run.merge):
        messages.print(line, markup=False)
    for line in days_told(result.outcomes):
        messages.print(line, markup=False)
    for line in left_out(result.skipped):
        messages.print(line, markup=False)
    for warning in (warning for outcome in result.outcomes for warning in outcome.warnings):
        messages.print(f"warning: {warning}", markup=False)
    if result.unlisted and not listed:
        messages.print(
            f"names of laws that no list here holds: {len(result.unlisted):,}; "
            "'hakusho laws update' fetches the list of all laws"
        )
