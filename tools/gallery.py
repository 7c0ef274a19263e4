"""What a run found in public papers, as tables: the figures and names of docs/gallery.md.

    hakusho run papers/ -o results --analyzer sudachi --format csv
    python -m tools.gallery results

``papers/`` has a manifest.csv with titles and publishers. Nothing of the papers' text gets into the page: names, counts, years.
"""

from __future__ import annotations

import csv
import json
import sys
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

PAGE = Path(__file__).parent.parent / "docs/gallery.md"
OPEN, CLOSE = "<!-- found -->", "<!-- /found -->"
LABELS = ("ORG", "DATE", "LAW")
# Names that a cell shows, and bodies that the last table has.
SHOWN, OVER_ALL = 3, 10


def main(results: Path) -> None:
    """Write the tables between the marks of the page."""
    run = json.loads((results / "run.json").read_text(encoding="utf-8"))
    counts: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    with (results / "totals.csv").open(encoding="utf-8-sig", newline="") as stream:
        for row in csv.DictReader(stream):
            counts[row["doc_id"], row["label"]][row["norm"]] += int(row["count"])
    tables = [_by_paper(run["documents"], counts), _over_all(run["documents"], counts)]
    text = PAGE.read_text(encoding="utf-8")
    head, _, rest = text.partition(OPEN)
    told = "\n".join((f"{head}{OPEN}", run["runs"][-1]["when"][:10], "", *tables))
    PAGE.write_text(f"{told}\n{CLOSE}{rest.partition(CLOSE)[2]}", encoding="utf-8")


def _by_paper(documents: list[Any], counts: dict[tuple[str, str], Counter[str]]) -> str:
    head = (
        "paper / 文書",
        "characters / 文字",
        *LABELS,
        "most named bodies / 多い組織",
        "most named laws / 多い法令",
    )
    lines = [f"| {' | '.join(head)} |", f"|{'---|' * len(head)}"]
    for row in documents:
        source, doc_id = row["source"], row["doc_id"]
        numbers = [f"{row['characters']:,}", *(f"{row['mentions'][label]:,}" for label in LABELS)]
        names = [_most(counts[doc_id, label]) for label in ("ORG", "LAW")]
        lines.append(f"| {source['title']}（{source['publisher']}） | {' | '.join((*numbers, *names))} |")
    return "\n".join(lines) + "\n"


def _most(found: Counter[str]) -> str:
    return "、".join(f"{name} {count}" for name, count in _in_order(found)[:SHOWN])


def _in_order(found: Counter[str]) -> list[tuple[str, int]]:
    return sorted(found.items(), key=lambda item: (-item[1], item[0]))


def _over_all(documents: list[Any], counts: dict[tuple[str, str], Counter[str]]) -> str:
    ids = [row["doc_id"] for row in documents]
    everywhere: Counter[str] = Counter()
    for doc_id in ids:
        everywhere.update(counts[doc_id, "ORG"])
    lines = [f"| body / 組織 | {' | '.join(ids)} |", f"|{'---|' * (len(ids) + 1)}"]
    for name, _ in _in_order(everywhere)[:OVER_ALL]:
        cells = (f"{found:,}" if (found := counts[doc_id, "ORG"][name]) else "" for doc_id in ids)
        lines.append(f"| {name} | {' | '.join(cells)} |")
    return "\n".join(lines)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
