"""Footnotes and their markers: which lines are notes, and which numbers in the text point to them.

Part of stage 3 (see ``builder.py``). Offsets count characters of the clean text. A numbered line is a note
only where the text before it has its marker: raised (¹), between blanks (普及 5 する) or glued to a word (報告3。).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pipeline.eras import ERA_LASTS, ERA_NAMES
from pipeline.model.rule import Rule
from pipeline.structure.glosses import SUPERSCRIPTS
from pipeline.structure.words import words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from pipeline.structure.lines import Line

NOTE_NUMBER = Rule(
    "number_of_note",  # not part of the note's sentence
    r"\s*(?:[¹²³⁰⁴-⁹]+|\*\d{1,2}(?!\d)|\d{1,3}(?=\s))\s*",
    reads=("⟦8 ⟧海洋法に関する", "⟦*1 ⟧速報値", "⟦¹⟧速報値"),
    leaves=("⟦8月の", "⟦2014 年", "⟦速報値", "⟦*2013年"),
)
NOTE_LABEL = Rule(
    "label_of_note",
    r"""
    \s*(?:
        (?P<raised>[¹²³⁰⁴-⁹]+)
        |(?P<star>\*\d{1,2}(?!\d))
        |(?P<number>\d{1,3})(?=\s)
        |[（〔［【]?(?P<sign>(?:注|※)(?:\s?\d{1,2}(?!\d))?)
    )
    """,
    flags=re.VERBOSE,
    reads=("⟦¹²⟧ 周辺事態", "⟦（注 3⟧）出典", "⟦※⟧ 速報値", "⟦*1⟧ 速報値", "⟦8⟧ 海洋法"),
    leaves=("⟦出典：総務省", "⟦8月の", "⟦*2013年"),
)
# Words for what a number counts: 5 割, 3 か国.
_COUNTED = "[年月日時分秒週人件割回号条項章節編部位倍点名社校県市町村歳才億万千百円台次期頁種歩段級度つ]|か[所国月年条]"
SPACED = Rule(
    "note_number_between_blanks",  # a number that counts something is none: 「約 5 割」
    rf"""
    [ ](?<=[ぁ-ヿ一-龥々）」』][ ])(?<![第約計全各同成和正治][ ])
    (\d{{1,3}})
    [ ](?=[ぁ-ヿ一-龥、。（「])(?!{_COUNTED})
    """,
    flags=re.VERBOSE,
    reads=("急速に普及⟦ 5 ⟧するとともに",),
    leaves=("約 5 割", "普及 5 年", "第 5 章", "普及 5 か国"),
)
_NO_NOTE_BEHIND = f"第図表約計全各同{ERA_LASTS}年月日式型号条項章節注料版毎"
GLUED = Rule(
    "note_number_glued",  # read only if a note with that number follows
    rf"""
    \d(?<=[ぁ-ヿ一-龥々）」』]\d)(?<![{_NO_NOTE_BEHIND}]\d)\d{{0,2}}
    (?=[、。（「）]|[はがをにのとでもやへ](?!\d)|{words("behind_number")})
    """,
    flags=re.VERBOSE,
    reads=("と呼ばれた⟦2⟧。", "の状況⟦7⟧を", "普及⟦12⟧する"),
    leaves=("第2を", "平成2の", "約5から", "普及5人"),
)
RAISED_NUMBER = Rule(
    "raised_number",
    r"[¹²³⁰⁴-⁹]{1,3}(?![¹²³⁰⁴-⁹])",
    reads=("協定⟦¹²⟧を",),
    leaves=("協定12を", "⟦¹²³⁴"),
)
NUMBERED_NOTE = Rule(
    "numbered_line",
    rf"(\d{{1,3}})\s+(?!（(?:同|{ERA_NAMES}) ?\d)\S",
    reads=("⟦8 海⟧洋法に関する",),
    leaves=("⟦14 （平成26）年", "⟦8月の"),
)
BLANK = Rule("blank_in_label", r"\s", reads=("注⟦ ⟧3",), leaves=("注3",))
BROKEN = Rule(
    "sign_in_note",
    "[、。：:「（]",
    reads=("速報値⟦。⟧", "出典⟦：⟧総務省"),
    leaves=("動向と課題", "演習・訓練"),
)
# A raised marker is at most this far from its note, in code points; at most this many notes of a series may
# be missing (決め打ち).
NOTE_REACH, MISSING = 4000, 2
LONG_TITLE, SHORT_TITLE = 60, 25
# Numbers between blanks are markers if there are at least this many and this part of them counts up
# (決め打ち).
LEAST_SPACED, COUNTED_UP = 4, 0.7


def label_of(note: str) -> str:
    """Return the label of a footnote: ``1`` for 「¹ …」 and 「1 …」, ``注1`` for 「（注1）…」, else an empty string.

    >>> label_of("¹² 周辺事態"), label_of("（注 3）出典"), label_of("※ 速報値"), label_of("出典：総務省")
    ('12', '注3', '※', '')
    """
    match = NOTE_LABEL.match(note)
    found = match[match.lastgroup or 0] if match else ""
    return BLANK.sub("", found.translate(SUPERSCRIPTS))


def spaced_markers(clean: str) -> dict[int, int]:
    """Return the footnote numbers that stand between blanks: start → end, the blanks included.

    A single such number shows nothing. If most of them count up, they are the markers of the text.

    >>> spaced_markers("白書 1 の刊行、公共性 2 と統一性 3 から、普及 4 する。平成 3 年、約 5 割")
    {2: 5, 12: 15, 19: 22, 27: 30}
    """
    found = [(match.span(), int(match[1])) for match in SPACED.finditer(clean)]
    markers, last = {}, 0
    for (start, end), number in found:
        if number == 1 or last < number <= last + 1 + MISSING:
            markers[start] = end
        last = number
    enough = len(markers) >= LEAST_SPACED and len(markers) >= COUNTED_UP * len(found)
    return markers if enough else {}


def note_number(text: str) -> str:
    """Return the number at the beginning of a line, if it may be a footnote's, or an empty string."""
    stripped = text.strip()
    if match := RAISED_NUMBER.match(stripped):
        return match[0].translate(SUPERSCRIPTS)
    match = NUMBERED_NOTE.match(stripped)
    return match[1] if match else ""


@dataclass(slots=True)
class _Reader:
    """Reads the numbered lines of a text in order, and remembers the last note and its marker."""

    raised: dict[str, list[int]]
    printed: dict[str, list[int]]
    last: int = 0
    marker: int = -1
    line: int = -1
    glued: set[int] = field(default_factory=set)

    def is_note(self, line: Line, number: str, following: Line | None) -> bool:
        """Whether a numbered line is a note; remembers it if so."""
        n = int(number)
        if not (n == 1 or self.last < n <= self.last + 1 + MISSING or not self.last):
            return False
        if (
            n == self.last + 1
            and _nearest(self.raised.get(number, ()), line.start - NOTE_REACH, line.start) >= 0
        ):
            self._note(n, line, line.start)
            return True
        after = self.marker if n > self.last else self.line
        place = _nearest(self.printed.get(number, ()), after, line.start)
        if place < 0 or _title(line, following):
            return False
        self.glued.add(place)
        self._note(n, line, place)
        return True

    def marked(self, line: Line, number: str) -> None:
        """Remember a line whose form shows that it is a footnote."""
        self._note(int(number), line, line.start)

    def _note(self, number: int, line: Line, marker: int) -> None:
        self.last, self.line, self.marker = number, line.start, marker


def _nearest(places: Sequence[int], after: int, before: int) -> int:
    """Return the last of ``places`` between two offsets, or -1."""
    k = bisect_left(places, before) - 1
    return places[k] if k >= 0 and places[k] > after else -1


def _title(line: Line, following: Line | None) -> bool:
    """Whether a numbered line looks like a title, not like a note."""
    text = line.text.strip()
    if len(text) > LONG_TITLE or text.endswith("。") or "://" in text or following is None:
        return False
    if len(text) <= SHORT_TITLE and not BROKEN.search(text) and not note_number(following.text):
        return True
    prose = following.kind == "paragraph" and (following.text.startswith("　") or "。" in following.text)
    return prose or (following.kind == "heading" and not note_number(following.text) and text[:1].isdigit())


def footnotes(clean: str, lines: Sequence[Line]) -> tuple[dict[int, str], dict[int, int]]:
    """Return which lines are numbered footnotes, and the markers that were printed like plain figures.

    Args:
        clean: The clean text.
        lines: Its lines, their kinds read from each line alone.

    Returns:
        Index of a line → number of the note; and start → end of each marker, blanks around it included.
    """
    spaced = spaced_markers(clean)
    raised: dict[str, list[int]] = {}
    for match in RAISED_NUMBER.finditer(clean):
        raised.setdefault(match[0].translate(SUPERSCRIPTS), []).append(match.start())
    printed: dict[str, list[int]] = {}
    ends = dict(spaced)
    for match in GLUED.finditer(clean):
        ends.setdefault(match.start(), match.end())
    for start, end in sorted(ends.items()):
        printed.setdefault(clean[start:end].strip(), []).append(start)
    reader = _Reader(raised, printed)
    found: dict[int, str] = {}
    full = [i for i, line in enumerate(lines) if line.kind != "blank"]
    for place, i in enumerate(full):
        line = lines[i]
        if line.kind not in ("heading", "paragraph", "list_item", "footnote") or not (
            number := note_number(line.text)
        ):
            continue
        following = lines[full[place + 1]] if place + 1 < len(full) else None
        if line.kind == "footnote":
            reader.marked(line, number)
            found[i] = number
        elif reader.is_note(line, number, following):
            found[i] = number
    return found, spaced | {start: ends[start] for start in sorted(reader.glued)}


def tie(notes: Iterable[tuple[str, int]], markers: Mapping[str, Sequence[int]]) -> list[list[int]]:
    """Return for each note the indices of its markers among those of its label.

    A marker points to the next note with its label, or, if none follows, to the last one before it.

    Args:
        notes: Label and offset of each footnote, in text order.
        markers: The offsets of the markers of each label, in text order.
    """
    found: list[list[int]] = []
    places: dict[str, list[tuple[int, int]]] = {}
    for index, (label, start) in enumerate(notes):
        found.append([])
        if label:
            places.setdefault(label, []).append((start, index))
    for label, offsets in markers.items():
        if there := places.get(label):
            starts = [start for start, _ in there]
            for i, offset in enumerate(offsets):
                found[there[min(bisect_left(starts, offset), len(there) - 1)][1]].append(i)
    return found
