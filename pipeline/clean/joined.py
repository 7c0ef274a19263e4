"""Blanks that a PDF library left where it joined printed lines: 日本貿易 振興機構, 令 和5年度.

Part of stage 2 (see ``__init__.py``). Japanese prose has no blanks. Where they stand between its letters
again and again, and always as far apart, each is the end of a printed line, and is dropped. Between Latin
letters or figures it stays, since words and numbers may meet there.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from itertools import zip_longest
from typing import TYPE_CHECKING, NamedTuple

from pipeline.model.rule import Rule
from pipeline.model.width import width_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.clean.characters import Change

_LETTER = "ぁ-ゖァ-ヺー々〆〇一-龥、。「」（）・"
BLANK = Rule(
    "blank_in_a_line",
    r"(?<=[^\s|]) {1,2}(?=[^\s|])",
    reads=("貿易⟦ ⟧振興", "2023⟦ ⟧年", "of⟦ ⟧the"),
    leaves=("貿易   振興", "| 貿易", "貿易振興", "貿易\n振興"),
)
INNER = Rule(
    "blank_between_japanese_letters",
    rf"(?<=[{_LETTER}]) {{1,2}}(?=[{_LETTER}])",
    reads=("貿易⟦ ⟧振興", "する⟦  ⟧機構", "た。⟦ ⟧その"),
    leaves=("2023 年", "は DX", "貿易振興", "貿易   振興"),
)
LONG = Rule(
    "long_run_before_a_blank",  # of a line: what stands in columns is shorter
    rf"[^\s]{{14}}(?<=[{_LETTER}]) {{1,2}}(?=[{_LETTER}])",
    reads=("⟦独立行政法人若葉技術支援振興 ⟧機構",),
    leaves=("若葉技術振興 機構", "独立行政法人若葉技術支援振興機構"),
)
APART = Rule(
    "blank_between_words_or_numbers",
    r"(?<=[0-9A-Za-z]) {1,2}(?=[0-9A-Za-z])",
    reads=("of⟦ ⟧the", "2022⟦ ⟧2"),
    leaves=("2023 年", "は DX"),
)
PROSE_SIGN = Rule(
    "hiragana_or_mark_of_prose", "[ぁ-ゖ、。]", reads=("本⟦は⟧", "庁⟦、⟧省"), leaves=("本日", "ハ", "・")
)
PARAGRAPH = Rule("paragraph", r"[^\n]+", reads=("⟦本文⟧\n",), leaves=("\n",))
# A printed line of prose is NARROWEST full-width characters wide or more, and has PROSE hiragana, commas or
# stops. One may be NARROWER and WIDER than the others by so much, since marks may not begin a line
# and Latin words are not cut (決め打ち).
NARROWEST, PROSE, NARROWER, WIDER = 16, 3, 4.5, 1.5
# So many lines of one width, and at least half of all that could be lines, show that lines were joined
# (決め打ち).
LEAST = 4
# A text with fewer blanks behind a long run than one in so many code points was not joined by them (決め打ち).
SPARSE = 400


class _Blank(NamedTuple):
    """A blank in a paragraph.

    Attributes:
        start: Offset in code points.
        end: The offset behind it.
        inner: Whether it stands between Japanese letters.
        width: Of what stands between it and the blank before it, in full-width characters.
        prose: The hiragana, commas and stops in that.
    """

    start: int
    end: int
    inner: bool
    width: float
    prose: int


def lines(text: str) -> Iterator[Change]:
    """Yield a repair that drops each blank where two printed lines were joined, in text order."""
    least = max(LEAST, len(text) / SPARSE)
    if len(INNER.findall(text)) < least or len(LONG.findall(text)) < least:  # the first takes less time
        return
    paragraphs = [found for match in PARAGRAPH.finditer(text) if (found := _blanks(text, *match.span()))]
    if (width := _usual(sorted(_gaps(paragraphs)))) is None:
        return
    for blanks in paragraphs:
        for blank in _ends(blanks, width):
            if not APART.match(text, blank.start):
                yield blank.start, ("", blank.end - blank.start, "printed lines joined by a blank")


def _blanks(text: str, start: int, end: int) -> list[_Blank]:
    """Return the blanks of the paragraph from ``start`` to ``end``."""
    out, done = [], start
    for match in BLANK.finditer(text, start, end):
        a, b = match.span()
        prose = len(PROSE_SIGN.findall(text, done, a))
        out.append(_Blank(a, b, bool(INNER.match(text, a)), width_of(text[done:a]), prose))
        done = b
    return out


def _gaps(paragraphs: Sequence[Sequence[_Blank]]) -> Iterator[float]:
    """Yield how wide the prose between two blanks is that stand between Japanese letters."""
    for blanks in paragraphs:
        width, prose = 0.0, 0
        for blank in blanks:
            width, prose = width + blank.width, prose + blank.prose
            if not blank.inner:
                width += 0.5
                continue
            if width >= NARROWEST and prose >= PROSE:
                yield width
            width, prose = 0.0, 0


def _usual(gaps: Sequence[float]) -> float | None:
    """Return the width that at least half of the sorted ``gaps`` have, or None if there is none."""

    def near(width: float) -> int:
        return bisect_right(gaps, width + WIDER) - bisect_left(gaps, width - NARROWER)

    best = max(sorted(set(gaps)), key=near, default=0.0)
    return best if near(best) >= max(LEAST, len(gaps) / 2) else None


def _ends(blanks: Sequence[_Blank], usual: float) -> Iterator[_Blank]:
    """Yield the blanks of a paragraph that are ends of printed lines of the width ``usual``."""
    width, prose = 0.0, 0
    for blank, after in zip_longest(blanks, blanks[1:]):
        width, prose = width + blank.width, prose + blank.prose
        end = prose >= PROSE and usual - NARROWER <= width <= usual + WIDER
        if end and after and not blank.inner:
            # Rather a blank between Japanese letters, if one is near enough, too.
            end = not (after.inner and width + 0.5 + after.width <= usual + WIDER)
        if end:
            yield blank
        if end or blank.inner or width > usual + WIDER:
            width, prose = 0.0, 0
        else:
            width += 0.5
