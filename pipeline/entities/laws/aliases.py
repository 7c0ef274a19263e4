"""Names of laws that a text defines itself, at their definition and after it, as far as they hold."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pipeline.entities.laws.around import grown
from pipeline.entities.laws.citation import Citation, Find
from pipeline.entities.laws.pattern_words import any_of
from pipeline.entities.names.definitions import DEFINED, on_edges
from pipeline.entities.names.finders import Names
from pipeline.model.rule import Rule
from pipeline.numerals import NUMBER

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.model.sentence import Sentence

# 以下「法」という: so short a name counts only where something is done with it that is done with laws.
_BARE = frozenset(
    {"法", "令", "規則", "条約", "協定", "省令", "政令", "条例", "告示", "訓令", "府令", "則", "規"}
)
# 法規, 施規: of a list of short names, so short a name can be another word.
_SHORTEST = 2
_BARE_USE = Rule(
    "use_of_a_bare_name",
    rf"(?:施行令|施行規則)?(?:(?:第[ 　]?)?{NUMBER}[ 　]?[条章]|{any_of('use_of_a_bare_name')}|」)",
    reads=("法⟦第3条⟧", "法⟦3条⟧1項", "法⟦第 25 条⟧", "法⟦に基づ⟧く"),
    leaves=("法⟦が成立した",),
)
_NOT_BARE = Rule(
    "no_bare_name_behind",
    r"(?:[一-龥ァ-ヶー]|この|その|本)$",
    reads=("この", "電波"),
    leaves=("、",),
)
# 取締|法等: a name ends before 等, a place or a bracket, whatever the morphemes are.
_END = Rule(
    "end_of_a_defined_name",
    "[法令例則約定](?=[等第（」。、])",
    reads=("取締⟦法⟧等",),
    leaves=("取締⟦法学",),
)
# 以下この章において: how many headings of the path of the definition a use must share.
_SCOPE = Rule(
    "scope_of_a_definition",
    rf"以下[、,]?(?:この|本)(?P<unit>{any_of('scope')})",
    reads=("以下この章において",),
    leaves=("以下「法」という",),
)
_SHARED = {"編": 1, "部": 1, "章": 2}


@dataclass(frozen=True, slots=True)
class _Alias:
    sentence: int
    offset: int
    section: tuple[str, ...]
    citation: Citation


class Aliases:
    """What a document has defined.

    A name may be defined again, and then means something else from there on.
    """

    def __init__(self) -> None:
        """Start without a name."""
        self._known: dict[str, list[_Alias]] = defaultdict(list)
        self._made: dict[int, list[tuple[str, _Alias]]] = defaultdict(list)
        self._indexed: Names | None = None

    def add(self, sentence: Sentence, index: int, span: tuple[int, int], citation: Citation) -> None:
        """Take in a name that the text of ``sentence``, the document's ``index``-th, gives at ``span``."""
        start, end = span
        text = sentence.text
        opened = text.rfind("以下", max(0, start - 24), start)
        scope = _SCOPE.match(text, opened) if opened >= 0 else None
        depth = 0 if scope is None else _SHARED.get(scope["unit"], len(sentence.section))
        name = text[start:end]
        known = self._known[name]
        if opened >= 0 and DEFINED.match(text, opened) is None:
            depth = 0
        # A bare bracket (安保条約) says nothing new of a name that is defined, nor does a second reading of one
        # place.
        at = bisect_left(known, (index, start), key=_place)
        again = at < len(known) and _place(known[at]) == (index, start)
        # 法：電波法 … 法：放送法: a list of such names may begin anew.
        if not known or ((opened >= 0 or name in _BARE) and not again):
            own = _Alias(index, start, sentence.section[:depth], citation)
            known.insert(at, own)
            self._made[index].append((name, own))
            self._indexed = None

    def finds(self, sentence: Sentence, index: int, edges: frozenset[int]) -> Iterator[Find]:
        """Yield the names that hold in a sentence, where they stand in it."""
        text = sentence.text
        names = list(self._names().find(text))
        if names:
            edges |= {match.end() for match in _END.finditer(text)}
        for start, end, name in names:
            if not on_edges(text, start, end, edges):
                continue
            own = self._meant(name, sentence, index, start)
            at_definition = own is not None and (own.sentence, own.offset) == (index, start)
            if own is None or (_is_bare(name) and not at_definition and not _cited(text, start, end)):
                continue
            citation = replace(
                own.citation, bill=name.endswith("法案") or (own.citation.bill and _keeps(name))
            )
            find = grown(text, start, end, "definition", citation)
            if find.citation.suffix != citation.suffix:  # the number is that of the law, not of its 施行令
                find = replace(find, citation=replace(find.citation, number=""))
            yield find
        for name, own in self._made.get(index, ()):
            yield Find(own.offset, own.offset + len(name), "definition", own.citation)

    def _names(self) -> Names:
        """Return what finds the names; they are indexed once, after the last was taken in."""
        if self._indexed is None:
            self._indexed = Names(self._known)
        return self._indexed

    def _meant(self, name: str, sentence: Sentence, index: int, start: int) -> _Alias | None:
        """Return the latest definition before a use whose scope holds it."""
        known = self._known[name]
        for at in range(bisect_right(known, (index, start), key=_place) - 1, -1, -1):
            if sentence.section[: len(known[at].section)] == known[at].section:
                return known[at]
        return None


def _place(own: _Alias) -> tuple[int, int]:
    return own.sentence, own.offset


def _keeps(name: str) -> bool:
    """Whether a name of a bill means the bill: 同案, or letters (DMA); 以下「電波法」という speaks of the act."""
    return name.endswith("案") or name.isascii()


def _is_bare(name: str) -> bool:
    """Whether a name counts only with a place or the like: 法, or 施規 of a list of short names."""
    return name in _BARE or (len(name) <= _SHORTEST and name.endswith(("規", "則", "令")))


def _cited(text: str, start: int, end: int) -> bool:
    before = text[max(0, start - 2) : start]
    return _BARE_USE.match(text, end) is not None and not _NOT_BARE.search(before)
