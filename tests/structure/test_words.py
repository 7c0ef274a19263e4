"""The words of lines: each is read in its example, left in its counter-example, and decides."""

from __future__ import annotations

import re

import pytest

from pipeline.facts import rows
from pipeline.model.rule import CLOSE, OPEN, Rule
from pipeline.structure import edges, forms, loners, notes, schemes
from pipeline.structure.words import words

PLACES: dict[str, Rule] = {
    "title_end": edges.TITLE_END,
    "begins_sentence": edges.BEGINS,
    "begins_within": edges.CARRIED,
    "column_title": dict(schemes.SCHEMES)["コラム"],
    "note": forms.FOOTNOTE,
    "credit": loners.CREDIT,
    "doing": loners.DOING,
    "behind_number": notes.GLUED,
}
ROWS = rows("line_words.csv")


def test_every_place_has_a_rule() -> None:
    assert {row["place"] for row in ROWS} == set(PLACES)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['place']}-{row['word']}")
def test_each_word_decides(row: dict[str, str]) -> None:
    rule = PLACES[row["place"]]
    example, start, end = row["example"], row["example"].index(OPEN), row["example"].index(CLOSE) - 1
    text = example.replace(OPEN, "").replace(CLOSE, "")
    found = rule.match(text, start)
    assert found
    assert found.span() == (start, end)
    # Rules that look at the beginning of a line are asked nothing else.
    look = rule.search if start else rule.match
    assert not look(row["counter_example"])
    listed = words(row["place"])
    others = [word for word in listed.split("|") if re.split(r"\(\?!", word)[0] != re.escape(row["word"])]
    assert len(others) == len(listed.split("|")) - 1
    without = re.compile(rule.pattern.replace(listed, "|".join(others)), rule.flags)
    other = without.match(text, start)
    assert other is None or other.span() != (start, end)
