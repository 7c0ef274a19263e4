"""Names in lists and tables: rows of which none goes on with the one above, and words spread over a cell.

A name may end where its column does, as in a list of members or below a letter. Only rows without the letters
of a sentence (hiragana, commas) are looked at, but for those that stand at a tab stop and for brackets.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.read.day_forms import day_in
from pipeline.read.edition_forms import folded_line
from pipeline.read.pdf_glyphs import EVEN
from pipeline.read.pdf_lines import MARK
from pipeline.read.pdf_rows import WIDEST

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.read.pdf_glyphs import Piece
    from pipeline.read.pdf_rows import Row

# What a sentence has and a name has not.
SENTENCE, JAPANESE = re.compile("[ぁ-ん、。，]"), re.compile("[一-龠ァ-ヶ]")
BRACKETED, OPENING = re.compile(r"[（(【〔][^（）()【】〔〕]+[)）】〕]"), "（(【〔"
CLOSING = "）)】〕"
# In letters: edges differ by at most SAME; a tab stop leaves FREE before it, and the word before it is
# narrower than LONGEST_HEAD (決め打ち).
SAME, FREE, LONGEST_HEAD = 0.3, 0.8, 8.0
# Names in a list begin or end with at least ALIKE letters that are the same; names that are set to the right
# have at least LEAST (決め打ち).
ALIKE, LEAST = 2, 4
# A day has at most so many code points, and this sign; these go on with it (決め打ち).
LONGEST_DAY, DAY_SIGN, GOES_ON = 30, "年", "末頃以前中分付日現時度（("
# A bracket that a row leaves open, and its end; LONGEST_INSIDE code points are looked at (決め打ち).
UNCLOSED = re.compile(r"[（(「『][^（()）「」『』。]*$")
CLOSED = re.compile(r"[^（()）「」『』。]*[)）」』]")
PAIRS, LONGEST_INSIDE = {"（": "）", "(": ")", "「": "」", "『": "』"}, 60

# A word that is spread over a cell has at least so many letters (決め打ち); the first may have an item's mark.
LEAST_SPREAD = 3
SPREAD = re.compile("[ぁ-んァ-ヶー々一-龠]")
FIRST_SPREAD = re.compile(
    rf"(?:[①-⑳⑴-⒇]|[(（]?[0-9０-９]{{1,2}}[)）.．]?|第[0-9０-９]{{1,2}}[款項目])?{SPREAD.pattern}"
)


def listed(above: Row, row: Row) -> bool:
    """Whether a row stands below another as the next name."""
    if _at_tab_stop(above, row):
        return True
    head, tail = above.text, row.text
    named = JAPANESE.search(head) and JAPANESE.search(tail)
    if not named or (BRACKETED.fullmatch(head) and tail[:1] in OPENING):
        return bool(named)
    if SENTENCE.search(head) or SENTENCE.search(tail):
        return False
    return _below_a_day(head, tail) or _named(above, row)


def in_bracket(above: Row, row: Row) -> bool:
    """Whether a row closes a bracket that the row above leaves open: 「港湾の整備に⏎ついて」."""
    if above.cells or row.cells or row.apart or MARK.match(row.text):
        return False
    opened = UNCLOSED.search(above.text[-LONGEST_INSIDE:])
    found = CLOSED.match(row.text[:LONGEST_INSIDE])
    return opened is not None and found is not None and PAIRS[opened[0][0]] == found[0][-1]


def names(above: Row, row: Row) -> bool:
    """Whether both rows are Japanese without the letters of a sentence, like the senders of a letter."""
    head, tail = above.text, row.text
    japanese = JAPANESE.search(head) and JAPANESE.search(tail)
    return bool(japanese) and not (SENTENCE.search(head) or SENTENCE.search(tail))


def _at_tab_stop(above: Row, row: Row) -> bool:
    """Whether both rows have a word and free space, and go on at the same place: a list of members."""
    if above.spread or row.spread or min(len(above.pieces), len(row.pieces)) < 2:
        return False
    near = SAME * row.size
    heads = (above.pieces[0], row.pieces[0])
    words = all(len(piece.text) > 1 and not MARK.match(piece.text) for piece in heads)
    short = words and all(piece.right - piece.left < LONGEST_HEAD * row.size for piece in heads)
    free = all(one.pieces[1].left - one.pieces[0].right >= FREE * row.size for one in (above, row))
    same = abs(above.left - row.left) <= near and abs(above.pieces[1].left - row.pieces[1].left) <= near
    return short and free and same


def _below_a_day(head: str, tail: str) -> bool:
    """Whether a name stands below a day: 「令和２年４月⏎港湾庁」, but 「令和２年４月７日⏎閣議決定」 is one."""
    if len(head) > LONGEST_DAY or DAY_SIGN not in head or tail[:1] in GOES_ON:
        return False
    tail = "".join(tail.split())
    alone = day_in(folded_line(head)) is not None
    return alone and len(tail) > 1 and day_in(folded_line(head + tail)) is None


def _named(above: Row, row: Row) -> bool:
    """Whether two rows are names of one list: they begin or end alike, or are set to the right."""
    head, tail = "".join(above.text.split()), "".join(row.text.split())
    if max(map(head.rfind, OPENING)) > max(map(head.rfind, CLOSING)):
        return False
    ends = ((head[:ALIKE], tail[:ALIKE]), (head[-ALIKE:], tail[-ALIKE:]))
    if any(one == other and JAPANESE.search(one) for one, other in ends):
        return min(len(head), len(tail)) > ALIKE
    near = SAME * row.size
    to_the_right = abs(above.right - row.right) <= near < abs(above.left - row.left)
    return to_the_right and min(len(head), len(tail)) >= LEAST and not MARK.match(above.text)


def words_of(row: Row) -> Iterator[list[Piece]]:
    """Yield the cells of a row: a piece each, or the letters of a word that is spread over its column."""
    waiting: list[Piece] = []
    for piece in [*row.pieces, None]:
        if piece and waiting and SPREAD.fullmatch(piece.text) and _evenly(waiting, piece):
            waiting.append(piece)
            continue
        yield from [waiting] if len(waiting) >= LEAST_SPREAD else ([one] for one in waiting)
        waiting = [piece] if piece and FIRST_SPREAD.fullmatch(piece.text) else []
        if piece and not waiting:
            yield [piece]


def _evenly(word: Sequence[Piece], piece: Piece) -> bool:
    """Whether a letter stands as far from a spread word as its letters from each other."""
    size, gap = word[0].size, piece.left - word[-1].right
    first = word[1].left - word[0].right if len(word) > 1 else gap
    return gap <= WIDEST * size and abs(gap - first) <= EVEN * size
