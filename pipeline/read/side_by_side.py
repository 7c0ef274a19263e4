"""Columns of prose that an extraction left side by side: a line holds the halves of two sentences.

Part of stage 1. Nothing is put in order: the text as it stands is what is cited. A warning says the way out.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import groupby
from typing import TYPE_CHECKING
from unicodedata import east_asian_width

if TYPE_CHECKING:
    from collections.abc import Iterator

# Two columns of prose, of at least WIDTH code points each, with a gap between them; lines are looked at up to
# LONGEST code points. At least LINES of them follow each other, of which SHARE have the right column at the
# same place, to a letter, and SHARE end within a sentence on the left (決め打ち).
WIDTH, LONGEST, LINES, SHARE = 10, 240, 8, 0.6
_GAP = re.compile(r"(?<=\S)[ \u3000]{2,}(?=\S)")
_PROSE = re.compile("[ぁ-ん]")
_ENDED = tuple("。：:！？")


def side_by_side(text: str) -> Iterator[str]:
    """Yield a warning if lines of a text hold two columns of prose."""
    count = first = 0
    for found, run in groupby(_places(text), key=lambda place: place[1] >= 0):
        lines = list(run)
        if found and _are_columns([(column, inside) for _, column, inside in lines]):
            first = first if count else lines[0][0]
            count += len(lines)
    if count:
        yield (
            f"{count} lines hold two columns side by side (the first at character {first}), so that "
            "sentences are cut: extract the text column by column, or give the PDF itself"
        )


def _places(text: str) -> Iterator[tuple[int, int, bool]]:
    """Yield for each line that is not blank its start, the column of its right half, and how its left ends.

    The column counts in half-widths and is -1 where a line has not two halves of prose; the left half ends
    within a sentence or not.
    """
    start = 0
    for line in text.split("\n"):
        if line and not line.isspace():
            gaps = (
                list(_GAP.finditer(line))
                if len(line) <= LONGEST and "  " in line.replace("\u3000", "  ")
                else []
            )
            column, inside = -1, False
            if len(gaps) == 1:
                left, right = line[: gaps[0].start()].strip(), line[gaps[0].end() :].strip()
                if min(len(left), len(right)) >= WIDTH and _PROSE.search(left) and _PROSE.search(right):
                    column, inside = _width(line[: gaps[0].end()]), not left.endswith(_ENDED)
            yield start, column, inside
        start += len(line) + 1


def _width(text: str) -> int:
    return sum(2 if east_asian_width(char) in "WFA" else 1 for char in text)


def _are_columns(lines: list[tuple[int, bool]]) -> bool:
    if len(lines) < LINES:
        return False
    starts = Counter(column // 2 for column, _ in lines)
    often = max(starts[k] + starts[k + 1] for k in starts)
    return often >= SHARE * len(lines) and sum(inside for _, inside in lines) >= SHARE * len(lines)
