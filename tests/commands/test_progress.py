"""What a person is told of the days on which documents speak."""

from __future__ import annotations

from typing import Any

from pipeline.commands.progress import days_told
from pipeline.runs.outcomes import Outcome


def outcome(doc_id: str, day: str = "", **told: Any) -> Outcome:
    return Outcome(
        doc_id, "", reference_date=day or None, evidence={"reference_date": {"source": "", **told}}
    )


def test_one_line_on_the_days_and_one_on_documents_without() -> None:
    lines = list(
        days_told(
            [
                outcome("a", "2014-08-05", source="manifest", quote="2014/8/5"),
                outcome("b", "2014-08-05", source="option"),
                outcome("c", "2023-07-01", source="title_page", quote="令和5年版港湾白書" * 9),
                outcome("d"),
                outcome("e", doubt="title_page gives several days"),
                Outcome("f", "", error="f: no such file"),
            ]
        )
    )
    assert len(lines) == 2
    assert lines[0].startswith(
        "reference dates: 1 from manifest; 1 from --reference-date; c 2023-07-01 (title_page: 令和"
    )
    assert lines[0].endswith("…)")
    assert lines[1].startswith("no reference date: d, e (title_page gives several days): ")
    assert "give --reference-date YYYY-MM-DD, or the column reference_date in a manifest.csv" in lines[1]


def test_many_documents_are_counted() -> None:
    (line,) = days_told([outcome(f"d{n}") for n in range(25)])
    assert "d0, d1" in line
    assert "d9, and 15 more: " in line
    assert list(days_told([])) == []
