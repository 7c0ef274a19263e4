"""Open the first page of the review server in a browser, without its token on any command line.

Every user of a machine can read the arguments of its processes. So the browser is given a file that only its
owner can read, and the file leads to the address with the token.
"""

from __future__ import annotations

import html
import os
import tempfile
import threading
import webbrowser
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

# They would take the terminal of the server, and run no scripts.
CONSOLE = frozenset({"www-browser", "links", "elinks", "lynx", "w3m"})
PAGE = """<!DOCTYPE html>
<meta charset="utf-8">
<meta name="referrer" content="no-referrer">
<meta http-equiv="refresh" content="0; url={address}">
<link rel="icon" href="data:,">
<title>hakusho review</title>
<a href="{address}">hakusho review</a>
"""


@contextmanager
def opened(address: str, failed: Callable[[], None]) -> Iterator[None]:
    """Open a browser beside what is done within; the file that leads it to the address goes at the end.

    Args:
        address: Where to lead the browser, with the token.
        failed: Called where there is no browser with windows, or it cannot be started.
    """
    browser = _browser()
    if browser is None:
        failed()
        yield
        return
    descriptor, name = tempfile.mkstemp(prefix="hakusho-review-", suffix=".html")  # mode 0600
    page = Path(name)

    def begin() -> None:
        try:
            started = browser.open(page.as_uri())
        except (OSError, webbrowser.Error):
            started = False
        if not started:
            failed()

    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(PAGE.format(address=html.escape(address)))
        threading.Thread(target=begin, daemon=True, name="browser").start()  # some come back when they end
        yield
    finally:
        page.unlink(missing_ok=True)


def _browser() -> webbrowser.BaseBrowser | None:
    try:
        found = webbrowser.get()
    except webbrowser.Error:
        return None
    return None if Path(found.name).name in CONSOLE else found
