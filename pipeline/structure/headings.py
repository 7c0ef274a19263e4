"""The tree of headings: which heading stands under which.

Part of stage 3 (see ``builder.py``). A numbered heading continues its series: 「2」 has the level of the
last 「1」. 章 stand over 節. The level of other schemes follows from the order in which a text first uses them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.model.rule import Rule
from pipeline.numerals import number
from pipeline.structure.schemes import UPPER, scheme

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.structure.lines import Line

KATAKANA = "アイウエオカキクケコサシスセソタチツテト"
ROMAN = "ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ"
CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
RANKS = ("編", "部", "章", "節", "項")
# Titles that interrupt a series: titles of columns, and titles without a number.
ASIDE = frozenset(("コラム", ""))
ORDINAL = Rule(
    "ordinal_of_heading",
    rf"""
    (?P<number>[0-9]+|[一二三四五六七八九十百]+)
    |(?P<sign>[{KATAKANA}{ROMAN}{CIRCLED}])
    |(?P<letter>[a-zA-Z])(?![a-zA-Z])
    """,
    flags=re.VERBOSE,
    reads=("第⟦12⟧節", "⟦③⟧協議", "（⟦ウ⟧）目的", "第⟦二⟧章", "⟦b⟧）目的"),
    leaves=("◆概要", "概要（案）"),
)
PARTS = Rule(
    "number_in_parts",
    r"\d+(?:[-ー‐.]\d+)+",
    reads=("⟦1-2-3⟧ 動向", "⟦2.1⟧ 動向"),
    leaves=("12 動向", "⟦第1-2"),
)
SPLIT = Rule("sign_between_parts", r"[-ー‐.]", reads=("1⟦-⟧2", "2⟦.⟧1"), leaves=("12", "1、2"))
# At most this many headings of a series may be missing. A series may begin anywhere with a number lower than
# FIRST_STRAY (決め打ち).
MISSING, FIRST_STRAY = 2, 5
# The continuation of a series is looked for in this many headings.
REACH = 60


@dataclass(frozen=True, slots=True)
class _Heading:
    """A heading's scheme, its number in its series or 0, its title, and the level that its file gives it."""

    scheme: str
    number: int
    title: str
    told: int = 0


def ordinal(title: str) -> int:
    """Return the number of a heading in its series, 0 where it has none.

    >>> [ordinal(title) for title in ("第12節 総論", "③ 協議", "（ウ）目的", "1-2-3 動向", "第二章", "◆概要", "十十、")]
    [12, 3, 3, 3, 2, 0, 0]
    """
    if parts := PARTS.match(title):
        return int(SPLIT.split(parts[0])[-1])
    match = ORDINAL.search(title[:8])
    if match is None:
        return 0
    if match["number"]:
        try:
            return number(match["number"])
        except ValueError:
            return 0  # 十十: numerals that are no number
    if match["letter"]:
        return ord(match["letter"].lower()) - ord("a") + 1
    return next(
        signs.index(match["sign"]) + 1 for signs in (KATAKANA, ROMAN, CIRCLED) if match["sign"] in signs
    )


def headings(lines: Sequence[Line]) -> list[Line]:
    """Give every line the path of headings over it, and every heading its level (1 = uppermost)."""
    stack: list[_Heading] = []
    path: tuple[str, ...] = ()
    read = [_read(line) for line in lines if line.kind == "heading"]
    seen = 0
    out = []
    for line in lines:
        if line.kind != "heading":
            out.append(line._replace(section=path))
            continue
        heading = read[seen]
        seen += 1
        above: tuple[str, ...] = ()
        if not heading.told and _stray(stack, heading):
            out.append(line._replace(kind="list_item", section=path))
            continue
        if heading.told and heading.scheme not in RANKS:
            _leave(stack, heading.told)
            above = tuple(h.title for h in stack)
            stack.append(heading)
        elif not stack and not heading.scheme:
            # The title of the whole text.
            stack.append(heading)
        elif heading.scheme in ASIDE:
            above = tuple(h.title for h in (stack[:-1] if _beside(stack, heading) else stack))
        else:
            del stack[_place(stack, heading, read[seen : seen + REACH]) :]
            above = tuple(h.title for h in stack)
            stack.append(heading)
        path = (*above, heading.title)
        out.append(line._replace(section=above, level=len(path)))
    return out


def _leave(stack: list[_Heading], level: int) -> None:
    """Remove from ``stack`` the headings that are not above a heading that the file marks with ``level``.

    A heading that the file does not mark stands below one that it marks, except a chapter or a section.
    """
    while stack:
        last = stack[-1]
        title = len(stack) == 1 and not last.told and not last.scheme  # of the whole text
        if title or (last.told < level if last.told else last.scheme in RANKS):
            return
        stack.pop()


def _read(line: Line) -> _Heading:
    title = f"{line.text.strip()}　{line.title}".rstrip()
    name = scheme(title)
    parts = PARTS.match(title) if name == "1-2" else None
    # 「1-2」 stands over 「1-2-1」.
    series = f"{name}:{len(SPLIT.split(parts[0]))}" if parts else name
    return _Heading(series, ordinal(title), title, line.level if line.told else 0)


def _stray(stack: Sequence[_Heading], heading: _Heading) -> bool:
    """Whether the number of a line continues no series: the line is a note, or begins with an amount."""
    if heading.scheme != "1" or heading.number < FIRST_STRAY:
        return False
    last = [h.number for h in stack if h.scheme == "1" or _misread(h, heading)]
    return all(heading.number - n > MISSING + 1 or n >= heading.number for n in last) and bool(stack)


def _beside(stack: Sequence[_Heading], heading: _Heading) -> bool:
    """Whether a title that interrupts a series has the level of the last heading, not the one below."""
    return heading.scheme == "コラム" and bool(stack) and stack[-1].scheme not in UPPER


def _place(stack: Sequence[_Heading], heading: _Heading, later: Sequence[_Heading]) -> int:
    """Return the place in ``stack`` that a numbered heading takes."""
    if heading.scheme in RANKS:
        return _below_ranks(stack, RANKS.index(heading.scheme))
    series = [i for i, h in enumerate(stack) if h.scheme == heading.scheme]
    carried = [i for i, h in enumerate(stack) if _carries_on(h, heading)]
    if carried:
        return carried[-1]
    if not series:
        return len(stack)
    last = stack[series[-1]]
    if heading.number == 1 and last.number and series == [len(stack) - 1] and _nested(last, later):
        return len(stack)
    return next((i for i in reversed(series) if stack[i].number < heading.number), series[-1])


def _below_ranks(stack: Sequence[_Heading], rank: int) -> int:
    """Return the place below the last heading of a higher rank, and below the title of the whole text."""
    over = [i + 1 for i, h in enumerate(stack) if h.scheme in RANKS and RANKS.index(h.scheme) < rank]
    return max(over, default=int(bool(stack) and not stack[0].scheme))


def _carries_on(last: _Heading, heading: _Heading) -> bool:
    """Whether ``heading`` has the number that follows that of ``last``, in the same series."""
    same = last.scheme == heading.scheme or _misread(last, heading)
    return bool(last.number) and last.number + 1 == heading.number and same


def _misread(last: _Heading, heading: _Heading) -> bool:
    """Whether ``last`` is a ① whose series was read as plain figures from ② on: ①, 2, 3."""
    return last.scheme == "①" and last.number == 1 and heading.scheme == "1"


def _nested(outer: _Heading, later: Sequence[_Heading]) -> bool:
    """Whether a series in the scheme of ``outer`` begins under it, and ends before ``outer`` goes on."""
    inner = 1
    for heading in later:
        if heading.scheme in UPPER:
            break
        if heading.scheme != outer.scheme:
            continue
        if heading.number == inner + 1:
            inner += 1
        else:
            return heading.number == outer.number + 1
    return False
