"""``make confidence``: fits the weights of ``data/confidence.csv`` on gold, and measures them on documents left out.

    python -m tools.fit_confidence [TEXTS]

TEXTS is a folder with the texts of the stand-off gold, found by their SHA-256. Only the split ``dev`` is read. Each
text is read with the whole registry, and of those that we ship each once with each third of it held out (``held_out.py``), since on texts that the
rules were written for nearly nothing is wrong. Figures are those of documents that the weights were not fitted on,
read with the whole registry. A weight is fitted by logistic regression with a strong penalty, and shrinks to 0 where
little speaks for it; the sums are then brought into line with what is right of the mentions that the whole registry gives.
"""

from __future__ import annotations

import csv
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
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
from pipeline.resolve.confidence.weights import BIAS
from pipeline.scoring.calibration import Calibration, calibration
from pipeline.scoring.gold import mentions_of, within
from pipeline.scoring.pairs import pair
from pipeline.scoring.scores import shown
from tools import calibration_figure
from tools.gold_sets import ROOT
from tools.held_out import PARTS, without
from tools.split_sets import Set, each, gold_sets

DATA = ROOT / "pipeline/data"
PAGE = ROOT / "docs/explanation/confidence.md"
# 決め打ち, all of them: how much a mention counts that a registry with a part held out gave; the penalty (smaller is
# stronger); in how many documents evidence must be seen; the number of parts of cross-validation.
HELD_WEIGHT, PENALTY, DOCUMENTS, FOLDS = 0.25, 0.1, 3, 8
# 決め打ち: candidates for each mention; the contract allows a third.
RATIO = 0.32
# 決め打ち: code points around the passages of the stand-off gold that are read with them.
MARGIN = 3000
# 決め打ち: how hard it is to stretch the sums.
STIFF = 4.0


class Row(NamedTuple):
    """What was found or nearly found: a span with its evidence, and whether gold has it."""

    of: str
    label: str
    doc_id: str
    held: int
    evidence: tuple[str, ...]
    right: bool
    start: int
    end: int

    @property
    def document(self) -> str:
        """The document that an excerpt is of."""
        return self.doc_id.partition("#")[0]


def collect(sets: list[Set]) -> tuple[list[Row], int]:
    """Read all texts with each registry; return what was found, and how many mentions were missed."""
    rows: list[Row] = []
    missed = 0
    for held in range(-1, PARTS):
        with without(held):
            analyze = pipeline.load("sudachi")
            for one, source in each(sets):
                if held >= 0 and one.regions:
                    continue
                found, lost = read(analyze, one, source, held)
                rows += found
                missed += lost if held < 0 else 0
    return rows, missed


def read(analyze: Analyzer, one: Set, source: Source, held: int) -> tuple[list[Row], int]:
    """Read one text; return its rows, and how many gold mentions nothing was found for."""
    seen: dict[tuple[str, int, int, str], tuple[str, ...]] = {}
    with watched(seen):
        document = analyze(source)
    areas = [area for area in one.areas() if area[0] == source.doc_id]
    gold = within((m for m in one.gold if m.doc_id == source.doc_id), areas)
    cases = pair(gold, within(mentions_of(document.entities), areas), {})
    rows = [
        Row("mention", m.label, source.doc_id, held, seen["mention", m.start, m.end, m.label], c.kind == "correct",
            m.start, m.end)
        for c in cases if (m := c.right)
    ]  # fmt: skip
    missed = {(c.left.start, c.left.end, c.left.label) for c in cases if c.left and c.kind == "missed"}
    rows += [
        Row(
            "candidate",
            label,
            source.doc_id.partition("#")[0],
            held,
            evidence,
            (start, end, label) in missed,
            start,
            end,
        )
        for (of, start, end, label), evidence in seen.items()
        if of == "candidate" and any(a <= start and end <= b for _, a, b in areas)
    ]
    return rows, len(missed)


def watched(seen: dict[tuple[str, int, int, str], tuple[str, ...]]) -> Any:
    """Note the evidence of everything that is judged."""

    def noting(of: str, judge: Any) -> Any:
        def note(mention: Any, *rest: Any) -> list[str]:
            evidence: list[str] = judge(mention, *rest)
            analysis = next(one for one in rest if hasattr(one, "tokens"))
            span = analysis.sentence.raw_span(mention.start, mention.end)
            seen[of, *span, mention.label] = tuple(evidence)
            return evidence

        return note

    judges = {"mention": confidence.of_mention, "candidate": confidence.of_candidate}
    return mock.patch.multiple(confidence, **{f"of_{of}": noting(of, judge) for of, judge in judges.items()})


Weights = dict[tuple[str, str], float]
"""By label and evidence."""


def fit(rows: Sequence[Row]) -> Weights:
    """Return the weights for mentions, or for candidates, of all labels."""
    weights = _regression(rows)
    sums: dict[int, float] = {}
    for kept, left in _folds(rows):
        others = _regression(kept)
        sums |= {id(row): _sum(others, row) for row in left if row.held < 0}
    fitted: Weights = {}
    for label in LABELS:
        own = [row for row in rows if row.held < 0 and row.label == label]
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
    weight = [HELD_WEIGHT if row.held >= 0 else 1.0 for row in rows]
    model = LogisticRegression(C=PENALTY, max_iter=1000).fit(
        matrix, [row.right for row in rows], sample_weight=weight
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
    for name in (BIAS, *row.evidence):
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
    """Return the rows of the whole registry, each with its probability by weights that its document was not fitted for."""
    found = []
    for kept, left in _folds(rows):
        weights = fit(kept)
        found += [(row, float(1 / (1 + np.exp(-_sum(weights, row))))) for row in left if row.held < 0]
    return found


def chosen(judged: Iterable[tuple[Row, float]]) -> list[tuple[Row, float]]:
    """Return the candidates that no likelier one overlaps, the likeliest first."""
    taken: dict[str, list[tuple[int, int]]] = defaultdict(list)
    found = []
    for row, likely in sorted(judged, key=lambda pair: -pair[1]):
        if all(row.end <= a or b <= row.start for a, b in taken[row.doc_id]):
            taken[row.doc_id].append((row.start, row.end))
            found.append((row, likely))
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
    texts = Path(sys.argv[1]) if len(sys.argv) > 1 and sys.argv[1] else None
    sets = [one.excerpts(MARGIN) for one in gold_sets(texts)]
    rows, missed = collect(sets)
    judged, near = (crossed([row for row in rows if row.of == of]) for of in ("mention", "candidate"))
    found = measured(judged)
    kept = chosen(near)[: int(RATIO * len(judged))]
    thresholds = {
        "doubtful": round(float(np.quantile([p for _, p in judged], 0.1)), 3),
        "candidates": round(kept[-1][1], 3) if kept else 1.0,
    }
    write(
        [line for of in ("mention", "candidate") for line in table(of, [row for row in rows if row.of == of])]
    )
    note(sets, rows, thresholds, found, (missed, len(kept), sum(row.right for row, _ in kept)))
    calibration_figure.draw(found[-1], ROOT / "docs/explanation/confidence.svg")


def table(of: str, rows: Sequence[Row]) -> Iterator[tuple[object, ...]]:
    """Yield the lines of the table of weights."""
    seen = Counter((row.label, name) for row in rows for name in (BIAS, *row.evidence))
    right = Counter((row.label, name) for row in rows if row.right for name in (BIAS, *row.evidence))
    for (label, name), weight in sorted(fit(rows).items()):
        if abs(weight) >= 0.005:
            yield of, label, name, f"{weight:.3f}", seen[label, name], right[label, name]


def write(lines: list[tuple[object, ...]]) -> None:
    with (DATA / "confidence.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(("of", "label", "evidence", "weight", "seen", "right"))
        writer.writerows(lines)


def note(
    sets: list[Set],
    rows: list[Row],
    thresholds: dict[str, float],
    found: list[Calibration],
    near: tuple[int, int, int],
) -> None:
    """Write where the weights come from, and what was measured on documents left out; print the latter."""
    own = [row for row in rows if row.of == "mention" and row.held < 0]
    content = {
        "command": "make confidence",
        "date": date.today().isoformat(),  # noqa: DTZ011 - the day at this desk
        "gold": [
            {"set": s.name, "split": "dev", "mentions": len(s.scored_gold()), "hash": s.digest()}
            for s in sets
        ],
        "mentions": len(own),
        "wrong": sum(not row.right for row in own),
        "wrong_with_parts_held_out": sum(r.of == "mention" and r.held >= 0 and not r.right for r in rows),
        "thresholds": thresholds,
        "left_out": {c.label: {"mentions": c.count, "right": c.right, **_figures(c)} for c in found},
        "candidates": dict(zip(("missed", "kept", "right"), near, strict=True)),
    }
    text = json.dumps(content, ensure_ascii=False, indent=1)
    (DATA / "confidence.json").write_text(text + "\n", encoding="utf-8")
    fill_page(found, thresholds, near, len(own))
    print(text)


def fill_page(
    found: list[Calibration], thresholds: dict[str, float], near: tuple[int, int, int], mentions: int
) -> None:
    """Write the figures into the page of the documentation."""
    lines = [
        "| label | mentions | wrong | AUROC (95 %) | ECE | Brier | errors in the tenth least sure |",
        "|---|---|---|---|---|---|---|",
    ]
    for c in found:
        low, high = map(shown, c.auroc_interval)
        cells = f"{shown(c.auroc)} ({low}–{high}) | {shown(c.ece)} | {shown(c.brier)} | {shown(c.tenth)}"
        lines.append(f"| {c.label} | {c.count} | {c.count - c.right} | {cells} |")
    missed, kept, right = near
    lines.append("")
    lines.append(
        f"A mention below {thresholds['doubtful']} is among the tenth least sure. Of {missed} mentions that were missed, {right} "
        f"are among {kept} candidates ({kept / max(1, mentions):.2f} for each mention), which are those from {thresholds['candidates']} on."
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
