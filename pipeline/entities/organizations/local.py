"""Whether what stands before a head names a local office: 高知税務署, 川崎市公害局, 高知県農林水産部."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.entities.organizations.facts import generic, words
from pipeline.model.rule import Rule

if TYPE_CHECKING:
    from pipeline.entities.organizations.stem import Stem

OF_PLACE = Rule(
    "place_that_stands_for_itself",
    "(?:東京都|北海道|..府|[県市町村区])$",  # 青森県・弘前市・弘前大学: places are no members
    reads=("⟦東京都⟧", "弘前⟦市⟧", "⟦大阪府⟧"),
    leaves=("東京", "市場"),
)
LOCAL = Rule(
    "town_or_prefecture_of_an_office",
    "北海道|東京都|..府|[一-龥]{2,3}県|[一-龥ァ-ヶーぁ-ん]{2,6}[市町区]|[一-龥ァ-ヶーぁ-ん]{2,5}村",
    reads=("⟦北海道⟧環境", "⟦高知県⟧農林水産", "⟦四万十町⟧総務", "⟦北川村⟧総務"),
    leaves=("中村総務", "東北総務"),
)


OF_ALL, STATION, MIDDLE = "総合", "署", "中央"
FOUNDED = Rule(
    "institute_that_a_place_has_founded",
    "[一-龥ァ-ヶーぁ-ん]{1,7}[都道府県市区町村]立",
    reads=("⟦高知県立⟧総合教育", "⟦四万十町立⟧"),
    leaves=("県立総合教育", "高知国立"),
)


def founded(stem: Stem) -> bool:
    """四万十町立｜診療所, 高知県立総合教育｜センター: what a town or prefecture has founded."""
    return stem.placed(0) and FOUNDED.match(stem.written) is not None


def city(stem: Stem) -> bool:
    """川崎市｜公害局: a town or a prefecture, and a field that is no kind of station."""
    local = stem.placed(0) and any(OF_PLACE.search(t.surface) for t in stem.run[:-1])
    return (
        local and stem.run[-1].surface in stem.telling and not stem.written.endswith(tuple(words("station")))
    )


def field(stem: Stem) -> bool:
    """高知県農林水産｜部, 三重県津農林水産｜事務所: a town or prefecture and a field of offices, not 高知市中心｜部."""
    local = stem.placed(0) and len(stem.run) > 1 and LOCAL.match(stem.written)
    return bool(local) and stem.written.endswith(tuple(words("field_of_an_office")))


def place(stem: Stem) -> bool:
    """高知｜税務署, 高知県｜少年｜鑑別所, or a name that the dictionary has as a whole (島原鉄道)."""
    run, head = stem.run, stem.head
    if stem.written in words("province"):
        return True
    alone = len(run) == 1 and run[0].end > stem.at and stem.proper
    if alone and head.kind != "media" and head.head != "センター":
        return True
    if head.kind == "institute" and founded(stem):
        return True
    told = run[:-1] if len(run) > 2 and run[-1].surface == OF_ALL else run  # 長野県｜林業｜総合｜センター
    middle = head.head == STATION and told[-1].surface == MIDDLE  # 浜松｜中央｜署
    return stem.placed(-1, 0) and (middle or told[-1].surface not in generic())
