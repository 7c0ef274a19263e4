"""What a person is told of the days on which documents speak."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command

from pipeline.cli import app
from pipeline.commands.configured import NAME, defaults
from pipeline.commands.ending import plain
from pipeline.commands.summary import days_told
from pipeline.model.errors import HakushoError
from pipeline.read import find
from pipeline.runs.outcomes import Outcome
from tests.conftest import hakusho


def outcome(doc_id: str, day: str = "", **told: Any) -> Outcome:
    return Outcome(
        doc_id, "", reference_date=day or None, evidence={"reference_date": {"source": "", **told}}
    )


def test_one_line_on_the_days_and_one_on_documents_without() -> None:
    lines = list(
        days_told(
            [
                outcome("a", "2014-08-05", source="manifest", quote="2014/8/5"),
                outcome("b", "2014-08-05", source="option"),
                outcome("c", "2023-07-01", source="title_page", quote="令和5年版港湾白書" * 9),
                outcome("d"),
                outcome("e", doubt="title_page gives several days"),
                Outcome("f", "", error="f: no such file"),
            ]
        )
    )
    assert len(lines) == 2
    assert lines[0].startswith(
        "reference dates: 1 from manifest; 1 from --reference-date; c 2023-07-01 (title_page: 令和"
    )
    assert lines[0].endswith("…)")
    assert lines[1].startswith("no reference date: d, e (title_page gives several days): ")
    assert "give --reference-date YYYY-MM-DD, or the column reference_date in a manifest.csv" in lines[1]


def test_many_documents_are_counted() -> None:
    (line,) = days_told([outcome(f"d{n}") for n in range(25)])
    assert "d0, d1" in line
    assert "d9, and 15 more: " in line
    assert list(days_told([])) == []


def test_values_and_files_of_options(tmp_path: Path) -> None:
    (tmp_path / "hakusho.toml").write_text(
        '[run]\nformat = ["csv", "json"]\nfail-on = "5%"\n', encoding="utf-8"
    )
    assert defaults(["run", str(tmp_path)], get_command(app)) == {
        "run": {"formats": "csv,json", "fail_on": "5%"}
    }
    assert defaults(["list", str(tmp_path)], get_command(app)) == {}
    for content in ("[run]\nanalyser = 1\n", "[runs]\n", "run = 1\n", "["):
        (tmp_path / "hakusho.toml").write_text(content, encoding="utf-8")
        with pytest.raises(HakushoError, match=r"hakusho\.toml: "):
            defaults(["run", str(tmp_path)], get_command(app))
    deep = ("a = " + "[" * 9000, ".".join("a" * 20_000) + " = 1", '."b c"'.join("a" * 2000) + " = 1")
    for content in (*deep, "a = " + "9" * 9000, " " * 2**21):
        (tmp_path / "hakusho.toml").write_text(content, encoding="utf-8")
        with pytest.raises(HakushoError, match=r"hakusho\.toml: (?:cannot be read|has more than 1 MiB)"):
            defaults(["run", str(tmp_path)], get_command(app))
    assert plain(
        "Invalid value for '--jobs': Input should be greater than or equal to 1", ["--jobs=0"], {}
    ) == ("Invalid value for '--jobs': '0' is not 1 or more")
    said = "Invalid value for '--jobs': Input should be a valid integer, unable to parse string as an integer"
    assert plain(said, ["run", "in"], {"run": {"jobs": "x"}}) == (
        "Invalid value for '--jobs' in hakusho.toml: 'x' is not a whole number"
    )
    said = "Invalid value for '--accept-from': Input should be less than or equal to 1"
    assert plain(said, ["--accept-from", "2"], {}).endswith("'2' is not 1 or less")


@pytest.mark.parametrize(
    ("name", "values", "wanted"),
    [
        *((name, ("true", "false", "[1]", "{a = 1}", "2020-01-01"), "a number") for name in ("max-characters", "jobs", "accept-from")),
        *((name, ("1", "0", '"yes"', "[]", "1.0"), "true or false") for name in ("resume", "quiet", "prune", "no-prune")),
        *((name, ("true", "1", "[1]", "{}", "[[]]"), "a text in quotation marks") for name in ("reference-date", "analyzer", "format", "names", "fail-on", "laws")),
    ],
)  # fmt: skip
def test_a_value_of_another_kind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, values: tuple[str, ...], wanted: str) -> None:  # fmt: skip
    """Previously true was 1 as a number, and the day true an internal error."""
    monkeypatch.chdir(tmp_path)
    for value in values:
        (tmp_path / "hakusho.toml").write_text(f"[run]\n{name} = {value}\n", encoding="utf-8")
        with pytest.raises(HakushoError, match=f"^hakusho.toml: {name} is .*; wanted {wanted}: correct it$"):
            defaults(["run", "x"], get_command(app))


def test_no_prune_prunes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Previously no-prune = true was prune = true, and results went."""
    monkeypatch.chdir(tmp_path)
    for line, prunes in (("prune = true", True), ("no-prune = true", False), ("no-prune = false", True)):
        (tmp_path / "hakusho.toml").write_text(f"[run]\n{line}\n", encoding="utf-8")
        assert defaults(["run", "x"], get_command(app)) == {"run": {"prune": prunes}}
    (tmp_path / "hakusho.toml").write_text("[run]\nreference-date = 2020-01-02\n", encoding="utf-8")
    assert defaults(["run", "x"], get_command(app)) == {"run": {"reference_date": "2020-01-02"}}


@pytest.mark.parametrize(
    "option",
    ['output = "x"', 'log = "x"', 'address = "x:1"', "prune = true", "no-prune = true", "no-prune = false"],
)
def test_a_file_that_came_with_the_inputs_says_nothing_of_where_results_go(
    option: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / NAME).write_text(f"[run]\n{option}\n", encoding="utf-8")
    with pytest.raises(HakushoError, match=f"{option.split()[0]}' says where results go"):
        defaults(["run", str(tmp_path)], get_command(app))
    monkeypatch.chdir(tmp_path)
    assert defaults(["run", str(tmp_path)], get_command(app))["run"]


def test_options_that_stand_beside_the_inputs_are_no_input(tmp_path: Path) -> None:
    for name in ("a.txt", NAME):
        (tmp_path / name).write_text("雨。", encoding="utf-8")
    found = find([str(tmp_path)])
    assert ([item.doc_id for item in found.documents], found.skipped) == (["a"], [])


def test_a_run_in_a_log(tmp_path: Path) -> None:
    for name, text in (("a", "防衛省は"), ("b", "")):
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    words = ("run", tmp_path, "-o", tmp_path / "out", "--analyzer", "Sudachi", "--format", "CSV,", "json")
    process = hakusho(*words, "--log", tmp_path / "run.jsonl", "--fail-on", "50%")
    assert process.returncode == 0, process.stderr.decode()
    lines = process.stderr.decode().splitlines()
    assert lines[:2] == ["1/2 a: 4 characters, 1 mention", "2/2 b: failed"]
    events = [json.loads(line) for line in (tmp_path / "run.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [event["event"] for event in events] == ["begin", "document", "document", "end"]
    assert hakusho(*words, "--fail-on", "49%").returncode == 1
