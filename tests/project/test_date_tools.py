"""``make no-dates`` and ``make undated``: the counts that they write."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pipeline
from pipeline.entities.dates.facts import CONTEXTS
from pipeline.model.source import Source
from pipeline.scoring.gold import GoldMention
from tools import no_dates, undated
from tools.gold_sets import Set

TEXT = "平成20年に開いた。約3年を経て、平成24年に改めた。10年間の計画である。"


def test_each_number_is_counted_once_by_its_kind(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    documents = no_dates.texts(tmp_path)
    found = no_dates.found(documents)
    assert sorted(place[2:] for place in found) == [(0, 5), (7, 12)]
    assert no_dates.kinds(documents, found) == {"": 2, "before_number": 1, "after_bare_year": 1}


def test_what_is_read_without_a_kind_is_counted(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("平成20年に開いた。24年間の計画である。", encoding="utf-8")
    kept = dict(CONTEXTS)
    lines = no_dates.page(no_dates.texts(tmp_path)).splitlines()
    assert kept == CONTEXTS
    assert any(
        line.startswith("| `after_bare_year` ") and line.endswith(" 1 | 50.0% | 1 |") for line in lines
    )


def test_values_without_a_reference_date_are_judged() -> None:
    source = Source("a", "昨年に改めた。平成20年に開いた。2年に終えた。", reference_date=date(2014, 8, 5))
    part = Set(
        [source], [GoldMention("a", "DATE", 0, 2, norm="2013"), GoldMention("a", "DATE", 7, 12, norm="2009")]
    )
    counted = undated.counts(part, pipeline.load("sudachi"))
    assert counted["empty, flagged"] == counted["wrong, not flagged"] == 1
    assert not counted["right"]
