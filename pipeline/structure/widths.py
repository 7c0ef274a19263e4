"""How wide lines are, and at which width a text was broken.

Part of stage 3 (see ``builder.py``). Widths are in full-width characters: a Latin letter counts half.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.model.rule import Rule
from pipeline.model.width import width_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.model.source import Text
    from pipeline.structure.lines import Line

RUNNING = frozenset(("paragraph", "list_item", "footnote", "caption", "heading", "reference"))
# A full line may be this much wider or narrower than its neighbours, since marks may not begin a line and
# words are not cut. A line narrower than NARROW is no running text; one wider than WIDEST was not broken.
SLACK, NARROW, WIDEST = 2.5, 8, 120
# At least this many lines of one width show that a text was broken at it (決め打ち).
LEAST_FULL = 6
# A line is in a column if, of the BESIDE lines above and below it, at least COLUMN have its width, within
# EVEN, and are running text (決め打ち).
COLUMN, BESIDE, EVEN = 4, 5, 1.5
COLUMNS = frozenset(("paragraph", "list_item"))
KANA = Rule("hiragana_in_line", "[ぁ-ん]", reads=("政府⟦は⟧",), leaves=("演習・訓練", "アジア"))
PAUSE = Rule("comma_or_stop_in_column", "[、。]", reads=("政府は⟦、⟧",), leaves=("演習・訓練",))


@dataclass(frozen=True, slots=True)
class Widths:
    """How wide each line of a text is, and at which width the text around it was broken.

    Widths are in full-width characters.

    Attributes:
        own: Of each line, as it was printed: full-width letters count one.
        around: For each line the width at which its text was broken; 0 where it was not.
        text: The text.
    """

    own: Sequence[float]
    around: Sequence[float]
    text: Text

    def wide(self, at: int) -> bool:
        """Whether the letter at the clean offset ``at`` was printed at full width: such words are cut."""
        return self.text.source.raw[self.text.starts[at]] > "\xff"

    def full(self, i: int, slack: float = SLACK) -> bool:
        """Whether line ``i`` reaches to the edge at which its text was broken."""
        return bool(self.around[i]) and abs(self.own[i] - self.around[i]) <= slack


def line_widths(lines: Sequence[Line], text: Text) -> Widths:
    """Return how wide the lines of ``text`` are, and at which width they were broken.

    Most texts have one width. The columns of a page have another one. A line belongs to a column if enough
    lines of running text near it are as wide.
    """
    raw, starts, ends = text.source.raw, text.starts, text.ends
    own = [
        width_of(raw[starts[line.start] : ends[line.end - 1]].rstrip()) if line.end > line.start else 0.0
        for line in lines
    ]
    whole = _whole(lines, own)
    around = [whole] * len(lines)
    running = [
        line.kind in RUNNING and NARROW <= size <= WIDEST and KANA.search(line.text) is not None
        for line, size in zip(lines, own, strict=True)
    ]
    for i, size in enumerate(own):
        if lines[i].kind not in COLUMNS or not running[i] or (whole and abs(size - whole) <= SLACK):
            continue
        like = [j for j in beside(lines, i) if running[j] and abs(own[j] - size) <= EVEN]
        if len(like) >= COLUMN and any(PAUSE.search(lines[j].text) for j in like):
            around[i] = max(own[j] for j in like)
    return Widths(own, around, text)


def beside(lines: Sequence[Line], i: int) -> range:
    """Return the lines near line ``i``, up to the next blank line."""
    first = last = i
    while first > max(0, i - BESIDE) and lines[first - 1].kind != "blank":
        first -= 1
    while last < min(i + BESIDE, len(lines) - 1) and lines[last + 1].kind != "blank":
        last += 1
    return range(first, last + 1)


def _whole(lines: Sequence[Line], own: Sequence[float]) -> float:
    """Return the width at which most of the text was broken, in full-width characters; 0 if it was not."""
    running = [(line, width) for line, width in zip(lines, own, strict=True) if line.kind in RUNNING]
    widths = [width for line, width in running if len(line.text) <= WIDEST]
    wide = len(running) - len(widths)
    times = Counter(round(width) for width in widths if width >= NARROW)
    if not times:
        return 0.0
    best = max(times, key=lambda w: (times[w - 1] + times[w] + times[w + 1], w))
    full = times[best - 1] + times[best] + times[best + 1]
    wider = wide + sum(width > best + 2 * SLACK for width in widths)
    return float(best) if full >= max(LEAST_FULL, len(widths) / 5) and wider * 10 <= len(widths) else 0.0
