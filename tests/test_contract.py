"""Every file of a run, column by column, as design and docs promise."""

from __future__ import annotations

import csv
import json
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from pipeline.document import tables
from tests.conftest import CHAPTER, ROOT

ENTITY_COLUMNS = (
    "doc_id, entity_id, label, start, end, text, surface, norm, value, mod, start_date, end_date, granularity, era, "
    "era_year, law_num, law_id, article, paragraph, item, kind, section, sentence_id, rule, antecedent, confidence, flags"
).split(", ")


def _rows(path: Path) -> list[dict[str, str]]:
    assert path.read_bytes().startswith(b"\xef\xbb\xbf"), "spreadsheets in Japan need the byte-order mark"
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


@pytest.fixture(scope="module")
def raw() -> str:
    with (ROOT / f"corpus/{CHAPTER}.txt").open(encoding="utf-8", newline="") as stream:
        return stream.read()


@pytest.fixture(scope="module")
def entities(results: Path) -> list[dict[str, str]]:
    return _rows(results / "entities.csv")


@pytest.fixture(scope="module")
def document(results: Path) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((results / "entities.json").read_text(encoding="utf-8"))
    return loaded


def test_columns_are_those_of_the_contract(entities: list[dict[str, str]]) -> None:
    assert list(entities[0]) == ENTITY_COLUMNS == list(tables.ENTITY_COLUMNS)


def test_spans_and_texts(entities: list[dict[str, str]], raw: str) -> None:
    end = 0
    for row in entities:
        start = int(row["start"])
        assert start >= end, "in text order, and no two share a character"
        end = int(row["end"])
        text = (
            row["text"].removeprefix("'") if row["text"].startswith(("'=", "'+", "'-", "'@")) else row["text"]
        )
        assert raw[start:end] == text
        assert row["surface"]
        assert "\n" not in row["surface"]


def test_ids_labels_and_references(entities: list[dict[str, str]], results: Path) -> None:
    sentences = {row["sentence_id"] for row in _rows(results / "sentences.csv")}
    ids = [row["entity_id"] for row in entities]
    assert len(set(ids)) == len(ids)
    for row in entities:
        assert row["doc_id"] == CHAPTER
        assert row["label"] in ("ORG", "DATE", "LAW")
        assert row["sentence_id"] in sentences
        assert row["rule"]
        assert not row["antecedent"] or row["antecedent"] in ids
        assert 0 < float(row["confidence"]) <= 1
        assert row["norm"] or row["flags"], "what has no value says why"


def test_dates(entities: list[dict[str, str]]) -> None:
    for row in entities:
        if row["label"] != "DATE":
            assert not any(
                row[c] for c in ("value", "mod", "start_date", "end_date", "granularity", "era", "era_year")
            )
            continue
        assert row["norm"] == row["value"]
        assert row["mod"] in ("", "START", "MID", "END", "APPROX", "ON_OR_AFTER", "ON_OR_BEFORE")
        days = [date.fromisoformat(row[c]) for c in ("start_date", "end_date") if row[c]]
        assert days == sorted(days)
        assert (row["era"] == "") == (row["era_year"] == "") or row["antecedent"]


def test_laws(entities: list[dict[str, str]]) -> None:
    for row in entities:
        if row["label"] != "LAW":
            assert not any(row[c] for c in ("law_num", "law_id", "article", "paragraph", "item"))
        elif row["law_id"]:
            assert row["law_num"]
            assert len(row["law_id"]) == 15


def test_json_follows_its_schema_and_equals_the_csv(
    document: dict[str, Any], entities: list[dict[str, str]]
) -> None:
    schema = json.loads((ROOT / "docs/schemas/entities-1.json").read_text(encoding="utf-8"))
    jsonschema.validate(document, schema, cls=jsonschema.Draft202012Validator)
    assert document["document"]["reference_date"] == "2014-08-05"
    assert len(document["entities"]) == len(entities)
    for typed, row in zip(document["entities"], entities, strict=True):
        for column in ENTITY_COLUMNS:
            value = typed[column]
            if isinstance(value, list):
                value = (" > " if column == "section" else "|").join(value)
            assert row[column].removeprefix("'") == ("" if value is None else str(value)).removeprefix("'")


def test_sentences(results: Path, raw: str) -> None:
    rows = _rows(results / "sentences.csv")
    assert list(rows[0]) == list(tables.SENTENCE_COLUMNS)
    for row in rows:
        assert raw[int(row["start"]) : int(row["end"])].startswith(row["text"].lstrip("'")[:1])
        assert row["kind"] in (
            "heading", "paragraph", "list_item", "table", "caption", "footnote", "reference", "page_number", "gloss",
        )  # fmt: skip
        assert row["surface"].strip()


def test_tokens(results: Path, raw: str) -> None:
    rows = _rows(results / "tokens.csv")
    assert list(rows[0]) == list(tables.TOKEN_COLUMNS)
    for row in rows:
        assert 0 <= int(row["start"]) < int(row["end"]) <= len(raw)
        assert row["pos"]
        assert row["lemma"]
        assert row["upos"], "ginza is the default analyzer and gives UD tags"
        assert int(row["bunsetsu"]) >= 0
        surface = row["surface"].removeprefix("'") if len(row["surface"]) > 1 else row["surface"]
        assert "".join(row["short_units"].lstrip("'").split("|")) == surface or "|" in surface


def test_golden_results(results: Path) -> None:
    tables = ("entities.csv", "entities.json", "organizations.csv", "dates.csv", "laws.csv")
    for name in (*(f"{CHAPTER}/{table}" for table in tables), "documents.csv", "totals.csv"):
        golden = ROOT / "outputs" / name
        assert golden.read_bytes() == (results.parent / name).read_bytes(), (
            f"{name} differs from outputs/: if the change is meant, run 'make run', read the difference and commit it"
        )


def test_the_report_holds_every_mention(results: Path, entities: list[dict[str, str]]) -> None:
    html = (results / "report.html").read_text(encoding="utf-8")
    assert html.lower().startswith("<!doctype html>")
    for row in entities:
        assert f'data-id="{row["entity_id"]}"' in html
