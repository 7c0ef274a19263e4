"""Lines that are set in because the line above hangs over them, and so begin no paragraph.

Part of stage 3 (see ``builder.py``). Texts with a margin, and items whose later lines are set in:
「(1) 港湾局は、労働安全衛」「　　生法により…」.
"""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING

from pipeline.model.rule import Rule
from pipeline.model.width import width_of
from pipeline.structure.edges import CLAUSE, ENDING, TOPIC, certain
from pipeline.structure.widths import KANA, LEAST_FULL, NARROW, SLACK
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
# A stop is looked for in so many lines (決め打ち).
LONGEST = 15
ALIGNED = Rule(
    "aligned_by_blanks",
    r"\S(?:[ 　]{2}|\t)[ 　\t]*\S",
    reads=("横⟦浜　　港⟧", "1⟦月\t2⟧月"),
    leaves=("　　港湾局は、", "港 湾 局", "港湾局は　港湾の"),
)
LABELLED = Rule(
    "label_of_a_row",
    r"[^\s、。「」（）]{1,10}　\S",
    reads=("⟦4月　基⟧本方針", "⟦所管　青⟧葉省"),
    leaves=("港を測った。　その", "港の深さ"),
)
DATED = Rule(
    "date_of_a_row",
    r"(?:[^\W\d]{2})?\d{1,4}年",
    reads=("⟦平成18年⟧6月に港を測る", "⟦2018年⟧の港"),
    leaves=("⟦港は平成18年に", "⟦この平成18年"),
)
# Rows of one form end in so many letters that are the same (決め打ち).
ALIKE = 3


def with_hung(lines: Sequence[Line], own: Sequence[float]) -> list[Line]:
    """Return ``lines``, each marked as hung that may continue the line above although it is set in.

    Args:
        lines: The lines of a text.
        own: How wide each is.
    """
    out: list[Line] = []
    margin = _margin(lines)
    depth, item = 0.0, False  # of the run of hung lines, 0 outside of one, and whether an item begins it
    for i, (line, below) in enumerate(zip_longest(lines, lines[1:])):
        deep = margin_of(line) if line.kind == "paragraph" and not line.told else 0.0
        hung = False
        if out and deep and _running(line):
            runs = deep == depth or _begins(out[-1], line, below, margin) or _in_block(out[-1], line, below)
            item = item if deep == depth else out[-1].kind != "paragraph"
            hung = runs and not row(out[-1], line) and (item or to_stop(lines, own, i - 1))
        depth = deep if hung else 0.0
        out.append(line._replace(hung=True) if hung else line)
    return out


def row(above: Line, line: Line) -> bool:
    """Whether ``line`` is a row of a table or a list: by its label, or in the form of the line above it."""
    head, tail = above.text.strip(), line.text.strip()
    return bool(LABELLED.match(tail) or _alike(head, tail)) and not certain(head, tail)


def _alike(head: str, tail: str) -> bool:
    return head[-ALIKE:] == tail[-ALIKE:] or bool(DATED.match(head) and DATED.match(tail))


def to_stop(lines: Sequence[Line], own: Sequence[float], i: int) -> bool:
    """Whether lines as wide as line ``i`` lead from it to a stop, as they do in a paragraph with a margin.

    What stands below each other in a list or above a signature is as deep, too, but has no stop.
    """
    if i and _alike(lines[i - 1].text.strip(), lines[i].text.strip()):
        return False
    for j in range(i, min(i + LONGEST, len(lines))):
        line = lines[j]
        if j > i and (line.kind != "paragraph" or margin_of(line) != margin_of(lines[i + 1])):
            return False
        if "。" in line.text:
            return own[j] <= own[i] + SLACK
        if abs(own[j] - own[i]) > SLACK and not CLAUSE.search(line.text):
            return False
    return False


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


def begins(line: Line, below: Line | None) -> bool:
    """Whether a line begins a paragraph: it is set in by more than the line below it."""
    if not below or below.kind != "paragraph" or ENDING.search(line.text.rstrip()):
        return False
    return 0 < margin_of(line) - margin_of(below) <= FIRST


def _begins(above: Line, line: Line, below: Line | None, margin: float) -> bool:
    """Whether ``line`` is the first that the line above hangs over."""
    own = margin_of(line)
    head = above.text.rstrip()
    if above.kind == "heading" and begins(line, below):
        return False
    if above.told or ENDING.search(head) or not _running(above) or not _as_wide(head, line):
        return False
    less = own - margin_of(above)
    if above.kind in ("list_item", "footnote", "heading"):
        return 0 < less <= DEEPEST and _hangs(above, head, less)
    if above.kind != "paragraph":
        return False
    return own == margin if less == 0 else 0 < -less <= FIRST and (len(head) >= PROSE or _prose(head))


def _in_block(above: Line, line: Line, below: Line | None) -> bool:
    """Whether an item hangs over a block of lines that are as wide as it is: it was broken at that width."""
    head, text = above.text.rstrip(), line.text.rstrip()
    if not below or below.kind != "paragraph" or margin_of(below) != margin_of(line):
        return False
    item = above.kind in ("list_item", "heading") and not above.told
    even = abs(width_of(head) - width_of(text)) <= SLACK and len(head) >= PROSE
    open_ended = ENDING.search(head) is None and ENDING.search(text) is None
    return item and even and open_ended and COMMA_OR_STOP.search(head) is not None


def _hangs(above: Line, head: str, less: float) -> bool:
    """Whether an item or a numbered line may hang over a line that is set in by ``less`` more.

    A paragraph below an item or a title is set in by one. A title has no topic, and few have a comma.
    """
    if CLAUSE.search(head) or TOPIC.search(head):
        return True
    return less > 1 and (above.kind != "heading" or COMMA_OR_STOP.search(head) is not None)


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
