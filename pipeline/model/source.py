"""A document as read, and its text as cleaned.

All spans are half-open ``[start, end)`` and count Unicode code points of the raw text.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, NamedTuple

from pipeline.model.plural import plural

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from pipeline.model.evidence import Evidence
    from pipeline.model.page import BlockKind
    from pipeline.model.printed import Print


Format = Literal[
    "text", "html", "pdf", "docx", "xlsx", "csv", "epub", "markdown", "mhtml", "kokkai", "egov"
]  # fmt: skip


class Told(NamedTuple):
    """What a file itself says of a line: its kind, and for a heading its level (1 is the highest)."""

    kind: BlockKind
    level: int = 0


@dataclass(frozen=True, slots=True)
class Source:
    """One document as read: its text and its metadata, from its row in ``manifest.csv`` or its page.

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
        format: What the file was; the text of all but plain text is written beside the results as
            ``source.txt``.
        printed: Where the characters of a PDF are printed.
        told: What the markup says of lines, by their raw offsets: headings, members of lists, captions.
        warnings: What of the file could not be read, a line each: scanned pages, letters without a meaning.
        evidence: Where ``reference_date``, ``edition`` and ``title`` were taken from, by these names.
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
    evidence: Mapping[str, Evidence] = field(default_factory=dict, compare=False, repr=False)

    def __repr__(self) -> str:
        day = f"speaks on {self.reference_date}" if self.reference_date else "no reference date"
        facts = [plural(len(self.raw), "character"), self.title, self.edition, day, self.path]
        return f"<Source {self.doc_id!r}: {', '.join(filter(None, facts))}>"


@dataclass(frozen=True, slots=True)
class Repair:
    """One change made by cleaning or by structure: the raw span, the new text, and why."""

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
        starts: For each character of ``clean`` the raw offset at which its origin begins; as many as
            characters, and they never decrease. ``ends`` likewise where it ends.
        ends: See ``starts``.
        repairs: Every change, in text order.
    """

    source: Source
    clean: str
    starts: Sequence[int]
    ends: Sequence[int]
    repairs: tuple[Repair, ...] = ()

    def __repr__(self) -> str:
        doc_id, repairs = self.source.doc_id, len(self.repairs)
        return f"<Text of {doc_id!r}: {plural(len(self.clean), 'character')}, {plural(repairs, 'repair')}>"
