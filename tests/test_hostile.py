"""Hostile inputs: whatever comes, a result or one clear line, in time, and outputs that are safe to open."""

from __future__ import annotations

import ast
import csv
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pipeline import export
from pipeline.clean import clean
from pipeline.model.cells import FORMULA
from pipeline.model.source import Source
from pipeline.read.encodings import decode
from pipeline.report import render
from pipeline.structure import structure
from tests.conftest import ROOT, hakusho
from tests.growth import assert_linear
from tools.fuzz import FINDS, SEEDS, TARGETS

if TYPE_CHECKING:
    from pipeline.document.document import Document
    from pipeline.flow import Analyzer

SENTENCE = "防衛省は、平成26年４月に自衛隊法第76条を改正した。"
N = 20_000


@pytest.mark.parametrize(
    "text",
    [
        "1" * N, "二十" * N, "（" * N, "「" * N, "（）" * N, "）" * N, "\0" * N, "\ud800" * N, "平\u200b成\u202e26年" * 2000,
        "😀👨\u200d👩\u200d👧" * 2000, "ﾎﾞｳｴｲｼｮｳ" * 2000, "\n" * N + "省", "　" * N, "a\t" * N, "同法" * 4000, "「防衛省」" * 2000,
        "防衛省1、" * 2000, "第1条の2" * 4000, "か\u3099" * N, "\u3099" * N, "1～" * N, "平成元年から" * 2000, "¹" * N, "^{A" * N,
    ],
)  # fmt: skip
def test_the_time_stays_in_proportion(analyze: Analyzer, text: str) -> None:
    documents: dict[str, Document] = {}
    assert_linear(
        lambda given: documents.update({given: analyze(Source("x", given))}), text[: len(text) // 4], text
    )
    document = documents[text]
    assert all(text[e.start : e.end] == e.text for e in document.entities)


def test_a_sentence_of_200_000_characters(analyze: Analyzer) -> None:
    """Two thousand laws in one sentence once took minutes."""
    part = SENTENCE.rstrip("。").replace("。", "、") * (50_000 // len(SENTENCE))
    found: list[int] = []
    assert_linear(lambda given: found.append(len(analyze(Source("x", given)).entities)), part, part * 4)
    assert max(found) > 10_000


def sentences(data: bytes) -> int:
    return len(structure(clean(Source("x", decode(data, "x")[0]))).sentences)


def test_a_line_of_five_megabytes() -> None:
    data = (SENTENCE * (1_250_000 // len(SENTENCE.encode()))).encode()
    found: list[int] = []
    assert_linear(lambda given: found.append(sentences(given)), data, data * 4)
    assert max(found) == (data * 4).count("。".encode())


def test_a_line_of_a_megabyte_goes_through_the_whole_flow(tmp_path: Path) -> None:
    """docs/howto/many_documents.md has the figures of 5 MB and of 50."""
    line = SENTENCE.rstrip("。") + "、"
    (tmp_path / "a.txt").write_text(line * (1_000_000 // len(line.encode())), encoding="utf-8")
    process = hakusho(
        "run", tmp_path / "a.txt", "-o", tmp_path / "out", "--analyzer", "sudachi", "--format", "csv,html"
    )
    assert process.returncode == 0, process.stderr.decode()
    table = (tmp_path / "out/a/entities.csv").read_bytes()
    assert table.count("防衛省".encode() + b",") > 10_000
    assert (tmp_path / "out/a/report.html").stat().st_size > 10_000_000


def test_a_document_that_is_too_long_is_refused(tmp_path: Path) -> None:
    (tmp_path / "long.txt").write_text(SENTENCE * 100, encoding="utf-8")
    (tmp_path / "short.txt").write_text(SENTENCE, encoding="utf-8")
    words = (
        "run",
        tmp_path,
        "-o",
        tmp_path / "out",
        "--analyzer",
        "sudachi",
        "--format",
        "csv",
        "--max-characters",
    )
    process = hakusho(*words, "1000")
    assert process.returncode == 1
    assert (
        "long.txt: has 2,700 characters, and more than 1,000 may not fit into memory"
        in process.stderr.decode()
    )
    assert (tmp_path / "out/short/entities.csv").exists()
    assert not (tmp_path / "out/long").exists()
    assert hakusho(*words, "0").returncode == 0


@pytest.mark.parametrize("noise", ["\0", "\u200b", "\u202e", "\u00ad", "\ufeff"])
def test_invisible_characters_hide_nothing(analyze: Analyzer, noise: str) -> None:
    text = noise.join(SENTENCE)
    found, wanted = ([(e.label, e.norm) for e in analyze(Source("x", t)).entities] for t in (text, SENTENCE))
    assert len(wanted) == 3
    assert found == wanted


def test_half_width_kana_and_lone_surrogates_keep_their_places(analyze: Analyzer) -> None:
    text = "\ud83d" + SENTENCE + "😀ｶﾞｲﾄﾞ\udc00"
    found = analyze(Source("x", text)).entities
    assert len(found) == 3
    assert all(text[e.start : e.end] == e.text for e in found)


def run_under(folder: Path, **change: str) -> bytes:
    """Run the command with these variables, and return the table."""
    (folder / "a.txt").write_bytes(SENTENCE.encode())
    command = [sys.executable, "-m", "pipeline", "run", "a.txt", "-o", "out", "--analyzer", "sudachi"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), **change}
    subprocess.run(command, check=True, capture_output=True, env=environment, timeout=300, cwd=folder)
    return (folder / "out/a/entities.csv").read_bytes()


@pytest.fixture(scope="module")
def table_here(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return run_under(tmp_path_factory.mktemp("here"))


@pytest.mark.parametrize(("zone", "locale"), [("Pacific/Kiritimati", "C"), ("Etc/GMT+12", "POSIX")])
def test_clock_and_locale_change_nothing(table_here: bytes, tmp_path: Path, zone: str, locale: str) -> None:
    assert run_under(tmp_path, TZ=zone, LC_ALL=locale, PYTHONUTF8="0") == table_here


@pytest.mark.parametrize(
    "content",
    [b"", b"\n\n", b"%PDF-1.7 cut", b"<html></html>", b"\x89PNG\r\n\x1a\n", b"\xff\xfe\x00", b"\0" * 99],
)
def test_a_bad_file_is_one_clear_line(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.txt").write_bytes(content)
    process = hakusho("run", tmp_path / "a.txt", "-o", tmp_path / "out", "--analyzer", "sudachi")
    faults = [line for line in process.stderr.decode().splitlines() if line.startswith("hakusho: ")]
    assert process.returncode == 1
    assert len(faults) == 1
    assert "Traceback" not in process.stderr.decode()
    assert not (tmp_path / "out/a").exists()


def test_a_manifest_cannot_lead_out_of_the_folder(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.txt").write_bytes(SENTENCE.encode())
    (folder / "manifest.csv").write_text("file,doc_id\na.txt,../../escaped\n", encoding="utf-8")
    process = hakusho("run", folder, "-o", tmp_path / "out/deep", "--analyzer", "sudachi")
    assert process.returncode == 1
    assert "cannot name a folder" in process.stderr.decode()
    assert not list(tmp_path.rglob("*escaped*"))


def test_cells_that_a_spreadsheet_would_run_are_defused(analyze: Analyzer) -> None:
    document = analyze(Source("=1+1", "=HYPERLINK(1)\n+1\n-1\n@SUM(1)\n" + SENTENCE))
    begun = set()
    for table in export.CSV_TABLES:
        for row in csv.reader(export.table_csv(document, table).splitlines()[1:]):
            assert not any(cell.startswith(FORMULA) for cell in row)
            begun |= {cell[:2] for cell in row}
    assert {"'=", "'+", "'-", "'@"} <= begun


def test_markup_of_a_text_never_gets_into_the_report(analyze: Analyzer) -> None:
    text = f"<script>alert(1)</script><img src=x onerror=alert(2)>{SENTENCE}\"'><b>"
    html = render(analyze(Source("<b>x</b>", text, title="</title><script>alert(3)</script>")))
    for bad in ("<script>alert(", "<img src=x", "<b>x</b>"):
        assert bad not in html
    assert html.count("&lt;img src=x") == 1
    found = json.loads("".join(export.entities_json(analyze(Source("x", text)))))
    assert len(found["entities"]) == 3


# The review page is served to this machine; the law book is fetched, and a cluster joined, by commands whose purpose that is.
NETWORK = {"serve.py", "answering.py", "guard.py", "egov.py", "answers.py", "ray_cluster.py"}
BANNED = set("pickle marshal shelve subprocess socket urllib http httpx requests ftplib smtplib".split())


def test_no_network_shell_pickle_or_evaluated_code() -> None:
    for path in (ROOT / "pipeline").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            used = {
                name.split(".")[0] for name in names if name != "urllib.parse"
            }  # which only reads and writes text
            allowed = {"socket", "urllib", "http", "httpx"} if path.name in NETWORK else set()
            # The one process that is started is our own reader of PDFs, without a shell.
            allowed |= {"subprocess"} if path.name == "pdf_process.py" else set()
            assert not (BANNED - allowed) & used, path
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                assert node.func.id not in ("eval", "exec"), path


@pytest.mark.parametrize(
    "path", sorted(FINDS.glob("*/*")), ids=lambda path: f"{path.parent.name}/{path.name}"
)
def test_finds_of_the_fuzzer_stay_mended(path: Path) -> None:
    TARGETS[path.parent.name](path.read_bytes())


@pytest.mark.parametrize("name", sorted(TARGETS))
def test_what_fuzzing_begins_with_holds(name: str) -> None:
    """Each target has seeds, and they and what is cut or doubled of them hold."""
    assert SEEDS.keys() == TARGETS.keys()
    for seed in SEEDS[name]:
        for data in (seed, seed[: len(seed) // 2], seed[::-1], seed * 2, seed.replace(b"0", b"-1"), b""):
            TARGETS[name](data)
