"""DATE: calendar expressions, read into parts that the resolver turns into days.

An expression is a year part, a month part and a day part, each of which may be missing, in era, western or
mixed form, absolute or relative, with a modifier, or two of these as a range. Reading takes linear time.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from pipeline.entities.dates import facts as facts
from pipeline.entities.dates import grammar as grammar
from pipeline.entities.dates.parts import LABEL, Expression, Parts, tens_carried
from pipeline.entities.dates.reader import NUMERALS, read
from pipeline.eras import eras
from pipeline.model.entity import Mention

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.entities.dates.months import Read
    from pipeline.model.sentence import Analysis


class Found(NamedTuple):
    """A date expression in a text: its half-open span, the rule that read its first end, its parts."""

    start: int
    end: int
    rule: str
    expression: Expression


def recognize(analyses: Sequence[Analysis]) -> Iterator[Mention[Expression]]:
    """Yield every calendar expression; whether a bare one is a date, the resolver decides."""
    for index, analysis in enumerate(analyses):
        sentence = analysis.sentence
        for found in find(sentence.text, cell=sentence.kind == "table"):
            # 本日 in 日本日…, 同年 in 共同年金: a relative date begins where a morpheme begins.
            if found.rule.startswith("relative") and analysis.tokens and found.start not in analysis.starts:
                continue
            yield Mention(LABEL, index, found.start, found.end, found.rule, found.expression)


def find(text: str, *, cell: bool = False) -> Iterator[Found]:
    """Yield the date expressions in clean ``text``, in text order.

    Args:
        text: Clean text.
        cell: The text is a table cell, where 25.10.3 and 10/3 are dates too.
    """
    if grammar.NAMED.search(text) is None and grammar.HOLDS.search(text) is None:
        return
    position, last = 0, 0
    opened: Parts | None = None
    cited = {match.start(1): match for match in grammar.CITED.finditer(text)}
    for start in _starts(text):
        if start < position:
            continue
        if start in cited:
            position = last = cited[start].end(1)
            yield Found(
                start, position, "cited_year", Expression(Parts(western=int(cited[start][1]), digits=4))
            )
            continue
        found = _expression(text, start, cell=cell) if grammar.POSSIBLE.match(text, start) else None
        if found is None:
            position = start + 1
            continue
        position = max(found.end, start + 1)
        if grammar.LAW_NUMBER.match(text, found.end):
            continue
        if grammar.EVENT.match(text, found.end):
            # 平成30年7月豪雨 names no date, but 同年9月 behind it leans on it.
            yield found._replace(expression=replace(found.expression, named=True))
            continue
        gap = text[last:start] if last and start - last < 10 else ""
        last = found.end
        if gap and grammar.FOLLOWS.match(gap):
            first = found.expression.first
            if opened and not found.expression.second:
                first = tens_carried(opened, first, text[start])
            found = found._replace(expression=replace(found.expression, first=first, follows=True))
        opened = found.expression.first if text[found.end - 1] in NUMERALS else None
        yield found


def _starts(text: str) -> Iterator[int]:
    """Yield where an expression may begin, in text order, but not among the days of every year."""
    words = facts.recurrent().finditer(text)
    months = ((word.start(), grammar.MONTHS_OF.match(text, word.end())) for word in words)
    yearly = [(start, span.end()) for start, span in months if span][::-1]
    for match in grammar.TRIGGER.finditer(text):
        while yearly and yearly[-1][1] <= match.start():
            yearly.pop()
        if not yearly or match.start() < yearly[-1][0]:
            yield match.start()


def _expression(text: str, start: int, *, cell: bool) -> Found | None:
    first = read(text, start, cell=cell)
    if first is None:
        return None
    if sign := grammar.RANGE.match(text, first.end):
        if first.parts.mod and (close := grammar.PART_END.match(text, sign.end())):
            # 4月上旬から中旬: together they say no more than the month.
            whole = Expression(first.parts._replace(mod=""))
            return Found(start, close.end(), f"{first.rule}_range", whole)
        second = read(text, sign.end(), closing=True)
        if second and first.open:
            second = second._replace(parts=tens_carried(first.parts, second.parts, text[sign.end()]))
        joined = second and (not second.open or grammar.LIST.match(text, second.end))
        if second and joined and _may_close(first.parts, second.parts):
            parts = _shared(first, second.parts)
            if second.parts.season == "冬" and text[first.end] == "/":
                # The winter of 1999/2000 begins in the first of the years.
                return Found(start, second.end, first.rule, Expression(parts._replace(season="冬")))
            return _glossed(
                text, Found(start, second.end, f"{first.rule}_range", Expression(parts, second.parts))
            )
    if first.open and not grammar.LIST.match(text, first.end):
        return None
    # 3月期決算, 4月号: no month that anything happened in.
    month_only = first.parts.month and not first.parts.has_year and not first.parts.day
    if month_only and facts.context("after_bare_month").match(text, first.end):
        return None
    return _glossed(text, Found(start, first.end, first.rule, Expression(first.parts)))


def _shared(first: Read, second: Parts) -> Parts:
    """The first end of a range with the unit that is written behind the second only (昭和40～50年代)."""
    if first.open and second.season:
        return first.parts._replace(season=second.season)
    if second.unit == "fiscal_year" and first.parts.is_year and second.is_year and first.parts.unit == "year":
        return first.parts._replace(unit="fiscal_year")
    return first.parts


def _may_close(first: Parts, second: Parts) -> bool:
    """Whether ``second`` can be the other end of a range that ``first`` opens."""
    if second.year_relation:
        return second.has_month == first.has_month or first.is_year == second.is_year
    if second.bare is not None and not _later(first, second.bare):
        return False
    if second.has_year:
        return True
    if second.has_month:
        return first.has_month or bool(first.season)
    if second.day is not None:
        return first.day is not None or first.day_relation is not None
    if second.day_relation:
        return first.day is not None or first.day_relation is not None
    return bool(second.quarter and first.quarter)


def _later(first: Parts, number: int) -> bool:
    """Whether the bare year ``number`` can be later than the one before it (平成15年から5年 no)."""
    if first.era_year is not None and not first.western:
        return number > first.era_year or (number == first.era_year and first.has_month)
    if first.western is not None:
        century = first.western % 100
        era_year = first.era_year or 0
        return (
            (number >= 10 and number > century)
            or (bool(era_year) and number > era_year)
            or (century > 90 and number < 30)
        )
    if (first.bare or 0) >= 70 and number < 40 and first.unit == "year":
        return True  # 90～00年
    return number > (first.bare or 0) or (number == first.bare and first.has_month)


def _glossed(text: str, found: Found) -> Found:
    """Take in a bracket that says the same in the other calendar: 2001～05年度（平成13～17年度）."""
    if not text.startswith("（", found.end):
        return found
    inner = read(text, found.end + 1)
    if inner is None:
        return found
    end, second = inner.end, None
    if sign := grammar.RANGE.match(text, end):
        closing = read(text, sign.end(), closing=True)
        if closing and not closing.open:
            end, second = closing.end, closing.parts
    if not text.startswith("）", end):
        return found
    expression = found.expression
    here, there = _said(expression), _said(Expression(inner.parts, second))
    if not here or not there or bool(expression.first.era) == bool(inner.parts.era):
        return found
    if here != there and not (found.rule == "split" and here[0] == there[0]):
        return found
    if inner.parts.era:
        first = expression.first._replace(era=inner.parts.era, era_year=inner.parts.era_year)
        expression = replace(expression, first=first)
    return found._replace(end=end + 1, expression=expression)


def _said(expression: Expression) -> list[tuple[int | None, ...]]:
    """What the ends of the expression say, years in western count; nothing where an end is not absolute."""
    said: list[tuple[int | None, ...]] = []
    for parts in filter(None, (expression.first, expression.second)):
        if parts.era in eras() and parts.era_year is not None and parts.western is None:
            year = eras()[parts.era].year(parts.era_year)
        elif parts.western is not None and parts.digits == 4 and not parts.era:
            year = parts.western
        elif said and parts.bare is not None:
            first = expression.first
            century = (first.western or 0) // 100 * 100
            year = eras()[first.era].year(parts.bare) if first.era in eras() else century + parts.bare
        else:
            return []
        said.append((year, parts.month, parts.day, parts.quarter, parts.half))
    return said
