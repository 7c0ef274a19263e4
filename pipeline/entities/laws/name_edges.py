"""Where a registered name begins and ends: at the edges of words, behind the name of a body."""

from __future__ import annotations

from pipeline.entities.laws.pattern_words import any_of
from pipeline.entities.names.definitions import on_edges
from pipeline.model.rule import Rule

# 1.1961年の麻薬に関する単一条約: the analyzer takes the number of a list and a year for one number.
_LISTED = Rule(
    "number_of_a_list_before_a_year",
    r"^[ 　]*\d{1,2}\.(?=(?:1[89]|20)\d\d年)",
    reads=("⟦1.⟧1961年の",),
    leaves=("⟦1.1961を", "第1.1961年の"),
)
# NPT6条: a number behind an acronym counts its articles.
_PLACE_BEHIND = Rule(
    "article_behind_an_acronym", r"\d{1,3}条(?![約件例文])", reads=("NPT⟦6条⟧の",), leaves=("NPT⟦6条件",)
)
# 学芸部会｜博物館法: what stands right behind the name of a body is a law and no law of that body.
_BODY = Rule(
    "body_before_a_registered_name",
    rf"[一-龥ァ-ヶー々]{{2}}(?:{any_of('body_before_a_name')})$",
    reads=("学芸部会", "文化審議会"),
    leaves=("部会", "学芸部会員"),
)
# 改正前｜刑法, 前示｜刑法第9条: the analyzer may take 前刑 for a word, and what is said of a law is none of its name.
_SAID = Rule(
    "said_before_a_registered_name",
    "(?:改正前|改正後|前示|右)$",
    reads=("改正前", "右"),
    leaves=("改正", "左"),
)


def behind_body(before: str) -> bool:
    """Whether what stands before a registered name ends with the name of a body: 学芸部会｜博物館法.

    >>> behind_body("学芸部会"), behind_body("船員")
    (True, False)
    """
    return _BODY.search(before) is not None


def behind_another(before: str) -> bool:
    """Whether a title cannot begin with what stands before a registered name: a body, or what it is in.

    >>> behind_another("会議中"), behind_another("学芸部会"), behind_another("船員")
    (True, True, False)
    """
    return before.endswith("中") or behind_body(before)


def whole(text: str, start: int, end: int, edges: frozenset[int]) -> bool:
    """Whether a name cuts no word in two."""
    if on_edges(text, start, end, _edges_at(text, start, end, edges)):
        return True
    acronym = text[start:end].isascii() and start in edges and _PLACE_BEHIND.match(text, end)
    return bool(acronym) and not (start and text[start - 1].isascii() and text[start - 1].isalnum())


def _edges_at(text: str, start: int, end: int, edges: frozenset[int]) -> frozenset[int]:
    """Return what counts as an edge for one name.

    Uniting the sets would copy a long sentence's for each of its names.
    """
    if _SAID.search(text[max(0, start - 3) : start]):
        edges = frozenset({start}) | (edges & {end})
    listed = _LISTED.match(text) if text[start - 1 : start] == "." else None
    if listed and listed.end() == start:
        edges = frozenset({start}) | (edges & {end})
    return edges if end in edges else _law_edges(text, end) | (edges & {start})


def _law_edges(text: str, end: int) -> frozenset[int]:
    """A name also ends where a place in the law, a bracket or 等 begins, whatever the morphemes are.

    農業協同組合|法等 is one.
    """
    behind = text[end : end + 1]
    ends = behind in {"第", "（", "」", "。", "、", ""} or (
        behind == "等" and text[end - 1] in "法令例則約定"
    )
    return frozenset({end}) if ends else frozenset()
