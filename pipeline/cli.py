"""The commands: parse, call, print; nothing else. Data goes to stdout, messages and progress to stderr."""

from __future__ import annotations

import json
import sys
from enum import StrEnum
from importlib.metadata import version
from pathlib import Path  # noqa: TC003 -- typer reads it
from typing import Annotated, NoReturn

import typer

from pipeline.commands import inspect as cli_inspect
from pipeline.commands import laws as law_commands
from pipeline.commands import orgs as org_commands
from pipeline.commands.ending import concluded
from pipeline.commands.engine import CalibrationOption  # noqa: TC001 -- typer reads it
from pipeline.commands.explore import explore_command
from pipeline.commands.gold import gold_commands
from pipeline.commands.listing import list_command
from pipeline.commands.names import name_commands
from pipeline.commands.review import review_command
from pipeline.commands.run import run_command
from pipeline.commands.terminal import messages
from pipeline.export.saving import save
from pipeline.model.errors import HakushoError
from pipeline.runs.reports import rewrite_reports, write_changes_page
from pipeline.runs.scored import compared, score, score_blocks
from pipeline.scoring import calibration_table as calibrated
from pipeline.scoring import evaluate as evaluation
from pipeline.scoring import scores
from pipeline.scoring import tables as score_tables
from pipeline.scoring.calibration import calibrations

# Every command takes -h as well.
HELP = {"help_option_names": ["-h", "--help"]}
app = typer.Typer(
    no_args_is_help=True,
    context_settings=HELP,
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
    debug: Annotated[
        bool, typer.Option("--debug", help="In any command: show where an error was raised.")
    ] = False,
    lang: Annotated[
        str | None,
        typer.Option(
            metavar="ja|en",
            help="In any command: the language of help and messages, else HAKUSHO_LANG or the locale.",
        ),
    ] = None,
) -> None:
    """Organizations, dates and laws of Japanese white papers as tables that can be trusted."""


class Output(StrEnum):
    """How ``evaluate`` prints the scores."""

    table = "table"
    json = "json"
    csv = "csv"


app.command("run")(run_command)


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
    calibration: CalibrationOption = False,
    fail_under: Annotated[
        str | None, typer.Option(metavar="ORG=0.95,LAW:norm=0.9", help="Exit 1 if an F1 is lower.")
    ] = None,
    output: Annotated[
        Output, typer.Option("--format", case_sensitive=False, help="How to print the scores.")
    ] = Output.table,
) -> None:
    """Score results against gold: strict, overlap and norm F1 of each label.

    Blocks and sentences are scored, too, where GOLD has them.
    """
    thresholds = scores.parse_fail_under(fail_under) if fail_under else {}
    found, unknown = score(predictions, gold, regions=regions, split=split, texts=texts)
    if unknown and (texts or predictions.is_dir()):
        said = f"{len(unknown)} documents scored without their text: {', '.join(unknown)}"
        messages.print(said, markup=False)
    if errors:
        save(errors, score_tables.errors_csv(found))
    blocks = () if regions else score_blocks(predictions, gold)
    reliability = calibrations(found.cases) if calibration else ()
    if output is Output.json:
        structure = {"structure": score_tables.structure_json(blocks)}
        figures = score_tables.to_json(found) | structure | calibrated.to_json(reliability)
        sys.stdout.write(json.dumps(figures, ensure_ascii=False, indent=1) + "\n")
    elif output is Output.csv:
        sys.stdout.write(score_tables.scores_csv(found))
    else:
        sys.stdout.write(score_tables.render_table(found) + "\n")
        sys.stdout.write(score_tables.render_structure(blocks))
        sys.stdout.write(calibrated.render(reliability))
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
    found = compared(run_a, run_b, gold)
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
app.command("list")(list_command)
app.command("explore")(explore_command)


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
