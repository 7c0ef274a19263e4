"""What the mentions around a mention and the words at its edges say is named as it is."""

from __future__ import annotations

import json

import pytest

from pipeline.flow import Analyzer
from pipeline.model.entity import Mention
from pipeline.model.source import Source
from pipeline.resolve.confidence import Company, found_by
from pipeline.resolve.confidence.company import LEFT_OF_A_PLACE, MANY, of_company, of_edges
from tests.conftest import ROOT


def _mention(label: str, text: str, part: str, rule: str = "registry") -> Mention[None]:
    start = text.index(part)
    return Mention(label, 0, start, start + len(part), rule, None)


def test_a_norm_has_the_rules_that_found_it_and_their_surface() -> None:
    told = [
        ("ORG", "青葉協会", "definition", "青協"),
        ("ORG", "青葉協会", "legal_form", "一般社団法人青葉協会"),
        ("ORG", "青葉協会", "legal_form", "青葉協会"),
        ("LAW", "青葉協会", "registry", "青葉協会"),
    ]
    assert found_by(told)["ORG", "青葉協会"] == {"definition": "青協", "legal_form": MANY}


def test_a_short_name_is_told_by_what_found_the_long_one() -> None:
    text = "青協は決めた。"
    company = Company(rules={"definition": "青協", "content_name": "青葉協議会"})
    mention = _mention("ORG", text, "青協", "definition")
    assert of_company(mention, "青葉協議会", text, company) == [
        "also content_name",
        "definition also content_name",
    ]
    alone = Company(rules={"definition": "青協"})
    assert of_company(mention, "青葉協議会", text, alone) == []


@pytest.mark.parametrize(
    ("text", "part", "before", "behind", "wanted"),
    [
        ("国会の委員会", "委員会", (2, "ORG"), None, ["の before ORG"]),
        ("審議会 分科会", "審議会", None, (4, "ORG"), ["blank from ORG"]),
        ("審議会分科会", "分科会", (3, "ORG"), None, ["touches ORG"]),
        ("協会、学会", "学会", (2, "ORG"), None, ["mark from ORG"]),
        ("協会及び学会", "学会", (2, "ORG"), None, []),
    ],
)
def test_neighbours(
    text: str,
    part: str,
    before: tuple[int, str] | None,
    behind: tuple[int, str] | None,
    wanted: list[str],
) -> None:
    assert of_company(_mention("ORG", text, part), part, text, Company(before, behind)) == wanted


@pytest.mark.parametrize(
    ("text", "part", "label", "rule", "norm", "there", "absent"),
    [
        ("（総務省）の調査", "総務省", "ORG", "registry", "総務省", "fills a bracket", "opens a bracket"),
        ("「総務省と話す」", "総務省", "ORG", "registry", "総務省", "opens a bracket", "fills a bracket"),
        ("国連は決めた", "国連", "ORG", "registry", "国際連合", "registry norm subseq", "registry norm same"),
        ("民法第3条ただし書", "民法第3条", "LAW", "registry_place", "民法", "place leftover", "place clean"),
        ("民法第3条の規定", "民法第3条", "LAW", "registry_place", "民法", "place clean", "place leftover"),
        ("民法の一部を改める", "民法", "LAW", "registry", "民法", "の一部", "no place leftover"),
    ],
)
def test_edges(
    text: str, part: str, label: str, rule: str, norm: str, there: str, absent: str, analyze: Analyzer
) -> None:
    analysis = analyze(Source("d", text)).analyses[0]
    found = of_edges(_mention(label, text, part, rule), norm, analysis)
    assert there in found
    assert absent not in found


def test_what_begins_the_rest_of_a_place() -> None:
    for example in LEFT_OF_A_PLACE.reads:
        before, _, rest = example.partition("⟦")
        part, _, behind = rest.partition("⟧")
        match = LEFT_OF_A_PLACE.match(before + part + behind)
        assert match is not None
        assert match.group() == part
    for example in LEFT_OF_A_PLACE.leaves:
        assert LEFT_OF_A_PLACE.match(example) is None


def test_first_sight_holds_evidence_and_no_text() -> None:
    content = json.loads((ROOT / "corpus/standoff/first_sight.json").read_text(encoding="utf-8"))
    names = content["evidence"]
    assert max(map(len, names)) < 60
    assert {run for run, *_ in content["mentions"]} == {"first", "others"}
    for _, doc_id, label, right, start, evidence in content["mentions"]:
        assert (bool(doc_id), label in ("ORG", "DATE", "LAW"), right in (0, 1), start >= 0) == (True,) * 4
        assert all(0 <= at < len(names) for at in evidence)
