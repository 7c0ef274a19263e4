"""Writes ``notebooks/*.ipynb`` anew from the scripts beside them, without outputs.

    python -m tools.make_notebooks

The scripts are what is read and reviewed; jupytext keeps both in step while somebody works in Jupyter.
"""

from __future__ import annotations

from pathlib import Path

import jupytext
import nbformat

NOTEBOOKS = Path(__file__).parent.parent / "notebooks"
KERNEL = {"display_name": "Python 3", "language": "python", "name": "python3"}


def scripts() -> list[Path]:
    """Return the scripts of the notebooks in their order."""
    return sorted(NOTEBOOKS.glob("[0-9]*.py"))


def notebook(script: Path) -> nbformat.NotebookNode:
    """Return the notebook of a script: the same each time, without outputs."""
    book = jupytext.read(script)
    for number, cell in enumerate(book.cells):
        cell["id"] = f"cell-{number:02}"
        cell["metadata"] = {}
    book["metadata"] = {"jupytext": {"formats": "ipynb,py:percent"}, "kernelspec": KERNEL}
    book["nbformat"], book["nbformat_minor"] = 4, 5
    nbformat.validate(book)
    return book


def written(book: nbformat.NotebookNode) -> str:
    """Return a notebook as it stands in its file."""
    return str(nbformat.writes(book)).rstrip("\n") + "\n"


if __name__ == "__main__":
    for path in scripts():
        path.with_suffix(".ipynb").write_text(written(notebook(path)), encoding="utf-8")
