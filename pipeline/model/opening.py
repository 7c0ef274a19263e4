"""Which characters a match of a regular expression can begin with, read from the expression itself.

To ask a text for them takes a thousandth of the time in which an expression is compiled. What is said is
never too little: of an expression that is not understood, nothing is said.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

# The signs of an expression. A class of characters is one sign, and so is what begins a group.
_SIGN = re.compile(
    r"\\u[0-9a-f]{4}|\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|\((?:\?(?:P<\w+>|P=|<?[=!]|[^P<=!]))?|\{\d*,?\d*\}|.",
    re.DOTALL,
)
_CHARACTER = r"(\\u[0-9a-f]{4}|\\.|.)"
_MEMBER = re.compile(f"{_CHARACTER}(?:-{_CHARACTER})?", re.DOTALL)
REPEATED = re.compile(r"[*+?]|\{\d*,?\d*\}")
GROUP = re.compile(r"\((?:\?(?::|P<\w+>))?")
AROUND = frozenset(("(?=", "(?!", "(?<=", "(?<!"))
PLACES = frozenset(("^", "$", r"\b", r"\B", r"\A", r"\Z"))
_CONTROLS = {r"\n": "\n", r"\t": "\t", r"\r": "\r", r"\f": "\f", r"\v": "\v"}
# A range of more characters is kept as its ends (決め打ち).
LISTED = 256


class UnknownError(Exception):
    """An expression has what is not understood here."""


@dataclass(frozen=True, slots=True)
class Opening:
    r"""The characters that a match can begin with.

    Attributes:
        signs: Single ones.
        ranges: The first and the last of many.
        digits: Whether all that ``\d`` stands for are among them.
        blanks: Whether all that ``\s`` stands for are.
    """

    signs: frozenset[str]
    ranges: tuple[tuple[str, str], ...]
    digits: bool
    blanks: bool

    def stands_in(self, text: str) -> bool:
        """Whether one of them is in ``text``."""
        return (
            not self.signs.isdisjoint(text)
            or any(first <= sign <= last for first, last in self.ranges for sign in text)
            or (self.digits and any(map(str.isdecimal, text)))
            or (self.blanks and any(map(str.isspace, text)))
        )

    @property
    def size(self) -> int:
        """How many there are, as far as it is told: a range and a class count as many."""
        return len(self.signs) + LISTED * (len(self.ranges) + self.digits + self.blanks)

    def first_in(self, text: str, start: int) -> int:
        """Return where the first of them stands in ``text`` from ``start`` on, -1 where none does."""
        signs, more = self.signs, self.size > len(self.signs)
        if len(signs) == 1 and not more:
            return text.find(next(iter(signs)), start)
        for at in range(start, len(text)):
            if text[at] in signs or (more and self.stands_in(text[at])):
                return at
        return -1

    def __add__(self, other: Opening) -> Opening:
        """Return the characters of both."""
        ranges = tuple(dict.fromkeys(self.ranges + other.ranges))
        return Opening(
            self.signs | other.signs, ranges, self.digits or other.digits, self.blanks or other.blanks
        )


def opening(pattern: str, *, verbose: bool = False) -> Opening | None:
    """Return what a match of ``pattern`` can begin with; None where it may be anything, or nothing at all.

    >>> sorted(opening("(?<!の)(?:第|[1-3])?条").signs)
    ['1', '2', '3', '条', '第']
    >>> opening("[^。]条"), opening("条?")
    (None, None)
    """
    signs = signs_of(pattern, verbose=verbose)
    try:
        found, empty = _alternatives(signs)
        return None if empty else of_signs(found)
    except UnknownError:
        return None


def signs_of(pattern: str, *, verbose: bool) -> Iterator[str]:
    """Yield the signs of an expression, without its comments, and a ``)`` that closes it."""
    comment = False
    for match in _SIGN.finditer(pattern):
        sign = match[0]
        if comment and len(sign) > 1:
            raise UnknownError  # it may go on behind the comment
        if verbose and (comment or sign in " \t\n\r\f\v#"):
            comment = sign != "\n" and (comment or sign == "#")
        else:
            yield sign
    yield ")"


def _alternatives(signs: Iterator[str]) -> tuple[list[str], bool]:
    """Read up to the ``)`` of a group: what a match of it can begin with, and whether it can be empty."""
    found: list[str] = []
    last: list[str] = []  # what the last part begins with, if all before it can be empty
    before = missing = True  # whether all before that part can be empty, and the part itself
    empty = False
    for sign in signs:
        if REPEATED.fullmatch(sign):
            missing |= sign in "*?" or sign.startswith(("{0", "{,"))
            continue
        found += last
        before, last = before and missing, []
        if sign in "|)":
            empty |= before
            if sign == ")":
                return found, empty
            before = missing = True
        elif before:
            last, missing = _part(sign, signs)
        elif sign[0] == "(":
            skip(signs, sign)
    raise UnknownError


def _part(sign: str, signs: Iterator[str]) -> tuple[list[str], bool]:
    if sign in AROUND:
        skip(signs, sign)
        return [], True
    if sign in PLACES:
        return [], True
    if GROUP.fullmatch(sign):
        return _alternatives(signs)
    if sign[0] == "(":
        raise UnknownError
    return [sign], False


def skip(signs: Iterator[str], sign: str) -> None:
    """Pass over what stands in the group that ``sign`` opens."""
    depth = 1
    while depth:
        if sign in ("(?(", "(?#"):
            raise UnknownError
        sign = next(signs, "(?#")
        depth += (sign[0] == "(") - (sign == ")")


def of_signs(found: list[str]) -> Opening:
    """Return the characters that the signs of single characters and of classes stand for."""
    signs: set[str] = set()
    ranges: set[tuple[str, str]] = set()
    for sign in found:
        inside = sign[1:-1] if len(sign) > 1 and sign[0] == "[" else sign
        if sign in (".", "[") or sign.startswith("[^"):
            raise UnknownError
        for first, last in _MEMBER.findall(inside):
            if not last:
                signs.add(_character(first))
            elif ord(end := _character(last)) - ord(start := _character(first)) < LISTED:
                signs.update(map(chr, range(ord(start), ord(end) + 1)))
            else:
                ranges.add((start, end))
    return Opening(frozenset(signs - {r"\d", r"\s"}), tuple(ranges), r"\d" in signs, r"\s" in signs)


def _character(sign: str) -> str:
    r"""Return the character that ``sign`` stands for; ``\d`` and ``\s`` stand for themselves."""
    if len(sign) == 1 or sign in (r"\d", r"\s"):
        return sign
    if sign.startswith(r"\u") and len(sign) > 2:
        return chr(int(sign[2:], 16))
    if sign in _CONTROLS:
        return _CONTROLS[sign]
    if sign[1].isascii() and sign[1].isalnum():
        raise UnknownError
    return sign[1]
