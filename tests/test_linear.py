"""Words of the project's own lists, repeated: the work grows with the text (``make linear`` tries all of them)."""

from __future__ import annotations

import re
from random import Random
from typing import TYPE_CHECKING, Any

import pytest

from pipeline.model.rule import Rule
from pipeline.model.source import Source
from tools.adversary import SHAPES, Unit, examples, lists, pairs, shaped, words
from tools.linear import Counts, fault, watched

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.flow import Analyzer

LENGTH = 300
# A word of each of so many lists, and so many pairs and examples; the same ones each time, so that a failure can be seen
# again. Each is taken in another shape.
WORDS, PAIRS, EXAMPLES = 24, 8, 8
# What was once slow, or would be if a look back had no end.
ONCE = ("「ナイジェリア政府", "法案", "カカカ株式会社", "青葉・", "第3条、", "第5師団、")


def _sample() -> list[str]:
    random = Random(26)
    chosen = [Unit(name, random.choice(lists()[name])) for name in random.sample(sorted(lists()), WORDS)]
    chosen += random.sample(pairs(26), PAIRS) + random.sample(examples(), EXAMPLES)
    return [*ONCE, *(shaped(unit, number) for number, unit in enumerate(chosen))]


@pytest.fixture(scope="module")
def counts(analyze: Analyzer) -> Iterator[Counts]:
    analyze(Source("x", "防衛省は平成26年に自衛隊法を改正した。"))
    with watched() as found:
        yield found


@pytest.mark.parametrize("unit", _sample(), ids=lambda unit: repr(unit)[1:20])
def test_the_work_grows_with_the_text(analyze: Analyzer, counts: Counts, unit: str) -> None:
    assert not fault(analyze, unit, LENGTH, counts)


QUICK, SLOW = Rule("quick", "条", reads=("条",)), Rule("slow", r"[法 ]*条$", reads=("法条",))


@pytest.mark.parametrize(
    ("slow", "length", "what"),
    [
        (lambda text: [text.count("法", at) for at in range(len(text)) for _ in text[at:]], 40, "calls"),
        (lambda text: [QUICK.search(text, at) for at in range(len(text))], 40, "characters"),
        (lambda text: SLOW.search(text), 1000, "the time of slow"),
    ],
    ids=["calls", "characters", "backtracking"],
)
def test_a_square_is_seen(slow: Any, length: int, what: str, monkeypatch: pytest.MonkeyPatch) -> None:
    found = Counts.empty()
    for rule in (QUICK, SLOW):
        rule.use(found.watching(rule.name, re.compile(rule.pattern)))
    monkeypatch.setattr("tools.linear.Source", lambda _, text: text)
    assert what in fault(slow, "法 ", length, found)


def test_the_lists_are_those_of_the_grammars() -> None:
    assert len(SHAPES) == 6
    assert {
        "law_heads.csv:head",
        "org_heads.csv:head",
        "law_stems.csv:stem",
        "laws.csv:title",
    } <= lists().keys()
    assert len(words()) > 20_000
    assert shaped(Unit("x", "防衛省"), 5) == "防衛"
