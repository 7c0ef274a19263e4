"""Running text whose characters keep their offsets when it is cut and joined.

Part of stage 3 (see ``builder.py``).
"""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.structure.glosses import Span

# A range takes as much memory as an array of so many offsets.
SHORT = 16


class Run(NamedTuple):
    """Running text with the clean offset and the raw origin of each character."""

    text: str
    offsets: array[int]
    starts: array[int]
    ends: array[int]

    def part(self, start: int, end: int) -> Run:
        """Return the characters from ``start`` to before ``end``."""
        text, offsets, starts, ends = self
        if start == 0 and end == len(text):
            return self
        return Run(text[start:end], offsets[start:end], starts[start:end], ends[start:end])


def joined(runs: Sequence[Run]) -> Run:
    """Return the runs as one, with blanks for line ends."""
    if len(runs) == 1:
        return runs[0]._replace(text=runs[0].text.replace("\n", " "))
    text = "".join([run.text for run in runs]).replace("\n", " ")
    offsets, starts, ends = array("I"), array("I"), array("I")
    for run in runs:
        offsets += run.offsets
        starts += run.starts
        ends += run.ends
    return Run(text, offsets, starts, ends)


def lean(offsets: array[int]) -> Sequence[int]:
    """Return the same offsets, as a range where each follows the one before.

    Most sentences lie whole in the raw text; short ones gain nothing.
    """
    length = len(offsets)
    if length < SHORT or offsets[-1] - offsets[0] != length - 1:
        return offsets
    whole = range(offsets[0], offsets[-1] + 1)
    return whole if offsets == array("I", whole) else offsets


def outside(dropped: Sequence[Span], length: int) -> Iterator[Span]:
    """Yield the spans below ``length`` that lie in none of the given ones, which may overlap."""
    last = 0
    for start, end in dropped:
        if last < start:
            yield last, start
        last = max(last, end)
    if last < length:
        yield last, length
