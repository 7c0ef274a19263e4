"""Where paragraphs begin, and which rows go on with the one above (see ``pdf_flow.py``).

A row goes on with the one above where that one reaches the end of its column and this one is not set in: only
then is a line end the setter's and not the author's. Every other line end stays one, for ``structure`` to
judge by the words.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from pipeline.read.day_forms import day_in
from pipeline.read.edition_forms import folded_line
from pipeline.read.imprint import GOES_ON
from pipeline.read.pdf_labels import in_bracket, listed
from pipeline.read.pdf_lines import LEADER, MARK, OPEN, TITLE, head_width, is_ended, led
from pipeline.read.pdf_rows import usual_gap

if TYPE_CHECKING:
    from pipeline.read.pdf_rows import Block, Row

# In letters (決め打ち): how near to the end of its column a full row ends; how far the first row of a paragraph
# is set in, at least and at most; how much its other rows may be off; a larger gap.
FULL, INDENT, MOST_INDENT, OFF, APART = 1.3, 0.6, 2.6, 0.45, 0.45
# A bracket stands in the second half of its square, which setters cut off (決め打ち).
BRACKET_INDENT = 0.4
# A sentence goes on only after a row of at least this length, in letters (決め打ち).
LEAST_OPEN = 8
OPENING = "「『（(〔［【〈《“"
# A line may begin with this between two words; it marks items as well.
BETWEEN = "・"
# The number of an item has fewer figures than LONGEST_NUMBER, and at least FREE behind it; a word that names
# an item (別添１) is shorter than LONGEST_NAME; both in letters (決め打ち).
LONGEST_NUMBER, FREE, LONGEST_NAME = 3, 0.7, 8
# No item's number stands before one of these: 「Ｋ５⏎５７」、.
CLOSES = frozenset("」』）)】〕〉》”’、。，．％%")
# A row that is a day has at most so many code points, and this sign (決め打ち).
LONGEST_DAY, DAY_SIGN = 30, "年"


def full(row: Row, block: Block, following: Row | None = None) -> bool:
    """Whether a row reaches the end of its column, or what follows would not have had room in it."""
    if not block.limit:
        return False
    need = head_width(following.pieces[0]) if following else 0.0
    return row.right + max(need, FULL * row.size) > block.limit


class _Place(NamedTuple):
    """A block, the first row of the paragraph that a row may go on with, and where its other rows begin."""

    block: Block
    begun: Row
    body: float | None


def paragraphs(block: Block) -> None:
    """Mark the rows that carry on the one above, that begin a paragraph, and that have a gap above."""
    rows = block.rows
    usual = usual_gap(block)
    body: float | None = None
    begun = rows[0]
    rows[0].indented = starts_paragraph(block)
    for above, row, further in zip(rows, rows[1:], [*rows[2:], None], strict=False):
        row.apart = row.top - above.bottom > usual + APART * row.size
        row.joined = _carries_on(_Place(block, begun, body), above, row, further)
        if not row.joined:
            row.indented = _set_in(row, _base(row, above, further, body))
        body, begun = (row.left, begun) if row.joined else (None, row)


def _carries_on(place: _Place, above: Row, row: Row, further: Row | None) -> bool:
    """Whether a row carries on the one above."""
    if in_bracket(above, row):
        return True
    block, begun, body = place
    whole = full(above, block, row) or _hangs(above, row, body, block)
    open_end = whole and not is_ended(above.text)
    if not whole or (row.apart and not open_end):
        return False
    goes_on = further is not None and full(row, block, further)
    if listed(above, row) or (not goes_on and _is_day(row, further)):
        return False
    between = open_end and _goes_between(begun, above, row, further)
    return between or not _begins(above, row, body, further, open_end=open_end)


def _goes_between(begun: Row, above: Row, row: Row, further: Row | None) -> bool:
    """Whether the dot before a row stands between two words of a sentence, and marks no item of a list.

    Args:
        begun: The first row of the paragraph above.
        above: The row above; it is full and ends no sentence.
        row: The row.
        further: The row below.
    """
    listed = [other for other in (begun, further) if other and other.text[:1] == BETWEEN]
    return row.text[:1] == BETWEEN and not listed and abs(row.left - above.left) <= MOST_INDENT * row.size


def _hangs(above: Row, row: Row, body: float | None, block: Block) -> bool:
    """Whether a row is set in below the text of an item that fills its line."""
    if block.limit or body is not None or not MARK.match(above.text):
        return False
    start = _text_start(above)
    hanging = start > above.left + INDENT * row.size and abs(row.left - start) <= INDENT * row.size
    return hanging and above.right + head_width(row.pieces[0]) > block.right


def _base(row: Row, above: Row, further: Row | None, body: float | None) -> float:
    """Return where the rows stand that a row may be set in from; its own edge where nothing shows that."""
    if further and not has_mark(further, row):
        return further.left
    if body is not None:
        return body
    return above.left if is_ended(above.text) else row.left


def has_mark(row: Row, above: Row) -> bool:
    """Whether a row begins with the mark of an item.

    None is one that only closes a bracket 「（ニューロ⏎ン）」, or that the row above leads to 「…のリスク、⏎②…」.
    """
    if is_ended(above.text) and TITLE.fullmatch(row.text):
        return True
    mark = MARK.match(row.text)
    if OPEN.search(above.text):
        return False
    if not mark:
        return _numbered(row)
    closes = mark[0].rstrip()[-1] in ")）" and mark[0][0] not in "(（"
    return not (closes and max(above.text.rfind(c) for c in "(（") > max(above.text.rfind(c) for c in ")）"))


def _numbered(row: Row) -> bool:
    """Whether a row begins with a number and free space: 「２　手術に伴う費用」."""
    glyphs = [glyph for piece in row.pieces[:2] for glyph in piece.glyphs]
    figures = next((k for k, glyph in enumerate(glyphs) if not glyph.char.isdigit()), 0)
    if not 0 < figures < LONGEST_NUMBER:
        return False
    rest = next((glyph for glyph in glyphs[figures:] if not glyph.char.isspace()), None)
    if rest is None or rest.char in CLOSES:
        return False
    return rest.left - glyphs[figures - 1].right >= FREE * row.size


def _begins(above: Row, row: Row, body: float | None, further: Row | None, *, open_end: bool) -> bool:
    """Whether a row begins a paragraph: by a mark, or by its left edge.

    Args:
        above: The row above.
        row: The row.
        body: Where the second and further rows of the paragraph above begin, if ``above`` is one of them.
        further: The row below.
        open_end: Whether the row above is full and ends no sentence.
    """
    if has_mark(row, above) or LEADER.search(above.text) or led(above.pieces):
        return True
    if open_end and body is not None and not row.apart:
        # Geometry alone cuts no sentence; but a title of one row it may part from its text.
        return row.left - above.left > MOST_INDENT * row.size
    return _stands_otherwise(above, row, body, further)


def _is_day(row: Row, further: Row | None) -> bool:
    """Whether a row is a day by itself, as below a title or a number: 「令和５年６月３０日提出」.

    A day within a sentence ends with it, or the row below goes on.
    """
    text = row.text
    written = len(text) <= LONGEST_DAY and DAY_SIGN in text and day_in(folded_line(text)) is not None
    return written and not (further and GOES_ON.match(further.text))


def _stands_otherwise(above: Row, row: Row, body: float | None, further: Row | None) -> bool:
    """Whether the left edge of a row is not that of the paragraph above."""
    shift = (row.left - (above.left if body is None else body)) / row.size
    if abs(shift) <= OFF:
        return False
    if body is not None:
        return not (-INDENT <= shift < 0 and row.text[:1] in OPENING)
    if shift < 0:
        return shift < -MOST_INDENT
    if MARK.match(above.text) and abs(row.left - _text_start(above)) <= INDENT * row.size:
        return further is not None and _is_title(above, row, further)
    if further and _set_in(row, further.left) and not has_mark(further, row):
        return True
    if shift <= MOST_INDENT and not is_ended(above.text):
        return False
    return abs(row.left - _text_start(above)) > INDENT * row.size


def _is_title(above: Row, row: Row, further: Row) -> bool:
    """Whether a marked row is a title: the row below is set in as its text is, but not the one after it."""
    back = abs(further.left - above.left) <= OFF * row.size and _set_in(row, further.left)
    goes_on = row.right + head_width(further.pieces[0]) > above.right and not is_ended(row.text)
    return back and goes_on and not has_mark(further, row)


def _text_start(row: Row) -> float:
    """Return where the text of a row begins behind its mark."""
    if len(row.pieces) > 1:
        return row.pieces[1].left
    mark = MARK.match(row.text)
    glyphs = row.pieces[0].glyphs
    if not mark:
        return _behind_name(row)
    rest = [g for g in glyphs[len(mark[0].rstrip()) :] if not g.char.isspace()]
    return rest[0].left if rest else row.left


def _behind_name(row: Row) -> float:
    """Return where the text of a row begins behind a word that names it and free space: 別添１　「港湾の…."""
    glyphs = [g for g in row.pieces[0].glyphs[: LONGEST_NAME + 1] if not g.char.isspace()]
    gaps = (b.left for a, b in pairwise(glyphs) if b.left - a.right >= FREE * row.size)
    return next(gaps, row.left)


def _set_in(row: Row, base: float) -> bool:
    """Whether a row is set in by the first letter of a paragraph."""
    least = BRACKET_INDENT if row.text[:1] in OPENING else INDENT
    return least * row.size <= row.left - base <= MOST_INDENT * row.size and not MARK.match(row.text)


def starts_paragraph(block: Block) -> bool:
    """Whether the first row of a block begins a paragraph."""
    if len(block.rows) < 2 or has_mark(block.rows[1], block.rows[0]):
        return False
    return _set_in(block.rows[0], block.rows[1].left)


def unfinished(block: Block) -> bool:
    """Whether the last row of a block leaves a sentence open at the end of its column."""
    last = block.rows[-1]
    long = last.right - last.left >= LEAST_OPEN * last.size
    return long and full(last, block) and not is_ended(last.text)
