"""Whether what stands before a head tells one body from the others of its kind, or names several."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, cached_property
from typing import TYPE_CHECKING

from pipeline.entities.names.phrases import MARKS, alternatives
from pipeline.entities.organizations.facts import HEADS, countries, generic, words
from pipeline.entities.organizations.left_edge import KATAKANA
from pipeline.model.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pipeline.entities.names.heads import Head
    from pipeline.model.sentence import Token

LATIN_WORD = Rule("latin_word", "[A-Z][A-Za-z]+", reads=("⟦ISR⟧作業部会",), leaves=("⟦a", "⟦5G"))
GLOSSED = Rule(
    "acronym_behind_a_weak_head",
    r"[」』]?[ 　]?（[A-Z][A-Za-z0-9&/-]{1,9}[）：:、,;； ]",
    reads=("⟦（ABC）⟧", "⟦」（ABC：⟧Aoba Bureau）"),
    leaves=("⟦（青葉）", "⟦（abc）"),
)
ABROAD = Rule(
    "country_of_a_mission",
    r"(?:在|駐)[一-龥ァ-ヶー]{1,10}$",
    reads=("⟦在ケニア⟧", "⟦駐英⟧"),
    leaves=("ケニア", "在"),
)
STATE = Rule(
    "name_of_a_state",
    "(?:共和国|王国|連邦|首長国|帝国)$",
    reads=("青葉⟦王国⟧", "青葉⟦共和国⟧"),
    leaves=("王国政府", "青葉"),
)
NO_OFFICE = Rule(
    "offices_in_general",
    f"^(?:[後諸同各全両]|関係)|(?:{alternatives(words('offices_end'))})$",
    reads=("⟦諸⟧官", "⟦同⟧情報通信", "電気通信⟦主管⟧"),
    leaves=("情報通信", "文部科学"),
)
# Schools and hospitals abroad bear names that no dictionary knows (ストラスクライド大学).
_ABROAD_KINDS = frozenset({"university", "institute"})
OF_PLACE = Rule(
    "place_that_stands_for_itself",
    "(?:東京都|北海道|..府|[県市町村区])$",  # 青森県・弘前市・弘前大学: places are no members
    reads=("⟦東京都⟧", "弘前⟦市⟧", "⟦大阪府⟧"),
    leaves=("東京", "市場"),
)
LONG_STEM = 5  # 決め打ち: 個人情報保護検討部会 names one, 技術委員会 does not
# 決め打ち: so many general words together tell one body, too: 防災｜対策｜推進｜検討会議.
SEVERAL, LONG_GENERIC = 3, 6
NATIONAL = "国立"  # 国立小児病院 is one, though nothing in it is a proper noun
MECHANISM = "機構"  # 自己注意機構, 価格機構: how something works
# 関税庁令, 産業省エネ: 省 and 庁 that belong to the word behind them.
OTHER_WORDS = ("令", "エネ", "資源", "力", "CO")


@cache
def meetings() -> frozenset[str]:
    """Return the heads of councils: one before another tells nothing (会議・検討会)."""
    return frozenset(head.head for head in HEADS.all if head.kind == "council")


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
    """

    text: str
    run: Sequence[Token]
    start: int
    at: int
    head: Head
    known: Sequence[tuple[int, int]]

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

    @cached_property
    def proper(self) -> bool:
        """Whether a proper noun is in it."""
        return any("固有名詞" in t.pos and t.surface not in generic() for t in self.run)

    @cached_property
    def telling(self) -> list[str]:
        """The words of it that tell something."""
        nothing = MARKS | generic() | meetings()
        return [t.surface for t in self.run if t.surface not in nothing]

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


def names_one(stem: Stem) -> bool:
    """Whether what stands before the head tells one body from the others of its kind."""
    return _NEEDS.get(stem.head.needs, _word)(stem)


def _word(stem: Stem) -> bool:
    """Words tell a body: not those before 機構 that make it a mechanism (自己注意｜機構)."""
    if stem.begins_known or stem.proper:
        return True
    told = stem.enough or (stem.head.needs == "word" and bool(stem.telling))
    return told and not (stem.head.head == MECHANISM and stem.run[-1].surface in words("mechanism"))


def _org(stem: Stem) -> bool:
    return stem.begins_known


def _person(stem: Stem) -> bool:
    return any("人名" in t.pos for t in stem.run) or any(map(KATAKANA.fullmatch, stem.telling))


def _proper(stem: Stem) -> bool:
    return stem.begins_known or stem.proper or _institution(stem)


def _acronym(stem: Stem) -> bool:
    strong = stem.begins_known or stem.proper or stem.enough or len(stem.written) >= LONG_STEM
    return strong and GLOSSED.match(stem.text, stem.end) is not None


def _domestic(stem: Stem) -> bool:
    return stem.enough and not stem.begins_known and not any("地名" in t.pos for t in stem.run)


def _institution(stem: Stem) -> bool:
    """ストラスクライド｜大学, 国立｜小児｜病院: a foreign name that no dictionary knows, or a field of the nation's."""
    run, kind = stem.run, stem.head.kind
    if kind not in _ABROAD_KINDS or not run or run[-1].surface not in stem.telling:
        return False
    field = stem.written.removeprefix(NATIONAL)
    national = kind == "institute" and field not in (stem.written, "") and field not in generic()
    return national or KATAKANA.fullmatch(run[-1].surface) is not None


def _city(stem: Stem) -> bool:
    """川崎市｜公害局: a town or a prefecture, and a field that is no kind of station."""
    local = stem.placed(0) and any(OF_PLACE.search(t.surface) for t in stem.run[:-1])
    return (
        local and stem.run[-1].surface in stem.telling and not stem.written.endswith(tuple(words("station")))
    )


def _country(stem: Stem) -> bool:
    """タイ｜軍: a country alone, or what begins with a body."""
    begun = stem.begins_known and stem.head.kind != "government"  # 早稲田大学電子政府・自治体研究所
    if stem.written in countries() or begun:
        return True
    return (STATE.search(stem.written) is not None and stem.proper) or ABROAD.search(stem.written) is not None


def _state(stem: Stem) -> bool:
    """ベトナム｜計画投資｜省: a country and a field."""
    field = len(stem.run) > 1 and not stem.written.endswith(tuple(words("station")))
    if stem.head.kind == "ministry" and _province(stem):
        return False
    return field and stem.run[0].surface in countries() and sum("地名" in t.pos for t in stem.run) <= 1


def _party(stem: Stem) -> bool:
    """自由｜党: not a country alone, nor a person who leads a party (金正恩｜党｜委員長)."""
    if stem.written.endswith("党") or any("人名" in t.pos for t in stem.run):
        return False
    placed = stem.placed(-1) or stem.run[-1].surface in countries()
    return (stem.proper or stem.enough) and not placed and not stem.written.startswith("各")


def _place(stem: Stem) -> bool:
    """高知｜税務署, 高知県｜少年｜鑑別所, or a name that the dictionary has as a whole (島原鉄道)."""
    run, head = stem.run, stem.head
    if stem.written in words("province"):
        return True
    alone = len(run) == 1 and run[0].end > stem.at and stem.proper
    if alone and head.kind != "media" and head.head != "センター":
        return True
    return stem.placed(-1, 0) and run[-1].surface not in generic()


def _province(stem: Stem) -> bool:
    """河北｜省, ビンズオン｜省: a part of a country, and no ministry."""
    name = stem.run[-1].surface if stem.run else ""
    foreign = KATAKANA.fullmatch(name) is not None and len(stem.run) <= 1 + (
        stem.run[0].surface in countries()
    )
    return foreign or stem.written.endswith(tuple(words("province")))


def _office(stem: Stem) -> bool:
    """貿易産業省, 国際開発庁: a field, and neither a province nor a word for offices in general."""
    end, written = stem.end, stem.written
    if any(b == end for _, b in stem.known) or stem.text.startswith(OTHER_WORDS, end):
        return False
    if written.endswith("・") or NO_OFFICE.search(written) or _province(stem):
        return False
    long = len(written) >= (2 if stem.head.kind == "ministry" else 4)
    return long and not any("地名" in t.pos or "副詞" in t.pos for t in stem.run)


_NEEDS: dict[str, Callable[[Stem], bool]] = {
    "org": _org,
    "office": _office,
    "person": _person,
    "place": _place,
    "proper": _proper,
    "acronym": _acronym,
    "domestic": _domestic,
    "city": _city,
    "country": _country,
    "state": _state,
    "party": _party,
}


def members(stem: Stem) -> tuple[str, ...]:
    """東北・関東総合通信局: places joined before one head are as many bodies."""
    text, run = stem.text, stem.run
    if stem.head.needs not in ("place", "proper") or len(run) < 3:
        return ()
    places = [run[0]]
    for mark, place in zip(run[1::2], run[2::2], strict=False):
        if mark.surface != "・" or "地名" not in place.pos:
            break
        places.append(place)
    if len(places) < 2 or not stem.placed(0) or OF_PLACE.search(text, 0, places[-1].end):
        return ()
    return tuple(place.surface + text[places[-1].end : stem.end] for place in places)
