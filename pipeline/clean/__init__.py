"""Stage 2: Source → Text: repairs of characters, with an exact map back to the raw text.

Cleaning is total (any string is accepted), monotone (the origins never go back) and idempotent
(cleaning a clean text changes nothing). It joins no lines that still have their ends: that takes the
page's structure.

The rules, in the order in which they are applied. Each reads the result of those before it:

- invisible characters (zero-width, direction marks, controls, soft hyphen, variation selectors) are dropped;
- line ends (CRLF, CR, form feed, U+2028 …) become one LF, and other blanks (no-break, thin) a blank;
- half-width kana and decomposed voicing marks are composed (ｶﾞ → ガ);
- full-width letters, digits and signs become ASCII, but brackets become full-width;
- squared and compatibility characters, radicals, ligatures and vertical forms are spelled out (㍻ → 平成,
  ㈱ → （株）, ⺠ → 民, ﬁ → fi, ︵ → （);
- variant characters are folded as listed in ``data/variants.csv`` (繩 → 縄);
- the line ends between letters that stand one on a line are dropped (upright text out of a PDF library);
- the line ends within titles that a narrow column of a list of persons broke are dropped;
- the blanks between letters that were spread over a line are dropped (令 和 ６ 年 → 令和6年);
- the blanks where a PDF library joined printed lines are dropped (貿易 振興機構 → 貿易振興機構);
- the blanks within ordinals are dropped (第 10 回国際会議);
- marks are read by what stands around them: commas and points, a dash for ー and ー for a dash, ○ for 〇,
  廿 and 拾 as numerals, a 工 in a series （ウ）（工）（オ） as エ.
"""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING

from pipeline.clean import characters, joined, marks, narrow, ordinals, spread, upright
from pipeline.model.rule import Rule
from pipeline.model.source import Repair, Source, Text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from pipeline.clean.characters import Change

STAGES: tuple[Callable[[str], Iterator[Change]], ...] = (
    characters.invisible,
    characters.single,
    upright.lines,
    narrow.columns,
    spread.blanks,
    joined.lines,
    ordinals.blanks,
    marks.by_context,
)
# Each sign without which no stage but that of spread letters finds anything: most names have none of them.
TELLING = Rule(
    "sign_that_a_repair_reads",
    f"{characters.SUSPECT.pattern}|{marks.MARK_SIGNS}",
    reads=("外務⟦\u200b⟧省", "グル⟦－⟧プ", "2014⟦ー⟧15年", "第一⟦○⟧会", "⟦廿⟧年", "文学⟦,⟧美術", "（⟦工）⟧"),
    leaves=("外務省", "工学部", "グループは、", "TRIPS理事会（平成26年）", "外 務 省"),
)


def clean(source: Source) -> Text:
    """Return the cleaned text of ``source`` with the raw origin of each character.

    A repair can make another one possible: after an invisible character is dropped, a mark touches its
    letter. So the rules are applied until nothing changes, and the maps are composed.
    """
    raw = source.raw
    text = Text(source, raw, array("I", range(len(raw))), array("I", range(1, len(raw) + 1)))
    stage = unchanged = 0
    while unchanged < len(STAGES):
        if changes := list(STAGES[stage](text.clean)):
            text = _changed(text, changes)
        stage, unchanged = (stage + 1) % len(STAGES), 0 if changes else unchanged + 1
    return text


def _changed(text: Text, changes: Sequence[Change]) -> Text:
    """Apply the repairs; the text between them is copied."""
    clean, starts, ends = text.clean, array("I", text.starts), array("I", text.ends)
    out: list[str] = []
    new_starts, new_ends = array("I"), array("I")
    repairs, done = list(text.repairs), 0
    for at, (piece, width, reason) in changes:
        out += (clean[done:at], piece)
        start, end = starts[at], ends[at + width - 1]
        new_starts += starts[done:at]
        new_ends += ends[done:at]
        for _ in piece:
            new_starts.append(start)
            new_ends.append(end)
        repairs.append(Repair(start, end, clean[at : at + width], piece, reason))
        done = at + width
    out.append(clean[done:])
    new_starts += starts[done:]
    new_ends += ends[done:]
    return Text(text.source, "".join(out), new_starts, new_ends, tuple(repairs))


def fold(text: str) -> str:
    """Return ``text`` cleaned. Names from data files are compared in this form."""
    if TELLING.search(text):
        stages = STAGES
    elif " " in text or "\u3000" in text:
        stages = (narrow.columns, spread.blanks, joined.lines, ordinals.blanks)
    else:
        return text  # as most of the twenty thousand names of the registries
    if all(next(stage(text), None) is None for stage in stages):
        return text
    return clean(Source("", text)).clean
