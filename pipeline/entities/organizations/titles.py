"""Titles that the dictionary has as one word with the end of a body's name: 刑務｜所長, 委員｜会長, 税務署長."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.entities.names.phrases import in_name
from pipeline.entities.organizations.facts import HEADS
from pipeline.model.rule import Rule

if TYPE_CHECKING:
    from pipeline.entities.names.registry import Lexicon
    from pipeline.entities.organizations.registry import Organization
    from pipeline.model.sentence import Analysis, Token

GLUED = Rule(
    "title_glued_to_a_name",
    "[一-龥]長$",
    reads=("刑務⟦所長⟧", "委員⟦会長⟧", "税務⟦署長⟧"),
    leaves=("長", "の長", "所長室"),
)
SHORT = Rule(
    "title_behind_a_person",  # or the end of a body's name: 工藤｜会長, 全国知事｜会長
    "^[会組園社隊]長$",
    reads=("⟦会長⟧", "⟦組長⟧"),
    leaves=("所長", "委員会長"),
)
BRANCH = Rule(
    "head_of_a_branch",  # of any, unless a place says of which
    "^支[店社局部]長$",
    reads=("⟦支店長⟧", "⟦支部長⟧"),
    leaves=("店長", "支店"),
)
MANY = Rule(
    "bodies_of_many_places",
    "(?:市区?町村|都道府県|[都道府県]下|管[内下]|[都道府県市区町村]内)[一-龥]{0,6}$",
    reads=("⟦市町村教育⟧", "大阪⟦府下⟧", "⟦都道府県選挙管理⟧"),
    leaves=("倉吉", "高知市農業", "市町村の農業"),
)
MEMBER = Rule(
    "member_of_an_assembly",
    "[都道府県市区町村]議会議員",
    reads=("⟦市議会議員⟧", "⟦県議会議員⟧"),
    leaves=("議会議員", "市議会"),
)
SUFFIX = "接尾辞-名詞的-一般-*"  # as the dictionary has 長 in 国税局｜長
WIDE = 10  # 決め打ち: characters between the many places and the title
LONGEST = 6  # 決め打ち: words of a registered name before its last one


def parted(analysis: Analysis, lexicon: Lexicon[Organization]) -> Analysis:
    """Return the analysis with 長 cut off where the word before it ends a body's name: 刑務所｜長."""
    tokens = analysis.tokens
    if "長" not in analysis.sentence.text and "議会議員" not in analysis.sentence.text:
        return analysis
    glued = [
        i
        for i in range(1, len(tokens))
        if tokens[i].surface[-1:] == "長"
        and GLUED.search(tokens[i].surface)
        and _ends_name(analysis, i, lexicon)
    ]
    glued += [i for i in range(1, len(tokens)) if _of_an_assembly(tokens[i - 1], tokens[i])]
    if not glued:
        return analysis
    cut = [part for i, token in enumerate(tokens) for part in (_parts(token) if i in glued else (token,))]
    return replace(analysis, tokens=tuple(cut))


def _of_an_assembly(before: Token, token: Token) -> bool:
    """Whether a member of the assembly of the place before is one word: 高松｜市議会議員."""
    place = "地名" in before.pos and before.end == token.start
    return place and MEMBER.fullmatch(token.surface) is not None


def _parts(token: Token) -> tuple[Token, ...]:
    """Return the end of the name and 長, or 市, 議会 and 議員."""
    written = token.surface
    cuts = [1, len(written) - 2] if MEMBER.fullmatch(written) else [len(written) - 1]
    ends = [*cuts, len(written)]
    parts = [(written[a:b], a) for a, b in zip([0, *cuts], ends, strict=True)]
    return tuple(
        token._replace(
            start=token.start + at,
            end=token.start + at + len(part),
            surface=part,
            pos=SUFFIX if part == "長" else token.pos,
            lemma=part,
            reading="",
            norm=part,
            units=None,
        )
        for part, at in parts
    )


def _ends_name(analysis: Analysis, i: int, lexicon: Lexicon[Organization]) -> bool:
    """Whether a body's name ends right before 長, and a noun stands before it: 高知刑務｜所長."""
    text, tokens = analysis.sentence.text, analysis.tokens
    token, before = tokens[i], tokens[i - 1]
    end = token.end - 1
    if before.end != token.start or not in_name(before) or (i > 1 and "人名-姓" in tokens[i - 2].pos):
        return False  # 田中｜委員｜会長
    if MANY.search(text, max(0, token.start - WIDE), token.start):
        return False  # 市町村｜教育委員｜会長
    if BRANCH.fullmatch(token.surface) and "地名" not in before.pos:
        return False  # 日本銀行｜支店長｜会議: the heads of its branches
    # 工藤｜会長 is a person's title though a body 工藤会 is known; 全国｜知事｜会長 is not.
    until = i - 1 if SHORT.fullmatch(token.surface) else i
    starts = [other.start for other in tokens[max(0, i - LONGEST) : until]]
    if any(lexicon.get(text[start:end]) for start in starts):
        return True
    return any(end - len(head.head) <= token.start for head in HEADS.at(text, end) if len(head.head) > 1)
