"""By which era a bare year (45年5月) counts, above all where only the text itself says when it speaks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.entities.dates.pieces import ERA
from pipeline.eras import era_named, eras
from pipeline.model.rule import Rule

if TYPE_CHECKING:
    from pipeline.entities.dates.memory import Memory, Past
    from pipeline.entities.dates.parts import Expression, Parts
    from pipeline.eras import Era
    from pipeline.model.entity import Mention

# How many sentences back a bare year may lean on another (決め打ち).
REACH = 6
# No text speaks after this year unless it names a later one (決め打ち: when this was written).
NEWEST = 2026
# So many years from another a bare year may lie, and half of it nearer than that of another era (決め打ち).
FAR = 20
# So far behind the latest year that the text tells it does not count by a later era (決め打ち).
AHEAD = 15

# 令和に入り、元年に: an era without a year before the first year of it.
ERA_ALONE = Rule(
    "era_without_a_year",
    rf"(?P<era>{ERA})(?:[のへ]|(?:時代)?に(?:入|移|な|改))(?:改元|[^\d。元一二三四五六七八九十]){{0,12}}$",
    reads=(
        "昭和62年に設立され、令和に入り",
        "昭和62年に設立され、令和の",
    ),
    leaves=("平成元年", "令和を迎え"),
)
# How far before it that era may stand (決め打ち).
ERA_REACH = 20


def era_before(text: str, start: int) -> Era | None:
    """Return the era that is named without a year before the 元年 that begins at ``start``."""
    match = ERA_ALONE.search(text, max(0, start - ERA_REACH), start)
    return era_named(match["era"]) if match else None


def is_guess(parts: Parts, mention: Mention[Expression], memory: Memory) -> bool:
    """Whether the text does not say by what a bare number counts."""
    number, style = parts.bare or 0, memory.latest("style")
    if parts.padded:
        return False
    if style is None:
        return any(era.last and era.holds(number) for era in eras().values())
    return style.style == "era" and parts.has_month and told_era(number, mention, memory) is None


def told_era(number: int, mention: Mention[Expression], memory: Memory) -> tuple[Past | None, Era] | None:
    """Return the date by whose era the text counts, and the era of the number; None where two may be meant.

    It is the era in which the number comes nearest to that date: 13年 behind 平成4年 is 2001, 元年 behind 平成30年
    2019. Where another comes about as near, nothing tells.
    """
    past = memory.era_for(number)
    if past is None or not (memory.aside or memory.distance(mention, past) <= REACH):
        return None
    newest = max(NEWEST, past.period.year)
    near = sorted(
        (abs(era.year(number) - past.period.year), era.name)
        for era in eras().values()
        if era.holds(number)
        and era.year(number) <= newest
        and (era.name == past.era or era.year(number) <= max(memory.latest_year, past.period.year) + AHEAD)
    )
    if not near or near[0][0] > FAR or (len(near) > 1 and near[1][0] - near[0][0] < FAR / 2):
        return None
    era = era_named(near[0][1])
    return ((past if past.era == era.name else None), era) if era else None


def latest_era(number: int, limit: int) -> Era | None:
    """Return the latest era in which the number is a year up to ``limit``."""
    return next((e for e in reversed(eras().values()) if e.holds(number) and e.year(number) <= limit), None)
