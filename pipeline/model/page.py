"""The blocks of a page: headings, paragraphs, tables, notes.

All spans are half-open ``[start, end)`` and count Unicode code points of the raw text.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

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


@dataclass(frozen=True, slots=True)
class Block:
    """A unit of the page: its kind, its raw span, and the path of headings above it.

    The span is half-open in code points of the raw text and runs from the first character to the last one;
    what a page sets between the halves of a paragraph lies inside it and is a block of its own.

    Attributes:
        block_id: ``b00001`` …, in text order, unique in the document.
        kind: ``heading``, ``paragraph``, ``table`` … (see ``docs/explanation/structure.md``).
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
