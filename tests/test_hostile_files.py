"""Files of the right syntax that hold something else: gold, corrections, annotations, run.json, manifests, lists of laws."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from pipeline import facts
from pipeline.lawbook.files import read_list
from pipeline.model.errors import HakushoError
from pipeline.read import discover, load
from pipeline.read.ids import meets
from pipeline.review.corrections import read_corrections
from pipeline.review.exchange import Format, parse
from pipeline.review.serve import Review
from pipeline.runs.finished import manifest
from pipeline.runs.reports import rewrite_reports
from pipeline.runs.scored import score
from pipeline.scoring.gold import read_gold, read_spans
from pipeline.scoring.structure import read_structure, read_structure_gold
from tests.provoke import file

RAW = "防衛省は2013年に"
TEXTS = {"d": RAW}
ODD: list[Any] = [
    None,
    5,
    -1,
    float("inf"),
    float("nan"),
    True,
    "x",
    "9" * 5000,
    "\ud800",
    "\0",
    [],
    [5],
    [[]],
    {},
    {"a": 1},
]
DEEP = "[" * 100_000
GOLD = "doc_id,label,start,end,text,norm,value,mod,article,paragraph,item\n"
JUDGED = "doc_id,action,at_label,at_start,at_end,label,start,end,text,norm,value,mod,article,paragraph,item\n"
odd = pytest.mark.parametrize("value", ODD, ids=lambda value: ascii(value)[:12])


def holds(call: Callable[..., object], *arguments: object) -> None:
    """A result, or one clear line."""
    said = ""
    try:
        found = call(*arguments)
        if isinstance(found, Iterator):
            list(found)
    except HakushoError as error:
        said = str(error)
    assert len(said.splitlines()) <= 1


@odd
def test_doccano(value: Any) -> None:
    line = {"text": RAW, "doc_id": "d", "label": [[0, 3, "ORG"]]}
    lines = [line | {key: value} for key in (*line, "details", "entities", "labels")]
    lines += [
        line | {"label": [[value if i == at else cell for i, cell in enumerate((0, 3, "ORG"))]]}
        for at in range(3)
    ]
    lines += [line | {"details": {"0-3-ORG": value}}, value]
    for content in (*map(json.dumps, lines), DEEP):
        holds(parse, {"a.jsonl": content}, TEXTS, Format.doccano)


@odd
def test_label_studio(value: Any) -> None:
    span = {"start": 0, "end": 3, "text": "防衛省", "labels": ["ORG"]}
    region = {"id": "x", "type": "labels", "value": span}
    area = {"id": "x", "type": "textarea", "value": value, "from_name": value}
    results = [[region | {"value": span | {key: value}}] for key in span]
    results += [[region | {key: value}, area] for key in region]
    task: dict[str, Any] = {"data": {"text": RAW, "doc_id": "d"}, "predictions": [{"result": []}]}
    tasks = [task | {"predictions": [{"result": result}]} for result in results]
    tasks += [task | {key: value} for key in ("data", "predictions", "annotations")]
    for content in (*map(json.dumps, (*tasks, value, [value])), DEEP):
        holds(parse, {"a.json": content}, TEXTS, Format.label_studio)


@pytest.mark.parametrize(
    "line",
    [f"T1\tORG {'9' * 5000} 5\tx", f"T1\tORG 0 {'9' * 5000}\tx", "T1\tORG 3 0\tx", f"T1\tORG 0 3\tx\n#1\tAnnotatorNotes T1\t{DEEP}",
     'T1\tORG 0 3\tx\n#1\tAnnotatorNotes T1\t{"norm":[1]}'],
)  # fmt: skip
def test_brat(line: str) -> None:
    holds(parse, {"d.ann": line}, TEXTS, Format.brat)


@pytest.mark.parametrize(
    "line",
    [f"1-1\t{'9' * 5000}-3\t防衛省\t_\t_\t", "1-1\t0-3-4\tx\t_\t_", "1-1\t0-3", f"1-1\t0-3\t防衛省\t{DEEP}\tORG[1]", "1-1\t3-0\t\t*[1]\tORG[1]",
     "1-1\t0-3\t防衛省\t*[1]\t*[1]"],
)  # fmt: skip
def test_webanno(line: str) -> None:
    head = "#FORMAT=WebAnno TSV 3.3\n#T_SP=x.NamedEntity|identifier|value\n\n"
    holds(parse, {"d.tsv": f"{head}{line}\n"}, TEXTS, Format.webanno)


TABLES = [
    f"{GOLD}d,ORG,{'9' * 5000},{'9' * 5001},x,,,,,,\n", f"{GOLD}d,ORG,٣,٤,x,,,,,,\n", f"{GOLD}d,ORG,-1,3,x,,,,,,\n", GOLD * 2, "doc_id,doc_id\n",
    f'{GOLD}d,ORG,0,3,"{"x" * 200_000}",,,,,,\n', "\0", f"{GOLD}d,ORG,0,3,\0,,,,,,\n", GOLD.replace("\n", "\r") + "d,ORG,0,3,x,,,,,,\r",
]  # fmt: skip


@pytest.mark.parametrize("table", TABLES, ids=range(len(TABLES)))
def test_tables(tmp_path: Path, table: str) -> None:
    holds(read_gold, file(tmp_path / "gold.csv", table))
    holds(read_spans, file(tmp_path / "gold.csv", table))
    holds(read_corrections, file(tmp_path / "corrections.csv", table.replace(GOLD, JUDGED)))
    file(tmp_path / "structure/a.csv", table.replace(GOLD, "doc_id,unit,kind,start,end,level\n"))
    holds(read_structure_gold, tmp_path / "structure")


def test_a_cell_of_any_length_can_be_read(tmp_path: Path) -> None:
    (mention,) = read_gold(file(tmp_path / "gold.csv", TABLES[5]))
    assert mention.text == "x" * 200_000


@odd
def test_records_of_runs(tmp_path: Path, value: Any) -> None:
    gold = file(tmp_path / "gold.csv", f"{GOLD}d,ORG,0,3,防衛省,防衛省,,,,,\n")
    row = {"doc_id": "d", "path": str(file(tmp_path / "in/t.txt", RAW)), "sha256": "", "reference_date": None}
    row |= {"characters": 9, "mentions": {"ORG": 1}}
    run: dict[str, Any] = {"documents": [row], "failures": [], "settings": {}, "versions": {}}
    runs = [run | {key: value} for key in run] + [run | {key: [value]} for key in run]
    runs += [run | {"documents": [row | {key: value}]} for key in row] + [
        run | {"documents": [row | {"mentions": {"ORG": value}}]}
    ]
    out = tmp_path / "out"
    (out / "d").mkdir(parents=True)
    for content in (*map(json.dumps, (*runs, value)), DEEP):
        file(out / "run.json", content)
        holds(manifest, out)
        holds(lambda: Review(out).home())
        with suppress(KeyError):  # no such document
            holds(lambda: Review(out).page("d"))
        holds(rewrite_reports, out)
        holds(score, out, gold)
    for content in (
        json.dumps({"doc_id": "d", "blocks": value}),
        json.dumps({"doc_id": "d", "blocks": [value]}),
        DEEP,
    ):
        holds(read_structure, file(tmp_path / "structure.json", content))


@pytest.mark.parametrize("doc_id", ["../up", "/tmp", "..", "", ".", "d/../../up"])
def test_a_record_cannot_lead_out_of_its_folder(tmp_path: Path, doc_id: str) -> None:
    row = {"doc_id": doc_id, "path": str(file(tmp_path / "t.txt", RAW)), "sha256": "", "reference_date": None}
    file(tmp_path / "out/run.json", json.dumps({"documents": [row | {"characters": 9, "mentions": {}}]}))
    file(tmp_path / "up/entities.csv", "doc_id,entity_id\n")
    with pytest.raises(HakushoError, match="lies outside the folder"):
        list(rewrite_reports(tmp_path / "out"))
    assert not list(tmp_path.rglob("report.html"))


@pytest.mark.parametrize(
    "manifest",
    [f"file\n{'x' * 5000}\n", "file,doc_id\na.txt,\n", "file\n/etc\n", "file\n.\n", "file\n\0\n", "file,file\na,b\n", "file,doc_id\na.txt,run.json\n",
     'file,title\na.txt,"\n', f'file\n"{"x" * 200_000}"\n', "file,doc_id\na.txt,A\nb.txt,a\n", "file,doc_id\na.txt,e\u0301\nb.txt,\u00e9\n"],
    ids=range(11),
)  # fmt: skip
def test_manifests(tmp_path: Path, manifest: str) -> None:
    file(tmp_path / "manifest.csv", manifest)
    for name in ("a.txt", "b.txt"):
        file(tmp_path / name, RAW)
    holds(lambda: [load(item) for item in discover([str(tmp_path)])])


@pytest.mark.parametrize(
    "name",
    [
        "...txt",
        "..txt",
        ".a.txt",
        "a:b.txt",
        "run.json.txt",
        "index.html.txt",
        "totals.csv.txt",
        "DOCUMENTS.Parquet.txt",
        "croissant.json.html",
        "CON.txt",
        "aux.2014.txt",
        "lpt¹.txt",
        " a .txt",
        "x" * 240 + ".txt",
        "\udcff.txt",
    ],
)
def test_a_name_of_a_file_cannot_lead_out_of_the_folder(tmp_path: Path, name: str) -> None:
    """``...txt`` was called ``..`` once, and its results lay beside the output folder."""
    try:
        path = file(tmp_path / "in" / name, RAW)
    except OSError:
        pytest.skip("no such name here")
    (item,) = discover([str(path)])
    assert item.doc_id.isprintable()
    assert item.doc_id not in ("", ".", "..", "run.json", "index.html")
    assert not meets(item.doc_id)
    assert not set(item.doc_id) & set('/\\:*?"<>|')
    assert (tmp_path / "out" / item.doc_id).resolve().parent == tmp_path / "out"


@pytest.mark.parametrize(
    "row", ["a.txt,Totals.CSV", "a.txt,con", "a.txt,NUL.txt", "a.txt,a.", "totals.csv.txt,", "Index.html.txt,", "com1.txt,"]
)  # fmt: skip
def test_an_id_that_would_meet_a_file_of_the_run_or_a_device_is_refused(tmp_path: Path, row: str) -> None:
    """``totals.csv.txt`` failed a whole run at its end."""
    file(tmp_path / "manifest.csv", f"file,doc_id\n{row}\n")
    with pytest.raises(HakushoError, match=r"manifest\.csv, row 2: doc_id .* cannot name a folder"):
        discover([str(tmp_path)])


@pytest.mark.parametrize("row", facts.rows("device_names.csv"), ids=lambda row: row["name"])
def test_names_of_devices(row: dict[str, str]) -> None:
    assert meets(row["example"]) == "a device of Windows"
    assert not meets(row["counter_example"])


LAWS = "法令ID,法令番号,法令名,公布日,施行日,未施行\n"


@pytest.mark.parametrize(
    "table",
    ["\0", "x", f"{LAWS}{'1' * 15},a,b,平成{'九' * 5000}年一月一日,,\n", f"{LAWS}{'1' * 15},a,b,平成0年99月99日,,\n",
     f"law_id\tlaw_num\ttitle\n\t1\t{'x' * 200_000}\n", 'law_id\tlaw_num\ttitle\n\t"\t\n', f"{LAWS}{'1' * 15}\n", f"{LAWS},,,,,,,,,\n"],
    ids=range(8),
)  # fmt: skip
def test_lists_of_laws(tmp_path: Path, table: str) -> None:
    holds(read_list, file(tmp_path / "laws.csv", table))
