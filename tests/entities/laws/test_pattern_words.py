"""The words of the rules of laws: each is read where its example marks it, and makes the difference."""

import importlib
import pkgutil

import pytest

import pipeline.entities.laws as room
from pipeline.facts import rows
from pipeline.model.rule import CLOSE, OPEN, Rule

ROWS = rows("law_patterns.csv")
NO_WORD = "〓"


def _rules() -> dict[str, Rule]:
    modules = [
        importlib.import_module(f"{room.__name__}.{m.name}") for m in pkgutil.iter_modules(room.__path__)
    ]
    return {rule.name: rule for module in modules for rule in vars(module).values() if isinstance(rule, Rule)}


RULES = _rules()


def _read(rule: Rule, example: str) -> bool:
    """Whether a rule reads what an example marks by ⟦ and ⟧, as far as that; without marks, anything."""
    start, plain = example.find(OPEN), example.replace(OPEN, "").replace(CLOSE, "")
    if start < 0:
        return rule.search(plain) is not None
    found, end = rule.match(plain, start), example.find(CLOSE)
    return found is not None and (end < 0 or found.end() == end - 1)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['list']} {row['word']}")
def test_a_word_makes_a_rule_read(row: dict[str, str]) -> None:
    rule, word = RULES[row["rule"]], row["word"]
    assert word in row["counter_example"]
    assert _read(rule, row["example"]), rule.pattern
    assert not _read(rule, row["counter_example"])
    assert not _read(rule, row["example"].replace(word, NO_WORD))
