"""The registry of laws, treaties and foreign statutes: its form, and its facts against e-Gov's list."""

import csv
import re
from collections import defaultdict
from datetime import date
from importlib.resources import files
from itertools import combinations

import pytest

from pipeline.entities.laws.numbers import kanji_number
from pipeline.entities.laws.registry import Instrument, instruments
from pipeline.entities.laws.title_forms import law_titles
from pipeline.entities.names.registry import validity
from tests.conftest import ROOT

FULL_LIST = ROOT.parent / "shared/reference/laws.tsv"
LAW_NUMBER = re.compile(
    r"(?:明治|大正|昭和|平成|令和)(?:元|[一二三四五六七八九十]+)年.+第[一二三四五六七八九十百千]+号|昭和二十一年憲法"
)
LAW_ID = re.compile(r"[1-5]\d\d(?:AC|CO|IO|DF|DT|DH|M\d|R)[0-9A-Z]+|321CONSTITUTION")


def _rows(name: str) -> list[dict[str, str]]:
    with files("pipeline").joinpath(f"data/{name}").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def _is_day(text: str) -> bool:
    return bool(re.fullmatch(r"\d{4}-\d\d-\d\d", text)) and bool(date.fromisoformat(text))


@pytest.mark.parametrize(
    ("name", "days", "numbers"),
    [
        ("laws.csv", ("promulgated", "status_date"), "law_num"),
        ("treaties.csv", ("signed", "in_force", "ended"), "treaty_num"),
    ],
)
def test_rows_are_well_formed(name: str, days: tuple[str, ...], numbers: str) -> None:
    for row in _rows(name):
        assert None not in row, row
        assert all(value == value.strip() for value in row.values()), row
        assert all(not row[day] or _is_day(row[day]) for day in days), row
        assert not row[numbers] or LAW_NUMBER.fullmatch(row[numbers]), row
        assert row["source"], row


def test_ids_are_well_formed_and_unique() -> None:
    ids = [row["law_id"] for row in _rows("laws.csv") if row["law_id"]]
    assert all(LAW_ID.fullmatch(law_id) for law_id in ids)
    assert len(ids) == len(set(ids))


def test_the_registry_is_as_large_as_promised() -> None:
    assert len(_rows("laws.csv")) >= 450
    assert len(_rows("treaties.csv")) >= 120


def test_validities_are_readable() -> None:
    for name, cells in (
        ("laws.csv", ("former_titles", "abbreviations")),
        ("treaties.csv", ("short_names", "english")),
    ):
        for row in _rows(name):
            for part in filter(None, "|".join(row[cell] for cell in cells).split("|")):
                text, at, time = part.partition("@")
                assert text, row
                found = validity(time) if at else None
                if found and found.first and found.last:
                    assert found.first <= found.last, (row["title"], part)


def _overlap(a: Instrument, b: Instrument, name: str) -> bool:
    """Whether two records bear a name at a time; a new law may bear the title of the one that it replaces."""
    if all(_is_title(record, name) for record in (a, b)):
        return False

    def times(record: Instrument) -> list[tuple[date, date]]:
        own = [n.valid for n in record.names if n.text == name]
        return [
            (
                max(v.first or date.min, record.valid.first or date.min),
                min(v.last or date.max, record.valid.last or date.max),
            )
            for v in own
        ]

    return any(max(x[0], y[0]) < min(x[1], y[1]) for x in times(a) for y in times(b))


def _is_title(record: Instrument, name: str) -> bool:
    """Whether a name is a title of an instrument, or another spelling of one."""
    titles = [n.text for n in record.names if n.kind in ("title", "former")]
    return name in titles or name in law_titles(titles)


def test_no_short_name_means_two_things_at_a_time() -> None:
    bearers: dict[str, list[Instrument]] = defaultdict(list)
    for instrument in instruments():
        for name in {n.text for n in instrument.names}:
            bearers[name].append(instrument)
    shared = [
        (name, a.number, b.number)
        for name, records in bearers.items()
        for a, b in combinations(records, 2)
        if _overlap(a, b, name)
    ]
    assert shared == []


def test_numbers_are_written_as_promulgated() -> None:
    assert kanji_number("平成11年法律第60号") == "平成十一年法律第六十号"
    assert kanji_number("昭和22年法律第120号") == "昭和二十二年法律第百二十号"
    assert kanji_number("令和元年法律第1001号") == "令和元年法律第千一号"


@pytest.mark.skipif(not FULL_LIST.exists(), reason="the full list of e-Gov is not here")
def test_every_id_number_and_title_is_that_of_the_full_list() -> None:
    with FULL_LIST.open(encoding="utf-8", newline="") as stream:
        known = {row["law_id"]: row for row in csv.DictReader(stream, delimiter="\t")}
    wrong = []
    for row in _rows("laws.csv"):
        if not row["law_id"]:
            continue
        fact = known.get(row["law_id"])
        title = re.sub(r"^.*号（(.*)）$", r"\1", fact["title"].removesuffix("　抄")) if fact else ""
        day = fact["promulgation_date"] if fact else ""
        same = (
            fact
            and fact["law_num"] == row["law_num"]
            and title == row["title"]
            and day in ("", row["promulgated"])
        )
        if not same:
            wrong.append((row["title"], row["law_id"], fact))
    assert wrong == []
