"""Numerals: a circle for 〇 among kanji numerals, and numerals that are other words elsewhere (廿 卅 壱 弐 参 拾).

Part of stage 2 (see ``__init__.py``).
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from pipeline.facts import rows
from pipeline.numerals import FORMAL, NUMBER, plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.clean.characters import Change

_ONE_TO_NINE = "一二三四五六七八九"
# 二○一四, 一◯月, 百○五, 二０一四: a circle or a 0 right behind a kanji numeral, and before one, a unit or the sign of a
# range. 第一○○会社, 平成○年 and ○× hold none.
CIRCLES = re.compile(
    rf"[○◯⭘0O](?<=[{_ONE_TO_NINE}〇百].)(?:(?<=[○◯⭘])[○◯⭘]*|[0O]?)"
    rf"(?=[{_ONE_TO_NINE}〇十百千年月日号条項]|[～〜・－-][{_ONE_TO_NINE}〇○◯十百])"
)
UNIT = re.compile("(?:年|月|日(?!市)|号|条|項)")
# 昭和廿～廿五年: the unit stands behind the second.
_MEMBERS = f"{''.join(FORMAL)}〇{_ONE_TO_NINE}十百千"
_RUN = f"[{_MEMBERS}]+"
OPEN_RANGE = re.compile(f"[～〜・、－-]{_RUN}{UNIT.pattern}")
FORMAL_RUN = re.compile(f"[{''.join(FORMAL)}]")
RUN = re.compile(_RUN)
_FULL_NUMBER = re.compile(NUMBER)
# Longer runs are no number.
LONGEST = 8


@cache
def _before() -> re.Pattern[str]:
    """Return what shows that a numeral follows: an era, 第, 年 before a month, 条ノ."""
    eras = "|".join(row["era"] for row in rows("eras.csv"))
    return re.compile(f"(?:{eras}|[第年月同]|[{_MEMBERS}][～〜・、－-]|条[のノ])$")


def figures(text: str) -> Iterator[Change]:
    """Yield the repairs of numerals in ``text``."""
    for match in CIRCLES.finditer(text):
        for at in range(*match.span()):
            yield at, ("〇", 1, "circle for a zero")
    done = 0
    for match in FORMAL_RUN.finditer(text):
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
    told = _before().search(text, max(0, start - 4), start)
    if text[max(0, start - 2) : start] in ("条の", "条ノ"):
        return True
    return bool(unit) and (bool(told) or end - start > 1)
