"""What an evaluation or a comparison found, and the verdict for CI.

Every figure is a quotient of counts, and counts alone are added up over documents. A quotient of nothing
(precision without predictions, F1 without either side) is NaN, and a failure in CI.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, get_args

from pipeline.entities import known_labels, labels_among
from pipeline.model.errors import HakushoError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pipeline.scoring.gold import GoldMention

    Thresholds = Mapping[tuple[str, "Scheme"], float]

Scheme = Literal["strict", "overlap", "norm"]
SCHEMES: tuple[Scheme, ...] = get_args(Scheme)
Kind = Literal["correct", "boundary", "label", "norm", "missed", "spurious"]
KINDS: tuple[Kind, ...] = get_args(Kind)
ChangeKind = Literal["lost", "gained", "changed", "moved"]
Verdict = Literal["fix", "fault", "neutral", ""]
ALL = "ALL"

_SCHEMES: dict[str, Scheme] = {scheme: scheme for scheme in SCHEMES}
_THRESHOLD = re.compile(r"(\w+)(?::(\w+))?=(1(?:\.0*)?|0?\.\d+|0)", re.ASCII)


def scored(mentions: Iterable[GoldMention]) -> tuple[str, ...]:
    """Return the labels that scores of mentions have: those that are shipped, theirs, and ``ALL``."""
    return (*labels_among(m.label for m in mentions), ALL)


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

    @property
    def labels(self) -> tuple[str, ...]:
        """The labels that have scores, ``ALL`` the last."""
        return tuple(dict.fromkeys(line.label for line in self.lines))

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


def parse_fail_under(text: str) -> dict[tuple[str, Scheme], float]:
    """Read lower bounds of F1 such as ``ORG=0.95,DATE=0.97,ORG:norm=0.8``; the scheme is strict by default.

    Raises:
        HakushoError: The syntax, a label, a scheme or a number is wrong, or a name stands twice.
    """
    thresholds: dict[tuple[str, Scheme], float] = {}
    for part in map(str.strip, text.split(",")):
        match = _THRESHOLD.fullmatch(part)
        label, scheme = (match[1], _SCHEMES.get(match[2] or "strict")) if match else ("", None)
        if (
            not match
            or label not in (*known_labels(), ALL)
            or scheme is None
            or (label, scheme) in thresholds
        ):
            raise HakushoError(
                f"--fail-under: found {part!r}; wanted LABEL=F1 or LABEL:SCHEME=F1, once, F1 from 0 to 1, "
                f"LABEL {', '.join((*known_labels(), ALL))} SCHEME {', '.join(SCHEMES)}: "
                "write ORG=0.95,ORG:norm=0.8"
            )
        thresholds[label, scheme] = float(match[3])
    return thresholds


def failures(scores: Scores, thresholds: Thresholds) -> list[str]:
    """Return one line for each F1 that is below its threshold or undefined."""
    figures = {(line.label, line.scheme): line.f1 for line in scores.lines}
    found = {key: figures.get(key, math.nan) for key in thresholds}
    return [
        f"{label} {scheme} F1 is {shown(found[label, scheme])}; wanted at least {wanted:g}"
        for (label, scheme), wanted in thresholds.items()
        if not found[label, scheme] >= wanted
    ]


def shown(figure: float) -> str:
    """Return a figure with three decimals, or ``–`` for a quotient of nothing."""
    return "–" if math.isnan(figure) else f"{figure:.3f}"
