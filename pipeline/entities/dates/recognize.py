"""DATE: calendar expressions, read into parts that the resolver turns into days.

An expression is a year part, a month part and a day part, each of which may be missing, in era, western or
mixed form, absolute or relative, with a modifier, or two of these as a range. Reading takes linear time.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.entities.dates import (
    apposition,
    around,
    codes,
    english,
    facts,
    kana,
    lengths,
    lettered_rows,
    triggers,
    year_lists,
)
from pipeline.entities.dates.citations import cited
from pipeline.entities.dates.glosses import said
from pipeline.entities.dates.in_digits import NUMERALS
from pipeline.entities.dates.parts import LABEL, Expression, Found, Parts, Place, tens_carried
from pipeline.entities.dates.ranges import closing, may_close, of_any_day, shared, turned
from pipeline.entities.dates.reader import old_era_before, read
from pipeline.model.entity import Mention

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pipeline.entities.dates.months import Read
    from pipeline.model.sentence import Analysis


def recognize(analyses: Sequence[Analysis]) -> Iterator[Mention[Expression]]:
    """Yield every calendar expression; whether a bare one is a date, the resolver decides."""
    banded = lengths.banded(analyses)
    coded = codes.Codes(analyses)
    lettered = lettered_rows.years(analyses)
    for index, analysis in enumerate(analyses):
        sentence = analysis.sentence
        if year := lettered.get(index):
            yield Mention(LABEL, index, 0, len(sentence.text), "numeric", Expression(year))
            continue
        if sentence.block_id in banded and lengths.is_band(sentence.text):
            continue
        for found in find(sentence.text, cell=sentence.kind == "table"):
            # 本日 in 日本日…, 同年 in 共同年金: a relative date begins where a morpheme begins.
            if found.rule.startswith("relative") and analysis.tokens and not _apart(analysis, found.start):
                continue
            if found.rule == "numeric" and coded.is_none(sentence, found):
                continue
            yield Mention(LABEL, index, found.start, found.end, found.rule, found.expression)


def _apart(analysis: Analysis, start: int) -> bool:
    """Whether morphemes begin and, of a word in hiragana, end where the words of a date do."""
    end = kana.ends(analysis.sentence.text, start)
    return start in analysis.starts and (not end or end in analysis.ends)


def find(text: str, *, cell: bool = False) -> Iterator[Found]:
    """Return the date expressions in clean ``text``, in text order.

    Args:
        text: Clean text.
        cell: The text is a table cell, where 25.10.3 and 10/3 are dates too.
    """
    years = cited(text)
    starts = _starts(text, years)
    return _find(text, starts, years, cell=cell) if starts else iter(())


def _find(text: str, starts: list[int], cited: dict[int, Found], *, cell: bool) -> Iterator[Found]:
    position, last = 0, 0
    opened: Parts | None = None
    zeros = year_lists.zeros(text)
    for start in starts:
        if start < position:
            continue
        gap = _gap(text, last, start)
        listed = opened is not None and around.FOLLOWS.match(gap) is not None
        if passed := zeros.get(start) or _no_date(text, start, gap, opened if listed else None):
            position = passed
            continue
        found = cited.get(start) or _expression(text, start, Place(cell=cell, listed=listed))
        position = found.end if found else position
        if found is None:
            continue
        if law := around.LAW_NUMBER.match(text, found.end):
            yield from _made(text, law.end(), found)
            continue
        if found.expression.first.day is None and around.is_named(text, found.end):
            # 平成30年7月豪雨 names no date, but 同年9月 behind it leans on it.
            yield found._replace(expression=replace(found.expression, named=True))
            continue
        if found.rule != "cited_year":
            found = _following(text, found, gap, opened)
            opened = found.expression.first if text[found.end - 1] in NUMERALS else None
        last = found.end
        yield found


def _made(text: str, end: int, found: Found) -> Iterator[Found]:
    """Yield the year of the law's number that ends at ``end`` where the text says that the law was made."""
    if made := around.ENACTED.match(text, end):
        yield Found(*made.span("told"), found.rule, replace(found.expression, named=True))


def _no_date(text: str, start: int, gap: str, opened: Parts | None) -> int:
    """Return where a length of time or a blank that begins there ends, else 0; ``gap`` stands before it."""
    if opened and opened.has_year:
        return 0  # 平成30年1、2月分
    if gap.startswith("分"):
        return 0  # 8月分と9月分: behind a month that a year tells, the next is one, too
    return lengths.length(text, start, listed="に" not in gap and around.FOLLOWS.match(gap) is not None)


def _gap(text: str, last: int, start: int) -> str:
    """What stands between a date and the one close before it; nothing where there is none."""
    return text[last:start] if last and start - last < 10 else ""


def _following(text: str, found: Found, gap: str, opened: Parts | None) -> Found:
    """What an enumeration says of ``found``; ``gap`` is what stands since the date before."""
    if not gap or not around.FOLLOWS.match(gap):
        return found
    first = found.expression.first
    if opened and not found.expression.second:
        first = tens_carried(opened, first, text[found.start])
    return found._replace(expression=replace(found.expression, first=first, follows=True))


def _starts(text: str, cited: Iterable[int]) -> list[int]:
    """Return where an expression may begin, in text order, but not among the days of every year."""
    starts = [match.start() for match in triggers.TRIGGER.finditer(text)]
    if more := {*cited, *kana.starts(text), *english.starts(text)}:
        starts = sorted({*starts, *more})
    if starts and not facts.RECURRENT_FIRST.isdisjoint(text):
        starts = _but_yearly(text, starts)
    return [start - old_era_before(text, start) for start in starts]


def _but_yearly(text: str, starts: list[int]) -> list[int]:
    """Return ``starts`` without those in the days of every year."""
    words = facts.RECURRENT.finditer(text)
    months = ((word.start(), around.MONTHS_OF.match(text, word.end())) for word in words)
    told = around.is_past(text)
    yearly = [(start, span.end()) for start, span in months if span and not (told and span["listed"])][::-1]
    kept = []
    for start in starts:
        while yearly and yearly[-1][1] <= start:
            yearly.pop()
        if not yearly or start < yearly[-1][0]:
            kept.append(start)
    return kept


def _expression(text: str, start: int, place: Place) -> Found | None:
    first = read(text, start, place)
    if first is None:
        return None
    if (sign := around.RANGE.match(text, first.end)) and (found := _range(text, start, first, sign.end())):
        return found
    if first.open and not around.LIST.match(text, first.end):
        return None
    # 3月期決算, 4月号: no month that anything happened in.
    month_only = first.parts.month and not first.parts.has_year and not first.parts.day
    if month_only and facts.CONTEXTS["after_bare_month"].match(text, first.end):
        return None
    parts = apposition.named(text, first)
    return _glossed(text, Found(start, first.end, first.rule, Expression(parts)))


def _range(text: str, start: int, first: Read, behind: int) -> Found | None:
    """Read the range that ``first`` opens; ``behind`` is where its sign ends."""
    if first.parts.mod and (close := around.PART_END.match(text, behind)):
        # 4月上旬から中旬: together they say no more than the month.
        return Found(start, close.end(), f"{first.rule}_range", Expression(first.parts._replace(mod="")))
    second = closing(text, first, behind)
    if second is None:
        return None
    if first.open:
        second = second._replace(parts=tens_carried(first.parts, second.parts, text[behind]))
    fiscal = second.parts.unit == "fiscal_year"
    if fiscal or text[first.end : behind] != "から" or text.startswith("まで", second.end):
        second = second._replace(parts=turned(first.parts, second.parts))
    if not may_close(first.parts, second.parts) or of_any_day(text, start, first.parts, second.parts):
        return None
    parts = shared(first, second.parts)
    if second.parts.season == "冬" and text[first.end] == "/":
        # The winter of 1999/2000 begins in the first of the years.
        return Found(start, second.end, first.rule, Expression(parts._replace(season="冬")))
    return _glossed(text, Found(start, second.end, f"{first.rule}_range", Expression(parts, second.parts)))


def _glossed(text: str, found: Found) -> Found:
    """Take in a bracket that says the same in the other calendar: 2001～05年度（平成13～17年度）."""
    if not text.startswith("（", found.end):
        return found
    inner = read(text, found.end + 1, Place())
    if inner is None:
        return found
    end, second = inner.end, None
    if sign := around.RANGE.match(text, end):
        closing = read(text, sign.end(), Place(closing=True))
        if closing and not closing.open:
            end, second = closing.end, closing.parts
    if not text.startswith("）", end):
        return found
    expression = found.expression
    here, there = said(expression), said(Expression(inner.parts, second))
    if not here or not there or bool(expression.first.era) == bool(inner.parts.era):
        return found
    if here != there and not (found.rule == "split" and here[0] == there[0]):
        return found
    if inner.parts.era:
        first = expression.first._replace(era=inner.parts.era, era_year=inner.parts.era_year)
        expression = replace(expression, first=first)
    return found._replace(end=end + 1, expression=expression)
