"""Old forms of characters in the names of bodies that no registry holds: 雙葉商事 is not written 双葉商事."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from pipeline.facts import rows

if TYPE_CHECKING:
    from pipeline.model.sentence import Sentence

OLD = "old form"


@cache
def _old_forms() -> dict[str, str]:
    return {row["variant"]: row["standard"] for row in rows("variants.csv") if row["reason"].startswith(OLD)}


def as_written(norm: str, sentence: Sentence, start: int, end: int, raw: str) -> str:
    """Return a norm with the old forms of characters that the mention is written with.

    Args:
        norm: What the clean text gave.
        sentence: That holds the mention.
        start: Of the mention in the sentence's text; half-open code points.
        end: Likewise.
        raw: The text of the document as it was read.
    """
    at = sentence.text.find(norm, start, end)
    if at < 0:
        return norm
    origins = zip(sentence.starts[at : at + len(norm)], sentence.ends[at : at + len(norm)], strict=True)
    written = (raw[a:b] for a, b in origins)
    return "".join(
        old if _old_forms().get(old) == char else char for old, char in zip(written, norm, strict=True)
    )
