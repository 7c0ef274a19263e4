"""A page on which nothing stands beside anything else is read from the top (see ``pdf_page.py``).

A browser draws what it has put in place later than the text around it: the titles of a page, then its text.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from pipeline.read.pdf_rows import Row

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.read.pdf_table import Table

# Rows stand above each other if they share at most this much of their height, in letters (決め打ち).
SHARED = 0.25


def downwards(rows: Sequence[Row], tables: Sequence[Table]) -> list[Row]:
    """Return the rows from the top to the bottom, where all stand above each other, tables, too.

    Else they are returned as they are drawn. The pieces of rows and tables are numbered anew.
    """
    if any(row.pieces[0].upright for row in rows):
        return list(rows)
    sides = [(row.left, row.right) for row in rows] + [(table.box[0], table.box[2]) for table in tables]
    if not sides or max(left for left, _ in sides) >= min(right for _, right in sides):
        return list(rows)
    places = [(row.top, row.bottom, row.size) for row in rows]
    places += [(table.box[1], table.box[3], 0.0) for table in tables]
    places.sort()
    if any(other[0] < one[1] - SHARED * one[2] for one, other in pairwise(places)):
        return list(rows)
    items: list[Row | Table] = [*rows, *tables]
    found = sorted(items, key=_top)
    for place, piece in enumerate(piece for item in found for piece in item.pieces):
        piece.order = place
    return sorted(rows, key=_top)


def _top(item: Row | Table) -> float:
    return item.top if isinstance(item, Row) else item.box[1]
