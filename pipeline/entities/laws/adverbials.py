"""What is said of the verb of the sentence, and not of that of a title: 昨年度に, 株式会社に対して."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.entities.laws.edge_words import (
    COMPLETE_ACTS,
    NOT_LISTED,
    PROPOSED,
    PROPOSERS,
    TAKES_NI,
    TIME_UNITS,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.model.sentence import Token

# Tokens behind において and its like among which the verb that it belongs to stands (決め打ち).
NEAR = 6
# … and behind から among which the まで of a span of time does (決め打ち).
SPAN = 10


def verb_follows(tokens: Sequence[Token], at: int) -> bool:
    """Whether the verb that において or に対して belongs to stands right behind it, at token ``at``.

    年度において｜緊急に講ずべき; behind 株式会社に対して begins a title, and its verb stands behind that.
    """
    for own in tokens[at : at + NEAR]:
        if own.pos.startswith("助詞") and own.surface in ("に", "の"):
            return False
        if own.pos.startswith("動詞") and own.surface not in TAKES_NI:
            return True
    return False


def says_what(tokens: Sequence[Token], at: int) -> bool:
    """Whether で before token ``at`` says what an act is: 上位法である, and not 公務員である."""
    return at > 1 and tokens[at - 2].surface.endswith(COMPLETE_ACTS)


def says_when(tokens: Sequence[Token], at: int) -> bool:
    """Whether に or から before token ``at`` says when the sentence happens.

    昨年度に and 令和4年度から do, but not 令和七年に｜開催さ｜れる and 平成七年六月から｜七月までの間の.
    """
    near = tokens[at : at + 2]
    if at < 2 or TAKES_NI & {near[0].lemma, near[0].surface, near[0].norm, near[0].surface + "る"}:
        return False
    before = tokens[at - 2]
    time = before.pos.startswith(NOT_LISTED) or before.surface == "年度"
    if not (time and before.surface.endswith(TIME_UNITS)):
        return False
    if tokens[at - 1].surface == "から":
        return all(own.surface != "まで" for own in tokens[at : at + SPAN])
    done = len(near) > 1 and near[0].pos.endswith("サ変可能") and near[1].pos.startswith("動詞")
    return not done or before.pos.endswith("副詞可能")


def says_who(tokens: Sequence[Token], at: int) -> bool:
    """Whether what ends before token ``at`` says who brought a bill in.

    各会派の共同提案による, 青葉君外三名提出の, 内閣提出、.
    """
    link = tokens[at - 1].surface
    if tokens[at - 1].lemma in ("よる", "係る"):
        deed = at - 3
        if deed >= 0 and tokens[deed].surface.endswith(PROPOSED):
            return True
    else:
        deed = at - 2 if link in ("の", "、") else at - 1
    if deed < 1 or not tokens[deed].surface.endswith((*PROPOSED, "提出", "立法")):
        return False
    return tokens[deed - 1].surface.endswith(PROPOSERS)


def of_a_kind(tokens: Sequence[Token], at: int, head: int) -> bool:
    """Whether the verb before the instrument at token ``head`` says of which kind it is, and not its name.

    庁を設けることを内容とする｜法律案, 法律と同一の効力を有する｜政令.
    """
    near = "".join(token.surface for token in tokens[max(0, at - 4) : at])
    return at == head and near.endswith(("を内容とする", "効力を有する", "効力をもつ", "効力を持つ"))
