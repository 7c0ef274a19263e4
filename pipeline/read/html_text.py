"""The text of a page, written while its elements are visited (see ``html.py``).

A heading, a paragraph, a list item and a table row are one line each; blank lines part them, but not the
rows of a table. Cells are parted by tabs, and what spans several rows is repeated in each. A ``<br>`` is a
line end. The numbers that point to notes become raised figures. Of ``<ruby>`` the base stays.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.read.html_table import cell_text, grid, span
from pipeline.read.pieces import Piece

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from selectolax.lexbor import LexborNode

    from pipeline.model.page import BlockKind
    from pipeline.read.html_table import Cell

BREAK = "\0"  # never in a page: the parser replaces it
SPACES = re.compile(r"[ \t\r\n\f]+")
WIDE = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\uff01-\uffee]")
RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
NOTE = re.compile(r"[(（\[［*＊]?\s*(?:(?P<sign>注|※)\s*)?(?P<number>[0-9０-９]{1,3})?\s*[)）\]］]?")
# Marks of list items that stand in the text itself: 「（1）」「①」「ア　」「第2」.
MARK = re.compile(
    r"""
    [・•‣▪●○◇◆■□※➢✓①-⑳*]
    |第[0-9０-９一二三四五六七八九十]
    |[（(]?(?:[0-9０-９]{1,3}|[ア-ン]|[a-zA-Z]|[一二三四五六七八九十]{1,3})(?:[)）.．、]|[\s\u3000])
    """,
    re.VERBOSE,
)
# The number that points to a note has no more characters (決め打ち).
LONGEST_NOTE = 20
# A cell of a table that only arranges the page holds more than a line of text (決め打ち).
PROSE = 150
# Blocks of the same list stand right under each other.
CLOSE = frozenset(("li", "dt", "dd"))


class Writer:
    """Gathers the text of elements; ``layouts`` are the tables that only arrange the page."""

    def __init__(self, layouts: Collection[int], notes: Collection[str]) -> None:
        self._layouts, self._notes = layouts, notes
        self._out: list[Piece] = []
        self._inline: list[str] = []
        self._prefix = ""
        self._verbatim = 0
        self._lists: list[int] = []
        self._raised: list[int] = []
        self._rows: list[list[Cell]] | None = None
        self._cell: list[str] | None = None
        self._outer: list[str] = []

    def text(self, text: str) -> None:
        """Add running text."""
        if (self._rows is None or self._cell is not None) and (text := text.replace(BREAK, "")):
            self._inline.append(text.replace("\n", BREAK) if self._verbatim else text)

    def enter(self, node: LexborNode, tag: str, role: str) -> None:
        """An element begins."""
        if tag == "br":
            self._inline.append(BREAK)
        elif _is_raised(node, tag):
            self._raised.append(len(self._inline))
        elif tag == "table" and self._rows is None and node.mem_id not in self._layouts:
            self._flush()
            self._rows = []
        elif tag in ("tr", "td", "th", "caption") and self._rows is not None:
            self._begin_cell(tag)
        elif role or tag in ("table", "tr", "td", "th"):
            self._flush()
            if role == "pre":
                self._verbatim += 1
            elif role == "item" and self._cell is None:
                self._prefix = self._marker(node)
        if tag in ("ul", "ol"):
            self._lists.append(int(tag == "ol"))

    def leave(self, node: LexborNode, tag: str, role: str) -> None:
        """An element ends."""
        if self._raised and _is_raised(node, tag):
            self._raise(self._raised.pop())
        elif tag == "table" and self._rows is not None and node.mem_id not in self._layouts:
            self._end_table()
        elif tag in ("td", "th", "caption") and self._cell is not None:
            self._end_cell(node, tag)
        elif role or tag in ("table", "tr", "td", "th"):
            self._flush(tag, role)
            if role == "pre":
                self._verbatim -= 1
            elif role == "item":
                self._prefix = ""
        if tag in ("ul", "ol") and self._lists:
            self._lists.pop()

    def finish(self) -> list[Piece]:
        """Return the blocks of the page."""
        self._flush()
        return self._out

    def _marker(self, node: LexborNode) -> str:
        """Return the mark before a list item: the number of a note or of the item, or a point."""
        number = 0
        if self._lists and self._lists[-1]:
            number, self._lists[-1] = self._lists[-1], self._lists[-1] + 1
        if (node.attributes.get("id") or "") in self._notes and number:
            return f"{str(number).translate(RAISED)} "
        return f"[{number}] " if 0 < number < 100 else "・"

    def _raise(self, begin: int) -> None:
        """Write raised text; a number that points to a note is marked as one."""
        parts = self._inline[begin : begin + LONGEST_NOTE + 1]
        if sum(map(len, parts)) > LONGEST_NOTE:
            return
        text = "".join(parts).strip()
        match = NOTE.fullmatch(text)
        if not match or not text:
            return
        if match["sign"]:
            text = f"（{match['sign']}{match['number'] or ''}）"
        elif match["number"]:
            text = str(int(match["number"])).translate(RAISED)
        self._inline[begin:] = [text]

    def _flush(self, tag: str = "", role: str = "") -> None:
        """End a block, that of an element if one ends; in a cell, end a line."""
        if self._cell is not None:
            self._inline.append(BREAK)
            return
        if self._rows is not None:
            return
        self._raised.clear()
        if self._verbatim:
            text = "".join(self._inline).replace(BREAK, "\n").strip("\n")
        else:
            lines = list(_lines("".join(self._inline)))
            text = _title(lines) if role == "heading" else "\n".join(_joined(lines))
        self._inline.clear()
        if not text.strip():
            return
        marked, self._prefix = self._prefix, ""
        if marked and not MARK.match(text):
            text = marked + text
        self._out.append(Piece(text, *_told(tag, role, marked), bool(marked) or tag in CLOSE))

    def _begin_cell(self, tag: str) -> None:
        if self._rows is None:
            return
        if tag == "tr" or (tag != "caption" and not self._rows):
            self._rows.append([])
        if tag != "tr":
            self._outer, self._inline = self._inline, []
            self._cell = self._inline

    def _end_cell(self, node: LexborNode, tag: str) -> None:
        if self._rows is None or self._cell is None:
            return
        lines = list(_lines("".join(self._inline)))
        if tag == "caption":
            self._out.append(Piece(_title(lines), "caption"))
            self._inline, self._cell = self._outer, None
            return
        spans = [span(node.attributes.get(name) or "") for name in ("rowspan", "colspan")]
        self._rows[-1].append((cell_text(lines), *spans))  # type: ignore[arg-type]
        self._inline, self._cell = self._outer, None

    def _end_table(self) -> None:
        rows, self._rows = self._rows or [], None
        full = sum(sum(1 for cell in row if cell[0]) > 1 for row in rows)
        if not full or (full == 1 and any(len(cell[0]) > PROSE for row in rows for cell in row)):
            for row in rows:
                self._out.extend(Piece(text) for text, _, _ in row if text)
            return
        table = ["\t".join(row) for row in grid(rows) if any(row)]
        if table:
            self._out.append(Piece("\n".join(table)))


def _is_raised(node: LexborNode, tag: str) -> bool:
    """Whether an element is raised, or a link whose markup says that it leads to a note (EPUB, ARIA)."""
    if tag != "a":
        return tag == "sup"
    attributes = node.attributes
    return "noteref" in (
        attributes.get("epub:type") or "",
        (attributes.get("role") or "").removeprefix("doc-"),
    )


def _told(tag: str, role: str, marked: str) -> tuple[BlockKind | None, int]:
    """Return the kind of the block of the element that ends, and the level of a heading."""
    if role == "heading":
        return "heading", int(tag[1])
    if tag == "figcaption":
        return "caption", 0
    if marked[:1] in "⁰¹²³⁴⁵⁶⁷⁸⁹":  # nothing, or a note, which says so itself
        return None, 0
    return "list_item", 0


def _lines(text: str) -> Iterator[str]:
    """Yield the lines of running text.

    A line end of the source is a blank only between words of Latin letters.
    """
    for line in text.split(BREAK):
        parts = SPACES.split(line)
        runs = SPACES.findall(line)
        out = parts[0]
        for run, part in zip(runs, parts[1:], strict=True):
            glued = "\n" in run and WIDE.match(out[-1:]) and WIDE.match(part[:1])
            out += ("" if glued else " ") + part
        yield out.strip(" ")


def _title(lines: list[str]) -> str:
    return "　".join(line for line in lines if line)


def _joined(lines: list[str]) -> Iterator[str]:
    """Yield the lines of a block; a blank line parts paragraphs that stand in one element."""
    blank = False
    for line in lines:
        if line:
            yield from ("", line) if blank else (line,)
        blank = not line
