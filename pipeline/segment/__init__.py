"""Stage 4: sentences → tokens. One module a segmenter; both yield the same kind of tokens.

Recognizers read Sudachi's morphemes, which both segmenters share, so that the entities found do not
depend on the choice: ``ginza`` adds UD tags, dependencies and bunsetsu for those who want them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, Protocol, get_args

from pipeline.model.errors import HakushoError
from pipeline.model.extras import require

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pipeline.model.sentence import Token

AnalyzerName = Literal["ginza", "sudachi"]
ANALYZERS: tuple[str, ...] = get_args(AnalyzerName)


class Segmenter(Protocol):
    """Cuts text into tokens: tokens for each text, in order, and the versions of what it uses."""

    name: str
    versions: dict[str, str]

    def __call__(self, texts: Iterable[str]) -> Iterator[tuple[Token, ...]]:
        """Yield the tokens of each text; together the tokens of a text cover it but for white space."""
        ...


def check_analyzer(name: str) -> None:
    """Make sure that what the analyzer ``name`` needs is installed; raises HakushoError if not."""
    if name == "ginza":
        require("--analyzer ginza", ("spacy", "ginza", "ja_ginza"), instead="--analyzer sudachi")


def load_segmenter(name: str) -> Segmenter:
    """Load the segmenter of the analyzer ``name``; raises HakushoError for an unknown name."""
    # The modules are imported when they are chosen: spaCy alone takes a second that Sudachi's users save.
    if name == "sudachi":
        from pipeline.segment.sudachi import SudachiSegmenter

        return SudachiSegmenter()
    check_analyzer(name)
    if name == "ginza":
        from pipeline.segment.ginza import GinzaSegmenter

        return GinzaSegmenter()
    raise HakushoError(f"no analyzer {name!r}: choose one of {', '.join(ANALYZERS)}")
