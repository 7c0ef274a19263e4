"""The commands: parse, call, print; nothing else. Data goes to stdout, messages and progress to stderr."""

from __future__ import annotations

import json
import sys
from datetime import date  # noqa: TC003 -- typer reads it
from enum import StrEnum
from importlib.metadata import version
from pathlib import Path  # noqa: TC003 -- typer reads it
from typing import Annotated, NoReturn

import typer

from pipeline.commands import inspect as cli_inspect
from pipeline.commands import laws as law_commands
from pipeline.commands import orgs as org_commands
from pipeline.commands.ending import concluded
from pipeline.commands.engine import AddressOption, EngineChoice, EngineOption, JobsOption, chosen_engine
from pipeline.commands.gold import gold_commands
from pipeline.commands.laws import LawsChoice, LawsOption, chosen
from pipeline.commands.lookup import parse_day
from pipeline.commands.names import NamesOption, name_commands, own_names
from pipeline.commands.orgs import OrgsChoice, OrgsOption, chosen_register
from pipeline.commands.progress import follow, summarize
from pipeline.commands.review import review_command
from pipeline.commands.terminal import messages
from pipeline.export import FORMATS
from pipeline.export.saving import save
from pipeline.model.errors import HakushoError
from pipeline.runs.outcomes import DEFAULT_FORMATS, MAX_CHARACTERS, Settings
from pipeline.runs.reports import rewrite_reports, write_changes_page
from pipeline.runs.run import Run
from pipeline.runs.scored import score, score_blocks
from pipeline.scoring import compare as comparison
from pipeline.scoring import evaluate as evaluation
from pipeline.scoring import scores
from pipeline.scoring import tables as score_tables

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


def _version(wanted: bool) -> None:
    if wanted:
        sys.stdout.write(f"hakusho {version('hakusho')}\n")
        raise typer.Exit


@app.callback()
def hakusho(
    _: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version, and end.")
    ] = False,
) -> None:
    """Organizations, dates and laws of Japanese white papers as tables that can be trusted."""


class AnalyzerChoice(StrEnum):
    """The analyzers of ``segment``."""

    ginza = "ginza"
    sudachi = "sudachi"


AnalyzerOption = Annotated[
    AnalyzerChoice, typer.Option(help="ginza adds UD tags, dependencies and bunsetsu; sudachi is faster.")
]


class Output(StrEnum):
    """How ``evaluate`` prints the scores."""

    table = "table"
    json = "json"
    csv = "csv"


def _formats(text: str) -> tuple[str, ...]:
    names = tuple(name.strip() for name in text.split(",") if name.strip())
    unknown = [name for name in names if name not in FORMATS]
    if unknown or not names:
        raise typer.BadParameter(f"{text!r}: choose among {','.join(FORMATS)}")
    return names


@app.command()
def run(
    inputs: Annotated[
        list[str], typer.Argument(metavar="INPUT...", help="Files, folders, patterns, or - (standard input).")
    ],
    output: Annotated[
        str,
        typer.Option("-o", "--output", help="Folder for the results, or an address for fsspec (s3://…)."),
    ] = "outputs",
    analyzer: AnalyzerOption = AnalyzerChoice.ginza,
    reference_date: Annotated[
        date | None,
        typer.Option(
            parser=parse_day, metavar="YYYY-MM-DD", help="The day on which documents speak that name none."
        ),
    ] = None,
    jobs: JobsOption = None,
    formats: Annotated[
        str,
        typer.Option(
            "--format", metavar="csv,json,…", help=f"What to write, joined by commas: {', '.join(FORMATS)}."
        ),
    ] = ",".join(DEFAULT_FORMATS),
    laws: LawsOption = LawsChoice.installed,
    orgs: OrgsOption = OrgsChoice.installed,
    names: NamesOption = None,
    resume: Annotated[
        bool, typer.Option("--resume", help="Leave out documents that are done already and have not changed.")
    ] = False,
    engine: EngineOption = EngineChoice.local,
    address: AddressOption = None,
    max_characters: Annotated[
        int, typer.Option(min=0, help="Refuse longer documents, for want of memory; 0 takes any.")
    ] = MAX_CHARACTERS,
) -> None:
    """Extract organizations, dates and laws from documents, and write them as tables."""
    known = chosen(laws), chosen_register(orgs)
    settings = Settings(
        analyzer.value, reference_date, _formats(formats), *known, max_characters, own_names(names)
    )
    prepared = Run(inputs, output, settings, chosen_engine(engine, address, jobs), resume=resume)
    try:
        follow(prepared, messages)
    except KeyboardInterrupt:
        done = len(prepared.result.outcomes) - len(prepared.result.failed)
        raise typer.Abort(
            f"stopped after {done} of {len(prepared.inputs)} documents: --resume goes on from there"
        ) from None
    summarize(prepared.result, messages, listed=laws is LawsChoice.shipped or known[0] is not None)
    if prepared.result.failed:
        raise typer.Exit(1)


@app.command()
def evaluate(
    predictions: Annotated[
        Path, typer.Argument(metavar="PREDICTIONS", help="An entities.csv, or the output folder of a run.")
    ],
    gold: Annotated[Path, typer.Argument(metavar="GOLD", help="A gold CSV, or a folder of them.")],
    errors: Annotated[
        Path | None, typer.Option(help="Write every case that is not right to this CSV.")
    ] = None,
    regions: Annotated[
        Path | None, typer.Option(help="A CSV of doc_id, start, end: score these passages only.")
    ] = None,
    split: Annotated[
        str | None, typer.Option(help="Of the regions, those whose column 'split' says this.")
    ] = None,
    texts: Annotated[
        Path | None, typer.Option(help="Folder with the regions' texts, found by their SHA-256.")
    ] = None,
    fail_under: Annotated[
        str | None, typer.Option(metavar="ORG=0.95,LAW:norm=0.9", help="Exit 1 if an F1 is lower.")
    ] = None,
    output: Annotated[Output, typer.Option("--format", help="How to print the scores.")] = Output.table,
) -> None:
    """Score results against gold: strict, overlap and norm F1 of each label.

    Blocks and sentences are scored, too, where GOLD has them.
    """
    thresholds = scores.parse_fail_under(fail_under) if fail_under else {}
    found, unknown = score(predictions, gold, regions=regions, split=split, texts=texts)
    if unknown and (texts or predictions.is_dir()):
        messages.print(
            f"{len(unknown)} documents scored without their text: {', '.join(unknown)}", markup=False
        )
    if errors:
        save(errors, score_tables.errors_csv(found))
    blocks = () if regions else score_blocks(predictions, gold)
    if output is Output.json:
        figures = score_tables.to_json(found) | {"structure": score_tables.structure_json(blocks)}
        sys.stdout.write(json.dumps(figures, ensure_ascii=False, indent=1) + "\n")
    elif output is Output.csv:
        sys.stdout.write(score_tables.scores_csv(found))
    else:
        sys.stdout.write(score_tables.render_table(found) + "\n")
        sys.stdout.write(score_tables.render_structure(blocks))
    if failed := scores.failures(found, thresholds):
        raise HakushoError("; ".join(failed))


@app.command()
def compare(
    run_a: Annotated[Path, typer.Argument(metavar="RUN_A", help="The output folder or entities.csv before.")],
    run_b: Annotated[Path, typer.Argument(metavar="RUN_B", help="The same after.")],
    gold: Annotated[
        Path | None, typer.Option(help="Say of each change whether it is a fix or a fault.")
    ] = None,
    changes: Annotated[Path | None, typer.Option(help="Write every change to this CSV.")] = None,
    html: Annotated[Path | None, typer.Option(help="Write every change in its context to this page.")] = None,
) -> None:
    """List the mentions that the second run lost, gained, moved or changed against the first."""
    found = comparison.compare(run_a, run_b, gold)
    if changes:
        save(changes, score_tables.changes_csv(found))
    if html:
        write_changes_page(found, run_a, run_b, html)
    sys.stdout.write(score_tables.render_comparison(found) + "\n")


@app.command()
def agreement(
    first: Annotated[Path, typer.Argument(metavar="A", help="One annotator's gold CSV.")],
    second: Annotated[Path, typer.Argument(metavar="B", help="The other's.")],
    differences: Annotated[Path | None, typer.Option(help="Write every difference to this CSV.")] = None,
) -> None:
    """Show how far two annotations agree: strict F1, and equal values of the mentions that both have."""
    found = evaluation.agreement(first, second)
    if differences:
        save(differences, score_tables.errors_csv(found))
    sys.stdout.write(score_tables.render_table(found) + "\n")


app.add_typer(law_commands.app, name="laws")
app.add_typer(org_commands.app, name="orgs")
app.add_typer(name_commands, name="names")
app.add_typer(gold_commands, name="gold")
app.command("review")(review_command)


@app.command()
def report(
    folder: Annotated[Path, typer.Argument(metavar="OUTPUT_DIR", help="The output folder of a run.")],
    gold: Annotated[Path | None, typer.Option(help="Mark what differs from this gold.")] = None,
) -> None:
    """Write report.html anew for every document of a run, from its entities.csv as it stands now."""
    for path in rewrite_reports(folder, gold):
        messages.print(str(path), markup=False)


cli_inspect.register(app)


def main(arguments: list[str] | None = None) -> NoReturn:
    """Run a command.

    The exit code is 0 for success, 1 for a user's error or a failed document, 2 for wrong usage.
    """
    words = list(sys.argv[1:] if arguments is None else arguments)
    concluded(app, words)
