"""Letters that were spread over a line: 令 和 ６ 年 ８ 月, 警      察      庁, 外　務　省.

Part of stage 2 (see ``__init__.py``). A run of single letters with equal blanks between them is one word, and
the blanks are dropped. Runs of figures, and letters that only count up (ア イ ウ, A B C, 月 火 水), are columns or
members of a list.
"""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from pipeline.facts import rows
from pipeline.model.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.clean.characters import Change

_WORD = "ァ-ヺー々〆〇一-龥A-Za-zＡ-Ｚａ-ｚ○◯"
_DIGIT = "0-9０-９"
_UNIT = rf"(?:[{_DIGIT}]{{1,4}}|[{_WORD}ぁ-ゖ、。，．・：（）「」『』－-])"
# The last letter may touch the next word of the sentence (省は, 年に), the first the word before it (は令).
RUN = Rule(
    "run_of_spread_letters",
    rf"(?<![{_WORD}{_DIGIT}]){_UNIT}(?:[ 　]+{_UNIT})+(?:(?![{_WORD}{_DIGIT}])|(?<=[ 　]年)(?=度|[{_DIGIT}]))",
    reads=("⟦令 和 ６ 年⟧", "⟦警　察　庁⟧は", "⟦2 0 2 2 年⟧度", "⟦平 成 2 5 年⟧4月"),
    leaves=("外務省", "外務 省庁", "令和 26年"),
)
HIT = Rule(
    "letter_between_blanks", rf"[ 　]{_UNIT}[ 　]", reads=("外⟦ 務 ⟧省", "令和⟦ 26 ⟧年"), leaves=("外 務省",)
)
PAIR = Rule(
    "line_of_two_letters",
    rf"[ 　]*[{_WORD}]([ 　]+)[{_WORD}][ 　]*(?=\n|$)",
    reads=("⟦目　　次⟧", "⟦ 氏 名 ⟧\n"),
    leaves=("⟦目次", "⟦外 務 省", "⟦氏 名は"),
)
BLANKS = Rule(
    "blanks_between_cells", "[ 　]+", reads=("人員⟦   ⟧件数", "人員⟦　⟧件数"), leaves=("人員\t件数",)
)
UNIT = Rule("letter_or_short_number", _UNIT, reads=("⟦外⟧", "⟦2014⟧", "⟦。⟧"), leaves=(" ", "\n"))
LETTER = Rule("letter_that_is_spread", f"[{_WORD}ぁ-ゖ]", reads=("⟦外⟧", "⟦は⟧", "⟦E⟧U"), leaves=("2", "。"))
NUMBER = Rule("number_among_letters", f"[{_DIGIT}]+", reads=("⟦26⟧", "⟦２６⟧"), leaves=("外", "二"))
DIGIT = Rule("digit_among_letters", f"[{_DIGIT}]", reads=("⟦2⟧", "⟦６⟧"), leaves=("外", "二"))
COUNTED = Rule(
    "unit_of_spread_date",  # 年金, 月例 and 日本 are words of their own
    "年(?![金齢次報])|月(?![例刊面額給間])|日(?![本米系程])",
    reads=("⟦年⟧8", "⟦月⟧", "⟦日⟧に"),
    leaves=("⟦年金", "⟦月例", "⟦日本", "⟦号"),
)
KANJI = Rule("kanji_in_series", "[々〆〇一-龥]", reads=("⟦甲⟧",), leaves=("アイウ", "ABC"))
COUNTER = Rule(
    "counter_of_title",  # follows 第 and a number
    "[章節編部款条項号回期]",
    reads=("⟦章⟧", "⟦回⟧"),
    leaves=("年", "第"),
)
EDGE = frozenset("\n\t|｜")
# At least this many letters are a spread word, not columns (決め打ち). Two are one only next to lines that are
# spread as well.
LEAST = 3
# A row of columns is at most this long, in code points (決め打ち).
LONGEST_ROW = 240


class _Run:
    """A run of single letters and short numbers with blanks between them."""

    def __init__(self, text: str, start: int, end: int) -> None:
        self.text = text
        self.units = [match.span() for match in UNIT.finditer(text, start, end)]
        self.words = [text[a:b] for a, b in self.units]

    def gap(self, i: int) -> int:
        """Return how many blanks stand before unit ``i``; 0 before the first."""
        return self.units[i][0] - self.units[i - 1][1] if i else 0

    def segments(self) -> Iterator[tuple[int, int]]:
        """Yield the first unit of each segment of equal gaps, and the unit after its last one."""
        cuts = [0, *self._cuts(), len(self.units)]
        for first, last in pairwise(cuts):
            least = min((self.gap(i) for i in range(first + 1, last)), default=0)
            inner = [first, *(i for i in range(first + 1, last) if self.gap(i) > least), last]
            yield from pairwise(inner)

    def _cuts(self) -> Iterator[int]:
        """Yield the units before which a word ends: after 第1章, and around figures that count nothing."""
        i, count = 0, len(self.units)
        while i < count:
            end = i
            while end < count and NUMBER.fullmatch(self.words[end]):
                end += 1
            if end == i:
                i += 1
                continue
            behind = self.words[end] if end < count else ""
            numbered = i > 0 and self.words[i - 1] == "第" and COUNTER.fullmatch(behind)
            counted = COUNTED.match("".join(self.words[end : end + 2]))
            if numbered and end + 1 < count:
                yield end + 1
            elif not (numbered or counted):
                yield from (cut for cut in (i, end) if 0 < cut < count)
            i = max(end, i + 1)

    def spread(self, first: int, last: int) -> bool:
        """Whether the units from ``first`` to before ``last`` are one word."""
        words = self.words[first:last]
        letters = [word for word in words if LETTER.fullmatch(word)]
        pairs = list(pairwise(words))
        touching = any(all(map(LETTER.fullmatch, pair)) or all(map(DIGIT.fullmatch, pair)) for pair in pairs)
        touching |= words[0] == "第"
        if last - first < LEAST or not letters or not touching or _counts_up(letters):
            return False
        wide, fills = self.gap(first + 1) > 1, self.fills(first, last)
        return not (wide and not fills) and not (fills and self._in_columns(first, last))

    def fills(self, first: int, last: int) -> bool:
        """Whether the units are alone in their line or cell, or far from their neighbours there."""
        text, gap = self.text, self.gap(first + 1)
        start, end = self.units[first][0], self.units[last - 1][1]
        before, after = start, end
        while before and text[before - 1] in " 　":
            before -= 1
        while after < len(text) and text[after] in " 　":
            after += 1
        alone_left = before == 0 or text[before - 1] in EDGE or start - before > gap
        return alone_left and (after == len(text) or text[after] in EDGE or after - end > gap)

    def _in_columns(self, first: int, last: int) -> bool:
        """Whether the line above or below has columns of as many cells."""
        text, count, gap = self.text, last - first, self.gap(first + 1)
        top, end = text.rfind("\n", 0, self.units[first][0]), text.find("\n", self.units[last - 1][1])
        above = text[max(text.rfind("\n", 0, max(top, 0)) + 1, top - LONGEST_ROW) : max(top, 0)]
        below = text[end + 1 : end + 1 + LONGEST_ROW].partition("\n")[0] if end >= 0 else ""
        return _columns(above, count, gap) or _columns(below, count, gap)


def blanks(text: str) -> Iterator[Change]:
    """Yield a repair that drops the blanks between the letters of each spread word, in text order."""
    found: dict[int, int] = {}
    done = 0
    for hit in HIT.finditer(text):
        if hit.start() < done or (run := _run(text, hit.start(), done)) is None:
            continue
        done = run.units[-1][1]
        for first, last in run.segments():
            if run.spread(first, last):
                found.update((run.units[i - 1][1], run.units[i][0]) for i in range(first + 1, last))
                if run.fills(first, last):
                    found.update(_pairs(text, run.units[first][0], run.units[last - 1][1]))
    for start, end in sorted(found.items()):
        yield start, ("", end - start, "letters spread over a line")


def _run(text: str, at: int, done: int) -> _Run | None:
    """Return the run around the offset ``at``, or None if there is none."""
    begin = at
    while begin > done and text[begin - 1] in " 　":
        begin -= 1
    for start in range(max(done, begin - 4), min(at + 2, len(text))):
        if match := RUN.match(text, start):
            return _Run(text, *match.span())
    return None


def _pairs(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the blanks within lines of two letters that stand right above or below a spread line."""
    above = text.rfind("\n", 0, start)
    if above > 0 and (pair := PAIR.match(text, text.rfind("\n", max(0, above - LONGEST_ROW), above) + 1)):
        yield pair.span(1)
    below = text.find("\n", end, end + LONGEST_ROW)
    while below >= 0 and (pair := PAIR.match(text, below + 1)):
        yield pair.span(1)
        below = pair.end() if pair.end() < len(text) else -1


def _columns(line: str, count: int, gap: int) -> bool:
    """Whether a line has ``count`` columns ``gap`` blanks apart, one of them with more than a letter."""
    cells, start, line = [], 0, line.strip(" 　")
    for blank in BLANKS.finditer(line):
        if len(blank[0]) >= gap:
            cells.append(line[start : blank.start()])
            start = blank.end()
    cells.append(line[start:])
    return len(cells) == count and any(len(cell) > 1 for cell in cells)


@cache
def _series() -> tuple[str, ...]:
    return tuple(row["series"] for row in rows("series.csv"))


def _counts_up(letters: Sequence[str]) -> bool:
    """Whether letters are members of a list: A B C, ア イ ウ, 甲 乙 丙."""
    word = "".join(letters)
    steps = {ord(b) - ord(a) for a, b in pairwise(letters)}
    kana_or_latin = not KANJI.search(word)
    return any(word in series for series in _series()) or (kana_or_latin and steps <= {1, 2})
