"""The run of nouns that ends with the head of a title: where it begins."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.entities.names.phrases import LONGEST, in_name, noun_run
from pipeline.model.rule import Rule
from pipeline.numerals import NUMBER

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.entities.laws.heads import Head
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

EQUALS = Rule(
    "equals_behind_a_short_name",
    "[法令則規例約定][=＝]",
    reads=("措置⟦法=⟧租税特別措置法", "措置⟦令＝⟧租税特別措置法施行令"),
    leaves=("ドッド＝フランク法",),
)
# 構造方法（平成12年建設省告示第1399号）: what an order is about, and no statute.
_OF_AN_ORDER = Rule(
    "number_of_an_order_behind_a_law",
    rf"[ 　]?（[^（）]{{0,30}}(?:告示|訓令|[省府庁]令|規則)[ 　]?第?[ 　]?{NUMBER}[ 　]?号[）。、]",
    reads=("構造方法⟦（平成12年建設省告示第1399号）⟧",),
    leaves=("電波法⟦（昭和25年法律第131号）", "電波法⟦（令和5年総務省令第99号による改正前のもの）"),
)
# 大臣が定める施設基準（平成12年厚生省告示第26号）: the noun is part of a title that the clause begins, or of none.
_SETS = Rule(
    "verb_that_sets_a_standard",
    r"(?:定め|指定し|認め)(?:る|た|ている)$|指定する$",
    reads=("大臣が⟦定める⟧",),
    leaves=("を定め、",),
)


def behind_equals(text: str, tokens: Sequence[Token], first: int, last: int) -> int:
    """Return where a run of nouns goes on behind a name and ＝: 措置法＝｜租税特別措置法, not ドッド＝フランク法."""
    start = tokens[first].start
    equals = list(EQUALS.finditer(text, start, tokens[last].start)) if "=" in text or "＝" in text else []
    while equals and first < last and tokens[first].start < equals[-1].end():
        first += 1
    return first


def run_of_title(text: str, tokens: Sequence[Token], last: int) -> int:
    """Return the index of the first token of the run of nouns that ends with token ``last``."""
    return _wide_run(text, tokens, _first(text, tokens, last))


def _first(text: str, tokens: Sequence[Token], last: int) -> int:
    """Return the first token of the run of nouns up to ``last``, without what is said before a name."""
    first = behind_equals(text, tokens, noun_run(text, tokens, last), last)
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


def of_an_order(text: str, start: int, end: int, head: Head) -> bool:
    """Whether a run of nouns before a number is what an order sets or is about: the number says which."""
    if head.kind == "law":
        return _OF_AN_ORDER.match(text, end) is not None
    return head.needs == "numbered" and _SETS.search(text, max(0, start - 6), start) is not None
