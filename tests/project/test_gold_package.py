"""The gold as a data package: what it holds, what describes it, and its scorer."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import mlcroissant
import pytest
from frictionless import Package

from pipeline.scoring.evaluate import evaluate
from pipeline.scoring.gold import read_mentions
from tools import gold_package, gold_score
from tools.gold_sets import ROOT

LABELS = ("ORG", "DATE", "LAW")


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("package") / "gold"
    gold_package.write(list(gold_package.collected(None)), out)
    return out


def test_every_mention_of_the_gold_is_in_one_passage(package: Path) -> None:
    folders = (ROOT / "corpus/gold", ROOT / "corpus/samples/gold", ROOT / "corpus/standoff/gold")
    wanted = {(m.doc_id, m.start, m.end) for folder in folders for m in read_mentions(folder)}
    found = [gold_score.place(row) for row in gold_score.read(package / "gold.csv")]
    assert sorted(found) == sorted(wanted)


def test_a_text_gives_its_mentions(package: Path) -> None:
    seen = 0
    for split in ("dev", "test"):
        for line in (package / f"data/{split}.jsonl").read_text(encoding="utf-8").splitlines():
            passage = json.loads(line)
            for m in passage["mentions"] if passage["text"] else ():
                begin, end = (m[name] - passage["start"] for name in ("start", "end"))
                assert passage["text"][begin:end] == m["text"]
                seen += 1
    assert seen > 1000


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_the_descriptions_are_valid(package: Path) -> None:
    report = Package(str(package / "datapackage.json")).validate()
    assert report.valid, report.flatten(["type", "note"])
    described = mlcroissant.Dataset(jsonld=str(package / "croissant.json"))
    assert not described.metadata.ctx.issues.errors
    first = next(iter(described.records("mentions_dev")))
    assert first["mentions_dev/label"].decode() in LABELS


def test_the_card_names_files_that_are_there(package: Path) -> None:
    card = (package / "README.md").read_text(encoding="utf-8")
    assert all((package / name).exists() for name in re.findall(r"path: (\S+)", card))


def test_the_scorer_agrees_with_evaluate(package: Path, tmp_path: Path) -> None:
    """On the gold with every fifth mention left out, every seventh cut short and every ninth given another value."""
    rows = gold_score.read(package / "gold.csv")
    for n, row in enumerate(rows):
        row["end"] = str(int(row["end"]) - 1) if n % 7 == 0 and len(row["text"]) > 1 else row["end"]
        row["text"] = row["text"][: int(row["end"]) - int(row["start"])]
        row["norm"], row["value"] = (row["norm"] + "?", "2000") if n % 9 == 0 else (row["norm"], row["value"])
    changed = tmp_path / "predictions.csv"
    gold_package._csv(changed, gold_package.MENTION, [row for n, row in enumerate(rows) if n % 5])
    passages = [
        gold_score.place(row) for row in gold_score.read(package / "passages.csv") if row["split"] == "test"
    ]
    scores = evaluate(changed, package / "gold.csv", regions=passages)
    gold, found = (
        gold_score.within(gold_score.read(path), passages) for path in (package / "gold.csv", changed)
    )
    for label in LABELS:
        n = gold_score.counts(label, gold, found)
        for ours, theirs in (("strict", "strict"), ("overlap", "overlap"), ("value", "norm")):
            assert gold_score.f1(n[ours], n["gold"], n["found"]) == pytest.approx(
                scores.line(label, theirs).f1
            )


def test_the_page_s_example_is_scored(package: Path, tmp_path: Path) -> None:
    page = (ROOT / "docs/howto/score_your_system.md").read_text(encoding="utf-8")
    code = page.partition("```python\n")[2].partition("```")[0].replace("\n   ", "\n").removeprefix("   ")
    lines = (package / "data/test.jsonl").read_text(encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-c", code], input=lines, capture_output=True, text=True, check=True
    )
    (tmp_path / "predictions.csv").write_text(done.stdout, encoding="utf-8")
    command = [sys.executable, package / "score.py", tmp_path / "predictions.csv", "--set", "samples"]
    printed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert "DATE" in printed
    assert "0.000" in printed
