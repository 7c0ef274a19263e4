"""``import hakusho``: the public names, whatever folder is called ``pipeline``."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import hakusho
import pipeline
from tests.conftest import ROOT

ASK = "import sys; sys.path.append({root!r}); {before}import hakusho; print(hakusho.parse_date('平成25年').value)"


def test_it_has_the_names_of_pipeline() -> None:
    assert hakusho.__all__ == pipeline.__all__
    assert all(getattr(hakusho, name) is getattr(pipeline, name) for name in pipeline.__all__)
    assert (ROOT / "hakusho/py.typed").exists()


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["-c", ASK.format(root=str(ROOT), before="")], 0, "2013"),
        (["-c", ASK.format(root=str(ROOT), before="import pipeline; ")], 1, "is imported already"),
        (["-c", (f"import sys; sys.path.append({str(ROOT)!r}); import runpy; "
          "sys.argv = ['hakusho', '--version']; runpy.run_module('hakusho', run_name='__main__')")], 0, "hakusho "),
    ],
)  # fmt: skip
def test_a_folder_of_ones_own_that_is_called_pipeline(
    tmp_path: Path, words: list[str], code: int, said: str
) -> None:
    (tmp_path / "pipeline").mkdir()
    (tmp_path / "pipeline/__init__.py").write_text("MINE = 1\n", encoding="utf-8")
    ended = subprocess.run(
        [sys.executable, *words], cwd=tmp_path, env={"PYTHONUTF8": "1", "PYTHONPATH": str(tmp_path)},
        capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert ended.returncode == code, ended.stderr
    assert said in (ended.stderr if code else ended.stdout).strip().splitlines()[-1]
