"""spaCy's Japanese tokenizer for texts of any length.

Sudachi takes at most 49,149 bytes at once, and a chapter of a white paper has more. A longer text is cut at
marks, as the pipeline's own analyzers cut it, and the tokens are put together again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from spacy.tokens import Doc
from spacy.util import DummyTokenizer

from pipeline.segment.sudachi import LONGEST, pieces

if TYPE_CHECKING:
    from pathlib import Path

    from spacy.lang.ja import JapaneseTokenizer
    from spacy.vocab import Vocab

WORDS: list[int | str] = ["TAG", "POS", "LEMMA", "NORM", "MORPH"]
SUB_TOKENS = "sub_tokens"  # where the tokenizer keeps short units, for GiNZA


class LongTexts(DummyTokenizer):
    """A tokenizer around spaCy's: the same tokens for what Sudachi takes at once, and no limit."""

    def __init__(self, inner: JapaneseTokenizer) -> None:
        """Wrap ``inner``."""
        self.inner = inner

    @property
    def vocab(self) -> Vocab:
        """The vocabulary of the tokenizer within."""
        return self.inner.vocab

    def __call__(self, text: str) -> Doc:
        """Return the tokens of ``text``, whose text is ``text`` again."""
        if len(text) <= LONGEST:
            return self.inner(text)
        docs = [self.inner(text[start:end]) for start, end in pieces(text)]
        units = [one for part in docs for one in part.user_data.pop(SUB_TOKENS, ())]
        doc = Doc.from_docs(docs, ensure_whitespace=False, attrs=WORDS)
        assert doc is not None  # noqa: S101 - it is None for no documents
        if units:
            doc.user_data[SUB_TOKENS] = units
        return doc

    def __reduce__(self) -> tuple[type[LongTexts], tuple[JapaneseTokenizer]]:
        return LongTexts, (self.inner,)

    def score(self, examples: Any) -> Any:
        """Score as the tokenizer within does."""
        return self.inner.score(examples)  # type: ignore[no-untyped-call]

    def to_bytes(self, **given: Any) -> bytes:
        """Return the inner tokenizer as bytes."""
        return self.inner.to_bytes(**given)

    def from_bytes(self, data: bytes, **given: Any) -> LongTexts:
        """Restore the inner tokenizer from ``data``."""
        self.inner.from_bytes(data, **given)
        return self

    def to_disk(self, path: str | Path, **given: Any) -> None:
        """Write the inner tokenizer to disk."""
        self.inner.to_disk(path, **given)

    def from_disk(self, path: str | Path, **given: Any) -> LongTexts:
        """Restore the inner tokenizer from the file ``path``."""
        self.inner.from_disk(path, **given)
        return self
