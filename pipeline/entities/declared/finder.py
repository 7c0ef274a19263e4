"""The mentions of a declared type: words by one automaton, however many there are, and patterns by RE2."""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from pipeline.entities.declared.amounts import SCALES
from pipeline.entities.declared.norms import fields, filled
from pipeline.entities.declared.patterns import compiled, spans
from pipeline.entities.names.find import Find
from pipeline.entities.names.own import stands
from pipeline.numerals import KANJI
from pipeline.spans import longest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.entities.declared.table import Declared
    from pipeline.model.sentence import Analysis

WORD, PATTERN = "own_type_word", "own_type_pattern"
"""The rules of a mention of a declared type."""
_NUMERALS = frozenset(KANJI + "0123456789" + "".join(sign for sign, _ in SCALES))
_WITHIN = frozenset(",.")


class Finder:
    """Finds the mentions of one declared type in sentences."""

    def __init__(self, declared: Declared) -> None:
        """Index its words and compile its patterns."""
        words = list(dict(declared.words))
        self._norms = list(dict(declared.words).values())
        # A standard automaton tells overlapping words, too: the longest may stand in the middle of another.
        self._words = (
            AhoCorasick(
                words, matchkind=MatchKind.Standard, implementation=Implementation.ContiguousNFA
            )
            if words
            else None
        )  # fmt: skip
        self._patterns = [compiled(pattern) for pattern in declared.patterns]
        self._norm = fields(declared.norm)
        self._unless = declared.unless_before, declared.unless_behind
        whole = declared.whole_words
        self._whole_words, self._whole_patterns = whole is not False, whole is True

    def find(self, analysis: Analysis) -> list[Find[str]]:
        """Return the mentions in a sentence, in text order, each with its norm; none overlap."""
        found = [*self._by_word(analysis), *self._by_pattern(analysis)]
        before, behind = self._unless
        if found and (before or behind):
            text = analysis.sentence.text
            found = [
                f for f in found if not (text.endswith(before, 0, f.start) or text.startswith(behind, f.end))
            ]
        return longest(found, attrgetter("span")) if len(found) > 1 else found

    def witnessed(self, analysis: Analysis) -> set[int]:
        """Return the numbers of the patterns that find something in a sentence, overlapped or not."""
        text = analysis.sentence.text
        return {n for n, pattern in enumerate(self._patterns, 1) if any(True for _ in spans(pattern, text))}

    def _by_word(self, analysis: Analysis) -> Iterator[Find[str]]:
        if self._words is None:
            return
        text = analysis.sentence.text
        for index, start, end in self._words.find_matches_as_indexes(text, overlapping=True):
            edges = analysis.edges if self._whole_words else frozenset((start, end))
            if stands(text, start, end, edges):
                yield Find(start, end, WORD, self._norms[index])

    def _by_pattern(self, analysis: Analysis) -> Iterator[Find[str]]:
        text = analysis.sentence.text
        for pattern in self._patterns:
            for start, end, groups in spans(pattern, text):
                edges = analysis.edges if self._whole_patterns else frozenset((start, end))
                if stands(text, start, end, edges) and not _cuts_number(text, start, end):
                    yield Find(start, end, PATTERN, filled(self._norm, text[start:end], groups))


def _cuts_number(text: str, start: int, end: int) -> bool:
    """Whether a number runs on across an edge of the span: 500円 of 1,500円, 1億 of 1億5千."""
    return _runs_on(text, start) or _runs_on(text, end)


def _runs_on(text: str, at: int) -> bool:
    if not 0 < at < len(text):
        return False
    before, after = text[at - 1], text[at]
    if before in _NUMERALS and after in _NUMERALS:
        return True
    # 1,500 is one number and １、５ are two: the text is clean.
    marks = (text[at - 2 : at - 1] + before + after, before + after + text[at + 1 : at + 2])
    return any(
        len(part) == 3 and part[1] in _WITHIN and part[0].isdecimal() and part[2].isdecimal()
        for part in marks
    )
