"""Names in parts: those that an acronym interrupts, and those of a list that share their beginning."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.entities.laws.around import grown, word_goes_on
from pipeline.entities.laws.citation import Citation, Find
from pipeline.entities.laws.pattern_words import JOINER
from pipeline.entities.names.definitions import on_edges
from pipeline.model.rule import Rule
from pipeline.numerals import NUMBER, number

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator

    from pipeline.entities.laws.registry import Instrument
    from pipeline.entities.names.registry import Lexicon

# 日米宇宙状況監視（SSA）協力取極: the acronym is no part of the name.
ACRONYM = Rule(
    "acronym_in_a_name",
    r"[ 　]?（[A-Za-z][A-Za-z&/-]{1,9}）[ 　]?",
    reads=("状況監視⟦（SSA）⟧協力取極",),
    leaves=("（平成25年）",),
)
# TPP（環太平洋パートナーシップ）協定
GLOSSED = Rule(
    "gloss_of_an_acronym_in_a_name",
    r"(?<=[A-Z])[ 　]?（[一-龥ぁ-んァ-ヶー・]{4,40}）[ 　]?(?=協定|条約|議定書)",
    reads=("TPP⟦（環太平洋パートナーシップ）⟧協定",),
    leaves=("TPP⟦（環太平洋パートナーシップ）を",),
)
_ILO = Rule(
    "numbered_ilo_convention",
    rf"(?P<owner>(?:国際労働機関（ILO）|ILO|国際労働機関)の?)(?:(?P<number>第{NUMBER}号)条約|条約(?P<behind>第{NUMBER}号))",
    reads=("⟦国際労働機関（ILO）第98号条約⟧", "⟦ILO条約第29号⟧", "⟦ILO第百十一号条約⟧を"),
    leaves=("第98号条約",),
)
_ILO_NEXT = Rule(
    "further_ilo_convention",
    rf"(?:、(?:{JOINER})?|{JOINER}|・|と)"
    rf"(?P<whole>(?P<number>第{NUMBER}号)条約|(?:条約)?(?P<behind>第{NUMBER}号)(?!条約))",
    reads=("条約⟦及び第111号条約⟧", "条約第29号⟦、第105号⟧を"),
    leaves=("条約⟦第111号",),
)
# How far a name may reach to either side of an acronym in it (決め打ち).
_REACH = 60


def interrupted(text: str, lexicon: Lexicon[Instrument], edges: frozenset[int]) -> Iterator[Find]:
    """Yield the registered names that an acronym interrupts: 地域的な包括的経済連携（RCEP）協定."""
    if "（" not in text:
        return
    for match in (*ACRONYM.finditer(text), *GLOSSED.finditer(text)):
        width = match.end() - match.start()
        first = max(0, match.start() - _REACH)
        joined = text[first : match.start()] + text[match.end() : match.end() + _REACH]
        for hit in lexicon.find(joined):
            start, end = first + hit.start, first + hit.end + width
            whole = on_edges(text, start, end, edges) and not word_goes_on(text, start, end)
            if start < match.start() and match.end() < end and whole:
                yield grown(text, start, end, "registry", Citation(joined[hit.start : hit.end], hit.records))


def of_the_ilo(text: str, lexicon: Lexicon[Instrument]) -> Iterator[Find]:
    """Yield the conventions that the ILO numbers: 国際労働機関（ILO）第98号条約."""
    for first in _ILO.finditer(text) if "ILO" in text or "国際労働機関" in text else ():
        match: re.Match[str] | None = first
        while match:
            serial = (match["number"] or match["behind"])[1:-1]
            name = f"ILO第{number(serial)}号条約"
            start = match.start() if match is first else match.start("whole")
            if match is first and match["owner"].endswith("の"):
                start = match.end("owner")
            yield grown(text, start, match.end(), "registry", Citation(name, lexicon.get(name)))
            match = _ILO_NEXT.match(text, match.end())
