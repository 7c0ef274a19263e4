"""Divisions and brigades of the army before 1945, whose names today's forces bear again: 明治27年に｜第5師団."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from pipeline.entities.names.phrases import alternatives
from pipeline.entities.organizations.facts import words
from pipeline.eras import era_named
from pipeline.model.rule import Rule
from pipeline.numerals import NUMBER, number

if TYPE_CHECKING:
    import re
    from collections.abc import Sequence

    from pipeline.entities.names.registry import Name
    from pipeline.entities.organizations.registry import Organization

DIVISION = Rule(
    "division_by_its_number",
    r"第\d{1,3}(?:師団|旅団)",
    reads=("⟦第5師団⟧", "⟦第11旅団⟧"),
    leaves=("第1航空団", "師団"),
)
ARMY = Rule(
    "sign_of_the_old_army",
    rf"(?<![一-龥ァ-ヶー])(?:旧|大日本|帝国|日本){{0,3}}陸軍|{alternatives(words('old_army'))}",
    reads=("⟦旧陸軍⟧の", "⟦日中戦争⟧で"),
    leaves=("米陸軍", "湾岸戦争"),
)
YEAR = Rule(
    "year_beside_a_division",
    rf"(?P<era>明治|大正|昭和)(?P<number>{NUMBER})年|(?<!\d)(?P<western>1[89]\d\d)年",
    reads=("⟦明治27年⟧に", "⟦昭和二十年⟧8月", "⟦1937年⟧"),
    leaves=("平成5年", "11945年", "明治27月"),
)
TODAY = Rule(
    "sign_of_the_forces_of_today",
    alternatives(words("forces_of_today")),
    reads=("陸上⟦自衛隊⟧", "真駒内⟦駐屯地⟧"),
    leaves=("師団",),
)
FORCES_SINCE = 1954  # the Self-Defense Forces Act (昭和29年法律第165号)


@dataclass(frozen=True)
class Era:
    """What a sentence tells of the time of its divisions: it is read once, however many it names."""

    text: str

    def of_old_army(self, start: int, records: Sequence[tuple[Organization, Name]]) -> bool:
        """Whether a division, whose name begins at ``start``, is by its sentence one of before 1945."""
        if not DIVISION.match(self.text, start) or any(record.country != "JP" for record, _ in records):
            return False
        return self._old

    @cached_property
    def _old(self) -> bool:
        if TODAY.search(self.text):
            return False
        return ARMY.search(self.text) is not None or any(map(_before_the_forces, YEAR.finditer(self.text)))


def _before_the_forces(year: re.Match[str]) -> bool:
    """Whether a year lies before that of today's forces."""
    era = era_named(year["era"] or "")
    told = era.year(number(year["number"])) if era else int(year["western"])
    return told < FORCES_SINCE
