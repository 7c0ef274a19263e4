"""Fixed words in a text, found all at once by an Aho-Corasick automaton, however many there are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


class Endings:
    """Words that end names: where one of them ends."""

    def __init__(self, words: Iterable[str]) -> None:
        """Index ``words``, none of them empty."""
        self._automaton = AhoCorasick(
            list(words), matchkind=MatchKind.Standard, implementation=Implementation.ContiguousNFA
        )

    def find(self, text: str) -> list[int]:
        """Return the offsets in ``text`` at which a word ends, in text order, each once.

        >>> Endings(["会", "委員会"]).find("委員会と部会")
        [3, 6]
        """
        found = self._automaton.find_matches_as_indexes(text, overlapping=True)
        return list(dict.fromkeys([end for _, _, end in found]))


class Names:
    """Names that a text has introduced: where they stand."""

    def __init__(self, names: Iterable[str]) -> None:
        """Index ``names``, none of them empty."""
        known = list(names)
        self._automaton = AhoCorasick(known, matchkind=MatchKind.LeftmostLongest) if known else None

    def find(self, text: str) -> Iterator[tuple[int, int, str]]:
        """Yield half-open spans and names, in text order; they do not overlap, the longer name counts.

        >>> list(Names(["部会", "作業部会"]).find("作業部会と部会"))
        [(0, 4, '作業部会'), (5, 7, '部会')]
        """
        if self._automaton is not None:
            for _, start, end in self._automaton.find_matches_as_indexes(text):
                yield start, end, text[start:end]
