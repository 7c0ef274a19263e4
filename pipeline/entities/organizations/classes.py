"""Names built of a head that name all bodies of a place or of a kind: 大阪府下税務署, 関東高校, 普通科高校."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.entities.organizations.facts import countries, words
from pipeline.model.rule import Rule

if TYPE_CHECKING:
    from pipeline.entities.organizations.stem import Stem

UNDER = Rule(
    "all_of_a_prefecture",  # 大阪府下｜税務署: those of a place, none of them by its name
    "[都府県]下$",
    reads=("大阪⟦府下⟧", "岩手⟦県下⟧"),
    leaves=("大阪", "県下松", "城下"),
)
WITHIN = "管内"  # 高松国税局管内｜税務署
HIGH = "高"  # 高校, 高等学校


def of_a_class(stem: Stem) -> bool:
    """Whether it names those of a place or a kind: 大阪府下｜税務署, 関東｜高校, 京都中学｜高校."""
    if WITHIN in stem.written:
        return True
    if stem.head.needs in ("place", "proper") and UNDER.search(stem.written):
        return True
    if stem.head.kind != "school" or not stem.head.head.startswith(HIGH):
        return False
    area = stem.written in countries() or stem.written in words("region_of_schools")
    return area or stem.written.endswith(tuple(words("class_of_schools")))
