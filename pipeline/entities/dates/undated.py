"""By which era a bare year (45年5月) counts, above all where only the text itself says when it speaks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.entities.dates.counts import next_era
from pipeline.entities.dates.pieces import ERA, NEW_ERA
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
# So many years on a text goes by an era that is over (決め打ち).
# A number of so many of the document's last years may be of its own era (決め打ち).
GOES_ON, RECENT = 10, 3

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
# 昭和に入り、恐慌が襲った。5年には: the years behind it are of that era.
ERA_ENTERED = Rule(
    "era_that_begins",
    rf"(?P<era>{NEW_ERA})(?:時代)?(?:に(?:入|移|な|改)|を迎え|の世)",
    reads=("大正8年に始め、⟦昭和に入⟧り、5年に増やした。", "⟦昭和の世⟧に"),
    leaves=("昭和5年に入り", "昭和の", "昭和初期に"),
)
# So much of a sentence is searched for it (決め打ち: code points).
ERA_WINDOW = 120


class OpenYearError(Exception):
    """A bare year may count by the era of which the text tells, or by that of the document."""


def era_before(text: str, start: int) -> Era | None:
    """Return the era that is named without a year before the 元年 that begins at ``start``."""
    match = ERA_ALONE.search(text, max(0, start - ERA_REACH), start)
    return era_named(match["era"]) if match else None


def era_entered(
    number: int,
    mention: Mention[Expression],
    past: Past | None,
    memory: Memory,
    limit: int,
    *,
    decade: bool = False,
) -> Era | None:
    """Return the era that began in the text, without a year, behind the last date that has an era."""
    first = max(0, mention.sentence - REACH, past.sentence if past else 0)
    for index in range(mention.sentence, first - 1, -1):
        text = memory.sentences[index].text
        end = mention.start if index == mention.sentence else len(text)
        begin = past.end if past and past.sentence == index else 0
        if found := [*ERA_ENTERED.finditer(text, max(begin, end - ERA_WINDOW), end)]:
            era, usual = era_named(found[-1]["era"]), latest_era(number, limit + 1)
            recent = usual is not None and usual != era and usual.year(number) >= limit - RECENT
            if era is None or not era.holds(number) or era.year(number) > limit + 1:
                return None
            if recent and not decade and mention.sentence - index > 1:
                raise OpenYearError
            return era
    return None


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


def own_era(
    number: int, mention: Mention[Expression], past: Past | None, memory: Memory, limit: int
) -> Era | None:
    """The latest possible era, or that by which a text goes on that tells of no year of the latest.

    明治29年に設立された。資金は乏しかった。30年に開業した: in a text of 1972, too, that is 1897.

    Args:
        number: The year without an era.
        mention: Where it stands.
        past: The latest date that has an era.
        memory: The dates before it.
        limit: The year in which the document speaks.

    Raises:
        OpenYearError: Both may be meant.
    """
    usual = latest_era(number, limit + 1)
    if past is None or usual is None or past.era == usual.name or past.background:
        return usual
    if memory.latest_year >= usual.first.year or memory.distance(mention, past) > REACH:
        return usual
    told, behind = (_going_on(era, number, past) for era in (era_named(past.era), next_era(past.era)))
    recent = usual.year(number) >= limit - RECENT
    if told if recent else behind and behind != usual:
        raise OpenYearError
    return told or usual


def _going_on(era: Era | None, number: int, past: Past) -> Era | None:
    """Return the era if the year of it lies at or soon behind ``past``."""
    if era is None or not era.holds(number):
        return None
    return era if 0 <= era.year(number) - past.period.year <= GOES_ON else None


def may_lie_ahead(number: int, era: Era, mention: Mention[Expression], memory: Memory) -> bool:
    """Whether a year of an older era may as well be one of the era that runs, and lie ahead.

    令和6年に定めた10年の取組: of 平成 the text tells nothing, and 令和10年 is not over.
    """
    past = memory.latest("era")
    if past is None or past.era == era.name or era.name in memory.eras or past.background:
        return False
    runs = _going_on(era_named(past.era), number, past)
    return runs is not None and runs.first > era.first and memory.distance(mention, past) <= REACH
