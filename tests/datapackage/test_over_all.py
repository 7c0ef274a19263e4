"""Tables over all documents: mentions and relations, the workbook, the database, and standard output."""

from __future__ import annotations

import csv
import json
import re
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

from pipeline.commands.place import prepared
from pipeline.commands.run import _formats
from pipeline.datapackage import sheets
from pipeline.datapackage.relations import MOST, relation_rows
from pipeline.datapackage.standing import Standing
from pipeline.datapackage.workbook import Workbook, words
from pipeline.document.tables import MENTION_COLUMNS, RELATION_COLUMNS
from pipeline.export import write_files
from pipeline.export.schema import columns
from pipeline.flow import Analyzer
from pipeline.model.cells import csv_lines, plain
from pipeline.model.errors import HakushoError
from pipeline.runs import documents
from pipeline.runs.destination import destination
from pipeline.runs.engines import Local
from pipeline.runs.outcomes import Settings
from pipeline.runs.reports import rewrite_reports
from pipeline.runs.run import Run
from tests.conftest import ROOT

TEXT = (
    "防衛省は平成26年8月5日に自衛隊法第76条を改めた。外務省と財務省は昭和20年に設けられた。"
    "朝に雨。陸・海・空自は=1+1を論じた。\n"
)


@pytest.fixture(autouse=True, scope="module")
def _loaded(analyze: Analyzer) -> Iterator[None]:
    """No run loads anything."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(documents, "Analyzer", lambda *_: analyze)
        yield


@pytest.fixture(scope="module")
def inputs(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    folder = tmp_path_factory.mktemp("inputs")
    (folder / "b.txt").write_text(TEXT, encoding="utf-8")
    (folder / "c.txt").write_text("朝に雨。", encoding="utf-8")
    shutil.copy(ROOT / "tests/documents/ministry.pdf", folder / "a.pdf")
    return [str(folder / name) for name in ("b.txt", "a.pdf", "c.txt")]


@pytest.fixture(scope="module")
def out(inputs: list[str], tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("out")
    list(Run(inputs, str(folder), settings("csv", "json", "parquet", "xlsx", "sqlite"), Local()))
    return folder


def settings(*formats: str, **more: Any) -> Settings:
    return Settings("sudachi", None, formats, **more)


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return [{name: plain(cell) for name, cell in row.items()} for row in csv.DictReader(stream)]


def test_a_mention_has_what_all_tables_know_of_it(out: Path) -> None:
    """The page is counted from the text; JSON has it from the places of the letters."""
    wanted = {}
    for doc_id in "bac":
        found = json.loads((out / doc_id / "entities.json").read_text(encoding="utf-8"))
        surfaces = {row["sentence_id"]: row["surface"] for row in rows(out / doc_id / "sentences.csv")}
        for entity in found["entities"]:
            more = {"title": found["document"]["title"], "sentence": surfaces[entity["sentence_id"]]}
            wanted[doc_id, entity["entity_id"]] = entity | more
    made = rows(out / "mentions.csv")
    assert [(row["doc_id"], row["entity_id"]) for row in made] == list(wanted)
    assert {row["page"] for row in made} == {"", "1", "2"}
    for row in made:
        for column in columns("mentions"):
            value = wanted[row["doc_id"], row["entity_id"]].get(column.name)
            if isinstance(value, list):
                value = (" > " if column.type == "path" else "|").join(value)
            assert row[column.name] == ("" if value is None else str(value)), column.name


def test_parquet_holds_the_same(out: Path) -> None:
    from pyarrow.parquet import read_table

    for table in ("mentions", "relations"):
        made = read_table(out / f"{table}.parquet").to_pylist()
        assert made
        marks = {c.name: " > " if c.type == "path" else "|" for c in columns(table)}
        for row in made:
            for name, value in row.items():
                row[name] = (
                    marks[name].join(value)
                    if isinstance(value, list)
                    else str("" if value is None else value)
                )
        assert made == rows(out / f"{table}.csv")


def test_relations_of_a_run(out: Path) -> None:
    found = [row for row in rows(out / "relations.csv") if row["doc_id"] == "b"]
    assert [(row["organization"], row["law"], row["article"], row["date"]) for row in found] == [
        ("防衛省", "自衛隊法", "76", "2014-08-05"), ("外務省", "", "", "1945"), ("財務省", "", "", "1945"),
    ]  # fmt: skip
    assert [row["combinations"] for row in found] == ["1", "2", "2"]
    for row in found:
        sentence = TEXT[int(row["start"]) : int(row["end"])]
        assert sentence.endswith("。")
        assert row["organization"] in sentence


COMBINED = [
    ("ORG LAW DATE", ["1 2 3"]),
    ("ORG ORG DATE", ["1 - 3", "2 - 3"]),
    ("LAW LAW DATE DATE", ["- 1 3", "- 1 4", "- 2 3", "- 2 4"]),
    ("ORG ORG ORG", []),
    ("ORG", []),
    ("ORG MONEY", []),
    (" ".join(["ORG", *["DATE"] * MOST]), [f"1 - {n}" for n in range(2, MOST + 2)]),
    (" ".join(["ORG", *["DATE"] * (MOST + 1)]), ["- - -"]),
]


@pytest.mark.parametrize(("labels", "wanted"), COMBINED, ids=lambda value: str(value)[:20])
def test_combinations_of_a_sentence(labels: str, wanted: list[str]) -> None:
    names = ("entity_id", "label", "start", "norm", "sentence_id", "value", "section")
    entities = [(str(n), label, str(n), "x", "s00001", "y", "z") for n, label in enumerate(labels.split(), 1)]
    table = csv_lines([names, *entities]).encode()
    row = {"doc_id": "d", "source": {}, "files": {"entities.csv": ""}}
    document = Standing(row, lambda _, name: table if name == "entities.csv" else None)
    found = [dict(zip(RELATION_COLUMNS, cells, strict=True)) for cells in relation_rows(document)]
    ids = ("org_entity_id", "law_entity_id", "date_entity_id")
    assert [" ".join(row[name] or "-" for name in ids) for row in found] == wanted
    assert len({row["relation_id"] for row in found}) == len(found)


def test_corrections_show_in_the_tables_over_all_documents(out: Path, tmp_path: Path) -> None:
    shutil.copytree(out, tmp_path / "run")
    path = tmp_path / "run/b/entities.csv"
    text = path.read_text(encoding="utf-8-sig").replace("防衛省,防衛省,防衛省", "防衛省,防衛省,防衛庁")
    path.write_text(text, encoding="utf-8-sig")
    list(rewrite_reports(tmp_path / "run"))
    assert "防衛庁" in {row["norm"] for row in rows(tmp_path / "run/mentions.csv")}
    assert "防衛庁" in {row["organization"] for row in rows(tmp_path / "run/relations.csv")}
    with closing(sqlite3.connect(tmp_path / "run/hakusho.sqlite")) as base:
        assert base.execute("SELECT count(*), max(ids) FROM mentions WHERE norm = '防衛庁'").fetchone() == (
            1,
            None,
        )


def test_a_table_that_a_spreadsheet_saved_spoils_no_run(out: Path, inputs: list[str], tmp_path: Path) -> None:
    """In CP932, with cells of no such type, too few and too many: previously any later run had an internal error."""
    shutil.copytree(out, tmp_path / "run")
    path = tmp_path / "run/b/entities.csv"
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    lines[1] = lines[1].replace(",0,3,", ",x,9999999999,")
    lines[2:] = [lines[2].replace("2014-08-05", "2014-13-05"), "b,e00003,ORG", "", lines[3] + ",more"]
    path.write_bytes("\r\n".join(lines).encode("cp932"))
    list(Run(inputs[2:], str(tmp_path / "run"), settings("csv"), Local()))
    found = [row for row in rows(tmp_path / "run/mentions.csv") if row["doc_id"] == "b"]
    assert [(row["entity_id"], row["norm"], row["start"]) for row in found[:2]] == [
        ("e00001", "防衛省", "x"), ("e00002", "2014-13-05", "4"),
    ]  # fmt: skip
    assert len(found) == 4
    from pyarrow.parquet import read_table

    typed = [row for row in read_table(tmp_path / "run/mentions.parquet").to_pylist() if row["doc_id"] == "b"]
    assert (typed[0]["start"], typed[0]["end"], typed[1]["start_date"]) == (None, None, None)


# The workbook


def sheet(path: Path, number: int) -> str:
    with ZipFile(path) as book:
        return book.read(f"xl/worksheets/sheet{number}.xml").decode()


def test_sheets_have_heads_that_stay_filters_links_and_dates(out: Path) -> None:
    book = out / "hakusho.xlsx"
    names = re.findall(r'<sheet name="(.*?)"', ZipFile(book).read("xl/workbook.xml").decode())
    assert names == ["概要", "言及", "関係", "組織", "日付", "法令", "列の説明"]
    for number in range(1, 8):
        text = sheet(book, number)
        assert 'state="frozen"' in text
        assert "<autoFilter" in text
        assert "<f>" not in text, "no text is a formula"
    day = re.search(r'<c r="L\d+" s="(\d+)"><v>41856</v>', sheet(book, 2))
    assert day, "2014-08-05 is a date"
    styles = ZipFile(book).read("xl/styles.xml").decode()
    assert "yyyy-mm-dd" in styles
    assert "<t>2014-08-05</t>" in sheet(book, 5), "EDTF is a text"
    assert (
        "https://laws.e-gov.go.jp/law/" in ZipFile(book).read("xl/worksheets/_rels/sheet6.xml.rels").decode()
    )
    assert sheet(book, 2).count("<row ") == len(rows(out / "mentions.csv")) + 1


def test_every_column_and_sheet_has_a_name_in_both_languages() -> None:
    known = {name for kind, name in words() if kind == "column"}
    tables = ("documents", "mentions", "relations", "organizations", "dates", "laws")
    assert known == {column.name for table in tables for column in columns(table)}
    for (kind, _), row in words().items():
        assert row["en"]
        assert row["ja"]
        assert kind != "column" or 5 < int(row["width"]) <= 100
    for table in tables:
        for language in ("ja", "en"):
            heads = [words()["column", column.name][language] for column in columns(table)]
            assert len({*heads}) == len(heads), "each column of a table has a head of its own"


def test_the_language_of_a_workbook_changes_nothing_else(inputs: list[str], tmp_path: Path) -> None:
    for lang in ("ja", "en"):
        run = Run(inputs[:1], str(tmp_path), settings("xlsx", lang=lang), Local(), resume=True)
        assert [outcome.unchanged for outcome in run] == [lang == "en"]
    assert '<sheet name="Mentions"' in ZipFile(tmp_path / "hakusho.xlsx").read("xl/workbook.xml").decode()


def test_a_later_run_keeps_the_language_of_the_workbook(inputs: list[str], tmp_path: Path) -> None:
    list(Run(inputs[:1], str(tmp_path), settings("xlsx", lang="en"), Local()))
    list(Run(inputs[2:], str(tmp_path), settings("json", lang="en"), Local()))
    assert '<sheet name="Mentions"' in ZipFile(tmp_path / "hakusho.xlsx").read("xl/workbook.xml").decode()


def test_what_the_folder_needs_is_looked_for_before_the_work(
    inputs: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A folder with a workbook gets it anew, whatever the next run asks for."""
    list(Run(inputs[:1], str(tmp_path), settings("xlsx"), Local()))
    before = (tmp_path / "run.json").read_bytes()
    monkeypatch.setattr(
        "pipeline.model.extras.find_spec", lambda name: None if name == "xlsxwriter" else True
    )
    with pytest.raises(HakushoError, match=r"needs hakusho\[excel\]"):
        list(Run(inputs[2:], str(tmp_path), settings("csv"), Local()))
    assert not (tmp_path / "c").exists()
    assert (tmp_path / "run.json").read_bytes() == before


def test_what_excel_cannot_hold(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Rows go on in another sheet; texts are cut and said to be; what XML lacks is replaced; no text is run."""
    monkeypatch.setattr(sheets, "MOST_ROWS", 4)
    monkeypatch.setattr(sheets, "MOST_LINKS", 1)
    cells = dict.fromkeys(MENTION_COLUMNS, "")
    texts = ["=1+1", "a\x00\x0b\ud800\uffffb", "_x0041_", "山" * 40_000, "𠮷" * 20_000, "", "1800-01-01"]
    found = [
        tuple((cells | {"norm": text, "start_date": "1800-01-01", "url": "https://x"}).values())
        for text in texts
    ]
    found.append(tuple((cells | {"url": "file:///etc/passwd", "start": "x", "confidence": "nan"}).values()))
    book = Workbook({"documents": [], "settings": {"lang": "ja"}}, tmp_path)
    document = Standing({"doc_id": "d", "source": {}, "files": {}}, lambda *_: None)
    book.add(document, {"mentions": found, "relations": []})
    (path,) = book.close()
    names = re.findall(r'<sheet name="(.*?)"', ZipFile(path).read("xl/workbook.xml").decode())
    assert [name for name in names if name.startswith("言及")] == ["言及", "言及 (2)", "言及 (3)"]
    assert {"2 個のセル", "4 個の URL", "続きのシート"} <= {
        mark for mark in ("2 個のセル", "4 個の URL", "続きのシート") if mark in sheet(path, 1)
    }
    whole = "".join(sheet(path, number) for number in range(1, len(names) + 1))
    assert "<f>" not in whole
    assert "<t>=1+1</t>" in whole
    assert "a����b" in whole
    assert "<t>_x005F_x0041_</t>" in whole
    assert "山" * 32_767 in whole
    assert "山" * 32_768 not in whole
    assert "𠮷" * 16_383 in whole
    assert "𠮷" * 16_384 not in whole
    assert "<t>1800-01-01</t>" in whole, "Excel has no such dates"
    assert not any(
        "passwd" in ZipFile(path).read(name).decode() for name in ZipFile(path).namelist() if "_rels" in name
    )


# The database


def test_the_database_is_searched_for_any_text(out: Path) -> None:
    with closing(sqlite3.connect(out / "hakusho.sqlite")) as base:
        query = "SELECT s.surface FROM sentences_fts f JOIN sentences s ON s.rowid = f.rowid WHERE sentences_fts MATCH ?"
        for text in ("自衛隊法", "財務省は"):
            found = [surface for (surface,) in base.execute(query, [f'"{text}"'])]
            listed = base.execute("SELECT surface FROM sentences WHERE surface LIKE ?", [f"%{text}%"])
            assert found == [surface for (surface,) in listed]
            assert found
        assert base.execute("SELECT count(*) FROM sentences WHERE surface LIKE '%朝%'").fetchone() == (2,)
        kinds = base.execute(
            "SELECT DISTINCT typeof(start), typeof(confidence), typeof(article) FROM mentions"
        )
        assert {*kinds} <= {("integer", "real", "text"), ("integer", "real", "null")}
        for table in ("mentions", "relations"):
            wanted = [[cell or None for cell in row.values()] for row in rows(out / f"{table}.csv")]
            made = [
                [None if cell is None else str(cell) for cell in row]
                for row in base.execute(f"SELECT * FROM {table}")
            ]
            assert made == wanted
        assert base.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert dict(base.execute("SELECT name, value FROM about"))["schema"].startswith(
            "urn:hakusho:schema:tables"
        )


# Standard output


@pytest.mark.parametrize("form", ["csv", "jsonl", ""])
def test_mentions_to_standard_output(
    out: Path,
    inputs: list[str],
    form: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """In the order of the inputs, also where they are done in another; nothing is left."""
    monkeypatch.setattr(Local, "outcomes", reversed_outcomes(Local.outcomes))
    run = prepared(inputs, "-", settings(*_formats(form or None, "-")), Local())
    assert [outcome.doc_id for outcome in run] == ["c", "a", "b"]
    assert not Path(run._place.path).exists()  # type: ignore[attr-defined]
    written = capsys.readouterr().out
    if form == "csv":
        assert "\ufeff" + written == (out / "mentions.csv").read_text(encoding="utf-8")
        return
    lines = [json.loads(line) for line in written.splitlines()]
    assert [(line["doc_id"], line["entity_id"]) for line in lines] == [
        (row["doc_id"], row["entity_id"]) for row in rows(out / "mentions.csv")
    ]
    assert list(lines[0]) == list(MENTION_COLUMNS)
    assert (lines[0]["start"], lines[0]["flags"], lines[0]["page"], lines[0]["norm"]) == (
        0,
        [],
        None,
        "防衛省",
    )


def reversed_outcomes(outcomes: Any) -> Any:
    def turned(self: Local, items: Any, *more: Any) -> Iterator[Any]:
        yield from outcomes(self, items[::-1], *more)

    return turned


# Files that are larger than memory


@pytest.mark.parametrize("where", ["folder", "memory://tables"])
def test_a_file_is_copied_from_where_it_was_made(where: str, tmp_path: Path) -> None:
    made = tmp_path / "made"
    made.write_bytes(b"x" * 3_000_000)
    place = destination(str(tmp_path / where) if "://" not in where else where)
    hashes = place.write("d", [("a.bin", made), ("b.bin", made.read_bytes())])
    assert hashes["a.bin"] == hashes["b.bin"]
    assert place.read("d", "a.bin") == made.read_bytes()
    with pytest.raises(HakushoError, match="cannot be written"):
        write_files(tmp_path / "none", {"b": "x", "a": tmp_path / "gone"})
    assert list((tmp_path / "none").iterdir()) == []
