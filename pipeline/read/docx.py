"""Word documents (.docx): paragraphs, headings, lists with the numbers that Word shows, tables, notes.

A document is written as a page, which the reader of pages reads. What Word does not print is left out:
comments, what a tracked change deletes or moves away, hidden text, the commands of fields, readings (ruby),
headers and footers; and tables of contents, as on a page. Elements are those of ECMA-376
(WordprocessingML).
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.model.errors import HakushoError
from pipeline.read.docx_body import Body
from pipeline.read.docx_numbering import Numbering, read_numbering
from pipeline.read.docx_parts import Notes
from pipeline.read.docx_styles import Styles, read_styles
from pipeline.read.html import read_page
from pipeline.read.office import part_of, relations
from pipeline.read.xml_events import events

if TYPE_CHECKING:
    from pipeline.read.archive import Archive
    from pipeline.read.office import Relation
    from pipeline.read.pieces import Extract


def read_docx(archive: Archive, main: str, where: str) -> Extract:
    """Return the text of a Word document.

    Args:
        archive: The document.
        main: The name of its main part.
        where: What an error calls it.

    Raises:
        HakushoError: It is damaged, or holds no text.
    """
    of = relations(archive, main, where)
    styles, numbering = Styles(), Numbering()
    if data := part_of(archive, of, "styles"):
        styles = read_styles(events(data, where))
    if data := part_of(archive, of, "numbering"):
        numbering = read_numbering(events(data, where))
    notes = {
        kind: _notes(archive, of, f"{kind}s", where, styles, numbering) for kind in ("footnote", "endnote")
    }
    body = Body(styles, numbering, Notes(notes["footnote"], notes["endnote"]))
    for event in events(archive.read(main), where):
        body.take(event)
    found = read_page(body.finish(), navigates=False)
    if not found.text.strip():
        raise HakushoError(
            f"{where}: is a Word document without text: a scan? run a text recognition (OCR) over it"
        )
    whole = relations(archive, "", where)
    title = _title(part_of(archive, whole, "core-properties"), where)
    return replace(found, encoding="", format="docx", title=title, warnings=tuple(body.warnings))


def _notes(
    archive: Archive, of: dict[str, Relation], kind: str, where: str, styles: Styles, numbering: Numbering
) -> dict[str, str]:
    """Return the notes of one kind by their ids, each as a line of a page."""
    data = part_of(archive, of, kind)
    found: dict[str, str] = {}
    body: Body | None = None
    note_id = ""
    for event in events(data, where) if data else ():
        if event.name in ("footnote", "endnote") and event.what == "start":
            note_id = "" if "type" in event.attributes else event.attributes.get("id", "")
            body = Body(styles, numbering, Notes({}, {}), line=True)
        elif event.name in ("footnote", "endnote") and event.what == "end":
            if body and note_id:
                found[note_id] = body.finish()
            body = None
        elif body:
            body.take(event)
    return found


def _title(data: bytes, where: str) -> str:
    out: list[str] = []
    inside = False
    for what, name, *_ in events(data, where) if data else ():
        if what == "text" and inside:
            out.append(name)
        elif name == "title":
            inside = what == "start"
    return " ".join("".join(out).split())
