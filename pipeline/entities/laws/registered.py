"""Registered names in a sentence, and which of them stand there for certain."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from pipeline.entities.laws.around import NUMBER_BRACKET, grown, word_goes_on
from pipeline.entities.laws.blanks import closed, hits_of
from pipeline.entities.laws.citation import Citation
from pipeline.entities.laws.interrupted import ACRONYM, interrupted, of_the_ilo
from pipeline.entities.laws.jurisdiction import adjacent
from pipeline.entities.laws.learned import GLOSS_HEAD
from pipeline.entities.laws.name_edges import behind_another, behind_body, whole
from pipeline.entities.laws.numbered import foreign_numbers
from pipeline.entities.laws.numbers import kanji_number
from pipeline.entities.laws.pairs import agreements_of_pairs
from pipeline.entities.laws.pattern_words import any_of
from pipeline.entities.laws.quoted import english_titles
from pipeline.entities.laws.shorthand import shorthand
from pipeline.entities.laws.title_runs import behind_equals
from pipeline.entities.laws.titles import find_titles
from pipeline.entities.names.own import OWN_NAME, is_own, stands
from pipeline.entities.names.phrases import DROPPED_FIRST, MARKS, in_name, noun_run
from pipeline.model.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from pipeline.entities.laws.citation import Find
    from pipeline.entities.laws.registry import Instrument
    from pipeline.entities.names.registry import Hit, Lexicon, Name
    from pipeline.model.sentence import Analysis

_SPELLED = Rule(
    "acronym_spelled_out",
    r"[ 　]?[：:][ 　]?[A-Z][A-Za-z ,.'’&-]{6,100}",
    reads=("SOFA⟦：State Optical Fibre Agency⟧",),
    leaves=("SOFA⟦：地位協定",),
)
_COMPOUND = Rule(
    "part_of_another_word",
    r"(?:[一-龥ァ-ヶー]|まがい)$",
    reads=("悪質", "まがい"),
    leaves=("の",),
)
NEVER_FIRST = DROPPED_FIRST | frozenset(MARKS)
_FREE = Rule(
    "what_may_touch_a_name",
    rf"(?:{any_of('beside_a_name')}|[省府庁政]令)$",
    reads=("現行", "内閣府令", "平成2年"),
    leaves=("悪質",),
)
# 麻薬及び向精神薬取締法違反事件・大麻取締法違反: what runs on behind the first name is another's.
_ANOTHER = Rule(
    "another_name_runs_on",
    "違反|等?・",
    reads=("取締法⟦違反⟧事件",),
    leaves=("取締法⟦を",),
)
# 総務省の, 今回の: whose a law is or when it was made, and no part of its title.
_OWNER = Rule(
    "owner_before_a_title",
    rf"(?:{any_of('owner')})の$|(?:{any_of('clause_before_a_title')})$",
    reads=("総務省の", "今回の"),
    leaves=("国会職員の",),
)
# 一般｜刑法犯: the code is a whole morpheme of the word, whichever offences are meant.
_OFFENCES = Rule("offences_of_a_code", "刑法犯", reads=("⟦刑法犯⟧は",), leaves=("刑法は",))
# 刑法, 商法, 憲法: names so short that they end other words (悪質商法).
_SHORT = 3


def names(analysis: Analysis, lexicon: Lexicon[Instrument]) -> Iterator[Find]:
    """Yield the names of instruments that stand in a sentence, registered or built as titles are."""
    text, edges = analysis.sentence.text, analysis.edges
    hits = {
        (hit.start, hit.end): hit
        for hit in hits_of(text, lexicon)
        if not word_goes_on(text, hit.start, hit.end)
        and (
            stands(text, hit.start, hit.end, edges)
            if is_own(hit.records)
            else whole(text, hit.start, hit.end, edges) and not _other_word(text, hit.start, hit.end)
        )
    }
    covered, reached = set(), 0
    for start, end in sorted(hits, key=lambda span: (span[0], -span[1])):
        if end <= reached:
            covered.add((start, end))
        reached = max(reached, end)
    shortest: dict[int, int] = {}
    for start, end in hits:
        shortest[start] = min(end, shortest.get(start, end))
    for (start, end), hit in hits.items():
        if (start, end) not in covered:
            yield from _registered(analysis, hit, lexicon, shortest)
    yield from interrupted(text, lexicon, edges)
    yield from foreign_numbers(text)
    yield from of_the_ilo(text, lexicon)
    yield from shorthand(text, lexicon)
    for start, end in english_titles(text):
        yield grown(text, start, end, "quoted_title", Citation(text[start:end], lexicon.get(text[start:end])))
    yield from agreements_of_pairs(text, edges, hits)
    yield from _titled(analysis, lexicon, hits)


def _registered(
    analysis: Analysis, hit: Hit[Instrument], lexicon: Lexicon[Instrument], shortest: Mapping[int, int]
) -> Iterator[Find]:
    """Yield a registered name; at the end of a longer run of nouns it is another's: 船員｜労働安全衛生規則.

    Args:
        analysis: The sentence.
        hit: The name.
        lexicon: All names.
        shortest: Where names begin, and the nearest end of one that begins there.
    """
    text = analysis.sentence.text
    start = hit.start if _OFFENCES.match(text, hit.start) else _run_start(analysis, hit)
    before = [shortest[at] for at in range(start, hit.start) if shortest.get(at, hit.end) <= hit.start]
    if (
        before
    ):  # names that run into each other, or of which a mark parts the next: 下水道法・青葉市｜下水道条例
        reached = max(before)
        start = reached + 1 if text[reached] in MARKS and reached + 1 < hit.start else hit.start
    if start == hit.start or _number_agrees(text, hit.end, (hit,)):
        name = closed(text[hit.start : hit.end])
        rule = OWN_NAME if is_own(hit.records) else "registry"
        yield grown(text, hit.start, hit.end, rule, Citation(name, hit.records))
    else:
        name = closed(text[start : hit.end])
        yield grown(text, start, hit.end, "compound_title", Citation(name, lexicon.get(name)))


def _run_start(analysis: Analysis, hit: Hit[Instrument]) -> int:
    """Return where the run of nouns begins that a registered name ends."""
    text, tokens = analysis.sentence.text, analysis.tokens
    at = analysis.ends.get(hit.start)
    if at is None and not _FREE.search(text[max(0, hit.start - 8) : hit.start]):
        # 専門職大学｜設置基準 as the analyzer has it: the name begins within a word
        inner = bisect_left(tokens, hit.start, key=lambda token: token.start) - 1
        at = inner if inner >= 0 and tokens[inner].end > hit.start else None
    if at is None or not in_name(tokens[at]):
        return hit.start
    before = text[max(0, hit.start - 8) : hit.start]
    if _FREE.search(before) or adjacent(text, hit.start) or text[hit.start : hit.end].isascii():
        return hit.start
    if behind_body(before):
        return hit.start
    first = behind_equals(text, tokens, noun_run(text, tokens, at), at + 1)
    while first <= at and (tokens[first].surface in NEVER_FIRST or _FREE.search(tokens[first].surface)):
        first += 1
    return tokens[first].start if first <= at else hit.start


def _titled(
    analysis: Analysis, lexicon: Lexicon[Instrument], hits: Mapping[tuple[int, int], Hit[Instrument]]
) -> Iterator[Find]:
    """Yield the titles that grammar finds, but for those that registered names among them (``hits``).

    Speak against.
    """
    text, edges = analysis.sentence.text, analysis.edges
    spans = sorted(hits)
    begins = [start for start, _ in spans]
    for start, end, rule in find_titles(analysis, edges, spans):
        near = spans[bisect_left(begins, start) : bisect_left(begins, end)]
        inner = [hits[span] for span in near if span[1] == end and span[0] > start]
        if any(b < end and _ANOTHER.match(text, b) for _, b in near) or _number_agrees(text, end, inner):
            continue
        if rule == "compound_title" and any(behind_another(text[start : hit.start]) for hit in inner):
            continue  # 学芸部会｜博物館法
        if rule == "descriptive_title" and _no_part(text, start, end, inner, lexicon):
            continue
        name = closed(ACRONYM.sub("", text[start:end]))
        records = lexicon.get(name) or (_treaties(inner) if rule == "descriptive_title" else ())
        yield grown(text, start, end, rule, Citation(name, records))


def _treaties(inner: Sequence[Hit[Instrument]]) -> tuple[tuple[Instrument, Name], ...]:
    """Return the treaties whose short name a title ends with: …に関する日米地位協定."""
    return tuple(pair for hit in inner[:1] for pair in hit.records if pair[0].kind != "law")


def _no_part(
    text: str, start: int, end: int, inner: Sequence[Hit[Instrument]], lexicon: Lexicon[Instrument]
) -> bool:
    """Whether the phrase before a registered name, which ends the title as well, is no part of its name."""
    if inner and text.startswith("の下での", end):
        return True  # …に関する国連海洋法条約の下での協定: what is made under a convention is another
    own = any(record.kind == "law" for hit in inner for record, _ in hit.records)
    if own and text[end - 1] == "法" and not lexicon.get(text[start:end]):
        return True
    if any(name.kind != "short" for hit in inner for _, name in hit.records):
        return any(not _goes_on(text, start, hit) for hit in inner)
    # …を修正するための日米貿易協定改正議定書: what it is for.
    return any(text.startswith("ための", hit.start - 3) for hit in inner)


def _goes_on(text: str, start: int, hit: Hit[Instrument]) -> bool:
    """Whether a registered title is the end of a longer one: 国会職員の｜育児休業等に関する法律, not 総務省の｜…."""
    before = text[start : hit.start]
    return _OWNER.search(before) is None and not before.endswith(
        ("、", "及び", "並びに", "又は", "・", "や", "と")
    )


def _number_agrees(text: str, end: int, hits: Sequence[Hit[Instrument]]) -> bool:
    """Whether the number behind a name is that of a registered law that the name ends with."""
    bracket = NUMBER_BRACKET.match(text, end)
    if bracket is None:
        return False
    number = kanji_number(bracket.group(1))
    return any(record.number == number for hit in hits for record, _ in hit.records)


def _other_word(text: str, start: int, end: int) -> bool:
    """Whether a short name ends another word (悪質商法), or an acronym is spelled out otherwise."""
    if end - start <= _SHORT and not text[start:end].isascii():
        before = text[max(0, start - 6) : start]
        if _OFFENCES.match(text, start):
            return False
        if end - start == _SHORT and behind_body(before):
            return False  # 消防庁｜水防法; but 民法 and 商法 end too many words
        return bool(_COMPOUND.search(before)) and not _FREE.search(before) and not adjacent(text, start)
    gloss = _SPELLED.match(text, end) if text[start:end].isascii() else None
    return gloss is not None and not GLOSS_HEAD.search(gloss.group())
