"""What a command makes of its options before it begins."""

from __future__ import annotations

from pathlib import Path

import pytest
import typer

from pipeline.commands import judging, types
from pipeline.commands.run import _formats
from pipeline.model import extras
from pipeline.model.errors import HakushoError
from pipeline.runs.outcomes import DEFAULT_FORMATS
from tests.conftest import hakusho
from tools.release_check import main


def test_formats_that_nobody_named_depend_on_the_place() -> None:
    assert _formats(None, "outputs") == DEFAULT_FORMATS
    assert _formats(None, "-") == ("jsonl",)
    assert _formats("csv", "-") == ("csv",)
    with pytest.raises(typer.BadParameter):
        _formats("docx", "-")


def test_the_formats_of_a_folder_are_refused_for_standard_output(tmp_path: Path) -> None:
    """Those that are the default of a folder as well, if somebody names them."""
    (tmp_path / "a.txt").write_text("防衛省は", encoding="utf-8")
    ended = hakusho("run", tmp_path / "a.txt", "-o", "-", "--format", "csv,json,html")
    assert ended.returncode == 2
    assert b"csv,json,html is no format of standard output" in ended.stderr


def test_what_is_missing_is_said_before_anything_begins(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(extras, "find_spec", lambda _: None)
    nowhere, money = tmp_path / "none", tmp_path / "money.toml"
    named = "".join(f"{key} = '円'\n" for key in ("name_en", "name_ja", "plural_en", "plural_ja"))
    money.write_text(f"[[type]]\nlabel = 'MONEY'\n{named}patterns = ['[0-9]+円']\nexamples = ['⟦3円⟧']\n")
    for call, needs in (
        (lambda: judging.evaluate(nowhere, nowhere), "hakusho evaluate needs hakusho .numpy"),
        (lambda: judging.agreement(nowhere, nowhere), "hakusho agreement needs hakusho .numpy"),
        (lambda: types.own_types([str(money)]), "a pattern of --types needs hakusho .re2"),
        (lambda: types.check([money]), "a pattern of --types needs hakusho .re2"),
    ):
        with pytest.raises(HakushoError, match=needs):
            call()
    assert types.own_types(None) is None


def test_a_release_without_a_wheel_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tools.release_check.BUILD", tmp_path / "build")
    with pytest.raises(SystemExit, match="run 'make dist' first"):
        main(tmp_path)
