"""Statutes as e-Gov 法令検索 gives them, in 法令標準XML and in the JSON of its API, without readings (ruby).

The elements are those of the schema 法令標準XMLスキーマ, version 3; ``data/egov_elements.csv`` says what each is
here.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any

from pipeline.facts import rows
from pipeline.model.errors import HakushoError
from pipeline.read.html_table import Cell, cell_text, grid, span
from pipeline.read.pieces import Extract, Piece, joined
from pipeline.read.separated import tables
from pipeline.read.xml_events import Event

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pipeline.model.page import BlockKind

# The elements with the text of a statute, or with the article that was asked for.
WHOLE = frozenset(("Law", "LawContents"))
# Line ends of the file are not part of the text.
LINE_END = re.compile(r"\s*\n\s*")


def is_statute(content: object) -> bool:
    """Whether JSON is the API's answer about one statute."""
    return isinstance(content, dict) and isinstance(content.get("law_full_text"), dict)


def read_statute(stream: Iterable[Event], where: str) -> Extract:
    """Return the text of a statute, its divisions as headings; raises HakushoError if it holds none."""
    reader = _Reader()
    for event in stream:
        reader.take(event)
    text, told = joined(reader.pieces)
    if not text.strip():
        raise HakushoError(f"{where}: holds no statute: ask e-Gov for the text of a law")
    return Extract(text, "utf-8", "egov", title=reader.title, told=told)


def statute_events(node: Any) -> Iterator[Event]:
    """Yield the events of a statute that the API gave as objects of ``tag``, ``attr`` and ``children``."""
    waiting: list[Any] = [node]
    while waiting:
        found = waiting.pop()
        if isinstance(found, Event):
            yield found
        elif isinstance(found, str):
            yield Event("text", found.encode("utf-8", "replace").decode())
        elif isinstance(found, dict) and isinstance(found.get("tag"), str):
            attributes, children = found.get("attr"), found.get("children")
            yield Event(
                "start",
                found["tag"],
                "",
                {k: str(v) for k, v in attributes.items()} if isinstance(attributes, dict) else {},
            )
            waiting.append(Event("end", found["tag"]))
            waiting.extend(reversed(children) if isinstance(children, list) else ())


class _Reader:
    """Makes blocks of the elements of a statute, from the first to the last."""

    def __init__(self) -> None:
        self.pieces: list[Piece] = []
        self.title = ""
        self._inside, self._skipped = 0, 0
        self._line: list[str] = []
        self._rows: list[list[Cell]] | None = None
        self._cell: list[str] | None = None
        self._spans = (1, 1)

    def take(self, event: Event) -> None:
        """Read the next event."""
        what, name, _, attributes = event
        if name in WHOLE and what != "text":
            self._inside += 1 if what == "start" else -1
        elif not self._inside:
            return
        elif what == "text":
            if not self._skipped:
                self._line.append(LINE_END.sub("", name))
        elif _roles().get(name, ("", 0))[0] == "skip":
            self._skipped += 1 if what == "start" else -1
        elif what == "start":
            self._begin(name, attributes)
        else:
            self._end(name)

    def _begin(self, name: str, attributes: Any) -> None:
        role = _roles().get(name, ("", 0))[0]
        if role == "table" and self._rows is None:
            self._flush()
            self._rows = []
        elif role == "row" and self._rows is not None:
            self._rows.append([])
        elif role == "cell" and self._rows:
            self._cell = []
            self._line.clear()
            self._spans = (span(attributes.get("rowspan", "")), span(attributes.get("colspan", "")))
        elif role in ("item", "heading", "caption", "block"):
            self._flush()
        elif role == "column":
            self._part()

    def _end(self, name: str) -> None:
        role, level = _roles().get(name, ("", 0))
        if role == "number":
            self._part()
        elif role == "heading":
            if name == "LawTitle":
                self.title = self.title or "".join(self._line).strip()
            self._flush("heading", level)
        elif role in ("block", "item", "caption", "paragraph"):
            self._flush("list_item" if role == "item" else "paragraph")
        elif role == "cell" and self._rows and self._cell is not None:
            self._flush()
            self._rows[-1].append((cell_text(self._cell), *self._spans))
            self._cell = None
        elif role == "table" and self._rows is not None:
            self.pieces.extend(tables(grid(self._rows)))
            self._rows = None

    def _part(self) -> None:
        """Part the following text from the text already in the line."""
        if (text := "".join(self._line)).strip():
            self._line = [text.rstrip(), "　"]

    def _flush(self, kind: BlockKind | None = None, level: int = 0) -> None:
        """End a block; in a cell, end a line."""
        text = "".join(self._line).strip()
        self._line.clear()
        if not text:
            return
        if self._cell is not None:
            self._cell.append(text)
        elif kind == "heading":
            self.pieces.append(Piece(text, kind, level))
        else:
            self.pieces.append(Piece(text, kind or "paragraph", 0, close=True))


@cache
def _roles() -> dict[str, tuple[str, int]]:
    """Return what the elements are: name → role and, of a heading, its level."""
    return {row["element"]: (row["role"], int(row["level"] or 0)) for row in rows("egov_elements.csv")}
