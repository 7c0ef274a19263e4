"""``totals.csv``: how often each name stands in each document, by label and year.

A mention of several bodies (陸・海・空自) counts for each of them. A mention without a name counts under
the empty name, so that nothing is left out.
"""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from typing import TYPE_CHECKING, Any

from pipeline.entities import LABELS, TELL_TIME
from pipeline.model.cells import LIST_MARK, plain
from pipeline.model.entity import value_year
from pipeline.model.extras import require

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from pipeline.model.cells import Cell

    Read = Callable[[str, str], bytes | None]
    Key = tuple[str, str, int | None]

# What is counted by.
NEEDED = ["label", "norm", "start_date", "end_date"]


def total_rows(manifest: Mapping[str, Any], read: Read) -> Iterator[tuple[Cell, ...]]:
    """Yield the rows of ``totals.csv``, ordered by document as in ``run.json``, label, name and year.

    Args:
        manifest: The content of ``run.json``.
        read: Gives what the run's folder holds of a document (its id) under a file name; None if it holds
            none.
    """
    for row in manifest["documents"]:
        counts = _counts(_mentions(row["doc_id"], read), row["reference_date"] or "")
        for label, norm, year in sorted(counts, key=_order):
            yield row["doc_id"], label, norm, year, counts[label, norm, year]


def _mentions(doc_id: str, read: Read) -> Iterable[tuple[str, str, str, str]]:
    """Yield label, norm, first and last day of each mention, from whichever table there is."""
    if data := read(doc_id, "entities.csv"):
        stream = io.StringIO(data.decode("utf-8-sig", "surrogatepass"), newline="")
        for row in csv.DictReader(stream):
            label, norm, first, last = (row[name] for name in NEEDED)
            yield label, plain(norm), first, last
    elif data := read(doc_id, "entities.parquet"):
        require(f"{doc_id}/entities.parquet", ("pyarrow",), "parquet")
        import pyarrow.parquet as pq

        for found in pq.read_table(io.BytesIO(data), columns=NEEDED).to_pylist():
            label, norm, first, last = ("" if found[name] is None else str(found[name]) for name in NEEDED)
            yield label, norm, first, last
    elif data := read(doc_id, "entities.json"):
        for found in json.loads(data.decode("utf-8", "surrogatepass"))["entities"]:
            yield tuple(found[name] for name in NEEDED)
    elif data := read(doc_id, "entities.jsonl"):
        for line in data.decode("utf-8", "surrogatepass").splitlines():
            yield tuple(json.loads(line)[name] for name in NEEDED)


def _counts(mentions: Iterable[tuple[str, str, str, str]], reference_date: str) -> Counter[Key]:
    """Count names; ORG and LAW count under the year that the document speaks in."""
    counts: Counter[Key] = Counter()
    spoken = value_year(reference_date, "")
    for label, norm, first, last in mentions:
        year = value_year(first, last) if label in TELL_TIME else spoken
        for name in norm.split(LIST_MARK):
            counts[label, name, year] += 1
    return counts


def _order(key: Key) -> tuple[int, str, int]:
    label, norm, year = key
    return [*LABELS].index(label), norm, year or 0
