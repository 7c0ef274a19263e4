"""The notebooks: the same as their scripts, without outputs, and every cell runs."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import jupytext
import nbformat
import pytest

from tests.conftest import ROOT
from tools.make_notebooks import NOTEBOOKS, notebook, scripts, written

SCRIPTS = scripts()


def test_there_are_four_in_pairs() -> None:
    assert [path.name[:2] for path in SCRIPTS] == ["01", "02", "03", "04"]
    assert {path.stem for path in SCRIPTS} == {path.stem for path in NOTEBOOKS.glob("*.ipynb")}
    readme = (NOTEBOOKS / "README.md").read_text(encoding="utf-8")
    for path in SCRIPTS:
        assert f"`{path.stem}`" in readme


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.stem)
def test_notebook_and_script_are_in_step(script: Path) -> None:
    stored = script.with_suffix(".ipynb").read_text(encoding="utf-8")
    cells = [(cell.cell_type, cell.source) for cell in nbformat.reads(stored, as_version=4).cells]
    assert cells == [(cell.cell_type, cell.source) for cell in jupytext.read(script).cells], (
        f"{script.stem}: notebook and script differ: run 'make notebooks'"
    )
    assert stored == written(notebook(script)), "run 'make notebooks'"


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.stem)
def test_outputs_are_stripped(script: Path) -> None:
    book = json.loads(script.with_suffix(".ipynb").read_text(encoding="utf-8"))
    for cell in book["cells"]:
        assert not cell.get("outputs")
        assert cell.get("execution_count") is None
        assert cell["metadata"] == {}
    assert "/home/" not in json.dumps(book)


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.stem)
def test_figures_in_the_text_are_computed(script: Path) -> None:
    for cell in jupytext.read(script).cells:
        if cell.cell_type == "markdown":
            prose = re.sub(
                r"`[^`]*`|\[[^]]*\]\([^)]*\)|（[^）]*）|^#.*$", "", cell.source, flags=re.MULTILINE
            )
            assert not re.search(r"\d+(?:\.\d+)? ?%|\b0\.\d+|F1 (?:is|of) \d", prose), prose


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.stem)
def test_every_cell_runs(script: Path, tmp_path: Path) -> None:
    done = tmp_path / "done.ipynb"
    command = [sys.executable, "-m", "tools.notebook_kernel", str(script.with_suffix(".ipynb")), str(done)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    result = subprocess.run(
        command, capture_output=True, text=True, cwd=ROOT, env=environment, check=False, timeout=600
    )
    assert result.returncode == 0, result.stderr[-3000:]
    book = nbformat.read(done, as_version=4)
    outputs = [output for cell in book.cells if cell.cell_type == "code" for output in cell.outputs]
    assert outputs
    streams = "".join(
        output.text for output in outputs if output.output_type == "stream" and output.name == "stderr"
    )
    assert "Warning" not in streams, streams
    assert "missing from font" not in streams, "a label that the font cannot write"
    plots = sum("plt.show()" in cell.source for cell in book.cells)
    assert sum("image/png" in output.get("data", {}) for output in outputs) == plots
