"""The run of nouns that ends with the head of a title: where it begins."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.entities.names.phrases import LONGEST, in_name, noun_run
from pipeline.model.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.model.sentence import Token

# 2019年度国防授権法: the year before a name.
NOT_FIRST = frozenset(
    {"年度", "年", "期", "回", "次", "号", "ポスト", "前", "後", "改正前", "改正後", "通称", "俗称"}
)
# 第1条｜中特許法: a place of the law that speaks.
PLACES = ("条", "項", "号", "則", "表")
# 改正前放送法, 2019会計年度国防授権法: what stands before a name and belongs to none.
BEFORE_NAMES = Rule(
    "said_in_front_of_a_name",
    r"(?:\d{2,4})?(?:(?:一部)?(?:改正|施行)[前後]|会計年度|事業年度)の?",
    reads=("⟦改正前⟧放送法", "⟦2019会計年度⟧国防授権法"),
    leaves=("改正放送法",),
)


def run_of_title(text: str, tokens: Sequence[Token], last: int) -> int:
    """Return the index of the first token of the run of nouns that ends with token ``last``."""
    return _wide_run(text, tokens, _first(text, tokens, last))


def _first(text: str, tokens: Sequence[Token], last: int) -> int:
    """Return the first token of the run of nouns up to ``last``, without what is said before a name."""
    first = noun_run(text, tokens, last)
    said = BEFORE_NAMES.match(text, tokens[first].start)
    reached = said.end() if said else 0
    while first < last and (
        tokens[first].surface in NOT_FIRST
        or (tokens[first].surface == "中" and text.endswith(PLACES, 0, tokens[first].start))
        or tokens[first].pos.endswith("副詞可能")
        or tokens[first].start < reached
    ):
        first += 1
    return first


def _wide_run(text: str, tokens: Sequence[Token], first: int) -> int:
    """Return where a run of nouns begins that 等 or 及 joins to another one: 印紙等模造取締法, 総務省関係…法施行規則."""
    near = tokens[first].start - LONGEST  # else each of many titles would look back to the first
    while (
        first > 1
        and (
            tokens[first - 1].surface in ("等", "関係", "及")
            or (tokens[first - 1].surface == "新" and tokens[first - 2].surface == "法人")
        )
        and tokens[first - 2].start > near
        and in_name(tokens[first - 2])
    ):
        first = noun_run(text, tokens, first - 2)
    return first
