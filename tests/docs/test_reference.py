"""The pages under ``docs/reference/`` are made from the program, complete, and every example in them is true."""

from __future__ import annotations

import ast
import re
from datetime import date
from typing import TYPE_CHECKING

import pytest

from pipeline.facts import rows
from pipeline.model.entity import Entity
from pipeline.model.source import Source
from tests.conftest import ROOT
from tools.make_reference import FOLDER, PAGES, flag_examples, meanings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.flow import Analyzer

RULES, FLAGS = rows("rules.csv"), flag_examples()


@pytest.mark.parametrize("name", PAGES)
def test_the_page_is_up_to_date(name: str) -> None:
    page = (FOLDER / name).read_text(encoding="utf-8")
    assert page == PAGES[name]().rstrip("\n") + "\n", "run: python -m tools.make_reference"


def _found(analyze: Analyzer, row: dict[str, str]) -> tuple[Entity, ...]:
    """The entities of an example at the place that it marks, with its label."""
    start, text = row["text"].index("⟦"), row["text"].replace("⟦", "").replace("⟧", "")
    day = date.fromisoformat(row["reference_date"]) if row["reference_date"] else None
    entities = analyze(Source("x", text, reference_date=day)).entities
    wanted = re.findall("⟦(.+?)⟧", row["text"])
    assert len(wanted) == 1
    return tuple(e for e in entities if (e.start, e.text, e.label) == (start, wanted[0], row["label"]))


def _name(row: dict[str, str]) -> str:
    return f"{row['label']}-{row.get('rule') or row['flag']}"


@pytest.mark.parametrize("row", RULES, ids=_name)
def test_the_rule_finds_its_example(row: dict[str, str], named: Analyzer) -> None:
    (entity,) = _found(named, row)
    assert (
        entity.rule.endswith(row["rule"][1:]) if row["rule"].startswith("*") else entity.rule == row["rule"]
    )


@pytest.mark.parametrize("row", FLAGS, ids=_name)
def test_the_example_gets_its_flag(row: dict[str, str], analyze: Analyzer) -> None:
    (entity,) = _found(analyze, row)
    assert row["flag"] in entity.flags


def _strings(node: ast.AST) -> Iterator[str]:
    for part in ast.walk(node):
        if isinstance(part, ast.Constant) and isinstance(part.value, str):
            yield part.value


def _nodes(folder: str) -> Iterator[ast.AST]:
    for path in sorted((ROOT / "pipeline" / folder).rglob("*.py")):
        yield from ast.walk(ast.parse(path.read_text(encoding="utf-8")))


def flags_in_the_code() -> set[str]:
    """The strings that resolvers put among the flags."""
    found: set[str] = set()
    for node in _nodes("entities"):
        values: list[ast.AST] = []
        if isinstance(node, ast.Assign) and any("flags" in ast.unparse(target) for target in node.targets):
            values = [node.value]
        elif isinstance(node, ast.Call):
            values = [word.value for word in node.keywords if word.arg == "flags"]
            if isinstance(node.func, ast.Attribute) and node.func.attr == "append":
                values += node.args if ast.unparse(node.func.value).endswith("flags") else []
        for value in values:
            found |= {text for text in _strings(value) if re.fullmatch("[a-z]+(_[a-z]+)*", text)}
    return found


def test_every_flag_of_the_code_is_documented_and_has_an_example_and_no_other() -> None:
    emitted = flags_in_the_code()
    assert len(emitted) >= 10
    # That a described flag is set at all, its example shows.
    assert emitted <= set(meanings()), "docs/reference/columns.md, Flags"
    assert {row["flag"] for row in FLAGS} == set(meanings()), "tests/cases/flags.csv"
