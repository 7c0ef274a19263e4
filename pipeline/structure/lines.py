"""A line of a page, and what it is."""

from __future__ import annotations

from typing import Literal, NamedTuple

from pipeline.model.page import BlockKind

LineKind = BlockKind | Literal["blank"]


class Line(NamedTuple):
    """A line of the clean text without its line end; ``number`` is that of a footnote."""

    start: int
    end: int
    text: str
    kind: LineKind
    section: tuple[str, ...] = ()
    level: int = 0
    number: str = ""
    # Of a heading that is a bare number: the title that stands on the next line.
    title: str = ""
    # Whether the kind comes from the file's own markup, and with it the ``level`` of a heading.
    told: bool = False
    # Whether it is set in as the later lines of a paragraph or an item are.
    hung: bool = False

    @property
    def opens(self) -> bool:
        """Whether it may continue an earlier line: running text, not indented like a new paragraph."""
        return self.kind == "paragraph" and (self.hung or not self.text.startswith((" ", "　")))
