"""The official names over time that a registry tells."""

from __future__ import annotations

import pytest

from pipeline.entities import over_time


@pytest.mark.parametrize(
    ("label", "name", "wanted"),
    [
        ("ORG", "厚生労働省", ["厚生省", "労働省", "厚生労働省"]),
        ("ORG", "厚生省", ["厚生省", "厚生労働省"]),  # not what was merged into the same
        ("ORG", "貿易庁", ["貿易庁", "通商産業省", "経済産業省"]),
        ("LAW", "防衛庁設置法", ["防衛庁設置法", "防衛省設置法"]),
        ("LAW", "防衛省設置法", ["防衛庁設置法", "防衛省設置法"]),
        ("ORG", "みなとの会", []),
        ("DATE", "2013", []),
        ("SHIP", "防衛省", []),
    ],
)
def test_names_are_those_of_one_thing(label: str, name: str, wanted: list[str]) -> None:
    assert [one.name for one in over_time(label, name)] == wanted


def test_names_that_came_again_end() -> None:
    """A bureau that was renamed there and back; each time has its own line."""
    told = over_time("ORG", "外務省北米局")
    assert [(one.first, one.last) for one in told if one.name == "外務省北米局"] == [
        ("1965", "1968"),
        ("1979", ""),
    ]
    assert [one.first for one in told] == sorted(one.first for one in told)


def test_a_name_that_several_bodies_had_has_a_line_for_each() -> None:
    """What one of them became is no successor of another: 民進党 came of the last 民主党."""
    told = [(one.name, one.last) for one in over_time("ORG", "改進党")]
    assert ("民主党", "1950-04-27") in told
    assert "民進党" not in [name for name, _ in told]


def test_days_are_as_exact_as_the_registry() -> None:
    assert over_time("LAW", "自衛隊法")[0] == ("自衛隊法", "1954-06-09", "")
