"""What a person sees of a run: how far it is, and what came of it."""

from __future__ import annotations

from contextlib import closing
from time import perf_counter
from typing import TYPE_CHECKING

from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn
from rich.table import Table

from pipeline.entities import LABELS

if TYPE_CHECKING:
    from rich.console import Console

    from pipeline.runs.outcomes import RunResult
    from pipeline.runs.run import Run


def follow(prepared: Run, messages: Console) -> None:
    """Run it, and show how far it is, how fast it goes, and what time is left (by the size of the files)."""
    columns = (
        TextColumn("{task.description}"), BarColumn(), TextColumn("{task.fields[speed]}"), TimeElapsedColumn(),
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
                description=f"{n}/{total} {outcome.doc_id}",
                speed=speed,
            )


def summarize(result: RunResult, messages: Console) -> None:
    """Say what was found, in how many documents, where it is, and what could not be read."""
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
    for warning in (warning for outcome in result.outcomes for warning in outcome.warnings):
        messages.print(f"warning: {warning}", markup=False)
