"""Firms without a legal form: shown by 社 behind the name, by a count of firms, or as a credited source."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.entities.names.phrases import alternatives
from pipeline.entities.organizations.facts import words
from pipeline.model.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

_REST = "[A-Za-z0-9&.'’-]"
_LATIN_NAME = rf"[A-Z]{_REST}{{1,30}}(?: [A-Z]{_REST}{{1,30}}){{0,3}}"
_KATAKANA_NAME = "[ァ-ヶー]{3,30}(?:・[ァ-ヶー]{2,30}){0,4}"
FIRM = Rule(
    "firm_before_its_mark",
    rf"(?<![A-Za-zァ-ヶー・])({_LATIN_NAME}|{_KATAKANA_NAME})[ ]?社(?![会内員長外債団交是屋])",
    reads=("⟦ネットレイティングス社⟧", "⟦Vonage社⟧"),
    leaves=("ネットレイティングス社長", "青葉社"),
)
COUNTED = Rule(
    "firms_of_a_kind",
    r"[A-Z]{2,6}\d{1,3}",  # so many firms of a kind, not a firm
    reads=("⟦ISP9⟧社", "⟦NCC20⟧社"),
    leaves=("⟦Vonage", "⟦W3C"),
)
CREDIT = Rule(
    "credit",
    "(?:（(?:出典|資料|出所)）|(?:^|[ 　）])(?:出典|資料|出所)[：:])[ 　]?",
    reads=("⟦（出典）⟧Omdia", "⟦資料：⟧Omdia"),
    leaves=("参考資料：Omdia", "出典はOmdia"),
)
SOURCE = Rule("word_for_a_source", "出[典所]|資料", reads=("⟦出典⟧", "⟦資料⟧"), leaves=("出版",))
CREDITED = Rule(
    "credited_name",
    rf"""(
        (?:\d{{1,4}}(?=[A-Za-z]))? (?:(?<=\d)[a-z])?
        [A-Z]{_REST}{{1,30}} (?:[ ][A-Z][A-Za-z&.'’-]{{1,30}}){{0,3}}
      | [ァ-ヶー]{{3,20}} (?:・[ァ-ヶー]{{2,20}}){{0,4}}
    )
    (?= [ 　]? (?: [「『“（、，;；）] | $ | \d{{1,3}}$ | {alternatives(words("behind_credit"))} ) )
    (?P<list>[、;；]?[ ]?)""",
    flags=re.VERBOSE,
    reads=("⟦Omdia⟧", "⟦Aoba Research、⟧Omdia", "⟦オムディア⟧推計"),
    leaves=("⟦Omdiaは", "⟦青葉総研"),
)
_MEMBER = rf"(?:{_LATIN_NAME}|[ァ-ヶー]{{3,20}}(?:・[ァ-ヶー]{{2,20}}){{0,3}})"
LISTED = Rule(
    "counted_list_of_firms",  # names that are counted as firms
    rf"(?<![A-Za-zァ-ヶー])(?P<list>{_MEMBER}(?:(?:、|及び|と){_MEMBER}){{1,9}})の(?:大手)?\d{{1,2}}社",
    reads=("⟦Cisco、Palo Alto Networks及びFortinetの3社⟧", "⟦オムロンとキーエンスの大手2社⟧"),
    leaves=("Ciscoの3社", "Cisco、Fortinetの3人"),
)
LIST_MEMBER = Rule(
    "member_of_a_list_of_firms",
    _MEMBER,
    reads=("⟦Palo Alto Networks⟧、", "⟦オムロン⟧と"),
    leaves=("青葉", "アオ"),
)


GIVEN = Rule(
    "sources_of_a_source",
    "（(?=[^（）、]{2,60}[;；])",
    reads=("⟦（⟧We Are Social; Hootsuite）",),
    leaves=("（We Are Social）", "（2022年）"),
)
SKIPPED = Rule(
    "japanese_source_before_others",  # its name is found by other rules
    "[一-龥ァ-ヶー]{2,24}、(?=[A-Z])",
    reads=("⟦青葉国統計局、⟧CEIC",),
    leaves=("⟦青葉国統計局、若葉", "⟦統計、と"),
)


def firms(text: str) -> Iterator[tuple[int, int, str, str]]:
    """Yield span, kind and rule of each firm's name in clean ``text`` that one of these shows."""
    yield from _credited(text)
    if "社" not in text:
        return
    for match in FIRM.finditer(text):
        if (
            not COUNTED.fullmatch(match.group(1))
            and match.group(1) not in words("no_firm")
            and not match.group(1).endswith("メーカー")
        ):
            yield match.start(1), match.end(1), "company", "firm"
    for match in LISTED.finditer(text):
        for part in LIST_MEMBER.finditer(text, *match.span("list")):
            if part.group() not in words("no_firm"):
                yield part.start(), part.end(), "company", "listed"


def _credited(text: str) -> Iterator[tuple[int, int, str, str]]:
    for credit in CREDIT.finditer(text) if SOURCE.search(text) else ():
        at = credit.end()
        while skipped := SKIPPED.match(text, at):
            at = skipped.end()
        while match := CREDITED.match(text, at):
            if match.group(1) not in words("no_firm") and not COUNTED.fullmatch(match.group(1)):
                yield match.start(1), match.end(1), "company", "credited"
            inside = GIVEN.match(text, match.end())  # Statista（We Are Social; Hootsuite）
            if not match.group("list").strip() and inside is None:
                break
            at = inside.end() if inside else match.end()
