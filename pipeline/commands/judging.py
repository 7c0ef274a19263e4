"""The commands that score: against gold, against another run, and one annotator against another."""

from __future__ import annotations

import sys
from pathlib import Path  # noqa: TC003 -- typer reads it
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.commands.engine import CalibrationOption  # noqa: TC001 -- typer reads it
from pipeline.commands.printing import Printed, PrintedOption, print_json
from pipeline.commands.terminal import messages
from pipeline.commands.types import TypesOption, own_types
from pipeline.export.saving import save
from pipeline.model.errors import HakushoError
from pipeline.model.extras import require
from pipeline.model.plural import plural
from pipeline.read.results import declare_labels
from pipeline.runs.reports import rewrite_reports, write_changes_page
from pipeline.runs.scored import compared, other_texts, score, score_blocks
from pipeline.scoring import calibration_table as calibrated
from pipeline.scoring import evaluate as evaluation
from pipeline.scoring import scores
from pipeline.scoring import tables as score_tables
from pipeline.scoring.calibration import calibrations

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.scoring.calibration import Calibration
    from pipeline.scoring.structure import StructureScore


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
    output: PrintedOption = Printed.table,
    types: TypesOption = None,
) -> None:
    """Score results against gold: strict, overlap and norm F1 of each label.

    Blocks and sentences are scored, too, where GOLD has them.
    """
    require("hakusho evaluate", ("numpy",))
    # What the user says of a label counts before what the run says.
    declare_labels(predictions, again=own_types(types) is None)
    thresholds = scores.parse_fail_under(fail_under) if fail_under else {}
    found, unknown = score(predictions, gold, regions=regions, split=split, texts=texts)
    if unknown and (texts or predictions.is_dir()):
        said = f"{plural(len(unknown), 'document')} scored without a text: {', '.join(unknown)}"
        messages.print(said, markup=False)
    if errors:
        save(errors, score_tables.errors_csv(found))
    blocks = () if regions else score_blocks(predictions, gold)
    _print_scores(found, blocks, calibrations(found.cases) if calibration else (), output)
    if failed := scores.failures(found, thresholds):
        raise HakushoError("; ".join(failed))


def _print_scores(
    found: scores.Scores,
    blocks: Sequence[StructureScore],
    reliability: Sequence[Calibration],
    output: Printed,
) -> None:
    if output is Printed.json:
        structure = {"structure": score_tables.structure_json(blocks)}
        figures = score_tables.to_json(found) | structure | calibrated.to_json(reliability)
        print_json(figures)
    elif output is Printed.csv:
        sys.stdout.write(score_tables.scores_csv(found))
    else:
        sys.stdout.write(score_tables.render_table(found) + "\n")
        sys.stdout.write(score_tables.render_structure(blocks))
        sys.stdout.write(calibrated.render(reliability))


def compare(
    run_a: Annotated[Path, typer.Argument(metavar="RUN_A", help="The output folder or entities.csv before.")],
    run_b: Annotated[Path, typer.Argument(metavar="RUN_B", help="The same after.")],
    gold: Annotated[
        Path | None, typer.Option(help="Say of each change whether it is a fix or a fault.")
    ] = None,
    changes: Annotated[Path | None, typer.Option(help="Write every change to this CSV.")] = None,
    html: Annotated[Path | None, typer.Option(help="Write every change in its context to this page.")] = None,
    types: TypesOption = None,
) -> None:
    """List the mentions that the second run lost, gained, moved or changed against the first."""
    own_types(types)
    found = compared(run_a, run_b, gold)
    if others := other_texts(run_a, run_b):
        said = (
            f"{plural(len(others), 'document')} of another text in the second run, so that places differ: "
            f"{', '.join(others)}"
        )
        messages.print(said, markup=False)
    if changes:
        save(changes, score_tables.changes_csv(found))
    if html:
        write_changes_page(found, run_a, run_b, html)
    sys.stdout.write(score_tables.render_comparison(found) + "\n")


def agreement(
    first: Annotated[Path, typer.Argument(metavar="A", help="One annotator's gold CSV.")],
    second: Annotated[Path, typer.Argument(metavar="B", help="The other's.")],
    differences: Annotated[Path | None, typer.Option(help="Write every difference to this CSV.")] = None,
    types: TypesOption = None,
) -> None:
    """Show how far two annotations agree: strict F1, and equal values of the mentions that both have."""
    require("hakusho agreement", ("numpy",))
    own_types(types)
    found = evaluation.agreement(first, second)
    if differences:
        save(differences, score_tables.errors_csv(found))
    sys.stdout.write(score_tables.render_table(found) + "\n")


def report(
    folder: Annotated[Path, typer.Argument(metavar="OUTPUT_DIR", help="The output folder of a run.")],
    gold: Annotated[Path | None, typer.Option(help="Mark what differs from this gold.")] = None,
) -> None:
    """Write report.html anew for every document of a run, from its entities.csv as it stands now."""
    for path in rewrite_reports(folder, gold):
        messages.print(str(path), said=False, markup=False)
