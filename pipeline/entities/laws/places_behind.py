"""Places apart from the name of their law: behind a mark or の, in a bracket, in the next cell of a row."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.entities.laws.anaphora import take
from pipeline.entities.laws.citation import Find
from pipeline.entities.laws.locators import read_locators
from pipeline.entities.laws.pattern_words import JOINER
from pipeline.entities.names.phrases import alternatives
from pipeline.facts import column
from pipeline.model.rule import Rule
from pipeline.numerals import NUMBER

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator, Sequence

    from pipeline.entities.laws.citation import Citation
    from pipeline.entities.laws.locators import Locators
    from pipeline.model.sentence import Sentence

_S = "[ 　]?"
_BEHIND = alternatives(column("law_words.csv", "word", "list", "behind_an_article"))
# 四条 in kanji without 第 is an article where the sentence goes on behind it, and no part of a name (四条河原町).
_GOES_ON = rf"(?=[ぁ-ん、。，・（）」：； 　第]|{NUMBER}|[項号等及又若並]|{_BEHIND}|$)"
_SO_MANY = alternatives(column("law_words.csv", "word", "list", "number_of_things"))
_BRACKET = rf"{_S}(?:（[^（）]{{1,120}}(?:（[^（）]{{0,40}}）[^（）]{{0,80}})?）|〔[^〔〕]{{1,120}}〕|［[^［］]{{1,120}}］)"
# 「道路交通法」（昭和35年法律第105号）第65条: what may stand between a name and its place.
BETWEEN = Rule(
    "between_a_name_and_its_place",
    rf"(?:の|[」』](?:{_BRACKET}){{0,2}}|(?:{_BRACKET}){{1,2}})"
    rf"(?={_S}(?:第|附則|(?<=[」』）〕］])別表第|"
    rf"(?:\d{{1,4}}(?:[のノ]{NUMBER})*{_S}条(?![約件例文])|{NUMBER}(?:[のノ]{NUMBER})*条{_GOES_ON})"
    rf"(?!{_SO_MANY})))",
    reads=(
        "道路交通法⟦」（昭和35年法律第105号）⟧第65条",
        "電気通信事業法⟦（以下「法」という。）⟧第27条の12",
        "労働契約法⟦（平成30年法律第71号による改正前のもの）⟧20条",
        "政治資金規正法⟦の⟧第12条",
        "電気通信事業法⟦〔以下「法」という。〕⟧第27条の12",
        "電気通信事業法⟦［以下「法」という。］⟧27 条",
        "電気通信事業法⟦（以下「法」という。）⟧別表第1",
    ),
    leaves=(
        "道路交通法⟦第65条",
        "道路交通法⟦（略称）3件",
        "古都保存法⟦（略称）四条河原町",
        "民法⟦（改正法）5条ほど",
        "憲法⟦の三条件",
        "電気通信事業法⟦の別表第1",
    ),
)
# 労働基準法（第36条）: a bracket that holds nothing but the place.
ENCLOSED = Rule(
    "bracket_before_a_place",
    rf"[」』]?{_S}（(?=第?\d{{1,4}}(?:の\d{{1,3}})*条(?![約件例文])|第{NUMBER}(?:の{NUMBER})*条(?![約件例文]))",
    reads=("労働基準法⟦（⟧第36条）", "憲法⟦（⟧25条）", "憲法⟦（⟧第二十五条）"),
    leaves=("憲法⟦（25条約）", "憲法⟦（四条）", "憲法⟦（略称）第25条"),
)
# …の施設基準等（平成20年厚生労働省告示第63号）第二号: the order by its number alone, whose places are items.
NUMBERED = Rule(
    "place_behind_a_number_in_a_bracket",
    rf"）(?={_S}第{NUMBER}(?:の{NUMBER})*[条項号])",
    reads=("（平成20年厚生労働省告示第63号⟦）⟧第二号",),
    leaves=("（平成20年厚生労働省告示第63号⟦）の第二号", "（平成20年厚生労働省告示第63号⟦）第2回"),
)
# 第9項（同法第90条第7項において準用する場合を含む。）、第110条: the list goes on behind what cites another place.
GOES_ON = Rule(
    "list_of_places_behind_a_citation",
    rf"（(?:[^（）]|（[^（）]{{1,80}}）){{1,160}}(?<=。)）"
    rf"(?:、(?:{JOINER})?|{JOINER})(?=第{NUMBER}(?:の{NUMBER})*条(?![約件例文]))",
    reads=("第9項⟦（同法第90条において準用する場合を含む。）、⟧第110条",),
    leaves=("第9項⟦（略称）、第110条", "第9項⟦（同法第90条において準用する場合を含む。）の規定"),
)
CLOSES = ("）", "等）", "関係）", "参照）")


def places_behind(text: str, finds: Sequence[Find], taken: bytearray) -> Iterator[Find]:
    """Yield the places behind the quotation mark or the bracket of a name: mentions on their own."""
    for find in finds:
        yield from _further(text, find, taken)
        if find.citation.locators.article:
            continue
        enclosed = ENCLOSED.match(text, find.end)
        alone = find.rule == "number" and text[find.start - 1 : find.start] == "（"
        numbered = NUMBERED.match(text, find.end) if alone else None
        between = enclosed or numbered or _between(text, find.end)
        if between is None:
            continue
        start = between.end()
        end, locators = read_locators(text, start)
        if enclosed and not text.startswith(CLOSES, end):
            continue
        blank = text[start] in " 　"
        place = locators.article or numbered or _supplement(text, start, locators)
        if end > start and place and not any(taken[start:end]):
            own = Find(start + blank, end, find.rule, replace(_unnumbered(find.citation), locators=locators))
            take(taken, own)
            yield own


def _between(text: str, end: int) -> re.Match[str] | None:
    """Return what stands between a name and its place; behind a chapter (協定第二章（…）第二・三条) another way."""
    return None if text[end - 1] == "章" else BETWEEN.match(text, end)


def _further(text: str, find: Find, taken: bytearray) -> Iterator[Find]:
    """Yield the places of a list that go on behind a bracket in which another place is cited."""
    end = find.end if find.citation.locators.article else len(text)
    while between := GOES_ON.match(text, end):
        start = between.end()
        end, locators = read_locators(text, start)
        if end <= start or any(taken[start:end]):
            return
        own = Find(start, end, find.rule, replace(_unnumbered(find.citation), locators=locators))
        take(taken, own)
        yield own


def _supplement(text: str, start: int, locators: Locators) -> bool:
    """Whether a table, or a paragraph of the supplement, stands at ``start``; 附則 alone is no place."""
    return text.startswith("別表", start) or (text.startswith("附則", start) and bool(locators.paragraph))


def _unnumbered(citation: Citation) -> Citation:
    """Return a citation without its number, unless that is all that it says."""
    return replace(citation, number="" if citation.name or citation.anaphor else citation.number, near="")


class Cells:
    """The law that a cell of a table names alone: the place in the next cell of the row is one in it."""

    def __init__(self) -> None:
        """Start without any."""
        self._named: Find | None = None
        self._cell = ("", -1, -1)

    def place(self, sentence: Sentence) -> Find | None:
        """Return the place that the next cell holds and nothing else: 河川法 | 第9条."""
        beside = self._cell == (sentence.block_id, sentence.row, sentence.column - 1)
        # 民法 | 1050条 says how many articles there are.
        if self._named is None or not beside or not sentence.text.startswith("第"):
            return None
        end, locators = read_locators(sentence.text, 0)
        if not locators.article or sentence.text[end:].strip():
            return None
        citation = replace(_unnumbered(self._named.citation), locators=locators)
        return Find(0, end, self._named.rule, citation)

    def read(self, sentence: Sentence, finds: Sequence[Find]) -> None:
        """Take in a cell with what was found in it; one that holds a place as well passes it on to none."""
        alone = len(finds) == 1 and finds[0].end - finds[0].start == len(sentence.text.strip("「」 　"))
        named = finds[0] if alone and sentence.row >= 0 and not finds[0].citation.locators.article else None
        self._named, self._cell = named, (sentence.block_id, sentence.row, sentence.column)
