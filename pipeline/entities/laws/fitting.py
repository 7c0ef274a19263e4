"""Which instruments an anaphor can mean: 同条約 a treaty, 同省令 an order, 同法 a law and hardly a constitution."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.entities.laws.locators import LEVELS
from pipeline.facts import column

if TYPE_CHECKING:
    from pipeline.entities.laws.citation import Citation
    from pipeline.entities.laws.resolved import ResolvedLaw

LAW_HEADS = frozenset({"法", "法律"})
TREATY_HEADS = frozenset({"条約", "条約案", "協定", "協定案", "取極", "議定書", "憲章"})
TREATY_KINDS = frozenset(
    {
        "treaty",
        "agreement",
        "arrangement",
        "protocol",
        "charter",
        "exchange_of_notes",
        "convention",
        "amendment",
    }
)
ORDER_HEADS = {
    "政令": ("施行令",),
    "省令": ("施行規則",),
    "府令": ("施行規則",),
    "規則": ("施行規則",),
    "告示": (),
    "訓令": (),
}
_LONG = frozenset(column("law_words.csv", "word", "list", "long_law"))
# Few laws have more articles (決め打ち); those that do are listed.
FAR = 300
# What was made once for many laws has as many articles as it likes.
_FOR_MANY = ("の整備", "の整理", "改正する", "施行法", "施行に伴う")
# The Constitution of Japan ends with its article 103.
LAST_ARTICLE = 103


def can_mean(citation: Citation, past: Citation, law: ResolvedLaw) -> bool:
    """Whether the anaphor ``citation`` can point back to ``law``, which ``past`` cites."""
    head, norm = citation.anaphor, law.norm
    names = (norm, past.name + "案" * past.bill)
    if head in LEVELS:
        return bool(law.locators.article)
    if head == "同":
        return bool(law.locators.article)
    if head in ("法案", "法律案"):
        return norm.endswith(("法案", "法律案")) or past.amended
    if citation.bill:
        return any(name.endswith(head) for name in names)
    treaty = law.kind in TREATY_KINDS or norm.endswith(tuple(TREATY_HEADS))
    if head in TREATY_HEADS:
        return treaty and (any(name.endswith(head) for name in names) or head == "条約")
    if treaty:
        return False
    if head in (*LAW_HEADS, "改正法", "特措法"):
        return bool(re.search(r"(?:法|法律|憲法)(?:案)?$", norm))
    if head in ORDER_HEADS:
        # 施行令 is a 政令, 施行規則 a 省令 or 府令; else the number says what it is.
        return bool(re.search(rf"{head}第", law.law_num)) or norm.endswith((head, *ORDER_HEADS[head]))
    return any(name.endswith(head) for name in names)


def constitution(title: str) -> bool:
    """Whether a title is that of a constitution, which texts call 憲法 and not 同法."""
    return title.endswith("憲法")


def too_far(law: ResolvedLaw, articles: tuple[str, ...]) -> bool:
    """Whether articles, as the columns write them, are none of a law of Japan: 同法739条 is none of 戸籍法."""
    if not law.law_id or law.norm in _LONG or any(words in law.norm for words in _FOR_MANY):
        return False
    numbers = (end.partition("_")[0] for article in articles for end in article.split("-"))
    return any(number.isdigit() and int(number) > FAR for number in numbers)


def outside_of(title: str, articles: tuple[str, ...]) -> bool:
    """Whether articles, as the columns write them, are none of the Constitution of Japan.

    >>> outside_of("日本国憲法", ("322",)), outside_of("日本国憲法", ("24",)), outside_of("民法", ("322",))
    (True, False, False)
    """
    if title != "日本国憲法":
        return False
    numbers = [number for article in articles for number in article.split("-")]
    return any("_" in number or (number.isdigit() and int(number) > LAST_ARTICLE) for number in numbers)
