"""What a file's own markup says of its lines: it counts for more than what a line looks like.

Part of stage 3 (see ``builder.py``). A page says what is a heading, an item of a list, a caption; a table or
a note shows by its form that it is one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipeline.model.source import Text
    from pipeline.structure.lines import Line

# What a line is by its form, whatever element it stands in.
BY_FORM = frozenset(("blank", "table", "footnote"))


def with_told(lines: list[Line], text: Text) -> list[Line]:
    """Return ``lines`` with the kinds and levels that the source tells of them."""
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
