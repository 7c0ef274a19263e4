"""What every match of a pattern has: nothing is said that a match lacks."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.model.needed import ENDLESS, MOST_WAYS, needed
from pipeline.model.rule import _MADE, Rule

NEEDS = (
    ("第[12]条", [["第", "12", "条"]], 3),
    ("第?1(?:条|編の?章)*", [["1"]], ENDLESS),
    ("第(?:条|編の?章){2}", [["第", "条"], ["第", "編", "章"]], 7),
    ("条(?=約)", [["条", "約"]], 2),
    ("条(?=約).約", [["条", "約"]], 3),
    ("(?:条(?=約))約", [["条", "約"]], 2),
    ("条(?!約)(?<=a)", [["条"]], 1),
    ("条(?:a?|b)章", [["条", "章"]], 3),
    ("(?P<a>条)(?:[^a]|.){0,3}約", [["条", "約"]], 5),
    (r"条\b|[^a]号$", [["条"], ["号"]], 2),
    (
        "条(?:" + "|".join(f"{chr(n)}束" for n in range(ord("ア"), ord("ア") + MOST_WAYS + 1)) + ")",
        [["条", "".join(map(chr, range(ord("ア"), ord("ア") + MOST_WAYS + 1)))]],
        3,
    ),
)
UNKNOWN = (
    "",
    "条?",
    "条|.",
    "[^条]",
    r"\w",
    "(?i:条)",
    r"(?P<a>条?)(?P=a)",
    "条*",
    "条{0,2}",
    r"条\x41",
    r"条\1",
)
# Patterns of all that rules are written with.
PART = st.sampled_from(("a", "b", "c", "[ab]", "[^a]", ".", r"\d", "1", r"\b", "^", "$", "(?!a)", "(?<=b)"))
PATTERN = st.recursive(
    PART,
    lambda inner: st.one_of(
        st.tuples(inner, inner).map("".join),
        st.tuples(inner, inner).map(lambda pair: f"(?:{pair[0]}|{pair[1]})"),
        st.tuples(inner, st.sampled_from(("?", "*", "+", "{2}", "{0,2}", "{1,2}?"))).map(
            lambda pair: f"(?:{pair[0]}){pair[1]}"
        ),
        inner.map(lambda part: f"(?={part})"),
        inner.map(lambda part: f"({part})"),
    ),
    max_leaves=8,
)


@pytest.mark.parametrize(("pattern", "ways", "width"), NEEDS)
def test_what_a_pattern_needs(pattern: str, ways: list[list[str]], width: int) -> None:
    found = needed(pattern)
    assert [[one.signs for one in way] for way in found.ways] == [list(map(frozenset, way)) for way in ways]
    assert found.width == width


@pytest.mark.parametrize("pattern", UNKNOWN)
def test_of_what_is_not_understood_nothing_is_needed(pattern: str) -> None:
    assert needed(pattern).ways == ((),)


@given(PATTERN, st.text(alphabet="abc1 \n", max_size=8))
def test_every_match_has_what_its_pattern_needs(pattern: str, text: str) -> None:
    found = needed(pattern)
    for match in re.finditer(pattern, text):
        assert found.stands_in(text[match.start() :][: found.width])


def test_every_rule_has_what_it_needs_in_its_examples() -> None:
    rules = [made for made in _MADE if isinstance(made, Rule) and not made.flags & re.IGNORECASE]
    assert len(rules) > 300
    for rule in rules:
        compiled = re.compile(rule.pattern, rule.flags)
        found = needed(rule.pattern, verbose=bool(rule.flags & re.VERBOSE))
        for example in rule.reads:
            text = example.replace("⟦", "").replace("⟧", "")
            for match in compiled.finditer(text):
                assert found.stands_in(text[match.start() :][: found.width]), (rule, text)
