"""Divisions and brigades of the army before 1945, whose names today's forces bear again: 明治27年に｜第5師団."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.model.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.entities.names.registry import Name
    from pipeline.entities.organizations.registry import Organization

DIVISION = Rule(
    "division_by_its_number",
    r"第\d{1,3}(?:師団|旅団)",
    reads=("⟦第5師団⟧", "⟦第11旅団⟧"),
    leaves=("第1航空団", "師団"),
)
BEFORE_1954 = Rule(
    "time_of_the_old_army",
    "(?<![一-龥ァ-ヶー])(?:(?:旧|大日本|帝国|日本){0,3}陸軍)|旧軍|皇軍|関東軍|(?:日清|日露|日中|太平洋|大東亜)戦争"
    r"|(?:支那|満州)事変|世界大戦|(?:明治|大正)(?:元|\d{1,2}|[一-十]{1,3})年|昭和(?:元|1?\d|2[0-8])年"
    r"|昭和(?:二?十)?[一二三四五六七八]?(?:(?<!二十)九)?年|(?<!\d)(?:18\d\d|19[0-4]\d|195[0-3])年",
    reads=("⟦旧陸軍⟧の", "⟦日中戦争⟧で", "⟦明治27年⟧に", "⟦昭和20年⟧8月", "⟦昭和二十年⟧", "⟦1937年⟧"),
    leaves=("米陸軍", "昭和29年", "昭和二十九年", "昭和40年", "1962年", "湾岸戦争", "11945年"),
)
TODAY = Rule(
    "sign_of_the_forces_of_today",
    "自衛隊|陸自|駐屯地|不発弾",
    reads=("陸上⟦自衛隊⟧", "真駒内⟦駐屯地⟧"),
    leaves=("師団",),
)


def of_old_army(text: str, start: int, records: Sequence[tuple[Organization, Name]]) -> bool:
    """Whether a division, whose name begins at ``start``, is by its sentence one of before 1945."""
    if not DIVISION.match(text, start) or any(record.country != "JP" for record, _ in records):
        return False
    return BEFORE_1954.search(text) is not None and TODAY.search(text) is None
