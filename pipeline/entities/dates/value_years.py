"""The later of two years that each tell a value: 65年の1.7％から69年の5.4％へ."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.entities.dates.pieces import ERA, KANJI, SMALL, S
from pipeline.eras import era_named
from pipeline.model.rule import Rule
from pipeline.numerals import number

if TYPE_CHECKING:
    from pipeline.entities.dates.parts import Parts

FROM_A_VALUE = Rule(
    "from_the_value_of_a_year",
    rf"(?:(?P<era>{ERA}){S})?(?<![\d,.〇一二三四五六七八九十百千])(?P<y>\d{{4}}|\d\d?|元|{KANJI})年度?"
    rf"の[^、。\d]{{0,6}}[▲△-]?[\d,.]*[\d万億兆](?:[%円人件台戸]|ポイント|[億万兆]?ドル)から{SMALL}{S}年度?$",
    reads=("65年の1.7%から69年", "50年の3万人から60年"),
    leaves=("65年に7%から10年", "65年の5人から10年後"),
)
# まで of what is not told as past closes a span of values: 20年の2.5％まで期間により異なる.
_TOLD = r"(?![^。]{0,20}(?:期間|異な))[^。]{0,40}[しれいっきえめじ]た[。）]"
OF_A_VALUE = Rule(
    "value_of_a_year",
    rf"の[▲△-]?\d[\d,.]*(?!.{{0,6}}?まで(?!{_TOLD}))",
    reads=("69年⟦の5.4⟧％",),
    leaves=("10年⟦の事業", "10年⟦に5件"),
)
# How far behind the first year the second may stand (決め打ち).
REACH = 36
# How many years may lie between the two where they are in two centuries (決め打ち): 73年 to 16年.
APART = 60


def later_year(text: str, end: int, parts: Parts) -> Parts | None:
    """Read the later of two years that each tell a value; the earlier one writes its century or era.

    Args:
        text: Clean text.
        end: Where the later year ends in ``text``, in code points.
        parts: What is written of it.

    Returns:
        The year with its century or era, or to be read behind the earlier one where that writes neither.
        None where the two are not told so, or it does not come later.
    """
    behind = OF_A_VALUE.match(text, end)
    first = FROM_A_VALUE.search(text, max(0, end - REACH), end) if behind else None
    if first is None or parts.bare is None:
        return None
    before = number(first["y"])
    if len(first["y"]) == 4:
        year = before + (parts.bare - before) % 100
        near = year // 100 == before // 100 or year - before <= APART
        return parts._replace(western=year, digits=4, bare=None) if near and parts.bare >= 10 else None
    if parts.bare <= before:
        return None
    era = era_named(first["era"] or "")
    if era is None:
        return parts._replace(behind=True)
    return parts._replace(era=era.name, era_year=parts.bare, bare=None) if era.holds(parts.bare) else None
