"""``make confidence``: fits the weights of ``data/confidence.csv`` on gold, and measures them on documents left out.

    python -m tools.fit_confidence [TEXTS]

A mention is learned from where nobody had looked at its errors: ``corpus/standoff/first_sight.json`` holds the evidence of what the
rules found at first sight (`corpus/GOLD.md` says where), and no text. Beside it stand the mentions of the split ``dev`` as
the rules find them today, and those that come out otherwise with a third of the registries held out (``held_out.py``).
TEXTS is a folder with the texts of the stand-off gold, found by their SHA-256; without it only texts that we ship are read.

Figures are those of first sight on documents that the weights were not fitted on. A weight is fitted by logistic
regression with a strong penalty, and shrinks to 0 where little speaks for it; the sums are then brought into line with
what is right at first sight. The weights of candidates, and their threshold, are those of ``make candidates``.
"""

from __future__ import annotations

import csv
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from hashlib import sha256
from typing import Any, NamedTuple
from unittest import mock

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

import pipeline
from pipeline.entities import LABELS
from pipeline.flow import Analyzer
from pipeline.model.source import Source
from pipeline.resolve import confidence
from pipeline.resolve.confidence.weights import BIAS, provenance
from pipeline.scoring.calibration import Calibration, calibration
from pipeline.scoring.gold import mentions_of, within
from pipeline.scoring.pairs import pair
from pipeline.scoring.scores import shown
from tools import calibration_figure
from tools.given import folder
from tools.gold_sets import CORPUS, ROOT
from tools.held_out import PARTS, without
from tools.split_sets import Set, each, gold_sets

DATA = ROOT / "pipeline/data"
PAGE = ROOT / "docs/explanation/confidence.md"
SIGHT = CORPUS / "standoff/first_sight.json"
FIRST, OTHERS, NOW, HELD = "first", "others", "now", "held"
# 決め打ち, all of them: how much a mention counts that was found at first sight, in gold by guidelines of others, by
# the rules of today, with a part of the registries held out; the penalty (smaller is stronger); in how many documents
# evidence must be seen; the number of parts of cross-validation.
COUNTS = {FIRST: 1.0, OTHERS: 0.3, NOW: 1.0, HELD: 0.3}
PENALTY, DOCUMENTS, FOLDS = 0.1, 3, 8
# 決め打ち: code points around the passages of the stand-off gold that are read with them.
MARGIN = 3000
# 決め打ち: how hard it is to stretch the sums.
STIFF = 4.0


class Row(NamedTuple):
    """A mention that was found: where, in which run, its evidence, and whether gold has it."""

    label: str
    doc_id: str
    run: str
    evidence: tuple[str, ...]
    right: bool
    start: int

    @property
    def document(self) -> str:
        """The document that an excerpt is of."""
        return self.doc_id.partition("#")[0]

    @property
    def core(self) -> tuple[object, ...]:
        """What tells whether another run found the same: all but the evidence that is not its rule."""
        return self.label, self.doc_id, self.start, self.right, self.evidence[0]


def first_sight() -> list[Row]:
    """Return what was found at first sight, in gold by our guidelines and by those of others."""
    content = json.loads(SIGHT.read_text(encoding="utf-8"))
    names = content["evidence"]
    return [
        Row(label, doc_id, run, tuple(names[i] for i in evidence), bool(right), start)
        for run, doc_id, label, right, start, evidence in content["mentions"]
    ]


def collect(sets: list[Set]) -> list[Row]:
    """Read all texts with each registry; of parts held out only what they change."""
    rows: list[Row] = []
    whole: set[tuple[object, ...]] = set()
    for held in range(-1, PARTS):
        with without(held):
            analyze = pipeline.load("sudachi")
            for one, source in each(sets):
                found = read(analyze, one, source)
                rows += found if held < 0 else [r._replace(run=HELD) for r in found if r.core not in whole]
        whole = whole or {row.core for row in rows}
    return rows


def read(analyze: Analyzer, one: Set, source: Source) -> list[Row]:
    """Read one text; return its mentions with their evidence."""
    seen: dict[tuple[int, int, str], tuple[str, ...]] = {}
    with watched(seen):
        document = analyze(source)
    areas = [area for area in one.areas() if area[0] == source.doc_id]
    gold = within((m for m in one.gold if m.doc_id == source.doc_id), areas)
    return [
        Row(m.label, source.doc_id, NOW, seen[m.start, m.end, m.label], c.kind == "correct", m.start)
        for c in pair(gold, within(mentions_of(document.entities), areas), {})
        if (m := c.right)
    ]


def watched(seen: dict[tuple[int, int, str], tuple[str, ...]]) -> Any:
    """Note the evidence of every mention that is judged."""
    judge = confidence.of_mention

    def note(mention: Any, meaning: Any, analysis: Any, *rest: Any) -> list[str]:
        evidence = judge(mention, meaning, analysis, *rest)
        seen[*analysis.sentence.raw_span(mention.start, mention.end), mention.label] = tuple(evidence)
        return evidence

    return mock.patch.object(confidence, "of_mention", note)


Weights = dict[tuple[str, str], float]
"""By label and evidence."""


def fit(rows: Sequence[Row]) -> Weights:
    """Return the weights of all labels."""
    weights = _regression(rows)
    sums: dict[int, float] = {}
    for kept, left in _folds(rows):
        others = _regression(kept)
        sums |= {id(row): _sum(others, row) for row in left if row.run == FIRST}
    fitted: Weights = {}
    for label in LABELS:
        own = [row for row in rows if row.run == FIRST and row.label == label]
        stretch, shift = _in_line([sums[id(row)] for row in own], [row.right for row in own])
        mine = {key: weight * stretch for key, weight in weights.items() if key[0] == label}
        mine[label, BIAS] = mine.get((label, BIAS), 0.0) + shift
        fitted |= mine
    return fitted


def _regression(rows: Sequence[Row]) -> Weights:
    """Fit one model in which a piece of evidence has a weight of its own for each label, and a part that all labels share."""
    documents = defaultdict(set)
    for row in rows:
        for name in _names(row):
            documents[name].add(row.document)
    names = sorted(name for name, where in documents.items() if len(where) >= DOCUMENTS)
    at = {name: i for i, name in enumerate(names)}
    cells = [(i, at[name]) for i, row in enumerate(rows) for name in _names(row) if name in at]
    places = tuple(np.array(cells).T)
    matrix = csr_matrix((np.ones(len(cells)), places), shape=(len(rows), len(names)))
    model = LogisticRegression(C=PENALTY, max_iter=1000).fit(
        matrix, [row.right for row in rows], sample_weight=[COUNTS[row.run] for row in rows]
    )
    found = dict(zip(names, map(float, model.coef_[0]), strict=True))
    evidence = {name for _, name in names}
    weights = {
        (label, e): found.get((label, e), 0.0) + found.get(("", e), 0.0) for label in LABELS for e in evidence
    }
    for label in LABELS:
        weights[label, BIAS] += float(model.intercept_[0])
    return weights


def _names(row: Row) -> Iterator[tuple[str, str]]:
    for name in (BIAS, *dict.fromkeys(row.evidence)):
        yield row.label, name
        yield "", name


def _sum(weights: Weights, row: Row) -> float:
    return sum(weights.get((row.label, name), 0.0) for name in (BIAS, *row.evidence))


def _in_line(sums: Sequence[float], right: Sequence[bool]) -> tuple[float, float]:
    """Return how far to stretch and shift the sums until they say what is right (Platt 1999, with his targets)."""
    z, y = np.array(sums), np.array(right, dtype=float)
    good, bad = y.sum(), (1 - y).sum()
    target = np.where(y == 1, (good + 1) / (good + 2), 1 / (bad + 2))

    def loss(ab: Any) -> float:
        odds = ab[0] * z + ab[1]
        return float(np.sum(np.logaddexp(0, odds) - target * odds) + STIFF * (ab[0] - 1) ** 2)

    stretch, shift = minimize(loss, (1.0, 0.0), bounds=((0.1, 2.0), (-6, 6))).x
    return float(stretch), float(shift)


def _folds(rows: Sequence[Row]) -> Iterator[tuple[list[Row], list[Row]]]:
    """Yield the rows of some documents and those of the others, so that each document is left out once."""
    sizes = Counter(row.document for row in rows)
    part = {doc_id: i % FOLDS for i, doc_id in enumerate(sorted(sizes, key=lambda d: (-sizes[d], d)))}
    for fold in sorted(set(part.values())):
        yield [r for r in rows if part[r.document] != fold], [r for r in rows if part[r.document] == fold]


def crossed(rows: Sequence[Row]) -> list[tuple[Row, float]]:
    """Return the rows of first sight, each with its probability by weights that its document was not fitted for."""
    found = []
    for kept, left in _folds(rows):
        weights = fit(kept)
        found += [(row, float(1 / (1 + np.exp(-_sum(weights, row))))) for row in left if row.run == FIRST]
    return found


def measured(judged: Sequence[tuple[Row, float]]) -> list[Calibration]:
    """Return the calibration of each label and of all."""
    found = []
    for label in (*LABELS, "ALL"):
        mine = [(row, likely) for row, likely in judged if label in ("ALL", row.label)]
        groups = [(row.doc_id, row.start // 100) for row, _ in mine]
        found.append(calibration(label, [p for _, p in mine], [row.right for row, _ in mine], groups))
    return found


def main() -> None:
    texts = folder(__doc__)
    sets = [one.excerpts(MARGIN) for one in gold_sets(texts)]
    rows = first_sight() + collect(sets)
    judged = crossed(rows)
    found = measured(judged)
    old = provenance()
    doubtful = round(float(np.quantile([p for _, p in judged], 0.1)), 3)
    thresholds = {"doubtful": doubtful, "candidates": old["thresholds"]["candidates"]}
    write(table(rows))
    note(sets, rows, thresholds, found, old["candidates"])
    calibration_figure.draw(found[-1], ROOT / "docs/explanation/confidence.svg")


def table(rows: Sequence[Row]) -> Iterator[tuple[object, ...]]:
    """Yield the lines of the table of weights."""
    seen = Counter((row.label, name) for row in rows for name in (BIAS, *row.evidence))
    right = Counter((row.label, name) for row in rows if row.right for name in (BIAS, *row.evidence))
    for (label, name), weight in sorted(fit(rows).items()):
        if abs(weight) >= 0.005:
            yield "mention", label, name, f"{weight:.3f}", seen[label, name], right[label, name]


def write(lines: Iterable[tuple[object, ...]]) -> None:
    """Write the weights of mentions; those of candidates stay."""
    path = DATA / "confidence.csv"
    with path.open(encoding="utf-8", newline="") as stream:
        head, *old = csv.reader(stream)
    kept = [line for line in old if line[0] == "candidate"]
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, lineterminator="\n").writerows([head, *lines, *kept])


def note(
    sets: list[Set],
    rows: list[Row],
    thresholds: dict[str, float],
    found: list[Calibration],
    candidates: dict[str, int],
) -> None:
    """Write where the weights come from, and what was measured on documents left out; print the latter."""
    runs = Counter((row.run, row.right) for row in rows)
    content = {
        "command": "make confidence",
        "date": date.today().isoformat(),  # noqa: DTZ011 - the day at this desk
        "gold": [
            {"set": s.name, "split": "dev", "mentions": len(s.scored_gold()), "hash": s.digest()}
            for s in sets
        ],
        "first_sight": sha256(SIGHT.read_bytes()).hexdigest()[:16],
        "mentions": {run: {"right": runs[run, True], "wrong": runs[run, False]} for run in COUNTS},
        "thresholds": thresholds,
        "left_out": {c.label: {"mentions": c.count, "right": c.right, **_figures(c)} for c in found},
        "candidates": candidates,
    }
    text = json.dumps(content, ensure_ascii=False, indent=1)
    (DATA / "confidence.json").write_text(text + "\n", encoding="utf-8")
    fill_page(found, thresholds, candidates)
    print(text)


def fill_page(found: list[Calibration], thresholds: dict[str, float], candidates: dict[str, int]) -> None:
    """Write the figures into the page of the documentation."""
    lines = [
        "| label | mentions | wrong | AUROC (95 %) | ECE | Brier | errors in the tenth least sure |",
        "|---|---|---|---|---|---|---|",
    ]
    for c in found:
        low, high = map(shown, c.auroc_interval)
        cells = f"{shown(c.auroc)} ({low}–{high}) | {shown(c.ece)} | {shown(c.brier)} | {shown(c.tenth)}"
        lines.append(f"| {c.label} | {c.count} | {c.count - c.right} | {cells} |")
    lines.append("")
    lines.append(
        f"A mention below {thresholds['doubtful']} is among the tenth least sure. Of {candidates['missed']} mentions that were "
        f"missed, {candidates['right']} are among {candidates['kept']} candidates, which are those from {thresholds['candidates']} on."
    )
    head, _, rest = PAGE.read_text(encoding="utf-8").partition("<!-- confidence -->\n")
    tail = rest.partition("<!-- /confidence -->")[2]
    body = "\n".join(lines)
    PAGE.write_text(f"{head}<!-- confidence -->\n{body}\n<!-- /confidence -->{tail}", encoding="utf-8")


def _figures(c: Calibration) -> dict[str, float | list[float] | None]:
    def rounded(figure: float) -> float | None:
        return None if np.isnan(figure) else round(figure, 3)

    return {
        "auroc": rounded(c.auroc),
        "auroc_95": [rounded(figure) for figure in c.auroc_interval],  # type: ignore[misc]
        "ece": rounded(c.ece),
        "brier": rounded(c.brier),
        "errors_in_least_sure_tenth": rounded(c.tenth),
    }


if __name__ == "__main__":
    main()
