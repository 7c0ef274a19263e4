"""Paragraphs and notes of a Word document while it is read (see ``docx_body.py``)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pipeline.read.docx_table import Parts

# Code points of notes that stand more than once, all of them together (決め打ち).
MOST_REPEATED = 100_000


class Notes:
    """The notes of a document, and how many have been pointed to so far."""

    def __init__(self, foot: Mapping[str, str], end: Mapping[str, str]) -> None:
        self._texts = {"footnoteReference": foot, "endnoteReference": end}
        # Word counts the two apart: where there are both, the markers of one say 注.
        self._signs = {"footnoteReference": "", "endnoteReference": "注" if foot else ""}
        self._numbers = dict.fromkeys(self._texts, 0)
        self._seen: set[tuple[str, str]] = set()
        self._repeated = 0
        self.ends: list[str] = []

    def point(self, kind: str, note_id: str) -> tuple[str, str]:
        """Return the marker of the next note, and the note if it stands below; nothing without a note.

        One that is pointed to again stands again, up to a limit: a small file does not become a large text.
        """
        text = self._texts[kind].get(note_id)
        if text is None:
            return "", ""
        self._numbers[kind] += 1
        marker = f"<sup>{self._signs[kind]}{self._numbers[kind]}</sup>"
        again = (kind, note_id) in self._seen
        self._seen.add((kind, note_id))
        self._repeated += len(text) if again else 0
        if self._repeated > MOST_REPEATED:
            return marker, ""
        line = f"<p>{marker} {text}</p>"
        if kind == "endnoteReference":
            self.ends.append(line)
        return marker, "" if kind == "endnoteReference" else line


@dataclass(slots=True)
class Paragraph:
    """A paragraph while it is read; ``after`` holds its notes and the boxes beside it."""

    inline: list[str] = field(default_factory=list)
    after: Parts = field(default_factory=list)
    style: str = ""
    outline: int | None = None
    num_id: str | None = None
    num_level: int | None = None
    deleted: bool = False


def of_paragraph(paragraph: Paragraph, name: str, value: str) -> None:
    """Read an element of the properties of a paragraph."""
    if name == "pStyle":
        paragraph.style = value
    elif name == "outlineLvl" and value.isdigit():
        paragraph.outline = int(value[:2])
    elif name == "numId":
        paragraph.num_id = value
    elif name == "ilvl" and value.isdigit():
        paragraph.num_level = int(value[:2])
    elif name in ("del", "moveFrom"):
        paragraph.deleted = True
