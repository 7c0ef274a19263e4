"""What an evaluation or a comparison found, and how it becomes text, JSON, CSV and a verdict for CI.

Every figure is a quotient of counts, and counts alone are added up over documents. A quotient of nothing
(precision without predictions, F1 without either side) is NaN: ``–`` in a table, ``None`` in JSON, an empty
cell in CSV, a failure in CI.
"""

from __future__ import annotations

import csv
import io
import math
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal, get_args

from pipeline.model import LABELS, HakushoError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from pipeline.gold import GoldMention
    from pipeline.tables import Cell

    Thresholds = Mapping[tuple[str, "Scheme"], float]

Scheme = Literal["strict", "overlap", "norm"]
SCHEMES: tuple[Scheme, ...] = get_args(Scheme)
Kind = Literal["correct", "boundary", "label", "norm", "missed", "spurious"]
KINDS: tuple[Kind, ...] = get_args(Kind)
ChangeKind = Literal["lost", "gained", "changed", "moved"]
Verdict = Literal["fix", "fault", "neutral", ""]
SCORED = (*LABELS, "ALL")

_SCHEMES: dict[str, Scheme] = {scheme: scheme for scheme in SCHEMES}
_LINE = ("label", "scheme", "gold", "predicted", "matched", "precision", "recall", "f1", "low", "high")
_THRESHOLD = re.compile(r"(\w+)(?::(\w+))?=(1(?:\.0*)?|0?\.\d+|0)", re.ASCII)
_FORMULA = tuple("=+-@\t\r")


def _ratio(part: int, whole: int) -> float:
    return part / whole if whole else math.nan


@dataclass(frozen=True, slots=True)
class Score:
    """Micro-averaged precision, recall and F1 of one label under one scheme.

    Attributes:
        matched: Pairs of a gold mention and a prediction, each mention in one pair at most.
        low: Lower end of the 95 % interval of F1; ``high`` is the upper end.
    """

    label: str
    scheme: Scheme
    gold: int
    predicted: int
    matched: int
    low: float = math.nan
    high: float = math.nan

    @property
    def precision(self) -> float:
        """Matched over predicted."""
        return _ratio(self.matched, self.predicted)

    @property
    def recall(self) -> float:
        """Matched over gold."""
        return _ratio(self.matched, self.gold)

    @property
    def f1(self) -> float:
        """Twice matched over gold and predicted together: 0 where one side alone has mentions."""
        return _ratio(2 * self.matched, self.gold + self.predicted)


@dataclass(frozen=True, slots=True)
class Accuracy:
    """How many of ``total`` were right: a field of the strict matches, or the predictions of a rule."""

    label: str
    name: str
    correct: int
    total: int

    @property
    def accuracy(self) -> float:
        """Correct over total."""
        return _ratio(self.correct, self.total)


@dataclass(frozen=True, slots=True)
class Case:
    """A gold mention and its prediction, or one of run A and its fellow in run B; one may be None.

    Attributes:
        left: Of the gold, of annotation A or of run A; ``right`` is of the other side.
        context: The text around, line breaks as ``␤``; empty where the text is not known.
        verdict: What gold says of a change between runs.
    """

    kind: Kind | ChangeKind
    left: GoldMention | None
    right: GoldMention | None
    context: str = ""
    verdict: Verdict = ""

    @property
    def mention(self) -> GoldMention:
        """The left mention, or the right one where there is no left; raises ValueError without either."""
        if mention := self.left or self.right:
            return mention
        raise ValueError("a case needs a mention")


@dataclass(frozen=True, slots=True)
class Scores:
    """All that an evaluation found.

    Attributes:
        fields: Accuracy of value, mod, norm and locator on the strict matches.
        rules: Strict precision of each rule; empty where the predictions name none.
        unscored: Documents among the predictions that are not scored, for want of gold.
        unpredicted: Scored documents without a prediction; all their mentions are missed.
        sides: What the two inputs are called; ``a`` and ``b`` in an agreement.
    """

    lines: tuple[Score, ...]
    fields: tuple[Accuracy, ...]
    rules: tuple[Accuracy, ...]
    cases: tuple[Case, ...]
    documents: tuple[str, ...]
    unscored: tuple[str, ...] = ()
    unpredicted: tuple[str, ...] = ()
    sides: tuple[str, str] = ("gold", "predicted")

    def line(self, label: str, scheme: Scheme = "strict") -> Score:
        """Return the score of ``label`` (or ``ALL``); raises KeyError for another name."""
        return {(line.label, line.scheme): line for line in self.lines}[label, scheme]

    def count(self, kind: Kind, label: str = "ALL") -> int:
        """Return how many cases are of ``kind``; an error of the label counts for the gold label."""
        return sum(case.kind == kind and label in ("ALL", case.mention.label) for case in self.cases)


@dataclass(frozen=True, slots=True)
class Comparison:
    """What changed from run A to run B, in text order, and how many mentions did not."""

    changes: tuple[Case, ...]
    unchanged: int

    def count(self, kind: ChangeKind, verdict: Verdict | None = None) -> int:
        """Return how many changes are of ``kind``, of all verdicts or of one."""
        return sum(change.kind == kind and verdict in (None, change.verdict) for change in self.changes)


def render_table(scores: Scores) -> str:
    """Return the figures as plain aligned text."""
    left, right = scores.sides
    lines = [
        (s.label, s.scheme, s.gold, s.predicted, s.matched, *map(_shown, (s.precision, s.recall, s.f1)),
         f"{_shown(s.low)}..{_shown(s.high)}")
        for s in scores.lines
    ]  # fmt: skip
    counts = [(label, *(scores.count(kind, label) for kind in KINDS)) for label in SCORED]
    parts = [
        _aligned(("label", "scheme", left, right, "matched", "P", "R", "F1", "F1 95 %"), lines),
        _aligned(("label", *KINDS), counts),
        _aligned(("label", "field", "correct", "of", "accuracy"), map(_accuracy_cells, scores.fields)),
    ]
    if scores.rules:
        rules = map(_accuracy_cells, scores.rules)
        parts.append(_aligned(("label", "rule", "correct", "of", "precision"), rules))
    notes = [f"documents scored: {len(scores.documents)}"]
    for what, names in (("not scored, no gold", scores.unscored), (f"nothing {right}", scores.unpredicted)):
        notes += [f"{what}: {len(names)} ({', '.join(names)})"] if names else []
    return "\n\n".join([*parts, "\n".join(notes)]) + "\n"


def render_comparison(comparison: Comparison) -> str:
    """Return the changes, one a line, below their counts by kind and verdict."""
    verdicts: tuple[Verdict, ...] = get_args(Verdict)
    kinds: tuple[ChangeKind, ...] = get_args(ChangeKind)
    rows = [(kind, comparison.count(kind), *(comparison.count(kind, v) for v in verdicts)) for kind in kinds]
    changes = [
        f"{c.kind} {c.verdict}".strip()
        + f": {c.mention.doc_id} {_described(c.left)} → {_described(c.right)} {c.context}".rstrip()
        for c in comparison.changes
    ]
    table = _aligned(("change", "all", *verdicts[:-1], "unjudged"), rows)
    return "\n".join([table, f"unchanged  {comparison.unchanged}", *changes]) + "\n"


def to_json(scores: Scores) -> dict[str, object]:
    """Return the figures as JSON holds them: counts, quotients (``None`` for NaN) and document ids."""
    accuracies = (*scores.fields, *scores.rules)
    names = ("label", "name", "correct", "total", "accuracy")
    rows = [{name: _cell(getattr(a, name)) for name in names} for a in accuracies]
    return {
        "scores": [{name: _cell(getattr(line, name)) for name in _LINE} for line in scores.lines],
        "counts": {label: {kind: scores.count(kind, label) for kind in KINDS} for label in SCORED},
        "fields": rows[: len(scores.fields)],
        "rules": rows[len(scores.fields) :],
        **{name: list(getattr(scores, name)) for name in ("documents", "unscored", "unpredicted")},
    }


def write_scores_csv(scores: Scores, path: str | Path) -> None:
    """Write the score table; raises HakushoError where ``path`` cannot be written."""
    _write_csv(path, _LINE, ([_cell(getattr(line, name)) for name in _LINE] for line in scores.lines))


def write_errors_csv(scores: Scores, path: str | Path) -> None:
    """Write one row for each case that is not correct; raises HakushoError as :func:`write_scores_csv`."""
    _write_cases(path, [case for case in scores.cases if case.kind != "correct"], scores.sides)


def write_changes_csv(comparison: Comparison, path: str | Path) -> None:
    """Write one row for each change; raises HakushoError as :func:`write_scores_csv`."""
    _write_cases(path, comparison.changes, ("before", "after"), "verdict")


def parse_fail_under(text: str) -> dict[tuple[str, Scheme], float]:
    """Read lower bounds of F1 such as ``ORG=0.95,DATE=0.97,ORG:norm=0.8``; the scheme is strict by default.

    Raises:
        HakushoError: The syntax, a label, a scheme or a number is wrong, or a name stands twice.
    """
    thresholds: dict[tuple[str, Scheme], float] = {}
    for part in map(str.strip, text.split(",")):
        match = _THRESHOLD.fullmatch(part)
        label, scheme = (match[1], _SCHEMES.get(match[2] or "strict")) if match else ("", None)
        if not match or label not in SCORED or scheme is None or (label, scheme) in thresholds:
            raise HakushoError(
                f"--fail-under: found {part!r}; wanted LABEL=F1 or LABEL:SCHEME=F1, once, F1 from 0 to 1, "
                f"LABEL {', '.join(SCORED)} SCHEME {', '.join(SCHEMES)}: write ORG=0.95,ORG:norm=0.8"
            )
        thresholds[label, scheme] = float(match[3])
    return thresholds


def failures(scores: Scores, thresholds: Thresholds) -> list[str]:
    """Return one line for each F1 that is below its threshold or undefined."""
    found = {key: scores.line(*key).f1 for key in thresholds}
    return [
        f"{label} {scheme} F1 is {_shown(found[label, scheme])}; wanted at least {wanted:g}"
        for (label, scheme), wanted in thresholds.items()
        if not found[label, scheme] >= wanted
    ]


def _aligned(header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    table = [[str(cell) for cell in row] for row in (header, *rows)]
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    names = sum(name in ("label", "scheme", "field", "rule", "change") for name in header[:2])
    lines = (
        [
            cell.ljust(w) if i < names else cell.rjust(w)
            for i, (cell, w) in enumerate(zip(row, widths, strict=True))
        ]
        for row in table
    )
    return "\n".join("  ".join(line).rstrip() for line in lines)


def _accuracy_cells(a: Accuracy) -> tuple[Cell, ...]:
    return a.label, a.name, a.correct, a.total, _shown(a.accuracy)


def _cell(value: Cell) -> Cell:
    return None if isinstance(value, float) and math.isnan(value) else value


def _shown(figure: float) -> str:
    return "–" if math.isnan(figure) else f"{figure:.3f}"


def _described(m: GoldMention | None) -> str:
    return f"{m.label} [{m.start}, {m.end}) {m.text!r} = {_normalized(m)}" if m else "–"


def _normalized(m: GoldMention) -> str:
    """Write ``2014;END``, ``防衛省``, ``自衛隊法;a3_2|5;p1;i2``."""
    if m.label == "DATE":
        return ";".join(filter(None, (m.value, m.mod)))
    return ";".join(
        [m.norm, *(f"{sign}{'|'.join(part)}" for sign, part in zip("api", m.locator, strict=True) if part)]
    )


def _write_cases(path: str | Path, cases: Iterable[Case], sides: tuple[str, str], *extra: str) -> None:
    names = [f"{side}_{name}" for side in sides for name in ("label", "start", "end", "text", "norm")]
    rows: list[list[Cell]] = []
    for c in cases:
        row: list[Cell] = [c.mention.doc_id, c.kind, c.mention.label, *(c.verdict for _ in extra)]
        for m in (c.left, c.right):
            row += (m.label, m.start, m.end, m.text, _normalized(m)) if m else [None] * 5
        rows.append([*row, next((m.rule for m in (c.right, c.left) if m), None), c.context])
    _write_csv(path, ["doc_id", "kind", "label", *extra, *names, "rule", "context"], rows)


def _write_csv(path: str | Path, header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> None:
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(header)
    for row in rows:
        writer.writerow([f"'{c}" if isinstance(c, str) and c.startswith(_FORMULA) else c for c in row])
    try:
        Path(path).write_bytes(buffer.getvalue().encode("utf-8-sig"))
    except OSError as error:
        raise HakushoError(f"{path}: cannot be written ({error.strerror}): choose another place") from error
