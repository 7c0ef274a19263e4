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
# What stands before a message: where in a file it is.
PLACE = re.compile(r"(?P<kind>row|line|task|type) (?P<number>\d+)(?P<name>(?: \(.*\))?)", re.DOTALL)
MORE, AND_MORE = re.compile(r"([\d,]+) more"), "and {0} more"
# The one list of which the code itself fills in items: how many documents have their day from where.
DAYS, FROM = "reference dates: {0}", "{0} from {1}"
PARTS = {AND_MORE, FROM, "row {0}", "line {0}", "task {0}", "type {0}"}
COUNTED = re.compile(r"[\d,]+ from \S+")
TOLD = re.compile(r"(?P<document>.+ \d{4}-\d\d-\d\d) \((?P<source>\w+): (?P<quote>.*)\)", re.DOTALL)
# A message stands behind at most MOST_PLACES colons. What is filled in is looked up to this depth, and only
# if it is no longer than this (決め打ち): else it is a list of names.
MOST_PLACES, DEEPEST, LONGEST_PIECE = 8, 4, 1000
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
    def words(self) -> int:
        """Return how many English words are not filled in."""
        return sum(len(WORD.findall(literal)) for literal in self.literals)

    @cached_property
    def _holes(self) -> tuple[str, ...]:
        return tuple(HOLE.findall(self.english))

    def values(self, text: str) -> dict[str, str] | None:
        """Return what a text fills into the holes, by their numbers; None if the text is not this message.

        Each hole takes as little as it can. One at the beginning takes no place (``file.csv: ``): what is
        behind a place is a message of its own.
        """
        first, *inner, last = self.literals
        end = len(text) - len(last)
        if len(text) < self.weight or not text.startswith(first) or not text.endswith(last):
            return None
        at, found = len(first), list[str]()
        for literal in inner:
            place = text.find(literal, at, end)
            if place < 0:
                return None
            found.append(text[at:place])
            at = place + len(literal)
        if at > end:
            return None
        found.append(text[at:end])
        placed = not first and ": " in found[0] and not self.literals[1].startswith(";")
        return None if placed else dict(zip(self._holes, found, strict=True))


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
        filled = [one for one in entries if one.other and HOLE.search(one.english)]
        self._others = {one.english: one.other for one in filled}
        # What is only ever a part of a message is looked for in its place alone.
        self._filled = sorted(
            (one for one in filled if one.english not in PARTS), key=lambda entry: -entry.weight
        )

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
        found = self._found(text) if self._plain or self._filled else None
        if found is None:
            return text
        return f"{found.text} [{found.code}]" if coded and found.code else found.text

    def _found(self, text: str, depth: int = 0) -> Said | None:
        if depth > DEEPEST:
            return None
        return self._with_an_end(text, depth) or self._whole(text, depth) or self._behind_places(text, depth)

    def _whole(self, text: str, depth: int) -> Said | None:
        """Return a message; in a hole, none of one word: that may be a name of the user's."""
        if text in self._plain and (not depth or " " in text):
            return Said(code(text), self._plain[text])
        for entry in self._filled:
            if (depth and entry.words < 2) or (values := entry.values(text)) is None:
                continue
            if (
                entry.english.startswith("{0};")
                and ": " in values["0"]
                and not self._found(values["0"], depth + 1)
            ):
                continue
            filled = {
                number: self._filling(entry, number, value, depth + 1) for number, value in values.items()
            }
            written = re.sub(HOLE, lambda hole: filled[hole[1]].text, entry.other)  # noqa: B023
            inner = next((piece.code for piece in filled.values() if piece.code), "")
            return Said(code(entry.english, inner), written)
        return None

    def _filling(self, entry: Entry, number: str, value: str, depth: int) -> Said:
        """Return what fills a hole of an entry."""
        if entry.english == DAYS:
            return self._days(value, depth)
        piece = self._piece(value, depth)
        if piece.text == value and entry.english.startswith("{0}: ") and number == "0":
            return Said("", self._place(value))
        return piece

    def _behind_places(self, text: str, depth: int) -> Said | None:
        """Return a message behind the places (``folder/file.csv, row 3: ``) that it was given."""
        end = -2
        for _ in range(MOST_PLACES):
            end = text.find(": ", end + 2)
            if end < 0:
                return None
            if found := self._whole(text[end + 2 :], depth):
                places = (self._place(place) for place in text[:end].split(": "))
                return Said(found.code, f"{': '.join(places)}: {found.text}")
        return None

    def _place(self, text: str) -> str:
        """Return a place with its rows and lines in the other language; names of files stay as they are."""
        parts = text.split(", ")
        for n, part in enumerate(parts):
            if (found := PLACE.fullmatch(part)) and (written := self._others.get(f"{found['kind']} {{0}}")):
                parts[n] = HOLE.sub(found["number"], written) + found["name"]
        return ", ".join(parts)

    def _with_an_end(self, text: str, depth: int) -> Said | None:
        """Return a message to which another one was added (``…; 3 more: …``)."""
        head, mark, tail = text.rpartition("; ")
        end = self._end(f"; {tail}", depth) if mark and depth < DEEPEST else None
        found = self._found(head, depth + 1) if end else None
        return Said(found.code, found.text + end) if found and end else None

    def _end(self, text: str, depth: int) -> str | None:
        for entry in self._filled:
            if entry.english.startswith("; ") and (values := entry.values(text)) is not None:
                return HOLE.sub(lambda hole: self._piece(values[hole[1]], depth + 1).text, entry.other)
        return None

    def _piece(self, text: str, depth: int) -> Said:
        """Return what fills a hole: a message said, a value as it is; of a list how many more there are."""
        if depth > DEEPEST or len(text) > LONGEST_PIECE:
            return Said("", text)
        if found := self._found(text, depth):
            return found
        head, mark, tail = text.rpartition(" and ")
        if mark and (more := MORE.fullmatch(tail)) and AND_MORE in self._others:
            return Said("", f"{head} {HOLE.sub(more[1], self._others[AND_MORE])}")
        return Said("", text)

    def _days(self, text: str, depth: int) -> Said:
        """Return the days of documents, with how many have theirs from where."""
        *items, last = text.split("; ")
        said = [self._counted(item) for item in items]
        return Said("", "; ".join([*said, self._counted(self._piece(f"; {last}", depth).text[2:])]))

    def _counted(self, text: str) -> str:
        if told := TOLD.fullmatch(text):
            return f"{told['document']}（{self.exact(told['source'])}: {told['quote']}）"
        if not COUNTED.fullmatch(text) or FROM not in self._others:
            return text
        count, _, source = text.partition(" from ")
        return HOLE.sub(lambda hole: (count, self.exact(source))[int(hole[1])], self._others[FROM])


@lru_cache(maxsize=2)
def catalogue(language: str) -> Catalogue:
    """Return the messages of a language; that of English is empty."""
    if language == "en":
        return Catalogue([])
    import polib  # only where another language is spoken

    text = files("pipeline").joinpath(f"data/locale/{language}.po").read_text(encoding="utf-8")
    return Catalogue([Entry(one.msgid, one.msgstr) for one in polib.pofile(text)])
