"""SECURITY.md promises nothing that no test holds."""

from __future__ import annotations

import ast
import re

import pytest

from tests.conftest import ROOT

PROMISES = [
    [cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]]
    for line in (ROOT / "SECURITY.md").read_text(encoding="utf-8").splitlines()
    if line.startswith("|") and not line.startswith(("| promise", "|---"))
]
FILES = {path.name: path for path in (ROOT / "tests").rglob("test_*.py")}


@pytest.mark.parametrize("row", PROMISES, ids=lambda row: row[0][:40])
def test_a_promise_names_tests_that_are_there(row: list[str]) -> None:
    promise, how, held = row
    named = re.findall(r"`(test_\w+\.py)(?:::(test_\w+))?`", held)
    assert promise
    assert how
    assert named, f"{promise}: names no test"
    for name, function in named:
        assert name in FILES, f"{promise}: there is no {name}"
        tree = ast.parse(FILES[name].read_text(encoding="utf-8"))
        tests = {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}
        assert any(test.startswith("test_") for test in tests)
        assert not function or function in tests, f"{promise}: {name} has no {function}"


def test_there_are_promises() -> None:
    assert len(PROMISES) > 20
    assert len({row[0] for row in PROMISES}) == len(PROMISES)
