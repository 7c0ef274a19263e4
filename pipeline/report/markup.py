"""The text of the page as HTML: boxes, and the marks in them.

Templates would take four times as long for it. No white space may get into the text; ``data-at`` is the raw
offset of what follows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import escape

from pipeline.report.pages import blank, shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pipeline.report.body import Box, Mark, Piece


class Markup:
    """Writes boxes as HTML."""

    def __init__(self, kinds: Mapping[str, str], to_marker: str) -> None:
        """Take what gold says of mentions by ``entity_id``, and the name of a way back to a marker."""
        self._kinds, self._to_marker = kinds, escape(to_marker)

    def all(self, boxes: Iterable[Box]) -> str:
        """Return boxes as HTML."""
        out: list[str] = []
        for box in boxes:
            self._box(box, out)
        return "".join(out)

    def _box(self, box: Box, out: list[str]) -> None:
        kind = box.kind
        if kind == "run":
            self._pieces(box.pieces, out)
        elif kind == "rows":
            self._rows(box, out)
        elif kind == "space":
            out += [blank(piece.text) for piece in box.pieces]
        elif kind == "gap":
            out.append(f'<div class="block b-gap" data-at="{box.start}">')
            self._pieces(box.pieces, out)
            out.append("</div>")
        else:
            self._block(box, out)

    def _block(self, box: Box, out: list[str]) -> None:
        block_id = escape(box.block_id)
        noted = f' id="note-{block_id}"' if box.noted else ""
        level = f' role="heading" aria-level="{max(box.level + 1, 2)}"' if box.kind == "heading" else ""
        out.append(
            f'<div class="block b-{escape(box.kind)}"{noted} data-block="{block_id}" data-at="{box.start}"'
            f"{level}>"
        )
        for item in box.items:
            self._box(item, out)
        if box.noted:
            out.append(
                f'<a class="back" href="#to-{block_id}" aria-label="{self._to_marker}" '
                'data-t-label="to_marker"></a>'
            )
        out.append("</div>")

    def _rows(self, box: Box, out: list[str]) -> None:
        width = max(map(len, box.rows), default=0)
        out.append('<div class="scroll" tabindex="0"><table>')
        for row in box.rows:
            wide = f' colspan="{width}"' if len(row) == 1 and width > 1 else ""
            out.append("<tr>")
            for cell in row:
                out.append(f'<td data-at="{cell.start}"{wide}>')
                self._pieces(cell.pieces, out)
                out.append("</td>")
            out.append("</tr>")
        out.append(f'</table></div><i data-at="{box.end}"></i>')

    def _pieces(self, pieces: Iterable[Piece], out: list[str]) -> None:
        for piece in pieces:
            text = shown(piece.text)
            if not piece.marks and not piece.note:
                out.append(text)
                continue
            out += [self._mark(mark) for mark in piece.marks]
            if piece.note:
                note = escape(piece.note)
                back = f' id="to-{note}"' if piece.back else ""
                text = f'<a class="note" href="#note-{note}"{back}>{text}</a>'
            out += (text, "</mark>" * len(piece.marks))

    def _mark(self, mark: Mark) -> str:
        entity = mark.entity
        label, entity_id = escape(entity.label), escape(entity.entity_id)
        kind = self._kinds.get(entity.entity_id, "")
        classes = f"label-{label}{' flagged' if entity.flags else ''}{'' if mark.first else ' more'}"
        if kind not in ("", "correct"):
            classes += f" g-{escape(kind)}"
        target = f' id="mention-{entity_id}" role="button"' if mark.first else ""
        return (
            f'<mark class="{classes}" data-i="{mark.index}" data-id="{entity_id}" data-label="{label}"'
            f'{target} tabindex="-1">'
        )
