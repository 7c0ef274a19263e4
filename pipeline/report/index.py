"""The page of a folder: totals, and a link to the report of each document."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from pipeline.entities import labels_among
from pipeline.report.pages import page

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


def index(
    documents: Sequence[Mapping[str, Any]], failures: Sequence[Mapping[str, Any]] = (), *, two: bool = False
) -> str:
    """Return ``index.html`` for the rows of ``run.json``.

    Args:
        documents: What came of each document, as ``run.json`` has it; ``title``, ``flagged``, ``unresolved``
            and ``f1`` (by label) are shown where a row has them, ``judged`` of ``total`` where all have.
        failures: What failed, and why.
        two: Whether there is a page of the differences of two annotations.
    """
    totals: Counter[str] = Counter()
    labels = labels_among(label for row in documents for label in row["mentions"])
    for row in documents:
        totals.update({label: row["mentions"].get(label, 0) for label in labels})
        totals["characters"] += row["characters"]
    extras = [name for name in ("unresolved", "flagged", "f1") if any(name in row for row in documents)]
    return page(
        "index.html.j2",
        ("dom.js", "table.js", "sift.js"),
        documents=[_shown(row) for row in documents],
        failures=failures,
        totals=totals,
        extras=extras,
        progress=bool(documents) and all("judged" in row for row in documents),
        labels=labels,
        two=two,
    )


def _shown(row: Mapping[str, Any]) -> dict[str, Any]:
    title = row.get("source", {}).get("title", "")
    return {"title": title, "files": (), "reference_date": ""} | dict(row)
