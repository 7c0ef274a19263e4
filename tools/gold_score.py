"""Score a system on this gold: ``python score.py predictions.csv [--split test]``; nothing needs to be installed.

``predictions.csv`` has the columns ``doc_id, label, start, end`` and, for the value score, those of ``gold.csv``
(``norm, value, mod, article, paragraph, item``). Offsets are code points of the whole text, half-open: that of a
character in ``text`` of ``data/*.jsonl`` plus the passage's ``start``. strict: same label and span; overlap: same
label and a character in common, each mention paired at most once; value: strict, and DATE has the same ``value``
and ``mod``, ORG the same ``norm``, LAW the same ``norm`` and place.
"""

from __future__ import annotations

import argparse
import csv
from collections import defaultdict
from pathlib import Path

LABELS = ("ORG", "DATE", "LAW")
COMPARED = {
    "ORG": ("norm",),
    "DATE": ("value", "mod"),
    "LAW": ("norm", "article", "paragraph", "item"),
}
HERE = Path(__file__).parent
Row = dict[str, str]
Place = tuple[str, int, int]


def read(path: Path) -> list[Row]:
    """Return the rows of a CSV file."""
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def place(row: Row) -> Place:
    """Return where a mention or a passage stands."""
    return row["doc_id"], int(row["start"]), int(row["end"])


def within(rows: list[Row], passages: list[Place]) -> list[Row]:
    """Return the mentions that lie wholly in one of the passages."""
    areas = defaultdict(list)
    for doc_id, start, end in passages:
        areas[doc_id].append((start, end))
    return [
        row
        for row, (doc_id, start, end) in ((row, place(row)) for row in rows)
        if any(a <= start and end <= b for a, b in areas[doc_id])
    ]


def overlapping(gold: list[Place], found: list[Place]) -> int:
    """Return how many pairs share a character, each mention paired once (the most that can be)."""
    pairs, i, gold, found = 0, 0, sorted(gold), sorted(found)
    for doc_id, start, end in gold:
        while i < len(found) and (found[i][0] < doc_id or (found[i][0] == doc_id and found[i][2] <= start)):
            i += 1
        if i < len(found) and found[i][0] == doc_id and found[i][1] < end:
            pairs, i = pairs + 1, i + 1
    return pairs


def counts(label: str, gold: list[Row], found: list[Row]) -> dict[str, int]:
    """Return how many mentions of a label are right, by scheme."""
    wanted = {place(row): row for row in gold if row["label"] == label}
    given = {place(row): row for row in found if row["label"] == label}
    strict = wanted.keys() & given.keys()
    same = [
        spot
        for spot in strict
        if all(wanted[spot][name] == (given[spot].get(name) or "") for name in COMPARED[label])
    ]
    return {
        "gold": len(wanted), "found": len(given), "strict": len(strict),
        "overlap": overlapping(list(wanted), list(given)), "value": len(same),
    }  # fmt: skip


def f1(right: int, gold: int, found: int) -> float:
    """Return the harmonic mean of precision and recall."""
    return 2 * right / (gold + found) if gold + found else 0.0


def main() -> None:
    """Print the scores of each label."""
    parser = argparse.ArgumentParser(description="Score a system on this gold.")
    parser.add_argument("predictions", type=Path)
    parser.add_argument("--split", choices=("dev", "test"), default="test")
    parser.add_argument("--set", default="", help="only the passages of this set (see passages.csv)")
    chosen = parser.parse_args()
    passages = [
        place(row)
        for row in read(HERE / "passages.csv")
        if row["split"] == chosen.split and chosen.set in ("", row["set"])
    ]
    gold, found = (within(read(path), passages) for path in (HERE / "gold.csv", chosen.predictions))
    print(f"{'label':6}{'gold':>6}{'found':>7}{'P':>8}{'R':>8}{'strict':>8}{'overlap':>9}{'value':>8}")
    for label in LABELS:
        n = counts(label, gold, found)
        precision, recall = n["strict"] / max(1, n["found"]), n["strict"] / max(1, n["gold"])
        schemes = [f1(n[scheme], n["gold"], n["found"]) for scheme in ("strict", "overlap", "value")]
        print(
            f"{label:6}{n['gold']:6}{n['found']:7}{precision:8.3f}{recall:8.3f}"
            f"{schemes[0]:8.3f}{schemes[1]:9.3f}{schemes[2]:8.3f}"
        )


if __name__ == "__main__":
    main()
