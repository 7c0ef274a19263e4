"""The left edge of a name: where a run of nouns, or a phrase like 「…に関する」, begins.

Names of laws and of bodies are built alike: a head stands last, and grammar says how far its name
reaches to the left. Nothing here knows a particular name.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.eras import eras
from pipeline.facts import column
from pipeline.model.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pipeline.model.sentence import Token

_FILE = "phrase_words.csv"


def _words(role: str) -> tuple[str, ...]:
    return column(_FILE, "word", "role", role)


def alternatives(words: Iterable[str]) -> str:
    """Return what reads any of ``words``, the longest first, to stand in a group."""
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))


# Verbs and particles that link what a name is about to its head, as dictionary forms.
LINKS = frozenset(_words("link"))
# Within a phrase these may stand; anything else ends it to the left.
PARTICLES = frozenset(_words("particle"))
CLAUSE = frozenset(_words("clause"))
DROPPED_FIRST = frozenset(_words("dropped"))
LINK_ENDS = Rule(
    "link_ends",
    f"(?:{alternatives(_words('link_end'))})$",
    reads=("貿易⟦に関する⟧", "貿易⟦との間の⟧", "貿易⟦の⟧"),
    leaves=("貿易に関して", "貿易を", "貿易"),
)
CLAUSES = _words("clause_end")
AFTER_NI = _words("after_ni")
LINK_PARTS = frozenset(_words("link_part"))
# What may not belong to a run of nouns though it is one.
NOT_IN_NAME = frozenset(_words("outside"))
INNER_ACRONYM = Rule(
    "inner_acronym",
    r"（[A-Z][A-Za-z&-]{1,9}）[ ]{0,2}$",  # in the middle of a name
    reads=("日米宇宙状況監視⟦（SSA）⟧", "最高責任者⟦（CIO） ⟧"),
    leaves=("監視（第2）", "監視（SSA）協力"),
)
OWNER = Rule(
    "owner_before_name",
    f"(?:{alternatives(_words('owner'))})の",  # whose it is does not belong to the name
    reads=("⟦我が国の⟧貿易に関する協定", "⟦県の⟧条例"),
    leaves=("⟦世界の貿易に関する機関", "⟦我が国と"),
)
YEAR_IN_NAME = Rule(
    "year_in_name",
    r"(?:19|20)\d\d",  # a name may hold a year that it is about
    reads=("東京⟦2020⟧", "自治体戦略⟦2040⟧構想"),
    leaves=("⟦1800", "⟦20年"),
)
# ドッド＝フランク・ウォール街改革法.
MARKS = frozenset({"・", "－", "-", "=", "＝"})
LONGEST = 120
LISTED = Rule(
    "mark_of_an_item",
    r"""[ 　]*
    (?: [（(]? (?: [\dア-ンa-zA-Z①-⑳]{1,3} [)）.．、] | (?:[\dア-ン①-⑳]{1,3}|[a-zA-Z]) [ 　] )
      | [・○●◆■－-]
    )?
    [ 　]*""",
    flags=re.VERBOSE,
    reads=("⟦イ 　⟧制裁条約に関する", "⟦（1）⟧貿易", "⟦・⟧貿易", "⟦⟧貿易", "⟦⟧IoT 推進に関する"),
)
# 定めた, 成立した end a clause before a name; に向けた, に応じた link within one.
LINKING_PAST = _words("past")


def noun_run(text: str, tokens: Sequence[Token], last: int) -> int:
    """Return the index of the first token of the run of nouns that ends with token ``last``."""
    first = last
    end = tokens[last].end
    while first > 0 and end - tokens[first - 1].start <= LONGEST:
        gap = tokens[first].start - tokens[first - 1].end
        if (gap == 0 or (gap == 1 and _latin_word(tokens[first - 1]))) and in_name(tokens[first - 1]):
            first -= 1
        elif gap == 0 and _era_name(tokens, first):
            return first - 1
        elif taken := _taken_in(text, tokens, first, gap):
            first -= taken
        else:
            break
    while first < last and (
        tokens[first].surface in DROPPED_FIRST or tokens[first].surface in MARKS or _counts(tokens, first)
    ):
        first += 1
    return first


def _latin_word(token: Token) -> bool:
    """Whether a name may go on behind it and a space: not behind the letter of a heading (E　欧州評議会)."""
    return token.surface.isascii() and (len(token.surface) > 1 or token.start > 0)


def _taken_in(text: str, tokens: Sequence[Token], first: int, gap: int) -> int:
    """Return how many tokens before ``first`` a name takes in though no nouns: a year, an acronym."""
    if gap == 0 and first > 1 and _year_of_name(tokens, first - 1):
        return 2  # 電波政策｜2020｜懇談会
    if first > 3 and INNER_ACRONYM.search(text, max(0, tokens[first].start - 14), tokens[first].start):
        return 3
    return 0


def _era_name(tokens: Sequence[Token], first: int) -> bool:
    """Whether a name begins with the name of an era: 明治｜生命, not 平成｜元年."""
    return tokens[first - 1].surface in eras() and not tokens[first].surface.startswith("元")


def _year_of_name(tokens: Sequence[Token], i: int) -> bool:
    """Whether a token is a year that a name is about, right behind a noun of it."""
    before = tokens[i - 1]
    return (
        bool(YEAR_IN_NAME.fullmatch(tokens[i].surface)) and before.end == tokens[i].start and in_name(before)
    )


def _counts(tokens: Sequence[Token], i: int) -> bool:
    """Whether a token counts what a number before it says (3｜名), rather than belongs to a name (新井｜組)."""
    counter = tokens[i].pos.endswith("助数詞可能") or tokens[i].surface == "年度"
    return counter and i > 0 and tokens[i - 1].pos == "名詞-数詞"


def in_name(token: Token) -> bool:
    """Whether a token can stand within a run of nouns that is a name."""
    if token.surface in MARKS:
        return True
    if token.surface in NOT_IN_NAME:
        return False
    return token.pos.startswith(("名詞", "接頭辞", "接尾辞-名詞的", "形状詞-一般")) and token.pos not in (
        "名詞-数詞",
        "接尾辞-名詞的-助数詞",
    )


def phrase_start(text: str, tokens: Sequence[Token], first: int) -> int | None:
    """Return the offset where the phrase begins that ends before token ``first``, or None if there is none.

    Args:
        text: Of the sentence; offsets count its code points.
        tokens: Of the sentence.
        first: Index of the first token of the run of nouns that ends the name.
    """
    end = tokens[first].start
    i = first
    while i > 0 and end - tokens[i - 1].start <= LONGEST:
        if _in_phrase(text, tokens, i - 1):
            i -= 1
        elif tokens[i - 1].surface == "」" and (opener := _opener(tokens, i - 1)) is not None:
            i = opener
        else:
            break
    while i < first and (
        tokens[i].surface in DROPPED_FIRST or tokens[i].pos.startswith(("助詞", "接続詞", "補助記号-読点"))
    ):
        i += 1
    if i >= first:
        return None
    listed = LISTED.match(text)
    start = max(tokens[i].start, listed.end() if listed else 0)
    owner = OWNER.match(text, start)
    start = owner.end() if owner and owner.end() < end else start
    return start if start < end else None


def _opener(tokens: Sequence[Token], closer: int) -> int | None:
    """Return the index of the 「 that the 」 at ``closer`` closes, for a quotation inside a name."""
    for i in range(closer - 1, max(-1, closer - 14), -1):
        if tokens[i].surface == "「":
            return i
    return None


def _in_phrase(text: str, tokens: Sequence[Token], i: int) -> bool:
    token = tokens[i]
    if token.pos.startswith(("名詞", "接頭辞", "接尾辞", "形状詞")):
        return True
    if token.surface in PARTICLES or token.surface == "・":
        return token.surface != "に" or text.startswith(AFTER_NI, token.start)
    if token.norm in LINKS or token.lemma in LINKS or token.surface in LINK_PARTS:
        if token.surface == "た":
            return text.endswith(LINKING_PAST, 0, token.start)
        return token.surface != "て" or text.startswith("ての", token.start)
    if token.surface == "る":
        return text.endswith("におけ", 0, token.start)
    if token.surface in CLAUSE:
        return text.startswith(CLAUSES, token.start)
    return False
