"""The body of a Word document as a page (see ``docx.py``).

Its elements are read one after the other, without recursion.
"""

from __future__ import annotations

import re
from functools import cache
from html import escape
from typing import TYPE_CHECKING

from pipeline.facts import rows
from pipeline.read.docx_parts import Notes, Paragraph, of_paragraph
from pipeline.read.docx_styles import CONTENTS
from pipeline.read.docx_table import Table, flat

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pipeline.read.docx_numbering import Numbering
    from pipeline.read.docx_styles import Numbered, Styles
    from pipeline.read.docx_table import Parts
    from pipeline.read.xml_events import Event

# A page has six levels of headings.
DEEPEST, NO_LEVEL = 6, 9
OFF = frozenset(("0", "false", "off", "none"))
# Text that stands at least this many half points above the line is raised (決め打ち).
RAISED = 4
CAPTION = re.compile("caption", re.IGNORECASE)
# The text of elements that hold none.
SIGNS = {"tab": "　", "ptab": "　", "br": "<br>", "cr": "<br>", "noBreakHyphen": "-"}
WORD, COMPATIBILITY = "wordprocessingml", "markup-compatibility"
CHUNK = "another file that is set in (altChunk) is not read"
SYMBOLS = "signs of a symbol font, which mean nothing as text, are left out"


class Body:
    """Writes a page of the elements of a document; with ``line`` all of it as a single line."""

    def __init__(self, styles: Styles, numbering: Numbering, notes: Notes, *, line: bool = False) -> None:
        self.warnings: dict[str, None] = {}
        self._styles, self._numbering, self._notes, self._line = styles, numbering, notes, line
        self._out: Parts = []
        # Paragraphs and tables that have not ended: a box may stand in one, and hold others.
        self._open: list[Paragraph | Table] = []
        self._tables = 0
        self._carried = Paragraph()
        self._properties: list[str] = []
        # Of each content control that is open: whether it shows no text of the document.
        self._controls: list[bool] = []
        self._skipped, self._text = 0, False
        self._hidden, self._raised = False, False

    def take(self, event: Event) -> None:
        """Read the next event."""
        what, name, space, attributes = event
        if what == "text":
            if self._text and not self._skipped:
                self._write(escape(name, quote=False))
        elif self._skipped:
            self._skipped += 1 if what == "start" else -1
        elif WORD in space or COMPATIBILITY in space:
            role = roles().get(name, "")
            if what == "start":
                self._begin(name, role, attributes)
            elif role == "properties" and self._properties:
                self._properties.pop()
            elif not self._properties:
                self._end(name)

    def finish(self) -> str:
        """Return the page."""
        if self._carried.inline or self._carried.after:
            self._open, self._tables = [Paragraph()], 0
            self._end("p")
        if self._line:
            return "　".join(flat(self._out))
        return "".join(("<main>", *flat(self._out), *self._notes.ends, "</main>"))

    def _write(self, text: str) -> None:
        if self._open and isinstance(paragraph := self._open[-1], Paragraph) and not self._hidden:
            paragraph.inline.append(f"<sup>{text}</sup>" if self._raised else text)

    def _begin(self, name: str, role: str, attributes: Mapping[str, str]) -> None:
        if role == "before" or (role == "skip" and not self._properties):
            self._skipped += 1
            return
        if role == "properties":
            self._properties.append(name)
        if self._properties:
            self._says(name, attributes.get("val", ""))
        elif name in SIGNS:
            self._write(SIGNS[name])
        elif name in ("footnoteReference", "endnoteReference"):
            self._points(name, attributes.get("id", ""))
        else:
            self._opens(name)

    def _opens(self, name: str) -> None:
        """A paragraph begins, or another element that holds some."""
        top = self._open[-1] if self._open else None
        if name == "t":
            self._text = True
        elif name == "r":
            self._hidden = self._raised = False
        elif name == "p":
            self._open.append(Paragraph())
        elif name == "tbl":
            self._open.append(Table())
            self._tables += 1
        elif name == "sdt":
            self._controls.append(False)
        elif name == "sdtContent" and self._controls and self._controls[-1]:
            self._skipped += 1
        elif isinstance(top, Table) and name in ("tr", "tc"):
            (top.begin_row if name == "tr" else top.begin_cell)()
        elif name == "altChunk":
            self.warnings[CHUNK] = None
        elif name == "sym":
            self.warnings[SYMBOLS] = None

    def _points(self, kind: str, note_id: str) -> None:
        if self._open and isinstance(paragraph := self._open[-1], Paragraph):
            marker, note = self._notes.point(kind, note_id)
            paragraph.inline.append(marker)
            paragraph.after.append(note)

    def _says(self, name: str, value: str) -> None:
        """Read an element of properties."""
        of, on = self._properties[0], value not in OFF
        top = self._open[-1] if self._open else None
        if of in ("tcPr", "trPr") and isinstance(top, Table):
            top.says(name, value)
        elif of == "pPr" and isinstance(top, Paragraph):
            of_paragraph(top, name, value)
        elif of == "rPr":
            self._run_says(name, value)
        elif of == "sdtPr" and self._controls and (name == "showingPlcHdr" or value == "Table of Contents"):
            self._controls[-1] = on

    def _run_says(self, name: str, value: str) -> None:
        if name in ("vanish", "specVanish"):
            self._hidden = value not in OFF
        elif name == "vertAlign":
            self._raised = value == "superscript"
        elif name == "position":
            self._raised = value.isdigit() and int(value[:4]) >= RAISED

    def _end(self, name: str) -> None:
        top = self._open[-1] if self._open else None
        if name == "t":
            self._text = False
        elif name == "r":
            self._hidden = self._raised = False
        elif name == "sdt" and self._controls:
            self._controls.pop()
        elif name == "p" and isinstance(top, Paragraph):
            self._open.pop()
            self._close(top)
        elif name == "tr" and isinstance(top, Table):
            top.end_row()
        elif name == "tbl" and isinstance(top, Table):
            self._open.pop()
            self._tables -= 1
            self._place(top.html(), top.after)

    def _close(self, paragraph: Paragraph) -> None:
        """End a paragraph; one whose end a tracked change deleted runs on in the next one."""
        carried = self._carried
        carried.inline += paragraph.inline
        carried.after += paragraph.after
        if not paragraph.deleted:
            paragraph.inline, self._carried = carried.inline, Paragraph()
            self._place(self._block(paragraph), carried.after)

    def _place(self, block: str | Parts, after: Parts) -> None:
        """Add a block and what follows it to the page, to a cell, or after a paragraph."""
        top = self._open[-1] if self._open else None
        if isinstance(top, Table):
            top.add(block)
            top.after.append(after)
        else:
            (self._out if top is None else top.after).extend((block, after))

    def _block(self, paragraph: Paragraph) -> str:
        style = paragraph.style
        label = self._label(self._list_of(paragraph))
        text = "".join(paragraph.inline).strip()
        if not text or self._styles.named(style, CONTENTS):
            return ""
        if self._line:
            return text.replace("<br>", "　")
        level = self._styles.level(style) if paragraph.outline is None else paragraph.outline + 1
        if 0 < level <= NO_LEVEL and not self._tables:
            level = min(level, DEEPEST)
            return f"<h{level}>{label or ''}{text}</h{level}>"
        if label is not None:
            return f"<ul><li>{label}{text}</li></ul>"
        if self._styles.named(style, CAPTION):
            return f"<figcaption>{text}</figcaption>"
        return f"<p>{text}</p>"

    def _list_of(self, paragraph: Paragraph) -> Numbered | None:
        of_style = self._styles.numbered(paragraph.style)
        num_id = paragraph.num_id if paragraph.num_id is not None else of_style[0] if of_style else "0"
        level = paragraph.num_level if paragraph.num_level is not None else of_style[1] if of_style else 0
        return (num_id, level) if num_id != "0" else None

    def _label(self, numbered: Numbered | None) -> str | None:
        label = self._numbering.label(*numbered) if numbered else None
        return None if label is None else escape(label, quote=False)


@cache
def roles() -> dict[str, str]:
    """Return the elements that are left out, hold properties, or hold properties before a change."""
    return {row["element"]: row["role"] for row in rows("docx_elements.csv")}
