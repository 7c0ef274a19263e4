"""Every public name says what it takes, gives and refuses, and a user's typed script checks."""

from __future__ import annotations

import dataclasses
import doctest
import inspect
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import pipeline
from pipeline.spacy import attributes as spacy_attributes
from pipeline.spacy import component as spacy_component
from pipeline.spacy import doc as spacy_doc
from tests.conftest import ROOT

SPACY = [spacy_doc.to_doc, spacy_doc.annotate, spacy_doc.entities, spacy_attributes.register]
SPACY += [spacy_component.make_hakusho, spacy_component.source_doc, spacy_component.Hakusho]
OBJECTS = {name: getattr(pipeline, name) for name in pipeline.__all__} | {o.__name__: o for o in SPACY}
CLASSES = {name: o for name, o in OBJECTS.items() if inspect.isclass(o)}


def _section(doc: str, name: str) -> str:
    found = re.search(rf"^{name}:\n((?:    .*\n|\n)*)", f"{inspect.cleandoc(doc)}\n", re.MULTILINE)
    return found[1] if found else ""


def _functions() -> dict[str, Any]:
    """Return every public function and method, by its full name."""
    found = {name: o for name, o in OBJECTS.items() if not inspect.isclass(o)}
    for name, cls in CLASSES.items():
        for key, member in vars(cls).items():
            function = member.fget if isinstance(member, property) else member
            public = not key.startswith("_") or key == "__call__"
            if public and inspect.isfunction(function) and function.__module__.startswith("pipeline."):
                found[f"{name}.{key}"] = function
    return found


FUNCTIONS = _functions()


def _fields(cls: Any) -> list[str]:
    if dataclasses.is_dataclass(cls):
        return [field.name for field in dataclasses.fields(cls)]
    return list(getattr(cls, "_fields", ()))


def test_what_is_looked_at() -> None:
    assert {
        "Document.to_frame",
        "Analyzer.__call__",
        "Analyzer.pipe",
        "Sentence.raw_span",
        "read",
        "load",
    } <= set(FUNCTIONS)
    assert {"Entity", "Source", "Token", "ParsedDate"} <= set(CLASSES)
    assert len(_fields(pipeline.Entity)) > 25
    assert pipeline.__all__ == sorted(pipeline.__all__)


@pytest.mark.parametrize("name", CLASSES)
def test_every_public_field_is_documented(name: str) -> None:
    cls = CLASSES[name]
    doc = inspect.cleandoc(cls.__doc__ or "")
    assert doc.splitlines()[0].endswith((".", ":", "."))
    for field in _fields(cls):
        assert re.search(rf"^    {field}:|``{field}``", _section(doc, "Attributes"), re.MULTILINE), (
            f"{name}.{field} is not under Attributes"
        )


@pytest.mark.parametrize(
    "name", [name for name in CLASSES if {"start", "end"} <= set(_fields(CLASSES[name]))]
)
def test_spans_say_how_they_count(name: str) -> None:
    doc = " ".join((CLASSES[name].__doc__ or "").split())
    assert "half-open" in doc
    assert "code points" in doc


@pytest.mark.parametrize("name", FUNCTIONS)
def test_every_public_function_is_documented(name: str) -> None:
    function = FUNCTIONS[name]
    doc = inspect.cleandoc(function.__doc__ or "")
    assert doc, f"{name} has no docstring"
    for parameter in list(inspect.signature(function).parameters):
        if parameter not in ("self", "given", "exclude") and not (parameter == "doc" and "``doc``" in doc):
            said = (
                re.search(rf"^    {parameter}:", _section(doc, "Args"), re.MULTILINE)
                or f"``{parameter}``" in doc
            )
            assert said, f"{name} does not say what {parameter} is"
    signature = inspect.signature(function)
    assert signature.return_annotation is not inspect.Signature.empty


@pytest.mark.parametrize(
    ("name", "error"),
    [
        ("read", "HakushoError"),
        ("load", "HakushoError"),
        ("installed_laws", "HakushoError"),
        ("parse_date", "NotADateError"),
        ("Analyzer.__call__", "HakushoError"),
        ("Analyzer.pipe", "HakushoError"),
        ("Document.to_frame", "ValueError"),
        ("Sentence.raw_span", "IndexError"),
        ("annotate", "ValueError"),
        ("entities", "KeyError"),
        ("register", "HakushoError"),
        ("make_hakusho", "HakushoError"),
        ("source_doc", "ValueError"),
    ],
)
def test_errors_are_named(name: str, error: str) -> None:
    assert error in _section(FUNCTIONS[name].__doc__, "Raises")


def test_every_error_that_a_public_function_raises_itself_is_named() -> None:
    for name, function in FUNCTIONS.items():
        for error in re.findall(r"raise (\w+Error)", inspect.getsource(function)):
            assert error in function.__doc__, f"{name} raises {error} and does not say so"


def test_values_name_their_sources() -> None:
    for cls, standards in (
        (pipeline.Entity, ("ISO 8601-2", "TIMEX3", "e-Gov", "data/eras.csv")),
        (pipeline.ParsedDate, ("ISO 8601-2", "TIMEX3")),
        (pipeline.Token, ("Sudachi", "UD", "GiNZA")),
    ):
        for standard in standards:
            assert standard in (cls.__doc__ or "")


def test_the_page_for_python_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    result = doctest.testfile(
        str(ROOT / "docs/howto/use_from_python.md"), module_relative=False, encoding="utf-8"
    )
    assert result.attempted > 25
    assert result.failed == 0


SCRIPT = """
from pathlib import Path
from typing import assert_type

import pandas as pd

import pipeline

analyze = pipeline.load(analyzer="sudachi")
document = analyze(Path("chapter.txt"))
assert_type(document, pipeline.Document)
assert_type(document.to_frame(), pd.DataFrame)
assert_type(document.entities, pipeline.Entities)
assert_type(document.entities.of("LAW")[:2], pipeline.Entities)
assert_type(document.entities[0].article, tuple[str, ...])
assert_type(document.entities[0].era_year, int | None)
assert_type(document.sentences[0].raw_span(0, 1), tuple[int, int])
assert_type(document.tokens[0][0], pipeline.Token)
for one in analyze.pipe(pipeline.read(path) for path in Path().glob("*.txt")):
    print([(e.label, e.norm) for e in one.entities if "unresolved" in e.flags])
assert_type(pipeline.parse_date("昭和三十年").era_year, int | None)
"""
WRONG = """
import pipeline

pipeline.load(analyzer=1)
pipeline.load()("text").to_frame("entity")
pipeline.load()("text").entities.of(1)
pipeline.load()("text").entities[0].label = "ORG"
"""


def test_a_typed_script_checks_and_a_wrong_one_does_not(tmp_path: Path) -> None:
    assert (ROOT / "pipeline/py.typed").is_file(), (
        "type checkers read the hints of a package only with this file"
    )
    (tmp_path / "script.py").write_text(SCRIPT, encoding="utf-8")
    (tmp_path / "wrong.py").write_text(WRONG, encoding="utf-8")
    command = [sys.executable, "-m", "mypy", "--no-color-output", *map(str, tmp_path.iterdir())]
    # With the project's own settings, which are strict, so that what "make check" has kept of the package counts.
    result = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False)
    errors = [line for line in result.stdout.splitlines() if ": error:" in line]
    assert [Path(line.split(":")[0]).name + ":" + line.split(":")[1] for line in errors] == [
        f"wrong.py:{line}" for line in (4, 5, 6, 7)
    ], result.stdout + result.stderr
