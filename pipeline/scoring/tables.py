"""Scores and comparisons as people and programs read them: aligned text, JSON, CSV.

A quotient of nothing is ``–`` in a table, ``None`` in JSON and an empty cell in CSV.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, get_args

from pipeline.entities import fields_of
from pipeline.model.cells import csv_text
from pipeline.scoring.scores import KINDS, ChangeKind, Verdict, shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pipeline.model.cells import Cell
    from pipeline.scoring.gold import GoldMention
    from pipeline.scoring.scores import Accuracy, Case, Comparison, Scores
    from pipeline.scoring.structure import StructureScore

_LINE = ("label", "scheme", "gold", "predicted", "matched", "precision", "recall", "f1", "low", "high")


def render_table(scores: Scores) -> str:
    """Return the figures as plain aligned text."""
    left, right = scores.sides
    lines = [
        (s.label, s.scheme, s.gold, s.predicted, s.matched, *map(shown, (s.precision, s.recall, s.f1)),
         f"{shown(s.low)}..{shown(s.high)}")
        for s in scores.lines
    ]  # fmt: skip
    counts = [(label, *(scores.count(kind, label) for kind in KINDS)) for label in scores.labels]
    parts = [
        aligned(("label", "scheme", left, right, "matched", "P", "R", "F1", "F1 95 %"), lines),
        aligned(("label", *KINDS), counts),
        aligned(("label", "field", "correct", "of", "accuracy"), map(_accuracy_cells, scores.fields)),
    ]
    if scores.rules:
        rules = map(_accuracy_cells, scores.rules)
        parts.append(aligned(("label", "rule", "correct", "of", "precision"), rules))
    notes = [f"documents scored: {len(scores.documents)}"]
    for what, names in (("not scored, no gold", scores.unscored), (f"nothing {right}", scores.unpredicted)):
        notes += [f"{what}: {len(names)} ({', '.join(names)})"] if names else []
    return "\n\n".join([*parts, "\n".join(notes)]) + "\n"


def render_structure(scores: Iterable[StructureScore]) -> str:
    """Return the figures of blocks and sentences as plain aligned text; an empty string without any."""
    rows = [
        (s.measure, s.gold, s.predicted, s.matched, shown(s.precision), shown(s.recall), shown(s.f1))
        for s in scores
    ]
    return aligned(("structure", "gold", "predicted", "matched", "P", "R", "F1"), rows) + "\n" if rows else ""


def structure_json(scores: Iterable[StructureScore]) -> list[dict[str, object]]:
    """Return the figures of blocks and sentences as JSON holds them (``None`` for NaN)."""
    names = ("measure", "gold", "predicted", "matched", "precision", "recall", "f1")
    return [{name: _cell(getattr(score, name)) for name in names} for score in scores]


def render_comparison(comparison: Comparison) -> str:
    """Return the changes, one on each line, below their counts by kind and verdict."""
    verdicts: tuple[Verdict, ...] = get_args(Verdict)
    kinds: tuple[ChangeKind, ...] = get_args(ChangeKind)
    rows = [(kind, comparison.count(kind), *(comparison.count(kind, v) for v in verdicts)) for kind in kinds]
    changes = [
        f"{c.kind} {c.verdict}".strip()
        + f": {c.mention.doc_id} {_described(c.left)} → {_described(c.right)} {c.context}".rstrip()
        for c in comparison.changes
    ]
    table = aligned(("change", "all", *verdicts[:-1], "unjudged"), rows)
    return "\n".join([table, f"unchanged  {comparison.unchanged}", *changes]) + "\n"


def to_json(scores: Scores) -> dict[str, object]:
    """Return the figures as JSON holds them: counts, quotients (``None`` for NaN) and document ids."""
    accuracies = (*scores.fields, *scores.rules)
    names = ("label", "name", "correct", "total", "accuracy")
    rows = [{name: _cell(getattr(a, name)) for name in names} for a in accuracies]
    return {
        "scores": [{name: _cell(getattr(line, name)) for name in _LINE} for line in scores.lines],
        "counts": {label: {kind: scores.count(kind, label) for kind in KINDS} for label in scores.labels},
        "fields": rows[: len(scores.fields)],
        "rules": rows[len(scores.fields) :],
        **{name: list(getattr(scores, name)) for name in ("documents", "unscored", "unpredicted")},
    }


def scores_csv(scores: Scores) -> str:
    """Return the score table as CSV."""
    return _csv(_LINE, ([_cell(getattr(line, name)) for name in _LINE] for line in scores.lines))


def errors_csv(scores: Scores) -> str:
    """Return one row for each case that is not correct, as CSV."""
    return _cases_csv([case for case in scores.cases if case.kind != "correct"], scores.sides)


def changes_csv(comparison: Comparison) -> str:
    """Return one row for each change, as CSV."""
    return _cases_csv(comparison.changes, ("before", "after"), "verdict")


def aligned(header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Return a table as text, its columns aligned: names to the left, figures to the right."""
    table = [[str(cell) for cell in row] for row in (header, *rows)]
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    names = sum(name in ("label", "scheme", "field", "rule", "change", "structure") for name in header[:2])
    lines = (
        [
            cell.ljust(w) if i < names else cell.rjust(w)
            for i, (cell, w) in enumerate(zip(row, widths, strict=True))
        ]
        for row in table
    )
    return "\n".join("  ".join(line).rstrip() for line in lines)


def _accuracy_cells(a: Accuracy) -> tuple[Cell, ...]:
    return a.label, a.name, a.correct, a.total, shown(a.accuracy)


def _cell(value: Cell) -> Cell:
    return None if isinstance(value, float) and math.isnan(value) else value


def _described(m: GoldMention | None) -> str:
    return f"{m.label} [{m.start}, {m.end}) {m.text!r} = {_normalized(m)}" if m else "–"


def _normalized(m: GoldMention) -> str:
    """Write ``2014;END``, ``防衛省``, ``自衛隊法;a3_2|5;p1;i2``."""
    values = ((name, getattr(m, name)) for name in fields_of(m.label))
    return ";".join(_signed(name, value) for name, value in values if value)


def _signed(name: str, value: str | tuple[str, ...]) -> str:
    """Write a place in a law with the first letter of its level."""
    return value if isinstance(value, str) else f"{name[0]}{'|'.join(value)}"


def _cases_csv(cases: Iterable[Case], sides: tuple[str, str], *extra: str) -> str:
    names = [f"{side}_{name}" for side in sides for name in ("label", "start", "end", "text", "norm")]
    rows: list[list[Cell]] = []
    for c in cases:
        row: list[Cell] = [c.mention.doc_id, c.kind, c.mention.label, *(c.verdict for _ in extra)]
        for m in (c.left, c.right):
            row += (m.label, m.start, m.end, m.text, _normalized(m)) if m else [None] * 5
        rows.append([*row, next((m.rule for m in (c.right, c.left) if m), None), c.context])
    return _csv(["doc_id", "kind", "label", *extra, *names, "rule", "context"], rows)


def _csv(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> str:
    """Return a table with a byte-order mark, which spreadsheets in Japan need."""
    return "\ufeff" + csv_text(header, rows)
