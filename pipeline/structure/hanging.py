"""Lines that are set in because the line above hangs over them, and so begin no paragraph.

Part of stage 3 (see ``builder.py``). Texts with a margin, and items whose later lines are set in:
「(1) 港湾局は、労働安全衛」「　　生法により…」.
"""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING

from pipeline.model.rule import Rule
from pipeline.structure.edges import CLAUSE, ENDING, TOPIC
from pipeline.structure.widths import KANA, LEAST_FULL, NARROW, SLACK, width_of
from pipeline.structure.wraps import COMMA_OR_STOP, PROSE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.structure.lines import Line

# The first line of a paragraph is set in by at most this much more than the others; the lines of an item by
# at most DEEPEST more than its sign, in full-width characters (決め打ち).
FIRST, DEEPEST = 2.0, 6.0
# All of a text is set in if of at least LEAST_FULL lines at its edge this part does not end a sentence
# (決め打ち).
BROKEN = 0.6
ALIGNED = Rule(
    "aligned_by_blanks",
    r"\S(?:[ 　]{2}|\t)[ 　\t]*\S",
    reads=("横⟦浜　　港⟧", "1⟦月\t2⟧月"),
    leaves=("　　港湾局は、", "港 湾 局", "港湾局は　港湾の"),
)


def with_hung(lines: Sequence[Line]) -> list[Line]:
    """Return ``lines``, each marked as hung that may continue the line above although it is set in."""
    out: list[Line] = []
    margin = _margin(lines)
    depth = 0.0  # of the run of hung lines; 0 outside of one
    for line, below in zip_longest(lines, lines[1:]):
        own = margin_of(line) if line.kind == "paragraph" and not line.told else 0.0
        hung = bool(
            out and own and _running(line)
            and (own == depth or _begins(out[-1], line, own, margin) or _in_block(out[-1], line, below, own))
        )  # fmt: skip
        depth = own if hung else 0.0
        out.append(line._replace(hung=True) if hung else line)
    return out


def _margin(lines: Sequence[Line]) -> float:
    """Return how far all of a text is set in that was broken at a width; 0 if it is not."""
    there: list[Line] = []
    least = 0.0
    for line in lines:
        if line.kind != "paragraph" or line.told or not _running(line):
            continue
        depth = margin_of(line)
        if not depth:
            return 0.0
        if not there or depth < least:
            there, least = [], depth
        if depth == least:
            there.append(line)
    broken = sum(ENDING.search(line.text.rstrip()) is None for line in there)
    return least if len(there) >= LEAST_FULL and broken >= BROKEN * len(there) else 0.0


def _begins(above: Line, line: Line, own: float, margin: float) -> bool:
    """Whether ``line`` is the first that the line above hangs over."""
    head = above.text.rstrip()
    if above.told or ENDING.search(head) or not _running(above) or not _as_wide(head, line):
        return False
    less = own - margin_of(above)
    if above.kind in ("list_item", "footnote", "heading"):
        return 0 < less <= DEEPEST and _hangs(above, head, own)
    if above.kind != "paragraph":
        return False
    return own == margin if less == 0 else 0 < -less <= FIRST and (len(head) >= PROSE or _prose(head))


def _in_block(above: Line, line: Line, below: Line | None, own: float) -> bool:
    """Whether an item hangs over a block of lines that are as wide as it is: it was broken at that width."""
    head, text = above.text.rstrip(), line.text.rstrip()
    if not below or below.kind != "paragraph" or margin_of(below) != own:
        return False
    item = above.kind in ("list_item", "heading") and not above.told
    even = abs(width_of(head) - width_of(text)) <= SLACK and len(head) >= PROSE
    open_ended = ENDING.search(head) is None and ENDING.search(text) is None
    return item and even and open_ended and COMMA_OR_STOP.search(head) is not None


def _hangs(above: Line, head: str, own: float) -> bool:
    """Whether an item or a numbered line may hang over a line that is set in by ``own``.

    A paragraph below an item or a title is set in by one. A title has no topic, and few have a comma.
    """
    if CLAUSE.search(head) or TOPIC.search(head):
        return True
    return own > 1 and (above.kind != "heading" or COMMA_OR_STOP.search(head) is not None)


def _prose(head: str) -> bool:
    return bool(CLAUSE.search(head) or TOPIC.search(head) or COMMA_OR_STOP.search(head))


def _as_wide(head: str, line: Line) -> bool:
    """Whether a line is as wide as one that was broken, next to the line below it."""
    width = width_of(head)
    return width >= NARROW and width + SLACK >= width_of(line.text.rstrip())


def _running(line: Line) -> bool:
    return KANA.search(line.text) is not None and ALIGNED.search(line.text) is None


def margin_of(line: Line) -> float:
    """Return how far a line is set in, in full-width characters."""
    return width_of(line.text[: len(line.text) - len(line.text.lstrip(" 　"))])
