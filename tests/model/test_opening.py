"""Which characters a pattern can begin with, and that a pattern is compiled only for a text that has one."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.model.opening import opening
from pipeline.model.rule import LONG, PATIENCE, Pattern

BEGINS = (
    ("第[0-9]+条", "第"),
    ("(?:第|別)表|様式", "第別様"),
    ("(?P<a>x?)(y|z)", "xyz"),
    ("(?<![ab])(?=c|d)e", "e"),
    ("(?:a|b*)c", "abc"),
    ("a{0,3}b", "ab"),
    ("a{2,3}b", "a"),
    (r"[ア-ウ\]\-x]y", "アィイゥウ]-x"),
    ("[]a]b", "]a"),
    (r"\(|\u3000|\n", "(\u3000\n"),
    ("{a}", "{"),
    ("^a|b$", "ab"),
)
UNKNOWN = ("", "a?", "a|", "[^a]", ".", r"\w", "(?i:a)b", "(?:a|b*)", r"(?P<a>b?)(?P=a)c", "(a)?(?(1)b|c)")
CLEAN = st.text(alphabet="ab第条1 \n", max_size=12)


@pytest.mark.parametrize(("pattern", "signs"), BEGINS)
def test_what_a_pattern_begins_with(pattern: str, signs: str) -> None:
    found = opening(pattern)
    assert found is not None
    assert found.signs == frozenset(signs)
    assert (found.ranges, found.digits, found.blanks) == ((), False, False)


@pytest.mark.parametrize("pattern", UNKNOWN)
def test_of_what_is_not_understood_nothing_is_said(pattern: str) -> None:
    assert opening(pattern) is None


def test_ranges_and_kinds_of_characters() -> None:
    found = opening(r"(?:[一-龥]|\d|\s)x")
    assert found is not None
    assert (found.signs, found.ranges, found.digits, found.blanks) == (set(), (("一", "龥"),), True, True)
    assert all(map(found.stands_in, ("a一", "９", "\u3000")))
    assert not found.stands_in("ァx")


def test_verbose_patterns_hide_blanks_and_comments() -> None:
    found = opening("\n  # a comment\n [ ]? b  # c\n", verbose=True)
    assert found is not None
    assert found.signs == {" ", "b"}
    assert opening("a # [b\n c]", verbose=True) is None


@given(
    st.sampled_from(("第[0-9]条|a", "(?<=b)a", r"\d第?", "[ab]{1,2}(?!a)", "(?:a|第)+条?")),
    st.sampled_from(("search", "match", "fullmatch")),
    CLEAN,
    st.none() | st.integers(0, 14),
    st.none() | st.integers(0, 14),
)
def test_a_pattern_that_is_not_compiled_reads_as_one_that_is(
    pattern: str, name: str, text: str, start: int | None, end: int | None
) -> None:
    within = () if start is None else (start,) if end is None else (start, end)
    late, made = Pattern(pattern), re.compile(pattern)
    for _ in range(2):
        found, wanted = getattr(late, name)(text, *within), getattr(made, name)(text, *within)
        assert (found and found.span()) == (wanted and wanted.span())
    found, wanted = Pattern(pattern).finditer(text, *within), made.finditer(text, *within)
    assert [match.span() for match in found] == [match.span() for match in wanted]
    assert Pattern(pattern).findall(text, *within) == made.findall(text, *within)
    assert Pattern(pattern).sub("<>", text, 1) == made.sub("<>", text, count=1)
    assert Pattern(pattern).sub("<>", text) == made.sub("<>", text)
    assert Pattern(pattern).split(text, 1) == made.split(text, maxsplit=1)


def test_a_pattern_is_compiled_for_a_text_that_may_hold_it(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[str] = []
    plain = re.compile
    monkeypatch.setattr(re, "compile", lambda *given: made.append(given[0]) or plain(*given))
    pattern = Pattern("第[0-9]条")
    kept = pattern.search
    assert pattern.match("1条") is kept("法律") is None
    assert made == []
    assert kept("第1条") is not None
    assert kept("第2条") is not None
    assert made == ["第[0-9]条"]
    for text, times in (("あ" * (LONG + 1), 1), ("あ", PATIENCE + 1)):
        made.clear()
        pattern = Pattern("第[0-9]条")
        assert [pattern.search(text) for _ in range(times)] == [None] * times
        assert made == ["第[0-9]条"]
