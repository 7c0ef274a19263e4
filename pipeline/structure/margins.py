"""How far lines are set in, and what stands below each other with one margin without being one text.

Part of stage 3 (see ``builder.py``): what ``hanging.py`` asks of margins, rows and stops.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.model.rule import Rule
from pipeline.model.width import width_of
from pipeline.structure.edges import CLAUSE, ENDING, certain
from pipeline.structure.widths import KANA, LEAST_FULL, SLACK

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.structure.lines import Line

# The first line of a paragraph is set in by at most this much more than the others, in full-width characters
# (決め打ち).
FIRST = 2.0
# All of a text is set in if of at least LEAST_FULL lines at its edge this part does not end a sentence
# (決め打ち).
BROKEN = 0.6
# A stop is looked for in so many lines (決め打ち).
LONGEST = 15
# Rows of one form end in so many letters that are the same (決め打ち).
ALIKE = 3
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


def margin_of(line: Line) -> float:
    """Return how far a line is set in, in full-width characters."""
    return width_of(line.text[: len(line.text) - len(line.text.lstrip(" 　"))])


def running(line: Line) -> bool:
    """Whether a line is running text: it has hiragana, and no blanks within align it."""
    return KANA.search(line.text) is not None and ALIGNED.search(line.text) is None


def body_margin(lines: Sequence[Line]) -> float:
    """Return how far all of a text is set in that was broken at a width; 0 if it is not."""
    there: list[Line] = []
    least = 0.0
    for line in lines:
        if line.kind != "paragraph" or line.told or not running(line):
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
