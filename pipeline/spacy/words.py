"""The words of a spaCy ``Doc`` over the raw text, made of the pipeline's tokens.

A token whose characters do not stand together in the raw text (a line ends in it, a gloss is set into it), or
that the border of a mention cuts, becomes several words: the first has what is known of the token, the others
lean on it (``goeswith``). ``Doc`` wants every sentence in one piece: what interrupts one makes two of it,
each a tree of its own.
"""

from __future__ import annotations

from array import array
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from pipeline.spacy.attributes import speakable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.document.document import Document
    from pipeline.model.sentence import Token

NOTHING = -1
SPLIT, LOOSE, ROOT = "goeswith", "dep", "ROOT"


@dataclass(slots=True)
class Word:
    """A word of the ``Doc``: a stretch of the raw text, and the token that it is made of.

    Attributes:
        text: As it stands in the raw text.
        token: None for what is in no token: white space, what cleaning dropped.
        number: Running number of the token in the document, ``NOTHING`` without one.
        sentence: Index of its sentence; ``NOTHING`` likewise.
        head: Number of the token that it leans on; ``NOTHING`` likewise.
        first: Whether the token begins here.
        space: Whether one blank follows.
    """

    text: str
    token: Token | None = None
    number: int = NOTHING
    sentence: int = NOTHING
    head: int = NOTHING
    first: bool = False
    space: bool = False


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a ``Doc`` as its constructor takes them, and their norms, which it does not take."""

    given: dict[str, Any]
    norms: list[str]


def words_of(document: Document) -> Words:
    """Return the words of ``document``; together, with their blanks, they are its raw text."""
    owners, tokens = _owners(document)
    words: list[Word] = []
    # For each token the word that it begins in; two tokens can come from one character (㋀ → 1, 月).
    home: dict[int, int] = {}
    places = array("l", [NOTHING]) * len(owners)
    for start, end in _runs(document, owners):
        text, number = document.source.raw[start:end], owners[start]
        if number == NOTHING and text == " " and words and not words[-1].space:
            words[-1].space = True
            continue
        for i in range(start, end):
            places[i] = len(words)
        if number == NOTHING:
            words.append(Word(text))
        else:
            token, sentence, base = tokens[number]
            head = base + token.head if token.head >= 0 else number
            words.append(Word(text, token, number, sentence, head, number not in home))
            home.setdefault(number, len(words) - 1)
    for number, at in enumerate(_beginnings(document)):
        home.setdefault(number, places[at])
    return _given(words, home)


def _owners(document: Document) -> tuple[array[int], list[tuple[Token, int, int]]]:
    """Return for each raw character the number of its token.

    And of each token: itself, the index of its sentence, and the number of the first token there.
    """
    owners = array("l", [NOTHING]) * len(document.source.raw)
    tokens: list[tuple[Token, int, int]] = []
    for index, analysis in enumerate(document.analyses):
        starts, ends, base = analysis.sentence.starts, analysis.sentence.ends, len(tokens)
        for token in analysis.tokens:
            for i in range(token.start, token.end):
                for at in range(starts[i], ends[i]):
                    if owners[at] == NOTHING:
                        owners[at] = len(tokens)
            tokens.append((token, index, base))
    return owners, tokens


def _beginnings(document: Document) -> Iterator[int]:
    """Yield for each token the raw offset of its first character."""
    for analysis in document.analyses:
        for token in analysis.tokens:
            yield analysis.sentence.starts[token.start]


def _runs(document: Document, owners: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield the spans of the words; they tile the raw text."""
    raw = document.source.raw
    cuts = {at for entity in document.entities for at in (entity.start, entity.end)}
    start = 0
    for at in range(1, len(raw)):
        loose = owners[at] == NOTHING and raw[at].isspace() != raw[at - 1].isspace()
        if owners[at] != owners[at - 1] or loose or at in cuts:
            yield start, at
            start = at
    if raw:
        yield start, len(raw)


def _given(words: list[Word], home: dict[int, int]) -> Words:
    whole = [w.token if w.first else None for w in words]
    texts = [speakable(w.text) for w in words]
    starts = _starts(words)
    given: dict[str, Any] = {
        "words": texts,
        "spaces": [w.space for w in words],
        "tags": [w.token.pos if w.token else "" for w in words],
        "lemmas": [t.lemma if t else text for t, text in zip(whole, texts, strict=True)],
        "morphs": [f"Reading={_safe(t.reading)}" if t and t.reading else "" for t in whole],
    }
    if any(t and t.upos for t in whole):
        given["pos"] = [w.token.upos if w.token else "SPACE" if w.text.isspace() else "X" for w in words]
        given["heads"], given["deps"] = _heads(words, starts, home)
    else:
        given["sent_starts"] = starts
    return Words(given, [t.norm if t else text for t, text in zip(whole, texts, strict=True)])


def _safe(reading: str) -> str:
    return reading.replace("=", "_").replace("|", "_")


def _starts(words: Sequence[Word]) -> list[bool]:
    """Return which words begin a piece: a stretch of one sentence that nothing interrupts."""
    starts, current = [False] * len(words), NOTHING
    for i, word in enumerate(words):
        if word.sentence not in (NOTHING, current):
            starts[i] = current != NOTHING
            current = word.sentence
    if starts:
        starts[0] = True
    return starts


def _heads(
    words: Sequence[Word], starts: Sequence[bool], home: dict[int, int]
) -> tuple[list[int], list[str]]:
    """Return the head and the relation of each word; each piece gets one root."""
    heads, deps = list(range(len(words))), [ROOT] * len(words)
    bounds = [i for i, begins in enumerate(starts) if begins] + [len(words)]
    for start, end in pairwise(bounds):
        root = next((i for i in range(start, end) if _leads(words[i], home, start, end)), start)
        for i in range(start, end):
            word = words[i]
            if word.token is None:
                heads[i], deps[i] = _beside(words, i, start, root), LOOSE
            elif not word.first and start <= home[word.number] < i:
                heads[i], deps[i] = home[word.number], SPLIT
            elif i != root and (not word.first or _leads(word, home, start, end)):
                heads[i], deps[i] = root, LOOSE
            elif i != root:
                heads[i], deps[i] = home[word.head], word.token.dep
        heads[root], deps[root] = root, ROOT
        for i in _circling(heads, start, end, root):
            heads[i], deps[i] = root, LOOSE
    return heads, deps


def _leads(word: Word, home: dict[int, int], start: int, end: int) -> bool:
    """Whether the head of a word is itself or lies outside of its piece."""
    if word.token is None or not word.first:
        return False
    return word.head == word.number or not start <= home[word.head] < end


def _beside(words: Sequence[Word], at: int, start: int, root: int) -> int:
    """Return the head for text that is in no token: the word before it, at the beginning the root."""
    return next((i for i in range(at - 1, start - 1, -1) if words[i].token is not None), root)


def _circling(heads: Sequence[int], start: int, end: int, root: int) -> Iterator[int]:
    """Yield one word of each circle.

    Where two tokens share a character, one can lean on what leans on the other.
    """
    safe = {root}
    for i in range(start, end):
        path: dict[int, None] = {}
        while i not in safe and i not in path:
            path[i] = None
            i = heads[i]
        if i not in safe:
            yield i
        safe.update(path)
