"""Sudachi alone: long units (mode C) with their middle (B) and short units (A)."""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from importlib.metadata import version
from sys import intern
from typing import TYPE_CHECKING, NamedTuple

from sudachipy import Dictionary, SplitMode

from pipeline.model.sentence import Token

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sudachipy import Morpheme

# Sudachi takes at most 49,149 bytes at once, which is 12,287 characters of four bytes.
LONGEST = 12_000
BREAKS = "。、，,;；　 \n"
# What a sign is that the dictionary does not have: it takes ➡ and ⮕ for nouns.
SIGN = "補助記号-一般"
# At most this many words are remembered; a text has fewer (決め打ち).
MOST_WORDS = 200_000


class Word(NamedTuple):
    """The dictionary's entry of a word, the same in every context.

    Attributes:
        surface: As it was written where it was met first; the same word can be written in other widths.
        units: The ends of its short and of its middle units, counted from its start; None where it is one
            unit.
        blank: It is white space, which is no token.
    """

    surface: str
    pos: str
    lemma: str
    reading: str
    norm: str
    units: tuple[tuple[int, ...], tuple[int, ...]] | None
    blank: bool


class SudachiSegmenter:
    """Morphemes with part of speech, dictionary form, reading and normalized form."""

    name = "sudachi"

    def __init__(self) -> None:
        """Load the core dictionary (about 70 ms)."""
        self._tokenizer = Dictionary(dict="core").create(mode=SplitMode.C)
        self._words: dict[int, Word] = {}
        # Those that the dictionary does not have, and other spellings of those that it has.
        self._others: dict[tuple[str, int, int, str], Word] = {}
        self.versions = {name: version(name) for name in ("sudachipy", "sudachidict-core")}

    def __call__(self, texts: Iterable[str]) -> Iterator[tuple[Token, ...]]:
        """Yield the tokens of each text; a text of any length is taken.

        Most tokens that are alike are one object: in a book, three of five were made before.
        """
        made: dict[int, dict[int, Token]] = defaultdict(dict)
        for text in texts:
            if len(text) <= LONGEST:
                yield tuple(self._tokens(text, made))
            else:
                yield tuple(
                    token._replace(start=a + token.start, end=a + token.end)
                    for a, b in pieces(text)
                    for token in self._tokens(text[a:b], made)
                )

    def _tokens(self, text: str, made: dict[int, dict[int, Token]]) -> list[Token]:
        """Return the tokens of a text that Sudachi can take at once.

        ``made`` are those that were made before, by the number of the word and where they begin.
        """
        words, found, start, make = self._words, [], 0, tuple.__new__
        for morpheme in self._tokenizer.tokenize(text):
            end, number = morpheme.end(), morpheme.word_id()
            at = made[number]
            token = at.get(start)
            if token is None or token[2] != text[start:end]:
                word = words.get(number)
                if word is None or word[0] != text[start:end]:
                    word = self._other(morpheme, text[start:end])
                surface, pos, lemma, reading, norm, units, blank = word
                if blank:
                    start = end
                    continue
                fields = (start, end, surface, pos, lemma, reading, norm, units, "", "", -1, -1)
                token = make(Token, fields)
                if words.get(number) is word:  # what the dictionary does not have may be read in several ways
                    at[start] = token
            found.append(token)
            start = end
        if len(words) + len(self._others) > MOST_WORDS:
            for kept in (words, self._others, made):
                kept.clear()
        return found

    def _other(self, morpheme: Morpheme, surface: str) -> Word:
        """Return the entry of a word that is new, or is written differently than before."""
        number = morpheme.word_id()
        # Sudachi joins the digits of a number; its reading depends on the sentence.
        key = surface, number, morpheme.part_of_speech_id(), morpheme.reading_form()
        word = self._others.get(key)
        if word is None:
            word = _word(morpheme, surface)
            if morpheme.is_oov() or number in self._words:
                self._others[key] = word
            else:
                self._words[number] = word
        return word


def _word(morpheme: Morpheme, surface: str) -> Word:
    begin, width = morpheme.begin(), len(surface)
    short, middle = (
        tuple(part.end() - begin for part in morpheme.split(mode)) or (width,)
        for mode in (SplitMode.A, SplitMode.B)
    )
    return Word(
        surface,
        SIGN if morpheme.is_oov() and not any(map(str.isalnum, surface)) else _pos(morpheme.part_of_speech()),
        morpheme.dictionary_form(),
        morpheme.reading_form(),
        morpheme.normalized_form(),
        (short, middle) if len(short) > 1 else None,
        not surface.strip(),
    )


@cache
def _pos(levels: tuple[str, ...]) -> str:
    return intern("-".join(level for level in levels[:4] if level != "*"))


def pieces(text: str, longest: int = LONGEST) -> Iterator[tuple[int, int]]:
    """Yield half-open spans of at most ``longest`` characters that cover ``text``, cut at a mark."""
    start = 0
    while len(text) - start > longest:
        cut = 1 + max(text.rfind(mark, start + longest // 2, start + longest) for mark in BREAKS)
        cut = cut or start + longest
        yield start, cut
        start = cut
    if start < len(text):
        yield start, len(text)
