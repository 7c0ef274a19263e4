"""Local bodies that words alone do not tell: 葛飾区立｜水元中学校, ハローワーク品川, 第一国立銀行."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.entities.names.find import Find
from pipeline.entities.names.phrases import in_name
from pipeline.entities.organizations.cooperatives import cooperatives
from pipeline.entities.organizations.find import OrganizationName
from pipeline.entities.organizations.left_edge import FOUNDER
from pipeline.model.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.model.sentence import Analysis, Token

SCHOOL = Rule(
    "school_of_a_town",  # the dictionary cuts 区立｜水｜元中｜学校
    "[一-龥々ヶケァ-ヴーぁ-ん]{1,6}?[都道府県市区町村]立"
    "(?![のと]|[各全両同元]|(?:小|中|高|幼)[・、小中高学])"
    "[一-龥々ヶケァ-ヴーぁ-ん]{1,10}?(?:小|中|高等|義務教育|特別支援|中等教育)学校",
    reads=("⟦葛飾区立水元中学校⟧に", "⟦四万十町立あおば小学校⟧"),
    leaves=("葛飾区立の小学校", "葛飾区立小中学校", "葛飾区立全小学校", "私立水元中学校"),
)
JOB_OFFICE = Rule(
    "job_office_by_its_name_in_public",
    "ハローワーク(?=[一-龥ぁ-ん])",
    reads=("⟦ハローワーク⟧品川",),
    leaves=("ハローワーク、品川", "ハローワーク1"),
)
NUMBERED_BANK = Rule(
    "national_bank_by_its_number",  # of 明治
    r"第(?:[一二三四五六七八九十百]{1,5}|\d{1,3})国立銀行(?!条例)",
    reads=("⟦第一国立銀行⟧", "⟦第百十三国立銀行⟧", "⟦第77国立銀行⟧"),
    leaves=("国立銀行", "第1種国立銀行"),
)
SCHOOL_BOARD = Rule(
    "school_board_for_short",
    "(?:[一-龥々ヶケァ-ヴーぁ-ねは-ん]|(?<![一-龥])の){1,6}?[都道府県市区町村]教委(?![一-龥])",
    reads=("⟦石川県教委⟧は", "⟦四万十町教委⟧が", "⟦みのり町教委⟧が"),
    leaves=("県教委", "石川県教委員", "⟦北海道の道教委"),
)
FULL, BOARD = "公共職業安定所", "教育委員会"


def local_names(analysis: Analysis) -> Iterator[Find[OrganizationName]]:
    """Yield the schools of towns, job offices, numbered banks and cooperatives of a sentence."""
    text, tokens = analysis.sentence.text, analysis.tokens
    yield from cooperatives(analysis)
    for bank in NUMBERED_BANK.finditer(text) if "国立銀行" in text else ():
        yield Find(*bank.span(), "local_name", OrganizationName(bank.group(), kind="company"))
    if "立" in text and "学校" in text:
        yield from _schools(text, tokens)
    if "教委" in text:
        yield from _boards(text, tokens)
    for match in JOB_OFFICE.finditer(text) if "ハローワーク" in text else ():
        yield from _job_office(tokens, match.start(), match.end())


def _schools(text: str, tokens: tuple[Token, ...]) -> Iterator[Find[OrganizationName]]:
    """Yield each school once, from the town that founded it: 東京都｜葛飾区立水元中学校."""
    found: dict[int, int] = {}
    for token in tokens:
        if "地名" in token.pos and (school := SCHOOL.match(text, token.start)):
            founder = FOUNDER.match(text, token.start)
            found[school.end()] = founder.end() if founder else token.start
    for end, start in found.items():
        yield Find(start, end, "local_name", OrganizationName(text[start:end], kind="school"))


def _boards(text: str, tokens: tuple[Token, ...]) -> Iterator[Find[OrganizationName]]:
    """Yield the boards of education of places by their short names: 石川県教委."""
    for token in tokens:
        if "地名" in token.pos and (board := SCHOOL_BOARD.match(text, token.start)):
            full = board.group().removesuffix("教委") + BOARD
            yield Find(
                *board.span(), "local_name", OrganizationName(board.group(), alias_of=full, kind="local")
            )


def _job_office(tokens: tuple[Token, ...], start: int, at: int) -> Iterator[Find[OrganizationName]]:
    """Yield the office if a place, and nothing more, stands behind the word for it."""
    i = next((i for i, token in enumerate(tokens) if token.start == at), len(tokens))
    if i == len(tokens) or "地名" not in tokens[i].pos:
        return
    behind = tokens[i + 1] if i + 1 < len(tokens) else None
    if behind is None or behind.start > tokens[i].end or not in_name(behind):
        place = tokens[i].surface
        name = OrganizationName("ハローワーク" + place, alias_of=place + FULL, kind="local")
        yield Find(start, tokens[i].end, "local_name", name)
