"""Footnotes and their markers: which number in the text points to which note.

Part of stage 3 (see ``structure.py``). All offsets count characters of the clean text.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING

from pipeline.glosses import SUPERSCRIPTS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

# The number at the head of a footnote, which is no part of its sentence: 「8 海洋法に関する…」「*1 …」.
NOTE_NUMBER = re.compile(r"\s*(?:[¹²³⁰⁴-⁹]+|\*\d{1,2}|\d{1,3}(?=\s))\s*")
NOTE_LABEL = re.compile(
    r"\s*(?:(?P<raised>[¹²³⁰⁴-⁹]+)|(?P<star>\*\d{1,2})|(?P<number>\d{1,3})(?=\s)|[（〔［【]?(?P<sign>(?:注|※)\s?\d{0,2}))"
)
# 「急速に普及 5 するとともに」: a footnote number between blanks. What counts something is none: 「約 5 割」.
SPACED = re.compile(
    r"(?<=[ぁ-ヿ一-龥々）」』])(?<![第約計全各同成和正治]) (\d{1,3}) (?=[ぁ-ヿ一-龥、。（「])"
    r"(?![年月日時分秒週人件割回号条項章節編部位倍点名社校県市町村歳才億万千百円か台次期頁種歩段級度つ])"
)
# So many of these, and so large a part of them counting up one by one, are footnote numbers (決め打ち).
LEAST_SPACED, COUNTED_UP = 4, 0.7


def label_of(note: str) -> str:
    """Return the label of a footnote: ``1`` for 「¹ …」 and 「1 …」, ``注1`` for 「（注1）…」, else an empty string.

    >>> label_of("¹² 周辺事態"), label_of("（注 3）出典"), label_of("※ 速報値"), label_of("出典：総務省")
    ('12', '注3', '※', '')
    """
    match = NOTE_LABEL.match(note)
    found = match[match.lastgroup or 0] if match else ""
    return found.translate(SUPERSCRIPTS).replace(" ", "")


def spaced_markers(clean: str) -> dict[int, int]:
    """Return the footnote numbers that stand between blanks: start → end, the blanks included.

    One alone says nothing; a text in which most of such numbers count up by one prints its markers so.

    >>> spaced_markers("白書 1 の刊行、公共性 2 と統一性 3 から、普及 4 する。平成 3 年、約 5 割")
    {2: 5, 11: 14, 18: 21, 26: 29}
    """
    found = [(match.span(), int(match[1])) for match in SPACED.finditer(clean)]
    markers, last = {}, 0
    for (start, end), number in found:
        if number in (1, last + 1):
            markers[start], last = end, number
    enough = len(markers) >= LEAST_SPACED and len(markers) >= COUNTED_UP * len(found)
    return markers if enough else {}


def tie(notes: Iterable[tuple[str, int]], markers: Mapping[str, Sequence[int]]) -> list[list[int]]:
    """Return for each note the indices of its markers among those of its label.

    A marker points to the first note of its label behind it; one that no note follows, to the last before it.

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
