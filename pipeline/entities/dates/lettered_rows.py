"""Rows of a table in which letters and numbers head columns of years: R3, R4, R5.

One alone may be a road, a grade or a hypothesis. Three or more years that follow one another are years,
unless they count from one on (H1, H2, H3), where nothing tells them from such.
"""

from __future__ import annotations

from itertools import groupby, pairwise
from typing import TYPE_CHECKING

from pipeline.entities.dates.parts import Parts
from pipeline.eras import eras
from pipeline.model.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.model.sentence import Analysis

LETTERED = Rule(
    "cell_of_a_lettered_year",
    r"(?P<letter>[SHR])(?P<year>\d{1,2}|元)",
    reads=("項目\tR3\tR4\tR5\n件数\t1\t2\t3",),
    leaves=("国道",),
)
# So many of them in a row are years (決め打ち).
LEAST = 3


def years(analyses: Sequence[Analysis]) -> dict[int, Parts]:
    """Return the year of each cell that holds nothing but the letter and number of one, by its index."""
    cells = [
        (index, parts)
        for index, analysis in enumerate(analyses)
        if analysis.sentence.row >= 0 and (parts := _year(analysis.sentence.text))
    ]
    found: dict[int, Parts] = {}
    for _, group in groupby(
        cells, lambda cell: (analyses[cell[0]].sentence.block_id, analyses[cell[0]].sentence.row)
    ):
        row = list(group)
        if len(row) >= LEAST and _follow([parts for _, parts in row]):
            before = analyses[max(0, row[0][0] - 1)].sentence
            fiscal = before.row == analyses[row[0][0]].sentence.row and "年度" in before.text
            found.update((cell, one._replace(unit="fiscal_year") if fiscal else one) for cell, one in row)
    return found


def _year(text: str) -> Parts | None:
    match = LETTERED.fullmatch(text) if len(text) <= LEAST else None
    if match is None:
        return None
    number = 1 if match["year"] == "元" else int(match["year"])
    era = next(era for era in eras().values() if era.letter == match["letter"])
    return Parts(era=era.name, era_year=number) if era.holds(number) else None


def _follow(row: Sequence[Parts]) -> bool:
    """Whether each is the year behind the one before, and the first is not the first of its era."""
    counted = [eras()[parts.era].year(parts.era_year or 0) for parts in row]
    return (row[0].era_year or 0) > 1 and all(last + 1 == year for last, year in pairwise(counted))
