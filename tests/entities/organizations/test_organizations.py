"""Names of bodies: the examples of the facts, a table of sentences, and what holds for any text."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path
from unittest import mock

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.entities.organizations.coordination import coordinated
from pipeline.entities.organizations.facts import is_bare, without_legal_form
from pipeline.entities.organizations.registry import organization_lexicon
from pipeline.model.entity import Candidate, Entity
from pipeline.model.source import Source
from pipeline.resolve import confidence
from tests.case_tables import Case, cases, title, unmarked
from tests.conftest import ROOT, analyzer
from tests.growth import assert_linear, assert_linear_steps

DATA = ROOT / "pipeline/data"


CANDIDATE_END = "candidate_end"


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


WORDS = rows(DATA / "org_words.csv")


def organizations(text: str, day: date | None = date(2010, 7, 1)) -> list[Entity]:
    source = Source("case", text, reference_date=day)
    return [entity for entity in analyzer()(source).entities if entity.label == "ORG"]


def offered(text: str) -> list[Candidate]:
    with mock.patch.object(confidence, "candidate_threshold", return_value=0.0):
        return list(analyzer()(Source("case", text, reference_date=date(2010, 7, 1))).candidates)


@pytest.mark.parametrize("row", rows(DATA / "org_heads.csv"), ids=lambda row: f"{row['head']}-{row['needs']}")
def test_head_matches_its_example_and_not_its_counter_example(row: dict[str, str]) -> None:
    found = [entity.text for entity in organizations(f"昨日、{row['example']}は設立された。")]
    assert row["example"].partition("（")[0].strip("「」") in found
    assert row["counter_example"] not in [
        e.text for e in organizations(f"昨日、{row['counter_example']}が開かれた。")
    ]


@pytest.mark.parametrize("case", cases("organizations"), ids=title)
def test_sentence(case: Case) -> None:
    found = organizations(case.text, case.reference_date)
    assert tuple((e.start, e.end) for e in found) == case.spans, (case.why, [e.text for e in found])
    assert tuple(e.norm for e in found) == case.expected, case.why


@pytest.mark.parametrize("row", rows(DATA / "org_english.csv"), ids=lambda row: row["head"])
def test_english_head_matches_its_example_and_not_its_counter_example(row: dict[str, str]) -> None:
    assert row["example"] in [
        entity.text for entity in organizations(f"昨日、{row['example']}が設立された。")
    ]
    assert organizations(f"昨日、{row['counter_example']}が設立された。") == []


@pytest.mark.parametrize("row", rows(DATA / "org_homographs.csv"), ids=lambda row: row["name"])
def test_homograph_is_a_body_in_its_counter_example_alone(row: dict[str, str]) -> None:
    assert row["name"] in row["example"]
    assert row["name"] not in [entity.text for entity in organizations(row["example"])]
    text, spans = unmarked(row["counter_example"])
    assert tuple((entity.start, entity.end) for entity in organizations(text)) == spans
    assert len(spans) == 1


@pytest.mark.parametrize(
    "row",
    [row for row in (*WORDS, *rows(DATA / "org_goods.csv")) if row.get("role") != CANDIDATE_END],
    ids=lambda row: f"{row.get('role') or row['class']}-{row['word']}",
)
@pytest.mark.parametrize("cell", ["example", "counter_example"])
def test_word_shows_in_what_is_found(row: dict[str, str], cell: str) -> None:
    text, spans = unmarked(row[cell])
    assert tuple((entity.start, entity.end) for entity in organizations(text)) == spans


@pytest.mark.parametrize(
    "row", [row for row in WORDS if row["role"] == CANDIDATE_END], ids=lambda row: row["word"]
)
def test_end_of_a_run_offers_it(row: dict[str, str]) -> None:
    """A word that ends a run of nouns makes a candidate of it, if it is no body by its head."""
    text, (span,) = unmarked(row["example"])
    assert span in [(one.start, one.end) for one in (*organizations(text), *offered(text))]
    assert "end_of_a_body" not in [near.reason for near in offered(row["counter_example"])]


@pytest.mark.parametrize("row", rows(DATA / "legal_forms.csv"), ids=lambda row: row["form"])
def test_legal_form_is_of_the_name_but_not_of_the_norm(row: dict[str, str]) -> None:
    found = organizations(f"昨年、{row['example']}が調査した。")
    assert [entity.surface for entity in found] == [row["example"]]
    assert row["script"] != "long" or row["form"] not in found[0].norm
    assert "（" not in found[0].norm


@pytest.mark.parametrize("row", rows(DATA / "org_federations.csv"), ids=lambda row: row["name"])
def test_a_federation_is_registered_and_found_beside_its_like(row: dict[str, str]) -> None:
    assert organization_lexicon().get(row["name"])
    federations = {other["name"] for other in rows(DATA / "org_federations.csv")}
    listed = [entity.norm for entity in organizations(f"経団連、{row['short']}と協議した。")]
    assert len(listed) == 2
    assert listed[1] in federations


@pytest.mark.parametrize("row", rows(DATA / "org_own_names.csv"), ids=lambda row: row["own"])
def test_firm_abroad_keeps_the_name_that_it_calls_itself_by(row: dict[str, str]) -> None:
    text, spans = unmarked(row["example"])
    assert [(e.start, e.end, e.norm) for e in organizations(text)] == [(*spans[0], row["own"])]
    assert [e.norm for e in organizations(f"{row['name']}が発表した。")] == [row["name"]]


@pytest.mark.parametrize(
    ("publisher", "norms"),
    [
        ("青森県", ["青森県県民生活部消費生活センター", "青森県市町村課"]),
        ("青森県総務部", ["青森県県民生活部消費生活センター", "青森県市町村課"]),
        ("総務省", []),
        ("", []),
    ],
)
def test_office_belongs_to_the_prefecture_that_publishes(publisher: str, norms: list[str]) -> None:
    text = "県民生活部消費生活センターと市町村課が、各部の担当課と一部のコールセンターに答えた。"
    found = analyzer()(Source("case", text, publisher=publisher)).entities
    assert [entity.norm for entity in found] == norms


@pytest.mark.parametrize("row", rows(DATA / "org_not_before.csv"), ids=lambda row: row["example"])
def test_longer_word_holds_no_body(row: dict[str, str]) -> None:
    found = [entity.text for entity in organizations(row["example"])]
    assert all(not name.endswith(row["after"] or name) for name in found)


@pytest.mark.parametrize("row", rows(DATA / "org_coordination.csv"), ids=lambda row: row["name"])
def test_coordination_matches_its_example(row: dict[str, str]) -> None:
    assert any(
        row["name"] in "".join(names)
        for _, _, names in coordinated(row["example"], organization_lexicon().get)
    )


@pytest.mark.parametrize(
    "row", [r for r in rows(DATA / "phrase_words.csv") if r["role"] == "link"], ids=lambda row: row["word"]
)
def test_linking_word_holds_a_name_together(row: dict[str, str]) -> None:
    assert [entity.text for entity in organizations(f"昨日、{row['example']}が開かれた。")] == [
        row["example"]
    ]


@pytest.mark.parametrize(
    ("text", "flagged"),
    [
        ("原子力委員会が審議した。", False),
        ("青葉湖水質保全協議会が審議した。", True),
        ("株式会社青葉湖観光開発が運営する。", True),
        ("（株）日立製作所が受注した。", False),
        ("陸・海・空自が参加した。", False),
        ("青葉・若葉両大学が参加した。", True),
        ("日本銀行高松支店が調査した。", False),
    ],
)
def test_a_name_that_no_registry_holds_is_flagged(text: str, flagged: bool) -> None:
    assert ["not_in_registry" in entity.flags for entity in organizations(text)] == [flagged]


def test_coordination_has_the_kind_of_its_members() -> None:
    assert [entity.kind for entity in organizations("陸・海・空自と衆参両院")] == ["military", "legislature"]


def test_legal_forms_are_left_out() -> None:
    for name in ("昭和電工株式会社", "株式会社昭和電工", "（株）昭和電工", "昭和電工（株）"):
        assert without_legal_form(name) == "昭和電工"
    assert without_legal_form("Vonage Holdings Corp.") == "Vonage Holdings"
    assert without_legal_form("株式会社") == "株式会社"


def test_bare_heads() -> None:
    assert is_bare("委員会")
    assert is_bare("専門部会")
    assert not is_bare("原子力規制委員会")


def test_coordination_names_each_member() -> None:
    known = organization_lexicon().get
    assert list(coordinated("東京・大阪両地方裁判所", known)) == [
        (0, 11, ("東京地方裁判所", "大阪地方裁判所"))
    ]
    assert list(coordinated("日米両政府と各省庁", known)) == []


PIECES = [
    "総務省",
    "の",
    "委員会",
    "（",
    "）",
    "「",
    "」",
    "第3",
    "回",
    "株式会社",
    "ABC",
    " ",
    "\u3000",
    "・",
    "東京",
    "両",
    "省",
    "庁",
    "社",
    "に関する",
    "研究会",
    "、",
    "。",
    "以下",
    "という",
    "EC",
    "グループ",
    "日",
    "世紀",
    "21",
    "米",
    "出典：",
    "\n",
    "𠮷",
    "ｶﾞ",
]


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join) | st.text(max_size=80))
def test_any_text_gives_spans_that_lie_in_it_and_do_not_overlap(text: str) -> None:
    end = 0
    for entity in organizations(text):
        assert end <= entity.start < entity.end <= len(text)
        assert entity.text == text[entity.start : entity.end]
        assert entity.norm
        end = entity.end


@pytest.mark.parametrize(
    ("piece", "end"),
    [
        ("委員会", ""),
        ("（", ""),
        ("第3", ""),
        ("株式会社", ""),
        ("A ", ""),
        ("ア", ""),
        ("カ", "株式会社"),
        ("・", ""),
        ("東京・", ""),
        ("「委員会", ""),
        ("省", ""),
        ("外務、", "両省"),
        ("日産", ""),
        ("の森を守る", "会"),
    ],
)
def test_long_runs_take_linear_time(piece: str, end: str) -> None:
    begin = "特定非営利活動法人" * ("森" in piece)
    assert_linear(organizations, begin + piece * 600 + end, begin + piece * 2400 + end)
    assert_linear_steps(organizations, begin + piece * 200 + end, begin + piece * 800 + end)
