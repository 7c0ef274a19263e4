"""``totals.csv``: how often each name stands in each document, by label and year.

A mention of several bodies (陸・海・空自) counts for each of them. A mention without a name counts under
the empty name, so that nothing is left out.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from pipeline.entities import LABELS, tells_time
from pipeline.model.cells import LIST_MARK
from pipeline.model.entity import value_year

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pipeline.datapackage.standing import Standing

    Key = tuple[str, str, int | None]


def total_rows(document: Standing) -> Iterator[tuple[str, ...]]:
    """Yield the rows of ``totals.csv`` of a document, ordered by label, name and year."""
    mentions = document.rows("entities", "label", "norm", "start_date", "end_date")
    counts = _counts(mentions, document.reference_date)
    for label, norm, year in sorted(counts, key=_order):
        count = counts[label, norm, year]
        yield document.doc_id, label, norm, "" if year is None else str(year), str(count)


def _counts(mentions: Iterable[Sequence[str]], reference_date: str) -> Counter[Key]:
    """Count names; ORG and LAW count under the year that the document speaks in."""
    counts: Counter[Key] = Counter()
    spoken = value_year(reference_date, "")
    for (label, norm, first, last), count in Counter(map(tuple, mentions)).items():
        year = _year(first, last) if tells_time(label) else spoken
        for name in norm.split(LIST_MARK):
            counts[label, name, year] += count
    return counts


def _year(start_date: str, end_date: str) -> int | None:
    try:
        return value_year(start_date, end_date)
    except ValueError:  # a cell that somebody edited
        return None


def _order(key: Key) -> tuple[int, str, str, int]:
    label, norm, year = key
    return LABELS.index(label) if label in LABELS else len(LABELS), label, norm, year or 0
