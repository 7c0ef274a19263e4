"""The grammar of names of bodies: from a head to the left, and whether the result names a particular body."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pipeline.entities.names.phrases import LINK_ENDS, MARKS, in_name
from pipeline.entities.organizations.classes import of_a_class
from pipeline.entities.organizations.companies import companies
from pipeline.entities.organizations.department_names import runs_on
from pipeline.entities.organizations.departments import DASHES, DIGITS
from pipeline.entities.organizations.facts import HEADS, countries, generic, words
from pipeline.entities.organizations.find import STANDING
from pipeline.entities.organizations.firms import firms
from pipeline.entities.organizations.leads import SESSION, past_envoy, past_leads, past_term
from pipeline.entities.organizations.left_edge import (
    past_bracket,
    past_class_of_party,
    past_common,
    past_country,
    past_leading_words,
    past_lists,
    past_prefecture,
    past_space,
    run_start,
    with_pair,
    without_owner,
)
from pipeline.entities.organizations.linked_phrases import phrase
from pipeline.entities.organizations.persons_before import (
    past_foreign_name,
    past_names,
    past_person,
    past_surname,
    past_visitor,
)
from pipeline.entities.organizations.registry import organization_lexicon
from pipeline.entities.organizations.stem import Stem
from pipeline.entities.organizations.telling import members, names_one
from pipeline.entities.organizations.told import told
from pipeline.entities.organizations.trades import in_katakana
from pipeline.entities.organizations.units import CABINET, unit_start, with_term
from pipeline.model.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.entities.names.heads import Head
    from pipeline.model.sentence import Analysis, Token

# So far before the end of a name another one is looked for (決め打ち); a sentence may hold thousands.
REACH = 400
QUOTED = Rule(
    "quoted_name_of_a_body",
    r"""「
    ( (?: [^「」] | 「[^「」]{1,30}」 ){3,80}? )
    (?: [ 　]\d{1,3}[ 　]? | (?<=[会部ムプG])\d{1,2}  # a note's number may stand inside
      | （仮称） | （[A-Z][A-Za-z0-9&/-]{1,15}） )?
    」""",
    flags=re.VERBOSE,
    reads=(
        "⟦「法的基盤の再構築に関する懇談会」⟧",
        "⟦「電波利用検討会 10 」⟧",
        "⟦「「指針」の見直し検討会」⟧",
    ),
    leaves=("⟦「会」", "⟦「電波利用検討会"),
)
CONCERNED = Rule(
    "concerned_ministers",
    "関係(?=閣僚|省庁|府省)",  # the ministers concerned with what stands before
    reads=("観光立国⟦関係⟧閣僚会議", "⟦関係⟧府省連絡会議"),
    leaves=("関係機関", "閣僚関係"),
)
_LINKED = frozenset({"content", "word", "domestic"})
_QUOTED = _LINKED | {"quoted"}
_NUMBERED = frozenset({"ordinal", "numbered"})
OF_COUNTRIES = frozenset({"university", "institute", "school", "association", "company", "corporation"})
UNBROKEN = Rule(
    "no_name_of_a_body",
    "[。、：:]",  # within a quotation
    reads=("調査した⟦。⟧検討会", "名称⟦：⟧検討会"),
    leaves=("電波・放送検討会",),
)
UNDER_LAW = Rule(
    "law_under_which_a_body_is",  # 港湾法第50条の2第1項に基づく｜協議会: a law, and a body of a class
    rf"(?:(?<![方手文])法|法律|条例|条約|協定|議定書|第[\d{DIGITS}百]{{1,5}}[条項号](?:の[\d{DIGITS}]{{1,3}})?|(?:法律?|[条項号\d])の規定)"
    "(?:）|（[^（）]{1,30}）)?に(?:基づく|よる|規定する|定める)$",
    reads=(
        "港湾法⟦第50条に基づく⟧",
        "第三⟦条の規定による⟧",
        "港湾⟦法（昭和25年法律第218号）に基づく⟧",
        "漁業⟦協定に基づく⟧",
    ),
    leaves=("新しい手法による", "貿易に基づく", "港湾法の"),
)
ACRONYM = Rule(
    "acronym_before_a_blank",  # JTSB｜運輸安全委員会, but EU 離脱に関する検討会
    "(?P<name>[A-Z]{2,8})[ 　]",
    reads=("⟦JTSB ⟧運輸", "⟦EU　⟧委員会"),
    leaves=("JTSB運輸", "Aoba 委員会"),
)
LONGEST_GROUND = 48  # 決め打ち: characters of the ground on which a body is set up
HOME, CONSTITUTION = "日本国", "憲法"


@dataclass(frozen=True, slots=True)
class Body:
    """A name that was built: its half-open span in the sentence, and how."""

    start: int
    end: int
    kind: str
    rule: str
    members: tuple[str, ...] = ()


def bodies(analysis: Analysis, edges: frozenset[int], known: Sequence[tuple[int, int]]) -> Iterator[Body]:
    """Yield the names built in a sentence; ``known`` are the spans of registry names in it."""
    text, tokens = analysis.sentence.text, analysis.tokens
    yield from _quoted(text)
    for start, end, kind, rule in (*firms(text), *companies(text, tokens), *told(text, tokens)):
        yield Body(start, end, kind, rule)
    for match in CABINET.finditer(text) if "改造内閣" in text else ():
        yield Body(*match.span(), "cabinet", "person_name")
    known = sorted(known)
    begins = [start for start, _ in known]
    for end in HEADS.ends(text):
        last = analysis.ends.get(end)
        if last is None:
            continue
        token = tokens[last]
        for head in HEADS.at(text, token.end):
            at = token.end - len(head.head)
            if not (at in edges or in_katakana(token, at, head)) or runs_on(text, token.end):
                continue
            near = known[bisect_left(begins, token.end - REACH) : bisect_left(begins, token.end)]
            body = _body(text, tokens, last, at, head, near)
            if body:
                apart = ACRONYM.match(text, body.start, body.end)
                own = apart is not None and organization_lexicon().get(text[apart.end() : body.end])
                yield replace(body, start=apart.end()) if apart and own else body
                break


def within_head(text: str, body: Body, end: int) -> bool:
    """Whether a name that ends at ``end`` reaches to a head's last letter: 環境保健｜部会 is none of 環境保健部."""
    heads = HEADS.at(text, body.end) if end == body.end - 1 else ()
    return bool(heads) and all(len(head.head) > 1 for head in heads)


def _quoted(text: str) -> Iterator[Body]:
    """「安全保障の法的基盤の再構築に関する懇談会」: a quotation that ends with a head is the name."""
    for match in QUOTED.finditer(text) if "「" in text else ():
        head = next((h for h in HEADS.at(text, match.end(1)) if h.needs in _QUOTED), None)
        occasion = head is not None and head.needs == "domestic" and SESSION.match(match.group(1))
        if occasion:
            continue
        start = match.start(1)
        if session := SESSION.match(text, start):  # 「第1回半導体・デジタル産業戦略検討会議」
            start = session.end()
        if head and match.end(1) - start > len(head.head) + 2 and not UNBROKEN.search(match.group(1)):
            yield Body(start, match.end(1), head.kind, "quoted_name")


def _body(
    text: str, tokens: Sequence[Token], last: int, at: int, head: Head, known: Sequence[tuple[int, int]]
) -> Body | None:
    end = tokens[last].end
    if head.needs in _NUMBERED:
        begun = unit_start(text, tokens, last, at, head)
        return Body(begun, end, head.kind, "ordinal_name") if begun is not None else None
    first = _first(text, tokens, last, head, known)
    start = past_prefecture(text, with_pair(text, tokens, first), head)
    if _of_another(text, start, end, head, known) or head.needs == "quoted":
        return None
    if head.needs in _LINKED and _linked(text, start):
        found = phrase(text, tokens, first)
        if found is not None:
            found = past_leads(text, found, start)
            return Body(without_owner(found, known, text), end, head.kind, "phrase_name")
    if start >= at or text[start:end] in generic():
        return None
    run = [token for token in tokens[first : last + 1] if token.start < at]
    stem = Stem(text, run, start, at, head, known, _noun_behind(tokens, last))
    if names_one(stem) and not of_a_class(stem):
        start = with_term(text, start, head)
        return Body(start, end, head.kind, f"{head.needs}_name", members=members(stem))
    return None


def _linked(text: str, start: int) -> bool:
    """Whether a phrase goes on before a name (…に関する), other than the law under which a body is set up."""
    linked = LINK_ENDS.search(text, max(0, start - 8), start)
    if linked is None or linked.group() in words("link_not_topic"):
        return False
    return UNDER_LAW.search(text, max(0, start - LONGEST_GROUND), start) is None


def _noun_behind(tokens: Sequence[Token], last: int) -> bool:
    """Whether a noun goes on behind a name, other than a title or what is done or made there (若狭証券｜社長)."""
    behind = tokens[last + 1] if last + 1 < len(tokens) else None
    if behind is None or behind.start != tokens[last].end or not in_name(behind):
        return False
    return behind.surface not in MARKS and behind.surface not in words("officer") | words("behind")


def _of_another(text: str, start: int, end: int, head: Head, known: Sequence[tuple[int, int]]) -> bool:
    """Whether the registry holds a name there, or one at its end behind a mark.

    民営化-国鉄再建監理委員会: what it is about, and who says it. ジェフリー・ヒントン・トロント大学教授: a person's
    name stands before it.
    """
    for a, b in known:
        if a <= start and end <= b:
            return True
        mark = text[a - 1 : a]
        if b == end and (mark in DASHES or (mark == "・" and head.kind in OF_COUNTRIES)):
            return True
        if b == end and text[start:a] == HOME and not text.startswith(CONSTITUTION, a):
            return True  # 日本国｜海上保安庁, but 日本国憲法｜調査会
        if b == end and head.kind in STANDING and any(c <= start and d == a for c, d in known):
            return True  # 自民党｜公明党
    return False


def _first(
    text: str, tokens: Sequence[Token], last: int, head: Head, known: Sequence[tuple[int, int]]
) -> int:
    """Return the index of the token at which the run of nouns before a head begins to be of the name."""
    first = past_space(tokens, run_start(text, tokens, last), last, head)
    if head.kind == "council" and first > 1 and CONCERNED.match(text, tokens[first - 1].start):
        first = run_start(text, tokens, first - 2) if in_name(tokens[first - 2]) else first - 1
    first = past_bracket(tokens, past_foreign_name(tokens, first, last, known), last, known)
    first = past_lists(text, tokens, first, last, known)
    first = past_term(text, tokens, first, last, head)
    first = past_leading_words(text, tokens, first, last, known)
    first = past_envoy(tokens, past_class_of_party(tokens, first, last, head), last, head)
    if head.needs not in ("person", "country"):
        first = past_surname(tokens, past_person(tokens, first, last), last, known)
        first = past_visitor(tokens, first, last, head)
    elif head.needs == "person":
        while first < last and tokens[first].surface in countries():
            first += 1  # 米国｜バイデン政権
    if head.kind not in OF_COUNTRIES:
        return first
    first = past_common(tokens, first, last, known)
    return past_country(tokens, past_names(tokens, first, last), last, head)
