"""The one word that many of these programs are given: a folder of texts, or a commit."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


def word(told: str | None, name: str, default: str, words: Sequence[str] | None = None) -> str:
    """Return the word of the command line, or ``default``; ``--help`` prints ``told`` and ends the program."""
    parser = argparse.ArgumentParser(description=told, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(name.lower(), metavar=name, nargs="?", default=default)
    return str(getattr(parser.parse_args(words), name.lower()))


def folder(told: str | None, words: Sequence[str] | None = None) -> Path | None:
    """Return the folder of texts that the command line names, or None; it must be there."""
    given = word(told, "TEXTS", "", words)
    if given and not Path(given).is_dir():
        raise SystemExit(f"{given}: no such folder")
    return Path(given) if given else None
