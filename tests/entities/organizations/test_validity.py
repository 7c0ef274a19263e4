"""Norms as of the day: every name of the registry means a body that bore it then, wherever there is one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from pipeline import facts
from pipeline.clean import fold
from pipeline.entities.names.registry import Validity, validity
from pipeline.entities.organizations.facts import own_names
from pipeline.entities.organizations.find import OrganizationName
from pipeline.entities.organizations.registry import organization_lexicon, organizations
from pipeline.entities.organizations.resolve import SECRETARIAT, OrganizationResolver
from pipeline.flow import load
from pipeline.model.source import Source

FIRST, LAST = date(1868, 1, 1), date(2026, 1, 1)


def _meant(name: str, day: date) -> tuple[str, ...]:
    records = organization_lexicon().get(fold(name))
    return OrganizationResolver(day).resolve(OrganizationName(name, records), 0, None).norms


def _days(*times: Validity) -> Iterator[date]:
    """Yield the days at which something begins, ends, has just ended, or is not there yet."""
    for time in times:
        for bound, step in ((time.first, -1), (time.last, 1)):
            if bound is not None:
                yield from (day for day in (bound, bound + timedelta(days=step)) if FIRST <= day <= LAST)


def _bearers(name: str, day: date) -> set[str]:
    """The norms of the bodies that bear a name on a day; 大臣官房 may be left out as the text does."""
    there = {
        record.name
        for record, own in organization_lexicon().get(fold(name))
        if record.valid.holds(day) and own.valid.holds(day)
    }
    there |= {
        own_names()[norm] for norm in there if norm in own_names()
    }  # グーグル is Google where it is written so
    return there | {SECRETARIAT.sub("", norm) for norm in there}


def test_a_name_of_several_bodies_means_one_that_bears_it_on_the_day() -> None:
    tried, wrong = 0, []
    for text in {name.text for record in organizations() for name in record.names}:
        records = organization_lexicon().get(fold(text))
        if len({record.name for record, _ in records}) < 2:
            continue
        for day in set(_days(*(time for record, own in records for time in (record.valid, own.valid)))):
            there, found = _bearers(text, day), _meant(text, day)
            tried += 1
            if there and not there & {*found}:
                wrong.append((text, day.isoformat(), found, there))
    assert tried > 500
    assert not wrong, wrong[:20]


def test_a_successor_follows_the_body_that_it_succeeds() -> None:
    rows = [row for path in facts.names("organizations") for row in facts.rows(path)]
    ends: dict[str, list[date | None]] = {}
    for row in rows:
        last = validity(row["valid"]).last
        ends.setdefault(row["name"], []).append(last)
    for row in rows:
        for successor in filter(None, row["succeeded_by"].split("|")):
            last = validity(row["valid"]).last
            if last is None:
                assert not row["valid"].endswith(".."), (row["name"], "has a successor and goes on")
                continue
            later = [end is None or end >= last for end in ends[successor]]
            assert any(later), (row["name"], successor)


@pytest.mark.parametrize(
    ("name", "day", "wanted"),
    [
        ("NTT東日本", date(2014, 8, 5), "東日本電信電話"),
        ("NTT東日本", date(2025, 10, 1), "NTT東日本"),
        ("東日本電信電話", date(2014, 8, 5), "東日本電信電話"),
        ("NTT East", date(2014, 8, 5), "東日本電信電話"),
        ("防衛庁", date(2000, 1, 1), "防衛庁"),
        ("JDA", date(2000, 1, 1), "防衛庁"),
        ("Ministry of Defense", date(2014, 8, 5), "防衛省"),
        ("International Maritime Bureau", date(2014, 8, 5), "国際海事局"),
    ],
)
def test_names_of_a_day(name: str, day: date, wanted: str) -> None:
    assert _meant(name, day) == (wanted,)


def test_names_in_latin_letters_lead_to_the_japanese_norm() -> None:
    """Of every Japanese body its first English name is found in a sentence, whole, with its Japanese norm."""
    rows = [
        row for path in facts.names("organizations") for row in facts.rows(path) if row["country"] == "JP"
    ]
    named = [(row["english"].split("|")[0].split("@")[0], row) for row in rows if row["english"]][::12]
    analyze = load("sudachi")
    wrong = []
    for name, row in named:
        time = validity(row["valid"])
        day = time.last or (time.first or date(2014, 8, 5)) + timedelta(days=366)
        document = analyze(Source("t", f"調査は{name}が行った。", reference_date=day))
        found = {entity.surface: entity.norm for entity in document.entities}
        if row["name"] not in found.get(fold(name), ""):
            wrong.append((name, row["name"], found))
    assert not wrong, wrong
