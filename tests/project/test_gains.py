"""``make gains`` lists changes of the texts for development, and of the others only counts."""

from __future__ import annotations

from pathlib import Path

from pipeline.read import discover
from tests.conftest import CHAPTER, hakusho
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
