"""``make gains`` lists changes of the texts for development, and of the others only counts."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.read import discover
from tests.conftest import CHAPTER, ROOT, hakusho
from tools import gains, given
from tools.gains import sets, shown


def test_the_sets_are_those_of_the_manifest(tmp_path: Path) -> None:
    found = sets(tmp_path)
    names = {title: {item.doc_id for item in discover([str(texts)])} for title, (texts, _) in found.items()}
    assert names["the chapter"] == {CHAPTER}
    assert len(names["samples, dev"] | names["samples, test"]) == 28
    assert not names["samples, dev"] & names["samples, test"]
    for title, (_, gold) in found.items():
        assert names[title] == {path.stem for path in gold.glob("*.csv")}


def test_of_the_test_split_only_counts_are_shown(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("昨年、防衛省は訓練した。", encoding="utf-8")
    for day, folder in (("2014-08-05", "before"), ("2015-08-05", "after")):
        more = ("--analyzer", "sudachi", "--format", "csv", "--reference-date", day)
        assert hakusho("run", "a.txt", "-o", folder, *more, cwd=tmp_path).returncode == 0
    lines = hakusho("compare", "before", "after", cwd=tmp_path).stdout.decode().splitlines()
    assert any("昨年" in line for line in shown("samples, dev", lines))
    counts = shown("samples, test", lines)
    assert "昨年" not in "".join(counts)
    assert counts[-1].split() == ["unchanged", "1"]


def test_what_it_is_given_is_a_commit_or_a_call_for_help(capsys: pytest.CaptureFixture[str]) -> None:
    assert [given.word(gains.__doc__, "BASE", "HEAD", words) for words in ([], ["v1"])] == ["HEAD", "v1"]
    with pytest.raises(SystemExit) as ended:
        given.word(gains.__doc__, "BASE", "HEAD", ["--help"])
    assert not ended.value.code
    assert "python -m tools.gains [BASE]" in capsys.readouterr().out
    with pytest.raises(SystemExit) as ended:
        given.word(gains.__doc__, "BASE", "HEAD", ["--of-ours"])
    assert ended.value.code == 2
    assert "--of-ours" in capsys.readouterr().err


def test_a_base_that_is_no_commit_is_one_line() -> None:
    program = [sys.executable, "-m", "tools.gains", "no-such-commit"]
    done = subprocess.run(program, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "no-such-commit" in done.stderr


def test_tools_that_are_given_texts_read_their_words_the_same_way(tmp_path: Path) -> None:
    for tool in (ROOT / "tools").glob("*.py"):
        assert "sys.argv[1] else None" not in tool.read_text(encoding="utf-8"), tool.name
    with pytest.raises(SystemExit, match="no such folder"):
        given.folder(None, [str(tmp_path / "none")])
    assert given.folder(None, [str(tmp_path)]) == tmp_path
    assert given.folder(None, []) is None
