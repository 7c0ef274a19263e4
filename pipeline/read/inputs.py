"""The inputs of a run: the documents that are read, and those that are left out."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Input:
    """A document to be read.

    Attributes:
        path: Where it is; ``None`` is standard input. A member of an archive has the archive's path
            before its own: ``texts.zip/2014/a.txt``.
        facts: What the row of a manifest says of it, by column.
        listed: Whether a manifest names it.
        row: Where it does: ``texts/manifest.csv, row 3``.
        size: Its bytes if it is a member of an archive; else 0.
        fault: Why it cannot be read, if finding it has shown that already.
    """

    path: Path | None
    doc_id: str
    facts: Mapping[str, str] = field(default_factory=dict)
    listed: bool = False
    row: str = field(default="", compare=False)
    size: int = field(default=0, compare=False)
    fault: str = field(default="", compare=False)


class Skipped(NamedTuple):
    """A file or a folder that was met and is not read, and why: a clause for people."""

    path: str
    reason: str


def place_of(item: Input) -> str:
    """Return the name of a document in messages."""
    return str(item.path) if item.path else "standard input"
