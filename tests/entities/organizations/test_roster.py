"""organizations.csv: one row a body, with its kind, its parent, and how the text writes it."""

from __future__ import annotations

import csv
import io

import pytest

from pipeline import facts
from pipeline.document import tables
from pipeline.document.document import Document
from pipeline.entities.organizations.houjin import SCHEME, identifiers, is_number
from pipeline.entities.organizations.registry import organizations
from pipeline.entities.organizations.roster import roster
from pipeline.export import contents
from pipeline.flow import load
from tests.conftest import ROOT

TEXT = (
    "外務省北米局は、北大西洋条約機構（NATO）と協議した。NATOは、陸・海・空自と訓練した。\n"
    "日本銀行高松支店及び渋川工業が調査した。財務省と財務省が答えた。"
)


@pytest.fixture(scope="module")
def document() -> Document:
    return load("sudachi")(TEXT)


def test_every_body_has_one_row_in_the_order_of_first_mentions(document: Document) -> None:
    members = roster(document.entities)
    norms = [member.norm for member in members]
    assert len(set(norms)) == len(norms)
    assert norms[:5] == [
        "外務省北米局",
        "北大西洋条約機構",
        "陸上自衛隊",
        "海上自衛隊",
        "航空自衛隊",
    ]
    first: dict[str, str] = {}
    for entity in document.entities:
        for norm in entity.norm.split("|") if entity.label == "ORG" else ():
            first.setdefault(norm, entity.entity_id)
    assert {member.norm: member.entity_id for member in members} == first


def test_forms_are_counted_the_most_frequent_first(document: Document) -> None:
    rows = {row["norm"]: row for row in _rows(document)}
    assert rows["北大西洋条約機構"]["count"] == "3"
    assert rows["北大西洋条約機構"]["surfaces"] == "NATO|北大西洋条約機構"
    assert rows["陸上自衛隊"]["surfaces"] == "陸・海・空自"
    assert rows["財務省"]["count"] == "2"


def test_kinds_and_parents_come_from_the_registry_or_the_name(document: Document) -> None:
    rows = {row["norm"]: row for row in _rows(document)}
    assert (rows["外務省北米局"]["kind"], rows["外務省北米局"]["parent"]) == ("bureau", "外務省")
    assert rows["日本銀行高松支店"]["parent"] == "日本銀行"
    assert rows["財務省"]["parent"] == ""
    assert rows["財務省"]["ids"] == "houjin:8000012050001"
    assert rows["渋川工業"]["ids"] == ""


def test_the_frame_has_the_columns_of_the_file(document: Document) -> None:
    frame = document.to_frame("organizations")
    assert list(frame.columns) == list(tables.columns("organizations"))
    assert len(frame) == len(_rows(document))


def test_a_text_without_bodies_has_a_header_alone() -> None:
    assert _rows(load("sudachi")("雨が降った。")) == []


def _rows(document: Document) -> list[dict[str, str]]:
    content = contents(document, ["csv"])["organizations.csv"]
    return list(csv.DictReader(io.StringIO(content.removeprefix("\ufeff"))))


WRONG = ROOT.parent / "shared/reference/houjin_bangou_wrong.tsv"


def test_identifiers_are_of_bodies_of_the_registry_and_have_their_check_digit() -> None:
    found = facts.rows("org_ids.csv")
    names = [record.name for record in organizations()]
    assert all(names.count(row["name"]) >= 1 and "|" in row["source"] for row in found)
    numbers = [number.removeprefix(SCHEME) for ids in identifiers().values() for number in ids]
    assert all(map(is_number, numbers))
    assert len(set(numbers)) == len(numbers) == len(found)


@pytest.mark.parametrize(
    "number", ["", "800001213000", "80000121300011", "８０００012130001", "7000012130001", "8000012130010"]
)
def test_a_wrong_number_is_refused(number: str) -> None:
    assert not is_number(number)


@pytest.mark.skipif(not WRONG.exists(), reason="the list of wrong pairs is not on this machine")
def test_no_pair_that_is_known_to_be_wrong_is_listed() -> None:
    with WRONG.open(encoding="utf-8", newline="") as stream:
        wrong = {
            (row["claimed_name"], SCHEME + row["number"]) for row in csv.DictReader(stream, delimiter="\t")
        }
    assert wrong
    assert not wrong & {(name, number) for name, ids in identifiers().items() for number in ids}
