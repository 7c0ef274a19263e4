"""Companies and corporations by their legal form (株式会社X, X（株）, X Inc.) or by 社 behind the name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.entities.names.phrases import in_name
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

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.model.sentence import Token

_FIRST = re.compile(LEGAL)
# Before a name any form may stand, behind it those that the list allows there: not （同）, which is 同 as well.
_LAST = re.compile(rf"[ 　]?{LEGAL_BEHIND}")
_LATIN = re.compile(
    rf"(?<![A-Za-z])[A-Z][A-Za-z0-9&.'’-]{{0,30}}(?: [A-Z&][A-Za-z0-9&.'’-]{{0,30}}){{0,4}},? {LATIN_LEGAL}"
)
# ネットレイティングス社, Vonage社: the firm's name before 社.
_FIRM = re.compile(
    r"(?<![A-Za-zァ-ヶー・])((?:[A-Z][A-Za-z0-9&.'’-]{1,30}(?: [A-Z][A-Za-z0-9&.'’-]{1,30}){0,3}"
    r"|[ァ-ヶー]{3,30}(?:・[ァ-ヶー]{2,30}){0,4}))"
    r"[ ]?社(?![会内員長外債団交是屋])"
)
# ISP9社, NCC20社: so many firms of a kind, not a firm.
_COUNTED = re.compile(r"[A-Z]{2,6}\d{1,3}")
# （出典）Omdia: a Latin or katakana name that a source is credited to.
_CREDIT = re.compile(r"(?:（(?:出典|資料|出所)）|(?:^|[ 　）])(?:出典|資料|出所)[：:])[ 　]?")
_SOURCE = re.compile("出[典所]|資料")
_CREDITED = re.compile(
    r"((?:\d{1,4})?[A-Z][A-Za-z0-9&.'’-]{1,30}(?: [A-Z][A-Za-z&.'’-]{1,30}){0,3}|[ァ-ヶー]{3,20})"
    r"(?=[ 　]?(?:[「『“（、，]|$|\d{1,3}$|資料|推計|調べ|を基|をもと|のデータ|データ|により"
    r"|ホームページ|ウェブ))(?P<list>、?)"
)
# Cisco、Palo Alto Networks、Fortinetの3社: names that are counted as firms.
_LATIN_NAME = r"[A-Z][A-Za-z0-9&.'’-]{1,30}(?: [A-Z][A-Za-z0-9&.'’-]{1,30}){0,3}"
_MEMBER = rf"(?:{_LATIN_NAME}|[ァ-ヶー]{{3,20}}(?:・[ァ-ヶー]{{2,20}}){{0,3}})"
_LISTED = re.compile(
    rf"(?<![A-Za-zァ-ヶー])(?P<list>{_MEMBER}(?:(?:、|及び|と){_MEMBER}){{1,9}})の(?:大手)?\d{{1,2}}社"
)
_LIST_MEMBER = re.compile(_MEMBER)
_NO_FIRM = ("会社", "企業", "事業者", "団体", "法人", "主体", "者")
_OTHERS = re.compile(r"(?:他|ほか|等)\d{0,3}(?:社|団体|者|名)?$")
_NUMBER = re.compile(r"\d")


def companies(text: str, tokens: Sequence[Token]) -> Iterator[tuple[int, int, str, str]]:
    """Yield span, kind and rule of each name with a legal form, and of each firm's name before 社."""
    yield from _by_mark(text)
    yield from _credited(text)
    if _FIRST.search(text) is None:  # nor one that stands behind a name
        return
    ends = {token.end: i for i, token in enumerate(tokens)}
    for match in _FIRST.finditer(text):
        if _LAST.fullmatch(match.group()) and _stands_behind(tokens, ends, match.start()):
            continue
        first = ends.get(match.end(), 0)
        end = _run_end(text, tokens[first : first + LONGEST_RUN], match.end())
        if end > match.end() + 1 and not _common(tokens, ends, match.end(), end):
            kind = legal_kinds()[match.group().strip("（）")]
            yield match.start(), end, kind, "legal_form"
    for match in _LAST.finditer(text):
        last = ends.get(match.start())
        if last is not None and (
            in_name(tokens[last]) or (tokens[last].surface.isascii() and tokens[last].surface.isalnum())
        ):
            start = _left(text, tokens, last)
            if start is not None:
                yield start, match.end(), "company", "legal_form"


def _by_mark(text: str) -> Iterator[tuple[int, int, str, str]]:
    for match in _LATIN.finditer(text) if " " in text else ():
        yield match.start(), match.end(), "company", "legal_form"
    if "社" not in text:
        return
    for match in _FIRM.finditer(text):
        if (
            not _COUNTED.fullmatch(match.group(1))
            and match.group(1) not in words("no_firm")
            and not match.group(1).endswith("メーカー")
        ):
            yield match.start(1), match.end(1), "company", "firm"
    for match in _LISTED.finditer(text):
        for part in _LIST_MEMBER.finditer(text, *match.span("list")):
            if part.group() not in words("no_firm"):
                yield part.start(), part.end(), "company", "listed"


def _credited(text: str) -> Iterator[tuple[int, int, str, str]]:
    for credit in _CREDIT.finditer(text) if _SOURCE.search(text) else ():
        at = credit.end()
        while match := _CREDITED.match(text, at):
            if match.group(1) not in words("no_firm") and not _COUNTED.fullmatch(match.group(1)):
                yield match.start(1), match.end(1), "company", "credited"
            if not match.group("list"):
                break
            at = match.end()


def _stands_behind(tokens: Sequence[Token], ends: dict[int, int], start: int) -> bool:
    """Whether a name stands right before a legal form: チッソ株式会社｜水俣工場, not 子会社株式会社X."""
    before = tokens[ends[start]] if start in ends else None
    if before is None or not in_name(before) or "副詞可能" in before.pos:
        return False
    return before.surface not in outside() and not before.surface.endswith(_NO_FIRM)


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
        latin = (
            token.start == end + 1
            and text[end] == " "
            and text[end - 1].isascii()
            and token.surface[0].isascii()
        )
        if token.start != end and not (latin and end > begin):
            break
        if (
            not (in_name(token) or token.surface.isascii())
            or token.surface in words("officer")
            or "（" in token.surface[:1]
        ):
            break
        end = token.end if "（" not in token.surface else token.start + token.surface.index("（")
        if end < token.end:
            break
    return _trimmed(text, begin, end) if end > begin else start


def _trimmed(text: str, begin: int, end: int) -> int:
    """Drop what stands behind a name without being of it: …協会資料, …協会他6団体, …株式会社."""
    if _NUMBER.match(text, begin):
        return begin
    while True:
        name = text[begin:end]
        word = next((w for w in trailing() if name.endswith(w) and len(name) > len(w) + 1), None)
        if others := _OTHERS.search(name):
            end = begin + others.start()
        elif word:
            end -= len(word)
        elif name and name[-1] in "・-,.&/ ":
            end -= 1
        else:
            return end if name not in trailing() else begin
