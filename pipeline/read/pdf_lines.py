"""The lines of a page as they are written, and how one goes on in the next."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pipeline.read.pdf_glyphs import Piece

LineKind = Literal["text", "row", "box", "note", "edge"]
# The end of a sentence, and what may follow it.
ENDED = re.compile(r"[。．！？!?]?[」』）)】〕〉》”’]*$")
CLOSING = "。．！？!?：:"
# A line that ends on these has not ended, and no item ends so.
OPEN = re.compile(r"[、，・（「『をがはの～〜]$")
# A line that begins with one of these continues no other: the marks of items, also of fonts without letters.
MARK = re.compile(
    r"""\ufffd(?=[（(「])|[\ue000-\uf8ff・•‣▪●○◇◆■□◼◻◾◽▸►※➢✓⚫★☆▶⇒→◎◯\u20dd➣➤❏❖✔☑]  # a sign
      | [-–—][ \u3000]?(?=[ぁ-んァ-ヶ一-龥「])
      | (?: [①-⑳]
          | 第[0-9０-９一二三四五六七八九十]+[編部章節項条]
          | [（(](?:[0-9０-９]{1,2}|[ア-ン]|注[ \u3000]?[0-9０-９]{0,2})[)）]   # (1) (ア) (注) (注１)
          | 注[0-9０-９]{1,2}(?![)）0-9０-９])                # 注１
          | [0-9０-９]{1,2}[.．)）]\s*(?![0-9０-９])         # 1. 1)
          | \[\d{1,3}\]
          | [ア-ンa-zａ-ｚ][)）]                              # ア) a)
          | (?:図表?|表|写真|資料)[ \u3000]?[0-9０-９]++(?:[-－‐.．][0-9０-９]++)*+
        )(?![とがはをにのもでへや、。])                      # 「表１のとおり」 goes on
    """,
    re.VERBOSE,
)
# A line that is a title of its own: 「（目的）」 over an article.
TITLE = re.compile(r"[（(【〔][^（）()【】〔〕]{1,30}[)）】〕]")
# A line of a table of contents: it has ended at its page number, or before one that is set apart.
LEADER = re.compile(r"(?:[.．…‥・\s]{4,}|[…‥]{2,})\s*[0-9０-９ivxlcⅰ-ⅻ]{1,5}$|[.．…‥・]{6}$")
ADDRESS = re.compile(r"(?:https?://|www\.)[!-~]*$")
# Setters never part these; they are looked for in at most this many letters.
WORD, LONGEST_WORD = (
    re.compile(
        r"[「『（(〔［【]*(?:[!-~]+|.)[、。，．」』）)〕］】・ー々ぁぃぅぇぉっゃゅょァィゥェォッャュョ]*"
    ),
    80,
)
# Latin words, figures and brackets end and begin on these.
WORD_END, WORD_START = re.compile(r"[A-Za-z0-9,.;:)\]\"']$"), re.compile(r"[A-Za-z0-9(\"']")
# A row that leads to a figure leaves at least so much free before it, in letters (決め打ち).
LED = 3.0
FIGURE = re.compile(r"[△▲－-]?[0-9０-９][0-9０-９,，.．]*[^0-9０-９。、]{0,4}")
# At most this many characters at the end of a line are looked at.
TAIL = 200


class Part(NamedTuple):
    """A piece, and what is written before it where it does not stand at the beginning."""

    piece: Piece
    before: str = ""


class Line(NamedTuple):
    """A line of the text: its cells (one, unless it is a table's row), and how it stands to the line before.

    ``kind`` is ``text``, ``row``, ``box`` (of a frame), ``note`` or ``edge`` (of the page); ``apart`` has a
    gap before it, ``indented`` begins a paragraph, ``joined`` carries on the line before.
    """

    cells: tuple[tuple[Part, ...], ...]
    kind: LineKind = "text"
    apart: bool = False
    indented: bool = False
    joined: bool = False
    before: str = ""


def line_of(pieces: Iterable[Piece], kind: LineKind = "text", *, apart: bool = False) -> Line:
    """Return a line of one cell in which the pieces stand side by side."""
    parts = tuple(Part(piece, "\u3000" if k else "") for k, piece in enumerate(pieces))
    return Line((parts,), kind, apart)


def is_ended(text: str) -> bool:
    """Whether a sentence may end where ``text`` does.

    >>> is_ended("行った。"), is_ended("（注を参照）。」"), is_ended("防衛省（"), is_ended("とする。）"), is_ended("省（案）")
    (True, True, False, True, False)
    """
    text = text[-TAIL:].rstrip()
    return LEADER.search(text) is not None or text.rstrip("」』）)】〕〉》”’")[-1:] in tuple(CLOSING)


def head_width(piece: Piece) -> float:
    """Return the width of what no setter parts at the beginning of a piece: a word, a letter and marks."""
    glyphs = [g for g in piece.glyphs if not g.char.isspace()] or piece.glyphs
    word = WORD.match("".join([g.char for g in glyphs[:LONGEST_WORD]]))
    last = glyphs[len(word[0]) - 1 if word else 0]
    return last.right - glyphs[0].left


def led(pieces: Sequence[Piece]) -> bool:
    """Whether a row leads over free space to a figure at its end: 「初診料　　　　　　288点」."""
    if len(pieces) < 2:
        return False
    before, last = pieces[-2:]
    return last.left - before.right >= LED * last.size and FIGURE.fullmatch(last.text) is not None


def joint(head: str, tail: str, *, full: bool = True) -> str:
    r"""Return what is written between two lines that are read as one: a blank, or nothing.

    >>> joint("International Civil", "Aviation"), joint("https://www.exam", "ple.go.jp"), joint("防衛", "省")
    (' ', '', '')
    >>> joint("統合推進本部", "内閣府", full=False)
    '\u3000'

    Args:
        head: The text of the first line, or its end.
        tail: The text of the second.
        full: Whether the first one reaches the end of its column.
    """
    head, tail = head[-TAIL:], tail[:1]
    if not head or not tail or head[-1].isspace():
        return ""
    if ADDRESS.search(head) and tail.isascii():
        return "" if full else " "
    hyphen = full and head.endswith("-")
    if not hyphen and WORD_END.search(head) and WORD_START.match(tail):
        return " "
    return "" if full else "\u3000"
