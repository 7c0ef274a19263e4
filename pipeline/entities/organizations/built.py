"""The grammar of names of bodies: from a head to the left, and whether the result names a particular body."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.entities.names.phrases import LINK_ENDS, MARKS, in_name
from pipeline.entities.organizations.companies import companies
from pipeline.entities.organizations.facts import OrgHead, countries, generic, head_endings, heads_at
from pipeline.entities.organizations.left_edge import (
    past_bracket,
    past_country,
    past_lists,
    past_outside,
    past_person,
    phrase,
    run_start,
    with_pair,
    without_owner,
)
from pipeline.entities.organizations.telling import members, names_one
from pipeline.eras import ERA_NAMES
from pipeline.numerals import NUMBER

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.model.sentence import Analysis, Token

# So far before the end of a name another one is looked for (決め打ち); a sentence may hold thousands.
REACH = 400
# A footnote's number may stand inside the quotation: 「…検討会 10 」.
QUOTED = re.compile(
    r"「((?:[^「」]|「[^「」]{1,30}」){3,80}?)(?:[ 　]\d{1,3}[ 　]?|(?<=[会部ムプG])\d{1,2}|（仮称）)?」"
)
_DEPARTMENT = re.compile("[局部課室会](?:(?<!会)|(?<=[部総]会)|(?<=委員会|理事会|分科会))")
_UNIT = re.compile(r"第[ 　]?(?:\d{1,4}|[一二三四五六七八九十百]{1,4})[ 　]?")
_ORDINAL = re.compile(r"第[ 　]?[\d一二三四五六七八九十]{1,4}[ 　]?回[ 　]?")
# What makes of a name another word: 委員会制度, 部会員, 国会法.
_GOES_ON = re.compile("[員制性系隊]|法(?![務令])|会議|会合")
# 平成19年5月｜…に関する会議: when it was said; a year alone may be of the name (平成27年国勢調査実施本部).
_DATED = re.compile(rf"(?:{ERA_NAMES})?{NUMBER}年{NUMBER}月(?:{NUMBER}日)?の?")
# 観光立国｜関係｜閣僚会議: the ministers concerned with what stands before.
_CONCERNED = re.compile("関係(?=閣僚|省庁|府省)")
_LINK_NOT_TOPIC = ("の", "間の", "等の", "による", "との間の", "における")
_GROWN = frozenset({"org", "content", "word", "ordinal"})
_INSTITUTIONS = frozenset({"institute", "school", "police"})
OF_COUNTRIES = frozenset({"university", "institute", "school", "association", "company", "corporation"})
_COUNTERS = frozenset("局部課室")  # the dictionary takes them for words that count, too
_TITLE = re.compile("(?:長|長官|大臣|次官)$")
_NUMERAL = re.compile(r"\d{1,4}|[一二三四五六七八九十百]{1,4}")
DASHES = frozenset("-－")  # ANC-アフリカ民族評議会: two names
LONGEST_TAIL = 6


@dataclass(frozen=True, slots=True)
class Body:
    """A name that was built: its half-open span in the sentence, and how."""

    start: int
    end: int
    kind: str
    rule: str
    confidence: float = 0.8
    members: tuple[str, ...] = ()


def grow(analysis: Analysis, end: int) -> int:
    """Return where a body's name that reaches to ``end`` ends if its departments behind it are taken in."""
    text, tokens = analysis.sentence.text, analysis.tokens
    first = bisect_left(tokens, end, key=lambda token: token.start)
    if first == len(tokens) or tokens[first].start != end:
        return end
    best = reached = end
    begins: set[int] = set()
    for token in tokens[first : first + LONGEST_TAIL]:
        if token.start != reached or _TITLE.search(token.surface) or token.surface in DASHES:
            break
        reached = token.end
        begins.add(token.start)
        if (
            not (in_name(token) or token.surface in _COUNTERS or _NUMERAL.fullmatch(token.surface))
            or token.surface in MARKS
        ):
            break
        if token.surface in _COUNTERS and _NUMERAL.fullmatch(text, end, token.start):
            break  # 東証｜一｜部, 平成26: a number alone makes no department
        if token.surface in _COUNTERS and text[token.start - 1].isdigit():
            break
        for head in heads_at(text, token.end):
            at = token.end - len(head.head)
            if (head.needs in _GROWN or head.kind in _INSTITUTIONS) and at >= end:
                whole = at in begins or at in (*token.parts, *token.middle)
                title = head.kind == "police" and text.startswith("長官", token.end)  # ASEAN警察長官会合
                if whole and not title and not _runs_on(text, token.end):
                    best = token.end
                break
    return best


def _runs_on(text: str, end: int) -> bool:
    return bool(_GOES_ON.match(text, end)) or (text.endswith("事務局", 0, end) and text.startswith("長", end))


def department_runs(analysis: Analysis, edges: frozenset[int]) -> Iterator[tuple[int, int]]:
    """Yield the runs of nouns that end like a part of a body (刑事局, 組織犯罪対策部, 環境委員会)."""
    text, tokens = analysis.sentence.text, analysis.tokens
    for match in _DEPARTMENT.finditer(text):
        end = match.end()
        last = analysis.ends.get(end)
        if last is not None and end in edges and not _runs_on(text, end):
            start = tokens[run_start(text, tokens, last)].start
            if end - start > 2:
                yield start, end


def bodies(analysis: Analysis, edges: frozenset[int], known: Sequence[tuple[int, int]]) -> Iterator[Body]:
    """Yield the names built in a sentence; ``known`` are the spans of registry names in it."""
    text, tokens = analysis.sentence.text, analysis.tokens
    yield from _quoted(text)
    for start, end, kind, rule in companies(text, tokens):
        yield Body(start, end, kind, rule, 0.8 if rule == "legal_form" else 0.7)
    known = sorted(known)
    begins = [start for start, _ in known]
    for end in head_endings().find(text):
        last = analysis.ends.get(end)
        if last is None:
            continue
        token = tokens[last]
        for head in heads_at(text, token.end):
            at = token.end - len(head.head)
            if at not in edges or _runs_on(text, token.end):
                continue
            near = known[bisect_left(begins, token.end - REACH) : bisect_left(begins, token.end)]
            body = _body(text, tokens, last, at, head, near)
            if body:
                yield body
                break


def _quoted(text: str) -> Iterator[Body]:
    """「安全保障の法的基盤の再構築に関する懇談会」: a quotation that ends with a head is the name."""
    for match in QUOTED.finditer(text) if "「" in text else ():
        head = next(
            (h for h in heads_at(text, match.end(1)) if h.needs in ("content", "word", "domestic")), None
        )
        occasion = head is not None and head.needs == "domestic" and _ORDINAL.match(match.group(1))
        if occasion:
            continue
        start = match.start(1)
        if session := _ORDINAL.match(text, start):  # 「第1回半導体・デジタル産業戦略検討会議」
            start = session.end()
        if head and match.end(1) - start > len(head.head) + 2 and not re.search("[。、：:]", match.group(1)):
            yield Body(start, match.end(1), head.kind, "quoted_name", 0.9)


def _body(
    text: str, tokens: Sequence[Token], last: int, at: int, head: OrgHead, known: Sequence[tuple[int, int]]
) -> Body | None:
    end = tokens[last].end
    if head.needs == "ordinal":
        return _unit(text, tokens, last, at, end, head)
    first = _first(text, tokens, last, head, known)
    start = with_pair(text, tokens, first)
    if any(a <= start and end <= b for a, b in known):
        return None
    if any(b == end and text[a - 1 : a] in DASHES for a, b in known):
        return None  # 民営化-国鉄再建監理委員会: what it is about, and who says it
    if head.kind in OF_COUNTRIES and any(b == end and text.startswith("・", a - 1) for a, b in known):
        return None  # ジェフリー・ヒントン・トロント大学教授: a person's name stands before it
    if head.needs in ("content", "word", "domestic"):
        linked = LINK_ENDS.search(text, max(0, start - 8), start)
        if linked and linked.group() not in _LINK_NOT_TOPIC:
            found = phrase(text, tokens, first)
            if found is not None:
                found = lead.end() if (lead := _DATED.match(text, found, start)) else found
                return Body(without_owner(found, known, text), end, head.kind, "phrase_name", 0.85)
    if start >= at or text[start:end] in generic():
        return None
    run = [token for token in tokens[first : last + 1] if token.start < at]
    if names_one(text, run, start, at, head, known):
        return Body(start, end, head.kind, f"{head.needs}_name", members=members(text, run, end, head))
    return None


def _first(
    text: str, tokens: Sequence[Token], last: int, head: OrgHead, known: Sequence[tuple[int, int]]
) -> int:
    """Return the index of the token at which the run of nouns before a head begins to be of the name."""
    first = run_start(text, tokens, last)
    if head.kind == "council" and first > 1 and _CONCERNED.match(text, tokens[first - 1].start):
        first = run_start(text, tokens, first - 2) if in_name(tokens[first - 2]) else first - 1
    first = past_bracket(tokens, first, last, known)
    first = past_lists(text, tokens, first, last, known)
    first = past_outside(tokens, first, last)
    if head.needs not in ("person", "country"):
        first = past_person(tokens, first, last)
    return past_country(tokens, first, last) if head.kind in OF_COUNTRIES else first


def _unit(text: str, tokens: Sequence[Token], last: int, at: int, end: int, head: OrgHead) -> Body | None:
    """第7艦隊, 米第3海兵機動展開部隊: a number, and what stands before it."""
    i = last
    while i >= 0 and tokens[last].start - tokens[i].start <= 16:
        if tokens[i].surface == "第" and (match := _UNIT.match(text, tokens[i].start)):
            first = i
            while (
                first > 0
                and tokens[first - 1].end == tokens[first].start
                and (
                    tokens[first - 1].surface in countries()
                    or re.search("[軍隊自]$", tokens[first - 1].surface)
                )
            ):
                first -= 1
            return Body(tokens[first].start, end, head.kind, "ordinal_name") if match.end() <= at else None
        if not (in_name(tokens[i]) or re.fullmatch(r"[\d一二三四五六七八九十]+", tokens[i].surface)):
            return None
        i -= 1
    return None
