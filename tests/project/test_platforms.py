"""What Windows and macOS have otherwise, as far as it can be proved on another system.

No fork, no modules and calls of POSIX, no list of time zones; names that Windows cannot hold; a console in CP932.
"""

from __future__ import annotations

import io
import json
import ntpath
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path, PureWindowsPath

import pytest

from pipeline import facts
from pipeline.cli import main
from pipeline.read import discover
from pipeline.read.ids import id_of
from pipeline.runs import processes
from tests.conftest import ROOT

TEXT = "防衛省は平成25年10月3日に発表した。\n"
# Imports every module (but the component of spaCy, which may be registered once) and works as a command does, without what
# Windows lacks. The libraries of others are there already:
# they know other systems themselves.
LACKING = """
import importlib, os, pkgutil, signal, socket, sys, time, types
import pipeline, pipeline.cli
def modules():
    for found in pkgutil.walk_packages(pipeline.__path__, "pipeline."):
        if not found.name.endswith("__main__") and "spacy" not in found.name:
            importlib.import_module(found.name)
modules()
for name in [name for name in sys.modules if name.partition(".")[0] == "pipeline"]:
    del sys.modules[name]
for name in ("fcntl", "resource", "pwd", "grp", "termios", "tty", "pty", "syslog", "zoneinfo"):
    sys.modules[name] = None
sys.modules["msvcrt"] = types.SimpleNamespace(locking=lambda *_: None, LK_NBLCK=2)
for name in (
    "fork forkpty O_NOFOLLOW O_DIRECTORY O_CLOEXEC O_NONBLOCK fchmod fchown chown getuid geteuid getgid killpg setsid getpgid "
    "setpgid statvfs fstatvfs sysconf sched_getaffinity nice wait WNOHANG uname mkfifo sync fdatasync"
).split():
    if hasattr(os, name):
        delattr(os, name)
for name in "SIGKILL SIGHUP SIGUSR1 SIGUSR2 SIGALRM SIGSTOP SIGCONT SIGPIPE SIGCHLD pthread_sigmask setitimer alarm".split():
    if hasattr(signal, name):
        delattr(signal, name)
os.supports_dir_fd, os.supports_fd = set(), set()
os.O_BINARY = 0
del time.tzset, socket.AF_UNIX
modules()
from pipeline.cli import main
main(sys.argv[1:])
"""


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    folder = tmp_path / "texts"
    folder.mkdir()
    for name in "ab":
        (folder / f"{name}.txt").write_text(TEXT + name, encoding="utf-8")
    return folder


@pytest.fixture(autouse=True)
def _handler() -> Iterator[None]:
    """A command sets a handler; the tests keep theirs."""
    before = signal.getsignal(signal.SIGTERM)
    yield
    signal.signal(signal.SIGTERM, before)


def run(*words: object) -> None:
    with pytest.raises(SystemExit) as ended:
        main([*map(str, words), "--analyzer", "sudachi", "--quiet"])
    assert ended.value.code == 0


def results(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for name in "ab" for path in sorted((folder / name).iterdir())}


def test_spawned_workers_write_the_same_bytes(
    texts: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("run", texts, "-o", tmp_path / "one")
    monkeypatch.setattr(processes, "start_method", lambda: "spawn")
    run("run", texts, "-o", tmp_path / "two", "--jobs", 2)
    assert results(tmp_path / "two") == results(tmp_path / "one")
    assert json.loads((tmp_path / "two/run.json").read_bytes())["engine"]["jobs"] == 2


def test_spawned_workers_run_nothing_of_the_working_folder(
    texts: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("re", "struct"):
        (tmp_path / f"{name}.py").write_text(
            f"open({str(tmp_path / 'ran')!r}, 'w').close()", encoding="utf-8"
        )
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    monkeypatch.delenv("PYTHONSAFEPATH", raising=False)
    monkeypatch.setattr(processes, "start_method", lambda: "spawn")
    run("run", texts, "-o", tmp_path / "out", "--jobs", 2)
    assert not (tmp_path / "ran").exists()
    assert "PYTHONSAFEPATH" not in os.environ


@pytest.mark.parametrize(
    ("system", "method"), [("linux", "fork"), ("darwin", "spawn"), ("win32", "spawn"), ("freebsd14", "spawn")]
)
def test_processes_are_forked_only_where_that_is_safe(
    monkeypatch: pytest.MonkeyPatch, system: str, method: str
) -> None:
    monkeypatch.setattr(sys, "platform", system)
    assert processes.start_method() == method


def test_nothing_needs_what_windows_lacks(texts: Path, tmp_path: Path) -> None:
    run("run", texts, "-o", tmp_path / "one")
    words = ["run", texts, "-o", tmp_path / "two", "--analyzer", "sudachi", "--quiet"]
    ended = subprocess.run(
        [sys.executable, "-c", LACKING, *map(str, words)], cwd=ROOT, capture_output=True, check=False
    )
    assert (ended.returncode, ended.stderr.decode()) == (0, "")
    assert results(tmp_path / "two") == results(tmp_path / "one")


@pytest.mark.parametrize(
    "name",
    ["con.txt", "aux.2014.txt", "com¹.txt", "a:b.txt", "a?.txt", "a*b.txt", 'a"b.txt', "a|b.txt", "a<b>.txt", "a. .txt", "a..txt",
     " a .txt", "a\\b.txt", "C:a.txt", "a\tb.txt", "...txt", "nul .txt", "第1章：総論.txt", f"{'長' * 240}.txt"],
)  # fmt: skip
def test_an_id_is_a_name_that_windows_can_hold(name: str) -> None:
    doc_id = id_of(name)
    assert_holds(doc_id)
    assert len(doc_id) <= 120


def assert_holds(name: str) -> None:
    path = PureWindowsPath(name)
    assert (path.name, path.drive, path.root) == (name, "", "")
    assert not set(name) & set('<>:"/\\|?*')
    assert name == name.strip() == name.rstrip(".")
    reserved = getattr(ntpath, "isreserved", None)  # since Python 3.13
    assert not (reserved(name) if reserved else path.is_reserved())


def test_windows_can_hold_the_files_of_a_run() -> None:
    for row in facts.rows("files.csv"):
        assert_holds(row["file"])


def test_patterns_are_read_by_us_and_not_by_the_shell(texts: Path) -> None:
    """PowerShell and cmd hand ``*.txt`` on as it is."""
    assert [item.doc_id for item in discover([str(texts / "*.txt")])] == ["a", "b"]


def test_a_console_of_japanese_windows(texts: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """CP932 has neither 𠮷 nor —: they are shown as Python writes them, and all else is readable."""
    (texts / "𠮷.txt").write_text("防衛省—𠮷野は平成25年10月3日に発表した。\n", encoding="utf-8")
    out, said = io.BytesIO(), io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(out, encoding="cp932"))
    monkeypatch.setattr(sys, "stderr", io.TextIOWrapper(said, encoding="cp932", errors="backslashreplace"))
    codes = []
    for words in (
        ["run", texts, "-o", tmp_path / "out", "--analyzer", "sudachi"],
        ["list", tmp_path / "out"],
        ["laws", "find", "自衛隊法"],
        ["run", "無い𠮷.txt"],
    ):
        with pytest.raises(SystemExit) as ended:
            main(list(map(str, words)))
        codes.append(ended.value.code)
        sys.stdout.flush()
        sys.stderr.flush()
    assert codes == [0, 0, 0, 1]
    assert "自衛隊法" in out.getvalue().decode("cp932")
    messages = said.getvalue().decode("cp932")
    assert "\\U00020bb7" in messages
    assert "昨年, 本年度" in messages
    assert messages.rstrip().endswith("無い\\U00020bb7.txt: no such file or folder: check the path")
