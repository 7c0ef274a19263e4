"""Lines → units: the lines of a paragraph are joined; lines between its halves are units of their own.

Part of stage 3 (see ``builder.py``).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.model.rule import Rule
from pipeline.structure.joins import continues
from pipeline.structure.wraps import next_remark

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.model.page import BlockKind
    from pipeline.structure.lines import Line
    from pipeline.structure.widths import Widths

# The lines of these kinds follow each other directly.
COMPACT = frozenset(("caption", "heading", "reference"))
# Lines are joined without a blank, except between English words: 「Defense⏎Policy」.
WORD_END = Rule(
    "line_ends_in_english", r"[a-z][,.]?$", reads=("Defens⟦e⟧", "Defens⟦e,⟧"), leaves=("NATO", "Defense）")
)
WORD_START = Rule("begins_english", r"[A-Za-z]", reads=("⟦P⟧olicy",), leaves=("⟦政府", "⟦2014"))


@dataclass(slots=True)
class Unit:
    """Lines that make a block of running text, a table row, or a gloss; ``spans`` count clean characters."""

    kind: BlockKind
    spans: list[tuple[int, int]]
    section: tuple[str, ...]
    level: int = 0
    row: int = -1
    # The text of the last span.
    text: str = ""


def units(lines: Sequence[Line], widths: Widths) -> Iterator[Unit]:
    """Yield the units of ``lines`` in the order of their first lines.

    Args:
        lines: The lines of the text, with their sections.
        widths: Their widths, from :func:`pipeline.structure.widths.line_widths`.
    """
    taken = [False] * len(lines)
    row = 0
    for i, line in enumerate(lines):
        if taken[i] or line.kind == "blank":
            continue
        taken[i] = True
        if line.kind == "table":
            yield Unit("table", [(line.start, line.end)], line.section, row=row)
            row += 1
            continue
        unit = Unit(line.kind, [(line.start, line.end)], line.section, line.level, text=line.text)
        last = i
        while (j := _carried(lines, last, widths, unit.kind)) is not None and not taken[j]:
            if unit.kind in COMPACT and j > last + 1 and not lines[last].title:
                break
            taken[j] = True
            _append(unit, lines[j], widths, apart=bool(lines[last].title))
            last = j
        yield unit


def _carried(lines: Sequence[Line], last: int, widths: Widths, kind: BlockKind) -> int | None:
    if kind == "footnote" and next_remark(lines, last):
        return last + 1
    return continues(lines, last, widths)


def _append(unit: Unit, line: Line, widths: Widths, *, apart: bool) -> None:
    """Add a line. Blanks at the line end are dropped, except one between English words or if ``apart``."""
    start, end = unit.spans[-1]
    head, tail = unit.text.rstrip(), line.text.lstrip()
    edge = end - len(unit.text) + len(head)
    words = WORD_END.search(head) and WORD_START.match(tail)
    if words and tail[0].islower() and widths.wide(edge - 1) and widths.wide(line.end - len(tail)):
        words = None
    unit.spans[-1] = (start, edge + bool(apart or words))
    unit.spans.append((line.end - len(tail), line.end))
    unit.text = tail
