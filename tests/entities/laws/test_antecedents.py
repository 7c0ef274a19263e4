"""How far away an antecedent stands: in the entities, in entities.json, and read back from a finished run."""

from __future__ import annotations

import csv
import json
from shutil import copytree
from typing import TYPE_CHECKING

from pipeline.document import tables
from pipeline.export import entity_object
from pipeline.runs.finished import sources
from pipeline.runs.read_back import read_entities

if TYPE_CHECKING:
    from pathlib import Path

    from pipeline.flow import Analyzer

TEXT = (
    "平成22年3月に発足した。概要は次のとおりである。同年10月に改定した。同月20日に公表し、翌21日に施行した。"
)


def test_distance_counts_sentences(analyze: Analyzer) -> None:
    found = analyze(TEXT).entities
    assert [(e.text, e.antecedent, e.antecedent_distance) for e in found] == [
        ("平成22年3月", "", None),
        ("同年10月", "e00001", 2),
        ("同月20日", "e00002", 1),
        ("翌21日", "e00003", 0),
    ]


def test_the_second_end_of_a_range_has_its_antecedent_too(analyze: Analyzer) -> None:
    found = analyze("平成22年3月に発足した。同年4月から同年6月まで開いた。").entities
    assert [(e.antecedent, e.antecedent_distance) for e in found][1:] == [("e00001", 1)]


def test_a_law_has_it_too(analyze: Analyzer) -> None:
    found = [
        e for e in analyze("自衛隊法を改めた。概要を示す。同法第3条による。").entities if e.label == "LAW"
    ]
    assert [e.antecedent_distance for e in found] == [None, 2]


def test_it_is_no_column_of_the_table(analyze: Analyzer) -> None:
    document = analyze(TEXT)
    assert "antecedent_distance" not in tables.ENTITY_COLUMNS
    assert [entity_object(e)["antecedent_distance"] for e in document.entities] == [None, 2, 1, 0]


def test_it_agrees_with_the_sentences_of_a_run(results: Path) -> None:
    with (results / "sentences.csv").open(encoding="utf-8-sig", newline="") as stream:
        order = {row["sentence_id"]: n for n, row in enumerate(csv.DictReader(stream))}
    entities = json.loads((results / "entities.json").read_text(encoding="utf-8"))["entities"]
    places = {e["entity_id"]: order[e["sentence_id"]] for e in entities}
    assert any(e["antecedent_distance"] for e in entities)
    for e in entities:
        away = places[e["entity_id"]] - places[e["antecedent"]] if e["antecedent"] else None
        assert e["antecedent_distance"] == away


def test_a_finished_run_gives_it_back(results: Path, tmp_path: Path) -> None:
    written = json.loads((results / "entities.json").read_text(encoding="utf-8"))["entities"]
    (source,) = sources(results.parent)
    read = read_entities(results, source)
    assert json.loads(json.dumps([entity_object(e) for e in read])) == written

    copy = copytree(results, tmp_path / results.name)
    (copy / "entities.json").unlink()
    assert all(e.antecedent_distance is None for e in read_entities(copy, source))
