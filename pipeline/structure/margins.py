"""Lines that are set in below a line that is full, or that no sentence can end with.

Part of stage 3 (see ``builder.py``). What ``hanging.py`` sees by the look of a line, here the lines around it
show: the edge that they share.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.model.rule import Rule
from pipeline.structure.edges import ENDING, ITEM_END, SOFT_OPEN, TITLE_END, certain
from pipeline.structure.hanging import ALIGNED, DEEPEST, FIRST, margin_of
from pipeline.structure.schemes import scheme
from pipeline.structure.widths import BESIDE, KANA, PAUSE, SLACK, WIDEST, Widths, beside

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.structure.lines import Line

# A line narrower than NARROW is never full; so many lines of one width show an edge (決め打ち).
NARROW, LEAST = 15, 3
# How far a paragraph is set in, in a body without a margin.
PARAGRAPH = 1
LABELLED = Rule(
    "label_of_a_row",
    r"[^\s、。「」（）]{1,10}　\S",
    reads=("⟦4月　基⟧本方針", "⟦所管　青⟧葉省"),
    leaves=("港を測った。　その", "港の深さ"),
)
SUBJECT = Rule(
    "subject_at_the_beginning",
    r"[一-龥ァ-ヶー]{2,15}は、",
    reads=("⟦港湾局は、⟧港を",),
    leaves=("では、港を", "港の深さは、"),
)
STATED = Rule(
    "one_statement",  # a line with one topic, and no clause behind it
    r"は、[^、。]*$",
    reads=("港湾局⟦は、港を調査⟧",),
    leaves=("港湾局は、港を調べ、報告", "港の深さ"),
)
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
    """Whether line ``i`` begins a paragraph below a title, a row, or one more of several statements."""
    tail = lines[i].text.strip()
    if LABELLED.match(tail) or (ITEM_END.search(head) and SUBJECT.match(tail)):
        return True
    return (STATED.search(head) and SUBJECT.match(tail)) or (not PAUSE.search(head) and _first(lines, i))


def _first(lines: Sequence[Line], i: int) -> bool:
    """Whether line ``i`` is the first of a paragraph, set in by more than the line below it."""
    below = lines[i + 1] if i + 1 < len(lines) else None
    less = margin_of(lines[i]) - margin_of(below) if below and below.kind == "paragraph" else 0.0
    return 0 < less <= FIRST and not ENDING.search(lines[i].text.rstrip())


def _level(line: Line, above: Line) -> bool:
    """Whether a line is as deep as one of running text above it, or a little less, as behind a first line."""
    first = 0 <= margin_of(above) - margin_of(line) <= FIRST
    return above.kind == "paragraph" and first and not ALIGNED.search(above.text)


def _full(lines: Sequence[Line], i: int, widths: Widths) -> bool:
    """Whether line ``i`` is running text and reaches the edge that the lines around it have.

    Signatures, lists of names and tables have an edge, too, but neither commas nor stops.
    """
    own = [widths.own[j] for j in beside(lines, i) if lines[j].kind in KINDS and widths.own[j] <= WIDEST]
    top = max(own, default=0.0)
    if not NARROW + margin_of(lines[i]) <= widths.own[i] <= top <= widths.own[i] + SLACK:
        return False
    if not any(KANA.search(line.text) and PAUSE.search(line.text) for line in _paragraph(lines, i)):
        return False
    shared = sum(width >= top - SLACK for width in own)
    return shared >= LEAST or (shared > 1 and (lines[i].hung or widths.own[i + 1] >= top - SLACK))


def _paragraph(lines: Sequence[Line], i: int) -> Sequence[Line]:
    """Return line ``i`` and those near it that may belong to one paragraph with it and the next."""
    first, last = i, i + 1
    while first > max(0, i - BESIDE) and _level(lines[first], lines[first - 1]) and _open(lines[first - 1]):
        first -= 1
    while last < min(i + BESIDE, len(lines) - 1) and _open(lines[last]) and _even(lines, last):
        last += 1
    return lines[first : last + 1]


def _even(lines: Sequence[Line], i: int) -> bool:
    below = lines[i + 1]
    return below.kind == "paragraph" and margin_of(below) == margin_of(lines[i])


def _open(line: Line) -> bool:
    return ENDING.search(line.text.rstrip()) is None
