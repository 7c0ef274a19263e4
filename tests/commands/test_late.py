"""What a start imports: the list of commands needs none of them."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING, Any

from typer.main import get_command

import pipeline
from pipeline.cli import COMMANDS, app
from tests.conftest import ROOT

if TYPE_CHECKING:
    from pathlib import Path

HEAVY = (
    "pipeline.flow", "pipeline.entities", "pipeline.read", "pipeline.structure", "pipeline.report",
    "pipeline.commands.run", "jinja2", "numpy", "sudachipy",
)  # fmt: skip

# What a run that reads a text and writes the default files does not need.
UNNEEDED = (
    "numpy", "spacy", "ssl", "urllib.request", "selectolax", "xlsxwriter",
    "rich.progress", "markdown_it", "pypdfium2", "pyarrow", "pipeline.read.html", "pipeline.read.packages",
    "pipeline.read.xml_kinds", "pipeline.read.json_kinds", "pipeline.read.mht", "pipeline.read.sheet",
    "pipeline.datapackage.workbook", "pipeline.datapackage.database",
)  # fmt: skip
# Of some 350 patterns that a text of one line asks, so many hold a sign that it has.
COMPILED = 75


def _imported(code: str) -> set[str]:
    code += "\nimport sys; print(*sys.modules)"
    process = subprocess.run([sys.executable, "-c", code], capture_output=True, cwd=ROOT, check=True)
    return set(process.stdout.decode().split())


def test_the_list_of_commands_imports_none_of_them() -> None:
    code = "from pipeline.cli import main\ntry: main(['--help'])\nexcept SystemExit: pass"
    assert not _imported(code) & set(HEAVY)


def test_the_list_says_what_each_command_says_itself() -> None:
    commands: Any = get_command(app)
    assert list(commands.commands) == list(COMMANDS)
    for name, command in commands.commands.items():
        assert " ".join(command.help.split("\n\n")[0].split()) == COMMANDS[name].says
        assert command.name == name


def test_the_package_gives_its_names_when_they_are_asked_for() -> None:
    assert {name for name in pipeline.__all__ if getattr(pipeline, name).__name__ != name} == set()
    assert not hasattr(pipeline, "nothing")
    assert set(pipeline.__all__) <= set(dir(pipeline))


def test_what_is_named_like_a_part_of_the_package_stays_a_function() -> None:
    code = "import pipeline\nimport pipeline.read.days\nassert callable(pipeline.read)"
    assert "pipeline.read.days" in _imported(code)


def test_a_run_of_one_line_imports_and_compiles_what_it_needs(tmp_path: Path) -> None:
    (tmp_path / "line.txt").write_text("防衛省は平成26年に自衛隊法第1条を改正した。", encoding="utf-8")
    words = ["run", str(tmp_path / "line.txt"), "-o", str(tmp_path / "out"), "--analyzer", "sudachi"]
    code = f"""
from pipeline.model import rule
made, compiled = rule.Pattern.compile, []
rule.Pattern.compile = lambda pattern: (compiled.append(pattern), made(pattern))
from pipeline.cli import main
try: main({words!r})
except SystemExit: pass
print(len(compiled))
from pipeline.entities.organizations.registry import organization_lexicon
assert "_indexed" not in vars(organization_lexicon())"""
    found = _imported(code)
    assert found & set(UNNEEDED) == set()
    (count,) = (int(word) for word in found if word.isdecimal())
    assert 0 < count <= COMPILED
