"""What stands before a legal form and is no company's name: the number of an address, a word for a class."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.entities.names.phrases import in_name
from pipeline.entities.organizations.facts import countries, outside, words
from pipeline.entities.organizations.left_edge import KATAKANA, past_outside, run_start
from pipeline.model.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.model.sentence import Token

ADDRESS_ENDS = ("-", "番", "丁目", "号")  # 芝5番｜7
FIRST = Rule(
    "ordinal_that_begins_a_name",  # 第一青葉商事株式会社; not 別表第一｜青葉商事株式会社
    r"(?<![一-龥ァ-ヶー])(第[一二三四五六七八九十])$",
    reads=("、⟦第一⟧", "⟦第二⟧"),
    leaves=("別表第一", "第1", "第一の"),
)


def of_a_name(tokens: Sequence[Token], at: int, *, named: bool) -> bool:
    """Whether a number ends a company's name: テクノ21｜株式会社, not 芝1-2｜株式会社, 表3｜株式会社X."""
    before = tokens[at - 1] if at and tokens[at - 1].end == tokens[at].start else None
    if before is None or before.surface.endswith(ADDRESS_ENDS):
        return False
    latin = before.surface.isascii() and before.surface.isalpha()
    proper = "固有名詞" in before.pos and "地名" not in before.pos
    own = latin or proper or KATAKANA.fullmatch(before.surface) is not None
    return own or (in_name(before) and not named)


def class_alone(text: str, tokens: Sequence[Token], last: int) -> bool:
    """Whether only a word for a class of firms, or for a party to a case, stands before a legal form."""
    first = past_outside(tokens, run_start(text, tokens, last), last)
    run = text[tokens[first].start : tokens[last].end]
    classes = words("class_if_alone") | words("party_to_case")
    return run in classes or any(run.endswith(w) and run.removesuffix(w) in outside() for w in classes)


def of_a_class(token: Token) -> bool:
    """Whether a word is for a class of firms: 百貨店, but not 楽天グループ."""
    whole = "固有名詞" in token.pos and token.surface not in words("class_of_firms")
    return not whole and token.surface.endswith(tuple(words("class_of_firms")))


def named_class(tokens: Sequence[Token], at: int) -> bool:
    """Whether a proper name stands right before a word for a class of firms: 青葉｜百貨店｜株式会社."""
    lead = tokens[at - 1] if at and tokens[at - 1].end == tokens[at].start else None
    if lead is None or lead.surface in countries():
        return False
    # あかつき｜フィナンシャル｜グループ: so long a run is a name, whatever its words are.
    led = at > 1 and tokens[at - 2].end == lead.start and in_name(tokens[at - 2])
    latin = KATAKANA.fullmatch(lead.surface) is not None and led
    return latin or "固有名詞" in lead.pos or lead.surface in words("name_of_firms")


def with_ordinal(text: str, start: int) -> int:
    """Return where a name begins if the ordinal before it is of it: 第一｜青葉商事株式会社."""
    ordinal = FIRST.search(text, max(0, start - 3), start)
    return ordinal.start(1) if ordinal else start
