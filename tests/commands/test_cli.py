"""The commands as a user meets them: exit codes, one clear line for each fault, nothing half-written."""

from __future__ import annotations

import csv
import json
import subprocess
import tomllib
from pathlib import Path

import pytest

from tests.conftest import CHAPTER, ROOT, hakusho

SENTENCE = "防衛省は13（平成25）年10月3日、自衛隊法第76条を引いた。"


def _text(folder: Path, name: str = "a.txt", content: str | bytes = SENTENCE) -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def _run(path: Path | str, folder: Path, *more: str) -> subprocess.CompletedProcess[bytes]:
    return hakusho("run", path, "-o", folder, "--analyzer", "sudachi", *more)


def test_the_chapter_runs_and_says_what_it_found(
    finished: tuple[subprocess.CompletedProcess[bytes], Path],
) -> None:
    process, folder = finished
    message = process.stderr.decode()
    assert process.returncode == 0
    assert process.stdout == b""
    for word in ("ORG", "DATE", "LAW", "mentions", "distinct names", " s; results in", str(folder)):
        assert word in message
    assert sorted(p.name for p in (folder / CHAPTER).iterdir()) == [
        "candidates.csv", "dates.csv", "entities.csv", "entities.json", "laws.csv", "organizations.csv", "report.html", "sentences.csv", "structure.json",
        "tokens.csv",
    ]  # fmt: skip


def test_the_manifest_of_a_run(finished: tuple[subprocess.CompletedProcess[bytes], Path]) -> None:
    _, folder = finished
    manifest = json.loads((folder / "run.json").read_text(encoding="utf-8"))
    (document,) = manifest["documents"]
    with (ROOT / "corpus/manifest.csv").open(encoding="utf-8") as stream:
        (row,) = csv.DictReader(stream)
    assert document["sha256"] == row["sha256"]
    assert document["reference_date"] == "2014-08-05"
    assert manifest["failures"] == []
    assert manifest["settings"]["analyzer"] == "ginza"
    assert {"python", "hakusho", "sudachipy", "sudachidict-core", "ginza", "ja-ginza"} <= set(
        manifest["versions"]
    )


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["run", "nowhere.txt"], 1, ["nowhere.txt", "no such file", "check the path"]),
        (["run", "corpus", "--analyzer", "mecab"], 2, ["mecab", "ginza", "sudachi"]),
        (["run", "corpus", "--format", "docx"], 2, ["docx", "csv,json,html"]),
        (["run", "corpus", "--reference-date", "2014-02-30"], 2, ["2014-02-30", "2014-08-05"]),
        (["run", "corpus", "--jobs", "0"], 2, ["--jobs"]),
        (["run"], 2, ["INPUT"]),
        (["walk"], 2, ["walk", "--help"]),
        (["run", "corpus", "-o", "pyproject.toml"], 1, ["pyproject.toml", "-o"]),
        (["evaluate", "nowhere", "corpus/gold"], 1, ["nowhere"]),
        (["report", "corpus"], 1, ["run.json", "hakusho run"]),
    ],
)  # fmt: skip
def test_a_fault_is_one_line_that_says_what_to_do(arguments: list[str], code: int, words: list[str]) -> None:
    process = hakusho(*arguments)
    message = process.stderr.decode()
    assert process.returncode == code
    assert len(message.strip().splitlines()) == 1
    assert message.startswith("hakusho: ")
    assert "Traceback" not in message
    assert process.stdout == b""
    for word in words:
        assert word in message


def test_the_version_is_that_of_the_project_file() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert hakusho("--version").stdout.decode().split() == ["hakusho", project["version"]]


@pytest.mark.parametrize("words", [(), ("gold",), ("laws",)])
def test_without_a_command_the_help_is_shown_as_it_is(words: tuple[str, ...]) -> None:
    process = hakusho(*words)
    assert process.returncode == 2
    assert not process.stdout
    lines = process.stderr.decode().splitlines()
    assert lines[0].startswith("Usage: hakusho")
    assert "Commands:" in lines


def test_a_folder_without_texts(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    process = _run(tmp_path / "in", tmp_path / "out")
    assert process.returncode == 1
    assert b"holds nothing that is read" in process.stderr
    assert not (tmp_path / "out").exists()


def test_one_bad_document_does_not_stop_the_others(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    _text(folder, "good.txt")
    _text(folder, "empty.txt", "")
    _text(folder, "broken.txt", SENTENCE.encode() + b"\xff\xfe\x81")
    _text(folder, "picture.txt", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR")
    process = _run(folder, tmp_path / "out")
    lines = [line for line in process.stderr.decode().splitlines() if line.startswith("hakusho: ")]
    assert process.returncode == 1
    assert len(lines) == 3
    assert all(name in "\n".join(lines) for name in ("empty.txt", "broken.txt", "picture.txt"))
    assert sorted(p.name for p in (tmp_path / "out").iterdir()) == [
        "datapackage.json", "documents.csv", "good", "index.html", "mentions.csv", "relations.csv", "run.json",
        "totals.csv",
    ]  # fmt: skip
    manifest = json.loads((tmp_path / "out/run.json").read_text(encoding="utf-8"))
    assert {f["doc_id"] for f in manifest["failures"]} == {"empty", "broken", "picture"}


def test_standard_input_and_fewer_formats(tmp_path: Path) -> None:
    process = hakusho(
        "run", "-", "-o", tmp_path, "--analyzer", "sudachi", "--format", "csv", stdin=SENTENCE.encode()
    )
    assert process.returncode == 0, process.stderr.decode()
    assert sorted(p.name for p in (tmp_path / "stdin").iterdir()) == [
        "candidates.csv", "dates.csv", "entities.csv", "laws.csv", "organizations.csv", "sentences.csv", "tokens.csv",
    ]  # fmt: skip


def test_two_workers_write_the_same_bytes_as_one(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for n in range(3):
        _text(folder, f"t{n}.txt", SENTENCE * (n + 1))
    assert _run(folder, tmp_path / "one").returncode == 0
    assert _run(folder, tmp_path / "two", "--jobs", "2").returncode == 0
    for path in (tmp_path / "one").glob("*/*"):
        assert path.read_bytes() == (tmp_path / "two" / path.relative_to(tmp_path / "one")).read_bytes()


def test_the_reference_date_resolves_deictic_dates(tmp_path: Path) -> None:
    path = _text(tmp_path, content="昨年、防衛省は法案を提出した。")
    assert _run(path, tmp_path / "dated", "--reference-date", "2014-08-05").returncode == 0
    assert _run(path, tmp_path / "undated").returncode == 0
    dated, undated = (
        next(
            csv.DictReader((tmp_path / name / "a/entities.csv").read_text(encoding="utf-8-sig").splitlines())
        )
        for name in ("dated", "undated")
    )
    assert (dated["value"], dated["flags"]) == ("2013", "")
    assert (undated["value"], undated["flags"]) == ("", "no_reference_date")


def test_debug_shows_the_traceback(tmp_path: Path) -> None:
    process = hakusho("run", tmp_path / "nowhere.txt", "--debug")
    assert process.returncode == 1
    assert b"Traceback" in process.stderr


def test_evaluate_prints_scores_and_lists_errors(results: Path, tmp_path: Path) -> None:
    gold = ROOT / f"corpus/gold/{CHAPTER}.csv"
    process = hakusho(
        "evaluate", results.parent, gold, "--errors", tmp_path / "errors.csv", "--format", "json"
    )
    assert process.returncode == 0, process.stderr.decode()
    assert json.loads(process.stdout)
    assert (tmp_path / "errors.csv").exists()
    same = hakusho("evaluate", gold, gold)
    assert "1.000" in same.stdout.decode()
    failing = hakusho("evaluate", results.parent, gold, "--fail-under", "ORG:norm=1.01")
    assert failing.returncode == 1


def test_evaluate_scores_structure_where_the_gold_has_it(results: Path) -> None:
    process = hakusho("evaluate", results.parent, "corpus/gold", "--format", "json")
    figures = {row["measure"]: row for row in json.loads(process.stdout)["structure"]}
    assert figures["sentence boundaries"]["f1"] >= 0.98
    assert figures["block kinds"]["f1"] >= 0.97
    shown = hakusho("evaluate", results.parent, "corpus/gold").stdout.decode()
    assert "sentence boundaries" in shown
    without = hakusho("evaluate", results / "entities.csv", "corpus/gold").stdout.decode()
    assert "sentence boundaries" not in without


def test_inspect_shows_repairs(tmp_path: Path) -> None:
    text = tmp_path / "a.txt"
    text.write_text("政府は、平成\n25年に決定¹した。\n\n", encoding="utf-8")
    shown = hakusho("inspect", text, "--changes").stdout.decode()
    assert "clean  政府は、平成25年に決定した。" in shown
    assert "⏎ → ∅  line end within a sentence" in shown
    passages = json.loads(hakusho("inspect", text, "--format", "json").stdout)
    assert "".join(row["raw"] for row in passages) == text.read_text(encoding="utf-8")
    assert hakusho("inspect", text, "--format", "csv").stdout.startswith(b"doc_id,start,end,raw,clean,")
    missing = hakusho("inspect", tmp_path / "b.txt")
    assert missing.returncode == 1
    assert b"no such file" in missing.stderr


def test_report_shows_gold_and_corrections(finished: tuple[subprocess.CompletedProcess[bytes], Path]) -> None:
    _, folder = finished
    process = hakusho("report", folder, "--gold", ROOT / "corpus/gold")
    assert process.returncode == 0, process.stderr.decode()
    assert "report.html" in process.stderr.decode()


def test_compare_lists_what_changed(results: Path, tmp_path: Path) -> None:
    with (results / "entities.csv").open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    fewer = tmp_path / "entities.csv"
    with fewer.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows[1:])
    gold = ROOT / f"corpus/gold/{CHAPTER}.csv"
    process = hakusho(
        "compare", results / "entities.csv", fewer, "--gold", gold, "--changes", tmp_path / "c.csv"
    )
    assert process.returncode == 0, process.stderr.decode()
    changes = list(csv.DictReader((tmp_path / "c.csv").read_text(encoding="utf-8-sig").splitlines()))
    assert len(changes) == 1
    assert rows[0]["text"] in process.stdout.decode() + str(changes)


def test_agreement_of_a_file_with_itself() -> None:
    gold = ROOT / f"corpus/gold/{CHAPTER}.csv"
    process = hakusho("agreement", gold, gold)
    assert process.returncode == 0
    assert "1.000" in process.stdout.decode()


@pytest.mark.parametrize(
    ("gold", "texts"), [("corpus/gold", "corpus"), ("corpus/samples/gold", "corpus/samples")]
)
def test_the_gold_that_is_shipped_is_well_formed(gold: str, texts: str) -> None:
    process = hakusho("gold", "check", gold, "--texts", texts)
    assert process.returncode == 0, process.stdout.decode() + process.stderr.decode()


def test_gold_of_another_text_is_refused(tmp_path: Path) -> None:
    (tmp_path / f"{CHAPTER}.txt").write_text("別の文章である。", encoding="utf-8")
    process = hakusho("gold", "check", "corpus/gold", "--texts", tmp_path / f"{CHAPTER}.txt")
    assert process.returncode == 1
    assert process.stderr.decode().startswith("hakusho: corpus/gold: 325 faults")


def test_evaluate_refuses_gold_of_another_text_and_bad_values(results: Path, tmp_path: Path) -> None:
    header = "doc_id,label,start,end,text,norm,value,mod,article,paragraph,item,note"
    for row, reason in (
        (f"{CHAPTER},ORG,0,3,防衛省,防衛省,,,,,,", "row 2"),
        (f"{CHAPTER},DATE,481,492,14（平成26）年4月,2014/4,2014/4,,,,,", "EDTF"),
    ):
        path = tmp_path / "gold.csv"
        path.write_text(f"{header}\n{row}\n", encoding="utf-8")
        process = hakusho("evaluate", results.parent, path)
        assert process.returncode == 1
        assert reason in process.stderr.decode()
        assert len(process.stderr.decode().strip().splitlines()) == 1
