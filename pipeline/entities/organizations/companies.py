"""Companies and corporations by their legal form (株式会社X, X（株）, X Inc.)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.entities.names.phrases import MARKS, alternatives, in_name
from pipeline.entities.organizations import before_form
from pipeline.entities.organizations.behind_bodies import end_of_body
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
from pipeline.entities.organizations.officers import title_at
from pipeline.entities.organizations.registry import organization_lexicon
from pipeline.model.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.model.sentence import Token

FORM = Rule("legal_form", LEGAL, reads=("⟦株式会社⟧青葉", "⟦（株）⟧青葉"), leaves=("会社青葉",))
# Before a name any form may stand, behind it those that the list allows there: not （同）, which is 同 as well.
FORM_BEHIND = Rule(
    "legal_form_behind",
    rf"(?<!数)(?<!数 )[ 　]?{LEGAL_BEHIND}",  # 発行済株式総数（株）: a unit
    reads=("青葉⟦株式会社⟧", "青葉⟦ （株）⟧"),
    leaves=("青葉（同）", "青葉社団法人", "株式総数（株）", "株式総数 （株）"),
)
_REST = "[A-Za-z0-9&.'’-]"
LATIN_COMPANY = Rule(
    "latin_company",
    rf"(?<![A-Za-z])[A-Z]{_REST}{{0,30}}(?: [A-Z&]{_REST}{{0,30}}){{0,4}},? {LATIN_LEGAL}",
    reads=("⟦Vonage Holdings Corp.⟧", "⟦Aoba Harbour Co., Ltd.⟧"),
    leaves=("Vonage", "Corp."),
)
OTHERS = Rule(
    "and_others",
    r"(?:他|ほか|等)\d{0,3}(?:社|団体|者|名)?$",
    reads=("日本気象協会⟦他6団体⟧", "協会⟦等⟧"),
    leaves=("他人資本", "協会6団体"),
)
NON_PROFIT = Rule(
    "mark_of_a_non_profit",  # outside the name, other than a legal form
    "（NPO）",
    reads=("⟦（NPO）⟧難民支援協会",),
    leaves=("NPO法人", "（NGO）"),
)
AUDITORS = Rule(
    "auditors_with_a_name_in_hiragana",
    "(?:有限責任|(?<![A-Za-z])[A-Z][A-Za-z]{1,7}|(?<=[、。「（・　 ])|^)[ぁ-ん]{2,5}(?:有限責任)?監査法人",
    reads=("⟦有限責任あずさ監査法人⟧", "⟦PwCあらた有限責任監査法人⟧", "、⟦あずさ監査法人⟧"),
    leaves=("及び監査法人", "新日本監査法人", "PwC監査法人"),
)
NAME_ENDS = Rule(
    "deed_that_ends_a_name",  # 株式会社青葉開発は, but 株式会社青葉開発の装置
    "[はがも]",
    reads=("⟦は⟧", "⟦が⟧"),
    leaves=("⟦の", "⟦装置", "⟦（2020年）"),
)
NUMBER = Rule(
    "number_behind_a_form",
    r"\d(?!\d{0,2}[A-Za-zァ-ヶ])",  # no name but a count or a table's cell
    reads=("⟦3⟧社", "⟦4⟧1,204中", "⟦1⟧2.06"),
    leaves=("⟦青葉3", "⟦3Dデータ", "⟦21ジャパン"),
)
SENTENCE_NAME = Rule(
    "name_that_is_a_sentence",  # behind a legal form: 日本の森を守る会
    r"[ 　]?(?:(?!法人|会社|委員会|協会)[^、。，・：「」『』（）()\s\d]){1,25}?"
    r"(?:(?:を[一-龥ぁ-んァ-ヶー]{1,8}?[うくぐすつぬぶむるた]|[ぁ-ん]の|[一-龥]の)会(?![議社員計長場])"
    rf"|[ぁ-んァ-ヶー一-龥]の(?:{alternatives(words('place_in_a_name'))})(?=[はがもとにへ、。（]|$))",
    reads=(
        "⟦日本の森を守る会⟧が",
        "⟦子どもの未来を考える会⟧",
        "⟦ひまわりの会⟧",
        "⟦みどりの里⟧が",
        "⟦　日本の森を守る会⟧が",
    ),
    leaves=("⟦日本気象協会", "⟦森を守る会議", "⟦青葉、森を守る会"),
)


def companies(text: str, tokens: Sequence[Token]) -> Iterator[tuple[int, int, str, str]]:
    """Yield span, kind and rule of each name with a legal form."""
    for match in LATIN_COMPANY.finditer(text) if " " in text else ():
        yield match.start(), match.end(), "company", "legal_form"
    for match in AUDITORS.finditer(text) if "監査法人" in text else ():
        yield match.start(), match.end(), "company", "legal_form"
    for match in NON_PROFIT.finditer(text):
        end = _run_end(text, tokens, match.end())
        if end > match.end() + 1:
            yield match.end(), end, "corporation", "legal_form"
    if FORM.search(text) is None:  # nor one that stands behind a name
        return
    ends = {token.end: i for i, token in enumerate(tokens)}
    yield from _behind_a_form(text, tokens, ends)
    for match in FORM_BEHIND.finditer(text):
        apart = text[match.start()] in " 　"
        if apart and _stands_before(tokens, ends, match.end()):
            continue
        if _stands_behind(text, tokens, ends, match.span()):
            start = _left(text, tokens, ends[match.start()])
            if start is not None:
                yield start, match.end(), "company", "legal_form"


def _behind_a_form(
    text: str, tokens: Sequence[Token], ends: dict[int, int]
) -> Iterator[tuple[int, int, str, str]]:
    """Yield the names that stand behind a legal form: 株式会社｜昭和電工."""
    for match in FORM.finditer(text):
        if FORM_BEHIND.fullmatch(match.group()) and _stands_behind(text, tokens, ends, match.span()):
            continue
        kind = legal_kinds()[match.group().strip("（）")]
        sentence = SENTENCE_NAME.match(text, match.end()) if kind == "corporation" else None
        if sentence is not None:
            yield match.start(), sentence.end(), kind, "legal_form"
            continue
        first = ends.get(match.end(), 0)
        run = tokens[first : first + LONGEST_RUN]
        end = _run_end(text, run, match.end())
        if kind == "corporation":
            end = end_of_body(text, run, match.end(), end)
        if end > match.end() + 1 and not _common(tokens, ends, match.end(), end):
            yield match.start(), end, kind, "legal_form"


def _stands_behind(text: str, tokens: Sequence[Token], ends: dict[int, int], form: tuple[int, int]) -> bool:
    """Whether a name stands right before a legal form: チッソ株式会社｜水俣工場, not 子会社株式会社X."""
    start, end = form
    before = tokens[ends[start]] if start in ends else None
    if before is None or before.surface in MARKS or "副詞可能" in before.pos:
        return False
    if not (in_name(before) or (before.surface.isascii() and before.surface.isalnum())):
        return False
    named = _stands_before(tokens, ends, end)
    if before.surface.isdecimal() and not before_form.of_a_name(tokens, ends[start], named=named):
        return False  # 1-2-3 株式会社青葉商店
    if named and before_form.class_alone(text, tokens, ends[start]):
        return False  # 老舗旅館｜株式会社青葉屋, but 青葉旅館株式会社
    classed = before_form.of_a_class(before) and (named or not before_form.named_class(tokens, ends[start]))
    return before.surface not in outside() and not classed


def _stands_before(tokens: Sequence[Token], ends: dict[int, int], end: int) -> bool:
    """Whether a name stands right behind a legal form that a space parts from what is before: 港区 株式会社｜X."""
    at = ends[end] + 1 if end in ends else len(tokens)
    return at < len(tokens) and tokens[at].start == end and in_name(tokens[at])


def _common(tokens: Sequence[Token], ends: dict[int, int], start: int, end: int) -> bool:
    """Whether ordinary words stand behind a legal form, which speak of all bodies of that form.

    特定非営利活動法人｜情報の検索; 国立大学法人｜運営費交付金, 社会福祉法人｜制度改革.
    """
    if end not in ends:
        return False
    last = ends[end]
    run = [token for token in tokens[max(0, last - LONGEST_RUN) : last + 1] if token.start >= start]
    if not run or not all(token.pos.startswith(("名詞-普通名詞", "接尾辞", "接頭辞")) for token in run):
        return False
    return (len(run) == 1 and end - start < 3) or run[-1].surface.endswith(tuple(words("said_of_a_form")))


def _left(text: str, tokens: Sequence[Token], last: int) -> int | None:
    """Return where the company's name before a legal form begins: 現ヤフー（株） begins at ヤ."""
    first = run_start(text, tokens, last)
    for i in range(first, last):
        if tokens[i].surface in ("・", "＝") and text[tokens[i + 1].start : tokens[last].end].isascii():
            first = i + 1
    while first > 1 and tokens[first - 1].surface == "&" and in_name(tokens[first - 2]):
        first = run_start(text, tokens, first - 2)  # イノベーション・デザイン&テクノロジーズ株式会社
    while first < last and tokens[first].surface in outside():
        first += 1
    if tokens[first].surface in outside() or tokens[first].surface.isdecimal():
        return None
    start = before_form.with_ordinal(text, tokens[first].start)
    party = max((len(w) for w in words("party_to_case") if text.startswith(w, start)), default=0)
    return start + party if start + party < tokens[last].start else start  # 被控訴人｜若葉通商株式会社


def _run_end(text: str, tokens: Sequence[Token], start: int) -> int:
    """Return the end of the run of nouns at ``start`` (``start`` if there is none)."""
    begin = start
    while text[begin : begin + 1] in (" ", "　") and begin < len(text):
        begin += 1
    if text[begin : begin + 1] in MARKS:
        return start  # 弁護士法人・弁護士会
    end = begin
    for i, token in enumerate(tokens):
        if token.start < begin:
            continue
        touches = token.start == end or (end > begin and _latin_goes_on(text, token, end))
        if not touches or not _in_company(token):
            break
        if end > begin and (said := title_at(text, tokens, i, begin)) is not None:
            return said
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
        elif word in words("after_or_name") and _of_name(text, begin, end, word):
            return end  # 株式会社青葉開発は
        elif word:
            end -= len(word)
        elif name and name[-1] in "・-,.&/ ":
            end -= 1
        else:
            return end if name not in trailing() else begin


def _of_name(text: str, begin: int, end: int, word: str) -> bool:
    """Whether a word for a deed is of a name: 株式会社｜青葉開発は, unless the registry knows it without."""
    return NAME_ENDS.match(text, end) is not None and not organization_lexicon().get(
        text[begin : end - len(word)]
    )
