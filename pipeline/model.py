"""Every type that crosses a stage border.

All spans are half-open ``[start, end)``. Offsets of a :class:`Source`, :class:`Block`, :class:`Entity`
count Unicode code points of the raw text; offsets of a :class:`Token` or a :class:`Mention` count
code points of the text of their :class:`Sentence`, which knows the way back to the raw text.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from pipeline.printed import Print

Label = Literal["ORG", "DATE", "LAW"]
LABELS: tuple[Label, ...] = ("ORG", "DATE", "LAW")

Format = Literal["text", "html", "pdf"]
BlockKind = Literal[
    "heading",
    "paragraph",
    "list_item",
    "table",
    "caption",
    "footnote",
    "reference",
    "running_head",
    "page_number",
    "gloss",
]


class HakushoError(Exception):
    """A user's error: one line that says what was found, what was wanted and what to do."""


@dataclass(frozen=True, slots=True)
class Source:
    """One document as read: its text and what is known of it.

    Attributes:
        raw: The decoded or extracted text; every offset of the results counts its code points.
        sha256: Of the file's bytes (of the UTF-8 form for a text that came from memory).
        reference_date: The day on which the document speaks; ``None`` leaves deictic dates unresolved.
        format: What the file was; the text of HTML and PDF is written beside the results as ``source.txt``.
        printed: Of a PDF: where its characters are printed.
        warnings: What of the file could not be read, a line each: scanned pages, letters without a meaning.
    """

    doc_id: str
    raw: str
    sha256: str = ""
    path: str = ""
    encoding: str = "utf-8"
    title: str = ""
    publisher: str = ""
    edition: str = ""
    part: str = ""
    reference_date: date | None = None
    licence: str = ""
    url: str = ""
    format: Format = "text"
    printed: Print | None = field(default=None, compare=False, repr=False)
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Repair:
    """One change made by cleaning or by structure: the raw span, what stands there now, and why."""

    start: int
    end: int
    before: str
    after: str
    reason: str


@dataclass(frozen=True, slots=True)
class Text:
    """The cleaned text, with the raw span that each of its characters came from.

    ``clean[i]`` came from ``source.raw[starts[i]:ends[i]]``; both sequences never decrease.
    """

    source: Source
    clean: str
    starts: Sequence[int]
    ends: Sequence[int]
    repairs: tuple[Repair, ...] = ()


@dataclass(frozen=True, slots=True)
class Block:
    """A unit of the page: its kind, its raw span, and the path of headings that it stands under.

    The span runs from the first character to the last one; what a page sets between the halves of a
    paragraph lies inside it and is a block of its own.

    Attributes:
        level: Of a heading: 1 for the uppermost; else 0.
        parent: Id of the heading that the block stands under, or of the block that a gloss is set into.
        label: Of a footnote: ``1``, ``注1``, ``※``; else empty.
        markers: Of a footnote: the raw spans of the markers that point to it.
        explains: Of a gloss: the raw span of the name that it explains.
    """

    block_id: str
    kind: BlockKind
    start: int
    end: int
    section: tuple[str, ...] = ()
    level: int = 0
    parent: str = ""
    label: str = ""
    markers: tuple[tuple[int, int], ...] = ()
    explains: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Sentence:
    """An unbroken sentence (or heading, cell, caption) and the raw origin of each character.

    ``text[i]`` came from ``raw[starts[i]:ends[i]]``. What interrupts the sentence in the raw text
    (line and page breaks, glosses, notes, footnote markers) is not in ``text``.

    Attributes:
        row: Running number of the table row for cells, else -1. ``column`` likewise.
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

    def raw_span(self, start: int, end: int) -> tuple[int, int]:
        """Return the raw span of ``text[start:end]``; raises IndexError for an empty or outlying span."""
        if not 0 <= start < end <= len(self.text):
            raise IndexError(
                f"span [{start}, {end}) does not lie in a sentence of {len(self.text)} characters"
            )
        return self.starts[start], self.ends[end - 1]


class Token(NamedTuple):
    """A morpheme of a sentence.

    Attributes:
        start: In the sentence's text; ``end`` likewise.
        pos: Sudachi's part of speech, its levels joined by ``-`` (``名詞-固有名詞-地名-一般``).
        units: Ends of the short (Sudachi mode A) and of the middle units (mode B) that it consists of, counted
            from ``start``; None where it is one unit.
        upos: UD tag; ``head`` is the index of the head in the sentence (its own index for the root).
        bunsetsu: Index of the bunsetsu in the sentence; -1 where the analyzer has none.
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


@dataclass(frozen=True)
class Analysis:
    """A sentence with its tokens: what recognizers read."""

    sentence: Sentence
    tokens: tuple[Token, ...]

    @cached_property
    def edges(self) -> frozenset[int]:
        """The offsets at which a short unit begins or ends."""
        # Most sentences never need ``starts`` and ``ends``: made here, they would stay as long as the document.
        bounds = [bound for token in self.tokens for bound in token[:2]]
        return frozenset(bounds).union(*[token.parts for token in self.tokens if token.units])

    @cached_property
    def starts(self) -> frozenset[int]:
        """The offsets at which a token begins."""
        return frozenset([token.start for token in self.tokens])

    @cached_property
    def ends(self) -> dict[int, int]:
        """The index of the token that ends at an offset."""
        return {token.end: index for index, token in enumerate(self.tokens)}


@dataclass(frozen=True, slots=True)
class Mention:
    """A find of a recognizer, before it is resolved.

    Attributes:
        sentence: Index of the sentence in the document.
        start: In the sentence's text; ``end`` likewise.
        rule: Name of the rule that found it.
        payload: What the recognizer read in it, for the resolver of its label.
    """

    label: Label
    sentence: int
    start: int
    end: int
    rule: str
    payload: object = None
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Candidate:
    """One of several instruments that an ambiguous name may mean."""

    title: str
    law_num: str = ""
    law_id: str = ""


@dataclass(frozen=True, slots=True)
class Entity:
    """A resolved mention: one row of ``entities.csv`` (see ``docs/columns.md``).

    ``start`` and ``end`` count code points of the raw text, and ``raw[start:end] == text``. The columns of the CSV are
    fixed; ``antecedent_distance`` (sentences back to the antecedent), ``url``, ``title_today`` and ``candidates`` stand in
    ``entities.json`` alone.
    """

    doc_id: str
    entity_id: str
    label: Label
    start: int
    end: int
    text: str
    surface: str
    norm: str
    value: str = ""
    mod: str = ""
    start_date: str = ""
    end_date: str = ""
    granularity: str = ""
    era: str = ""
    era_year: int | None = None
    law_num: str = ""
    law_id: str = ""
    article: tuple[str, ...] = ()
    paragraph: tuple[str, ...] = ()
    item: tuple[str, ...] = ()
    kind: str = ""
    section: tuple[str, ...] = ()
    sentence_id: str = ""
    rule: str = ""
    antecedent: str = ""
    confidence: float = 1.0
    flags: tuple[str, ...] = ()
    antecedent_distance: int | None = None
    url: str = ""
    title_today: str = ""
    candidates: tuple[Candidate, ...] = ()
