"""How a command ends where its output cannot go: a full disk, a closed pipe, a terminal without the characters."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path
from typing import IO

import pytest

from pipeline.export.saving import save
from tests.conftest import ROOT

needs_full = pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
COMMANDS = [["inspect", "README.md"], ["laws", "find", "自衛隊法"], ["--help"]]


def run(*words: str, stdout: int | IO[bytes] = subprocess.PIPE, stderr: int | IO[bytes] = subprocess.PIPE, **more: str) -> tuple[int, str]:  # fmt: skip
    environment = {**os.environ, "PYTHONPATH": str(ROOT), **more}
    process = subprocess.run(
        [sys.executable, "-m", "pipeline", *words],
        cwd=ROOT,
        env=environment,
        stdout=stdout,
        stderr=stderr,
        check=False,
    )
    return process.returncode, (process.stderr or b"").decode()


@needs_full
@pytest.mark.parametrize("words", COMMANDS)
def test_a_full_disk_behind_standard_output(words: list[str]) -> None:
    with Path("/dev/full").open("wb") as full:
        code, said = run(*words, stdout=full)
    assert code == 1
    assert said.splitlines() == [
        "hakusho: standard output: cannot be read or written (No space left on device): check the disk and the rights on it"
    ]


@needs_full
def test_a_full_disk_behind_the_messages(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("防衛省は", encoding="utf-8")
    with Path("/dev/full").open("wb") as full:
        code, _ = run("run", str(tmp_path / "none.txt"), "-o", str(tmp_path / "out"), stderr=full)
    assert code == 1


@pytest.mark.parametrize("words", COMMANDS)
def test_a_reader_that_goes_away(words: list[str]) -> None:
    ours, theirs = os.pipe()
    os.close(ours)
    with os.fdopen(theirs, "wb") as closed:
        code, said = run(*words, stdout=closed)
    assert code in (0, 1)  # which of them is typer's choice
    assert said == ""


def test_a_terminal_that_lacks_the_characters(tmp_path: Path) -> None:
    with (tmp_path / "out").open("wb") as out:
        assert run("inspect", "README.md", stdout=out, PYTHONIOENCODING="ascii") == (0, "")
    assert rb"\u767d\u66f8" in (tmp_path / "out").read_bytes()


def test_what_is_no_file_is_not_replaced(tmp_path: Path) -> None:
    """``--errors /dev/null`` would else make a file of the device, for whoever may."""
    os.mkfifo(tmp_path / "pipe")
    ours = os.open(tmp_path / "pipe", os.O_RDONLY | os.O_NONBLOCK)
    save(tmp_path / "pipe", "内容")
    assert os.read(ours, 99).decode() == "内容"
    os.close(ours)
    assert stat.S_ISFIFO((tmp_path / "pipe").stat().st_mode)
    (tmp_path / "real").write_text("old", encoding="utf-8")
    (tmp_path / "link").symlink_to("real")
    save(tmp_path / "link", "new", keep=True)
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real").read_text(encoding="utf-8") == "new"
    assert (tmp_path / "real.bak").read_text(encoding="utf-8") == "old"


def closed(command: str, folder: Path) -> tuple[int, str]:
    """Run ``hakusho`` from a shell, which can close what a command is given."""
    words = f'"{sys.executable}" -m pipeline {command}'
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    process = subprocess.run(
        ["sh", "-c", words], cwd=folder, env=environment, capture_output=True, check=False
    )
    return process.returncode, process.stderr.decode()


def test_closed_streams(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("防衛省は", encoding="utf-8")
    assert closed("inspect a.txt >&-", tmp_path) == (0, "")
    code, said = closed("run - -o out --analyzer sudachi --format csv <&-", tmp_path)
    assert code == 1
    assert "hakusho: standard input: holds no text" in said
    assert closed("run a.txt -o out --analyzer sudachi --format csv 2>&-", tmp_path) == (0, "")


def test_a_name_that_is_no_text_can_be_resumed_and_reported(tmp_path: Path) -> None:
    try:
        (tmp_path / "\udcff.txt").write_text("防衛省は", encoding="utf-8")
    except OSError:
        pytest.skip("no such name here")
    words = (
        "run",
        str(tmp_path),
        "-o",
        str(tmp_path / "out"),
        "--analyzer",
        "sudachi",
        "--format",
        "csv,json",
    )
    assert run(*words)[0] == 0
    code, said = run(*words, "--resume")
    assert code == 0
    assert "(1 unchanged)" in said
    assert run("report", str(tmp_path / "out"))[0] == 0
