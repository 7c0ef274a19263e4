"""Which line continues which: over line ends, page ends, captions, notes and tables.

Part of stage 3 (see ``builder.py``). Two lines are joined only if something shows that they belong
together: no sentence can end as the first does, none can begin as the second does, or both are lines of a
paragraph that was broken at a fixed width. Headings, cells, captions and list items are not joined.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pipeline.eras import ERA_NAMES
from pipeline.model.rule import Rule
from pipeline.model.width import width_of
from pipeline.structure.cuts import LOOK_BACK
from pipeline.structure.edges import (
    ADDRESS,
    BEGINS,
    CARRIED,
    CLAUSE,
    CLOSED,
    ENDING,
    ITEM_END,
    JAPANESE,
    OPEN,
    SOFT_OPEN,
    TOPIC,
    certain,
)
from pipeline.structure.forms import LONG_HEADING
from pipeline.structure.schemes import UPPER, scheme
from pipeline.structure.widths import RUNNING, SLACK
from pipeline.structure.wraps import (
    COMMA_OR_STOP,
    PROSE,
    SHORT_LINE,
    TEXT,
    carries_on,
    reads_as_sentence,
    wrapped,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.structure.lines import Line
    from pipeline.structure.widths import Widths

_FIGURES = "[\\d〇一二三四五六七八九十元]"
LONE_DAY = Rule(
    "line_that_is_a_day",  # it stands below a title or above a signature
    rf"(?:{ERA_NAMES})?{_FIGURES}{{1,4}}年{_FIGURES}{{1,3}}月(?:{_FIGURES}{{1,3}}日)?(?:[一-龥]{{2}}|付け?)?",
    reads=("⟦令和8年2月27日提出⟧", "⟦2014年10月⟧", "⟦令和八年二月二十七日⟧"),
    leaves=("令和8年", "2月27日", "平成26年度"),
)
# At most this many lines may stand between the halves of a paragraph.
FAR = 60
# The second half of a paragraph is not looked for beyond a line of these kinds.
STOPS = frozenset(("paragraph", "list_item", "heading", "reference"))


def continues(lines: Sequence[Line], i: int, widths: Widths) -> int | None:
    """Return the index of the line that continues line ``i``, or None if none does.

    Args:
        lines: The lines of the text.
        i: Index of a line.
        widths: Their widths, from :func:`line_widths`.
    """
    line = lines[i]
    text = line.text.rstrip()
    if line.title:
        return next(j for j in range(i + 1, len(lines)) if lines[j].kind != "blank")
    after = lines[i + 1] if i + 1 < len(lines) else None
    if after and _refers(line, text, after):
        return i + 1
    if line.kind not in RUNNING or (ENDING.search(text) and not CLOSED.search(text)):
        return None
    if after and after.kind not in ("blank", "table", "page_number", "running_head"):
        if carries_on(lines, i, widths):
            return i + 1
        if after.opens:
            return None
    return None if line.kind in ("heading", "reference") else _over_the_break(lines, i, widths)


def _refers(line: Line, text: str, after: Line) -> bool:
    """Whether a reference continues in a line that looks like a caption: 「参照　図1、」「図2」."""
    return line.kind == "reference" and text.endswith("、") and after.kind == "caption"


def demoted(lines: list[Line], widths: Widths) -> list[Line]:
    """Return ``lines`` with false titles and false glosses turned into text.

    A numbered line that continues in the line below is no heading. English in brackets that a line end cut
    is no gloss.
    """
    out = list(lines)
    for i, line in enumerate(lines[:-1]):
        if line.kind == "gloss" and _in_brackets(out, i):
            out[i] = line._replace(kind="paragraph")
        candidate = line.kind == "heading" and not line.told and lines[i + 1].opens
        if candidate and _is_text(lines, i, widths):
            out[i] = line._replace(kind="list_item")
    return out


def _is_text(lines: Sequence[Line], i: int, widths: Widths) -> bool:
    """Whether a numbered line is no title but continues in the line below it."""
    head, tail, width = lines[i].text.rstrip(), lines[i + 1].text, widths.around[i]
    title = head.strip()
    full = widths.full(i) if width else len(lines[i].text) >= SHORT_LINE
    whole = len(title) + len(tail) > LONG_HEADING or tail.rstrip().endswith("。")
    if scheme(title) in UPPER or (width and full and not whole):
        return False
    if certain(head, tail) and not ENDING.search(title):
        return True
    broken = full and scheme(title) != "◆" and wrapped(lines, i)
    return broken and reads_as_sentence(lines, i + 1, within=width_of(head) + SLACK)


def _in_brackets(lines: Sequence[Line], i: int) -> bool:
    """Whether the lines right above leave a bracket open: 「（ETC：」「Electronic Toll」「Collection System）」."""
    above = ""
    while i and lines[i - 1].kind in ("paragraph", "list_item") and len(above) < LOOK_BACK:
        i -= 1
        above = lines[i].text + above
    return above.count("（") > above.count("）") and not above.rstrip().endswith("。")


def _running(lines: Sequence[Line], i: int, widths: Widths) -> bool:
    """Whether line ``i`` continues a line of running text, and so is no title."""
    if not i or not lines[i].opens or lines[i - 1].kind not in RUNNING:
        return False
    clause = widths.around[i - 1] or CLAUSE.search(lines[i - 1].text) or CLAUSE.search(lines[i].text)
    return bool(clause) and carries_on(lines, i - 1, widths)


class _Half(NamedTuple):
    """The first half of a paragraph that something interrupts.

    Attributes:
        line: Its last line.
        running: Whether that line continues the line above it.
        item: Whether it ends like a complete list item.
    """

    line: Line
    running: bool
    item: bool

    def sure(self, tail: str) -> bool:
        """Whether ``tail`` certainly continues it."""
        return bool(CARRIED.match(tail)) if self.item else certain(self.line.text.rstrip(), tail)

    def goes_on(self, tail: str, *, broken: bool, near: bool) -> bool:
        """Whether ``tail`` is the second half.

        Args:
            tail: The line.
            broken: Whether it is a full line.
            near: Whether only blank lines stand between.
        """
        if not near and self.line.kind not in TEXT:
            return False
        ended = self.item or ENDING.search(self.line.text.rstrip())
        return self.sure(tail) or (
            not ended and _halves(self.line, tail, running=self.running, broken=broken)
        )


def _half(lines: Sequence[Line], i: int, widths: Widths) -> _Half | None:
    """Return line ``i`` as the end of a first half, or None if it is the end of none."""
    line, text = lines[i], lines[i].text.rstrip()
    running = _running(lines, i, widths)
    prose = running or len(text) >= PROSE or text != text.lstrip() or CLAUSE.search(text) or "、" in text
    prose = prose or bool(TOPIC.search(text) or OPEN.search(text))
    alone = not running and LONE_DAY.fullmatch(text.strip())
    if line.kind == "caption" or ADDRESS.search(text) or not prose or alone:
        return None
    return _Half(line, running, (running or line.kind == "list_item") and bool(ITEM_END.search(text)))


def _over_the_break(lines: Sequence[Line], i: int, widths: Widths) -> int | None:
    """Return the line in which a paragraph goes on after a page end, a picture, a table or a note."""
    half = _half(lines, i, widths)
    if half is None:
        return None
    near, spare, between = True, None, None
    for j in range(i + 1, min(i + FAR, len(lines))):
        other, full = lines[j], widths.full(j)
        if between == j - 1 and carries_on(lines, j - 1, widths):
            # The line belongs to what stands between the halves.
            near, between = False, j
        elif other.opens and not full and _caption_like(other.text):
            spare = j if spare is None and half.sure(other.text) else spare
            near = False
        elif other.opens:
            return j if half.goes_on(other.text, broken=full, near=near) else spare
        elif other.kind in STOPS:
            return spare
        else:
            between = j if other.kind in ("footnote", "caption") else between
            near = near and other.kind == "blank"
    return spare


def _caption_like(text: str) -> bool:
    """Whether a line without a mark looks like the caption of a picture: short, and no sentence."""
    stripped = text.strip()
    if CARRIED.match(text):
        return False
    return len(stripped) <= LONG_HEADING and not stripped.endswith("。") and "、" not in stripped


def _halves(line: Line, tail: str, *, running: bool, broken: bool) -> bool:
    """Whether ``line``, without a full stop, and ``tail``, further down, look like halves of a paragraph."""
    head = line.text.rstrip()
    if BEGINS.match(tail):
        return False
    titled = not CLAUSE.search(head) and head == head.lstrip() and len(head) <= LONG_HEADING
    if titled and not running and not SOFT_OPEN.search(head):
        return False
    return bool(COMMA_OR_STOP.search(tail) or broken) and bool(JAPANESE.match(tail.strip()) or running)
