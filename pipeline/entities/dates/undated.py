"""Bare years (45年5月) of a text that does not say when it speaks: only its own years tell how it counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.entities.dates.counts import SOON
from pipeline.eras import era_named, eras

if TYPE_CHECKING:
    from pipeline.entities.dates.memory import Memory, Past
    from pipeline.entities.dates.parts import Expression, Parts
    from pipeline.model.entity import Mention

# How many sentences back a bare year may lean on another (決め打ち).
REACH = 6
# No text speaks after this year, as far as is known (決め打ち: when this was written).
NEWEST = 2026


def is_guess(parts: Parts, mention: Mention[Expression], memory: Memory) -> bool:
    """Whether the text does not say by what a bare number counts."""
    number, style = parts.bare or 0, memory.latest("style")
    if parts.padded:
        return False
    if style is None:
        return any(era.last and era.holds(number) for era in eras().values())
    return style.style == "era" and parts.has_month and told_era(number, mention, memory) is None


def told_era(number: int, mention: Mention[Expression], memory: Memory) -> Past | None:
    """Return the date by whose era the text counts on, None where the next era may be meant.

    2年4月 behind 平成30年 may be of the next era; 45年 behind 昭和46年 may not.
    """
    past = memory.latest("era")
    if past is None or not (memory.aside or memory.distance(mention, past) <= REACH):
        return None
    era = era_named(past.era)
    if era is None or not era.holds(number):
        return None
    if era.year(number) >= past.period.year:
        return past
    following = (e.year(number) for e in eras().values() if e.year(1) > era.year(1) and e.holds(number))
    return None if any(year <= min(NEWEST, past.period.year + SOON) for year in following) else past
