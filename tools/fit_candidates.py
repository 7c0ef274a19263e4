"""``make candidates``: fits the weights of candidates in ``data/confidence.csv``, and measures them on documents left out.

    python -m tools.fit_candidates

``corpus/standoff/candidate_sight.json`` holds what was nearly found in texts whose mentions somebody annotated before
seeing any output: for each candidate its evidence, its place and whether gold has it, and no text. Evidence that fewer
than three documents have is left out. The weights of mentions stay as they are.
"""

from __future__ import annotations

import csv
import json
import random
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from pipeline.entities import LABELS
from pipeline.resolve.confidence.weights import BIAS
from tools.gold_sets import CORPUS, ROOT

DATA = ROOT / "pipeline/data"
SIGHT = CORPUS / "standoff/candidate_sight.json"
# 決め打ち: the penalty (smaller is stronger); the number of parts of cross-validation; which candidates are kept.
PENALTY, FOLDS, LEAST = 0.1, 2, 0.05
Weights = dict[tuple[str, str], float]


class Row(NamedTuple):
    """A candidate: where it stands, its evidence, and whether gold has it."""

    document: int
    text: int
    label: str
    start: int
    end: int
    right: bool
    evidence: tuple[str, ...]


def read() -> tuple[list[Row], Any]:
    """Return the candidates, and how many mentions were found and missed beside them."""
    content = json.loads(SIGHT.read_text(encoding="utf-8"))
    names = content["evidence"]
    rows = [
        Row(document, text, label, start, end, bool(right), tuple(names[i] for i in evidence))
        for document, text, label, start, end, right, evidence in content["candidates"]
    ]
    return rows, content["beside"]


def fit(rows: Sequence[Row]) -> Weights:
    """Return the weights; a piece of evidence has one of its own for each label, and a part that all labels share."""
    names = sorted({name for row in rows for name in _names(row)})
    at = {name: i for i, name in enumerate(names)}
    cells = [(i, at[name]) for i, row in enumerate(rows) for name in _names(row)]
    matrix = csr_matrix((np.ones(len(cells)), tuple(np.array(cells).T)), shape=(len(rows), len(names)))
    model = LogisticRegression(C=PENALTY, max_iter=1000).fit(matrix, [row.right for row in rows])
    found = dict(zip(names, map(float, model.coef_[0]), strict=True))
    evidence = {name for _, name in names}
    weights = {
        (label, e): found.get((label, e), 0.0) + found.get(("", e), 0.0) for label in LABELS for e in evidence
    }
    for label in LABELS:
        weights[label, BIAS] += float(model.intercept_[0])
    return weights


def _names(row: Row) -> Iterator[tuple[str, str]]:
    for name in (BIAS, *row.evidence):
        yield row.label, name
        yield "", name


def likely(weights: Weights, row: Row) -> float:
    """Return the probability of a candidate."""
    odds = sum(weights.get((row.label, name), 0.0) for name in (BIAS, *row.evidence))
    return float(1 / (1 + np.exp(-odds)))


def crossed(rows: Sequence[Row]) -> list[tuple[float, Row]]:
    """Return what is kept by weights that its document was not fitted for; no two share a character."""
    documents = sorted({row.document for row in rows})
    random.Random(18).shuffle(documents)
    part = {document: i % FOLDS for i, document in enumerate(documents)}
    judged: list[tuple[float, Row]] = []
    for fold in range(FOLDS):
        weights = fit([row for row in rows if part[row.document] != fold])
        judged += [(likely(weights, row), row) for row in rows if part[row.document] == fold]
    taken: dict[int, list[Row]] = defaultdict(list)
    kept = []
    for p, row in sorted(judged, key=lambda pair: (-pair[0], pair[1][:5])):
        if p >= LEAST and all(o.end <= row.start or row.end <= o.start for o in taken[row.text]):
            taken[row.text].append(row)
            kept.append((p, row))
    return kept


def write(rows: Sequence[Row]) -> None:
    """Write the weights of candidates; those of mentions stay."""
    seen = Counter((row.label, name) for row in rows for name in (BIAS, *row.evidence))
    right = Counter((row.label, name) for row in rows if row.right for name in (BIAS, *row.evidence))
    path = DATA / "confidence.csv"
    with path.open(encoding="utf-8", newline="") as stream:
        kept = [line for line in csv.reader(stream) if line[0] != "candidate"]
    lines = [
        ("candidate", label, name, f"{weight:.3f}", seen[label, name], right[label, name])
        for (label, name), weight in sorted(fit(rows).items())
        if abs(weight) >= 0.02  # 決め打ち: what would change next to nothing
    ]
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, lineterminator="\n").writerows([*kept, *lines])


def main() -> None:
    rows, beside = read()
    kept = crossed(rows)
    counts = {
        "mentions": sum(found for found, _ in beside.values()),
        "missed": sum(missed for _, missed in beside.values()),
        "kept": len(kept),
        "right": sum(row.right for _, row in kept),
    }
    write(rows)
    path = DATA / "confidence.json"
    content = json.loads(path.read_text(encoding="utf-8"))
    content["thresholds"]["candidates"] = LEAST
    content["candidates"] = counts
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    for label, (found, missed) in beside.items():
        mine = [row for _, row in kept if row.label == label]
        print(
            label,
            {"mentions": found, "missed": missed, "kept": len(mine), "right": sum(r.right for r in mine)},
        )
    print(counts)


if __name__ == "__main__":
    main()
