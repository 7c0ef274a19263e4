"""Lines that are set in below a line that is full, or that no sentence can end with.

Part of stage 3 (see ``builder.py``). What ``hanging.py`` sees by the look of a line, here the lines around it
show: the edge that they share.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.structure.edges import ENDING, SOFT_OPEN, TITLE_END, TOPIC, certain
from pipeline.structure.hanging import ALIGNED, DEEPEST, FIRST, LONGEST, begins, margin_of, row, to_stop
from pipeline.structure.schemes import scheme
from pipeline.structure.widths import PAUSE, SLACK, WIDEST, Widths, beside

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.structure.lines import Line

# A line narrower than NARROW is never full; so many lines of one width show an edge (決め打ち).
NARROW, LEAST = 15, 3
# How far a paragraph is set in, in a body without a margin.
PARAGRAPH = 1
KINDS = frozenset(("paragraph", "list_item", "footnote", "heading"))


def with_full(lines: Sequence[Line], widths: Widths) -> tuple[list[Line], Widths]:
    """Return the lines, with those marked that are set in but may go on, and the widths of full lines."""
    out, around = list(lines), list(widths.around)
    for i in range(1, len(out)):
        if out[i].kind != "paragraph" or not out[i].text.startswith((" ", "　")):
            continue
        full = _full(out, i - 1, widths)
        if out[i - 1].kind in KINDS and _goes_on(out, i, widths, full=full):
            out[i] = out[i]._replace(hung=True)
            if full and not ENDING.search(out[i - 1].text.rstrip()):
                around[i - 1] = around[i - 1] or widths.own[i - 1]
    return out, Widths(widths.own, around, widths.text)


def _goes_on(lines: Sequence[Line], i: int, widths: Widths, *, full: bool) -> bool:
    """Whether line ``i`` may continue the one above, which is ``full`` or not."""
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
    if not NARROW + margin_of(lines[i]) <= widths.own[i] <= top <= widths.own[i] + SLACK:
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
