"""What each line of a page is, and which headings it stands under.

Part of stage 3 (see ``builder.py``). The rules look at one line and its neighbours. None is made
for a particular document. ``joins.py`` decides which line continues which.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING

from pipeline.model.rule import Rule
from pipeline.structure.forms import CAPTION, kind_of
from pipeline.structure.lines import Line
from pipeline.structure.notes import footnotes
from pipeline.structure.rows import with_rows
from pipeline.structure.schemes import NUMBER, UPPER, scheme

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator


LONG_HEAD = 40
_NUMBERED = r"（\d{1,2}）|\d{1,2}"
# A heading without a line end before it: 「…を示した。第3節　…」「…の推移3　放送衛星」.
GLUED = Rule(
    "glued_heading",
    rf"""
    (?<=[^\s（「『、・及び章部編次前本])(?=第{NUMBER}[部章節]\u3000\S)
    |(?<=。)(?=(?:{_NUMBERED}|[ア-ン]|（[ア-ン]）)\u3000\S|コラム\d*\u3000|図表\d+(?:-\d+)+\u3000)
    |(?<=。)(?=（(?:\d{{1,2}}|[ア-ン])）\S[^。]{{0,58}}$)      # no blank behind it, and the line ends soon
    |(?<=[A-Za-z/])(?=(?:{_NUMBERED}|コラム\d*)\u3000\S)
    """,
    flags=re.VERBOSE,
    reads=("示した。⟦⟧第3節　動向", "示した。⟦⟧2　動向", "示した。⟦⟧（2）動向", "EU⟦⟧3　動向"),
    leaves=("及び第3節　動向", "示した。第3節の", "推移3　動向"),
)
AFTER_CAPTION = Rule(
    "heading_glued_to_caption",
    rf"(?<=[ぁ-ヿ一-龥々）])(?<![図表第その注])(?=(?:{_NUMBERED}|コラム\d*|第\d+[章節])\u3000\S)",
    reads=("推移⟦⟧3　放送衛星", "推移⟦⟧（2）　動向"),
    leaves=("図3　放送衛星", "推移3の", "第3　動向"),
)
DIGITS = Rule("digits_of_running_head", r"\d+", reads=("警察白書 ⟦45⟧",), leaves=("警察白書",))
NUMBERED_HEAD = Rule(
    "page_number_before_running_head",  # far from it, as no number of an item is
    r"\d{1,4}[ \u3000]{3,}\S",
    reads=("⟦13　　　第⟧1章　動向", "⟦118    第⟧1章 動向"),
    leaves=("1　動向", "（1）　　　動向", "13"),
)


def read_lines(clean: str, page_ends: Collection[int] = ()) -> tuple[list[Line], dict[int, int]]:
    """Return the lines of ``clean`` with their kinds, and the markers that were printed like plain figures.

    Args:
        clean: The cleaned text.
        page_ends: Offsets of the line ends at which a page ends.

    Returns:
        The lines, and start → end of each such marker (offsets in ``clean``, blanks around it included).
    """
    lines = [Line(start, start + len(text), text, kind_of(text)) for start, text in _cut(clean)]
    notes, markers = footnotes(clean, lines)
    for i, number in notes.items():
        lines[i] = lines[i]._replace(kind="footnote", number=number)
    return _without_running_heads(with_rows(lines), page_ends), markers


def _cut(clean: str) -> Iterator[tuple[int, str]]:
    """Yield the lines with their offsets. A line is cut before a heading that lacks a line end before it."""
    start = 0
    for text in clean.split("\n"):
        cuts = {match.start() for match in GLUED.finditer(text)} if "　" in text or "。（" in text else set()
        if CAPTION.match(text):
            cuts.update(match.start() for match in AFTER_CAPTION.finditer(text))
        edges = [0, *sorted(cuts), len(text)]
        for left, right in pairwise(edges):
            yield start + left, text[left:right]
        start += len(text) + 1


def _without_running_heads(lines: list[Line], page_ends: Collection[int]) -> list[Line]:
    """Mark lines that are repeated at the edges of pages as running heads."""
    edges, numbered = _edges(lines, page_ends)
    times = Counter(edges.values())
    seen: set[str] = set()
    out = list(lines)
    for i, key in edges.items():
        text = lines[i].text.strip()
        known = lines[i].kind == "paragraph" or i in numbered or (scheme(text) in UPPER and key in seen)
        if len(text) <= LONG_HEAD and "。" not in text and times[key] > 1 and known:
            out[i] = lines[i]._replace(kind="running_head")
        seen.add(key)
    return out


def _edges(lines: list[Line], page_ends: Collection[int]) -> tuple[dict[int, str], set[int]]:
    """Return the lines at the edges of pages, figures left out, and those that begin with a page number."""
    full = [i for i, line in enumerate(lines) if line.kind != "blank"]
    edges: dict[int, str] = {}
    numbered: set[int] = set()
    for before, after in pairwise(full):
        broken = page_ends and any(lines[k].end in page_ends for k in range(before, after))
        for i, other in ((before, after), (after, before)):
            line = lines[i]
            if broken and NUMBERED_HEAD.match(line.text.strip()):
                numbered.add(i)
            elif line.kind not in ("heading", "paragraph"):
                continue
            if broken or lines[other].kind == "page_number":
                edges[i] = DIGITS.sub("#", line.text.strip())
    return edges, numbered
