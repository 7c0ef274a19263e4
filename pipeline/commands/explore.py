"""``hakusho explore``: the page on which a whole run is explored."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipeline.commands.terminal import messages


def explore_command(
    folder: Annotated[
        Path, typer.Argument(metavar="OUTPUT_DIR", help="The output folder of a run.", show_default=True)
    ] = Path("outputs"),
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", help="The page to write; by default explore.html in the folder."),
    ] = None,
) -> None:
    """Write a page on which all documents of a run are explored: names, sentences, years, comparisons.

    It is one file that needs no network: search a name or law in any of its forms, see it by year, document,
    sentence (KWIC) and beside other names, and save what is seen as CSV.
    """
    from pipeline.runs.explored import write_explorer

    messages.print(str(write_explorer(folder, output)), said=False, markup=False)
