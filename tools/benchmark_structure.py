"""How cleaning and structure grow with the text: the chapter up to the size of an edition, and hard texts."""

from __future__ import annotations

import gc
from itertools import pairwise
from pathlib import Path
from time import process_time

from pipeline.clean import clean
from pipeline.model.source import Source
from pipeline.structure import structure
from tests.hard_texts import HARD

CHAPTER = Path(__file__).parent.parent / "corpus/defense_white_paper_h26_III-2-2.txt"
# In UTF-8 15 kB, 150 kB and 1.5 MB, as large as an edition.
EDITION = (5_000, 50_000, 500_000)
LONG = (10_000, 100_000)
REPEATS = 3


def seconds(raw: str) -> float:
    """Return the shortest of some runs over ``raw``, in seconds of this process."""
    times = []
    for _ in range(REPEATS):
        gc.collect()
        began = process_time()
        structure(clean(Source("x", raw)))
        times.append(process_time() - began)
    return min(times)


def _row(name: str, unit: str, sizes: tuple[int, ...]) -> str:
    times = [seconds((unit * (size // len(unit) + 1))[:size]) for size in sizes]
    cells = " | ".join(f"{size / time / 1e6:.2f}" for size, time in zip(sizes, times, strict=True))
    growth = max(longer / shorter for shorter, longer in pairwise(times))
    return f"| {name} | {cells} | {growth:.1f} |"


def report() -> list[str]:
    """Return the tables as lines of Markdown."""
    gc.collect()
    gc.freeze()  # what the other measurements left in memory is not searched again and again
    with CHAPTER.open(encoding="utf-8", newline="") as stream:
        chapter = stream.read()
    return [
        "## Growth of cleaning and structure",
        "",
        "Million characters a second, and how many times as long ten times the text takes (the worst step; ten is linear).",
        "",
        f"| text | {' | '.join(f'{size:,}' for size in EDITION)} | × for ten times |",
        "|---|---|---|---|---|",
        _row("the chapter, repeated", chapter, EDITION),
        "",
        f"| run of | {' | '.join(f'{size:,}' for size in LONG)} | × for ten times |",
        "|---|---|---|---|",
        *(_row(name, unit, LONG) for name, unit in HARD.items()),
        "",
    ]


if __name__ == "__main__":
    print("\n".join(report()))
