"""structure.json, the account of every character, and ``hakusho inspect``."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings

from pipeline.clean import clean
from pipeline.model.source import Source
from pipeline.structure import structure
from pipeline.structure.headings import ordinal
from pipeline.structure.inspection import COLUMNS, Inspection
from pipeline.structure.trace import trace
from pipeline.structure.tree import structure_object
from tests.conftest import ROOT
from tests.structure.test_structure import ANY_TEXT

SCHEMA = json.loads((ROOT / "docs/schemas/structure-1.json").read_text(encoding="utf-8"))


def tree_of(raw: str) -> dict[str, Any]:
    found = structure(clean(Source("x", raw)))
    return structure_object("x", raw, found.blocks, found.sentences)


def walk(nodes: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [node for top in nodes for node in (top, *walk(top.get("children", [])))]


@settings(deadline=None, max_examples=60)
@given(ANY_TEXT)
def test_any_text_has_a_tree_of_the_published_form(raw: str) -> None:
    tree = tree_of(raw)
    jsonschema.validate(tree, SCHEMA)
    blocks = structure(clean(Source("x", raw))).blocks
    assert sorted(node["block_id"] for node in walk(tree["blocks"])) == [b.block_id for b in blocks]


@settings(deadline=None, max_examples=100)
@given(ANY_TEXT)
def test_every_raw_character_is_accounted_for_once(raw: str) -> None:
    text = clean(Source("x", raw))
    found = structure(text)
    passages = trace(text, *found)
    assert "".join(p.raw for p in passages) == raw
    assert [p.start for p in passages] == [0, *(p.end for p in passages[:-1])][: len(passages)]
    texts: dict[str, str] = {}
    for p in passages:
        assert p.sentence_id or p.reason, p
        assert p.sentence_id or not p.clean
        assert p.clean == p.raw or p.reason, p
        texts[p.sentence_id] = texts.get(p.sentence_id, "") + p.clean
    for s in found.sentences:
        assert texts[s.sentence_id] == s.text


def test_reasons_are_named() -> None:
    raw = "平成\n２５年¹の㈱報告（SDC）^{Subcommittee for Defense}は、\f進む\u200bだ。\n年\t件\n¹ 注だ。"
    text = clean(Source("x", raw))
    assert [(p.raw, p.clean, p.reason) for p in trace(text, *structure(text)) if p.reason] == [
        ("\n", "", "line end within a sentence"),
        ("２５", "25", "width"),
        ("¹", "", "footnote marker"),
        ("㈱", "（株）", "spelled out"),
        ("^{", "", "sign of a gloss"),
        ("}", "", "sign of a gloss"),
        ("\f", "", "line end"),
        ("\u200b", "", "invisible character"),
        ("\n", "", "line end"),
        ("\t", "", "border of a cell"),
        ("\n", "", "line end"),
        ("¹ ", "", "number of a footnote"),
    ]


def test_headings_hold_what_stands_under_them() -> None:
    tree = tree_of("第1章　総論\n　本文だ。\n第1節　現状\n　次だ。\n第2章　対策\n　対策だ。\n")
    assert [node["title"] for node in tree["blocks"]] == ["第1章　総論", "第2章　対策"]
    first = tree["blocks"][0]["children"]
    assert [(n["kind"], n.get("title")) for n in first] == [("paragraph", None), ("heading", "第1節　現状")]


@pytest.mark.parametrize(
    ("titles", "levels"),
    [
        ("1　甲/（1）　乙/（2）　丙/2　丁", [1, 2, 2, 1]),
        ("第2節　甲/第3章　乙/第1節　丙", [1, 1, 2]),
        ("1　甲/2　乙/3　丙/1　丁/2　戊/4　己", [1, 1, 1, 2, 2, 1]),
        ("1　甲/①　乙/2　丙/3　丁/2　戊", [1, 2, 2, 2, 1]),
        ("1-1　甲/1-1-1　乙/1-2　丙", [1, 2, 1]),
        ("1　甲/（1）　乙/コラム　丙/（2）　丁", [1, 2, 2, 2]),
        ("第1章　甲/コラム　乙/第2章　丙", [1, 2, 1]),
        ("ア　甲/（ア）　乙/（イ）　丙/イ　丁", [1, 2, 2, 1]),
        ("1　甲/ア　乙/第2章　丙/1　丁", [1, 2, 1, 2]),
    ],
)
def test_a_series_of_headings_is_carried_on(titles: str, levels: list[int]) -> None:
    raw = "".join(f"{title}\n　本文である。\n" for title in titles.split("/"))
    found = structure(clean(Source("x", raw))).blocks
    assert [b.level for b in found if b.kind == "heading"] == levels


def test_a_number_that_carries_nothing_on_is_no_heading() -> None:
    raw = "1　甲\n　本文である。\n2　乙\n　本文である。\n18　端数の扱い\n　本文である。\n3　丙\n　本文である。\n"
    found = structure(clean(Source("x", raw))).blocks
    assert [raw[b.start : b.end] for b in found if b.kind == "heading"] == ["1　甲", "2　乙", "3　丙"]


@pytest.mark.parametrize(("title", "number"), [("第十二節　甲", 12), ("Ⅲ　甲", 3), ("◆甲", 0), ("b）甲", 2)])
def test_ordinals(title: str, number: int) -> None:
    assert ordinal(title) == number


def test_footnotes_know_their_markers() -> None:
    raw = "周辺事態¹と協力²を進めた。（注）\n¹ そのまま放置した事態\n² 共同の対処\n（注）速報値である。\n"
    notes = [b for b in structure(clean(Source("x", raw))).blocks if b.kind == "footnote"]
    assert [(b.label, [raw[a:z] for a, z in b.markers]) for b in notes] == [
        ("1", ["¹"]),
        ("2", ["²"]),
        ("注", ["（注）"]),
    ]


def test_the_same_number_points_to_the_next_note() -> None:
    raw = "甲¹である。\n¹ 甲の注\n\n第2節　乙\n乙¹である。\n¹ 乙の注\n"
    notes = [b for b in structure(clean(Source("x", raw))).blocks if b.kind == "footnote"]
    assert [b.markers for b in notes] == [((1, 2),), ((raw.index("乙¹") + 1, raw.index("乙¹") + 2),)]


def test_glosses_know_what_they_explain_and_where_they_were() -> None:
    raw = "防衛協力小委員会（SDC）^{Subcommittee for Defense Cooperation}は、協議した。\n"
    found = structure(clean(Source("x", raw)))
    gloss = next(b for b in found.blocks if b.kind == "gloss")
    assert raw[gloss.start : gloss.end] == "Subcommittee for Defense Cooperation"
    assert gloss.explains
    assert raw[slice(*gloss.explains)] == "SDC"
    assert gloss.parent == next(b.block_id for b in found.blocks if b.kind == "paragraph")
    assert [s.text for s in found.sentences] == [
        "防衛協力小委員会（SDC）は、協議した。",
        raw[gloss.start : gloss.end],
    ]


def test_merged_cells_are_carried_down() -> None:
    tree = tree_of("年\t月\t事項\n平成3年\t1月\t発効\n\t2月\t改正\n\t\t施行\n平成4年\t\t廃止\n")
    rows = tree["blocks"][0]["rows"]
    assert [[(cell["text"], cell["carried_from"]) for cell in row["cells"]] for row in rows] == [
        [("年", None), ("月", None), ("事項", None)],
        [("平成3年", None), ("1月", None), ("発効", None)],
        [("平成3年", 1), ("2月", None), ("改正", None)],
        [("平成3年", 1), ("2月", 2), ("施行", None)],
        [("平成4年", None), ("廃止", None)],
    ]


def test_inspect_shows_every_repair_with_its_reason() -> None:
    raw = "平成\n25年¹の（工）報告。\n¹ 注である。\n"
    inspection = Inspection(Source("x", raw))
    shown = inspection.as_text()
    assert "⏎ → ∅  line end within a sentence" in shown
    assert "¹ → ∅  footnote marker" in shown
    assert "note 1, marker [6, 7)" in shown
    assert "same   注である。" in shown
    assert "same" not in inspection.as_text(changes=True)


def test_inspect_as_data_tiles_the_text() -> None:
    raw = "第1章　総論\n　=SUM(1)は、\n協定\f案だ。\n"
    inspection = Inspection(Source("x", raw))
    objects = json.loads(inspection.as_json())
    assert "".join(row["raw"] for row in objects) == raw
    rows = list(csv.DictReader(io.StringIO(inspection.as_csv())))
    assert tuple(rows[0]) == COLUMNS
    assert len(rows) == len(objects)
