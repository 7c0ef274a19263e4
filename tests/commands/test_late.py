"""What a start imports: the list of commands needs none of them."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

from typer.main import get_command

import pipeline
from pipeline.cli import COMMANDS, app
from tests.conftest import ROOT

HEAVY = (
    "pipeline.flow", "pipeline.entities", "pipeline.read", "pipeline.structure", "pipeline.report",
    "pipeline.commands.run", "jinja2", "numpy", "sudachipy",
)  # fmt: skip


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
