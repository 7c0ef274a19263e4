"""Calibration as people and programs read it: aligned text and JSON."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from pipeline.scoring.scores import shown
from pipeline.scoring.tables import aligned

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.scoring.calibration import Calibration


def render(found: Sequence[Calibration]) -> str:
    """Return the figures as aligned text: a table of measures, one of buckets; nothing for nothing."""
    if not found:
        return ""
    measures = [
        (
            c.label, c.count, c.right, shown(c.ece), _between(c.ece_interval), shown(c.brier), shown(c.auroc),
            _between(c.auroc_interval), shown(c.tenth),
        )
        for c in found
    ]  # fmt: skip
    names = (
        "label", "mentions", "right", "ECE", "ECE 95 %", "Brier", "AUROC", "AUROC 95 %", "errors in tenth",
    )  # fmt: skip
    buckets = [
        (c.label, f"{b.low:.2f}..{b.high:.2f}", b.count, shown(b.mean), shown(b.accuracy))
        for c in found
        for b in c.buckets
        if b.count
    ]
    reliability = aligned(("label", "confidence", "mentions", "mean", "right"), buckets)
    return "\n" + "\n\n".join([aligned(names, measures), reliability]) + "\n"


def to_json(found: Sequence[Calibration]) -> dict[str, object]:
    """Return the figures as JSON holds them (``None`` for NaN); nothing for nothing."""
    figures = [
        {
            "label": c.label,
            "mentions": c.count,
            "right": c.right,
            "ece": _cell(c.ece),
            "ece_95": [_cell(figure) for figure in c.ece_interval],
            "brier": _cell(c.brier),
            "auroc": _cell(c.auroc),
            "auroc_95": [_cell(figure) for figure in c.auroc_interval],
            "errors_in_least_sure_tenth": _cell(c.tenth),
            "buckets": [
                {"low": b.low, "high": b.high, "mentions": b.count, "mean": _cell(b.mean), "right": b.right}
                for b in c.buckets
            ],
        }
        for c in found
    ]
    return {"calibration": figures} if figures else {}


def _between(interval: tuple[float, float]) -> str:
    return "..".join(map(shown, interval))


def _cell(figure: float) -> float | None:
    return None if math.isnan(figure) else figure
