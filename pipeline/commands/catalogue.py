"""What the command line says, in Japanese: the messages of the package by ``data/locale/ja.po``.

The package itself speaks English: an error is an exception with one line, which passes through processes,
``run.json`` and logs as it is. Only what a person reads on a terminal is said in Japanese, and this is where
that happens. An entry of the catalogue is a message with ``{0}``, ``{1}`` … for what is filled in;
``python -m tools.make_messages`` takes the messages from the code. A test fails where one has no Japanese.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib.resources import files
from typing import NamedTuple

HOLE = re.compile(r"\{(\d+)\}")
WORD = re.compile(r"[A-Za-z]{2,}")
# A code has at most this many words (決め打ち): enough to be one error's own.
LONGEST_CODE = 9


class Said(NamedTuple):
    """A message in another language, with its code."""

    code: str
    text: str


@dataclass(frozen=True)
class Entry:
    """A message of the catalogue: in English, as it stands in the code, and in the other language."""

    english: str
    other: str

    @cached_property
    def literals(self) -> tuple[str, ...]:
        """Return what stands between the holes."""
        return tuple(HOLE.split(self.english)[::2])

    @cached_property
    def weight(self) -> int:
        """Return how many code points are not filled in."""
        return sum(map(len, self.literals))

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        parts = HOLE.split(self.english)
        written = (f"(?P<h{part}>.*?)" if n % 2 else re.escape(part) for n, part in enumerate(parts))
        return re.compile("".join(written), re.DOTALL)

    def values(self, text: str) -> dict[str, str] | None:
        """Return what a text fills into the holes, by their numbers; None if the text is not this message."""
        if not all(literal in text for literal in self.literals):
            return None
        found = self._pattern.fullmatch(text)
        return {name[1:]: value for name, value in found.groupdict().items()} if found else None


def code(english: str, inner: str = "") -> str:
    """Return the code of an error: the English words of its cause, the same in every language.

    >>> code("{0}: cannot be read ({1}): check the path")
    'cannot-be-read'

    Args:
        english: The message.
        inner: The code of a message that is filled in: that of one that names no cause itself.
    """
    cause, _, remedy = HOLE.sub("", english).rpartition(": ")
    found = WORD.findall(cause)
    words = found or ([inner] if inner else WORD.findall(remedy))
    return "-".join(word.lower() for word in words[:LONGEST_CODE])


class Catalogue:
    """The messages of one language."""

    def __init__(self, entries: list[Entry]) -> None:
        """Take the entries; a message without a translation stays English."""
        self._plain = {
            one.english: one.other for one in entries if one.other and not HOLE.search(one.english)
        }
        filled = (one for one in entries if one.other and HOLE.search(one.english))
        self._filled = sorted(filled, key=lambda entry: -entry.weight)

    def exact(self, text: str) -> str:
        """Return a text that has an entry of its own in the other language, and any other as it is.

        A text that was cut short (``Read the list of…``) is found by its beginning.
        """
        if text.endswith("...") and text not in self._plain:
            whole = (known for known in self._plain if known.startswith(text[:-3]))
            text = next(whole, text)
        return self._plain.get(text, text)

    def said(self, text: str, *, coded: bool = False) -> str:
        """Return a line in the other language, as far as the catalogue has it.

        What is filled in is looked up, too: it may be a message, or a list of them.

        Args:
            text: The line, in English.
            coded: Whether the code of the message stands behind it, so that it can be searched.
        """
        found = self._found(text)
        if found is None:
            return text
        return f"{found.text} [{found.code}]" if coded and found.code else found.text

    def _found(self, text: str) -> Said | None:
        return self._whole(text) or self._behind_a_place(text) or self._with_an_end(text)

    def _whole(self, text: str) -> Said | None:
        if text in self._plain:
            return Said(code(text), self._plain[text])
        for entry in self._filled:
            if (values := entry.values(text)) is not None:
                filled = {number: self._piece(value) for number, value in values.items()}
                written = re.sub(HOLE, lambda hole: filled[hole[1]].text, entry.other)  # noqa: B023
                inner = next((piece.code for piece in filled.values() if piece.code), "")
                return Said(code(entry.english, inner), written)
        return None

    def _behind_a_place(self, text: str) -> Said | None:
        """Return a message behind the places (``folder/file.csv, row 3: ``) that it was given."""
        place, colon, rest = text.partition(": ")
        found = self._found(rest) if colon else None
        return Said(found.code, f"{self._piece(place).text}: {found.text}") if found else None

    def _with_an_end(self, text: str) -> Said | None:
        """Return a message to which another one was added (``…; 3 more: …``)."""
        head, mark, tail = text.rpartition("; ")
        end = self._whole(f"; {tail}") if mark else None
        found = self._found(head) if end else None
        return Said(found.code, found.text + end.text) if found and end else None

    def _piece(self, text: str) -> Said:
        """Return what fills a hole: in the other language where it is a message or a list of messages."""
        if found := self._found(text):
            return found
        for mark, written in (("; ", "; "), (", ", "、")):
            pieces = [self._piece(piece) for piece in text.split(mark)] if mark in text else []
            said = [piece.text for piece in pieces]
            if pieces and said != text.split(mark):
                return Said(next((piece.code for piece in pieces if piece.code), ""), written.join(said))
        return Said("", text)


@lru_cache(maxsize=2)
def catalogue(language: str) -> Catalogue:
    """Return the messages of a language; those of English are the code's own, so its catalogue is empty."""
    if language == "en":
        return Catalogue([])
    import polib  # only where another language is spoken

    text = files("pipeline").joinpath(f"data/locale/{language}.po").read_text(encoding="utf-8")
    return Catalogue([Entry(one.msgid, one.msgstr) for one in polib.pofile(text)])
