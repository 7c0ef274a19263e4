"""A run's folder as a data package: totals, descriptions that validate, and data that do not."""

from __future__ import annotations

import csv
import hashlib
import json
import re
import shutil
import socket
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

import pipeline
from pipeline import export
from pipeline.datapackage import package_files
from pipeline.datapackage.frictionless import datapackage_json
from pipeline.document import tables
from pipeline.export.schema import TABLES_SCHEMA
from pipeline.flow import Analyzer
from pipeline.model.cells import plain
from tests.conftest import CHAPTER, ROOT, hakusho
from tests.export.test_formats import HOSTILE
from tools.make_formats import made

pytestmark = pytest.mark.filterwarnings("ignore")

FORMATS = ",".join(export.FORMATS)
INPUTS = ("begin.txt", "plain.pdf", "page.html", "hostile.txt", "none.txt")
IDS = ["begin", "plain", "a[1]", "=h,1", "none"]
DESCRIBED = (
    "documents.csv",
    "documents.parquet",
    "totals.csv",
    "totals.parquet",
    "mentions.csv",
    "mentions.parquet",
    "relations.csv",
    "relations.parquet",
    "datapackage.json",
    "croissant.json",
)
TEXT = "外務省は、平成元年から平成26年までに、陸・海・空自と自衛隊法第76条を論じた。昨年、外務省は。\r\n"


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def closed(*_: object, **__: object) -> None:
        raise OSError("no network")

    monkeypatch.setattr(socket.socket, "connect", closed)
    monkeypatch.setattr(socket, "getaddrinfo", closed)


@pytest.fixture(scope="module")
def inputs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The beginning of the chapter, a PDF, a page whose id means something to globs, and hostile and empty things."""
    folder = tmp_path_factory.mktemp("inputs")
    with (ROOT / f"corpus/{CHAPTER}.txt").open(encoding="utf-8", newline="") as stream:
        (folder / "begin.txt").write_text(stream.read(2000), encoding="utf-8", newline="")
    shutil.copy(ROOT / "tests/documents/plain.pdf", folder)
    (folder / "page.html").write_text(
        f"<html><body><h1>白書</h1><p>{TEXT}</p></body></html>", encoding="utf-8"
    )
    (folder / "hostile.txt").write_text(HOSTILE.replace("\0", ""), encoding="utf-8", newline="")
    (folder / "none.txt").write_text("これは本である。", encoding="utf-8")
    (folder / "manifest.csv").write_text(
        "file,doc_id,title,publisher,reference_date,licence,url\n"
        "begin.txt,,白書,防衛省,2014-08-05,政府標準利用規約,https://www.mod.go.jp/\n"
        "plain.pdf,,,,,,\n"
        "page.html,a[1],,外務省,,https://creativecommons.org/licenses/by/4.0/,\n"
        'hostile.txt,"=h,1","""=|,",,,政府標準利用規約,\n'
        "none.txt,,,,,,\n",
        encoding="utf-8",
    )
    return folder


@pytest.fixture(scope="module")
def run(inputs: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("packages") / "run"
    process = hakusho("run", inputs, "-o", folder, "--analyzer", "sudachi", "--format", FORMATS)
    assert process.returncode == 0, process.stderr.decode()
    return folder


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return [{name: plain(cell) for name, cell in row.items()} for row in csv.DictReader(stream)]


def validate(folder: Path) -> list[list[str]]:
    """Return the faults that Frictionless finds: resource, type of the fault, and what it says."""
    from frictionless import Package

    report = Package.from_descriptor(str(folder / "datapackage.json")).validate()
    faults = [["", error.type, error.message] for error in report.errors]
    faults += [[task.name, error.type, error.message] for task in report.tasks for error in task.errors]
    assert report.valid == (not faults)
    return faults


def test_a_run_of_several_documents_validates(run: Path) -> None:
    assert validate(run) == []


def test_the_chapter_alone_validates(results: Path) -> None:
    """The chapter, with the default analyzer."""
    assert validate(results.parent) == []
    package = json.loads((results.parent / "datapackage.json").read_text(encoding="utf-8"))
    entities = next(resource for resource in package["resources"] if resource["name"] == "entities")
    assert entities["path"] == f"{CHAPTER}/entities.csv"
    digest = hashlib.sha256((results / "entities.csv").read_bytes()).hexdigest()
    assert entities["hash"] == f"sha256:{digest}"


SPOILT = [
    ("begin/entities.csv", r",ORG,", ",PERSON,", "constraint-error"),
    ("begin/entities.csv", r",ORG,\d+", ",ORG,-1", "constraint-error"),
    ("begin/entities.csv", r",ORG,\d+", ",ORG,1.5", "type-error"),
    ("begin/entities.csv", r",e00002,", ",e00001,", "primary-key"),
    ("plain/entities.csv", r",e00002,", ",2,", "constraint-error"),
    ("plain/entities.csv", r",s00\d+,", ",s99999,", "foreign-key"),
    ("plain/dates.csv", r"(\d{4})-(\d\d)-(\d\d)", r"\1-13-\3", "type-error"),
    ("plain/dates.csv", r",e\d+,", ",e99999,", "foreign-key"),
    ("a[1]/laws.csv", r",e\d+,", ",e99999,", "foreign-key"),
    ("a[1]/organizations.csv", r"a\[1\],外務省,", "a[1],,", "constraint-error"),
    ("plain/tokens.csv", r"plain,s00001,0,", "plain,s00001,1,", "primary-key"),
    ("plain/sentences.csv", r",paragraph,", ",stanza,", "constraint-error"),
    ("totals.csv", r",\d+\n", ",0\n", "constraint-error"),
    ("totals.csv", r"plain,", "elsewhere,", "foreign-key"),
    ("documents.csv", r"plain,", "elsewhere,", "foreign-key"),
    ("documents.csv", r",pdf,", ",doc,", "constraint-error"),
    ("begin/entities.csv", r"doc_id,entity_id", "doc_id,id", "incorrect-label"),
    ("totals.csv", r",count\n", "\n", "missing-label"),
]  # fmt: skip


def around(resources: list[dict[str, Any]], path: str) -> list[dict[str, Any]]:
    """Return the table that a file belongs to, those that name it, and all that these name: no other sees its faults."""
    of = {
        one["name"]: {key["reference"]["resource"] for key in one["schema"].get("foreignKeys", ())}
        for one in resources
    }
    (own,) = [one["name"] for one in resources if path == one["path"] or path in one["path"]]
    found = {own} | {name for name, named in of.items() if own in named}
    while more := set().union(*(of[name] or {name} for name in found)) - found - {""}:
        found |= more
    return [one for one in resources if one["name"] in found]


@pytest.mark.parametrize(("name", "pattern", "other", "fault"), SPOILT)
def test_spoilt_data_do_not_validate(
    run: Path, tmp_path: Path, name: str, pattern: str, other: str, fault: str
) -> None:
    folder = tmp_path / "run"
    shutil.copytree(run, folder, ignore=shutil.ignore_patterns("*.json*", "*.parquet", "*.html"))
    package = json.loads((run / "datapackage.json").read_text(encoding="utf-8"))
    package["resources"] = [one for one in package["resources"] if one["type"] == "table"]
    package["resources"] = around(package["resources"], name)
    for one in package["resources"]:
        one.pop("hash", None)  # what is wrong with the content must be seen without it
    (folder / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    text = (folder / name).read_bytes().decode("utf-8")
    spoilt = re.sub(pattern, other, text, count=1)
    assert spoilt != text
    (folder / name).write_bytes(spoilt.encode("utf-8"))
    assert fault in {found[1] for found in validate(folder)}


def test_a_changed_file_has_another_hash(run: Path, tmp_path: Path) -> None:
    shutil.copytree(run, tmp_path / "run")
    with (tmp_path / "run/totals.csv").open("a", encoding="utf-8") as stream:
        stream.write("plain,ORG,外務省,,1\n")
    assert ["totals", "hash-count"] in [fault[:2] for fault in validate(tmp_path / "run")]


def test_the_package_says_what_is_needed_to_understand_it(run: Path) -> None:
    package = json.loads((run / "datapackage.json").read_text(encoding="utf-8"))
    manifest = json.loads((run / "run.json").read_text(encoding="utf-8"))
    assert package["hakusho"]["schema"] == TABLES_SCHEMA
    assert package["hakusho"]["versions"] == manifest["versions"]
    assert {"code", "sudachidict-core", "python"} <= set(package["hakusho"]["versions"])
    assert package["hakusho"]["inputs"] == {row["doc_id"]: row["sha256"] for row in manifest["documents"]}
    assert [licence.get("title") or licence["path"] for licence in package["licenses"]] == [
        "政府標準利用規約", "https://creativecommons.org/licenses/by/4.0/",
    ]  # fmt: skip
    assert [source["title"] for source in package["sources"]] == [
        "白書", "昭和53年版 航空の動き", "a[1]", '"=|,', "none",
    ]  # fmt: skip
    fields = [
        field for resource in package["resources"] for field in resource.get("schema", {}).get("fields", [])
    ]
    assert len(fields) > 100
    for field in fields:
        assert field["description"]
        assert re.search("[ぁ-んァ-ヶ一-龠]", field["description@ja"])
        if field["type"] in ("integer", "number") and field["name"] not in ("confidence", "probability"):
            assert field["unit"]
    written = {str(path.relative_to(run)) for path in run.rglob("*") if path.is_file()}
    named: set[str] = set()
    for resource in package["resources"]:
        named.update([resource["path"]] if isinstance(resource["path"], str) else resource["path"])
    assert written - named == {"datapackage.json", "croissant.json", "run.json", "index.html"}
    assert named <= written


def test_the_tables_read_back_are_those_of_the_objects(run: Path, analyze: Analyzer, inputs: Path) -> None:
    """Through Frictionless, with its types: lists are lists, dates are dates."""
    from frictionless import Package

    package = Package.from_descriptor(str(run / "datapackage.json"))
    read = package.get_resource("entities").read_rows()  # type: ignore[attr-defined]
    documents = [analyze(pipeline.read(inputs / name)) for name in INPUTS]
    entities = [entity for document in documents for entity in document.entities]
    assert len(read) == len(entities)
    for row, entity in zip(read, entities, strict=True):
        for name in tables.ENTITY_COLUMNS:
            value, wanted = row[name], getattr(entity, name)
            if name in ("article", "paragraph", "item", "flags", "section"):
                assert tuple(value or ()) == wanted
            elif name in ("start_date", "end_date"):
                assert (value.isoformat() if value else "") == wanted
            elif isinstance(wanted, float):
                assert float(value) == wanted
            else:
                assert value == wanted or (value is None and wanted in ("", None)) or value == f"'{wanted}"


def test_totals_and_documents_are_those_of_the_objects(run: Path, analyze: Analyzer, inputs: Path) -> None:
    counts: Counter[tuple[str, str, str, int | None]] = Counter()
    found = rows(run / "documents.csv")
    assert [row["doc_id"] for row in found] == IDS
    for name, row in zip(INPUTS, found, strict=True):
        document = analyze(pipeline.read(inputs / name))
        source = document.source
        assert int(row["mentions"]) == len(document.entities)
        assert int(row["sentences"]) == len(document.sentences)
        assert int(row["characters"]) == len(source.raw)
        for key in (
            "title",
            "publisher",
            "edition",
            "part",
            "licence",
            "url",
            "format",
            "encoding",
            "sha256",
        ):
            assert row[key] == getattr(source, key)
        for entity in document.entities:
            day = entity.start_date or entity.end_date
            year = (int(day[:4]) if day else None) if entity.label == "DATE" else (
                source.reference_date.year if source.reference_date else None
            )  # fmt: skip
            for norm in entity.norm.split("|") if entity.label == "ORG" else [entity.norm]:
                counts[source.doc_id, entity.label, norm, year] += 1
    totals = [
        (row["doc_id"], row["label"], row["norm"], int(row["year"]) if row["year"] else None, int(row["count"]))
        for row in rows(run / "totals.csv")
    ]  # fmt: skip
    assert {row[:4]: row[4] for row in totals} == counts
    assert len(totals) == len(counts)
    assert ("a[1]", "ORG", "外務省", None, 2) in totals
    assert ("a[1]", "ORG", "海上自衛隊", None, 1) in totals
    assert ("a[1]", "DATE", "", None, 1) in totals, "昨年 has no value here, and is not left out"
    order = IDS
    labels = ["ORG", "DATE", "LAW"]
    assert totals == sorted(totals, key=lambda t: (order.index(t[0]), labels.index(t[1]), t[2], t[3] or 0))


def test_parquet_totals_equal_those_of_csv(run: Path, inputs: Path, tmp_path: Path) -> None:
    import pyarrow.parquet as pq

    for table in ("totals", "documents"):
        written = rows(run / f"{table}.csv")
        typed = pq.read_table(run / f"{table}.parquet").to_pylist()
        assert [{k: "" if v is None else str(v) for k, v in row.items()} for row in typed] == written
    process = hakusho("run", inputs, "-o", tmp_path, "--analyzer", "sudachi", "--format", "parquet")
    assert process.returncode == 0
    alone = pq.read_table(tmp_path / "totals.parquet").to_pylist()
    assert alone == pq.read_table(run / "totals.parquet").to_pylist(), (
        "counted from Parquet where there is no CSV"
    )
    assert validate(tmp_path) == []


@pytest.mark.parametrize("options", [["--jobs", "2"], ["--jobs", "3"]])
def test_descriptions_are_the_same_whatever_the_jobs(
    run: Path, inputs: Path, tmp_path: Path, options: list[str]
) -> None:
    process = hakusho("run", inputs, "-o", tmp_path, "--analyzer", "sudachi", "--format", FORMATS, *options)
    assert process.returncode == 0
    names = {str(path.relative_to(run)) for path in run.rglob("*") if path.is_file()} - {"run.json"}
    assert set(DESCRIBED) < names
    assert {name for name in names if (run / name).read_bytes() != (tmp_path / name).read_bytes()} == set()


def test_a_resumed_run_describes_all_documents(run: Path, inputs: Path, tmp_path: Path) -> None:
    first = hakusho("run", inputs / "page.html", "-o", tmp_path, "--analyzer", "sudachi", "--format", FORMATS)
    assert first.returncode == 0
    assert len(rows(tmp_path / "documents.csv")) == 1
    again = hakusho("run", inputs, "-o", tmp_path, "--analyzer", "sudachi", "--format", FORMATS, "--resume")
    assert again.returncode == 0
    assert b"(1 unchanged)" in again.stderr
    for name in DESCRIBED:
        assert (tmp_path / name).read_bytes() == (run / name).read_bytes()


def test_a_run_without_results_is_described_too() -> None:
    versions = {"code": "0"}
    manifest: dict[str, Any] = {
        "status": "interrupted", "settings": {"formats": ["csv", "parquet"]}, "versions": versions, "documents": [],
    }  # fmt: skip
    files = dict(package_files(manifest, lambda *_: None))
    assert set(files) == set(DESCRIBED)
    assert json.loads(datapackage_json(manifest | {"settings": {"formats": ["json"]}}, {}))["resources"] == []


def test_all_documents_are_read_at_once(run: Path) -> None:
    """By a pattern over folders; one of the documents has no mention."""
    import duckdb
    import polars as pl

    for table in export.CSV_TABLES:
        paths = sorted(run.glob(f"*/{table}.csv"))
        wanted = sum(len(rows(path)) for path in paths)
        assert len(paths) == len(IDS)
        assert pl.read_parquet(run / "*" / f"{table}.parquet").height == wanted
        with duckdb.connect() as connection:
            for query in (f"'{run}/*/{table}.parquet'", f"read_csv('{run}/*/{table}.csv')"):
                found = connection.execute(f"SELECT count(*), count(DISTINCT doc_id) FROM {query}").fetchone()
                assert found == (wanted, sum(bool(rows(path)) for path in paths)), query
            if table == "entities":
                query = f"SELECT count(*) FROM read_json('{run}/*/entities.jsonl', sample_size=-1)"
                assert connection.execute(query).fetchone() == (wanted,)


# Croissant


def test_croissant_validates_and_gives_the_records(run: Path) -> None:
    import mlcroissant
    import pyarrow.parquet as pq

    dataset = mlcroissant.Dataset(str(run / "croissant.json"))
    assert not dataset.metadata.ctx.issues.errors
    names = [record_set.id for record_set in dataset.metadata.record_sets]
    assert names == [
        "candidates",
        "entities",
        "organizations",
        "dates",
        "laws",
        "sentences",
        "tokens",
        "documents",
        "totals",
        "mentions",
        "relations",
    ]
    for name in names:
        paths = [run / f"{name}.parquet"] if name in names[-4:] else [
            run / row["doc_id"] / f"{name}.parquet" for row in rows(run / "documents.csv")
        ]  # fmt: skip
        wanted = [row for path in paths for row in pq.read_table(path).to_pylist()]
        found = list(dataset.records(name))
        assert len(found) == len(wanted)
        order = sorted(zip(map(_place, found), found, strict=True), key=lambda pair: pair[0])
        other = sorted(
            ((_place({f"{name}/{k}": v for k, v in row.items()}), row) for row in wanted), key=lambda p: p[0]
        )
        for (_, record), (_, row) in zip(order, other, strict=True):
            row.pop("candidates", None)
            assert {key.partition("/")[2]: _plain(value) for key, value in record.items()} == {
                key: _plain(value) for key, value in row.items()
            }


def _place(record: dict[str, Any]) -> str:
    return json.dumps(
        [_plain(value) for key, value in record.items() if not key.endswith("candidates")], default=str
    )


def _plain(value: Any) -> Any:
    if isinstance(value, list):
        return [_plain(one) for one in value]
    if isinstance(value, bytes):
        return value.decode("utf-8")
    return value.isoformat()[:10] if hasattr(value, "isoformat") else value


def test_a_spoilt_croissant_description_does_not_validate(run: Path, tmp_path: Path) -> None:
    import mlcroissant

    content = json.loads((run / "croissant.json").read_text(encoding="utf-8"))
    content["recordSet"][0]["field"][0]["source"]["fileSet"]["@id"] = "nowhere"
    (tmp_path / "croissant.json").write_text(json.dumps(content), encoding="utf-8")
    with pytest.raises(mlcroissant.ValidationError):
        mlcroissant.Dataset(str(tmp_path / "croissant.json"))


# Documents that follow from the data


def test_the_examples_of_the_docs_run(run: Path, tmp_path: Path) -> None:
    """All in one process without a network, in a folder that has ``outputs/chapter``."""
    shutil.copytree(run, tmp_path / "outputs")
    shutil.copytree(run / "begin", tmp_path / "outputs/chapter")
    page = (ROOT / "docs/reference/formats.md").read_text(encoding="utf-8")
    blocks = re.findall(r"```(python|sql)\n(.*?)```", page, re.DOTALL)
    assert [kind for kind, _ in blocks] == ["python", "python", "sql", "python", "python"]
    closed = "import socket\ndef closed(*_, **__): raise OSError('no network')\n"
    lines = [closed + "socket.socket.connect = socket.getaddrinfo = closed\n"]
    for kind, code in blocks:
        lines.append(code if kind == "python" else f"print(duckdb.sql({code!r}).fetchall())\n")
    environment = {
        "HOME": str(tmp_path), "HF_HOME": str(tmp_path), "HF_HUB_OFFLINE": "1", "HF_DATASETS_OFFLINE": "1", "PATH": "",
        "PYTHONPATH": str(ROOT),
    }  # fmt: skip
    process = subprocess.run(
        [sys.executable, "-c", "\n".join(lines)],
        capture_output=True,
        cwd=tmp_path,
        env=environment,
        check=False,
        timeout=300,
    )
    assert process.returncode == 0, process.stderr.decode()
    assert b"2014" in process.stdout


def test_docs_and_schemas_are_up_to_date() -> None:
    for name, content in made().items():
        assert (ROOT / name).read_text(encoding="utf-8") == content, "run: python -m tools.make_formats"


def test_the_published_tables_are_those_of_a_run(run: Path) -> None:
    package = json.loads((run / "datapackage.json").read_text(encoding="utf-8"))
    published = json.loads((ROOT / "docs/schemas/tables-1.json").read_text(encoding="utf-8"))
    assert published["$id"] == TABLES_SCHEMA
    written = {one["name"]: one["schema"] for one in package["resources"] if one["type"] == "table"}
    assert written == published["tables"]


def test_every_schema_that_is_named_is_published(run: Path) -> None:
    package = json.loads((run / "datapackage.json").read_text(encoding="utf-8"))
    published = {
        json.loads(path.read_text(encoding="utf-8"))["$id"] for path in (ROOT / "docs/schemas").glob("*.json")
    }
    named = {one["jsonSchema"] for one in package["resources"] if "jsonSchema" in one}
    assert len(named) == 4
    assert named <= published
