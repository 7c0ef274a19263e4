"""What the commands share that serve pages on this machine."""

from __future__ import annotations

from contextlib import nullcontext, suppress
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.commands.terminal import messages

if TYPE_CHECKING:
    from collections.abc import Callable

    import uvicorn

PortOption = Annotated[int, typer.Option(min=0, max=65535, help="0 takes one that is free.")]
OpenOption = Annotated[bool, typer.Option("--open", help="Open the page in the browser as well.")]


def serve(make: Callable[[], tuple[uvicorn.Config, str]], port: int, *, open_page: bool) -> None:
    """Print the address of a server, and serve until interrupted.

    Args:
        make: Makes the server, and the token that its first address holds; it may refuse.
        port: Of 127.0.0.1; 0 takes one that is free.
        open_page: Whether to lead a browser there.
    """
    from pipeline.review.answering import address, open_socket, run_server  # only where they are installed
    from pipeline.review.opening import opened

    configuration, token = make()
    listening = open_socket(port)
    first = address(listening.getsockname()[1], token)
    messages.print(f"Open {first} (Ctrl+C ends it)", markup=False)
    with suppress(KeyboardInterrupt), opened(first, _unopened) if open_page else nullcontext():
        run_server(configuration, listening)


def _unopened() -> None:
    messages.print("No browser could be opened: open the address above.", markup=False)
