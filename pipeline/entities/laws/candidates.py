"""What may name an instrument, though it may be a kind or a method: for ``candidates.csv`` alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.entities.laws.citation import LABEL, Citation
from pipeline.entities.laws.heads import generic, head_endings, heads_at, methods
from pipeline.entities.laws.locators import read_locators
from pipeline.entities.names.phrases import LINK_ENDS, in_name, noun_run, phrase_start
from pipeline.model.entity import Mention
from pipeline.model.rule import Rule
from pipeline.numerals import NUMBER

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.entities.laws.registry import Instrument
    from pipeline.entities.names.registry import Lexicon
    from pipeline.model.sentence import Analysis

PLACE = Rule(
    "place_without_its_law",
    rf"第{NUMBER}条",
    reads=("また、⟦第3条⟧の",),
    leaves=("また、⟦3条",),
)
MOST = 60  # 決め打ち: characters of a title that is only a candidate


def candidates(
    analyses: Sequence[Analysis], lexicon: Lexicon[Instrument]
) -> Iterator[Mention[Citation | None]]:
    """Yield what is nearly a name of an instrument; candidates may overlap each other and what was found.

    Args:
        analyses: The sentences of a document with their tokens.
        lexicon: The names of the registry.
    """
    for index, analysis in enumerate(analyses):
        text = analysis.sentence.text
        for start, end, rule, reason in _titles(analysis):
            name = text[start:end]
            reached, locators = read_locators(text, end)
            citation = Citation(name, lexicon.get(name), locators=locators)
            yield Mention(LABEL, index, start, reached, rule, citation, reason)
        reached = 0
        for match in PLACE.finditer(text):
            if match.start() >= reached:  # a list of places is one
                end, _ = read_locators(text, match.start())
                reached = max(end, match.end())
                yield Mention(LABEL, index, match.start(), reached, "anaphor", None, "place_alone")


def _titles(analysis: Analysis) -> Iterator[tuple[int, int, str, str]]:
    text, tokens = analysis.sentence.text, analysis.tokens
    for end in head_endings().find(text):
        last = analysis.ends.get(end)
        head = next(heads_at(text, end), None)
        if last is None or head is None or not in_name(tokens[last]):
            continue
        first = noun_run(text, tokens, last)
        start, stem = tokens[first].start, text[tokens[first].start : end - len(head.head)]
        if LINK_ENDS.search(text, max(0, start - 8), start):
            phrase = phrase_start(text, tokens, first)
            if phrase is not None and phrase < start and end - phrase <= MOST:
                yield phrase, end, "descriptive_title", "law_phrase"
        known = text[start:end] in generic() or stem in methods() or stem.startswith(("同", "本", "各", "諸"))
        if stem and (not known or PLACE.match(text, end)) and end - start <= MOST:
            yield start, end, "compound_title", "law_like"
