"""The rows of a sheet, once it is read: what is merged is repeated, and empty columns are left out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.model.errors import HakushoError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Row = dict[int, str]
"""Its cells that have something in them, by their columns."""


def rows(
    table: dict[int, Row], merged: Sequence[tuple[int, int, int]], most: int, where: str
) -> Iterator[list[str]]:
    """Yield the rows in order, what is merged filled in, without columns that are empty all the way.

    Args:
        table: The rows that have something in them, by their numbers; what is merged is added to them.
        merged: First and last row and column of each cell that is merged over rows.
        most: How many cells may be written, repeated and empty ones with them.
        where: What an error calls the file.

    Raises:
        HakushoError: There would be more.
    """
    order = sorted(table)
    _fill(table, order, merged, most, where)
    used = {column: n for n, column in enumerate(sorted({c for row in table.values() for c in row}))}
    last = written = 0
    for number in order:
        row = table[number]
        width = used[max(row)] + 1
        written += width
        if written > most:
            raise swollen(where)
        if last and number > last + 1:
            yield []
        last = number
        cells = [""] * width
        for column, text in row.items():
            cells[used[column]] = text
        yield cells


def _fill(
    table: dict[int, Row], order: list[int], merged: Sequence[tuple[int, int, int]], most: int, where: str
) -> None:
    """Repeat what is merged over rows in each of those that have something in them."""
    waiting = sorted(merged, reverse=True)
    carried: dict[int, tuple[int, str]] = {}
    repeated = 0
    for number in order:
        row = table[number]
        repeated += len(carried)
        if repeated > most:
            raise swollen(where)
        for column in [column for column, (end, _) in carried.items() if end < number]:
            del carried[column]
        for column, (_, text) in carried.items():
            row.setdefault(column, text)
        while waiting and waiting[-1][0] <= number:
            first, end, column = waiting.pop()
            if first == number and column in row:
                carried[column] = (end, row[column])


def swollen(where: str) -> HakushoError:
    """Return the error of a sheet that holds far more than its file has."""
    return HakushoError(
        f"{where}: its sheet repeats cells, or has empty ones, without end: save the table alone"
    )
