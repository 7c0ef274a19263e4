"""LAW from text to value: the table of cases, the heads and stems of titles, and speed on odd input."""

import csv
import re
from datetime import date
from importlib.resources import files

import pytest

from pipeline.model.entity import Entity
from pipeline.model.source import Source
from tests.case_tables import Case, cases, title
from tests.conftest import analyzer
from tests.growth import assert_linear

MARKED = re.compile("⟦([^⟧=]*)=?([^⟧]*)⟧")


def _laws(text: str, day: date | None = date(2014, 8, 5)) -> list[Entity]:
    document = analyzer()(Source("case", text, reference_date=day))
    return [entity for entity in document.entities if entity.label == "LAW"]


def _rows(path: str) -> list[dict[str, str]]:
    with files("pipeline").joinpath(f"data/{path}").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def _value(entity: Entity) -> str:
    """Write an entity as the table does: norm#article/paragraph/item@law_id."""
    places = ["|".join(place) for place in (entity.article, entity.paragraph, entity.item)]
    place = f"#{'/'.join(places)}" if any(places) else ""
    return entity.norm + place + (f"@{entity.law_id}" if entity.law_id else "")


@pytest.mark.parametrize("case", cases("laws"), ids=title)
def test_case(case: Case) -> None:
    found = _laws(case.text, case.reference_date)
    assert tuple(entity.text for entity in found) == case.marked, case.why
    assert tuple((entity.start, entity.end) for entity in found) == case.spans, case.why
    assert tuple(map(_value, found)) == case.expected, case.why


@pytest.mark.parametrize("row", _rows("law_heads.csv"), ids=lambda row: row["head"])
def test_head_finds_its_example_and_not_its_counter_example(row: dict[str, str]) -> None:
    assert [e.text for e in _laws(f"政府は、{row['example']}を改正した。")] == [row["example"]]
    assert _laws(f"これらの{row['counter_example']}について検討した。") == []


@pytest.mark.parametrize("row", _rows("law_stems.csv"), ids=lambda row: row["stem"])
def test_stem_finds_its_example_and_not_its_counter_example(row: dict[str, str]) -> None:
    assert row["stem"] in row["example"]
    found = [e.text for e in _laws(f"政府は、{row['example']}の運用を見直した。")]
    assert found == [row["example"]]
    assert _laws(f"その{row['counter_example']}を検討した。") == []


@pytest.mark.parametrize("row", _rows("law_methods.csv"), ids=lambda row: row["stem"])
def test_a_method_is_no_law_whatever_is_done_with_it(row: dict[str, str]) -> None:
    assert _laws(f"この{row['example']}を改正し、成立させた。") == []


@pytest.mark.parametrize("row", _rows("law_generic.csv"), ids=lambda row: row["name"])
def test_a_kind_or_field_of_law_is_no_law(row: dict[str, str]) -> None:
    assert _laws(f"これに伴う{row['name']}の整備を進める。") == []


@pytest.mark.parametrize("row", _rows("law_words.csv"), ids=lambda row: f"{row['list']} {row['word']}")
def test_a_word_decides_as_its_example_marks(row: dict[str, str]) -> None:
    """An example marks its laws by ⟦ and ⟧, and behind = the id of one that has it."""
    assert row["word"] in row["example"]
    assert row["word"] in row["counter_example"]
    for example in (row["example"], row["counter_example"]):
        found = _laws(MARKED.sub(r"\1", example))
        assert [(law.text, law.law_id) for law in found] == MARKED.findall(example)


def test_an_unknown_law_gets_no_id() -> None:
    (law,) = _laws("架空物資流通促進法が成立した。")
    assert (law.norm, law.law_num, law.law_id) == ("架空物資流通促進法", "", "")
    assert "not_in_registry" in law.flags


def test_a_wrong_number_gives_no_id() -> None:
    (law,) = _laws("架空物資流通促進法（昭和29年法律第165号）が成立した。")
    assert law.law_id == ""
    assert "number_mismatch" in law.flags


def test_a_law_of_another_country_gets_no_japanese_id() -> None:
    assert [law.law_id for law in _laws("韓国の電波法と、ドイツでは刑法が改正された。")] == ["", ""]


def test_an_anaphor_names_its_antecedent() -> None:
    law, again = _laws("電波法が改正された。同法は電波の利用を定める。")
    assert again.antecedent == law.entity_id
    assert again.law_id == law.law_id


def test_a_renamed_law_says_so() -> None:
    (law,) = _laws("周辺事態安全確保法第3条第1項第2号に基づく。")
    assert law.law_id == "411AC0000000060"
    assert "law_renamed" in law.flags


def test_a_definition_does_not_hold_before_it_is_made() -> None:
    found = _laws("架空振興の話。架空の里の振興に関する法律（以下「里法」という。）。里法による。")
    assert [law.text for law in found] == ["架空の里の振興に関する法律", "里法", "里法"]


@pytest.mark.parametrize(
    "unit", ["1", "一", "第1条", "（", "「", "法", "及び", "に関する", "の", "第１項及び", "附則", "A"]
)
def test_odd_input_takes_linear_time(unit: str) -> None:
    from pipeline.entities.laws.locators import read_locators
    from pipeline.entities.laws.numbered import LAW_NUMBER

    def read(size: int) -> None:
        text = "平成" + unit * (size // len(unit))
        read_locators("第" + text, 0)
        assert sum(1 for _ in LAW_NUMBER.finditer(text)) <= len(text)

    assert_linear(read, 50_000, 200_000)


def test_a_law_says_where_it_stands_today() -> None:
    (law,) = _laws("周辺事態安全確保法第3条第1項第2号に基づく。")
    assert law.url == "https://laws.e-gov.go.jp/law/411AC0000000060"
    assert law.title_today.startswith("重要影響事態に際して")
    assert {"law_renamed", "text_may_differ"} <= set(law.flags)


def test_an_anchor_stands_only_where_it_lands() -> None:
    def url(text: str, day: str) -> str:
        (law,) = _laws(text, date.fromisoformat(day))
        return law.url.removeprefix("https://laws.e-gov.go.jp/law/")

    assert (
        url("排他的経済水域及び大陸棚に関する法律第1条第2項による。", "2026-04-01")
        == "408AC0000000074#Mp-At_1-Pr_2"
    )
    assert (
        url("排他的経済水域及び大陸棚に関する法律第1条及び第2条による。", "2026-04-01") == "408AC0000000074"
    )
    assert (
        url("排他的経済水域及び大陸棚に関する法律第1条から第3条までによる。", "2026-04-01")
        == "408AC0000000074"
    )
    assert url("排他的経済水域及び大陸棚に関する法律第1条による。", "2014-04-01") == "408AC0000000074", (
        "it may have moved"
    )
    assert url("民法第709条による。", "2026-04-01") == "129AC0000000089", (
        "its anchors hold part, chapter and section"
    )


def test_a_text_that_was_never_amended_does_not_differ() -> None:
    (law,) = _laws("憲法第9条の解釈。")
    assert "text_may_differ" not in law.flags
    (law,) = _laws("民法第709条の解釈。")
    assert "text_may_differ" in law.flags
    (law,) = _laws("民法の解釈。")
    assert "text_may_differ" not in law.flags


def test_an_ambiguous_name_lists_its_candidates() -> None:
    (law,) = _laws("民事訴訟法の見直し。", date(1997, 4, 1))
    assert "ambiguous_name" in law.flags
    assert law.law_id == law.url == ""
    assert {c.law_num for c in law.candidates} == {"明治二十三年法律第二十九号", "平成八年法律第百九号"}


def test_what_nothing_names_is_unresolved() -> None:
    (law,) = _laws("同法は昨年改正された。")
    assert {"unresolved_anaphora", "unresolved"} <= set(law.flags)
    (law,) = _laws("架空物資流通促進法（平成3年法律第999号）による。")
    assert "unresolved" not in law.flags, "its number says which it is"


@pytest.mark.parametrize("row", _rows("law_phrases.csv"), ids=lambda row: f"{row['role']} {row['word']}")
def test_phrase_word_carries_a_title_on_or_ends_it(row: dict[str, str]) -> None:
    found = [entity.text for entity in _laws(f"政府は、{row['example']}を改正した。")]
    assert (found == [row["example"]]) == (row["role"] in ("takes_ni", "bearer")), found
    assert found
    if row["counter_example"]:
        assert row["counter_example"] not in [
            entity.text for entity in _laws(f"{row['counter_example']}である。")
        ]
