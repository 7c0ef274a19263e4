"""The registry of organizations: its form, and that a name means one body at one time."""

from __future__ import annotations

import csv
from collections import defaultdict
from datetime import date

import pytest

from pipeline.entities.names.registry import Name, Validity, validity
from pipeline.entities.organizations.registry import Organization, organizations
from tests.conftest import ROOT

FOLDER = ROOT / "pipeline/data/organizations"
COLUMNS = ["name", "kind", "country", "parent", "valid", "aliases", "english", "succeeded_by", "source"]
KINDS = frozenset(
    [
        "ministry",
        "agency",
        "bureau",
        "division",
        "council",
        "legislature",
        "court",
        "police",
        "prosecution",
        "military",
        "command",
        "unit",
        "school",
        "government",
        "cabinet",
        "embassy",
        "international",
        "alliance",
        "party",
        "university",
        "institute",
        "corporation",
        "company",
        "association",
        "union",
        "media",
        "local",
    ]
)


def rows() -> list[dict[str, str]]:
    found = []
    for path in sorted(FOLDER.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as stream:
            reader = csv.DictReader(stream)
            assert reader.fieldnames == COLUMNS, path.name
            found.extend(reader)
    return found


def overlap(a: Validity, b: Validity) -> bool:
    return (a.first or date.min) <= (b.last or date.max) and (b.first or date.min) <= (a.last or date.max)


def borne(record: Organization, name: Name) -> Validity:
    return record.valid if name.kind == "title" else name.valid


def test_there_are_enough() -> None:
    assert len(rows()) >= 1500


def test_rows_have_a_name_a_kind_and_a_source() -> None:
    for row in rows():
        assert row["name"], row
        assert row["name"] == row["name"].strip(), row
        assert row["source"], row
        assert row["kind"] in KINDS, row
        assert not row["country"] or (row["country"].isupper() and len(row["country"]) in (2, 3)), row


def test_times_can_be_read_and_run_forward() -> None:
    for row in rows():
        cells = [
            row["valid"],
            *(part.partition("@")[2] for cell in ("aliases", "english") for part in row[cell].split("|")),
        ]
        for cell in filter(None, cells):
            time = validity(cell)
            assert time.first is None or time.last is None or time.first <= time.last, row


def test_parents_and_successors_exist() -> None:
    names = {row["name"] for row in rows()}
    assert [row["parent"] for row in rows() if row["parent"] and row["parent"] not in names] == []
    successors = {name for row in rows() for name in row["succeeded_by"].split("|") if name}
    assert successors - names == set()


def test_no_name_means_two_bodies_at_one_time() -> None:
    bearers: dict[str, list[tuple[Organization, Name]]] = defaultdict(list)
    for record in organizations():
        for name in record.names:
            bearers[name.text].append((record, name))
    shared = [
        (text, first.name, second.name)
        for text, found in bearers.items()
        for i, (first, a) in enumerate(found)
        for second, b in found[i + 1 :]
        if first is not second and overlap(borne(first, a), borne(second, b))
    ]
    assert shared == []


@pytest.mark.parametrize(
    "word", ["公社", "本部", "連合", "委員会", "事務局", "政府", "部会", "当局", "協会", "財団"]
)
def test_no_ordinary_word_is_a_name(word: str) -> None:
    assert all(name.text != word for record in organizations() for name in record.names)
