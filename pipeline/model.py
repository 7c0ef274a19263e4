"""Every type that crosses a stage border.

All spans are half-open ``[start, end)``. Offsets of a :class:`Source`, :class:`Block`, :class:`Entity`
count Unicode code points of the raw text; offsets of a :class:`Token` (see ``sentence``) or a :class:`Mention` count
code points of the text of their :class:`Sentence`, which knows the way back to the raw text.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, NamedTuple

from pipeline import display
from pipeline.sentence import Analysis as Analysis
from pipeline.sentence import Sentence as Sentence
from pipeline.sentence import Token as Token

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from pipeline.printed import Print

Label = Literal["ORG", "DATE", "LAW"]
LABELS: tuple[Label, ...] = ("ORG", "DATE", "LAW")

Format = Literal[
    "text", "html", "pdf", "docx", "xlsx", "csv", "epub", "markdown", "mhtml", "kokkai", "egov"
]
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


class Told(NamedTuple):
    """What a file itself says of a line of its text: its kind, and of a heading the level, 1 for the uppermost."""

    kind: BlockKind
    level: int = 0


@dataclass(frozen=True, slots=True)
class Source:
    """One document as read: its text and what is known of it, from its row in ``manifest.csv`` or its page.

    Attributes:
        doc_id: Unique in a run: from the manifest, else the file's name without its ending.
        raw: The decoded or extracted text; every offset of the results counts its code points.
        sha256: Of the file's bytes (of the UTF-8 form for a text that came from memory), in hexadecimal.
        path: As it was given; empty for a text from memory.
        encoding: That the file was decoded from, by its name in Python.
        title: From the manifest, or of the web page; ``publisher``, ``edition`` (平成26年版), ``part`` likewise.
        publisher: See ``title``.
        edition: See ``title``.
        part: See ``title``.
        reference_date: The day on which the document speaks; ``None`` leaves deictic dates unresolved.
        licence: Of the text, from the manifest.
        url: Where the text is from, from the manifest.
        format: What the file was; the text of all but plain text is written beside the results as ``source.txt``.
        printed: Of a PDF: where its characters are printed.
        told: What the file's markup says of lines, by their raw offsets: headings, members of lists, captions.
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
    told: Mapping[int, Told] = field(default_factory=dict, compare=False, repr=False)
    warnings: tuple[str, ...] = ()

    __repr__ = display.source_line


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

    ``clean[i]`` came from ``source.raw[starts[i]:ends[i]]``: half-open spans of code points.

    Attributes:
        source: What was cleaned.
        clean: The text with widths folded and broken characters mended; line breaks stay.
        starts: For each character of ``clean`` the raw offset at which its origin begins; as many as characters, and they
            never decrease. ``ends`` likewise where it ends.
        ends: See ``starts``.
        repairs: Every change, in text order.
    """

    source: Source
    clean: str
    starts: Sequence[int]
    ends: Sequence[int]
    repairs: tuple[Repair, ...] = ()

    __repr__ = display.text_line


@dataclass(frozen=True, slots=True)
class Block:
    """A unit of the page: its kind, its raw span, and the path of headings that it stands under.

    The span is half-open in code points of the raw text and runs from the first character to the last one; what a page
    sets between the halves of a paragraph lies inside it and is a block of its own.

    Attributes:
        block_id: ``b00001`` …, in text order, unique in the document.
        kind: ``heading``, ``paragraph``, ``table`` … (``docs/structure.md`` says what they are).
        start: Where it begins in the raw text.
        end: Where it ends there.
        section: The headings that it stands under, the uppermost first.
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

    Its span is half-open in code points of the raw text, and ``raw[start:end] == text``. What does not apply to its label
    is empty. The columns of the CSV are fixed; the last four stand in ``entities.json`` alone.

    Attributes:
        doc_id: Of its document.
        entity_id: ``e00001`` …, in text order, unique in the document.
        label: ``ORG``, ``DATE`` or ``LAW``.
        start: Where it begins in the raw text; no two mentions share a character.
        end: Where it ends there.
        text: As it stands in the raw text, line breaks and glosses within it included.
        surface: As cleaned: widths folded, line breaks and glosses taken out.
        norm: ORG, the official name, several joined by ``|``; LAW, the official title when the text speaks; DATE, ``value``.
        value: DATE: EDTF (ISO 8601-2:2019): ``2013-10-03``, ``2013-04/2014-03``, ``196X``.
        mod: DATE: ``START``, ``MID``, ``END``, ``APPROX``, ``ON_OR_AFTER``, ``ON_OR_BEFORE`` (TIMEX3, ISO 24617-1).
        start_date: DATE: the first day of ``value``, ``YYYY-MM-DD``; empty where it is open.
        end_date: DATE: the last day likewise.
        granularity: DATE: ``day``, ``month``, ``year``, ``fiscal_year`` …; of a range with ``_range``.
        era: DATE: the era that is written or implied (``data/eras.csv``).
        era_year: DATE: its year in that era; 1 for 元年.
        law_num: LAW: the law number in kanji, as promulgated.
        law_id: LAW: e-Gov's LawID, only where it was verified.
        article: LAW: the articles cited: ``3``, ``3_2`` (第3条の2), ``100-107`` (a range).
        paragraph: LAW: the paragraphs likewise.
        item: LAW: the items likewise.
        kind: ORG: ``ministry``, ``council`` …; LAW: ``law``, ``treaty`` …
        section: The headings that it stands under, the uppermost first.
        sentence_id: Of its sentence.
        rule: That found it.
        antecedent: The ``entity_id`` of what a 同-expression or an elliptic date leans on.
        confidence: 0 to 1: 1 for facts and grammar without a guess.
        flags: What is odd (``docs/columns.md`` says what each means).
        antecedent_distance: Sentences back to the antecedent, 0 in the same one; None without one.
        url: LAW: its page on e-Gov.
        title_today: LAW: the official title today.
        candidates: LAW: of an ambiguous name, all that it may mean.
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

    __repr__ = display.entity_line
    _repr_html_ = display.entity_html
