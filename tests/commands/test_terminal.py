"""What a terminal would obey is shown, and memory that is too little is one line."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from pipeline.commands import memory, terminal
from pipeline.commands.terminal import Messages, Shown, check_width, shown
from pipeline.model.errors import HakushoError
from tests.conftest import ROOT, hakusho

ESCAPES = ["\x1b[31m", "\x1b]0;title\x07", "\x9b2J", "\b\b", "\r", "\u202e", "\u2066", "\x7f"]


@pytest.mark.parametrize("escape", ESCAPES, ids=ascii)
def test_what_a_terminal_would_obey_is_shown(escape: str) -> None:
    said, data = io.StringIO(), io.StringIO()
    Messages(file=said, force_terminal=True, highlight=False, soft_wrap=True).print(
        f"a{escape}b", markup=False
    )
    Shown(data).write(f"a{escape}b\t\n")
    for text in (said.getvalue(), data.getvalue(), shown(f"a{escape}b")):
        assert not terminal.OBEYED.search(text)
        assert text.startswith("a\\")
    assert shown("防衛省\t\n") == "防衛省\t\n"


@pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminals")
def test_a_table_on_a_terminal_has_no_signs_of_its_own() -> None:
    """Its heads were bold, and the signs for that were shown instead of obeyed."""
    import pty

    ours, theirs = pty.openpty()
    words = [sys.executable, "-m", "pipeline", "laws", "find", "自衛隊法"]
    ended = subprocess.run(words, stdout=theirs, stderr=subprocess.DEVNULL, cwd=ROOT, check=False)
    os.close(theirs)
    said = b""
    with suppress(OSError):  # the end of a terminal
        while data := os.read(ours, 65536):
            said += data
    os.close(ours)
    assert ended.returncode == 0
    assert "自衛隊法".encode() in said
    assert b"x1b" not in said
    assert b"\x1b" not in said


@pytest.mark.parametrize("told", ["", "0", "-5", "1", "abc", "1e3", "１２", " 80 ", "9" * 5000])
def test_a_width_that_is_none(told: str) -> None:
    """Previously tables were empty, or an internal error."""
    known = {"COLUMNS": told}
    check_width(known)
    assert not known
    known = {"COLUMNS": "72"}
    check_width(known)
    assert known == {"COLUMNS": "72"}


def test_a_line_has_an_end() -> None:
    """A damaged file may be one cell of millions. Previously all of it was said."""
    said = str(HakushoError(f"a.csv, row 1: found {'x' * 100_000}; wanted y: add it"))
    assert (len(said) < 2001, said[:20], said[-18:]) == (True, "a.csv, row 1: found ", "; wanted y: add it")


def test_a_name_of_a_file_with_escapes(tmp_path: Path) -> None:
    (tmp_path / "a\x1b]0;mine\x07.txt").write_bytes(b"\0" * 9)
    process = hakusho("run", tmp_path, "-o", tmp_path / "out", "--analyzer", "sudachi")
    assert process.returncode == 1
    assert b"\x1b]0;" not in process.stderr
    assert b"\\x1b]0;mine\\x07" in process.stderr


@pytest.mark.parametrize(
    "error",
    [
        MemoryError(),
        ImportError("x.so: failed to map segment from shared object"),
        RuntimeError("system.dic: Cannot allocate memory (os error 12)"),
        RuntimeError("can't start new thread"),
    ],
)
def test_memory_that_is_too_little(error: Exception) -> None:
    assert memory.memory_is_short(error)
    assert not memory.memory_is_short(ValueError("another"))


def test_a_limit_below_which_libraries_abort() -> None:
    limited = f'ulimit -v {memory.LEAST // 1024 - 1} && exec "$0" -m pipeline --version'
    process = subprocess.run(
        ["sh", "-c", limited, sys.executable], capture_output=True, text=True, cwd=ROOT, check=False
    )
    assert process.returncode == 1
    assert process.stderr.splitlines() == [f"hakusho: {memory.SHORT}"]
