"""Bodies that a number tells apart: units of armies and of the police (第7艦隊), cabinets (第2次…内閣)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.entities.names.phrases import in_name
from pipeline.entities.organizations.departments import DIGITS, NUMERAL
from pipeline.entities.organizations.facts import countries, words
from pipeline.model.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.entities.names.heads import Head
    from pipeline.model.sentence import Token

UNIT = Rule(
    "ordinal_of_a_unit",  # not 第一線部隊, 第2次派遣部隊, 第三国軍
    rf"第[ 　]?(?:\d{{1,4}}(?!\d)|[{DIGITS}百]{{1,4}}(?![{DIGITS}百]))[ 　]?"
    "(?![次線級種期波段者勢号項章年月]|国(?![際境防民])|日(?![本系])|回(?!転)|代(?!替)|条(?!約))",
    reads=("⟦第7⟧艦隊", "⟦第 三十一 ⟧海兵"),
    leaves=("⟦7艦隊", "⟦第い", "⟦第一線部隊", "⟦第2次派遣部隊", "⟦第三国軍"),
)
TERM = Rule(
    "term_of_a_cabinet",
    rf"第[ 　]?(?:\d{{1,2}}|[{DIGITS}]{{1,3}})[ 　]?次[ 　]?$",
    reads=("⟦第2次⟧", "⟦第 三 次 ⟧"),
    leaves=("第2回", "2次"),
)
CABINET = Rule(
    "cabinet_reshuffled_again",
    rf"(?<![一-龥])(?:第(?:\d|[{DIGITS}])次)?[一-龥]{{2,3}}第(?:\d|[{DIGITS}])次改造内閣",
    reads=("⟦第4次安倍第2次改造内閣⟧", "⟦中曽根第二次改造内閣⟧"),
    leaves=("第2次改造内閣", "安倍改造内閣"),
)
FAR = 16  # 決め打ち: characters between the number and the head of a unit
LONGEST_TERM = 8  # 決め打ち: characters of 第12次 with its spaces
LONGEST_BRANCH = 4  # 決め打ち: words of a branch (独立｜混成, 野砲｜兵)


def unit_start(text: str, tokens: Sequence[Token], last: int, at: int, head: Head) -> int | None:
    """Return where a unit's name begins whose head ``at`` ends with token ``last``, None if it has no number.

    第7艦隊, 米第3海兵機動展開部隊: a number, and what stands before it. Of an army (``numbered``) the number
    stands right before the head: 第十六軍, but 第7艦隊所属米軍.
    """
    i = last
    while i >= 0 and tokens[last].start - tokens[i].start <= FAR:
        if tokens[i].surface == "第" and (match := UNIT.match(text, tokens[i].start)):
            near = match.end() == at if head.needs == "numbered" else match.end() <= at
            return tokens[_with_owner(tokens, _with_branch(text, tokens, i))].start if near else None
        if not (in_name(tokens[i]) or NUMERAL.fullmatch(tokens[i].surface)):
            return None
        i -= 1
    return None


def _with_branch(text: str, tokens: Sequence[Token], first: int) -> int:
    """Take in the branch before the number: 歩兵｜第231連隊, 独立混成｜第4旅団."""
    for i in range(max(0, first - LONGEST_BRANCH), first):
        if text[tokens[i].start : tokens[first].start] in words("branch_of_an_army"):
            before = tokens[i - 1] if i and tokens[i - 1].end == tokens[i].start else None
            another = before is not None and in_name(before) and before.surface not in countries()
            return first if another else i  # 軽｜歩兵第1大隊
    return first


def _with_owner(tokens: Sequence[Token], first: int) -> int:
    while (
        first > 0
        and tokens[first - 1].end == tokens[first].start
        and tokens[first - 1].surface in countries()
    ):
        first -= 1
    return first


def with_term(text: str, start: int, head: Head) -> int:
    """Take in which cabinet of its head it is: 第2次｜海部改造内閣."""
    term = TERM.search(text, max(0, start - LONGEST_TERM), start) if head.kind == "cabinet" else None
    return term.start() if term is not None else start
