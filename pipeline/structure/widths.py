"""How wide lines are, and at which width a text was broken.

Part of stage 3 (see ``builder.py``). Widths are in full-width characters: a Latin letter counts half.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.structure.lines import Line

RUNNING = frozenset(("paragraph", "list_item", "footnote", "caption", "heading", "reference"))
# A full line may be this much wider or narrower than its neighbours: marks may not begin a line, words
# are not cut. A narrower line than NARROW is no line of text, a wider one than WIDEST was never broken.
SLACK, NARROW, WIDEST = 2.5, 8, 120
NARROW_CHARACTER = re.compile(r"[\0-\xff]")
# So many lines of one width are no chance (決め打ち).
LEAST_FULL = 6


def width_of(text: str) -> float:
    """Return the width of ``text`` in full-width characters."""
    return len(text) - len(NARROW_CHARACTER.findall(text)) / 2


def wrap_width(lines: Sequence[Line]) -> float:
    """Return the width at which the text was broken, in full-width characters; 0 where it was not."""
    widths = [
        width_of(line.text.rstrip()) for line in lines if line.kind in RUNNING and len(line.text) <= WIDEST
    ]
    wide = sum(line.kind in RUNNING and len(line.text) > WIDEST for line in lines)
    times = Counter(round(width) for width in widths if width >= NARROW)
    if not times:
        return 0.0
    best = max(times, key=lambda w: (times[w - 1] + times[w] + times[w + 1], w))
    full = times[best - 1] + times[best] + times[best + 1]
    wider = wide + sum(width > best + 2 * SLACK for width in widths)
    return float(best) if full >= max(LEAST_FULL, len(widths) / 5) and wider * 10 <= len(widths) else 0.0
