"""The command ``hakusho review``: judge a run in the browser."""

from __future__ import annotations

import getpass
from contextlib import suppress
from pathlib import Path  # noqa: TC003 - read at run time
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.commands.served import OpenOption, PortOption, serve
from pipeline.model.extras import require

if TYPE_CHECKING:
    import uvicorn


def review_command(
    folder: Annotated[Path, typer.Argument(metavar="OUTPUT_DIR", help="The output folder of a run.")],
    gold: Annotated[
        Path | None, typer.Option(help="Gold to judge against, and to start from; it is not changed.")
    ] = None,
    second: Annotated[
        Path | None,
        typer.Option(
            help="Somebody else's gold: the page leads to each difference from --gold, to settle it."
        ),
    ] = None,
    port: PortOption = 0,
    who: Annotated[
        str, typer.Option(help="Your name, as corrections carry it.", show_default="login name")
    ] = "",
    open_page: OpenOption = False,
) -> None:
    """Serve the reports of a run on this machine, and save what you judge as corrections and as gold."""
    require("hakusho review", ("starlette", "uvicorn"), "review")
    from pipeline.review.serve import Review, configuration  # a web server: only for those who want one

    def made() -> tuple[uvicorn.Config, str]:
        review = Review(folder, gold, who or _login(), second)
        return configuration(review), review.token

    serve(made, port, open_page=open_page)


def _login() -> str:
    """Return the login name, or nothing where the system knows none (a container)."""
    with suppress(OSError, KeyError, ImportError):
        return getpass.getuser()
    return ""
