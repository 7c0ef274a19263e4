"""The figure of ``docs/explanation/confidence.md``: how often mentions are right, by the probability that they have."""

from __future__ import annotations

from pathlib import Path

import matplotlib as mpl

mpl.use("svg")
import matplotlib.pyplot as plt

from pipeline.scoring.calibration import Calibration


def draw(found: Calibration, path: Path) -> None:
    """Write the figure; the same figures give the same bytes."""
    mpl.rcParams["svg.hashsalt"] = "hakusho"
    buckets = [bucket for bucket in found.buckets if bucket.count]
    figure, axes = plt.subplots(figsize=(4.6, 4.2))
    axes.plot((0, 1), (0, 1), color="#999999", linewidth=1, linestyle="--")
    axes.plot([b.mean for b in buckets], [b.accuracy for b in buckets], color="#0072b2", marker="o")
    for bucket in buckets:
        axes.annotate(
            f"{bucket.count}", (bucket.mean, bucket.accuracy), textcoords="offset points", xytext=(6, -12)
        )
    axes.set(xlim=(0, 1.02), ylim=(0, 1.02), xlabel="probability", ylabel="right", title="Documents left out")
    figure.tight_layout()
    figure.savefig(path, format="svg", metadata={"Date": None})
    plt.close(figure)
