"""What an expression says in years of the western count, so that a bracket can be seen to say the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.eras import era_named

if TYPE_CHECKING:
    from pipeline.entities.dates.parts import Expression


def said(expression: Expression) -> list[tuple[int | None, ...]]:
    """What the ends of the expression say, years in western count; nothing where an end is not absolute."""
    said: list[tuple[int | None, ...]] = []
    for parts in filter(None, (expression.first, expression.second)):
        if (era := era_named(parts.era)) and parts.era_year is not None and parts.western is None:
            year = era.year(parts.era_year)
        elif parts.western is not None and parts.digits == 4 and not parts.era:
            year = parts.western
        elif said and parts.bare is not None:
            first = expression.first
            century = (first.western or 0) // 100 * 100
            counted = era_named(first.era)
            year = counted.year(parts.bare) if counted else century + parts.bare
        else:
            return []
        said.append((year, parts.month, parts.day, parts.quarter, parts.half))
    return said
