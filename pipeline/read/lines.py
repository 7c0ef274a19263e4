"""Lines of a text that are not blank, with where they begin."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.read.edition_forms import folded_line

if TYPE_CHECKING:
    from collections.abc import Iterator

_LINE = re.compile(r"[^\n\r\f\v\x85\u2028\u2029]+")


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not blank: where it begins in the raw text, as it stands there, and folded."""

    start: int
    raw: str
    text: str


def lines_in(raw: str, start: int, end: int) -> Iterator[Line]:
    """Yield the lines of ``raw[start:end]`` that are not blank, folded."""
    for found in _LINE.finditer(raw, start, end):
        if not found[0].isspace():
            yield Line(found.start(), found[0], folded_line(found[0]))
