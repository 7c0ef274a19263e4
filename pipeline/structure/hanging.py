"""Lines that are set in and yet continue the line above: bodies with a margin, and items whose lines hang.

Part of stage 3 (see ``builder.py``). A line that begins with blanks begins a paragraph, as printed Japanese
has it. In typed papers and minutes all lines of a body have one margin, or the later lines of an item stand
under its text: 「(1) 港湾局は、労働安全衛」「　　生法により…」. Two things show that such a line goes on: how it
looks below the line above, or that the line above reaches the edge that the lines around it share.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.model.width import width_of
from pipeline.structure.edges import CLAUSE, ENDING, SOFT_OPEN, TITLE_END, TOPIC, certain
from pipeline.structure.margins import (
    ALIGNED,
    FIRST,
    LONGEST,
    begins,
    body_margin,
    margin_of,
    row,
    running,
    to_stop,
)
from pipeline.structure.schemes import scheme
from pipeline.structure.widths import NARROW, PAUSE, SLACK, WIDEST, Widths, beside
from pipeline.structure.wraps import COMMA_OR_STOP, PROSE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.structure.lines import Line

# The lines of an item are set in by at most so much more than its sign, in full-width characters (決め打ち).
DEEPEST = 6.0
# A line narrower than LEAST_WIDE is never full; so many lines of one width show an edge (決め打ち).
LEAST_WIDE, LEAST = 15, 3
# How far a paragraph is set in, in a body without a margin.
PARAGRAPH = 1
ITEMS = frozenset(("list_item", "footnote", "heading"))
KINDS = ITEMS | {"paragraph"}


def with_hung(lines: Sequence[Line], widths: Widths) -> tuple[list[Line], Widths]:
    """Return the lines, those that are set in but may go on marked as hung, and the widths of full lines."""
    out, around = list(lines), list(widths.around)
    margin = body_margin(lines)
    for i in range(1, len(out)):
        if out[i].kind != "paragraph" or not out[i].text.startswith((" ", "　")):
            continue
        if out[i - 1].kind not in KINDS:
            continue
        full = _full(out, i - 1, widths)
        if _at_edge(out, i, widths, full=full):
            out[i] = out[i]._replace(hung=True)
            if full and not ENDING.search(out[i - 1].text.rstrip()):
                around[i - 1] = around[i - 1] or widths.own[i - 1]
        elif _by_look(out, i, widths, margin):
            out[i] = out[i]._replace(hung=True)
    return out, Widths(widths.own, around, widths.text)


def _by_look(lines: Sequence[Line], i: int, widths: Widths, margin: float) -> bool:
    """Whether the line above looks to hang over line ``i``, or line ``i`` goes on as a hung line above it."""
    line, above = lines[i], lines[i - 1]
    below = lines[i + 1] if i + 1 < len(lines) else None
    if line.told or not running(line) or row(above, line):
        return False
    same = above.hung and margin_of(above) == margin_of(line)
    if not (same or _begins(above, line, below, margin) or _in_block(above, line, below)):
        return False
    return _of_item(lines, i - 1) or to_stop(lines, widths.own, i - 1)


def _begins(above: Line, line: Line, below: Line | None, margin: float) -> bool:
    """Whether ``line`` is the first that the line above hangs over."""
    own = margin_of(line)
    head = above.text.rstrip()
    if above.kind == "heading" and begins(line, below):
        return False
    if above.told or ENDING.search(head) or not running(above) or not _as_wide(head, line):
        return False
    less = own - margin_of(above)
    if above.kind in ITEMS:
        return 0 < less <= DEEPEST and _may_hang(above, head, less)
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


def _may_hang(above: Line, head: str, less: float) -> bool:
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


def _at_edge(lines: Sequence[Line], i: int, widths: Widths, *, full: bool) -> bool:
    """Whether the line above, which is ``full`` or not, shows that line ``i`` continues it."""
    line, above = lines[i], lines[i - 1]
    head = above.text.rstrip()
    cut = certain(head, line.text.strip())
    if not cut and _apart(lines, i, head):
        return False
    if _level(line, above) and (full or (cut and not margin_of(line) == margin_of(above) == PARAGRAPH)):
        return True
    # Below a title, a paragraph begins so.
    title = above.kind == "heading" and margin_of(line) - margin_of(above) == PARAGRAPH
    open_end = (full and not title) or cut or (SOFT_OPEN.search(head) and not TITLE_END.search(head))
    return bool(open_end) and _hangs(line, above) and widths.own[i] <= widths.own[i - 1] + SLACK


def _hangs(line: Line, above: Line) -> bool:
    """Whether a line stands below the text of an item, deeper than its mark."""
    marked = above.kind in ("list_item", "footnote") or scheme(above.text.strip())
    return bool(marked) and not above.told and 0 < margin_of(line) - margin_of(above) <= DEEPEST


def _apart(lines: Sequence[Line], i: int, head: str) -> bool:
    """Whether line ``i`` is a row of a table, or begins a paragraph below a title or an item."""
    if row(lines[i - 1], lines[i]):
        return True
    titled = lines[i - 1].kind != "paragraph" or not PAUSE.search(head)
    return titled and begins(lines[i], lines[i + 1] if i + 1 < len(lines) else None)


def _level(line: Line, above: Line) -> bool:
    """Whether a line is as deep as one of running text above it, or a little less, as behind a first line."""
    first = 0 <= margin_of(above) - margin_of(line) <= FIRST
    return above.kind == "paragraph" and first and not ALIGNED.search(above.text)


def _full(lines: Sequence[Line], i: int, widths: Widths) -> bool:
    """Whether line ``i`` is running text and reaches the edge that the lines around it have.

    Signatures, lists and tables have an edge, too, but no stops; items may have only commas.
    """
    own = [widths.own[j] for j in beside(lines, i) if lines[j].kind in KINDS and widths.own[j] <= WIDEST]
    top = max(own, default=0.0)
    if not LEAST_WIDE + margin_of(lines[i]) <= widths.own[i] <= top <= widths.own[i] + SLACK:
        return False
    if not (_pauses(lines, i) if _of_item(lines, i) else to_stop(lines, widths.own, i)):
        return False
    marked = lines[i].kind in ("list_item", "footnote")
    if marked and not (PAUSE.search(lines[i].text) or TOPIC.search(lines[i].text)):
        return False
    shared = sum(width >= top - SLACK for width in own)
    return shared >= LEAST or (shared > 1 and (lines[i].hung or widths.own[i + 1] >= top - SLACK))


def _of_item(lines: Sequence[Line], i: int) -> bool:
    """Whether line ``i`` is an item's, or hangs from one."""
    first = i
    while lines[first].hung and first > max(0, i - LONGEST):
        first -= 1
    return lines[first].kind != "paragraph"


def _pauses(lines: Sequence[Line], i: int) -> bool:
    """Whether there is a comma or a stop in line ``i`` or the lines below that may be of its item."""
    last = i + 1
    while last < min(i + LONGEST, len(lines) - 1) and lines[last + 1].kind == "paragraph":
        if margin_of(lines[last + 1]) != margin_of(lines[last]):
            break
        last += 1
    return any(PAUSE.search(line.text) for line in lines[i : last + 1])
