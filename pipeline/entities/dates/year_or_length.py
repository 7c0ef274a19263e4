"""Whether a number and 年 are a year, or a length of time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.entities.dates import around, facts, month_forms
from pipeline.entities.dates.value_years import FROM_A_VALUE, REACH
from pipeline.model.rule import Rule

if TYPE_CHECKING:
    from pipeline.entities.dates.parts import Place

# Behind the later end of a range these tell nothing: 平成13年から16年の間, 平成17年から21年で.
CLOSES_A_RANGE = frozenset({"の間", "で"})
# … nor does this where the first end is a year whose unit the later one shares: 1958-67年間.
CLOSES_SHARED = CLOSES_A_RANGE | {"間"}
# 58-67年間: two numbers of two digits, and no span that comes round (5～10年間ごと).
SHARING = Rule(
    "years_sharing_a_unit",
    r"(?P<first>\d\d)[～〜－―—–-](?P<last>\d\d)年度?間(?!ごと|毎|と[すし])",
    reads=("19⟦58-67年間⟧の平均", "昭和⟦30～39年度間⟧に"),
    leaves=("1920～5年間", "10～20年間ごと"),
)


def is_year(text: str, end: int, before: str, rule: str, place: Place) -> bool:
    """Whether what ``rule`` read is a year, and not a length of time."""
    if rule == "relative":
        return not facts.recurring(before)
    if rule == "bare":
        return not around.MONTHS_COUNTED.match(text, end) and _is_bare_year(text, end, before, place)
    if rule == "early":
        length = facts.CONTEXTS["after_bare_year"].match(text, end)
        return place.closing or not (
            length or facts.counted(before) or facts.CONTEXTS["since"].search(before)
        )
    if rule not in ("western", "century", "decade") or facts.MODIFIER.match(text, end):
        return True
    return _is_no_span_of_years(text, end, before, closing=place.closing)


def _is_no_span_of_years(text: str, end: int, before: str, *, closing: bool) -> bool:
    counted = not closing and (facts.CONTEXTS["before_year"].search(before) or text.startswith("間", end))
    if counted or facts.CONTEXTS["after_year"].match(text, end):
        return False
    round_number = text.startswith("00年", end - 3) or text[max(0, end - 3) : end] == "千年"
    return closing or not (round_number and facts.CONTEXTS["after_round_year"].match(text, end))


def _is_bare_year(text: str, end: int, before: str, place: Place) -> bool:
    fiscal = text.startswith("度", end - 1)
    length = facts.CONTEXTS["after_fiscal_year" if fiscal else "after_bare_year"].match(text, end)
    closes = CLOSES_SHARED if place.shared and _share_a_unit(text, end) else CLOSES_A_RANGE
    if length and not (place.closing and length.group() in closes):
        return False
    if place.closing:
        return True
    if around.BARE_FIRST.search(text, end - 2, end):
        return not around.NOUN_BEFORE.search(before)
    if facts.counted(before):
        return False
    if fiscal and not before.endswith("後") and not FROM_A_VALUE.search(text, max(0, end - REACH), end):
        return True
    return month_forms.MONTH.match(text, end) is not None or not _is_since(before)


def _is_since(before: str) -> bool:
    """Whether a number that follows counts years since something: 震災から10年, 活動の10年."""
    return bool(facts.CONTEXTS["since"].search(before) or around.ADNOMINAL.search(before))


def _share_a_unit(text: str, end: int) -> bool:
    """Whether two years that run forward end there in one unit, with 間 behind: 1958-67年｜間."""
    match = SHARING.search(text, max(0, end - 8), end + 3)
    return match is not None and int(match["first"]) < int(match["last"])
