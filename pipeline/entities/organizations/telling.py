"""Whether what stands before a head tells one body from the others of its kind, or names several."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.entities.names.phrases import alternatives
from pipeline.entities.organizations import local
from pipeline.entities.organizations.facts import countries, generic, words
from pipeline.entities.organizations.left_edge import KATAKANA
from pipeline.entities.organizations.trades import firm, trade
from pipeline.model.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Callable

    from pipeline.entities.organizations.stem import Stem

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
NATIONAL = "国立"  # 国立小児病院 is one, though nothing in it is a proper noun
LONGEST_PERSON = 4  # 決め打ち: a Chinese name that the analyzer takes for common nouns is shorter
LONGEST_OFFICE = 8  # 決め打ち: characters in which a leader's title begins
PANELS = frozenset({"部会", "分科会"})
SESSION = Rule(
    "session_of_a_panel",
    r"第[ 　]?[0-9一二三四五六七八九十]{1,4}[ 　]?回[ 　]?$",
    reads=("⟦第3回⟧", "本日の⟦第 七十四 回 ⟧"),
    leaves=("3回", "第3回の"),
)
LONGEST_SESSION = 10  # 決め打ち: characters of 第 … 回
ROYAL = "王立"
NATIONWIDE = frozenset({"全国", "全日本", "全米", "全英", "全仏"})
SAME = "同"  # 同｜外務省: whose it is the text has said before (guidelines: no mention)
MECHANISM = "機構"  # 自己注意機構, 価格機構: how something works
_EACH = frozenset({"各", "両", "諸"})
# 関税庁令, 産業省エネ: 省 and 庁 that belong to the word behind them.
OTHER_WORDS = ("令", "エネ", "資源", "力", "CO")


def names_one(stem: Stem) -> bool:
    """Whether what stands before the head tells one body from the others of its kind."""
    if stem.head.kind == "council" and stem.text.endswith("各", 0, stem.start):
        return False  # 各｜分野別｜ワーキンググループ
    if stem.begins_known and any(token.surface in _EACH for token in stem.run[1:]):
        return False  # 文化審議会文化財分科会｜各｜調査会
    if not stem.run:
        return False  # EC21｜省: letters and figures are no words
    return _NEEDS.get(stem.head.needs, _word)(stem)


def _word(stem: Stem) -> bool:
    """Words tell a body: not those before 機構 that make it a mechanism (自己注意｜機構)."""
    told = stem.enough or (stem.head.needs == "word" and bool(stem.telling))
    mechanism = stem.head.head == MECHANISM and stem.run[-1].surface in words("mechanism")
    return stem.begins_known or stem.proper or (told and not mechanism)


def _org(stem: Stem) -> bool:
    if stem.written.endswith(tuple(words("occasion"))):
        return False  # OECD｜閣僚｜理事会
    if stem.no_part:
        return False
    if stem.head.head == "局" and stem.written.endswith(tuple(words("no_department"))):
        return False  # 総務省｜認証｜局
    if stem.written.endswith("・"):
        return False  # 審議会委員・｜部会長
    if (
        stem.head.head in PANELS
        and stem.enough
        and SESSION.search(stem.text, max(0, stem.start - LONGEST_SESSION), stem.start)
    ):
        return True  # 第3回｜雇用対策基本問題｜部会
    site = stem.head.kind in _ABROAD_KINDS or (stem.head.kind == "bureau" and stem.placed(-1))
    return stem.begins_known or (stem.behind_known and site)  # （ジェトロ）｜ハノイ｜事務所


def _person(stem: Stem) -> bool:
    return any("人名" in t.pos for t in stem.run) or any(map(KATAKANA.fullmatch, stem.telling))


def _proper(stem: Stem) -> bool:
    own = stem.proper or _institution(stem) or _of_a_nation(stem)
    return (stem.begins_known or own) and not stem.class_of_schools


def _of_a_nation(stem: Stem) -> bool:
    """全米｜鉄鋼｜労働組合: the one union of a field in a country."""
    return stem.head.kind == "union" and len(stem.run) > 1 and stem.run[0].surface in NATIONWIDE


def _acronym(stem: Stem) -> bool:
    if stem.run and stem.run[0].surface in words("class_lead"):
        return False  # 国別｜アドレス管理｜機関
    if stem.written.endswith(tuple(words("class_of_centres"))):
        return False  # セキュリティオペレーション｜センター（SOC）
    strong = stem.begins_known or stem.proper or stem.enough or stem.long or stem.of_state
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


def _country(stem: Stem) -> bool:
    """タイ｜軍: a country alone, or what begins with a body."""
    begun = stem.begins_known and stem.head.kind != "government"  # 早稲田大学電子政府・自治体研究所
    state = stem.written.removesuffix(ROYAL)  # スペイン王立｜科学アカデミー
    if state in countries() or stem.written in words("state_of_history") or begun:
        return True
    abroad = stem.run[-1].surface if stem.run else ""
    placed = any("地名" in token.pos for token in stem.run)
    named = placed or abroad in countries() or KATAKANA.fullmatch(abroad) is not None
    mission = named and ABROAD.search(stem.written) is not None  # not 在庫変動｜政府
    return (STATE.search(stem.written) is not None and stem.proper) or mission


def _state(stem: Stem) -> bool:
    """ベトナム｜計画投資｜省: a country and a field."""
    field = len(stem.run) > 1 and not stem.written.endswith(tuple(words("station")))
    if stem.head.kind == "ministry" and _province(stem):
        return False
    head_of_office = stem.head.kind == "agency"
    abroad = KATAKANA.fullmatch(stem.run[0].surface) is not None and head_of_office  # アブダビ｜投資｜庁
    province = stem.run[0].surface.endswith("省") and head_of_office  # 雲南省｜公安｜庁
    owner = stem.run[0].surface in countries() or ((abroad or province) and stem.placed(0))
    return field and owner and sum("地名" in t.pos for t in stem.run) <= 1


def _party(stem: Stem) -> bool:
    """自由｜党: not a country alone, nor a person who leads a party (金正恩｜党｜委員長)."""
    if stem.written.endswith("党") or any("人名" in t.pos for t in stem.run):
        return False
    behind = stem.text[stem.end : stem.end + LONGEST_OFFICE]
    person = len(stem.run) > 1 and len(stem.written) < LONGEST_PERSON and not stem.proper
    if person and behind.startswith(tuple(words("party_office"))):
        return False  # 温家宝｜党｜中央委員
    led = behind.startswith(tuple(words("party_leader"))) and len(stem.written) > 1  # 国民｜党｜主席
    if led and [t.surface for t in stem.run] == stem.telling[:1]:
        return True
    placed = stem.placed(-1) or stem.run[-1].surface in countries()
    return (stem.proper or stem.enough) and not placed and not stem.written.startswith("各")


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
    if stem.text.endswith(SAME, 0, stem.start):
        return False
    if written.endswith("・") or stem.of_many or NO_OFFICE.search(written) or _province(stem):
        return False
    long = len(written) >= (2 if stem.head.kind == "ministry" or stem.of_state else 4)
    return long and not any("地名" in t.pos or "副詞" in t.pos for t in stem.run)


_NEEDS: dict[str, Callable[[Stem], bool]] = {
    "org": _org,
    "firm": firm,
    "trade": trade,
    "office": _office,
    "person": _person,
    "place": local.place,
    "proper": _proper,
    "acronym": _acronym,
    "domestic": _domestic,
    "city": local.city,
    "field": local.field,
    "founded": local.founded,
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
    last = places[-1].end
    if len(places) < 2 or not stem.placed(0) or local.OF_PLACE.search(text, max(0, last - 3), last):
        return ()
    return tuple(place.surface + text[last : stem.end] for place in places)
