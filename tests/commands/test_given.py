"""What a command makes of its options before it begins."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
import typer
from typer.main import get_command

from pipeline.cli import app
from pipeline.commands import judging, types
from pipeline.commands.lookup import parse_day
from pipeline.commands.run import _formats
from pipeline.commands.typed import half_width
from pipeline.model import extras
from pipeline.model.errors import HakushoError
from pipeline.runs.outcomes import DEFAULT_FORMATS
from pipeline.segment import check_analyzer
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


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["run", "a.txt", "－o", "out"], "－o: is no option in these letters"),
        (["run", "a.txt", "—analyzer", "sudachi"], "write --analyzer"),
        (["run", "a.txt", "ー－ａｎａｌｙｚｅｒ＝sudachi"], "write --analyzer"),
        (["laws", "find", "自衛隊法", "–on", "2014-08-05"], "write --on"),
        (["corpus"], "corpus: is a file or folder where a command must stand: write 'hakusho run corpus'"),
    ],
)
def test_an_option_in_other_letters_is_shown_as_it_must_be(words: list[str], said: str) -> None:
    """A shell passes it on as the name of a file, which nobody looks for."""
    with pytest.raises(HakushoError, match=re.escape(said)):
        half_width(words, get_command(app))


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        (["run", "ａ.txt", "--jobs", "２"], ["run", "ａ.txt", "--jobs", "2"]),
        (
            ["run", "a", "--analyzer=ｓｕｄａｃｈｉ", "-o", "結果２"],
            ["run", "a", "--analyzer=sudachi", "-o", "結果２"],
        ),
        (["run", "a", "-o", "－o"], ["run", "a", "-o", "－o"]),
        (["run", "--", "－o"], ["run", "--", "－o"]),
        (["run", "－白書", "-x", "-"], ["run", "－白書", "-x", "-"]),
        (["laws", "find", "ー"], ["laws", "find", "ー"]),
        ([], []),
    ],
)
def test_numbers_and_choices_may_be_written_in_full_width(words: list[str], meant: list[str]) -> None:
    """Names of files and folders stay as they are."""
    assert half_width(words, get_command(app)) == meant


def test_an_option_may_give_a_day_as_a_manifest_does() -> None:
    for text in ("2014-08-05", "2014/8/5", "平成26年8月5日", "２０１４－０８－０５", "H26.8.5"):
        assert parse_day(text) == date(2014, 8, 5)
    with pytest.raises(typer.BadParameter, match="平成26年8月5日"):
        parse_day("2014-13-05")
    assert _formats("ＣＳＶ、json", "outputs") == ("csv", "json")


def test_a_lean_installation_leads_to_the_analyzer_that_it_has(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extras, "find_spec", lambda _: None)
    with pytest.raises(HakushoError, match="or take --analyzer sudachi"):
        check_analyzer("ginza")
