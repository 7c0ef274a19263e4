"""Patterns that a person wrote, read by RE2: no text can make it slow, whatever the pattern is.

RE2 has no look-around and no back-references: these are what makes other engines take for ever.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from pipeline.clean import fold
from pipeline.model.extras import require

if TYPE_CHECKING:
    from collections.abc import Iterator

# The longest mention, and the longest piece of a sentence that is searched at once, in code points: the work
# for each character of a text has a bound (決め打ち).
LONGEST, PIECE = 500, 10_000

_NAMED, _ESCAPED = r"\(\?P?<(\w+)>", r"\\([^\w\s])"


class PatternError(ValueError):
    """A pattern is at fault; the message says why."""


def compiled(pattern: str) -> Any:
    """Compile a pattern.

    Raises:
        PatternError: RE2 does not read it, it finds nothing in an empty text, or signs in it never stand in a
            clean text.
        HakushoError: RE2 is not installed.
    """
    require("a pattern of --types", ("re2",))
    import re2  # only where somebody declares types

    options = re2.Options()
    options.log_errors = False
    try:
        found = re2.compile(pattern, options)
    except re2.error as error:
        reason = error.args[0].decode("utf-8", "replace") if error.args else "no reason"
        raise PatternError(
            f"{pattern!r} is no pattern of RE2 ({reason}): mend it; RE2 has no look-around (?=, (?<= "
            "and no back-references"
        ) from None
    names = re.findall(_NAMED, pattern)
    if twice := next((name for name in names if names.count(name) > 1), ""):
        raise PatternError(f"{pattern!r} has two groups called {twice!r}: call one of them otherwise")
    if found.search("") is not None:
        raise PatternError(f"{pattern!r} matches an empty text: let it ask for one character at least")
    _check_signs(pattern)
    return found


def _check_signs(pattern: str) -> None:
    signs = [sign for sign in pattern if not sign.isascii()] + re.findall(_ESCAPED, pattern)
    for sign in signs:
        if (clean := fold(sign)) != sign:
            raise PatternError(
                f"{pattern!r} has {sign!r}, which stands in no clean text: write {clean!r} "
                "(digits and letters are half-width there, brackets full-width)"
            )


def spans(pattern: Any, text: str) -> Iterator[tuple[int, int, dict[str, str]]]:
    """Yield half-open spans in a clean text, with what the named groups hold; none is empty.

    A long text is searched in pieces that overlap; what touches the cut is found in the other piece.
    """
    step = PIECE - LONGEST - 1  # a longest match that begins at a cut has a character before it
    for first in range(0, max(len(text) - LONGEST, 1), step):
        piece = text[first : first + PIECE]
        cut = first + len(piece) < len(text)
        for match in pattern.finditer(piece):
            start, end = match.span()
            whole = (start or not first) and (end < len(piece) or not cut)
            if whole and start < end <= start + LONGEST:
                groups = {name: held or "" for name, held in match.groupdict().items()}
                yield first + start, first + end, groups
