"""Whether what stands before a head tells one body from the others of its kind, or names several."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from pipeline.entities.names.phrases import MARKS
from pipeline.entities.organizations.facts import OrgHead, countries, generic, heads, words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.model.sentence import Token

_KATAKANA = re.compile("[ァ-ヶー]{2,}")
# 対策機関（ABC）, …機関（ABC：…）: what makes a weak head count.
_ACRONYM = re.compile(r"[」』]?[ 　]?（[A-Z][A-Za-z0-9&/-]{1,9}[）：:、,;； ]")
_ABROAD = re.compile(r"(?:在|駐)[一-龥ァ-ヶー]{1,10}$")
_STATE = re.compile("(?:共和国|王国|連邦|首長国|帝国)$")
# 全府省, 電気通信主管庁, 同情報通信省.
_NO_OFFICE = re.compile(
    "^(?:同|後|各|全|両|諸|関係)|(?:各|全|府|本|他|両|関係|主管|所管|監督|行政|官|主務|担当|都道府県|中央|地方)$"
)
# Schools and hospitals abroad bear names that no dictionary knows (ストラスクライド大学).
_ABROAD_KINDS = frozenset({"university", "institute"})
# 青森県・弘前市・弘前大学: places that stand for themselves are no members.
_OF_PLACE = re.compile("(?:東京都|北海道|..府|[県市町村区])$")
LONG_STEM = 5  # 決め打ち: 個人情報保護検討部会 names one, 技術委員会 does not
# 決め打ち: so many general words together tell one body, too: 防災｜対策｜推進｜検討会議.
SEVERAL, LONG_GENERIC = 3, 6


NATIONAL = "国立"  # 国立小児病院 is one, though nothing in it is a proper noun
MECHANISM = "機構"  # 自己注意機構, 価格機構: how something works


def mechanisms() -> frozenset[str]:
    """Return the words before 機構 that make it a mechanism and no body."""
    return words("mechanism")


def institutions() -> frozenset[str]:
    """Return the words before 局 that make it a kind of station or shop (放送局)."""
    return words("station")


@cache
def meetings() -> frozenset[str]:
    """Return the heads of councils: one before another tells nothing (会議・検討会)."""
    return frozenset(head.head for head in heads() if head.kind == "council")


def names_one(
    text: str, run: Sequence[Token], start: int, at: int, head: OrgHead, known: Sequence[tuple[int, int]]
) -> bool:
    """Whether what stands before the head tells one body from the others of its kind."""
    stem = text[start:at]
    begins_known = any(a == start and b <= at for a, b in known)
    proper = any("固有名詞" in t.pos and t.surface not in generic() for t in run)
    telling = [
        t.surface
        for t in run
        if not (t.surface in MARKS or t.surface in generic() or t.surface in meetings())
    ]
    latin = any(re.fullmatch("[A-Z][A-Za-z]+", t.surface) for t in run)
    enough = len(telling) > 1 or latin or (bool(telling) and len(stem) >= LONG_STEM)
    enough |= len(run) >= SEVERAL and len(stem) >= LONG_GENERIC and not any(t.surface in MARKS for t in run)
    match head.needs:
        case "org":
            return begins_known
        case "office":
            return _office(text, run, stem, at + len(head.head), head, known)
        case "person":
            return any("人名" in t.pos for t in run) or any(map(_KATAKANA.fullmatch, telling))
        case "place":
            return _place(run, at, head)
        case "proper":
            return begins_known or proper or _institution(run, stem, head, telling)
        case "acronym":
            strong = begins_known or proper or enough or len(stem) >= LONG_STEM
            return strong and _ACRONYM.match(text, at + len(head.head)) is not None
        case "domestic":
            return enough and not begins_known and not any("地名" in t.pos for t in run)
        case "city":
            return _of_city(run, stem, telling)
        case "country" | "state" | "party":
            return _of_country(run, stem, head, begins_known, proper, enough)
    return begins_known or proper or _told(run, head, enough or (head.needs == "word" and bool(telling)))


def _told(run: Sequence[Token], head: OrgHead, enough: bool) -> bool:
    """Whether words tell a body: not those before 機構 that make it a mechanism (自己注意｜機構)."""
    return enough and not (head.head == MECHANISM and run[-1].surface in mechanisms())


def _institution(run: Sequence[Token], stem: str, head: OrgHead, telling: Sequence[str]) -> bool:
    """ストラスクライド｜大学, 国立｜小児｜病院: a foreign name that no dictionary knows, or a field of the nation's."""
    if head.kind not in _ABROAD_KINDS or not run or run[-1].surface not in telling:
        return False
    field = stem.removeprefix(NATIONAL)
    national = head.kind == "institute" and field not in (stem, "") and field not in generic()
    return national or _KATAKANA.fullmatch(run[-1].surface) is not None


def _of_city(run: Sequence[Token], stem: str, telling: Sequence[str]) -> bool:
    """川崎市｜公害局: a town or a prefecture, and a field that is no kind of station."""
    local = bool(run) and "地名" in run[0].pos and any(_OF_PLACE.search(t.surface) for t in run[:-1])
    return local and run[-1].surface in telling and not stem.endswith(tuple(institutions()))


def _of_country(
    run: Sequence[Token], stem: str, head: OrgHead, begins_known: bool, proper: bool, enough: bool
) -> bool:
    """タイ｜軍 (a country alone), ベトナム｜計画投資｜省 (a country and a field), 自由｜党 (not a country alone)."""
    if head.needs == "country":
        state = _STATE.search(stem) is not None and proper
        begun = begins_known and head.kind != "government"  # 早稲田大学電子政府・自治体研究所
        return stem in countries() or begun or state or _ABROAD.search(stem) is not None
    if head.needs == "state":
        field = len(run) > 1 and not stem.endswith(tuple(institutions()))
        return field and run[0].surface in countries() and sum("地名" in t.pos for t in run) <= 1
    placed = "地名" in run[-1].pos or run[-1].surface in countries()
    return (proper or enough) and not placed and not stem.startswith("各")


def _place(run: Sequence[Token], at: int, head: OrgHead) -> bool:
    """高知｜税務署, 高知県｜少年｜鑑別所, or a name that the dictionary has as a whole (島原鉄道)."""
    whole = len(run) == 1 and run[0].end > at and "固有名詞" in run[0].pos and run[0].surface not in generic()
    if whole and head.kind != "media" and head.head != "センター":
        return True
    placed = bool(run) and ("地名" in run[-1].pos or "地名" in run[0].pos)
    return placed and run[-1].surface not in generic()


def _office(
    text: str, run: Sequence[Token], stem: str, end: int, head: OrgHead, known: Sequence[tuple[int, int]]
) -> bool:
    """貿易産業省, 国際開発庁: a field, and neither a province nor a word for offices in general."""
    if (
        any(b == end for _, b in known)
        or text.startswith(("令", "エネ", "資源", "力", "CO"), end)
        or stem.endswith("・")
        or _NO_OFFICE.search(stem)
    ):
        return False
    return len(stem) >= (2 if head.kind == "ministry" else 4) and not any(
        "地名" in t.pos or "副詞" in t.pos for t in run
    )


def members(text: str, run: Sequence[Token], end: int, head: OrgHead) -> tuple[str, ...]:
    """東北・関東総合通信局: places joined before one head are as many bodies."""
    if head.needs not in ("place", "proper") or len(run) < 3:
        return ()
    places = [run[0]]
    for mark, place in zip(run[1::2], run[2::2], strict=False):
        if mark.surface != "・" or "地名" not in place.pos:
            break
        places.append(place)
    if len(places) < 2 or "地名" not in places[0].pos or _OF_PLACE.search(text, 0, places[-1].end):
        return ()
    return tuple(place.surface + text[places[-1].end : end] for place in places)
