"""The weights of evidence, and the probability that they give."""

from __future__ import annotations

import json
import math
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from pipeline.facts import rows

if TYPE_CHECKING:
    from collections.abc import Iterable

FILE = "confidence.csv"
BIAS = "always"
DIGITS = 3


@cache
def weights() -> dict[tuple[str, str], dict[str, float]]:
    """Return the weights by what is judged (``mention`` or ``candidate``) and its label."""
    found: dict[tuple[str, str], dict[str, float]] = {}
    for row in rows(FILE):
        found.setdefault((row["of"], row["label"]), {})[row["evidence"]] = float(row["weight"])
    return found


@cache
def provenance() -> dict[str, Any]:
    """Return how the weights were fitted, and the thresholds that were measured with them."""
    text = files("pipeline").joinpath("data/confidence.json").read_text(encoding="utf-8")
    found: dict[str, Any] = json.loads(text)
    return found


def probability(of: str, label: str, evidence: Iterable[str]) -> float:
    """Return how likely it is that span, label and norm are right, from 0 to 1.

    Args:
        of: ``mention`` or ``candidate``.
        label: Its label; a label that no weights are known for gets the even odds of ignorance.
        evidence: As ``evidence.py`` names it; what the table does not know counts nothing.
    """
    table = weights().get((of, label), {})
    odds = table.get(BIAS, 0.0)
    for name in evidence:
        odds += table.get(name, 0.0)
    return round(1 / (1 + math.exp(-odds)), DIGITS)


def doubtful() -> float:
    """Return the probability below which a mention is one to look at first."""
    return float(provenance()["thresholds"]["doubtful"])


def candidate_threshold() -> float:
    """Return the probability below which what was nearly found is not kept."""
    return float(provenance()["thresholds"]["candidates"])
