"""What stands before a head of a body's name, and what in it tells something."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, cached_property
from typing import TYPE_CHECKING

from pipeline.entities.names.phrases import MARKS, alternatives
from pipeline.entities.organizations.abroad import of_many, state_before
from pipeline.entities.organizations.department_names import of_official
from pipeline.entities.organizations.facts import HEADS, generic, words
from pipeline.model.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.entities.names.heads import Head
    from pipeline.model.sentence import Token

LATIN_WORD = Rule("latin_word", "[A-Z][A-Za-z]+", reads=("⟦ISR⟧作業部会",), leaves=("⟦a", "⟦5G"))
FOUNDER_ALONE = Rule(
    "founder_and_no_school",  # 大阪府立高等学校, 静岡県高等学校: schools of a class, but 都立足立高校
    "(?:[公私都道府県市町村区合]|(?<![立市])国)立$|[都道府県市町村区]内$|^(?:東京都|北海道|(?:京都|大阪)府|[一-龥]{2,3}県)$",
    reads=("大阪⟦府立⟧", "和歌山⟦県内⟧", "⟦静岡県⟧"),
    leaves=("都立足立", "愛知県立国府", "東京都立国立", "四日市"),
)
EVENT_OF_SCHOOLS = Rule(
    "event_of_many_schools",  # 九州｜高校｜総体; not 静岡高等学校｜教諭
    f"(?<=高校)(?:{alternatives(words('event_of_schools'))})",
    reads=("九州高校⟦総体⟧", "関東高校⟦駅伝⟧"),
    leaves=("静岡高等学校⟦教諭", "若葉小学校⟦生", "静岡高校⟦野球部"),
)
TOWNS = frozenset("市区")  # 高知｜市, but 四日市; 信濃町小学校 is called so
ACRONYM_REACH = 16  # 決め打ち: so far before a name the bracket opens that holds its body's acronym
DEFINITION_REACH = 48  # 決め打ち: so far a definition's does
ROOM, FORM = "室", "株式会社"
DEFINED = ("という。）", "という）")
LONG_STEM = 5  # 決め打ち: 個人情報保護検討部会 names one, 技術委員会 does not
# 決め打ち: so many general words together tell one body, too: 防災｜対策｜推進｜検討会議.
SEVERAL, LONG_GENERIC = 3, 6


@cache
def meetings() -> frozenset[str]:
    """Return the heads of councils: one before another tells nothing (会議・検討会)."""
    return frozenset(head.head for head in HEADS.all if head.kind == "council")


def opener_before(text: str, at: int) -> int:
    """Return where the bracket opens that ends at ``at`` and holds an acronym or a definition, or -1."""
    defined = text.endswith(DEFINED, 0, at)  # 青葉会社（以下「青葉」という。）｜東北支社
    return text.rfind("（", max(0, at - (DEFINITION_REACH if defined else ACRONYM_REACH)), at)


def ends_before(text: str, opener: int) -> tuple[int, ...]:
    """Return where a name may end whose bracket opens at ``opener``: there, or before its legal form."""
    return (opener, opener - len(FORM)) if text.endswith(FORM, 0, max(0, opener)) else (opener,)


@dataclass(frozen=True)
class Stem:
    """What stands before a head in a sentence.

    Attributes:
        text: Of the sentence; offsets count its code points.
        run: The tokens of the stem.
        start: Where the stem begins.
        at: Where the head begins.
        head: The head behind it.
        known: The half-open spans of names of the registry near by.
        noun_behind: Whether a noun goes on right behind the head.
    """

    text: str
    run: Sequence[Token]
    start: int
    at: int
    head: Head
    known: Sequence[tuple[int, int]]
    noun_behind: bool = False

    @property
    def written(self) -> str:
        """What is written before the head."""
        return self.text[self.start : self.at]

    @property
    def end(self) -> int:
        """Where the head ends."""
        return self.at + len(self.head.head)

    @cached_property
    def begins_known(self) -> bool:
        """Whether a name of the registry begins it."""
        return any(a == self.start and b <= self.at for a, b in self.known)

    @property
    def no_part(self) -> bool:
        """Whether it is a room (委員会｜会議｜室), or a body and an official's surname (厚生労働省｜山田｜健康｜課｜長)."""
        if self.head.head == ROOM and self.written.endswith(tuple(words("room_in_a_building"))):
            return True
        ends = {b for a, b in self.known if a == self.start}
        names = [token for token in self.run if token.start in ends]
        return any(of_official(self.text, token, self.end) for token in names)

    @cached_property
    def behind_known(self) -> bool:
        """Whether a name of the registry stands right before it, with its acronym in a bracket."""
        opener = opener_before(self.text, self.start)
        ends = {b for _, b in self.known}
        return self.text.startswith("）", self.start - 1) and not ends.isdisjoint(
            ends_before(self.text, opener)
        )

    @cached_property
    def proper(self) -> bool:
        """Whether a proper noun is in it."""
        return any("固有名詞" in t.pos and t.surface not in generic() for t in self.run)

    @property
    def class_of_schools(self) -> bool:
        """Whether it tells only who founded schools, or where they are: 県立｜高等学校, 九州｜高校｜総体."""
        if self.head.kind != "school":
            return False
        place = all("地名" in token.pos for token in self.run)
        last = self.run[-1]
        town = place and last.surface[-1] in TOWNS and last.end - 1 in (last.start, *last.parts)
        area = place and EVENT_OF_SCHOOLS.match(self.text, self.end) is not None
        return town or area or FOUNDER_ALONE.search(self.written) is not None

    @cached_property
    def telling(self) -> list[str]:
        """The words of it that tell something."""
        nothing = MARKS | generic() | meetings()
        return [t.surface for t in self.run if t.surface not in nothing]

    @property
    def long(self) -> bool:
        """Whether so much is written before the head that it is hardly a class."""
        return len(self.written) >= LONG_STEM

    @property
    def of_many(self) -> bool:
        """Whether the text says that each of several states has one: 各国の｜財務省."""
        return of_many(self.text, self.start)

    @property
    def of_state(self) -> bool:
        """Whether the text says of which state it is: フィリピンの｜国家捜査局（NBI）."""
        return bool(state_before(self.text, self.start))

    @cached_property
    def enough(self) -> bool:
        """Whether its words tell enough without a proper noun."""
        if len(self.telling) > 1 or (self.telling and len(self.written) >= LONG_STEM):
            return True
        if any(LATIN_WORD.fullmatch(t.surface) for t in self.run):
            return True
        several = len(self.run) >= SEVERAL and len(self.written) >= LONG_GENERIC
        return several and not any(t.surface in MARKS for t in self.run)

    def placed(self, *at: int) -> bool:
        """Whether one of its tokens ``at`` is the name of a place."""
        return bool(self.run) and any("地名" in self.run[i].pos for i in at)
