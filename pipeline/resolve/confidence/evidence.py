"""What speaks for and against a mention, as names that the table of weights knows.

All evidence is a name that holds or does not hold, so that a weight can be read, and text of another kind
cannot push a sum far off. Spans are half-open and count code points of the text of a sentence.
"""

from __future__ import annotations

from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from pipeline.resolve.confidence.company import Company, of_company, of_edges, part_of_speech, rule_of
from pipeline.resolve.confidence.signs import side

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pipeline.entities.entity_type import Meaning
    from pipeline.model.entity import Mention
    from pipeline.model.sentence import Analysis

# 決め打ち: an antecedent so many sentences back is near, farther, far.
NEAR, FAR = 1, 5
PARTS = 3  # 決め打ち: tokens from which more tell no more
REMEMBERED = 4096  # 決め打ち: surfaces; most recur
SEAMS = ("bracket", "joint", "blank", "mark", "kana", "letter", "digit")
ALONE = Company()
HELD = ("law_id", "law_num", "value", "antecedent")


class Document(NamedTuple):
    """What is known of the document that a mention stands in.

    Attributes:
        warned: Whether something in the file could not be read, so that its text may be damaged.
        dated: Whether the day is known on which it speaks.
        times: How often it has what is judged, by surface: mentions among mentions, candidates among
            candidates.
    """

    warned: bool
    dated: bool
    times: Mapping[str, int] = MappingProxyType({})


def around(analysis: Analysis, start: int, end: int) -> list[str]:
    """Return what the span itself and its surroundings say.

    Args:
        analysis: The sentence with its tokens.
        start: In the text of the sentence; ``end`` likewise.
        end: See ``start``.
    """
    text = analysis.sentence.text
    before, behind, last_sign = text[start - 1 : start], text[end : end + 1], text[end - 1]
    right = side(behind)
    found = [
        f"left {side(before)}",
        f"right {right}",
        f"before {before}",
        f"next {behind}",
        f"ends {last_sign}",
    ]
    if right == "blank":
        found.append(f"beyond {side(text[end + 1 : end + 2])}")
    found.append(f"length {(end - start).bit_length()}")
    found += _signs(text[start:end])
    found.append(f"in {analysis.sentence.kind}")
    ends, tokens = analysis.ends, analysis.tokens
    first = 0 if start == 0 else ends.get(start, -2) + 1
    last = ends.get(end, -1)
    if not 0 <= first <= last:
        found.append("cuts a token")
        return found
    found.append(f"tokens {min(last - first + 1, PARTS)}")
    for token in tokens[first : last + 1]:
        if "固有名詞" in token.pos:
            found.append("proper noun")
            break
    if last + 1 < len(tokens) and tokens[last + 1].start == end:
        found.append(f"behind {tokens[last + 1].pos.partition('-')[0]}")
    return found


def of_mention(
    mention: Mention[Any],
    meaning: Meaning,
    analysis: Analysis,
    document: Document,
    distance: int | None,
    company: Company = ALONE,
) -> list[str]:
    """Return the evidence of a mention.

    Args:
        mention: As its recognizer found it.
        meaning: As its resolver understood it.
        analysis: Its sentence.
        document: What is known of the whole.
        distance: Sentences back to what it leans on, None where it leans on nothing.
        company: The mentions around it.
    """
    start, end = mention.start, mention.end
    surface = analysis.sentence.text[start:end]
    found = [f"rule {rule_of(mention)}", *around(analysis, start, end)]
    found += [f"flag {flag}" for flag in meaning.flags]
    found += [f"kind {meaning.kind or meaning.granularity or 'none'}"]
    found += [f"{name} known" for name in HELD if getattr(meaning, name) not in ("", None)]
    if meaning.norm == surface:
        found.append("norm as written")
    elif surface.isascii():
        found.append(f"latin for {side(meaning.norm[:1])}")
    if document.times.get(surface, 0) > 1:
        found.append("recurs")
    if distance is not None:
        found.append("near" if distance <= NEAR else "farther" if distance <= FAR else "far")
    found += of_company(mention, meaning.norm, analysis.sentence.text, company)
    found += of_edges(mention, meaning.norm, analysis)
    return found + _of_document(analysis, start, end, document)


def of_candidate(mention: Mention[Any], analysis: Analysis, document: Document) -> list[str]:
    """Return the evidence of what was nearly found."""
    start, end = mention.start, mention.end
    found = [
        f"reason {mention.reason}",
        f"rule {mention.rule}",
        *around(analysis, start, end),
        *_of_document(analysis, start, end, document),
        *_words_of(analysis, start, end),
    ]
    surface = analysis.sentence.text[start:end]
    return [*found, "recurs"] if document.times.get(surface, 0) > 1 else found


def _words_of(analysis: Analysis, start: int, end: int) -> list[str]:
    """Return how a candidate begins, which word it ends with and which stands before and behind it."""
    ends, tokens = analysis.ends, analysis.tokens
    last, before = ends.get(end, -1), ends.get(start, -1)
    found = [f"word before {tokens[before].surface}"] if before >= 0 else []
    if before + 1 < len(tokens) and tokens[before + 1].start == start:
        found.append(f"first {part_of_speech(tokens[before + 1].pos)}")
    if last < 0:
        return found
    found.append(f"head {tokens[last].surface}")
    if last + 1 < len(tokens) and tokens[last + 1].start == end:
        found += [
            f"word behind {tokens[last + 1].surface}",
            f"rightpos {part_of_speech(tokens[last + 1].pos)}",
        ]
    return found


def _of_document(analysis: Analysis, start: int, end: int, document: Document) -> list[str]:
    sentence = analysis.sentence
    first, last = sentence.raw_span(start, end)
    found = ["interrupted"] if last - first != end - start else []
    if document.warned:
        found.append("damaged file")
    return found if document.dated else [*found, "undated file"]


@lru_cache(maxsize=REMEMBERED)
def _signs(surface: str) -> tuple[str, ...]:
    """Return what signs a surface is written with: its script, and what may be a seam in it."""
    found = []
    if surface.isascii():
        found.append("script latin")
        if surface.isupper():
            found.append("capitals")
    sides = set(map(side, surface))
    if sides == {"katakana"}:
        found.append("script katakana")
    found += [f"holds {seam}" for seam in SEAMS if seam in sides]
    return tuple(found)
