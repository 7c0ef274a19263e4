"""Companies and corporations by their legal form (株式会社X, X（株）, X Inc.) or by 社 behind the name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.entities.names.phrases import alternatives, in_name
from pipeline.entities.organizations.facts import (
    LATIN_LEGAL,
    LEGAL,
    LEGAL_BEHIND,
    legal_kinds,
    outside,
    trailing,
    words,
)
from pipeline.entities.organizations.left_edge import LONGEST_RUN, run_start
from pipeline.model.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.model.sentence import Token

FORM = Rule("legal_form", LEGAL, reads=("⟦株式会社⟧青葉", "⟦（株）⟧青葉"), leaves=("会社青葉",))
# Before a name any form may stand, behind it those that the list allows there: not （同）, which is 同 as well.
FORM_BEHIND = Rule(
    "legal_form_behind",
    rf"[ 　]?{LEGAL_BEHIND}",
    reads=("青葉⟦株式会社⟧", "青葉⟦ （株）⟧"),
    leaves=("青葉（同）", "青葉社団法人"),
)
_REST = "[A-Za-z0-9&.'’-]"
_LATIN_NAME = rf"[A-Z]{_REST}{{1,30}}(?: [A-Z]{_REST}{{1,30}}){{0,3}}"
_KATAKANA_NAME = "[ァ-ヶー]{3,30}(?:・[ァ-ヶー]{2,30}){0,4}"
LATIN_COMPANY = Rule(
    "latin_company",
    rf"(?<![A-Za-z])[A-Z]{_REST}{{0,30}}(?: [A-Z&]{_REST}{{0,30}}){{0,4}},? {LATIN_LEGAL}",
    reads=("⟦Vonage Holdings Corp.⟧", "⟦Aoba Harbour Co., Ltd.⟧"),
    leaves=("Vonage", "Corp."),
)
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
        (?:\d{{1,4}})? [A-Z]{_REST}{{1,30}} (?:[ ][A-Z][A-Za-z&.'’-]{{1,30}}){{0,3}}
      | [ァ-ヶー]{{3,20}}
    )
    (?= [ 　]? (?: [「『“（、，] | $ | \d{{1,3}}$ | {alternatives(words("behind_credit"))} ) )
    (?P<list>、?)""",
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
OTHERS = Rule(
    "and_others",
    r"(?:他|ほか|等)\d{0,3}(?:社|団体|者|名)?$",
    reads=("日本気象協会⟦他6団体⟧", "協会⟦等⟧"),
    leaves=("他人資本", "協会6団体"),
)
NUMBER = Rule("number_behind_a_form", r"\d", reads=("⟦3⟧社",), leaves=("⟦青葉3",))


def companies(text: str, tokens: Sequence[Token]) -> Iterator[tuple[int, int, str, str]]:
    """Yield span, kind and rule of each name with a legal form, and of each firm's name before 社."""
    yield from _by_mark(text)
    yield from _credited(text)
    if FORM.search(text) is None:  # nor one that stands behind a name
        return
    ends = {token.end: i for i, token in enumerate(tokens)}
    for match in FORM.finditer(text):
        if FORM_BEHIND.fullmatch(match.group()) and _stands_behind(tokens, ends, match.start()):
            continue
        first = ends.get(match.end(), 0)
        end = _run_end(text, tokens[first : first + LONGEST_RUN], match.end())
        if end > match.end() + 1 and not _common(tokens, ends, match.end(), end):
            kind = legal_kinds()[match.group().strip("（）")]
            yield match.start(), end, kind, "legal_form"
    for match in FORM_BEHIND.finditer(text):
        last = ends.get(match.start())
        if text[match.start()] in " 　" and _stands_before(tokens, ends, match.end()):
            continue
        if last is not None and (
            in_name(tokens[last]) or (tokens[last].surface.isascii() and tokens[last].surface.isalnum())
        ):
            start = _left(text, tokens, last)
            if start is not None:
                yield start, match.end(), "company", "legal_form"


def _by_mark(text: str) -> Iterator[tuple[int, int, str, str]]:
    for match in LATIN_COMPANY.finditer(text) if " " in text else ():
        yield match.start(), match.end(), "company", "legal_form"
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
        while match := CREDITED.match(text, at):
            if match.group(1) not in words("no_firm") and not COUNTED.fullmatch(match.group(1)):
                yield match.start(1), match.end(1), "company", "credited"
            if not match.group("list"):
                break
            at = match.end()


def _stands_behind(tokens: Sequence[Token], ends: dict[int, int], start: int) -> bool:
    """Whether a name stands right before a legal form: チッソ株式会社｜水俣工場, not 子会社株式会社X."""
    before = tokens[ends[start]] if start in ends else None
    if before is None or not in_name(before) or "副詞可能" in before.pos:
        return False
    return before.surface not in outside() and not before.surface.endswith(tuple(words("class_of_firms")))


def _stands_before(tokens: Sequence[Token], ends: dict[int, int], end: int) -> bool:
    """Whether a name stands right behind a legal form that a space parts from what is before: 港区 株式会社｜X."""
    at = ends[end] + 1 if end in ends else len(tokens)
    return at < len(tokens) and tokens[at].start == end and in_name(tokens[at])


def _common(tokens: Sequence[Token], ends: dict[int, int], start: int, end: int) -> bool:
    """Whether an ordinary word alone stands behind a legal form: 特定非営利活動法人｜情報の検索."""
    token = tokens[ends[end]] if end in ends else None
    return (
        token is not None
        and token.start == start
        and token.pos.startswith("名詞-普通名詞")
        and end - start < 3
    )


def _left(text: str, tokens: Sequence[Token], last: int) -> int | None:
    """Return where the company's name before a legal form begins: 現ヤフー（株） begins at ヤ."""
    first = run_start(text, tokens, last)
    for i in range(first, last):
        if tokens[i].surface in ("・", "＝") and text[tokens[i + 1].start : tokens[last].end].isascii():
            first = i + 1
    while first > 1 and tokens[first - 1].surface == "&" and in_name(tokens[first - 2]):
        first = run_start(text, tokens, first - 2)  # イノベーション・デザイン&テクノロジーズ株式会社
    while first < last and (
        tokens[first].surface in outside()
        or ("人名-姓" in tokens[first].pos and "人名-名" in tokens[first + 1].pos)
    ):
        first += 1
    if tokens[first].surface in outside() or tokens[first].surface.isdecimal():
        return None
    return tokens[first].start


def _run_end(text: str, tokens: Sequence[Token], start: int) -> int:
    """Return the end of the run of nouns at ``start`` (``start`` if there is none)."""
    begin = start
    while text[begin : begin + 1] in (" ", "　") and begin < len(text):
        begin += 1
    end = begin
    for token in tokens:
        if token.start < begin:
            continue
        touches = token.start == end or (end > begin and _latin_goes_on(text, token, end))
        if not touches or not _in_company(token):
            break
        bracket = token.surface.find("（")
        end = token.start + bracket if bracket >= 0 else token.end
        if bracket >= 0:
            break
    return _trimmed(text, begin, end) if end > begin else start


def _latin_goes_on(text: str, token: Token, end: int) -> bool:
    """Whether a Latin word follows another behind one space."""
    parted = token.start == end + 1 and text[end] == " "
    return parted and text[end - 1].isascii() and token.surface[0].isascii()


def _in_company(token: Token) -> bool:
    """Whether a token can belong to the name of a company behind its legal form."""
    if token.surface in words("officer") or token.surface.startswith("（"):
        return False
    return in_name(token) or token.surface.isascii()


def _trimmed(text: str, begin: int, end: int) -> int:
    """Drop what stands behind a name without being of it: …協会資料, …協会他6団体, …株式会社."""
    if NUMBER.match(text, begin):
        return begin
    while True:
        name = text[begin:end]
        word = next((w for w in trailing() if name.endswith(w) and len(name) > len(w) + 1), None)
        if others := OTHERS.search(name):
            end = begin + others.start()
        elif word:
            end -= len(word)
        elif name and name[-1] in "・-,.&/ ":
            end -= 1
        else:
            return end if name not in trailing() else begin
