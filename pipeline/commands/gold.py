"""The commands under ``hakusho gold``: check, apply corrections, exchange with annotation tools."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from pipeline.commands.own_files import tell_faults
from pipeline.commands.terminal import messages
from pipeline.commands.types import TypesOption, own_types
from pipeline.model.errors import HakushoError
from pipeline.model.plural import plural
from pipeline.review import exchange
from pipeline.review.corrections import apply_corrections, realign_gold
from pipeline.review.mending import mend_gold, mended_name
from pipeline.runs.scored import check_gold

gold_commands = typer.Typer(help="Work on gold files.", no_args_is_help=True, rich_markup_mode=None)
Texts = Annotated[Path, typer.Option(help="The text, or the folder of texts, that it annotates.")]
Format = Annotated[
    exchange.Format,
    typer.Option("--format", case_sensitive=False, help="The tool that reads or wrote the annotations."),
]


@gold_commands.command("check")
def gold_check(
    gold: Annotated[Path, typer.Argument(metavar="FILE", help="A gold CSV, or a folder of them.")],
    texts: Texts = Path("corpus"),
    types: TypesOption = None,
) -> None:
    """Check that a gold file is well formed and of this text.

    Every fault is a line with its row and reason.
    """
    own_types(types)
    tell_faults(check_gold(gold, texts), str(gold))
    messages.print(f"{gold}: well formed", markup=False)


@gold_commands.command("realign")
def gold_realign(
    old: Annotated[Path, typer.Argument(metavar="OLD", help="The text that the gold annotates.")],
    new: Annotated[Path, typer.Argument(metavar="NEW", help="The same text, extracted anew.")],
    gold: Annotated[Path, typer.Argument(metavar="GOLD", help="The gold CSV of that one document.")],
    output: Annotated[
        Path, typer.Option("-o", "--output", help="The gold CSV to write; may be GOLD itself.")
    ],
    types: TypesOption = None,
) -> None:
    """Move gold to the offsets of its text as extracted anew.

    What cannot be placed for certain is left out of the output and listed, one line each.
    """
    own_types(types)
    placed, lost = realign_gold(old, new, gold, output)
    for mention in lost:
        span = f"[{mention.start}, {mention.end})"
        sys.stdout.write(f"{mention.doc_id} {span} {mention.label} {mention.text!r}: not placed\n")
    messages.print(f"{output}: {plural(placed, 'mention')} moved, {len(lost)} not placed", markup=False)
    if lost:
        raise HakushoError(
            f"{gold}: {plural(len(lost), 'mention has', 'mentions have')} no certain place in {new}: "
            "place them by hand"
        )


@gold_commands.command("mend")
def gold_mend(
    gold: Annotated[Path, typer.Argument(metavar="FILE", help="A gold table as a spreadsheet saved it.")],
    texts: Annotated[
        Path, typer.Argument(metavar="TEXT", help="The text, or the folder of texts, that it annotates.")
    ],
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", help="The gold CSV to write; by default FILE with .mended.csv."),
    ] = None,
    types: TypesOption = None,
) -> None:
    """Restore in a gold file what a spreadsheet changed, where the text proves what it was.

    What was restored, and what nobody can tell for certain, is listed; such cells stay as they are.
    """
    own_types(types)
    written = output or mended_name(gold)
    found = mend_gold(gold, texts, written)
    for note in found.restored:
        messages.print(f"{gold}, {note}", markup=False)
    for note in found.left:
        sys.stdout.write(f"{gold}, {note}\n")
    messages.print(
        f"{written}: {plural(len(found.restored), 'cell')} restored, {len(found.left)} not", markup=False
    )
    if found.left:
        raise HakushoError(
            f"{gold}: {plural(len(found.left), 'cell')} could not be restored with certainty: "
            "correct the rows above by hand"
        )


@gold_commands.command("apply")
def gold_apply(
    corrections: Annotated[
        list[Path], typer.Argument(metavar="CORRECTIONS...", help="What report.html or hakusho review saved.")
    ],
    gold: Annotated[Path, typer.Option(help="The gold CSV, or an entities.csv, that was judged.")],
    output: Annotated[
        Path, typer.Option("-o", "--output", help="The gold CSV to write; may be GOLD itself.")
    ],
    types: TypesOption = None,
) -> None:
    """Bring corrections into a gold file; the version before is kept with the ending .bak."""
    own_types(types)
    counts, problems = apply_corrections(corrections, gold, output)
    said = ", ".join(f"{count} {action}" for action, count in counts.items()) or "none"
    messages.print(f"{output}: corrections made: {said}", markup=False)
    for problem in problems:
        messages.print(f"{output}: {problem}", markup=False)


@gold_commands.command("export")
def gold_export(
    gold: Annotated[Path, typer.Argument(metavar="FILE", help="A gold CSV or entities.csv, or a folder.")],
    form: Format,
    output: Annotated[Path, typer.Option("-o", "--output", help="Folder to write to.")],
    texts: Texts = Path("corpus"),
    types: TypesOption = None,
) -> None:
    """Write annotations for another tool, the texts with them."""
    own_types(types)
    for path in exchange.write(gold, texts, form, output):
        messages.print(str(path), said=False, markup=False)


@gold_commands.command("import")
def gold_import(
    annotations: Annotated[
        Path, typer.Argument(metavar="PATH", help="What the tool wrote: a file or folder.")
    ],
    form: Format,
    output: Annotated[Path, typer.Option("-o", "--output", help="The gold CSV to write.")],
    texts: Texts = Path("corpus"),
    types: TypesOption = None,
) -> None:
    """Read the annotations of another tool into a gold file; offsets are held against the texts."""
    own_types(types)
    count = exchange.read(annotations, texts, form, output)
    messages.print(f"{output}: {plural(count, 'mention')}", markup=False)
