"""Which characters every match of a regular expression has, read from the expression itself.

A text that lacks them holds no match, so the expression need not be compiled for it. What is said is never
too much: of a part that is not understood, nothing is said.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from pipeline.model.opening import (
    AROUND,
    GROUP,
    PLACES,
    REPEATED,
    UnknownError,
    of_signs,
    signs_of,
    skip,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.model.opening import Opening

    Way = tuple[Opening, ...]

# Of more ways than these through an expression, those through one group become one (決め打ち).
MOST_WAYS = 24
ENDLESS = 1_000_000
"""The width of what can go on without end (決め打ち)."""
# What stands for some character, nobody knows which.
_ANY = re.compile(r"\.|\\[wWDS]|\[\^.*", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Needed:
    """What a match has: all of one of the ways, in this order, each at a place of its own.

    Attributes:
        ways: One empty way where nothing is known.
        width: So many characters, from where a match begins, hold all of that.
    """

    ways: tuple[Way, ...]
    width: int

    def stands_in(self, text: str) -> bool:
        """Whether ``text`` has what a match needs.

        >>> needed("第[0-9]{1,3}条").stands_in("第2条"), needed("第[0-9]{1,3}条").stands_in("条約第2号")
        (True, False)
        """
        return any(_in_order(way, text) for way in self.ways)


NOTHING_KNOWN = Needed(((),), ENDLESS)


class _Part(NamedTuple):
    """A part of an expression: the ways through it, and how wide it can be."""

    ways: list[Way]
    width: int


_NOTHING = _Part([()], 0)


@dataclass(slots=True)
class _Read:
    """What has been read of an alternative.

    Attributes:
        ways: The ways through it.
        width: How wide it can be.
        ahead: What a lookahead wants behind it: it counts only while nothing more is read, since what
            follows may be the same characters.
    """

    ways: list[Way] = field(default_factory=lambda: [()])
    width: int = 0
    ahead: _Part = _NOTHING

    def add(self, part: _Part) -> None:
        """Go on with ``part``."""
        ways, self.ahead = part.ways, _NOTHING
        self.width += part.width
        if not all(ways):  # one of them needs nothing: it goes for all
            return
        if len(ways) > 1 and len(self.ways) * len(ways) > MOST_WAYS:
            ways = _as_one(ways)
        self.ways = [way + other for way in self.ways for other in ways]


def needed(pattern: str, *, verbose: bool = False) -> Needed:
    """Return what every match of ``pattern`` has.

    >>> [["".join(sorted(one.signs)) for one in way] for way in needed("第[12](?:条|編の?章)(?!目)").ways]
    [['第', '12', '条'], ['第', '12', '編', '章']]
    >>> needed("第[12](?:条|編の?章)(?!目)").width
    5
    >>> needed("[^。]?条?").ways
    ((),)
    """
    signs = signs_of(pattern, verbose=verbose)
    try:
        ways, width = _alternatives(signs, within=False)
    except UnknownError:
        return NOTHING_KNOWN
    return Needed(tuple(ways) if all(ways) else ((),), min(width, ENDLESS))


def _alternatives(signs: Iterator[str], *, within: bool = True) -> _Part:
    """Read up to the ``)`` of a group.

    Of a group ``within`` another, what a lookahead at its end wants may be what follows the group.
    """
    found: list[Way] = []
    width = 0
    read, part = _Read(), _NOTHING  # the last part: it may still turn out to be left out, or repeated
    for sign in signs:
        role = _role(sign)
        if role == "repeated":
            part = _repeated(part, sign)
            continue
        if part is not _NOTHING:
            read.add(part)
        part = _NOTHING
        if role == "end":
            if not within:
                read.add(read.ahead)
            found += read.ways
            width = max(width, read.width)
            if sign == ")":
                return _Part(_as_one(found) if len(found) > MOST_WAYS and all(found) else found, width)
            read = _Read()
        elif role == "ahead" and not within:
            read.ahead = _alternatives(signs)
        elif role in ("ahead", "around"):
            skip(signs, sign)
        elif role != "place":
            part = _alternatives(signs) if role == "group" else _one(sign)
    raise UnknownError


def _repeated(part: _Part, sign: str) -> _Part:
    """Return what is known of a part that a sign of repetition follows: it may be left out, or go on."""
    least, most = _times(sign)
    return _Part(part.ways if least else [()], min(part.width * most, ENDLESS))


@cache
def _times(sign: str) -> tuple[int, int]:
    """Return how often at least and at most what stands before a sign of repetition is read."""
    if sign in "*?+":
        return int(sign == "+"), 1 if sign == "?" else ENDLESS
    least, comma, most = sign[1:-1].partition(",")
    return int(least or 0), int(most or ENDLESS) if comma else int(least or 0)


@cache
def _role(sign: str) -> str:
    """Return what a sign does in an expression."""
    if REPEATED.fullmatch(sign):
        return "repeated"
    if sign in "|)":
        return "end"
    if sign in AROUND:
        return "ahead" if sign == "(?=" else "around"
    if GROUP.fullmatch(sign):
        return "group"
    if sign[0] == "(":
        raise UnknownError
    return "place" if sign in PLACES else "character"


@cache
def _one(sign: str) -> _Part:
    """Return what is known of a character or a class; expressions repeat their classes."""
    return _Part([()] if _ANY.fullmatch(sign) else [(of_signs([sign]),)], 1)


def _as_one(ways: list[Way]) -> list[Way]:
    """Return one way for many: it has a character of each, of those that are the fewest."""
    first, *rest = (min(way, key=attrgetter("size")) for way in ways)
    return [(sum(rest, first),)]


def _in_order(way: Way, text: str) -> bool:
    at = 0
    for one in way:
        at = one.first_in(text, at) + 1
        if not at:
            return False
    return True
