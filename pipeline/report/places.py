"""Where mentions stand in a sentence as it is shown."""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

DIGITS = 12  # of an offset, at most; more is no place in a text (決め打ち)


class Places:
    """Where mentions stand in a sentence as it is shown: cleaned, while their offsets are of the raw text."""

    def __init__(self, sentence: Mapping[str, str]) -> None:
        """Count what tells places of the cleaned text from those of the raw text, and from UTF-16 units."""
        self._text, self._start, raw = sentence["surface"], sentence["start"], sentence["text"]
        self._same = self._text == raw
        self._blanks = [] if self._same else [0, *accumulate(map(str.isspace, raw))]
        self._letters = [] if self._same else [n for n, char in enumerate(self._text) if not char.isspace()]
        wide = max(self._text, default="") > "\uffff"
        self._units = [0, *accumulate(1 + (char > "\uffff") for char in self._text)] if wide else None

    def units(self, surface: str, start: str) -> int:
        """Return how many UTF-16 units stand before the mention, as :meth:`at` counts code points."""
        at = self.at(surface, start)
        return at if at < 0 or self._units is None else self._units[at]

    def at(self, surface: str, start: str) -> int:
        """Return how many code points stand before the mention at ``start`` of the raw text.

        Cleaning changes few letters, so that the place is where its text stands next to as many letters as
        stand before it in the raw text; -1 where its text does not stand in the sentence, or stands there
        more than once and ``start`` is not known.
        """
        if _is_offset(start) and _is_offset(self._start):
            return self._nearest(surface, self._near(int(start) - int(self._start)))
        return self._text.find(surface) if self._text.count(surface) == 1 else -1

    def _near(self, offset: int) -> int:
        if self._same:
            return max(0, min(offset, len(self._text)))
        offset = max(0, min(offset, len(self._blanks) - 1))
        before = offset - self._blanks[offset]  # so many letters
        return self._letters[before] if before < len(self._letters) else len(self._text)

    def _nearest(self, surface: str, near: int) -> int:
        if self._text.startswith(surface, near):
            return near
        behind = self._text.find(surface, near)
        first = max(0, 2 * near - behind) if behind >= 0 else 0  # what lies farther off is not the nearest
        ahead = self._text.rfind(surface, first, near + len(surface))
        both = [at for at in (behind, ahead) if at >= 0]
        return min(both, key=lambda at: abs(at - near)) if both else -1


def _is_offset(cell: str) -> bool:
    return cell.isdecimal() and len(cell) <= DIGITS
