"""Runs a notebook with the interpreter that runs the tests, in a process of its own.

    python -m tools.notebook_kernel notebooks/01_explore_the_chapter.ipynb [executed.ipynb]

Its kernel is made in a temporary folder, so that nothing need be installed for a user or a machine.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

import nbformat
from ipykernel.kernelspec import write_kernel_spec
from nbclient import NotebookClient

ROOT = Path(__file__).parent.parent
LONGEST = 300  # seconds for a cell


def execute(path: Path, folder: Path) -> nbformat.NotebookNode:
    """Return the notebook with its outputs; raises CellExecutionError for a cell that fails.

    Args:
        path: Of the notebook; it runs in its own folder.
        folder: For the kernel and what Jupyter, IPython and matplotlib keep.
    """
    write_kernel_spec(str(folder / "kernels/python3"))
    os.environ |= {
        "JUPYTER_PATH": str(folder),
        "JUPYTER_RUNTIME_DIR": str(folder / "runtime"),
        "JUPYTER_CONFIG_DIR": str(folder / "config"),
        "IPYTHONDIR": str(folder / "ipython"),
        "MPLCONFIGDIR": str(folder / "matplotlib"),
        "PYTHONPATH": os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH", "")])),
        "HAKUSHO_LAWS": "shipped",
        "HAKUSHO_ORGS": "shipped",
        "HAKUSHO_DATA": os.devnull,
    }
    book = nbformat.read(path, as_version=4)
    client = NotebookClient(
        book,
        timeout=LONGEST,
        kernel_name="python3",
        resources={"metadata": {"path": str(path.parent)}},
    )
    client.execute()
    return book


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as scratch:
        done = execute(Path(sys.argv[1]).resolve(), Path(scratch))
    if len(sys.argv) > 2:
        nbformat.write(done, sys.argv[2])
