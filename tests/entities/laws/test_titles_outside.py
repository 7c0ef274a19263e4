"""Titles that the shipped registry does not hold, in plain sentences: found whole, and never with another law's id.

The list of laws that they come from is not shipped: where it is absent, nothing is tried.
"""

from __future__ import annotations

import csv
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from pipeline.entities.laws.instruments import shipped
from pipeline.flow import load
from pipeline.lawbook.listed import plain_title
from pipeline.model.entity import Entity
from pipeline.model.source import Source

LIST = Path(__file__).parents[4] / "shared" / "reference" / "laws.tsv"
FRAMES = (
    "政府は、{title}を改正した。",
    "{title}第3条に基づき、処分した。",
    "{title}（{number}）が公布された。",
)
DAY = date(2026, 1, 1)
# Of the titles each so-manieth is tried (決め打ち: half a minute).
STEP = {"act": 4, "order": 24}
WHOLE = {"act": 0.95, "order": 0.85}

pytestmark = pytest.mark.skipif(not LIST.exists(), reason="the full list of laws is not here")


def _titles(kind: str) -> list[dict[str, str]]:
    known = shipped()
    names = {name.text for record in known.records for name in record.names}
    ids = {record.law_id for record in known.records}
    with LIST.open(encoding="utf-8", newline="") as stream:
        rows = [row | {"title": plain_title(row["title"])} for row in csv.DictReader(stream, delimiter="\t")]
    # 人事院規則八―一二（職員の任免） is cited by its number, and the bracket is another's to read.
    outside = [
        row
        for row in rows
        if row["law_id"] not in ids and row["title"] not in names and "人事院規則" not in row["title"]
    ]
    acts = [row for row in outside if ("法律第" in row["law_num"]) == (kind == "act")]
    return acts[:: STEP[kind]]


def _result(found: list[Entity], title: dict[str, str], start: int) -> str:
    end = start + len(title["title"])
    over = [entity for entity in found if entity.start < end and start < entity.end]
    # A law that the title of an act cites is no law that the sentence names; orders name their acts as places do.
    act = "法律第" in title["law_num"]
    if any(entity.law_id not in ("", title["law_id"]) and (act or entity.end >= end) for entity in over):
        return "another law's id"
    if any(entity.start == start and entity.end >= end for entity in over):
        return "whole"
    return "cut" if over else "missed"


@pytest.mark.parametrize("kind", ["act", "order"])
def test_titles_outside_the_registry(kind: str) -> None:
    analyze = load("sudachi")
    results: Counter[str] = Counter()
    for title in _titles(kind):
        for frame in FRAMES:
            text = frame.format(title=title["title"], number=title["law_num"])
            entities = analyze(Source("t", text, reference_date=DAY)).entities
            laws = [entity for entity in entities if entity.label == "LAW"]
            results[_result(laws, title, frame.index("{"))] += 1
    assert results["another law's id"] == 0, results
    assert results["whole"] / results.total() >= WHOLE[kind], results
