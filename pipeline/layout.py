"""What each line of a page is, which heading it stands under, and which line carries it on.

Part of stage 3 (see ``structure.py``). The rules look at one line and its neighbours; none of them
knows a word of a particular document.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.model import BlockKind

LineKind = Literal[
    "blank", "heading", "paragraph", "list_item", "table", "caption", "footnote", "reference", "page_number", "gloss"
]
NUMBER = r"[0-9０-９一二三四五六七八九十ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩIVX]+"
# Heading schemes: name → pattern. The order in which a document first uses them gives their level.
SCHEMES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("部", re.compile(rf"第{NUMBER}部(?=$|[\s　])")),
    ("章", re.compile(rf"第{NUMBER}章(?=$|[\s　])")),
    ("節", re.compile(rf"第{NUMBER}節(?=$|[\s　])")),
    ("項", re.compile(rf"第{NUMBER}項(?=$|[\s　])")),
    ("1-2", re.compile(r"\d{1,2}[-－ー．.]\d{1,2}(?:[-－．.]\d{1,2})*[\s　]+(?=\S)")),
    ("Ⅰ", re.compile(r"[ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ]{1,3}[\s　.．]+(?=\S)")),
    ("1", re.compile(r"\d{1,2}[\s　.．、]+(?=[^\d\s])")),
    ("一", re.compile(r"[一二三四五六七八九十]{1,3}[\s　、．]+(?=\S)")),
    ("(1)", re.compile(r"（\d{1,2}）[\s　]*(?=\S)")),
    ("(一)", re.compile(r"（[一二三四五六七八九十]{1,3}）[\s　]*(?=\S)")),
    ("(i)", re.compile(r"（?[ivx]{1,4}）[\s　]*(?=\S)")),
    ("1)", re.compile(r"\d{1,2}）[\s　]*(?=\S)")),
    ("①", re.compile(r"[①-⑳][\s　]*(?=\S)")),
    ("ア", re.compile(r"[ア-ン][\s　.．]+(?=\S)")),
    ("(ア)", re.compile(r"（[ア-ン]）[\s　]*(?=\S)")),
    ("◆", re.compile(r"[◆◇■□●○▼▽★☆][\s　]*(?=\S)")),
)
BULLET = re.compile(r"[-・•‣▪●○◇◆■□※➢✓*][\s　]*\S|（[ア-ン\d]{1,2}）|[①-⑳]")
CAPTION = re.compile(r"(?:図表?|表|写真|資料)[\s　]?[0-9０-９ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ]|第?[\d１-９-]+[図表](?=[\s　])|【?(?:コラム|事例)[\d１-９]")
REFERENCE = re.compile(r"[【（]?(?:参照|参考)[】）]?(?=[\s　図表資第ⅠⅡⅢⅣⅤ「：:])")
FOOTNOTE = re.compile(r"[¹²³⁰⁴-⁹]+[\s　]*\S|[（(]?(?:注|※|備考|出典|資料)[\s　]?\d{0,2}[）):：、\s　]|（注\d*）|\*\d")
NUMBERED_NOTE = re.compile(r"(\d{1,3})[\s　]+(?!（(?:同|明治|大正|昭和|平成|令和) ?\d)\S")
RAISED_NUMBER = re.compile(r"[¹²³⁰⁴-⁹]+")
SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
PAGE = re.compile(r"[-－―〜~ 　]*\d{1,4}[-－―〜~ 　]*|第?\d{1,3}[頁ページ]")
LATIN_LINE = re.compile(r"[A-Za-z][A-Za-z .,&'’/()（）-]*")
JAPANESE = re.compile(r"[ぁ-ヿ一-龥々]")
ENDING = re.compile(r"[。！？!?：:」』）】〕>＞]$")
# A sentence cannot end on these: the line goes on.
OPEN_END = re.compile(r"[、，・（「『をがはにのとやもへでてりしき]$")
# Nor can a heading end on these.
OPEN_TITLE = re.compile(r"[、，・（「『をがはにのとやも]$")
# An item of a list that ends on a noun like these is complete.
ITEM_END = re.compile(r"(?:こと|もの|など|等)$")
LONG_HEADING, SHORT_LINE, PROSE = 60, 20, 30
FAR, NOTE_REACH = 80, 4000


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the clean text without its line end; ``number`` is that of a footnote."""

    start: int
    end: int
    text: str
    kind: LineKind
    section: tuple[str, ...] = ()
    level: int = 0
    number: str = ""

    @property
    def block_kind(self) -> BlockKind:
        """The kind of its block; raises ValueError for a blank line, which has none."""
        if self.kind == "blank":
            raise ValueError("a blank line belongs to no block")
        return self.kind


def read_lines(clean: str) -> list[Line]:
    """Return the lines of ``clean`` with their kinds."""
    lines: list[Line] = []
    last_note, raised = 0, _raised(clean)
    start = 0
    for text in clean.split("\n"):
        kind = _kind(text)
        number = ""
        if kind in ("heading", "paragraph", "footnote"):
            number = _note_number(text)
            own = number and number == str(last_note + 1)
            marked = own and any(start - NOTE_REACH < at < start for at in raised.get(number, ()))
            if marked or (kind == "footnote" and number):
                kind, last_note = "footnote", int(number)
            elif kind != "footnote":
                number = ""
        lines.append(Line(start, start + len(text), text, kind, number=number))
        start += len(text) + 1
    return lines


def _raised(clean: str) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for match in RAISED_NUMBER.finditer(clean):
        found.setdefault(match.group().translate(SUPERSCRIPTS), []).append(match.start())
    return found


def _note_number(text: str) -> str:
    stripped = text.strip()
    if match := RAISED_NUMBER.match(stripped):
        return match.group().translate(SUPERSCRIPTS)
    match = NUMBERED_NOTE.match(stripped)
    return match.group(1) if match else ""


def _kind(text: str) -> LineKind:
    stripped = text.strip()
    if not stripped:
        return "blank"
    if "\t" in text.strip("\n "):
        return "table"
    for kind, pattern in (("caption", CAPTION), ("reference", REFERENCE), ("footnote", FOOTNOTE)):
        if pattern.match(stripped) and not (kind == "caption" and stripped.endswith("。")):
            return kind  # type: ignore[return-value]
    if PAGE.fullmatch(stripped):
        return "page_number"
    if LATIN_LINE.fullmatch(stripped) and " " in stripped:
        return "gloss"
    short = len(stripped) <= LONG_HEADING and not stripped.endswith("。")
    if short and any(pattern.match(stripped) for _, pattern in SCHEMES) and not OPEN_TITLE.search(stripped):
        return "heading"
    return "list_item" if BULLET.match(stripped) else "paragraph"


def headings(lines: Sequence[Line]) -> list[Line]:
    """Give every line the path of headings that it stands under, and every heading its level."""
    stack: list[tuple[str, str]] = []
    out = []
    for line in lines:
        level = 0
        if line.kind == "heading":
            title = line.text.strip()
            scheme = next(name for name, pattern in SCHEMES if pattern.match(title))
            depth = next((i for i, (name, _) in enumerate(stack) if name == scheme), len(stack))
            del stack[depth:]
            path = tuple(t for _, t in stack)
            stack.append((scheme, title))
            out.append(replace(line, section=path, level=len(stack)))
            continue
        out.append(replace(line, section=tuple(t for _, t in stack), level=level))
    return out


def continues(lines: Sequence[Line], i: int) -> int | None:
    """Return the index of the line that carries line ``i`` on, or None where it ends here."""
    line = lines[i]
    if line.kind not in ("paragraph", "list_item", "footnote", "reference", "caption"):
        return None
    if line.kind == "reference":
        after = lines[i + 1] if i + 1 < len(lines) else None
        return i + 1 if after and line.text.rstrip().endswith("、") and after.kind in ("paragraph", "caption") else None
    text = line.text.rstrip()
    if ENDING.search(text) or (line.kind == "caption" and not OPEN_END.search(text)):
        return None
    if i + 1 < len(lines) and _opens(lines[i + 1]):
        return i + 1 if len(text) >= SHORT_LINE or OPEN_END.search(text) else None
    return _over_the_break(lines, i, text)


def _over_the_break(lines: Sequence[Line], i: int, text: str) -> int | None:
    """Return the line that carries on a paragraph which a page, a picture, a table or a note interrupts."""
    kind = lines[i].kind
    indented = lines[i].text.startswith(("　", " "))
    prose = len(text) >= PROSE or indented or bool(re.search("[、。]", text))
    if not prose or (kind == "list_item" and ITEM_END.search(text)):
        return None
    near = True
    for j in range(i + 1, min(i + FAR, len(lines))):
        other = lines[j]
        if _opens(other):
            if _caption_like(other.text):
                near = False
                continue
            whole = near or (kind in ("paragraph", "list_item") and _broken(text, other.text))
            return j if whole else None
        if other.kind in ("paragraph", "list_item", "heading", "reference"):
            return None
        near = near and other.kind == "blank"
    return None


def _opens(line: Line) -> bool:
    """Whether ``line`` may carry on an earlier one: running text without the indent of a new paragraph."""
    return line.kind == "paragraph" and not line.text.startswith((" ", "　"))


def _caption_like(text: str) -> bool:
    """Whether a line without a mark looks like the caption of a picture: short, and no sentence."""
    return len(text.strip()) <= LONG_HEADING and not re.search("[。]$|、", text.strip())


def _broken(head: str, tail: str) -> bool:
    """Whether a paragraph that stops without a full stop and one further down look like its halves."""
    return not ENDING.search(head) and bool(re.search("[。、]", tail)) and bool(JAPANESE.match(tail.strip()))
