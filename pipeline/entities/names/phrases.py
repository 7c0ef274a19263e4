"""The left edge of a name: where a run of nouns, or a phrase like 「…に関する」, begins.

Names of laws and of bodies are built alike: a head stands last, and grammar says how far its name
reaches to the left. Nothing here knows a particular name.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.eras import eras
from pipeline.facts import column

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.model.sentence import Token

_FILE = "phrase_words.csv"


def _words(role: str) -> tuple[str, ...]:
    return column(_FILE, "word", "role", role)


# Verbs and particles that link what a name is about to its head, as dictionary forms.
LINKS = frozenset(_words("link"))
# Within a phrase these may stand; anything else ends it to the left.
PARTICLES = frozenset(_words("particle"))
CLAUSE = frozenset(_words("clause"))
DROPPED_FIRST = frozenset(_words("dropped"))
LINK_ENDS = re.compile(
    r"(?:に関する|に係る|にかかる|に基づく|に対する|に伴う|における|のための|するための|等の|との間の|間の|についての|に際しての|による|に向けた|の一部を改正する|を考える|を検討する|の)$"
)
CLAUSES = _words("clause_end")
AFTER_NI = _words("after_ni")
# What may not belong to a run of nouns though it is one.
NOT_IN_NAME = frozenset(_words("outside"))
# 日米宇宙状況監視（SSA）協力取極: an acronym in the middle of a name.
ACRONYM = re.compile(r"（[A-Z][A-Za-z&-]{1,9}）[ ]{0,2}$")
# 我が国の, 米国の: whose it is does not belong to the name.
OWNER = re.compile(r"(?:我が国|わが国|各国|諸外国|両国|同国|当時|今後|政府|米国|英国|韓国|中国|国|県|市)の")
# 東京2020, 自治体戦略2040: round years that names bear.
AIM = re.compile(r"20\d0")
# ドッド＝フランク・ウォール街改革法.
MARKS = frozenset({"・", "－", "-", "=", "＝"})
LONGEST = 120
# イ 制裁条約に関する…: the mark of an item at the beginning of a line.
LISTED = re.compile(r"[ 　]*(?:[（(]?[\dア-ンa-zA-Z①-⑳]{1,3}[)）.．、 　]|[・○●◆■－-])?[ 　]*")
# 定めた, 成立した end a clause before a name; に向けた, に応じた link within one.
LINKING_PAST = _words("past")
# What the grammar of titles of laws adds: 健全な育成, を識別するための, を廃止する法律.
ADJECTIVAL = frozenset({"な"})
_PURPOSE = r"(?:ため|等の|等に|法律|条例|政令|省令|(?:内閣)?府令|規則|規程|告示|訓令|特別|臨時|暫定|協定|条約|議定書|件)"
# を生じさせる行為等の処罰: what is dealt with, and not what somebody does.
CAUSE = re.compile(r"(?:を?生じ)?させる(?=[一-龥]{1,6}(?:等|の))")
# 迷惑をかける行為の防止, 安全を害する行為等の処罰.
ACT = re.compile("を?[一-龥ぁ-ん]{1,6}[うくすつぬぶむるぐ]行為等?の(?:防止|処罰|規制|禁止)")
OBJECT = re.compile(rf"を[一-龥ァ-ー]{{1,6}}(?:する|める|ずる|る){_PURPOSE}")
PREDICATE = re.compile(rf"(?:する|[一-龥]*(?:める|ずる|る)){_PURPOSE}")


def noun_run(text: str, tokens: Sequence[Token], last: int) -> int:
    """Return the index of the first token of the run of nouns that ends with token ``last``."""
    first = last
    end = tokens[last].end
    while first > 0 and end - tokens[first - 1].start <= LONGEST:
        gap = tokens[first].start - tokens[first - 1].end
        if (gap == 0 or (gap == 1 and tokens[first - 1].surface.isascii())) and in_name(tokens[first - 1]):
            first -= 1
        elif gap == 0 and first > 1 and _aimed_at(tokens, first - 1):
            first -= 2  # 電波政策｜2020｜懇談会
        elif gap == 0 and tokens[first - 1].surface in eras() and not tokens[first].surface.startswith("元"):
            return first - 1  # 明治｜生命, not 平成｜元年
        elif first > 3 and ACRONYM.search(text, max(0, tokens[first].start - 14), tokens[first].start):
            first -= 3
        else:
            break
    while first < last and (
        tokens[first].surface in DROPPED_FIRST or tokens[first].surface in MARKS or _counts(tokens, first)
    ):
        first += 1
    return first


def _aimed_at(tokens: Sequence[Token], i: int) -> bool:
    """Whether a token is a year that a name is about, right behind a noun of it."""
    before = tokens[i - 1]
    return bool(AIM.fullmatch(tokens[i].surface)) and before.end == tokens[i].start and in_name(before)


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


def phrase_start(text: str, tokens: Sequence[Token], first: int, *, title: bool = False) -> int | None:
    """Return the offset where the phrase begins that ends before token ``first``, or None if there is none.

    Args:
        text: Of the sentence; offsets count its code points.
        tokens: Of the sentence.
        first: Index of the first token of the run of nouns that ends the name.
        title: Whether it is a title of a law, where 健全な and を識別するための may stand.
    """
    belongs = _in_title if title else _in_phrase
    end = tokens[first].start
    i = first
    while i > 0 and end - tokens[i - 1].start <= LONGEST:
        if belongs(text, tokens, i - 1):
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
    if (
        token.norm in LINKS
        or token.lemma in LINKS
        or token.surface in ("する", "ための", "おける", "つい", "て", "考える", "向け", "た")
    ):
        if token.surface == "た":
            return text.endswith(LINKING_PAST, 0, token.start)
        return token.surface != "て" or text.startswith("ての", token.start)
    if token.surface == "る":
        return text.endswith("におけ", 0, token.start)
    if token.surface in CLAUSE:
        return text.startswith(CLAUSES, token.start)
    return False


def _in_title(text: str, tokens: Sequence[Token], i: int) -> bool:
    token = tokens[i]
    if text.startswith("おける", tokens[i - (token.surface == "る" and i > 0)].start):
        return True
    if token.surface in ADJECTIVAL:
        return i > 0 and tokens[i - 1].pos.startswith("形状詞")
    if token.surface == "を":
        return any(what.match(text, token.start) for what in (OBJECT, CAUSE, ACT))
    if token.surface == "よる":
        return i > 0 and tokens[i - 1].surface == "に"
    if token.surface == "させる":
        return bool(CAUSE.match(text, token.start))
    if token.pos.startswith("動詞") and token.norm not in LINKS and token.lemma not in LINKS:
        listed = token.surface in ("つい", "向け", "際し")
        return listed or any(what.match(text, token.start) for what in (PREDICATE, CAUSE, ACT))
    return _in_phrase(text, tokens, i)
