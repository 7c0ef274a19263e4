"""What the terminal shows of a run: its progress and its results."""

from __future__ import annotations

from collections import Counter
from contextlib import closing
from time import perf_counter
from typing import TYPE_CHECKING

from rich.markup import escape
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn
from rich.table import Table

from pipeline.commands.terminal import shown
from pipeline.entities import LABELS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rich.console import Console

    from pipeline.read import Skipped
    from pipeline.runs.outcomes import Outcome, RunResult
    from pipeline.runs.run import Run

# A line names at most NAMED documents, and quotes at most LONGEST_QUOTE code points (決め打ち).
NAMED, LONGEST_QUOTE = 10, 40


def follow(prepared: Run, messages: Console) -> None:
    """Run it, and show progress, speed and the time left (estimated from the size of the files)."""
    columns = (
        TextColumn("{task.description}"), BarColumn(), TextColumn("{task.fields[speed]}"),
        TimeElapsedColumn(),
        TextColumn("left"), TimeRemainingColumn(),
    )  # fmt: skip
    began, characters, total = perf_counter(), 0, len(prepared.inputs)
    with (
        Progress(*columns, console=messages, transient=True) as progress,
        closing(iter(prepared)) as outcomes,
    ):
        task = progress.add_task(f"0/{total}", total=sum(prepared.sizes.values()) or None, speed="")
        for n, outcome in enumerate(outcomes, 1):
            characters += 0 if outcome.unchanged else outcome.characters
            speed = f"{characters / (perf_counter() - began):,.0f} characters/s"
            progress.update(
                task,
                advance=prepared.sizes[outcome.doc_id],
                description=escape(f"{n}/{total} {shown(outcome.doc_id)}"),
                speed=speed,
            )


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


def summarize(result: RunResult, messages: Console, *, listed: bool = True) -> None:
    """Say what was found, in how many documents, where it is, and what could not be read.

    Args:
        result: What came of the run.
        messages: Where to.
        listed: Whether the full list of laws was known or not wanted.
    """
    table = Table(box=None)
    for name in ("label", "mentions", "distinct names"):
        table.add_column(name, justify="left" if name == "label" else "right")
    for label in LABELS:
        table.add_row(label, f"{result.mentions(label):,}", f"{result.names(label):,}")
    done = len(result.outcomes) - len(result.failed)
    messages.print(table)
    unchanged = sum(outcome.unchanged for outcome in result.outcomes)
    failed = f" ({unchanged} unchanged)" if unchanged else ""
    failed += f", {len(result.failed)} failed" if result.failed else ""
    messages.print(
        f"{done} documents{failed}, {result.seconds:.1f} s; results in {result.place}", markup=False
    )
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
    for outcome in result.failed:
        messages.print(f"hakusho: {outcome.error}", markup=False)
