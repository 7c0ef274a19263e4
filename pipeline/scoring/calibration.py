"""How far the probabilities of mentions can be trusted: reliability by bucket, ECE, Brier score and AUROC.

A mention is right if its span, its label and its values are those of a gold mention.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from pipeline.model.errors import HakushoError
from pipeline.scoring.scores import ALL, scored

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import numpy as np
    import numpy.typing as npt

    from pipeline.scoring.scores import Case

    Floats = npt.NDArray[np.float64]

BINS = 10
"""Buckets of equal width over which ECE is taken, as usual."""
EDGES = (0.0, 0.5, 0.7, 0.8, 0.9, 0.95, 0.98, 1.0)
"""Buckets that are shown: finer where most mentions are (決め打ち)."""
SEED, RESAMPLES = 20140805, 1000  # 決め打ち, as is the next one
WINDOW = 100  # code points of a piece of text that the bootstrap draws as a whole
TENTH = 0.1


@dataclass(frozen=True, slots=True)
class Bucket:
    """The mentions whose probability lies in [low, high), the last bucket with its upper end.

    Attributes:
        mean: Of their probabilities.
        right: How many of them are right.
    """

    low: float
    high: float
    count: int
    mean: float
    right: int

    @property
    def accuracy(self) -> float:
        """Right over all."""
        return self.right / self.count if self.count else math.nan


@dataclass(frozen=True, slots=True)
class Calibration:
    """How far the probabilities of one label can be trusted; an interval holds 95 % of the resamples.

    Attributes:
        ece: Expected calibration error: the mean distance of probability and accuracy over ten buckets of
            equal width.
        brier: Mean square of probability less truth.
        auroc: How often a right mention is surer than a wrong one; NaN without one of the two.
        tenth: Share of the errors that lie in the tenth of the mentions that is least sure; NaN without
            errors.
    """

    label: str
    count: int
    right: int
    ece: float
    ece_interval: tuple[float, float]
    brier: float
    auroc: float
    auroc_interval: tuple[float, float]
    tenth: float
    buckets: tuple[Bucket, ...]


def calibrations(cases: Iterable[Case]) -> tuple[Calibration, ...]:
    """Return the calibration of each label, and of all.

    Args:
        cases: Of an evaluation; those with a prediction count.

    Raises:
        HakushoError: A prediction has no probability.
    """
    judged = [(case.right, case.kind == "correct") for case in cases if case.right is not None]
    if bare := next((m for m, _ in judged if math.isnan(m.confidence)), None):
        raise HakushoError(
            f"{bare.doc_id} [{bare.start}, {bare.end}): has no confidence; wanted a number from 0 to 1 in "
            "that column of the predictions: run 'hakusho run' anew"
        )
    found = []
    for label in scored(m for m, _ in judged):
        mine = [(m, right) for m, right in judged if label in (ALL, m.label)]
        groups = [(m.doc_id, m.start // WINDOW) for m, _ in mine]
        found.append(calibration(label, [m.confidence for m, _ in mine], [r for _, r in mine], groups))
    return tuple(found)


def calibration(
    label: str, likely: Sequence[float], right: Sequence[bool], groups: Sequence[object]
) -> Calibration:
    """Return the calibration of mentions; those of one group are drawn together by the bootstrap."""
    import numpy as np  # it takes a tenth of a second that other commands save

    p, y = np.array(likely, dtype=float), np.array(right, dtype=float)
    numbers = {group: number for number, group in enumerate(dict.fromkeys(groups))}
    of = np.array([numbers[group] for group in groups], dtype=int)
    rng = np.random.default_rng(SEED)
    eces, aurocs = [], []
    for _ in range(RESAMPLES if len(p) else 0):
        drawn = np.bincount(rng.integers(len(numbers), size=len(numbers)), minlength=len(numbers))[of]
        eces.append(ece(p, y, drawn))
        aurocs.append(auroc(p, y, drawn))
    ones = np.ones(len(p))
    return Calibration(
        label=label,
        count=len(p),
        right=int(y.sum()),
        ece=ece(p, y, ones),
        ece_interval=_interval(eces),
        brier=float(np.mean((p - y) ** 2)) if len(p) else math.nan,
        auroc=auroc(p, y, ones),
        auroc_interval=_interval(aurocs),
        tenth=tenth(p, y),
        buckets=tuple(_buckets(p, y)),
    )


def ece(p: Floats, y: Floats, weight: Floats) -> float:
    """Return the expected calibration error of probabilities ``p`` for truths ``y``, each of a weight."""
    import numpy as np

    total = float(weight.sum())
    if not total:
        return math.nan
    bins = np.minimum((p * BINS).astype(int), BINS - 1)
    gaps = np.bincount(bins, weights=weight * (p - y), minlength=BINS)
    return float(np.abs(gaps).sum() / total)


def auroc(p: Floats, y: Floats, weight: Floats) -> float:
    """Return how often a right one has the higher probability than a wrong one; ties count half."""
    import numpy as np

    good, bad = weight * y, weight * (1 - y)
    if not good.sum() or not bad.sum():
        return math.nan
    _, ranks = np.unique(p, return_inverse=True)
    rights, wrongs = np.bincount(ranks, weights=good), np.bincount(ranks, weights=bad)
    below = np.cumsum(wrongs) - wrongs
    return float((rights * (below + wrongs / 2)).sum() / (good.sum() * bad.sum()))


def tenth(p: Floats, y: Floats) -> float:
    """Return the share of the errors in the tenth that is least sure; ties at its end count in proportion."""
    import numpy as np

    errors = float((1 - y).sum())
    if not errors:
        return math.nan
    most = TENTH * len(p)
    held = reached = 0.0
    for value in np.unique(p):
        here = p == value
        part = min(1.0, (most - reached) / float(here.sum()))
        if part <= 0:
            break
        held += part * float((1 - y[here]).sum())
        reached += float(here.sum())
    return held / errors


def _buckets(p: Floats, y: Floats) -> Iterable[Bucket]:
    for low, high in pairwise(EDGES):
        here = (p >= low) & ((p < high) | (high == EDGES[-1]))
        count = int(here.sum())
        mean = float(p[here].mean()) if count else math.nan
        yield Bucket(low, high, count, mean, int(y[here].sum()))


def _interval(figures: Sequence[float]) -> tuple[float, float]:
    import numpy as np

    known = [figure for figure in figures if not math.isnan(figure)]
    if not known:
        return math.nan, math.nan
    low, high = np.quantile(known, (0.025, 0.975))
    return float(low), float(high)
