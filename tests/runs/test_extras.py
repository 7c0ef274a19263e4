"""A run where what only some runs need is not installed."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.runs.test_run import corpus


@pytest.mark.parametrize(
    ("missing", "more", "wanted"),
    [("ray", ["--engine", "ray"], "hakusho[ray]"), ("fsspec", ["-o", "s3://b/results"], "hakusho[remote]")],
)
def test_what_is_not_installed_is_named(tmp_path: Path, missing: str, more: list[str], wanted: str) -> None:
    source = corpus(tmp_path, 1)
    arguments = ["run", str(source), "-o", str(tmp_path / "out"), "--analyzer", "sudachi", *more]
    code = f"import sys\nsys.modules[{missing!r}] = None\nfrom pipeline.cli import main\nmain({arguments!r})"
    process = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert process.returncode == 1
    assert len(process.stderr.strip().splitlines()) == 1
    assert f'pip install "{wanted}"' in process.stderr


def test_nothing_else_needs_what_is_not_installed(tmp_path: Path) -> None:
    arguments = [
        "run",
        str(corpus(tmp_path, 2)),
        "-o",
        str(tmp_path / "out"),
        "--analyzer",
        "sudachi",
        "--jobs",
        "2",
    ]
    code = f"import sys\nsys.modules |= {{'ray': None, 'fsspec': None}}\nfrom pipeline.cli import main\nmain({arguments!r})"
    process = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert process.returncode == 0, process.stderr
