"""Every day of the new calendar, from 1873-01-01 to 2100-12-31, written in each form and read back.

The days of an era's year stand behind each other in one text, as in a chronology: that costs a third of reading
each alone. That both ways read the same is shown on the border days of the eras and on every hundredth day.

Each form is tried with every fourth day, and each day in every fourth form, so that each form meets all months, days of
a month and years, and each day five forms or six. ``HAKUSHO_EVERY_DAY=1`` tries each form with each day, as the public
workflow does every night: 1.8 million dates, which take a third of all tests' time.
"""

from __future__ import annotations

import os
from collections import Counter
from datetime import date, timedelta
from functools import cache
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

import pytest

from pipeline.clean import clean
from pipeline.entities.dates.parse import parse_date
from pipeline.entities.dates.recognize import recognize
from pipeline.entities.dates.resolve import DateResolver
from pipeline.model.sentence import Analysis, Sentence
from pipeline.model.source import Source

if TYPE_CHECKING:
    from collections.abc import Callable

# Days apart, in the tests that write all forms (決め打ち).
STEP = 1 if os.environ.get("HAKUSHO_EVERY_DAY") == "1" else 4
FIRST, LAST = date(1873, 1, 1), date(2100, 12, 31)
ERAS = (
    ("明治", "M", "㍾", date(1868, 1, 25)),
    ("大正", "T", "㍽", date(1912, 7, 30)),
    ("昭和", "S", "㍼", date(1926, 12, 25)),
    ("平成", "H", "㍻", date(1989, 1, 8)),
    ("令和", "R", "㋿", date(2019, 5, 1)),
)
DIGITS = "〇一二三四五六七八九"
WIDE = str.maketrans("0123456789./-()", "０１２３４５６７８９．／－（）")


class Day(NamedTuple):
    """A day as the forms write it; ``n`` is the year of the era, ``year`` the same with 元 for 1."""

    when: date
    era: str
    letter: str
    square: str
    n: int
    year: str
    y: int
    m: int
    d: int


@cache
def days() -> tuple[Day, ...]:
    found = []
    for by in range((LAST - FIRST).days + 1):
        when = FIRST + timedelta(days=by)
        era, letter, square, first = next(e for e in reversed(ERAS) if e[3] <= when)
        n = when.year - first.year + 1
        year = "元" if n == 1 else str(n)
        found.append(Day(when, era, letter, square, n, year, when.year, when.month, when.day))
    return tuple(found)


def positional(number: int) -> str:
    return "".join(DIGITS[int(digit)] for digit in str(number))


def spoken(number: int) -> str:
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    words = ("" if not hundreds else "百") + ("" if not tens else "十" if tens == 1 else DIGITS[tens] + "十")
    return words + (DIGITS[ones] if ones else "")


def spoken_year(t: Day) -> str:
    return "元" if t.n == 1 else spoken(t.n)


def positional_year(t: Day) -> str:
    return "元" if t.n == 1 else positional(t.n)


# The forms of a day, written independently of the grammar.
FORMS: dict[str, Callable[[Day], str]] = {
    "era": lambda t: f"{t.era}{t.year}年{t.m}月{t.d}日",
    "era, spoken": lambda t: f"{t.era}{spoken_year(t)}年{spoken(t.m)}月{spoken(t.d)}日",
    "era, positional": lambda t: f"{t.era}{positional_year(t)}年{positional(t.m)}月{positional(t.d)}日",
    "era, dots": lambda t: f"{t.era}{t.year}.{t.m}.{t.d}",
    "letter, dots": lambda t: f"{t.letter}{t.n}.{t.m}.{t.d}",
    "letter, slashes": lambda t: f"{t.letter}{t.n}/{t.m:02d}/{t.d:02d}",
    "western": lambda t: f"{t.y}年{t.m}月{t.d}日",
    "western, positional": lambda t: f"{positional(t.y)}年{positional(t.m)}月{positional(t.d)}日",
    "western, slashes": lambda t: f"{t.y}/{t.m}/{t.d}",
    "western, dots": lambda t: f"{t.y}.{t.m}.{t.d}",
    "western, hyphens": lambda t: f"{t.y}-{t.m:02d}-{t.d:02d}",
    "two digits (era)": lambda t: f"{t.y % 100:02d}（{t.era}{t.year}）年{t.m}月{t.d}日",
    "two digits (same)": lambda t: f"{t.y % 100:02d}（同{t.year}）年{t.m}月{t.d}日",
    "two digits (same year)": lambda t: f"{t.y % 100:02d}（同{t.year}年）{t.m}月{t.d}日",
    "western (era)": lambda t: f"{t.y}（{t.era}{t.year}）年{t.m}月{t.d}日",
    "western (era year)": lambda t: f"{t.y}（{t.era}{t.year}年）{t.m}月{t.d}日",
    "western year (era year)": lambda t: f"{t.y}年（{t.era}{t.year}年）{t.m}月{t.d}日",
    "era (western)": lambda t: f"{t.era}{t.year}（{t.y}）年{t.m}月{t.d}日",
    "era year (western year)": lambda t: f"{t.era}{t.year}年（{t.y}年）{t.m}月{t.d}日",
    "era (western), kanji": lambda t: f"{t.era}{spoken_year(t)}（{positional(t.y)}）年{spoken(t.m)}月{spoken(t.d)}日",
    "same era": lambda t: f"同{t.year}年{t.m}月{t.d}日",
    "bare": lambda t: f"{t.year}年{t.m}月{t.d}日",
}  # fmt: skip
# These lean on the era that runs in the text.
LEANING = frozenset({"two digits (same)", "two digits (same year)", "same era", "bare"})
# These tell no era.
WESTERN = frozenset(
    {"western", "western, positional", "western, slashes", "western, dots", "western, hyphens"}
)
# Forms that cleaning turns into one of the above, so that from there on they are read as it is.
REPAIRED: dict[str, tuple[str, Callable[[Day], str]]] = {
    "era, wide": ("era", lambda t: FORMS["era"](t).translate(WIDE)),
    "era, squared": ("era", lambda t: f"{t.square}{t.year}年{t.m}月{t.d}日"),
    "western, wide": ("western", lambda t: FORMS["western"](t).translate(WIDE)),
    "western, wide slashes": ("western, slashes", lambda t: FORMS["western, slashes"](t).translate(WIDE)),
    "letter, wide dots": ("letter, dots", lambda t: FORMS["letter, dots"](t).translate(WIDE)),
    "two digits (era), wide": ("two digits (era)", lambda t: FORMS["two digits (era)"](t).translate(WIDE)),
    "two digits (era), ASCII brackets": (
        "two digits (era)",
        lambda t: FORMS["two digits (era)"](t).replace("（", "(").replace("）", ")"),
    ),
}


BORDERS = frozenset(first + timedelta(days=by) for *_, first in ERAS for by in range(-3, 4))


def days_of(form: str) -> list[Day]:
    """The days that are tried in a form: every fourth, another fourth for each form, and all at the border of an era."""
    phase = [*FORMS, *REPAIRED].index(form) % STEP
    return [day for n, day in enumerate(days()) if n % STEP == phase or day.when in BORDERS]


def test_all_days_are_there() -> None:
    assert (days()[0].when, days()[-1].when, len(days())) == (FIRST, LAST, 83_275)


def test_each_day_is_tried_in_several_forms_and_each_form_on_each_day_of_a_year() -> None:
    tried = Counter(day.when for form in FORMS for day in days_of(form))
    assert set(tried) == {day.when for day in days()}
    assert min(tried.values()) >= len(FORMS) // STEP
    for form in FORMS:
        assert len({(day.m, day.d) for day in days_of(form)}) == 366
        assert {day.y for day in days_of(form)} == {day.y for day in days()}


@pytest.mark.parametrize("form", FORMS)
def test_every_day_reads_back(form: str) -> None:
    write = FORMS[form]
    for (era, n), group in groupby(days_of(form), key=lambda t: (t.era, t.n)):
        these = list(group)
        opening = f"{era}{these[0].year}年12月31日。" if form in LEANING else ""
        text = opening + "。".join(map(write, these))
        sentence = Sentence("s", text, range(len(text)), range(len(text)), "paragraph", "b")
        mentions = list(recognize([Analysis(sentence, ())]))
        # Each expression is one mention, whole.
        assert "。".join(text[m.start : m.end] for m in mentions) == text
        resolver = DateResolver([sentence], None)
        found = [resolver.resolve(index, m, m.payload) for index, m in enumerate(mentions)]  # type: ignore[arg-type]
        for day, read in zip(these, found[bool(opening) :], strict=True):
            assert read is not None, day
            assert (read.value, read.first, read.last) == (day.when.isoformat(), day.when, day.when)
            assert (read.granularity, read.mod, read.flags) == ("day", "", ())
            assert (read.era, read.era_year) == (("", None) if form in WESTERN else (era, n))


@pytest.mark.parametrize("form", REPAIRED)
def test_every_day_is_cleaned_into_a_form_that_reads_back(form: str) -> None:
    plain, write = REPAIRED[form]
    for _, group in groupby(days_of(form), key=lambda t: t.y):
        these = list(group)
        cleaned = clean(Source("text", "。".join(map(write, these)))).clean
        assert cleaned == "。".join(map(FORMS[plain], these))


@pytest.mark.parametrize("form", [*FORMS, *REPAIRED])
def test_a_day_alone_reads_as_among_others(form: str) -> None:
    write = FORMS[form] if form in FORMS else REPAIRED[form][1]
    for number, day in enumerate(days()):
        if number % 100 and day.when not in BORDERS:
            continue
        written = write(day)
        assert form in REPAIRED or clean(Source("text", written)).clean == written
        read = parse_date(written, era=day.era if form in LEANING else None)
        assert (read.value, read.first, read.last) == (day.when.isoformat(), day.when, day.when)
        assert (read.granularity, read.mod, read.flags) == ("day", "", ())


@pytest.mark.parametrize("form", sorted(form for form in FORMS if "era" in form and form not in LEANING))
def test_a_day_of_the_old_calendar_is_its_year_alone(form: str) -> None:
    for when in (date(1868, 1, 25), date(1869, 12, 3), date(1872, 12, 2), date(1872, 12, 31)):
        n = when.year - 1867
        day = Day(when, "明治", "M", "㍾", n, "元" if n == 1 else str(n), when.year, when.month, when.day)
        read = parse_date(FORMS[form](day))
        assert (read.value, read.granularity, read.flags) == (str(when.year), "year", ("old_calendar",))
