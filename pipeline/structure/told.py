"""The kinds that a file's own markup gives its lines: they count for more than the form of a line.

Part of stage 3 (see ``builder.py``). The markup tells headings, list items and captions. Tables and notes
are recognized by their form.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipeline.model.source import Text
    from pipeline.structure.lines import Line

# Kinds that a line has by its form, whatever element it stands in.
BY_FORM = frozenset(("blank", "table", "footnote"))


def with_told(lines: list[Line], text: Text) -> list[Line]:
    """Return ``lines`` with the kinds and levels that the source's markup gives them."""
    told, raw = text.source.told, text.source.raw
    if not told:
        return lines
    out = []
    for line in lines:
        begins = line.start == 0 or text.clean[line.start - 1] == "\n"
        said = None
        if begins and line.kind not in BY_FORM:
            # Cleaning may have dropped characters before the first one that is left.
            said = told.get(raw.rfind("\n", 0, text.starts[line.start]) + 1)
        out.append(line._replace(kind=said.kind, level=said.level, told=True) if said else line)
    return out
