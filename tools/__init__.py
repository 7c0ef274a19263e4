"""What is run by hand or by make: benchmarks, measures, makers of pages, and a server for tests."""

from pathlib import Path

# What ``make bench`` and ``make jlawcite`` install beside the locked packages, which go first: nothing else needs it.
BESIDE = Path(__file__).parent.parent / "build/bench"
