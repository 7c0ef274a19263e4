"""Styles of a Word document: which paragraphs are headings, and which belong to lists."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pipeline.read.xml_events import Event

HEADING = re.compile(r"heading ([1-9])", re.IGNORECASE)
# Tables of contents and of figures repeat text that stands elsewhere.
CONTENTS = re.compile(r"toc(?: heading| ?\d)?|table of (?:figures|authorities)|index ?\d?", re.IGNORECASE)
# A chain of styles that rest on each other is no longer (決め打ち); an outline level of 9 is that of plain text.
LONGEST_CHAIN, NO_LEVEL = 20, 9
Numbered = tuple[str, int]
"""A list's id and the level in it, from 0."""


@dataclass(slots=True)
class Style:
    """A paragraph style. It takes what it does not set from the style that it is based on."""

    name: str = ""
    base: str = ""
    outline: int | None = None
    num_id: str | None = None
    num_level: int | None = None


@dataclass(slots=True)
class Styles:
    """The paragraph styles of a document by their ids, and the one of paragraphs that name none."""

    by_id: dict[str, Style] = field(default_factory=dict)
    default: str = ""

    def _chain(self, style_id: str) -> Iterable[Style]:
        for _ in range(LONGEST_CHAIN):
            style = self.by_id.get(style_id)
            if style is None:
                return
            yield style
            style_id = style.base

    def level(self, style_id: str) -> int:
        """Return the level of heading of a style: 1 is the uppermost, 0 means none."""
        for style in self._chain(style_id or self.default):
            if match := HEADING.fullmatch(style.name):
                return int(match[1])
            if style.name.lower() in ("title", "subtitle"):
                return 1 if style.name.lower() == "title" else 2
            if style.outline is not None:
                return 0 if style.outline >= NO_LEVEL else style.outline + 1
        return 0

    def named(self, style_id: str, pattern: re.Pattern[str]) -> bool:
        """Whether a style, or one that it rests on, has a name that ``pattern`` matches whole."""
        return any(pattern.fullmatch(style.name) for style in self._chain(style_id))

    def numbered(self, style_id: str) -> Numbered | None:
        """Return the list that a style puts its paragraphs into."""
        num_id = level = None
        for style in self._chain(style_id or self.default):
            num_id = style.num_id if num_id is None else num_id
            level = style.num_level if level is None else level
        return (num_id, level or 0) if num_id and num_id != "0" else None


def read_styles(stream: Iterable[Event]) -> Styles:
    """Return the paragraph styles of ``styles.xml``."""
    styles, style = Styles(), Style()
    for what, name, _, attributes in stream:
        if what == "start" and name == "style":
            style = Style()
            if attributes.get("type", "paragraph") == "paragraph":
                styles.by_id[attributes.get("styleId", "")] = style
                if attributes.get("default") in ("1", "true"):
                    styles.default = attributes.get("styleId", "")
        elif what == "start":
            _style_says(style, name, attributes.get("val", ""))
    return styles


def _style_says(style: Style, name: str, value: str) -> None:
    """Read an element within a style."""
    if name == "name":
        style.name = value
    elif name == "basedOn":
        style.base = value
    elif name == "outlineLvl" and value.isdigit():
        style.outline = number_of(value)
    elif name == "numId":
        style.num_id = value
    elif name == "ilvl" and value.isdigit():
        style.num_level = number_of(value)


def number_of(text: str) -> int:
    """Return a number of a few figures, 0 for anything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 0
