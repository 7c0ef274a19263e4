"""What leads a body's name without being of it: a day, the label of a paper, a session, an envoy."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.entities.organizations.departments import DIGITS
from pipeline.entities.organizations.facts import countries
from pipeline.eras import ERA_NAMES
from pipeline.model.rule import Rule
from pipeline.numerals import NUMBER

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.entities.names.heads import Head
    from pipeline.model.sentence import Token

POSTED = ("在", "駐")  # where an embassy is stands first in its name
SESSION = Rule(
    "session_before_a_name",
    rf"第[ 　]?[\d{DIGITS}]{{1,4}}[ 　]?回[ 　]?",
    reads=("⟦第1回⟧産業戦略検討会議", "⟦第 三 回 ⟧会議"),
    leaves=("⟦第1期産業戦略検討会議", "⟦1回"),
)
DATED = Rule(
    "when_it_was_said",
    rf"(?:{ERA_NAMES})?{NUMBER}年{NUMBER}月(?:{NUMBER}日)?の?",  # a year alone may be of the name
    reads=("⟦平成19年5月⟧貿易に関する会議", "⟦2007年5月3日の⟧会議"),
    leaves=("⟦平成27年国勢調査", "⟦5月"),
)
LED = Rule(
    "what_leads_a_name",  # 資料1 令和4年度 第3回｜地域医療に関する会議: the label, the year and the session of a paper
    rf"""(?: 第[ 　]?[\d{DIGITS}]{{1,4}}[ 　]?回
      | (?: [一-龥]{{1,6}}[ ]?\d{{1,3}} (?: [-－]\d{{1,3}} )* | (?:{ERA_NAMES})?{NUMBER}年度? ) (?=[ 　])
    )[ 　]*""",
    flags=re.VERBOSE,
    reads=("⟦資料1 ⟧地域", "⟦別紙2-1　⟧地域", "⟦令和4年度 ⟧地域", "⟦第21回⟧地域"),
    leaves=("平成27年国勢調査", "令和4年度地域", "第1期", "⟦2020年東京"),
)


def past_leads(text: str, start: int, end: int) -> int:
    """Drop what stands before the phrase of a name: the day, the label of a paper, the session."""
    while True:
        while start < end and text[start] in " 　":
            start += 1
        lead = DATED.match(text, start, end) or LED.match(text, start, end)
        if lead is None:
            return start
        start = lead.end()


def past_envoy(tokens: Sequence[Token], first: int, last: int, head: Head) -> int:
    """Drop the name of an envoy before the embassy: スミス｜駐日英国大使館, but 若葉国駐日本国大使館."""
    if head.kind != "embassy":
        return first
    at = next((i for i in range(last, first, -1) if tokens[i].surface.startswith(POSTED)), first)
    before = "".join(token.surface for token in tokens[first:at])
    return first if before.endswith("国") or before in countries() else at


def past_term(text: str, tokens: Sequence[Token], first: int, last: int, head: Head) -> int:
    """Drop the session or the term before a name: 第一回｜青葉本部, 青葉審議会環境分科会第8期｜環境エネルギー委員会."""
    session = SESSION.match(text, tokens[first].start, tokens[last].start)
    if session:
        first = next(i for i in range(first, last + 1) if tokens[i].start >= session.end())
    if head.kind != "council":
        return first
    terms = [i for i in range(first + 2, last) if tokens[i].surface == "期" and tokens[i - 2].surface == "第"]
    return terms[-1] + 1 if terms else first
