"""The command ``run``: parse, call, print."""

from __future__ import annotations

import re
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.commands.engine import (
    AcceptOption,
    AddressOption,
    EngineChoice,
    EngineOption,
    JobsOption,
    chosen_engine,
)
from pipeline.commands.laws import LawsChoice, LawsOption, chosen
from pipeline.commands.lookup import parse_day
from pipeline.commands.names import NamesOption, own_names
from pipeline.commands.orgs import OrgsChoice, OrgsOption, chosen_register
from pipeline.commands.place import OUT, Output, prepared, where_from
from pipeline.commands.progress import Loudness, follow
from pipeline.commands.summary import summarize
from pipeline.commands.terminal import messages
from pipeline.commands.types import TypesOption, own_types
from pipeline.export import FORMATS
from pipeline.model.plural import plural
from pipeline.read.days import folded
from pipeline.runs import stream
from pipeline.runs.outcomes import DEFAULT_FORMATS, MAX_CHARACTERS, Settings

if TYPE_CHECKING:
    from pipeline.runs.outcomes import RunResult

ALL_DEFAULTS = ",".join(DEFAULT_FORMATS)
SHARE = re.compile(r"(\d{1,3}(?:\.\d+)?) ?%")


class AnalyzerChoice(StrEnum):
    """The analyzers of ``segment``."""

    ginza = "ginza"
    sudachi = "sudachi"


class TablesChoice(StrEnum):
    """The sets of tables of ``export``."""

    all = "all"
    entities = "entities"


Inputs = Annotated[
    list[str],
    typer.Argument(
        metavar="INPUT...", help="Files, folders, patterns, addresses (s3://…), or - (standard input)."
    ),
]
AnalyzerOption = Annotated[
    AnalyzerChoice,
    typer.Option(
        case_sensitive=False, help="ginza adds UD tags, dependencies and bunsetsu; sudachi is faster."
    ),
]
ReferenceDate = Annotated[
    date | None,
    typer.Option(
        parser=parse_day,
        metavar="YYYY-MM-DD",
        help="The day on which the documents speak, but for those that a manifest gives one.",
    ),
]
Formats = Annotated[
    str | None,
    typer.Option(
        "--format",
        metavar="csv,json,…",
        help=f"What to write, joined by commas: {', '.join(FORMATS)}.",
        show_default=ALL_DEFAULTS,
    ),
]
Tables = Annotated[
    TablesChoice,
    typer.Option(
        case_sensitive=False,
        help="entities leaves out tokens.csv and tokens.parquet, more than half of all bytes; "
        "to standard output (-o -) neither is written.",
    ),
]
Resume = Annotated[
    bool, typer.Option("--resume", help="Leave out documents that are done already and have not changed.")
]
Prune = Annotated[
    bool | None,
    typer.Option(
        "--prune/--no-prune",
        help="Remove the results of documents whose input is gone. "
        "By default those of folders and archives that are given again.",
        show_default=False,
    ),
]
MaxCharacters = Annotated[
    int, typer.Option(min=0, help="Refuse longer documents, for want of memory; 0 takes any.")
]
FailOn = Annotated[
    str,
    typer.Option(
        metavar="any|none|N%",
        help="When to exit with 1: if any document failed (any), never (none), or if more than N% failed "
        "(N%).",
    ),
]
LogFile = Annotated[
    Path | None,
    typer.Option(metavar="FILE", help="Add an event a line to this file, as JSON, with times."),
]
Verbose = Annotated[bool, typer.Option("-v", "--verbose", help="A line for each document, with its time.")]
Quiet = Annotated[bool, typer.Option("-q", "--quiet", help="Say nothing but what failed.")]


def _formats(text: str | None, output: str) -> tuple[str, ...]:
    """Return the formats; those that nobody named depend on where the results go."""
    if text is None:
        return stream.FORMATS[:1] if output == OUT else DEFAULT_FORMATS
    names = tuple(
        name.strip().casefold() for name in folded(text).replace("、", ",").split(",") if name.strip()
    )
    unknown = [name for name in names if name not in FORMATS]
    if unknown or not names:
        raise typer.BadParameter(f"{text!r}: choose among {','.join(FORMATS)}")
    return names


def parse_fail_on(text: str) -> float:
    """Return the share of failed documents that a run may have: 0 to 1.

    >>> [parse_fail_on(text) for text in ("any", "none", "2.5%")]
    [0.0, 1.0, 0.025]
    """
    word = folded(text).casefold()
    if word in ("any", "none"):
        return float(word == "none")
    share = SHARE.fullmatch(word)
    if not share or float(share[1]) > 100:
        raise typer.BadParameter(f"{text!r} is neither any, none nor a share: write it as 5%")
    return float(share[1]) / 100


def run_command(
    inputs: Inputs,
    output: Output = "outputs",
    analyzer: AnalyzerOption = AnalyzerChoice.ginza,
    reference_date: ReferenceDate = None,
    jobs: JobsOption = None,
    formats: Formats = None,
    tables: Tables = TablesChoice.all,
    laws: LawsOption = LawsChoice.installed,
    orgs: OrgsOption = OrgsChoice.installed,
    names: NamesOption = None,
    types: TypesOption = None,
    resume: Resume = False,
    prune: Prune = None,
    engine: EngineOption = EngineChoice.local,
    address: AddressOption = None,
    accept_from: AcceptOption = None,
    max_characters: MaxCharacters = MAX_CHARACTERS,
    fail_on: FailOn = "any",
    log: LogFile = None,
    verbose: Verbose = False,
    quiet: Quiet = False,
) -> None:
    """Extract organizations, dates and laws from documents, and write them as tables."""
    allowed = parse_fail_on(fail_on)
    known, own = (chosen(laws), chosen_register(orgs)), own_names(names)
    wanted = analyzer.value, reference_date, _formats(formats, output)
    settings = Settings(
        *wanted, *known, max_characters, accept_from, own, own_types(types), messages.language, tables.value
    )
    worker = chosen_engine(engine, address, jobs)
    run = prepared(inputs, output, settings, worker, resume=resume, prune=prune)
    loudness = Loudness.quiet if quiet else Loudness.verbose if verbose else Loudness.plain
    try:
        follow(run, messages, loudness, log)
    except KeyboardInterrupt:
        done = len(run.result.outcomes) - len(run.result.failed)
        raise typer.Abort(
            f"stopped after {done} of {plural(len(run.inputs), 'document')}: {where_from(run)}"
        ) from None
    if not quiet:
        summarize(run, messages, listed=laws is LawsChoice.shipped or known[0] is not None)
    for outcome in run.result.failed:
        messages.print(f"hakusho: {outcome.error}", markup=False)
    if _too_many(run.result, allowed):
        raise typer.Exit(1)


def _too_many(result: RunResult, allowed: float) -> bool:
    return len(result.failed) > allowed * len(result.outcomes)
