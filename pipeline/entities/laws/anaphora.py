"""Citations that lean on what the text has named: 同法, 同条, 同令, 同第36条, and places without a name."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.entities.laws.amending import around
from pipeline.entities.laws.around import NUMBER_BRACKET
from pipeline.entities.laws.citation import Citation, Find
from pipeline.entities.laws.locators import LEVELS, Locators, read_locators
from pipeline.entities.laws.pattern_words import MADE, any_of, words
from pipeline.entities.names.phrases import alternatives
from pipeline.facts import column
from pipeline.model.rule import Rule
from pipeline.numerals import NUMBER

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_S = "[ 　]?"
# What 同 can stand before alone; longer heads (同取締令) count where the text has named such an instrument.
HEADS = frozenset(words("same_head"))
_LONGER = rf"[一-龥]{{1,8}}(?:{any_of('name_head')})"
# 同法律事務所, 同政令指定都市: words of their own, of which a kind of instrument is the beginning.
_NO_LAW = alternatives(column("law_words.csv", "word", "list", "no_law_behind_same"))
ANAPHOR = Rule(
    "instrument_named_again",
    rf"「?(?<!共)(?<!合)同(?!{_NO_LAW})(?P<head>{any_of('same_head')}|{_LONGER})"
    rf"(?P<own>{any_of('order_of_a_law')})?(?P<close>」)?(?![人的制務廷学曹定理科例令])",
    reads=("⟦同法⟧は", "⟦同条約⟧に", "⟦同法施行令⟧第3条", "⟦同令⟧に基づく"),
    leaves=("同法人は", "共同規則", "同法律事務所の"),
)
SAME_PLACE = Rule(
    "place_named_again",
    "同(?P<place>条|項|号)(?![約件例目室機線車館])",
    reads=("⟦同条⟧第2項は", "⟦同号⟧ロ"),
    leaves=("同条約",),
)
# 同第36条: the law named last.
SAME_LAW = Rule(
    "place_in_the_law_named_last",
    rf"同(?={_S}第?{_S}{NUMBER}(?:の{NUMBER})*{_S}条(?![約件例文]))",
    reads=("⟦同⟧第36条は",),
    leaves=("同法第36条",),
)
# 同法は…公布された, 同法の施行: what is done once, when an act is made.
ENACTED = Rule(
    "said_to_be_made",
    rf"[」』]?(?:[はがも][^。]{{0,40}}?(?:{MADE})(?:され|し|する|予定|の予定)|の?(?:{MADE})(?!令|規則|細則))",
    reads=("同法⟦は4月に施行され⟧た", "同法⟦の成立⟧"),
    leaves=("同法⟦の施行令",),
)
# 同法違反, 同法に基づく: what is done with a law that is in force, and not with the act that amends it.
APPLIED = Rule(
    "said_to_be_applied",
    rf"[」』]?(?:違反|に違反|に基づ|に(?:よ|定め|規定)|[上下]の|の(?:{any_of('applied')})|等)",
    reads=("同法⟦に基づ⟧く", "同法⟦違反⟧"),
    leaves=("同法⟦が成立",),
)
# （条約第2条）, 定義（法第2条関係）: which law, the text has said before; a bare name is none without a place.
BARE = Rule(
    "bare_name_with_a_place",
    rf"(?<![一-龥々ァ-ヶーA-Za-z」』])(?<!この)(?<!その)(?P<head>{any_of('bare_name')})"
    rf"(?={_S}(?:第?{_S}{NUMBER}{_S}条(?![約件例])|第{_S}{NUMBER}{_S}章))",
    reads=("（⟦条約⟧第2条）", "⟦法⟧第4章関係"),
    leaves=("この法第2条", "電波法第2条"),
)
# A place in something that is no instrument (ガイドライン第22条), or in the text itself (前項), to which 同条 and
# 同項 then point.
BARE_PLACE = Rule(
    "place_of_no_instrument",
    rf"(?:第|(?<=[」）則程款綱]))(?:{_S}{NUMBER}{_S}[条項])(?![約件例文目])|[前次本][条項](?![約件例文目])",
    reads=("⟦第22条⟧による", "就業規則⟦32条⟧が", "⟦前項⟧の規定の適用については、同項中"),
    leaves=("第22号", "第22項目", "前条約"),
)


# So many quotations that replace words are looked over for the place before them (決め打ち).
MOST_QUOTES = 30


class Places:
    """Whether the place named last in a text is one of an instrument; 同条 points to no other (定款第20条)."""

    def __init__(self) -> None:
        """Start without any."""
        self.amending = False
        self._outside = False
        self._quotes: list[tuple[int, int]] = []
        self._places: list[int] = []
        self._own: set[int] = set()
        self._taken = bytearray()

    def read(self, text: str, finds: Sequence[Find], taken: bytearray, quotes: list[tuple[int, int]]) -> None:
        """Take in the places of the next sentence; what is ``taken`` later on counts as well.

        Args:
            text: The sentence.
            finds: The instruments in it.
            taken: For each character, whether it belongs to a mention.
            quotes: The spans of what it quotes to replace it.
        """
        self._outside = self.outside(len(self._taken))
        self._taken, self._quotes = taken, quotes
        self._own = {find.start for find in finds if find.citation.locators.article}
        bare = {match.start() for match in BARE_PLACE.finditer(text)}
        self._places = sorted(self._own | bare)

    def outside(self, start: int) -> bool:
        """Whether the nearest place before an offset of the sentence is no instrument's."""
        before, within = bisect_left(self._places, start) - 1, around(start, self._quotes)
        for passed in range(MOST_QUOTES):
            if before < 0:
                return bool(passed) or self._outside  # behind a quotation, no sentence before is spoken of
            nearest = self._places[before]
            quote = around(nearest, self._quotes)
            if within or quote is None:
                return nearest not in self._own and not self._taken[nearest]
            before = bisect_left(self._places, quote[0]) - 1  # what is quoted says nothing of what follows
        return True


def anaphors(text: str, taken: bytearray, edges: frozenset[int], *, amending: bool = False) -> Iterator[Find]:
    """Yield 同法 and its like, 同第36条, and bare names with a place, none of them ``taken``.

    Args:
        text: A sentence.
        taken: For each character, whether it belongs to a mention.
        edges: Where words begin.
        amending: The text amends an instrument, which alone says what its 法 is.
    """
    same = ANAPHOR.finditer(text) if "同" in text else ()
    bare = BARE.finditer(text) if "条" in text or "章" in text else ()
    for match in (*same, *bare):
        find = _anaphor(text, match.start(), match.end(), match.groupdict(default=""))
        if amending and text[match.start()] not in "同「":
            find = replace(find, citation=replace(find.citation, undefined=True))
        if not any(taken[find.start : find.end]) and find.start in edges:
            take(taken, find)
            yield find
    if "同" in text:
        for match in SAME_LAW.finditer(text):
            end, locators = read_locators(text, match.end())
            if not any(taken[match.start() : end]) and match.start() in edges:
                find = Find(match.start(), end, "anaphor", Citation(anaphor="同", locators=locators))
                take(taken, find)
                yield find


def take(taken: bytearray, find: Find) -> None:
    """Mark the characters of a find: a list of spans would make long sentences slow."""
    taken[find.start : find.end] = b"\1" * (find.end - find.start)


def same_places(text: str, taken: bytearray, edges: frozenset[int], places: Places) -> Iterator[Find]:
    """Yield 同条, 同項 … where the nearest place before them is an instrument's, none of them ``taken``."""
    for match in SAME_PLACE.finditer(text):
        start, place = match.start(), match["place"]
        end, locators = read_locators(text, match.end(), within=LEVELS.index(place))
        if not any(taken[start:end]) and start in edges and not places.outside(start):
            find = Find(start, end, "anaphor", Citation(anaphor=place, locators=locators))
            take(taken, find)
            yield find


def _anaphor(text: str, start: int, end: int, named: dict[str, str]) -> Find:
    if text[start] == "「" or named.get("close"):
        start, end = start + (text[start] == "「"), end - bool(named.get("close"))
    bracket = NUMBER_BRACKET.match(text, end)
    end = bracket.end() if bracket else end
    supplement = text.startswith(("附則", "の附則"), end)
    end, locators = read_locators(text, end)
    citation = Citation(
        supplement=supplement,
        anaphor=named["head"],
        suffix=named.get("own", ""),
        bill=named["head"].endswith("案"),
        number=bracket.group(1) if bracket else "",
        locators=locators,
        enacted=ENACTED.match(text, end) is not None,
        applied=APPLIED.match(text, end) is not None,
    )
    return Find(start, end, "anaphor", citation)


def resolved_place(place: str, before: Locators, own: Locators) -> Locators:
    """Return the places of 同条, 同項 or 同号 behind ``before``, with what it says itself."""
    level = LEVELS.index(place)
    kept = [
        tuple(value.rpartition("-")[2] for value in column[-1:])
        for column in (before.article, before.paragraph, before.item)
    ]
    written = (own.article, own.paragraph, own.item)
    # 同条第2項及び第36条第6項: its own article comes first.
    return Locators(*((*kept[n], *written[n]) if n <= level else written[n] for n in range(3)))
