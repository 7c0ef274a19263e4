"""GiNZA: the same morphemes as Sudachi's long units, with UD tags, dependencies and bunsetsu.

GiNZA's own named-entity component is left out: on white papers its labels are too unreliable to be
used as they are (strict F1 0.55 for organizations), and it takes most of the time.
"""

from __future__ import annotations

from importlib.metadata import version
from itertools import chain
from typing import TYPE_CHECKING, Any

import spacy
from thinc.api import NumpyOps

from pipeline.segment.sudachi import SudachiSegmenter, pieces

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pipeline.model.sentence import Token

# Texts and characters in a batch, at most: the memory of the parser grows with both (決め打ち).
BATCH, CHARACTERS = 64, 8_000
LEFT_OUT = ["ner"]
# GiNZA's time for bunsetsu grows with the cube of a text's length: 3,000 characters take seven times as long
# as 1,500. No sentence that people wrote is as long as this (決め打ち).
LONGEST = 1_000


class GinzaSegmenter:
    """Sudachi's tokens with the syntax that ``ja_ginza`` finds."""

    name = "ginza"

    def __init__(self) -> None:
        """Load the model ``ja_ginza`` (about two seconds) and Sudachi."""
        self._nlp = spacy.load("ja_ginza", exclude=LEFT_OUT)
        _use_numpy(self._nlp)
        self._sudachi = SudachiSegmenter()
        own = {name: version(name) for name in ("spacy", "ginza", "ja-ginza")}
        self.versions = self._sudachi.versions | own

    def __call__(self, texts: Iterable[str]) -> Iterator[tuple[Token, ...]]:
        """Yield the tokens of each text; a long one is parsed in pieces, each with a root of its own."""
        texts = list(texts)
        parts = (text[start:end] for text in texts for start, end in pieces(text, LONGEST))
        docs = chain.from_iterable(map(self._nlp.pipe, _batches(parts)))
        for text, tokens in zip(texts, self._sudachi(texts), strict=True):
            syntax: dict[int, tuple[str, str, int, int]] = {}
            for start, _ in pieces(text, LONGEST):
                syntax.update(
                    _syntax(next(docs), start, 1 + max((b for *_, b in syntax.values()), default=-1))
                )
            yield tuple(_with_syntax(tokens, syntax))


def _batches(parts: Iterable[str]) -> Iterator[list[str]]:
    """Yield the texts in lists that are parsed at once."""
    batch: list[str] = []
    size = 0
    for part in parts:
        if len(batch) == BATCH or (batch and size + len(part) > CHARACTERS):
            yield batch
            batch, size = [], 0
        batch.append(part)
        size += len(part)
    if batch:
        yield batch


def _use_numpy(nlp: Any) -> None:
    """Multiply matrices with numpy's BLAS: on some processors thinc's own falls back to slow kernels.

    The results are the same; ``make bench`` shows the difference on a machine.
    """
    ops = NumpyOps(use_blis=False)
    for _, component in nlp.pipeline:
        model = getattr(component, "model", None)
        for node in model.walk() if model is not None else ():
            node.ops = ops


def _syntax(doc: Any, base: int, first: int) -> dict[int, tuple[str, str, int, int]]:
    """Map the start of each token to its UD tag, relation, the start of its head, and its bunsetsu.

    ``base`` is added to offsets; the bunsetsu are counted from ``first``.
    """
    bunsetsu, number = {}, first - 1
    labels = doc.user_data.get("bunsetu_bi_labels") or ["B"] * len(doc)
    for token, label in zip(doc, labels, strict=True):
        number += label == "B" or number < first
        bunsetsu[token.i] = number
    return {
        base + token.idx: (token.pos_, token.dep_, base + token.head.idx, bunsetsu[token.i])
        for token in doc
        if not token.is_space
    }


def _with_syntax(tokens: tuple[Token, ...], syntax: dict[int, tuple[str, str, int, int]]) -> Iterator[Token]:
    index = {token.start: i for i, token in enumerate(tokens)}
    for i, token in enumerate(tokens):
        upos, dep, head, bunsetsu = syntax.get(token.start, ("X", "dep", token.start, -1))
        yield token._replace(upos=upos, dep=dep, head=index.get(head, i), bunsetsu=bunsetsu)
