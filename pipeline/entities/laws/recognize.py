"""LAW: statutes, treaties and other binding instruments, with number, prefix and place in the law.

A name is found in the registry, by the grammar of titles (``titles.py``), by a definition in the text, by its
number alone, or as an anaphor (同法). What touches it belongs to the mention: 旧 or 改正 before it,
施行令, 案 or 改正議定書 behind it, its number in brackets, and the locators.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.entities.laws.aliases import Aliases
from pipeline.entities.laws.around import NUMBER_BRACKET, grown
from pipeline.entities.laws.citation import (
    LABEL,
    Citation,
    Find,
    foreign_numbers,
    numbers,
    numbers_and_anaphors,
)
from pipeline.entities.laws.interrupted import ACRONYM, interrupted, of_the_ilo
from pipeline.entities.laws.locators import Locators
from pipeline.entities.laws.numbers import kanji_number
from pipeline.entities.laws.titles import find_titles
from pipeline.entities.names.definitions import behind_number, learn, on_edges
from pipeline.model.entity import Mention

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.entities.laws.registry import Instrument
    from pipeline.entities.names.registry import Hit, Lexicon
    from pipeline.model.sentence import Analysis

# 刑法犯, 民法学, 電波法令: words of their own.
_WORD_GOES_ON = re.compile("[犯学典廷令]|委員会")
# 通信品位法（CDA：Communications Decency Act）: acronym and foreign name are names of their own.
_GLOSS_HEAD = (
    r"(?:Act|Law|Code|Treaty|Convention|Agreement|Regulation|Directive|Protocol|Charter|Constitution)"
)
_GLOSS = re.compile(
    rf"[」』]?[ 　]?（(?:(?P<acronym>[A-Z][A-Za-z0-9-]{{1,9}})[ 　]?[：:、,][ 　]?)?(?:The )?"
    rf"(?P<full>[A-Z][A-Za-z ,.'’&-]{{4,100}}?\b{_GLOSS_HEAD}\b"
    r"(?: of (?:the )?[A-Z\d](?:[A-Za-z\d ]{0,38}[A-Za-z\d])?| \d{4})?)"
    r"(?:[ 　]?[：:、,;；][ 　]?(?P<short>[A-Z][A-Za-z0-9-]{1,9}))?[ 　]?[）（]"
)
# （SOFA：State Optical Fibre Agency）: in this document the acronym is no law's.
_OTHERWISE = re.compile(r"（(?P<acronym>[A-Z][A-Za-z0-9-]{1,9})[ 　]?[：:][ 　]?[A-Z][A-Za-z ,.'’&-]{6,100}")
_SPELLED = re.compile(r"[ 　]?[：:][ 　]?[A-Z][A-Za-z ,.'’&-]{6,100}")
# 刑法, 商法, 憲法: names so short that they end other words (悪質商法).
_SHORT = 3
_COMPOUND = re.compile(r"(?:[一-龥ァ-ヶー]|まがい)$")
_FREE = re.compile(r"(?:旧|新|改正|現行|当時|従来|従前|我が国|わが国|以後|以降|今回|年|月|日|度|等|後|際)$")
_FORMAL = re.compile(r"[」』]?[ 　]?（正式(?:名称|名)?[：:は、 　]*「?")
_ALIAS = re.compile(
    rf"[ァ-ヶー・]{{2,12}}|.*(?:法|法案|条約|協定|取極|議定書|憲章|憲法|条例|規則|指令|令|告示)|(?!{_GLOSS_HEAD}$|Bill$)[A-Z][A-Za-z-]{{1,9}}"
)
# 麻薬及び向精神薬取締法違反事件・大麻取締法違反: what runs on behind the first name is another's.
_ANOTHER = re.compile("違反|等?・")
_NEW = re.compile("改正|一部|新|年")


def recognize(analyses: Sequence[Analysis], lexicon: Lexicon[Instrument]) -> Iterator[Mention[Citation]]:
    """Yield the mentions of binding instruments; mentions may overlap, the longest counts.

    Args:
        analyses: The sentences of a document with their tokens; spans count code points of a sentence.
        lexicon: The names of the registry.
    """
    found: dict[int, list[Find]] = {}
    numbered: list[list[Find]] = []
    defined = Aliases()
    denied: set[str] = set()
    glosses: dict[int, list[Find]] = defaultdict(list)
    for index, analysis in enumerate(analyses):
        text = analysis.sentence.text
        found[index] = _formal(text, list(_names(analysis, lexicon, analysis.edges)))
        if "：" in text or ":" in text:
            denied |= {
                m.group("acronym") for m in _OTHERWISE.finditer(text) if not re.search(_GLOSS_HEAD, m.group())
            }
        for find in found[index]:
            base = replace(find.citation, locators=Locators(), number="", prefix="")
            for start, end, is_definition in learn(text, find.end):
                if is_definition or _ALIAS.fullmatch(text[start:end]):
                    defined.add(analysis.sentence, index, (start, end), base)
            glosses[index] += _glosses(text, find.end, base)
        numbered.append(list(numbers(text)))
        for find in numbered[-1]:
            span = behind_number(text, find.end)
            if span and _ALIAS.fullmatch(text[slice(*span)]):
                defined.add(analysis.sentence, index, span, replace(find.citation, locators=Locators()))
    for index, analysis in enumerate(analyses):
        text, edges = analysis.sentence.text, analysis.edges
        found[index] = [find for find in found[index] if find.citation.name not in denied]
        finds = _longest(
            [*defined.finds(analysis.sentence, index, edges), *glosses[index], *found[index]], text
        )
        finds += list(numbers_and_anaphors(text, numbered[index], finds, edges))
        for find in finds:
            rule = find.rule if not find.citation.locators.article else f"{find.rule}_place"
            yield Mention(LABEL, index, find.start, find.end, rule, find.citation)


def _names(analysis: Analysis, lexicon: Lexicon[Instrument], edges: frozenset[int]) -> Iterator[Find]:
    text = analysis.sentence.text
    hits: dict[tuple[int, int], Hit[Instrument]] = {
        (hit.start, hit.end): hit
        for hit in lexicon.find(text)
        if on_edges(text, hit.start, hit.end, _edges_at(text, hit.start, hit.end, edges))
        and not _WORD_GOES_ON.match(text, hit.end)
        and not _other_word(text, hit.start, hit.end)
    }
    covered, reached = set(), 0
    for start, end in sorted(hits, key=lambda span: (span[0], -span[1])):
        if end <= reached:
            covered.add((start, end))
        reached = max(reached, end)
    for (start, end), hit in hits.items():
        if (start, end) not in covered:
            yield grown(text, start, end, "registry", Citation(text[start:end], hit.records))
    yield from interrupted(text, lexicon, edges, _WORD_GOES_ON)
    yield from foreign_numbers(text)
    yield from of_the_ilo(text, lexicon)
    yield from _titled(analysis, lexicon, edges, hits)


def _titled(
    analysis: Analysis,
    lexicon: Lexicon[Instrument],
    edges: frozenset[int],
    hits: dict[tuple[int, int], Hit[Instrument]],
) -> Iterator[Find]:
    """Yield the titles that grammar finds, but for those that registered names among them (``hits``) speak against."""
    text = analysis.sentence.text
    spans = sorted(hits)
    begins = [start for start, _ in spans]
    for start, end, rule in find_titles(analysis, edges, spans):
        near = spans[bisect_left(begins, start) : bisect_left(begins, end)]
        inner = [hits[span] for span in near if span[1] == end and span[0] > start]
        if any(b < end and _ANOTHER.match(text, b) for _, b in near) or _numbers_agree(text, end, inner):
            continue
        if rule == "descriptive_title" and _no_part(text, start, end, inner, lexicon):
            continue
        name = ACRONYM.sub("", text[start:end])
        records = inner[0].records if inner and rule == "descriptive_title" else lexicon.get(name)
        yield grown(text, start, end, rule, Citation(name, records))


def _no_part(
    text: str, start: int, end: int, inner: Sequence[Hit[Instrument]], lexicon: Lexicon[Instrument]
) -> bool:
    """Whether the phrase before a registered name, which ends the title as well, is no part of its name."""
    own = any(record.kind == "law" for hit in inner for record, _ in hit.records)
    if own and text[end - 1] == "法" and not lexicon.get(text[start:end]):
        return True
    if any(name.kind != "short" for hit in inner for _, name in hit.records):
        return True
    # …を修正するための日米貿易協定改正議定書: what it is for.
    return any(text.startswith("ための", hit.start - 3) for hit in inner)


def _numbers_agree(text: str, end: int, hits: Sequence[Hit[Instrument]]) -> bool:
    """Whether the number behind a name is that of a registered law that the name ends with."""
    bracket = NUMBER_BRACKET.match(text, end)
    if bracket is None:
        return False
    number = kanji_number(bracket.group(1))
    return any(record.number == number for hit in hits for record, _ in hit.records)


def _other_word(text: str, start: int, end: int) -> bool:
    """Whether a short name ends another word (悪質商法), or an acronym is spelled out otherwise."""
    if end - start <= _SHORT and not text[start:end].isascii():
        before = text[max(0, start - 4) : start]
        return bool(_COMPOUND.search(before)) and not _FREE.search(before)
    gloss = _SPELLED.match(text, end) if text[start:end].isascii() else None
    return gloss is not None and not re.search(_GLOSS_HEAD, gloss.group())


def _edges_at(text: str, start: int, end: int, edges: frozenset[int]) -> frozenset[int]:
    """Return what counts as an edge for one name; uniting the sets would copy a long sentence's for each of its names."""
    return edges if end in edges else _law_edges(text, end) | (edges & {start})


def _law_edges(text: str, end: int) -> frozenset[int]:
    """A name also ends where a place in the law, a bracket or 等 begins, whatever the morphemes are (農業協同組合|法等)."""
    behind = text[end : end + 1]
    ends = behind in {"第", "（", "」", "。", "、", ""} or (
        behind == "等" and text[end - 1] in "法令例則約定"
    )
    return frozenset({end}) if ends else frozenset()


def _formal(text: str, finds: list[Find]) -> list[Find]:
    """Give a short name the instrument of the formal one behind it: X協定（正式名称：…に関する協定）."""
    starts = {find.start: find for find in finds}
    known = []
    for find in finds:
        formal = _FORMAL.match(text, find.end)
        named = starts.get(formal.end()) if formal else None
        own = (
            replace(find.citation, name=named.citation.name, records=named.citation.records)
            if named
            else None
        )
        known.append(replace(find, citation=own) if own else find)
    return known


def _glosses(text: str, end: int, base: Citation) -> Iterator[Find]:
    gloss = _GLOSS.match(text, end)
    for group in ("acronym", "full", "short"):
        if gloss and gloss[group]:
            yield Find(*gloss.span(group), "gloss", base)


def _longest(finds: list[Find], text: str) -> list[Find]:
    """Keep the finds that no longer one holds; of equal spans the first rule counts.

    A registered title goes before one that grew from another, and a common name before its definition as that of an
    amending act (「…の一部を改正する法律」（通称：「特定電子メール法」））, unless it says so itself (改正農地法).
    """

    def rank(find: Find) -> int:
        suffix = find.citation.suffix
        named = find.rule == "definition" and not text.endswith(suffix, find.start, find.end)
        if find.rule == "compound_title" and not find.citation.records:
            return 2
        return int(bool(suffix) and not (named and _NEW.search(text, find.start, find.end)))

    kept: list[Find] = []
    covered: set[int] = set()
    for find in sorted(finds, key=lambda f: (f.start - f.end, f.start, rank(f))):
        # What was kept before is at least as long: if it overlaps, it covers an end.
        if find.start not in covered and find.end - 1 not in covered:
            kept.append(find)
            covered.update(range(find.start, find.end))
    return sorted(kept, key=lambda f: f.start)
