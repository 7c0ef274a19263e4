"""One date expression on its own: what it means, without a document around it.

>>> parse_date("13（同25）年10月", era="平成").value
'2013-10'
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pipeline.clean import clean
from pipeline.entities.dates.around import DAY_OF_WEEK
from pipeline.entities.dates.parts import LABEL
from pipeline.entities.dates.recognize import find
from pipeline.entities.dates.resolve import DateResolver
from pipeline.eras import era_named, eras
from pipeline.model.entity import Mention
from pipeline.model.errors import HakushoError
from pipeline.model.sentence import Sentence
from pipeline.model.source import Source

if TYPE_CHECKING:
    from datetime import date

    from pipeline.entities.dates.parts import Found
    from pipeline.entities.entity_type import Meaning


class NotADateError(HakushoError, ValueError):
    """The text is not one date expression and nothing else."""


class ParsedDate(NamedTuple):
    """What one date expression means.

    Attributes:
        text: The expression in its cleaned form (ASCII digits, full-width brackets, 平成 for ㍻).
        value: EDTF (ISO 8601-2): ``2013-10-03``, ``2013-04/2014-03``, ``196X``, ``2010/..``; empty where the
            expression points at something that was not given, which ``flags`` say.
        mod: TIMEX3: ``START``, ``MID``, ``END``, ``APPROX``, ``ON_OR_AFTER``, ``ON_OR_BEFORE``, or empty.
        first: First day of the value; None where the value is open or the day impossible. ``last`` likewise.
        granularity: ``day``, ``month``, ``season``, ``quarter``, ``half``, ``year``, ``decade``, ``century``,
            ``fiscal_quarter``, ``fiscal_half``, ``fiscal_year``; for a range that of its end and ``_range``.
        era: The era that is written or implied, or empty; ``era_year`` likewise, 1 for 元年.
        flags: ``era_mismatch`` (the western and the era year disagree; the era year counts),
            ``out_of_era`` (the era has no such day: 平成32年; counted on), ``impossible_day`` (2月30日),
            ``weekday_mismatch`` (2024年7月1日（日）), ``unresolved_anaphora`` (同年 with nothing before
            it), ``no_reference_date`` (昨年 without a ``reference``).
    """

    text: str
    value: str
    mod: str
    first: date | None
    last: date | None
    granularity: str
    era: str
    era_year: int | None
    flags: tuple[str, ...]


def parse_date(text: str, *, reference: date | None = None, era: str | None = None) -> ParsedDate:
    """Return what one Japanese date expression means.

    The forms are those of the annotation guidelines: era, western and mixed years, kanji numerals, numeric
    forms (H25.10.3, 昭49.12.1, 10/3), fiscal years, quarters, seasons, decades, centuries, modifiers,
    ranges. White space around it and a day of the week behind it, （木）, do not count.

    What is odd is flagged, not refused: 平成25年2月30日 is ``2013-02-XX`` with ``impossible_day``.

    Sources: EDTF is ISO 8601-2:2019; ``mod`` is TIMEX3 of TimeML (ISO 24617-1); the days on which the eras
    began are those of ``data/eras.csv``, each with its source; the fiscal year is that of 財政法第11条.

    Args:
        text: The expression, in any width of characters.
        reference: The day on which the text speaks: what 昨年 and 本年度 count from, and what a month without
            a year or a year of two digits does not lie behind.
        era: The era that 同25年 or a bare 9年4月 counts in; without it, that of ``reference``.

    Returns:
        What the expression means; ``value`` is empty only where ``flags`` say what was missing.

    Raises:
        NotADateError: The text is not one date expression and nothing else (a ValueError), or a number that
            can as well be a length of time (3年間).
        ValueError: There is no such era.

    >>> parse_date("平成25年度").value, parse_date("1960年頃～70年頃").mod
    ('2013-04/2014-03', 'APPROX')
    >>> from datetime import date
    >>> parse_date("昨年12月", reference=date(2021, 6, 11)).value
    '2020-12'
    >>> parse_date("13（平成26）年").flags
    ('era_mismatch',)
    """
    if era is not None and era_named(era) is None:
        raise ValueError(f"no era {era!r}: choose one of {', '.join(eras())}")
    cleaned = _without_weekday(clean(Source("text", text)).clean.strip())
    result = _resolved(cleaned, _whole(cleaned, text), reference, era or "")
    if result is None:
        raise NotADateError(
            f"not one date expression: {text!r} can be a length of time; give the era or the reference"
        )
    return ParsedDate(
        cleaned, result.value, result.mod, result.first, result.last, result.granularity,
        result.era, result.era_year, result.flags,
    )  # fmt: skip


def _whole(cleaned: str, text: str) -> Found:
    """Return the one expression that is all of ``cleaned``; ``text`` is what was given."""
    found = next(find(cleaned, cell=True), None)
    if found is None:
        raise NotADateError(f"not one date expression: none is in {text!r}: give the expression alone")
    if (found.start, found.end) != (0, len(cleaned)):
        part = cleaned[found.start : found.end]
        raise NotADateError(
            f"not one date expression: only {part!r} is one in {text!r}: give the expression alone"
        )
    return found


def _without_weekday(text: str) -> str:
    weekday = DAY_OF_WEEK.match(text, max(0, text.rfind("（")))
    return text[: weekday.start()] if weekday and weekday.end() == len(text) else text


def _resolved(text: str, found: Found, reference: date | None, era: str) -> Meaning | None:
    """What the expression that is the whole of ``text`` means."""
    positions = range(len(text))
    sentence = Sentence("s00000", text, positions, positions, "paragraph", "b00000")
    mention = Mention(LABEL, 0, found.start, found.end, found.rule, found.expression)
    resolver = DateResolver([sentence], reference, era=era, alone=True)
    return resolver.resolve(0, mention, found.expression)
