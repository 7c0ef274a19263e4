"""Sudachi alone: long units (mode C) with their middle (B) and short units (A)."""

from __future__ import annotations

from importlib.metadata import version
from typing import TYPE_CHECKING

from sudachipy import Dictionary, SplitMode

from pipeline.model import Token

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sudachipy import Morpheme

# Sudachi takes at most 49,149 bytes at once, which is 12,287 characters of four bytes.
LONGEST = 12_000
BREAKS = "。、，,;；　 \n"


class SudachiAnalyzer:
    """Morphemes with part of speech, dictionary form, reading and normalized form."""

    name = "sudachi"

    def __init__(self) -> None:
        """Load the core dictionary (about 70 ms)."""
        self._tokenizer = Dictionary(dict="core").create(mode=SplitMode.C)
        self.versions = {name: version(name) for name in ("sudachipy", "sudachidict-core")}

    def __call__(self, texts: Iterable[str]) -> Iterator[tuple[Token, ...]]:
        """Yield the tokens of each text; a text of any length is taken."""
        for text in texts:
            yield tuple(self._tokens(text))

    def _tokens(self, text: str) -> Iterator[Token]:
        for start, end in pieces(text):
            for morpheme in self._tokenizer.tokenize(text[start:end]):
                if morpheme.surface().strip():
                    yield _token(morpheme, start)


def _token(morpheme: Morpheme, base: int) -> Token:
    start, end = base + morpheme.begin(), base + morpheme.end()
    return Token(
        start=start,
        end=end,
        surface=morpheme.surface(),
        pos="-".join(level for level in morpheme.part_of_speech()[:4] if level != "*"),
        lemma=morpheme.dictionary_form(),
        reading=morpheme.reading_form(),
        norm=morpheme.normalized_form(),
        parts=_ends(morpheme, SplitMode.A, base, end),
        middle=_ends(morpheme, SplitMode.B, base, end),
    )


def _ends(morpheme: Morpheme, mode: SplitMode, base: int, end: int) -> tuple[int, ...]:
    return tuple(base + part.end() for part in morpheme.split(mode)) or (end,)


def pieces(text: str) -> Iterator[tuple[int, int]]:
    """Yield half-open spans of at most ``LONGEST`` characters that cover ``text``, cut at a mark."""
    start = 0
    while len(text) - start > LONGEST:
        cut = 1 + max(text.rfind(mark, start + LONGEST // 2, start + LONGEST) for mark in BREAKS)
        cut = cut or start + LONGEST
        yield start, cut
        start = cut
    if start < len(text):
        yield start, len(text)
