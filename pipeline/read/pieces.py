"""The result that every reader of a format returns.

Its text, block by block, and what the file itself says of the blocks.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from pipeline.model.source import Told

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from pipeline.model.page import BlockKind
    from pipeline.model.printed import Print
    from pipeline.model.source import Format

# The markup of a page may call anything a heading. A heading is at most this long, in code points, and is no
# whole sentence (決め打ち).
LONGEST_HEADING = 100


class Piece(NamedTuple):
    """A block of text.

    Attributes:
        text: Its lines; cells of a row are parted by tabs.
        kind: What the file says it is; empty where that is for the structure to find.
        level: Of a heading: 1 for the uppermost.
        close: Whether it stands right under a block before it that is close, too: members of a list.
    """

    text: str
    kind: BlockKind | None = None
    level: int = 0
    close: bool = False


@dataclass(frozen=True, slots=True)
class Extract:
    """The content of a file, as read.

    Attributes:
        text: Of the whole document.
        encoding: That its characters were decoded from; empty where the format leaves no choice.
        format: What the file is.
        title: As the file has it.
        day: The day on which it speaks, where the file says it for sure.
        warnings: What of it could not be read, a clause each.
        told: For the offset of a line in the text: what the file says it is.
        printed: Of a PDF.
    """

    text: str
    encoding: str
    format: Format
    title: str = ""
    day: date | None = None
    warnings: tuple[str, ...] = ()
    told: Mapping[int, Told] = field(default_factory=dict)
    printed: Print | None = None


def joined(pieces: Iterable[Piece]) -> tuple[str, dict[int, Told]]:
    r"""Return the text of blocks, blank lines between them, and what is told of its lines.

    >>> joined([Piece("総論", "heading", 1), Piece("・一", None, 0, True), Piece("・二", None, 0, True)])[0]
    '総論\n\n・一\n・二\n'
    """
    out: list[str] = []
    told: dict[int, Told] = {}
    length, before = 0, None
    for piece in pieces:
        if before is not None:
            out.append("\n" if piece.close and before else "\n\n")
            length += len(out[-1])
        if piece.kind and (piece.kind != "heading" or _may_head(piece.text)):
            told[length] = Told(piece.kind, piece.level)
        out.append(piece.text)
        length += len(piece.text)
        before = piece.close
    if out:
        out.append("\n")
    return "".join(out), told


def _may_head(text: str) -> bool:
    return len(text) <= LONGEST_HEADING and "\n" not in text and "\t" not in text and not text.endswith("。")
