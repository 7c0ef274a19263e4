"""Eras and periods: borders, EDTF, first and last days."""

from __future__ import annotations

import doctest
from datetime import date, timedelta
from itertools import pairwise

import pytest
from edtf import parse_edtf
from hypothesis import given
from hypothesis import strategies as st

import pipeline.entities.dates.parse
import pipeline.eras
import pipeline.numerals
from pipeline.eras import Period, era_on, eras, fiscal_year, month_length, shift_day, shift_month
from pipeline.numerals import number

PERIODS = [
    (Period("century", 1901), "19XX", "1901-01-01", "2000-12-31"),
    (Period("century", 2001), "20XX", "2001-01-01", "2100-12-31"),
    (Period("decade", 1960), "196X", "1960-01-01", "1969-12-31"),
    (Period("decade", 1965), "1965/1974", "1965-01-01", "1974-12-31"),
    (Period("year", 2013), "2013", "2013-01-01", "2013-12-31"),
    (Period("fiscal_year", 2013), "2013-04/2014-03", "2013-04-01", "2014-03-31"),
    (Period("half", 2013, 1), "2013-01/2013-06", "2013-01-01", "2013-06-30"),
    (Period("half", 2013, 2), "2013-07/2013-12", "2013-07-01", "2013-12-31"),
    (Period("fiscal_half", 2013, 1), "2013-04/2013-09", "2013-04-01", "2013-09-30"),
    (Period("fiscal_half", 2013, 2), "2013-10/2014-03", "2013-10-01", "2014-03-31"),
    (Period("quarter", 2013, 1), "2013-33", "2013-01-01", "2013-03-31"),
    (Period("quarter", 2013, 4), "2013-36", "2013-10-01", "2013-12-31"),
    (Period("fiscal_quarter", 2013, 1), "2013-04/2013-06", "2013-04-01", "2013-06-30"),
    (Period("fiscal_quarter", 2013, 3), "2013-10/2013-12", "2013-10-01", "2013-12-31"),
    (Period("fiscal_quarter", 2013, 4), "2014-01/2014-03", "2014-01-01", "2014-03-31"),
    (Period("season", 2013, 21), "2013-21", "2013-03-01", "2013-05-31"),
    (Period("season", 2013, 22), "2013-22", "2013-06-01", "2013-08-31"),
    (Period("season", 2013, 23), "2013-23", "2013-09-01", "2013-11-30"),
    (Period("season", 2013, 24), "2013-24", "2013-12-01", "2014-02-28"),
    (Period("month", 2012, 2), "2012-02", "2012-02-01", "2012-02-29"),
    (Period("month", 1900, 2), "1900-02", "1900-02-01", "1900-02-28"),
    (Period("day", 2013, 10, 3), "2013-10-03", "2013-10-03", "2013-10-03"),
]


@pytest.mark.parametrize(("period", "value", "first", "last"), PERIODS, ids=lambda v: str(v)[:40])
def test_period(period: Period, value: str, first: str, last: str) -> None:
    assert period.edtf() == value
    assert (str(period.first_day()), str(period.last_day())) == (first, last)
    for text in (value, f"{period.lower()}/..", f"../{period.upper()}"):
        parse_edtf(text)


def test_impossible_day_has_no_days_and_still_a_value() -> None:
    period = Period("day", 2013, 2, 30)
    assert (period.first_day(), period.last_day(), period.edtf()) == (None, None, "2013-02-XX")
    parse_edtf(period.edtf())


def test_eras_follow_each_other_day_by_day() -> None:
    names = list(eras())
    assert names == ["明治", "大正", "昭和", "平成", "令和"]
    for one, two in pairwise(eras().values()):
        assert one.last is not None
        assert one.last + timedelta(days=1) == two.first
        assert (era_on(one.last), era_on(two.first)) == (one, two)
    assert era_on(date(1868, 1, 24)) is None
    assert eras()["令和"].last is None


@pytest.mark.parametrize(
    ("era", "era_year", "year", "holds"),
    [
        ("明治", 45, 1912, True), ("明治", 46, 1913, False),
        ("大正", 15, 1926, True), ("大正", 16, 1927, False),
        ("昭和", 64, 1989, True), ("昭和", 65, 1990, False),
        ("平成", 31, 2019, True), ("平成", 32, 2020, False),
        ("令和", 1, 2019, True), ("令和", 99, 2117, True), ("令和", 0, 2018, False),
    ],
)  # fmt: skip
def test_era_years(era: str, era_year: int, year: int, holds: bool) -> None:
    assert (eras()[era].year(era_year), eras()[era].holds(era_year)) == (year, holds)


@pytest.mark.parametrize(
    ("period", "era", "belongs"),
    [
        (Period("day", 1989, 1, 7), "昭和", True), (Period("day", 1989, 1, 8), "昭和", False),
        (Period("day", 1989, 1, 8), "平成", True), (Period("day", 1989, 1, 7), "平成", False),
        (Period("month", 1989, 1), "昭和", True), (Period("month", 1989, 1), "平成", True),
        (Period("month", 1989, 2), "昭和", False), (Period("year", 2019), "平成", True),
        (Period("fiscal_year", 2019), "平成", True), (Period("fiscal_year", 2019), "令和", True),
        (Period("fiscal_year", 1989), "昭和", False), (Period("day", 2019, 5, 1), "平成", False),
        (Period("day", 2019, 4, 30), "令和", False), (Period("day", 1989, 2, 30), "昭和", True),
    ],
)  # fmt: skip
def test_belongs(period: Period, era: str, belongs: bool) -> None:
    assert period.belongs(eras()[era]) is belongs


@given(st.integers(1, 9998), st.integers(1, 12), st.integers(-40, 40))
def test_shifting_months_is_exact(year: int, month: int, by: int) -> None:
    later = shift_month(year, month, by)
    assert 1 <= later[1] <= 12
    assert (later[0] * 12 + later[1]) - (year * 12 + month) == by


def test_shifting_days_ends_with_the_calendar() -> None:
    assert shift_day(date(2011, 12, 31), 1) == date(2012, 1, 1)
    assert shift_day(date.max, 1) is None
    assert month_length(2012, 2) == 29
    assert month_length(10000, 2) == 31


@given(st.dates())
def test_fiscal_year_holds_its_day(day: date) -> None:
    year = fiscal_year(day)
    first, last = date(year, 4, 1) if year else date.min, Period("fiscal_year", year).last_day()
    assert first <= day
    assert last is None or day <= last


@pytest.mark.parametrize(
    ("text", "value"),
    [("元", 1), ("7", 7), ("二十三", 23), ("二三", 23), ("十", 10), ("二〇", 20), ("百二十", 120),
     ("百〇五", 105),
     ("二〇一三", 2013), ("千九百八十九", 1989)],
)  # fmt: skip
def test_number(text: str, value: int) -> None:
    assert number(text) == value


@pytest.mark.parametrize("text", ["十十", "年", "千千"])
def test_no_number(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - the words are kanjize's or int's
        number(text)


@pytest.mark.parametrize("module", [pipeline.eras, pipeline.numerals, pipeline.entities.dates.parse])
def test_docstrings(module: object) -> None:
    assert doctest.testmod(module).failed == 0  # type: ignore[arg-type]
