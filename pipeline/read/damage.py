"""Warnings about text that was lost or made unreadable before it was read.

Part of stage 1. Nothing is mended: a text that was decoded wrongly has lost letters, so the way out is the
original file.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from pipeline.facts import rows
from pipeline.read.likely import FIRST_LEVEL, likely
from pipeline.read.side_by_side import side_by_side

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

LOST = "\ufffd"
CONTROL = re.compile("[\0-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f]")
# A warning names at most this many control characters one by one.
NAMED = 4
# At least FEWEST unlikely letters, each at most NEAR code points from the next, make a stretch of at
# most STRETCH. Another reading of a stretch must look like Japanese by RIGHT, and by BETTER more than
# the text. After MOST_IN_VAIN stretches without another reading, no more are tried (決め打ち).
FEWEST, NEAR, STRETCH, RIGHT, BETTER, MOST_IN_VAIN = 5, 4, 500, 0.8, 0.35, 300
# If more than MOST_BEYOND of a text is beyond ASCII, and at least ODD of that is odd, the text is not
# Japanese when its first SAMPLE code points look less like it than NOT_JAPANESE (決め打ち).
MOST_BEYOND, ODD, SAMPLE, NOT_JAPANESE = 0.2, 0.1, 5000, 0.5
# At most this part of the letters beyond ASCII may be lost in another reading (決め打ち).
MOST_LOST = 0.35
SHOWN = 8
# Japanese that was saved in an encoding without it became question marks: at least QUESTIONS of them,
# and more than MOST_QUESTIONS of the text (決め打ち).
QUESTIONS, MOST_QUESTIONS = 20, 0.2
# ISO-2022-JP that lost its escape characters: $BKI1R>J(B.
ESCAPED = re.compile(r"\$[@B](?:[!-~]{2})+?\([BJ]")
# Libraries write the first for letters that a font does not explain, web pages the second for letters beyond
# ASCII.
GLYPH, REFERENCE = re.compile(r"\(cid:\d+\)"), re.compile(r"&#(?:\d{2,6}|x[0-9A-Fa-f]{2,5});")


def damage(text: str, told: Iterable[str] = ()) -> list[str]:
    """Return a line for each kind of damage to the characters of ``text``; none for an intact text.

    Args:
        text: What was read.
        told: The warnings of its reader; what they say of lost letters is not said again.
    """
    lost = () if any(LOST in line for line in told) else _lost(text)
    found = [*_controls(text), *lost, *_misread(text), *side_by_side(text)]
    written = (
        (ESCAPED, 2, "stretches look like ISO-2022-JP without its escape characters: get the file anew"),
        (
            GLYPH,
            2,
            "letters are written as (cid:…), since a font does not say what they mean: give the PDF itself",
        ),
        (REFERENCE, 5, "letters are written as &#…; as in a web page: save it as .html"),
    )
    for pattern, least, what in written:
        if (times := sum(1 for _ in pattern.finditer(text))) >= least:
            found.append(f"{times} {what}")
    return found


def _controls(text: str) -> Iterator[str]:
    first = CONTROL.search(text)
    if first is None:
        return
    controls = Counter(CONTROL.findall(text))
    often = sorted(controls, key=lambda char: (-controls[char], char))
    names = ", ".join(f"U+{ord(char):04X}" for char in often[:NAMED])
    total = sum(controls.values())
    more = " …" if len(often) > NAMED else ""
    where = f"{names}{more}; the first at character {first.start()}"
    yield f"{total} control character{'s are' if total > 1 else ' is'} left out ({where})"


def _lost(text: str) -> Iterator[str]:
    if lost := text.count(LOST):
        yield (
            f"{lost} character{'s are' if lost > 1 else ' is'} � (U+FFFD, the first at {text.index(LOST)}): "
            "an earlier conversion lost the letters that stood there; "
            "get the file anew, or convert the original again"
        )
    questions = text.count("?")
    if questions >= QUESTIONS and questions > MOST_QUESTIONS * len(text):
        yield (
            f"{questions} of {len(text)} characters are ?: the text was saved in an encoding that has no "
            "Japanese; save the original again, in UTF-8"
        )


class _Stretch(NamedTuple):
    """A piece of text that reads as Japanese in another encoding."""

    text: str
    right: str
    written: str
    seen: str


@cache
def _odd() -> re.Pattern[str]:
    """Return the pattern of characters that are rare in Japanese: not kana, marks, first-level kanji."""
    cells = bytes(range(0xA1, 0xFF))
    first = "".join(
        bytes((row + 0xA0, cell)).decode("euc_jp", "ignore") for row in FIRST_LEVEL for cell in cells
    )
    return re.compile(f"[^\0-\x7f\u2010-\u33ff{first}\uff01-\uff60\uffe0-\uffee{LOST}]")


def _misread(text: str) -> Iterator[str]:
    places = [match.start() for match in _odd().finditer(text)]
    found = list(_stretches(text, places))
    for written, seen in dict.fromkeys((s.written, s.seen) for s in found):
        same = [s for s in found if (s.written, s.seen) == (written, seen)]
        size = sum(len(s.text) for s in same)
        right = same[0].right.replace(LOST, "")[:SHOWN]
        yield (
            f"{size} characters look like {written} that was read as {seen} "
            f"({_shown(same[0].text)} for {_shown(right)}): get the file as it was written, in {written}"
        )
    if not found and (share := _share(text, len(places))) < NOT_JAPANESE:
        yield (
            f"only {share:.0%} of the letters beyond ASCII look like Japanese ({_shown(text)}): "
            "the text was read in a wrong encoding, or is in another language"
        )


def _share(text: str, odd: int) -> float:
    """Return how much of the text beyond ASCII looks like Japanese; 1 if it is short or hardly odd."""
    beyond = len(text) - len(text.encode("ascii", "ignore"))
    if beyond <= max(MOST_BEYOND * len(text), FEWEST) or odd + text.count(LOST) < ODD * beyond:
        return 1.0
    return likely(text[:SAMPLE].replace(LOST, ""))


def _shown(text: str) -> str:
    plain = "".join(char for char in text if char.isprintable() and not char.isspace())
    return f"「{plain[:SHOWN]}…」"


def _stretches(text: str, places: Sequence[int]) -> Iterator[_Stretch]:
    """Yield the stretches of ``text`` that another encoding explains."""
    in_vain: set[str] = set()
    first = 0
    for i, place in enumerate(places):
        ends = i + 1 == len(places) or places[i + 1] - place > NEAR or place - places[first] > STRETCH
        if not ends:
            continue
        stretch = text[places[first] : place + NEAR]
        dense = len({*stretch}) > FEWEST and i - first + 1 >= FEWEST
        first = i + 1
        if dense and stretch not in in_vain and len(in_vain) < MOST_IN_VAIN:
            if found := _reread(stretch):
                yield found
            else:
                in_vain.add(stretch)


def _reread(stretch: str) -> _Stretch | None:
    """Return the stretch in the encoding that makes most sense of it, if one does."""
    best, share = None, max(RIGHT, likely(stretch) + BETTER)
    for row in rows("misreadings.csv"):
        right = _bytes(stretch, row["read_as"]).decode(row["was"], "replace")
        beyond = sum(char > "\x7f" for char in right)
        lost = right.count(LOST)
        if not beyond or lost > MOST_LOST * beyond:
            continue
        if (now := likely(right.replace(LOST, ""))) > share and beyond - lost >= FEWEST:
            best, share = _Stretch(stretch, right, row["written"], row["seen"]), now
    return best


def _bytes(text: str, codec: str) -> bytes:
    """Return the bytes that ``codec`` reads as ``text``, without the characters that it cannot have read."""
    if codec != "western":
        return text.encode(codec, "ignore")
    # Windows-1252, and Latin-1 where that has no letter.
    return b"".join(char.encode("cp1252", "ignore") or char.encode("latin-1", "ignore") for char in text)
