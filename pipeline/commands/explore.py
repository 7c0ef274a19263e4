"""``hakusho explore``: the page on which a whole run is explored."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.commands.served import OpenOption, PortOption, serve
from pipeline.commands.terminal import messages
from pipeline.model.extras import require

if TYPE_CHECKING:
    import uvicorn


def explore_command(
    folder: Annotated[
        Path, typer.Argument(metavar="OUTPUT_DIR", help="The output folder of a run.", show_default=True)
    ] = Path("outputs"),
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", help="The page to write; by default explore.html in the folder."),
    ] = None,
    served: Annotated[
        bool,
        typer.Option(
            "--serve",
            help="Write no page, but answer from hakusho.sqlite on this machine: for runs of any size.",
        ),
    ] = False,
    port: PortOption = 0,
    open_page: OpenOption = False,
) -> None:
    """Write a page on which all documents of a run are explored: names, sentences, years, comparisons.

    It is one file that needs no network: search a name or law in any of its forms, see it by year, document,
    sentence (KWIC) and beside other names, and save what is seen as CSV. With --serve the same page asks a
    server on this machine, which reads the run's database.
    """
    if served:
        _serve(folder, port, output, open_page=open_page)
        return
    if port or open_page:
        raise typer.BadParameter("--port and --open are of the server: add --serve")
    from pipeline.runs.explored import write_explorer

    messages.print(str(write_explorer(folder, output)), said=False, markup=False)


def _serve(folder: Path, port: int, output: Path | None, *, open_page: bool) -> None:
    if output:
        raise typer.BadParameter("-o names a page to write, and --serve writes none: leave one of them out")
    require("hakusho explore --serve", ("starlette", "uvicorn"), "review")
    from pipeline.review.answering import configured  # a web server: only for those who want one
    from pipeline.review.exploring import Exploring, application

    def made() -> tuple[uvicorn.Config, str]:
        exploring = Exploring(folder)
        return configured(application(exploring)), exploring.token

    serve(made, port, open_page=open_page)
