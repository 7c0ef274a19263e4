"""Which line carries an earlier one on: over line ends, page ends, captions, notes and tables.

Part of stage 3 (see ``builder.py``). Two lines are one only where something shows it: the first cannot
end where it does, or the second cannot begin where it does, or both are lines of a paragraph that was
broken at a fixed width. Headings, cells, captions and list items stay apart.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.structure.edges import (
    ADDRESS,
    BEGINS,
    CARRIED,
    CLAUSE,
    CLOSED,
    ENDING,
    ITEM_END,
    JAPANESE,
    LOOK_BACK,
    OPEN,
    SOFT_OPEN,
    TOPIC,
    certain,
)
from pipeline.structure.layout import LONG_HEADING, UPPER, scheme
from pipeline.structure.widths import RUNNING, SLACK, width_of
from pipeline.structure.wraps import PROSE, SHORT_LINE, carries_on, reads_as_sentence, wrapped

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.structure.lines import Line
    from pipeline.structure.widths import Widths

# How many lines may stand between the halves of a paragraph.
FAR = 60


def continues(lines: Sequence[Line], i: int, widths: Widths) -> int | None:
    """Return the index of the line that carries line ``i`` on, or None where it ends here.

    Args:
        lines: The lines of the text.
        i: Index of a line.
        widths: What :func:`line_widths` says of them.
    """
    line = lines[i]
    text = line.text.rstrip()
    if line.title:
        return next(j for j in range(i + 1, len(lines)) if lines[j].kind != "blank")
    after = lines[i + 1] if i + 1 < len(lines) else None
    if line.kind == "reference" and after and text.endswith("、") and after.kind == "caption":
        return i + 1
    if line.kind not in RUNNING or (ENDING.search(text) and not CLOSED.search(text)):
        return None
    if after and after.kind not in ("blank", "table", "page_number", "running_head"):
        if carries_on(lines, i, widths):
            return i + 1
        if after.opens:
            return None
    return None if line.kind in ("heading", "reference") else _over_the_break(lines, i, widths)


def demoted(lines: list[Line], widths: Widths) -> list[Line]:
    """Return ``lines`` where what looks like a title or a gloss and is a part of a sentence is text.

    A numbered line that a line below carries on is no heading. English within brackets that a line end cut
    is no gloss.
    """
    out = list(lines)
    for i, line in enumerate(lines[:-1]):
        title, after, width = line.text.strip(), lines[i + 1], widths.around[i]
        if line.kind == "gloss" and _in_brackets(out, i):
            out[i] = line._replace(kind="paragraph")
        if line.kind != "heading" or line.told or not after.opens or scheme(title) in UPPER:
            continue
        full = widths.full(i) if width else len(line.text) >= SHORT_LINE
        sure = certain(line.text.rstrip(), after.text) and not ENDING.search(title)
        whole = len(title) + len(after.text) > LONG_HEADING or after.text.rstrip().endswith("。")
        if width and full and not whole:
            continue
        if sure or (
            full
            and scheme(title) != "◆"
            and wrapped(lines, i)
            and reads_as_sentence(lines, i + 1, within=width_of(lines[i].text.rstrip()) + SLACK)
        ):
            out[i] = line._replace(kind="list_item")
    return out


def _in_brackets(lines: Sequence[Line], i: int) -> bool:
    """Whether the lines right above leave a bracket open: 「（ETC：」「Electronic Toll」「Collection System）」."""
    above = ""
    while i and lines[i - 1].kind in ("paragraph", "list_item") and len(above) < LOOK_BACK:
        i -= 1
        above = lines[i].text + above
    return above.count("（") > above.count("）") and not above.rstrip().endswith("。")


def _running(lines: Sequence[Line], i: int, widths: Widths) -> bool:
    """Whether line ``i`` carries on a line of running text, and so is no title."""
    if not i or not lines[i].opens or lines[i - 1].kind not in RUNNING:
        return False
    clause = widths.around[i - 1] or CLAUSE.search(lines[i - 1].text) or CLAUSE.search(lines[i].text)
    return bool(clause) and carries_on(lines, i - 1, widths)


def _over_the_break(lines: Sequence[Line], i: int, widths: Widths) -> int | None:
    """Return the line that carries on a paragraph which a page, a picture, a table or a note interrupts."""
    text, kind = lines[i].text.rstrip(), lines[i].kind
    running = _running(lines, i, widths)
    prose = running or len(text) >= PROSE or text != text.lstrip() or CLAUSE.search(text) or "、" in text
    prose = prose or bool(TOPIC.search(text))
    item = (running or kind == "list_item") and ITEM_END.search(text)
    if kind == "caption" or ADDRESS.search(text) or not (prose or OPEN.search(text)):
        return None
    near, spare, between = True, None, None
    for j in range(i + 1, min(i + FAR, len(lines))):
        other = lines[j]
        if between == j - 1 and j > i + 1 and carries_on(lines, j - 1, widths):
            # The line belongs to what stands between the halves.
            near, between = False, j
            continue
        if other.opens:
            sure = bool(CARRIED.match(other.text)) if item else certain(text, other.text)
            broken = widths.full(j)
            if _caption_like(other.text) and not broken and not CARRIED.match(other.text):
                spare = j if sure and spare is None else spare
                near = False
                continue
            whole = sure or (
                not item
                and not ENDING.search(text)
                and _halves(lines[i], other.text, running=running, broken=broken)
            )
            return j if whole and (near or kind in ("paragraph", "list_item")) else spare
        if other.kind in ("paragraph", "list_item", "heading", "reference"):
            return spare
        between = j if other.kind in ("footnote", "caption") else between
        near = near and other.kind == "blank"
    return spare


def _caption_like(text: str) -> bool:
    """Whether a line without a mark looks like the caption of a picture: short, and no sentence."""
    stripped = text.strip()
    return len(stripped) <= LONG_HEADING and not stripped.endswith("。") and "、" not in stripped


def _halves(line: Line, tail: str, *, running: bool, broken: bool) -> bool:
    """Whether a paragraph that stops without a full stop and a line further down look like its halves."""
    head = line.text.rstrip()
    if BEGINS.match(tail):
        return False
    titled = not CLAUSE.search(head) and head == head.lstrip() and len(head) <= LONG_HEADING
    if titled and not running and not SOFT_OPEN.search(head):
        return False
    return bool(re.search("[、。]", tail) or broken) and bool(JAPANESE.match(tail.strip()) or running)
