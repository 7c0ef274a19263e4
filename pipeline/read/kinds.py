"""The kinds of files, by their first bytes and by the endings of their names (``data/kinds.csv``)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from pipeline.facts import rows


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of files.

    Attributes:
        kind: Its short name.
        reads: Whether it is read.
        endings: How names of such files end, with the dot, in small letters.
        signatures: What such files begin with, where that tells them from others.
        name: What people call one of them.
        way_out: What to do with one that is not read.
    """

    kind: str
    reads: bool
    endings: tuple[str, ...]
    signatures: tuple[bytes, ...]
    name: str
    way_out: str

    @property
    def refusal(self) -> str:
        """Say that it is not read, and what to do."""
        return f"is {self.name}, which is not read: {self.way_out}"


@cache
def kinds() -> dict[str, Kind]:
    """Return all kinds by their short names."""
    return {
        row["kind"]: Kind(
            row["kind"],
            row["reads"] == "yes",
            tuple(row["endings"].split()),
            tuple(bytes.fromhex(part) for part in row["signature"].split()),
            row["name"],
            row["way_out"],
        )
        for row in rows("kinds.csv")
    }


@cache
def _by_ending() -> dict[str, Kind]:
    return {ending: kind for kind in kinds().values() for ending in kind.endings}


def kind_of_name(ending: str) -> Kind | None:
    """Return the kind of files whose names end so (``.docx``, in any case), if it is a known one."""
    return _by_ending().get(ending.lower())


def kind_of_bytes(data: bytes) -> Kind | None:
    """Return the kind that the first bytes of a file are the signature of, if they are one."""
    return next((kind for kind in kinds().values() if data.startswith(kind.signatures)), None)


def endings() -> tuple[str, ...]:
    """Return the endings of all that is read."""
    return tuple(ending for kind in kinds().values() if kind.reads for ending in kind.endings)
