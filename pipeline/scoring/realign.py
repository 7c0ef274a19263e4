"""Gold of a text, moved to the text as it was extracted anew.

Blanks, line breaks and widths do not count: what is compared is the rest, character by character. Pieces of
the two texts that hold a run of characters which stands but once in each are surely the same, wherever they
stand, and are followed to both sides as long as the characters agree. What no such piece covers is placed
where its text stands once between the same two pieces in both. Nothing else is placed. It takes time linear
in the length of the texts.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from pipeline.clean import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pipeline.scoring.gold import GoldMention

RUN = 12
"""Characters of a run that makes two pieces surely the same, if it stands once in each text (決め打ち)."""
GAP = 2000
"""Characters between two pieces within which a text is looked for (決め打ち)."""


class Squeezed(NamedTuple):
    """A text without blanks, widths folded, and where each of its characters stands in the text itself."""

    text: str
    places: list[int]


class Piece(NamedTuple):
    """``old[start:end]`` equals ``new[start + shift : end + shift]``; offsets count squeezed characters."""

    start: int
    end: int
    shift: int


def realign(
    old: str, new: str, mentions: Iterable[GoldMention]
) -> tuple[list[GoldMention], list[GoldMention]]:
    """Return the mentions at their places in ``new``, in text order, and those that cannot be placed.

    Args:
        old: The raw text that the mentions annotate.
        new: The raw text as extracted anew.
        mentions: Their spans are half-open and count code points of ``old``.
    """
    before, after = squeezed(old), squeezed(new)
    pieces = common(before.text, after.text)
    index = {place: at for at, place in enumerate(before.places)}
    placed, lost = [], []
    for mention in mentions:
        inside = [index[place] for place in range(mention.start, mention.end) if place in index]
        span = _placed(before.text, after.text, pieces, inside[0], inside[-1] + 1) if inside else None
        if span is None:
            lost.append(mention)
            continue
        start, end = after.places[span[0]], after.places[span[1] - 1] + 1
        placed.append(replace(mention, start=start, end=end, text=new[start:end]))
    placed.sort(key=lambda m: (m.start, m.end))
    return placed, lost


def squeezed(text: str) -> Squeezed:
    r"""Return a text without its blanks, each character in its cleaned form where that is one character.

    >>> squeezed("Ａ 省\n").text, squeezed("Ａ 省\n").places
    ('A省', [0, 2])
    """
    forms = {sign: _form(sign) for sign in set(text)}
    places = [at for at, sign in enumerate(text) if forms[sign]]
    return Squeezed("".join([forms[text[at]] for at in places]), places)


def _form(sign: str) -> str:
    if sign.isspace():
        return ""
    folded = fold(sign)
    return folded if len(folded) == 1 else sign


def common(old: str, new: str) -> list[Piece]:
    """Return the pieces that two squeezed texts surely share, in the order of ``old``, and apart there.

    A piece that another one contradicts at one of its characters is cut back: what is not sure is not shared.
    """
    there = _once(new)
    pieces: list[Piece] = []
    for run, at in _once(old).items():
        if run not in there:
            continue
        shift = there[run] - at
        if pieces and pieces[-1].shift == shift and at + RUN <= pieces[-1].end:
            continue
        pieces.append(_followed(old, new, at, shift))
    return _apart(pieces)


def _once(text: str) -> dict[str, int]:
    """Return where each run of characters stands that stands but once in the text, in text order."""
    first: dict[str, int] = {}
    again = set()
    for at in range(len(text) - RUN + 1):
        run = text[at : at + RUN]
        if run in first:
            again.add(run)
        else:
            first[run] = at
    return {run: at for run, at in first.items() if run not in again}


def _followed(old: str, new: str, at: int, shift: int) -> Piece:
    """Return the piece around a run, as far as the texts agree on both sides."""
    start, end = at, at + RUN
    while start > 0 and start + shift > 0 and old[start - 1] == new[start + shift - 1]:
        start -= 1
    while end < len(old) and end + shift < len(new) and old[end] == new[end + shift]:
        end += 1
    return Piece(start, end, shift)


def _apart(pieces: Sequence[Piece]) -> list[Piece]:
    """Cut from pieces, in the order of the old text, what two of them claim."""
    found: list[Piece] = []
    for piece in sorted(pieces):
        if found and piece.start < found[-1].end:
            last = found.pop()
            if last.start < piece.start:
                found.append(last._replace(end=piece.start))
            piece = piece._replace(start=last.end)
        if piece.start < piece.end:
            found.append(piece)
    return found


def _placed(old: str, new: str, pieces: Sequence[Piece], start: int, end: int) -> tuple[int, int] | None:
    """Return where ``old[start:end]`` stands in ``new``, or None."""
    at = bisect_right(pieces, start, key=lambda piece: piece.start) - 1
    if at >= 0 and end <= pieces[at].end:
        return start + pieces[at].shift, end + pieces[at].shift
    before = pieces[at] if at >= 0 else Piece(0, 0, 0)
    behind = next(
        (p for p in pieces[at + 1 : at + 4] if p.start >= end), Piece(len(old), len(old), len(new) - len(old))
    )
    a, b = min(before.end, start), behind.start
    c, d = a + before.shift, b + behind.shift
    if not (0 <= c <= d and b - a <= GAP and d - c <= GAP):
        return None
    name = old[start:end]
    if _count(old[a:b], name) != 1 or _count(new[c:d], name) != 1:
        return None
    found = new.index(name, c)
    return found, found + len(name)


def _count(text: str, name: str) -> int:
    """Return how often a name stands in a text, with those that overlap; more than two are two."""
    first = text.find(name)
    return 0 if first < 0 else 1 if text.find(name, first + 1) < 0 else 2
