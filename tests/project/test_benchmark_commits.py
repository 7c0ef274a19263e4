"""What measures one commit against another: it counts the processor's time of both, and keeps a history."""

from __future__ import annotations

import csv
import subprocess
from pathlib import Path

import pytest

from tools.benchmark_commits import COLUMNS, Spent, add, interleaved, machine, row


def tree(folder: Path, code: str) -> Path:
    (folder / "pipeline").mkdir(parents=True)
    (folder / "pipeline/__init__.py").touch()
    (folder / "pipeline/__main__.py").write_text(code, encoding="utf-8")
    return folder


def test_the_processor_time_of_the_slower_tree_is_greater(tmp_path: Path) -> None:
    trees = {
        "base": tree(tmp_path / "a", "sum(i * i for i in range(2_000_000))"),
        "here": tree(tmp_path / "b", "import sys; assert sys.argv[1].endswith('here'), sys.argv"),
    }
    found = interleaved(trees, {"work": ["{out}"]}, 2, tmp_path)["work"]
    assert [len(times) for times in found.values()] == [2, 2]
    assert float(row("work", found["base"], found["here"])["ratio"]) < 1


def test_a_command_that_fails_is_not_measured(tmp_path: Path) -> None:
    trees = {"base": tree(tmp_path / "a", "raise SystemExit(3)")}
    with pytest.raises(subprocess.CalledProcessError):
        interleaved(trees, {"work": []}, 1, tmp_path)


def test_the_history_grows_by_rows(tmp_path: Path) -> None:
    history = tmp_path / "history.csv"
    one = row("work", [Spent(2.0, 4.0)], [Spent(1.0, 1.0)])
    for _ in range(2):
        add([one], history)
    with history.open(encoding="utf-8") as stream:
        rows = list(csv.DictReader(stream))
    assert [(r["ratio"], r["wall"], r["base_wall"]) for r in rows] == [("0.250", "1.00", "2.00")] * 2
    assert list(rows[0]) == list(COLUMNS)
    assert "build" in machine()
