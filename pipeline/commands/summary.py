"""What the terminal shows of a run that is over: what was found, and what to know of it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from rich.table import Table

from pipeline.model.plural import plural

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pipeline.commands.terminal import Messages
    from pipeline.read import Skipped
    from pipeline.runs.merge import Merge
    from pipeline.runs.outcomes import Outcome
    from pipeline.runs.run import Run

# A line names at most NAMED documents, and quotes at most LONGEST_QUOTE code points (決め打ち).
NAMED, LONGEST_QUOTE = 10, 40


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
        f"{plural(done, 'document')}{f' ({unchanged} unchanged)' if unchanged else ''}"
        f"{f', {failed} failed' if failed else ''}, {result.seconds:.1f} s; results in {result.place}",
        markup=False,
    )
    if run.aside:
        messages.print(
            f"changed since, and kept with the ending .bak: {', '.join(_some(run.aside))}", markup=False
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
