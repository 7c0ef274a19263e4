"""Where the title of a law begins: how far the phrase reaches to the left that says what it is about.

Titles are noun phrases of one kind: nouns, the particles between them, and clauses whose verb stands before
a noun. The
reader goes from the head of the title to the left. Each verb that it passes takes particles once (…が…を行う);
one that no verb
is left for belongs to the sentence around the title, and so do topics (は), past deeds (成立した) and clauses
that end with 、.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pipeline.entities.laws.adverbials import of_a_kind, says_what, says_when, says_who, verb_follows
from pipeline.entities.laws.edge_words import (
    AMENDS,
    ATTRIBUTIVE,
    BEARERS,
    BILLS,
    BRACKET,
    CASES,
    COMPLETE_HEADS,
    DEEDS,
    FREE,
    INSTRUMENTS,
    JOINERS,
    LONGEST,
    NOT_LISTED,
    NOUNS,
    ONE_ACT,
    POINTERS,
    SPLIT_JOINERS,
    SUMMED_UP,
    TAKES_NI,
    TELLS,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.model.sentence import Token


@dataclass(slots=True)
class _Walk:
    """A walk to the left through the tokens of a sentence."""

    text: str
    tokens: Sequence[Token]
    at: int
    first: int
    certain: bool = False
    joined: bool = False
    varied: bool = False  # …する等の法律: what it does to the acts before is said of the last alone
    verbs: list[set[str]] = field(default_factory=list)

    def takes(self, case: str) -> bool:
        """Whether a verb to the right still wants a particle.

        What stands in its clause to the right is closed then.
        """
        for n in range(len(self.verbs) - 1, -1, -1):
            if case in self.verbs[n]:
                self.verbs[n].discard(case)
                del self.verbs[n + 1 :]
                return True
        return False

    def step(self) -> int:
        """Return how many tokens before ``at`` belong to the title as well, 0 for none."""
        token = self.tokens[self.at - 1]
        if says_who(self.tokens, self.at):
            return 0
        if token.surface in JOINERS:
            self.joined = True
            return int(not self._behind_bill())
        if token.surface in ("は", "に") and self.text.endswith(SPLIT_JOINERS, 0, token.end):
            self.joined = True
            return 1 + (token.end - token.start < 2)
        if token.surface == "、":
            return int(self._listed())
        if token.surface == "）":
            return self._bracket()
        return int(self._word(token))

    def _word(self, token: Token) -> bool:
        """Whether a word that is neither a joiner nor a mark belongs to the title."""
        if token.surface.startswith("おけ") and ONE_ACT.match(self.text, token.start):
            return False  # 委員会における｜電波法の一部を改正する法律案
        if token.pos.startswith("動詞"):
            # 訴の特例: a noun that the analyzer takes for a verb
            noun = len(token.surface) == 1 < len(token.lemma)
            return (noun and self.tokens[self.at].pos.startswith("助詞-格助詞")) or self._verb(token)
        if token.pos.startswith(("助動詞", "形容詞")):
            return self._auxiliary(token)
        if token.surface in FREE:
            self.joined |= token.surface in ("他", "等")
            return True
        if token.pos.startswith("助詞"):
            return self._particle(token)
        if token.pos.startswith("形状詞"):
            self.verbs.append({"に"})  # …のために必要な
        return token.pos.startswith(NOUNS)

    def _behind_bill(self) -> bool:
        """Whether a joiner stands behind a bill: 予算案及び｜…の一部を改正する法律案. No title holds a bill."""
        before = self._before()
        return before is not None and before.surface.endswith(BILLS)

    def _before(self) -> Token | None:
        return self.tokens[self.at - 2] if self.at > 1 else None

    def _listed(self) -> bool:
        """Whether 、 parts the members of a list (税の減免、徴収猶予等), and not the sentence from the title."""
        before, behind = self._before(), self.tokens[self.at]
        if behind.surface in JOINERS:
            # …の施行に伴い、並びに｜電波法の…
            return before is not None and not (before.lemma in TAKES_NI and before.surface != before.lemma)
        noun = before is not None and before.pos.startswith(("名詞", "接尾辞")) and before.surface != "ため"
        if before is not None and before.surface.endswith(COMPLETE_HEADS):
            return False  # …に関する法律、…に関する法律: titles of their own
        if before is not None and self.varied and before.surface.endswith("法"):
            # 道路法、港湾法等の一部を改正する等の法律
            return SUMMED_UP.match(self.text, behind.start) is not None
        return bool(noun and before and self.joined and not before.pos.startswith(NOT_LISTED))

    def _bracket(self) -> int:
        for opener in range(self.at - 2, max(-1, self.at - 24), -1):
            if self.tokens[opener].surface == "（":
                found = BRACKET.match(self.text, self.tokens[opener].start)
                named = found is not None and (self.certain or found["treaty"] is not None)
                whole = named and found is not None and found.end() == self.tokens[self.at - 1].end
                return self.at - opener if whole and opener else 0
        return 0

    def _verb(self, token: Token) -> bool:
        behind = self.tokens[self.at]
        if token.lemma in TAKES_NI or token.surface in TAKES_NI or token.norm in TAKES_NI:
            self.verbs.append({"に"})
            return True
        near = self.first - 2 * (behind.surface == "等")  # 改正する等の法律
        self.varied |= self.at == near < self.first
        instrument = self.at == near or self._makes()
        words = {token.lemma, token.norm}
        if token.lemma in ("する", "なる"):  # 改正｜する, 内容｜と｜する
            words |= {own.surface for own in self.tokens[max(0, self.at - 3) : self.at - 1]}
        told = words & DEEDS or (words & TELLS and self._of_what(words))
        if (told and not instrument) or of_a_kind(self.tokens, self.at, near):
            return False
        follows = behind.pos.startswith(("助動詞", "動詞", "接尾辞")) or behind.surface in (
            *JOINERS,
            "、",
            "て",
        )
        if token.surface != token.lemma and not follows:
            return False
        amends = bool(words & AMENDS)
        self.verbs.append({"を"} if amends else {"が", "を", "に", "で", "へ", "と", "から", "まで", "より"})
        return True

    def _makes(self) -> bool:
        """Whether a verb stands right before an instrument: 改正する｜法律, 改正する｜等の法律."""
        at = self.at + 2 * (self.tokens[self.at].surface == "等")
        return at < len(self.tokens) and self.tokens[at].surface.startswith(INSTRUMENTS)

    def _of_what(self, words: set[str]) -> bool:
        """Whether を, と or となる stands before a verb: 手続を定める says what a law does, 省令で定める does not."""
        if "目的" in words and self.tokens[self.at].surface in BEARERS:
            return False  # 発行を目的とする｜株式会社
        before = self.tokens[max(0, self.at - 5) : self.at - 1]
        particles = [own.surface for own in before if own.surface in ("を", "と", "で", "に", "の")]
        # 手続を新たに規定する
        return "を" in particles or particles[-1:] == ["と"]

    def _auxiliary(self, token: Token) -> bool:
        behind = self.tokens[self.at]
        if token.surface == "た":
            before = self._before()
            verb = self.tokens[self.at - 3] if self.at > 2 else None
            words = {
                word
                for own in (before, verb)
                if own is not None
                for word in (own.surface, own.lemma, own.norm)
            }
            return behind.pos.startswith(NOUNS) and not words & DEEDS
        if token.surface == "に":
            before = self._before()
            return (before is not None and "形状詞" in before.pos) or self.takes("に")  # 緊急に
        if token.surface == "で":
            return behind.surface == "ある" and not says_what(self.tokens, self.at)
        if token.pos.startswith("形容詞"):
            return token.surface == token.lemma and behind.pos.startswith(NOUNS)
        if token.surface == "な" and behind.pos.startswith(NOUNS):
            self.verbs.append({"に"})  # …のために必要な, where 必要 is a noun
        return token.lemma in ATTRIBUTIVE or token.surface in ATTRIBUTIVE

    def _particle(self, token: Token) -> bool:
        behind = self.tokens[self.at]
        if token.surface == "て":
            near = self.tokens[self.at : self.at + 2]
            before = self._before()
            if before is not None and before.surface in TAKES_NI:
                # 年度において講ずる, についての; 株式会社に対して is of the verb behind the title
                return behind.surface == "の" or verb_follows(self.tokens, self.at)
            role = before is not None and before.surface == "し" and any("が" in verb for verb in self.verbs)
            return behind.surface == "の" or role or any(own.pos.startswith("動詞") for own in near)
        if token.surface in ("に", "から") and says_when(self.tokens, self.at):
            return False
        if token.surface in CASES:
            # 銀行への加盟, 基金からの年金
            return behind.surface == "の" or self.takes(token.surface) or self._parallel(token)
        return token.surface in ("か", "つつ", "のみ", "ごと")

    def _parallel(self, token: Token) -> bool:
        """Whether と joins two nouns: 日本国とフランス共和国との間の."""
        before, behind = self._before(), self.tokens[self.at]
        return bool(
            token.surface == "と" and before and before.pos.startswith(NOUNS) and behind.pos.startswith(NOUNS)
        )


def title_start(text: str, tokens: Sequence[Token], first: int, *, certain: bool = False) -> int:
    """Return the index of the first token of the title that goes on at token ``first`` to its head.

    Args:
        text: Of the sentence; offsets count its code points.
        tokens: Of the sentence.
        first: A token of the title.
        certain: Whether a number or a place behind the title says that it is one; then brackets may stand in
        it.
    """
    walk = _Walk(text, tokens, first, first, certain)
    end = tokens[first].end
    while walk.at > 0 and end - tokens[walk.at - 1].start <= LONGEST and (many := walk.step()):
        walk.at -= many
    at = walk.at
    while at < first and not _can_begin(tokens[at]):
        at += 1
    return at


def _can_begin(token: Token) -> bool:
    """Whether a title can begin with a token: with a noun, and no particle, pointer or auxiliary."""
    if token.surface in POINTERS or token.surface in JOINERS or token.surface in FREE:
        return False
    return token.pos.startswith(("名詞", "接頭辞", "形状詞"))
