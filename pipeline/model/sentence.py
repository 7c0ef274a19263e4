"""Sentences, their tokens, and the way back to the raw text.

Offsets are half-open ``[start, end)`` and count Unicode code points: those of a token in the text of its
sentence, those that a sentence leads back to in the raw text.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, TypeVar
from weakref import ref

from pipeline.model.shown import cut

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pipeline.model.page import BlockKind

Made = TypeVar("Made")
# Of so many sentences is kept what was worked out of them: all of a usual white paper, but an eighth of those
# of 8 MB (決め打ち).
MOST_MADE = 8192


@dataclass(frozen=True, slots=True)
class Sentence:
    """An unbroken sentence (or heading, cell, caption) and the raw origin of each character.

    ``text[i]`` came from ``raw[starts[i]:ends[i]]``: half-open spans of code points. What interrupts the
    sentence in the raw text (line and page breaks, glosses, notes, footnote markers) is not in ``text``.

    Attributes:
        sentence_id: ``s00001`` …, in text order, unique in the document.
        text: The clean text, without line breaks.
        starts: For each character of ``text`` the raw offset at which its origin begins; as many as
            characters, and they never decrease. ``ends`` likewise where it ends.
        ends: See ``starts``.
        kind: What it is a part of: a ``paragraph``, a ``heading``, a ``table`` …
            (``docs/explanation/structure.md``).
        block_id: Of the :class:`Block` that it is a part of.
        section: The headings that it stands under, the uppermost first.
        row: Running number of the table row for cells, from 0, else -1.
        column: Of the table likewise.
    """

    sentence_id: str
    text: str
    starts: Sequence[int]
    ends: Sequence[int]
    kind: BlockKind
    block_id: str
    section: tuple[str, ...] = ()
    row: int = -1
    column: int = -1

    def __repr__(self) -> str:
        return f"<Sentence {self.sentence_id} {self.kind} {cut(self.text)!r}>"

    def raw_span(self, start: int, end: int) -> tuple[int, int]:
        """Return the span of the raw text that ``text[start:end]`` came from; both are half-open code points.

        Args:
            start: In ``text``.
            end: Likewise.

        Raises:
            IndexError: The span is empty or does not lie in ``text``.
        """
        if not 0 <= start < end <= len(self.text):
            raise IndexError(
                f"span [{start}, {end}) does not lie in a sentence of {len(self.text)} characters"
            )
        return self.starts[start], self.ends[end - 1]


class Token(NamedTuple):
    """A morpheme of a sentence: one long unit (mode C) of Sudachi.

    ``sentence.text[start:end] == surface``: half-open, in code points of the sentence's text.

    Attributes:
        start: Where it begins in the sentence's text.
        end: Where it ends there.
        surface: As it is written.
        pos: Sudachi's part of speech (UniDic), its levels joined by ``-`` (``名詞-固有名詞-地名-一般``).
        lemma: Sudachi's dictionary form.
        reading: In katakana, as Sudachi has it.
        norm: Sudachi's normalized form (付属 for 附属).
        units: Ends of the short (Sudachi mode A) and of the middle units (mode B) that it consists of,
            counted from ``start``; None where it is one unit.
        upos: UD tag, by GiNZA; empty with Sudachi alone.
        dep: UD relation to its head; likewise.
        head: Index of its head in the sentence, its own index for the root; -1 with Sudachi alone.
        bunsetsu: Index of its bunsetsu in the sentence; likewise.
    """

    start: int
    end: int
    surface: str
    pos: str
    lemma: str
    reading: str
    norm: str
    units: tuple[tuple[int, ...], tuple[int, ...]] | None = None
    upos: str = ""
    dep: str = ""
    head: int = -1
    bunsetsu: int = -1

    @property
    def parts(self) -> tuple[int, ...]:
        """Ends of its short units in the sentence's text; the last equals ``end``."""
        return tuple([self.start + unit for unit in self.units[0]]) if self.units else (self.end,)

    @property
    def middle(self) -> tuple[int, ...]:
        """Ends of its middle units in the sentence's text; the last equals ``end``."""
        return tuple([self.start + unit for unit in self.units[1]]) if self.units else (self.end,)


class _Made(Generic[Made]):
    """An attribute that is worked out when it is asked for, and forgotten when it was of many others since.

    A pass over a long document would else leave more behind than the document itself takes.
    """

    def __init__(self, make: Callable[[Any], Made]) -> None:
        self._make, self.__doc__, self._name = make, make.__doc__, make.__name__
        self._latest: deque[ref[Any]] = deque()

    def __get__(self, owner: Any, _: type | None = None) -> Made:
        if owner is None:
            return self  # type: ignore[return-value]  # as functools.cached_property
        made = owner.__dict__[self._name] = self._make(owner)
        self._latest.append(ref(owner))
        if len(self._latest) > MOST_MADE and (old := self._latest.popleft()()) is not None:
            old.__dict__.pop(self._name, None)
        return made


@dataclass(frozen=True)
class Analysis:
    """A sentence with its tokens: what recognizers read."""

    sentence: Sentence
    tokens: tuple[Token, ...]

    @_Made
    def edges(self) -> frozenset[int]:
        """The offsets at which a short unit begins or ends."""
        # Most sentences never need ``starts`` and ``ends``: made here, they would stay as long as the
        # document.
        tokens = self.tokens
        inner = [token[0] + unit for token in tokens if token[7] for unit in token[7][0]]
        return frozenset([*[token[0] for token in tokens], *[token[1] for token in tokens], *inner])

    @_Made
    def starts(self) -> frozenset[int]:
        """The offsets at which a token begins."""
        return frozenset([token.start for token in self.tokens])

    @_Made
    def ends(self) -> dict[int, int]:
        """The index of the token that ends at an offset."""
        return {token.end: index for index, token in enumerate(self.tokens)}
