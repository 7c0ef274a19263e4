"""Which line carries an earlier one on: over line ends, page ends, captions, notes and tables.

Part of stage 3 (see ``structure.py``). Two lines are one only where something shows it: the first cannot
end where it does, or the second cannot begin where it does, or both are lines of a paragraph that was
broken at a fixed width. Headings, cells, captions and list items stay apart.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.structure.edges import (
    ADDRESS,
    BEGINS,
    CAPTION_OPEN,
    CARRIED,
    CLAUSE,
    CLOSED,
    ENDING,
    ITEM_END,
    JAPANESE,
    OPEN,
    SOFT_OPEN,
    TITLE_END,
    TOPIC,
    certain,
    unclosed,
)
from pipeline.structure.layout import LONG_HEADING, UPPER, scheme
from pipeline.structure.widths import NARROW, RUNNING, SLACK, width_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.structure.layout import Line

# A line of its own below a caption: 「（平成25年10月3日）」「【内閣広報室】」.
CREDIT_LINE = re.compile(r"(?:（(?:[^（）]|（[^（）]*）)*）|【[^【】]*】)+")
# The remarks of one note: 「（備考）1. … 2. …」.
NOTE_SIGN, REMARK = (
    re.compile(r"^[（〔［【]?(?:注|備考|資料|※)[）〕］】]?[:：\s]*"),
    re.compile(r"(\d{1,2})[.、\s）]\s*\S"),
)
# A line shorter than SHORT_LINE is rarely a full one, one of PROSE characters is rarely a title (決め打ち).
SHORT_LINE, PROSE = 20, 30
# How many lines may stand between the halves of a paragraph, and how far a full stop is looked for.
FAR, RUN = 60, 5


def continues(lines: Sequence[Line], i: int, width: float = 0.0) -> int | None:
    """Return the index of the line that carries line ``i`` on, or None where it ends here.

    Args:
        lines: The lines of the text.
        i: Index of a line.
        width: What :func:`wrap_width` says of them.
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
        if carries_on(lines, i, width):
            return i + 1
        if after.opens:
            return None
    return None if line.kind in ("heading", "reference") else _over_the_break(lines, i, width)


def carries_on(lines: Sequence[Line], i: int, width: float = 0.0) -> bool:
    """Whether the next line, which stands directly below, carries line ``i`` on."""
    line, after = lines[i], lines[i + 1]
    head, tail = line.text.rstrip(), after.text.strip()
    if not after.opens:
        return _hanging(line, after) or (bool(width) and _marked_by_chance(line, after, width))
    if ADDRESS.search(head) or (line.kind == "caption" and CREDIT_LINE.fullmatch(tail)):
        return line.kind == "caption"
    full = bool(width) and abs(width_of(head) - width) <= (1 if line.kind == "heading" else SLACK)
    if certain(head, tail):
        return full or line.kind != "heading" or not ENDING.search(head)
    if scheme(tail) or (line.kind == "list_item" and ITEM_END.search(head)):
        return False
    if full and CLOSED.search(head):
        return bool(re.search("[、。]", head)) and _sentence(lines, i + 1)
    if full or ENDING.search(head) or BEGINS.match(tail):
        return full
    if line.kind in ("heading", "reference"):
        return False
    if CAPTION_OPEN.search(head) and not TITLE_END.search(head) and width_of(tail) <= width_of(head) + SLACK:
        return True
    if line.kind == "caption":
        return False
    return _sentence(lines, i + 1) and _reads_on(lines, i, head, tail)


def _reads_on(lines: Sequence[Line], i: int, head: str, tail: str) -> bool:
    """Whether ``head``, which may have ended, goes on in ``tail``, which is running text."""
    if SOFT_OPEN.search(head) and not TITLE_END.search(head):
        return True
    indented = lines[i].text.startswith("　")
    if len(head) >= PROSE and (CLAUSE.search(head) or indented):
        return True
    if indented and len(head) >= NARROW and width_of(tail) <= width_of(head) + SLACK:
        return True
    return _wrapped(lines, i) and _sentence(lines, i + 1, within=width_of(lines[i].text.rstrip()) + SLACK)


def _marked_by_chance(line: Line, after: Line, width: float) -> bool:
    """Whether a line begins with what looks like a mark only because the line before is full.

    「…から「デジタル」「・ディバイド解消戦略会議」を開催し…」, 「…（図」「表1-2-3）…」.
    """
    head, tail = line.text.rstrip(), after.text
    if tail[:1].isspace() or ENDING.search(head) or abs(width_of(head) - width) > SLACK:
        return False
    if after.kind == "gloss":
        return head[-1:].isascii() and head[-1:].isalpha()
    dotted = after.kind == "list_item" and tail.startswith("・") and line.kind == "paragraph"
    return dotted or unclosed(head, tail)


def demoted(lines: list[Line], width: float = 0.0) -> list[Line]:
    """Return ``lines`` where numbered lines that a line below carries on are text, not headings."""
    out = list(lines)
    for i, line in enumerate(lines[:-1]):
        title, after = line.text.strip(), lines[i + 1]
        if line.kind != "heading" or not after.opens or scheme(title) in UPPER:
            continue
        full = abs(width_of(line.text.rstrip()) - width) <= SLACK if width else len(line.text) >= SHORT_LINE
        sure = certain(line.text.rstrip(), after.text) and not ENDING.search(title)
        whole = len(title) + len(after.text) > LONG_HEADING or after.text.rstrip().endswith("。")
        if width and full and not whole:
            continue
        if sure or (
            full
            and scheme(title) != "◆"
            and _wrapped(lines, i)
            and _sentence(lines, i + 1, within=width_of(lines[i].text.rstrip()) + SLACK)
        ):
            out[i] = replace(line, kind="list_item")
    return out


def _hanging(line: Line, after: Line) -> bool:
    """Whether ``after`` is set in below the mark of a list item or a note that has not ended."""
    if line.kind not in ("list_item", "footnote") or after.kind != "paragraph":
        return False
    text = line.text.rstrip()
    return _indent(after) > _indent(line) and bool(OPEN.search(text) or CARRIED.match(after.text.strip()))


def next_remark(lines: Sequence[Line], i: int) -> bool:
    """Whether the line below line ``i`` of a note is its next numbered remark: 「（備考）1. …⏎　　　　2. …」."""
    if i + 1 >= len(lines):
        return False
    after = lines[i + 1]
    number = REMARK.match(after.text.strip())
    if number is None or after.kind not in ("paragraph", "list_item", "heading") or _indent(after) < 2:
        return False
    before = REMARK.match(NOTE_SIGN.sub("", lines[i].text.strip()))
    return before is not None and int(before[1]) + 1 == int(number[1])


def _indent(line: Line) -> int:
    return len(line.text) - len(line.text.lstrip())


def _wrapped(lines: Sequence[Line], i: int) -> bool:
    """Whether line ``i`` and the next look like lines of one paragraph, broken at a fixed width.

    A broken line is full: what carries it on is not wider. A short line is taken for a full one only
    beside another of its width.
    """
    head, tail = lines[i].text.rstrip(), lines[i + 1].text.rstrip()
    if len(head) > 2 * LONG_HEADING:
        return True
    width, below = width_of(head), width_of(tail[: 2 * LONG_HEADING])
    if TITLE_END.search(head) or width + SLACK < below or len(head) < NARROW:
        return False
    above = lines[i - 1] if i else None
    beside = abs(width - below) <= SLACK or (
        above is not None
        and above.kind == lines[i].kind
        and len(above.text) < 2 * LONG_HEADING
        and abs(width - width_of(above.text.rstrip())) <= SLACK
    )
    return len(head) >= SHORT_LINE or beside


def _sentence(lines: Sequence[Line], j: int, within: float = 0.0) -> bool:
    """Whether the lines from ``j`` on are running text: they have commas or full stops.

    Args:
        lines: The lines of the text.
        j: Index of the first of them.
        within: Where given, a full stop must come before a line that is wider.
    """
    for line in lines[j : j + RUN]:
        if line.kind != "paragraph" or (line is not lines[j] and not line.opens):
            return False
        if within and len(line.text) <= 2 * LONG_HEADING and width_of(line.text.rstrip()) > within:
            return False
        if "。" in line.text or (not within and "、" in line.text):
            return True
    return False


def _running(lines: Sequence[Line], i: int, width: float) -> bool:
    """Whether line ``i`` carries on a line of running text, and so is no title."""
    if not i or not lines[i].opens or lines[i - 1].kind not in RUNNING:
        return False
    clause = width or CLAUSE.search(lines[i - 1].text) or CLAUSE.search(lines[i].text)
    return bool(clause) and carries_on(lines, i - 1, width)


def _over_the_break(lines: Sequence[Line], i: int, width: float) -> int | None:
    """Return the line that carries on a paragraph which a page, a picture, a table or a note interrupts."""
    text, kind = lines[i].text.rstrip(), lines[i].kind
    running = _running(lines, i, width)
    prose = running or len(text) >= PROSE or text != text.lstrip() or CLAUSE.search(text) or "、" in text
    prose = prose or bool(TOPIC.search(text))
    item = (running or kind == "list_item") and ITEM_END.search(text)
    if kind == "caption" or ADDRESS.search(text) or not (prose or OPEN.search(text)):
        return None
    near, spare, between = True, None, None
    for j in range(i + 1, min(i + FAR, len(lines))):
        other = lines[j]
        if between == j - 1 and j > i + 1 and carries_on(lines, j - 1, width):
            # The line belongs to what stands between the halves.
            near, between = False, j
            continue
        if other.opens:
            sure = bool(CARRIED.match(other.text)) if item else certain(text, other.text)
            broken = bool(width) and abs(width_of(other.text.rstrip()) - width) <= SLACK
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
