"""The command ``hakusho review``: judge a run in the browser."""

from __future__ import annotations

import getpass
from contextlib import nullcontext, suppress
from pathlib import Path  # noqa: TC003 - read at run time
from typing import Annotated

import typer

from pipeline.commands.terminal import messages
from pipeline.model.extras import require


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
    port: Annotated[int, typer.Option(min=0, max=65535, help="0 takes one that is free.")] = 0,
    who: Annotated[
        str, typer.Option(help="Your name, as corrections carry it.", show_default="login name")
    ] = "",
    open_page: Annotated[bool, typer.Option("--open", help="Open the page in the browser as well.")] = False,
) -> None:
    """Serve the reports of a run on this machine, and save what you judge as corrections and as gold."""
    require("hakusho review", ("starlette", "uvicorn"), "review")
    from pipeline.review.answering import open_socket  # a web server: only for those who want one
    from pipeline.review.opening import opened
    from pipeline.review.serve import Review, run_server

    review = Review(folder, gold, who or _login(), second)
    listening = open_socket(port)
    address = review.address(listening.getsockname()[1])
    messages.print(f"Open {address} (Ctrl+C ends it)", markup=False)
    with suppress(KeyboardInterrupt), opened(address, _unopened) if open_page else nullcontext():
        run_server(review, listening)


def _unopened() -> None:
    messages.print("No browser could be opened: open the address above.", markup=False)


def _login() -> str:
    """Return the login name, or nothing where the system knows none (a container)."""
    with suppress(OSError, KeyError, ImportError):
        return getpass.getuser()
    return ""
