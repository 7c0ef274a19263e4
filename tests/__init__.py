"""Tests, benchmarks and what makes pages of the documentation."""

from pathlib import Path

# What ``make bench`` and ``make jlawcite`` install beside the locked packages, which go first: nothing else needs it.
BESIDE = Path(__file__).parent.parent / "build/bench"
