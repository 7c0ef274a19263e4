"""Which two ends make a range, and what the second takes from the first."""

from __future__ import annotations

from pipeline.entities.dates import around, month_forms
from pipeline.entities.dates.beside_days import DAY_OF_AN_EVENT
from pipeline.entities.dates.counts import TURN, next_era
from pipeline.entities.dates.in_digits import numeric_end
from pipeline.entities.dates.months import Read
from pipeline.entities.dates.parts import Parts, Place
from pipeline.entities.dates.reader import read
from pipeline.eras import era_named

SEASONS = "春夏秋冬"
# 平成12年度から17年の間: up to so many years on, and no round number, it is the year of the other end (決め打ち).
WITHIN = 10


def shared(first: Read, second: Parts) -> Parts:
    """The first end of a range with the unit that is written behind the second only (昭和40～50年代)."""
    if first.open and second.season:
        return first.parts._replace(season=second.season)
    if second.unit == "fiscal_year" and first.parts.is_year and second.is_year and first.parts.unit == "year":
        return first.parts._replace(unit="fiscal_year")
    return first.parts


def may_close(first: Parts, second: Parts) -> bool:
    """Whether ``second`` can be the other end of a range that ``first`` opens."""
    if second.year_relation:
        return second.has_month == first.has_month or first.is_year == second.is_year
    if second.bare is not None and not _later(first, second, second.bare):
        return False
    if second.has_year:
        return True
    if second.has_month:
        return first.has_month or bool(first.season)
    if second.day is not None:
        return first.day is not None or first.day_relation is not None
    if second.day_relation:
        return first.day is not None or first.day_relation is not None
    return bool((second.quarter and first.quarter) or (second.season and first.season))


def of_any_day(text: str, start: int, first: Parts, second: Parts) -> bool:
    """Whether nothing tells the first day of a range: 契約の翌日から令和7年3月14日まで."""
    if not first.day_relation or not second.has_year:
        return False
    return DAY_OF_AN_EVENT.search(text, max(0, start - 4), start) is not None


def closing(text: str, first: Read, behind: int) -> Read | None:
    """Read the other end of a range that ``first`` opens; ``behind`` is where its sign ends."""
    sign = text[first.end : behind]
    second = numeric_end(text, behind, first.parts) if first.rule == "numeric" else None
    if second is None or first.parts.day:
        share = first.shares_its_unit() and sign != "から"
        second = read(text, behind, Place(closing=True, shared=share)) or second
    if second is None and first.parts.season:
        second = _later_season(text, behind, first.parts.season)
    if second is None or (second.open and not around.LIST.match(text, second.end)):
        return None
    if "から" not in sign:
        return second
    return None if _takes_years(text, first.parts, second) or runs_for(text, first.parts, second) else second


def _later_season(text: str, start: int, first: str) -> Read | None:
    """The season that closes a range within one year: 2019年夏から秋, but not 2019年冬から春."""
    match = month_forms.SEASON_END.match(text, start)
    later = match is not None and SEASONS.index(match["s"]) > SEASONS.index(first)
    return Read(match.end(), "elliptic", Parts(season=match["s"])) if match and later else None


def runs_for(text: str, first: Parts, second: Read) -> bool:
    """Whether what stands behind から is a length of time: 4月1日から3年, 4月から6月を経過した日."""
    parts = second.parts
    if parts.month and not parts.has_year and not parts.day:
        return around.LENGTH_ENDS.match(text, second.end) is not None
    by_years = first.has_month or first.unit == "fiscal_year"
    if not by_years or parts.bare is None or not parts.is_year or parts.unit != "year" or parts.mod:
        return False
    if text.startswith("の間", second.end) and parts.bare % 5:
        before = (first.western or 0) % 100 if first.era_year is None else first.era_year
        return not 0 < parts.bare - before <= WITHIN
    return around.UNTIL.match(text, second.end) is None


def _takes_years(text: str, first: Parts, second: Read) -> bool:
    """Whether 1995年から20年で says how long it took: a round number that does not read on from the first year."""
    number = second.parts.bare or 0
    written = 0 if first.western is None or first.era_year else first.western % 100
    round_number = not second.parts.padded and number % 5 == 0
    return text.startswith("で", second.end) and round_number and 0 < number <= written


def turned(first: Parts, second: Parts) -> Parts:
    """Return ``second`` in the next era where the era of ``first`` ends between them: 平成30年度から2年度."""
    era, following = era_named(first.era), next_era(first.era)
    if second.bare is None or first.era_year is None or era is None or following is None:
        return second
    if second.bare >= first.era_year or second.bare > TURN or era.holds(first.era_year + TURN):
        return second
    return second._replace(era=following.name, era_year=second.bare, bare=None)


def _later(first: Parts, second: Parts, number: int) -> bool:
    """Whether the bare year ``number`` can be later than the one before it (平成15年から5年 no)."""
    if first.western is not None:
        return _later_of_western(first, second, number)
    before = first.bare or 0 if first.era_year is None else first.era_year
    turned = first.era_year is None and before >= 70 and number < 40 and first.unit == "year"  # 90～00年
    return turned or number > before or (number == before and first.has_month)


def _later_of_western(first: Parts, second: Parts, number: int) -> bool:
    written = (first.western or 0) % 100
    if second.padded and number > written:
        return True  # 2003～07年
    by_era = bool(first.era_year) and number > (first.era_year or 0)
    return by_era or (number >= 10 and number > written) or (written > 90 and number < 30)
