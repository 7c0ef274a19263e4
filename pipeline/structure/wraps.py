"""Whether a line continues in the line right below: by its end, and by lines of one width.

Part of stage 3 (see ``builder.py``). ``joins.py`` looks further down, beyond captions.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.model.rule import Rule
from pipeline.model.width import width_of
from pipeline.structure.cuts import acronym_cut, date_cut_for_sure, unclosed
from pipeline.structure.edges import (
    ADDRESS,
    BEGINS,
    CAPTION_OPEN,
    CARRIED,
    CLAUSE,
    CLOSED,
    ENDING,
    ITEM_END,
    OPEN,
    SOFT_OPEN,
    TITLE_END,
    certain,
)
from pipeline.structure.forms import LONG_HEADING
from pipeline.structure.schemes import scheme
from pipeline.structure.widths import NARROW, SLACK

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.structure.lines import Line
    from pipeline.structure.widths import Widths

CREDIT_LINE = Rule(
    "credit_line",  # on a line of its own below a caption
    r"(?:（(?:[^（）]|（[^（）]*）)*）|【[^【】]*】)+",
    reads=("⟦（平成25年10月3日）⟧", "⟦【内閣広報室】⟧"),
    leaves=("平成25年10月3日",),
)
# The remarks of one note: 「（備考）1. … 2. …」.
NOTE_SIGN = Rule(
    "sign_of_note",
    r"^[（〔［【]?(?:注|備考|資料|※)[）〕］】]?[:：\s]*",
    reads=("⟦（備考）⟧1. 速報値", "⟦注：⟧速報値", "⟦※ ⟧速報値"),
    leaves=("速報値（注）",),
)
REMARK = Rule(
    "numbered_remark",
    r"(\d{1,2})[.、\s）]\s*\S",
    reads=("⟦1. 速⟧報値", "⟦2）統⟧計"),
    leaves=("⟦2014年", "⟦速報値"),
)
COMMA_OR_STOP = Rule("comma_or_stop", "[、。]", reads=("政府は⟦、⟧協議を",), leaves=("演習・訓練",))
# A line shorter than SHORT_LINE is rarely full. A line of at least PROSE characters is rarely a title
# (決め打ち).
SHORT_LINE, PROSE = 20, 30
# A full stop is looked for in this many lines.
RUN = 5
TEXT = frozenset(("paragraph", "list_item"))


def carries_on(lines: Sequence[Line], i: int, widths: Widths) -> bool:
    """Whether line ``i`` continues in the line directly below it."""
    line, after = lines[i], lines[i + 1]
    head, tail = line.text.rstrip(), after.text.strip()
    if not after.opens:
        return _set_in_goes_on(lines, i, widths)
    if _credited(line, head, tail):
        return line.kind == "caption"
    full = widths.full(i, 1 if line.kind == "heading" else SLACK)
    if certain(head, tail) or (line.kind in TEXT and acronym_cut(head, tail)):
        return full or line.kind != "heading" or not ENDING.search(head)
    if scheme(tail) or (line.kind == "list_item" and ITEM_END.search(head)):
        return False
    return _full_goes_on(lines, i, head) if full else _short_goes_on(lines, i, head, tail)


def _set_in_goes_on(lines: Sequence[Line], i: int, widths: Widths) -> bool:
    """Whether line ``i`` continues in one that is set in, or that looks like a marked one."""
    line, after = lines[i], lines[i + 1]
    if (line.kind in TEXT or line.kind == "heading") and date_cut_for_sure(
        line.text.rstrip(), after.text.strip()
    ):
        return True
    return _hanging(line, after) or (widths.full(i) and _marked_by_chance(line, after))


def _credited(line: Line, head: str, tail: str) -> bool:
    """Whether a line ends in an address, or the line below a caption is its credit."""
    return bool(ADDRESS.search(head) or (line.kind == "caption" and CREDIT_LINE.fullmatch(tail)))


def _full_goes_on(lines: Sequence[Line], i: int, head: str) -> bool:
    """Whether a line that reaches the edge continues: it does, unless it ends on a bracket or a colon."""
    if not CLOSED.search(head):
        return True
    return COMMA_OR_STOP.search(head) is not None and reads_as_sentence(lines, i + 1)


def _short_goes_on(lines: Sequence[Line], i: int, head: str, tail: str) -> bool:
    """Whether a line that does not reach the edge, or whose text has no edge, continues in ``tail``."""
    kind = lines[i].kind
    if ENDING.search(head) or BEGINS.match(tail) or kind in ("heading", "reference"):
        return False
    if CAPTION_OPEN.search(head) and not TITLE_END.search(head) and width_of(tail) <= width_of(head) + SLACK:
        return True
    return kind != "caption" and reads_as_sentence(lines, i + 1) and _reads_on(lines, i, head, tail)


def _reads_on(lines: Sequence[Line], i: int, head: str, tail: str) -> bool:
    """Whether ``head`` continues in ``tail``, which is running text."""
    if SOFT_OPEN.search(head) and not TITLE_END.search(head):
        return True
    indented = lines[i].text.startswith("　")
    if len(head) >= PROSE and (CLAUSE.search(head) or indented):
        return True
    if indented and len(head) >= NARROW and width_of(tail) <= width_of(head) + SLACK:
        return True
    return wrapped(lines, i) and reads_as_sentence(
        lines, i + 1, within=width_of(lines[i].text.rstrip()) + SLACK
    )


def _marked_by_chance(line: Line, after: Line) -> bool:
    """Whether a line only looks like a marked one, since the line before it was broken before the sign.

    「…から「デジタル」「・ディバイド解消戦略会議」を開催し…」, 「…（図」「表1-2-3）…」.
    """
    head, tail = line.text.rstrip(), after.text
    if tail[:1].isspace() or ENDING.search(head):
        return False
    if after.kind == "gloss":
        return head[-1:].isascii() and head[-1:].isalpha()
    dotted = after.kind == "list_item" and tail.startswith("・") and line.kind == "paragraph"
    return dotted or unclosed(head, tail)


def _hanging(line: Line, after: Line) -> bool:
    """Whether ``after`` is the indented next line of a list item or a note that has not ended."""
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


def wrapped(lines: Sequence[Line], i: int) -> bool:
    """Whether line ``i`` and the next look like lines of one paragraph, broken at a fixed width.

    A broken line is full: the next line is not wider. A short line counts as full only next to another
    line of its width.
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


def reads_as_sentence(lines: Sequence[Line], j: int, within: float = 0.0) -> bool:
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
