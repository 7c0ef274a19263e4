"""Messages for people, on stderr: stdout belongs to the data.

Names of files, texts and answers of servers may hold sequences that a terminal obeys: it would colour,
overwrite or rename. They are shown instead, each character as Python writes it. Messages are said in the
language that the user chose.
"""

from __future__ import annotations

import os
import re
import sys
from typing import TYPE_CHECKING, Any

from rich.console import Console

from pipeline.commands.catalogue import Catalogue

if TYPE_CHECKING:
    from collections.abc import MutableMapping
    from typing import TextIO

# The widths of terminals, in columns (決め打ち).
NARROWEST, WIDEST = 20, 10_000

# What a terminal may obey: controls but tab and line feed, and marks that turn the direction of a line.
OBEYED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def shown(text: str) -> str:
    r"""Return a text that a terminal shows as it is.

    >>> shown("a\x1b[31mb")
    'a\\x1b[31mb'
    """
    return OBEYED.sub(lambda match: ascii(match[0])[1:-1], text)


class Messages(Console):
    """A console that shows what it is told in the user's language, and obeys none of it."""

    language, spoken = "en", Catalogue([])

    def said(self, text: str) -> str:
        """Return a message in the user's language, as far as there is one."""
        return self.spoken.said(text)

    def print(self, *objects: Any, said: bool = True, **named: Any) -> None:
        """Print texts in the user's language, and tables and bars in their colours.

        Args:
            objects: What to print.
            said: Whether texts are messages of the code; a path of the user's is none.
            named: As of a console.
        """
        texts = (self.said(one) if said and isinstance(one, str) else one for one in objects)
        super().print(*(shown(one) if isinstance(one, str) else one for one in texts), **named)


class Shown:
    """Standard output where it is a terminal: what goes to a file or a pipe stays as it is."""

    def __init__(self, stream: TextIO) -> None:
        """Show on ``stream``."""
        self._stream = stream

    def write(self, text: str) -> int:
        """Write a text, so that the terminal obeys none of it."""
        return self._stream.write(shown(text))

    def __getattr__(self, name: str) -> Any:
        """Do all else as the stream does."""
        return getattr(self._stream, name)


def show_output() -> None:
    """Let what is written to standard output be shown, if that is a terminal."""
    if sys.stdout.isatty():
        sys.stdout = Shown(sys.stdout)


def check_width(environment: MutableMapping[str, str]) -> None:
    """Forget a ``COLUMNS`` that is no width of a terminal: tables would be empty, or end in an error.

    >>> known = {"COLUMNS": "0"}
    >>> check_width(known)
    >>> known
    {}
    """
    told = environment.get("COLUMNS", "")
    if not (told.isascii() and told.isdecimal() and NARROWEST <= int(told[:9]) <= WIDEST):
        environment.pop("COLUMNS", None)


check_width(os.environ)  # a console looks there when it is made
messages = Messages(stderr=True, highlight=False, soft_wrap=True)
