"""LAW: statutes, treaties and other binding instruments, with number, prefix and place in the law.

A name is found in the registry (``registered.py``), by the grammar of titles (``titles.py``), by a
definition in the text
(``learned.py``), by its number alone, or as an anaphor (同法). What touches it belongs to the mention: 旧 or 改正
before it,
施行令, 案 or 改正議定書 behind it, its number in brackets, and the locators.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from dataclasses import replace
from operator import itemgetter
from typing import TYPE_CHECKING

from pipeline.entities.laws.aliases import Aliases
from pipeline.entities.laws.amending import OPENS, marked, quoted
from pipeline.entities.laws.anaphora import Places, anaphors, same_places, take
from pipeline.entities.laws.around import of_another_state
from pipeline.entities.laws.citation import LABEL, Citation, Find
from pipeline.entities.laws.enclosed import enclosed
from pipeline.entities.laws.grown_names import protocol_of, short_before, with_protocols
from pipeline.entities.laws.learned import definitions, denied, formal, glosses, is_name, of_the_same
from pipeline.entities.laws.locators import Locators
from pipeline.entities.laws.numbered import numbers
from pipeline.entities.laws.places_behind import Cells, places_behind
from pipeline.entities.laws.registered import names
from pipeline.entities.laws.statutes import JOINED_BEHIND
from pipeline.entities.names.definitions import behind_number
from pipeline.model.entity import Mention
from pipeline.model.rule import Rule
from pipeline.spans import longest

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.entities.laws.registry import Instrument
    from pipeline.entities.names.registry import Lexicon
    from pipeline.model.sentence import Analysis

_NEW = Rule(
    "name_of_a_revision",
    "改正|一部|新|年",
    reads=("改正農地法",),
    leaves=("農地法",),
)
# 告示第53号電波法｜の規定に基づく: the law begins the title of what has the number.
_PART_OF_A_TITLE = Rule(
    "title_goes_on_behind_a_law",
    "(?:の規定)?に(?:基づ|規定|定め)|の規定に(?:より|よる)|の(?:施行|一部)|(?!違反)[一-龥]",
    reads=("電波法⟦の規定に基づ⟧き", "電波法⟦に基づ⟧く"),
    leaves=("電波法⟦による", "電波法⟦違反", "電波法⟦の規定は"),
)


class _Learned:
    """What a first reading of all sentences takes from them."""

    def __init__(self) -> None:
        """Start without anything."""
        self.found: list[list[Find]] = []
        self.numbered: list[list[Find]] = []
        self.defined = Aliases()
        self.denied: set[str] = set()
        self.before: list[Find] = []
        self.glosses: dict[int, list[Find]] = defaultdict(list)

    def read(self, analysis: Analysis, index: int, lexicon: Lexicon[Instrument]) -> None:
        """Take in the ``index``-th sentence."""
        text = analysis.sentence.text
        found = with_protocols(text, formal(text, list(names(analysis, lexicon))))
        short = list(short_before(analysis, found, lexicon))
        self.found.append(_of_one_state(text, [*short, *found]))
        for find in short:
            self.defined.add(analysis.sentence, index, (find.start, find.end), _bare(find.citation))
        for find in found:
            if own := protocol_of(text, find):
                self.defined.add(analysis.sentence, index, own, _bare(find.citation))
        self.denied |= denied(text)
        self._read_anaphors(analysis, index, _longest(list(found), text))
        for find in self.found[-1]:
            for span, meant in definitions(text, find, lexicon):
                self.defined.add(analysis.sentence, index, span, meant)
            for gloss in glosses(text, find.end, _bare(find.citation)):
                self.glosses[index].append(gloss)
                if " " not in text[gloss.start : gloss.end]:
                    self.defined.add(analysis.sentence, index, (gloss.start, gloss.end), gloss.citation)
        self.numbered.append(list(numbers(text)))
        for find in self.numbered[-1]:
            called = behind_number(text, find.end)
            if called and is_name(text[slice(*called)]):
                self.defined.add(analysis.sentence, index, called, _bare(find.citation, number=True))

    def _read_anaphors(self, analysis: Analysis, index: int, found: list[Find]) -> None:
        """Take in what a sentence calls what 同法案 names: the law named last in it or before it."""
        for span, meant in of_the_same(analysis.sentence.text, [*self.before, *found]):
            self.defined.add(analysis.sentence, index, span, _bare(meant.citation))
        self.before = [replace(find, start=-2, end=-1) for find in found] or self.before


def recognize(analyses: Sequence[Analysis], lexicon: Lexicon[Instrument]) -> Iterator[Mention[Citation]]:
    """Yield the mentions of binding instruments; mentions may overlap, the longest counts.

    Args:
        analyses: The sentences of a document with their tokens; spans count code points of a sentence.
        lexicon: The names of the registry.
    """
    learned = _Learned()
    for index, analysis in enumerate(analyses):
        learned.read(analysis, index, lexicon)
    places, cells = Places(), Cells()
    for index, analysis in enumerate(analyses):
        text = analysis.sentence.text
        found = [find for find in learned.found[index] if find.citation.name not in learned.denied]
        defined = learned.defined.finds(analysis.sentence, index, analysis.edges)
        # A number that a name ends in front of belongs to the mention of the name, which is longer.
        numbered = [*learned.numbered[index], *_numbered_anaphors(text, analysis.edges)]
        finds = _longest([*defined, *learned.glosses[index], *found, *numbered], text)
        placed = cells.place(analysis.sentence) if not finds else None
        finds = [placed] if placed else _titled_behind(text, finds)
        cells.read(analysis.sentence, finds)
        for find in _with_the_rest(text, finds, analysis.edges, places):
            rule = find.rule if not find.citation.locators.article else f"{find.rule}_place"
            yield Mention(LABEL, index, find.start, find.end, rule, find.citation)


def _with_the_rest(text: str, finds: Sequence[Find], edges: frozenset[int], places: Places) -> Iterator[Find]:
    """Yield the finds of a sentence, and what leans on them: 同法, 同条, places behind a quotation."""
    places.amending = places.amending or OPENS.search(text) is not None
    if not finds and not any(sign in text for sign in "同条章"):
        return
    taken = bytearray(len(text))
    for find in finds:
        take(taken, find)
    behind = list(places_behind(text, finds, taken))
    brackets = _behind_laws(finds, enclosed(text, "（", "）") if finds and "（" in text else [])
    quotes = quoted(text)
    yield from marked((_aside(find, brackets) for find in (*finds, *behind)), quotes)
    again = list(anaphors(text, taken, edges, amending=places.amending))
    again = [*again, *places_behind(text, again, taken)]
    places.read(text, [*finds, *behind, *again], taken, quotes)
    yield from marked(again, quotes)
    if "同" in text:
        yield from marked(same_places(text, taken, edges, places), quotes)


def _numbered_anaphors(text: str, edges: frozenset[int]) -> list[Find]:
    """Return the anaphors whose number stands behind them: 同法施行規則（昭和26年農林省令第35号）."""
    if "同" not in text or "（" not in text:
        return []
    return [find for find in anaphors(text, bytearray(len(text)), edges) if find.citation.number]


def _titled_behind(text: str, finds: list[Find]) -> list[Find]:
    """Give a number the title that runs on behind it: 昭和22年法律第67号｜地方自治法."""
    titles = {find.start: find for find in finds if find.citation.name and find.rule != "definition"}
    return [_under(text, find, titles.get(find.end)) if find.rule == "number" else find for find in finds]


def _under(text: str, number: Find, title: Find | None) -> Find:
    if title is None or number.citation.name or _PART_OF_A_TITLE.match(text, title.end):
        return number
    act = "法律" in number.citation.number
    if title.citation.locators.article or act != text[: title.end].endswith(("法", "法律")):
        return number
    cited = replace(
        title.citation, number=number.citation.number, locators=Locators(), aside=number.citation.aside
    )
    return replace(number, citation=cited)


def _bare(citation: Citation, *, number: bool = False) -> Citation:
    """Return the citation without what only this mention says: its places, its number, its prefix."""
    kept = citation.number if number else ""
    return replace(citation, locators=Locators(), number=kept, prefix="", owner=-1)


def _of_one_state(text: str, finds: list[Find]) -> list[Find]:
    """Let a list that begins with another state's law go on with its laws: 中国のX法及び個人情報保護法."""
    ends = {find.end: find for find in finds if find.citation.foreign}
    if not ends:
        return finds
    known: list[Find] = []
    for find in sorted(finds, key=lambda find: find.start):
        before = next(
            (ends[at] for at in range(find.start - 1, max(-1, find.start - 70), -1) if at in ends), None
        )
        joined = before is not None and JOINED_BEHIND.fullmatch(text, before.end, find.start)
        if joined and not find.citation.foreign:
            find = replace(find, citation=of_another_state(find.citation))
            ends[find.end] = find
        known.append(find)
    return known


def _behind_laws(finds: Sequence[Find], brackets: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the brackets that stand behind a find, a closing mark between them or none."""
    ends = {find.end for find in finds}
    return [(start, end) for start, end in brackets if start in ends or start - 1 in ends]


def _aside(find: Find, brackets: Sequence[tuple[int, int]]) -> Find:
    """Note of a find in a bracket behind another one where the bracket ends: it is said in passing.

    The brackets stand in text order, and none within another.
    """
    at = bisect_right(brackets, find.start, key=itemgetter(0)) - 1
    if at >= 0 and find.end <= brackets[at][1]:
        return replace(find, citation=replace(find.citation, aside=brackets[at][1]))
    return find


def _longest(finds: list[Find], text: str) -> list[Find]:
    """Keep the finds that no longer one holds; of equal spans the first rule counts.

    The title of an amending act that a short name begins (独占禁止法の一部を改正する法律) is that of the law in full.
    A registered title goes before one that grew from another, and a common name before its definition as
    that of an
    amending act (「…の一部を改正する法律」（通称：「特定電子メール法」））, unless it says so itself (改正農地法).
    """

    def rank(find: Find) -> int:
        suffix = find.citation.suffix
        if find.rule == "definition" and suffix.endswith("議定書"):
            return 0
        named = find.rule == "definition" and not text.endswith(suffix, find.start, find.end)
        if find.rule == "compound_title" and not find.citation.records:
            return 2
        if "の一部を改正する" in suffix and _is_short(find.citation):
            return -1
        return int(bool(suffix) and not (named and _NEW.search(text, find.start, find.end)))

    return longest(finds, lambda find: (find.start, find.end), rank)


def _is_short(citation: Citation) -> bool:
    """Whether all that the registry knows under a name has it as a short name."""
    return bool(citation.records) and all(name.kind == "short" for _, name in citation.records)
