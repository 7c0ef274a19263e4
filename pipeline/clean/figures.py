"""Numerals: a circle for 〇 among kanji numerals, and numerals that are other words elsewhere (廿 卅 壱 弐 参 拾).

Part of stage 2 (see ``__init__.py``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.facts import rows
from pipeline.model.rule import Rule
from pipeline.numerals import FORMAL, NUMBER, plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.clean.characters import Change

_ONE_TO_NINE = "一二三四五六七八九"
# A circle or a 0 right after a kanji numeral, and before another one, a unit or the sign of a range.
CIRCLES = Rule(
    "circle_for_zero",
    rf"[○◯⭘0O](?<=[{_ONE_TO_NINE}〇百].)(?:(?<=[○◯⭘])[○◯⭘]*|[0O]?)"
    rf"(?=[{_ONE_TO_NINE}〇十百千年月日号条項]|[～〜・－-][{_ONE_TO_NINE}〇○◯十百])",
    reads=("二⟦○⟧一四", "一⟦◯⟧月", "百⟦○⟧五", "二⟦0⟧一四"),
    leaves=("第一○○会社", "平成○年", "○×"),
)
_UNIT = "(?:年|月|日(?!市)|号|条|項)"
UNIT = Rule("unit_behind_numeral", _UNIT, reads=("⟦年⟧", "⟦日⟧に", "⟦号⟧"), leaves=("⟦日市", "⟦人"))
# 昭和廿～廿五年: the unit stands behind the second.
_MEMBERS = f"{''.join(FORMAL)}〇{_ONE_TO_NINE}十百千"
_RUN = f"[{_MEMBERS}]+"
OPEN_RANGE = Rule(
    "range_of_formal_numerals",
    f"[～〜・、－-]{_RUN}{_UNIT}",
    reads=("⟦～廿五年⟧", "⟦・二十日⟧"),
    leaves=("⟦～廿五", "⟦～年"),
)
FORMAL_SIGN = Rule(
    "formal_numeral", f"[{''.join(FORMAL)}]", reads=("昭和⟦廿⟧年", "⟦拾⟧月"), leaves=("昭和二十年",)
)
RUN = Rule("run_of_numerals", _RUN, reads=("昭和⟦廿五⟧年", "⟦百二十⟧"), leaves=("25年", "昭和"))
_FULL_NUMBER = Rule("whole_number", NUMBER, reads=("⟦二十五⟧", "⟦25⟧"), leaves=("年",))
_ERAS = "|".join(row["era"] for row in rows("eras.csv"))
BEFORE = Rule(
    "before_formal_numeral",  # shows that a numeral follows
    f"(?:{_ERAS}|[第年月同]|[{_MEMBERS}][～〜・、－-]|条[のノ])$",
    reads=("⟦昭和⟧", "改正⟦第⟧", "昭和廿⟦五～⟧", "第二⟦条ノ⟧"),
    leaves=("改正", "昭和の"),
)
FIGURE_SIGNS = f"[○◯⭘0O](?<=[{_ONE_TO_NINE}〇百].)|[{''.join(FORMAL)}]"
"""The signs without one of which :func:`figures` finds nothing, as a pattern."""
# A number has at most this many characters.
LONGEST = 8


def figures(text: str) -> Iterator[Change]:
    """Yield the repairs of numerals in ``text``."""
    for match in CIRCLES.finditer(text):
        for at in range(*match.span()):
            yield at, ("〇", 1, "circle for a zero")
    done = 0
    for match in FORMAL_SIGN.finditer(text):
        if match.start() < done:
            continue
        first = match.start()
        while first > done and RUN.match(text[first - 1]):
            first -= 1
        run = RUN.match(text, first)
        if run is None:
            continue
        done = run.end()
        if _is_number(text, first, done):
            for at in range(match.start(), done):
                if text[at] in FORMAL:
                    yield at, (FORMAL[text[at]], 1, "numeral")


def _is_number(text: str, start: int, end: int) -> bool:
    """Whether a run of numerals, some of which are other words elsewhere, is a number here."""
    if end - start > LONGEST or not _FULL_NUMBER.fullmatch(plain(text[start:end])):
        return False
    unit = UNIT.match(text, end) or OPEN_RANGE.match(text, end)
    told = BEFORE.search(text, max(0, start - 4), start)
    if text[max(0, start - 2) : start] in ("条の", "条ノ"):
        return True
    return bool(unit) and (bool(told) or end - start > 1)
