"""Damage of one's own files: the file, the row and the way out, in one line."""

from __future__ import annotations

import json
import os
import shutil
from contextlib import nullcontext
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from pipeline.commands.judging import compare
from pipeline.document.tables import CANDIDATE_COLUMNS
from pipeline.model.errors import HakushoError
from pipeline.review.serve import Review
from pipeline.runs.explored import OF_ENTITIES, OF_SENTENCES, write_explorer
from pipeline.runs.reports import rewrite_reports
from pipeline.scoring.structure import read_structure, read_structure_gold, score_structure
from tests.provoke import file

RAW = "防衛省は2013年に自衛隊法を。"
TABLE = "doc_id,entity_id,label,start,end,text,norm,confidence\nd,e1,ORG,0,3,防衛省,防衛省,1.0\n"
DOCUMENT = dict.fromkeys(("title", "publisher", "edition", "part", "licence", "url"), "")
ENTITY = {"entity_id": "e1", "start": 0, "end": 3, "law_id": "", "candidates": []}


@pytest.fixture
def out(tmp_path: Path) -> Path:
    text = file(tmp_path / "d.txt", RAW)
    row = {
        "doc_id": "d",
        "path": str(text),
        "sha256": sha256(RAW.encode()).hexdigest(),
        "reference_date": None,
    }
    file(tmp_path / "out/run.json", json.dumps({"documents": [row | {"characters": 9, "mentions": {}}]}))
    file(tmp_path / "out/d/entities.csv", TABLE)
    file(tmp_path / "out/d/entities.json", json.dumps({"document": DOCUMENT, "entities": [ENTITY]}))
    return tmp_path / "out"


def test_without_damage(out: Path) -> None:
    assert "防衛省" in Review(out).page("d")
    assert len(list(rewrite_reports(out))) == 2


def refused(out: Path, name: str, said: str) -> None:
    for call in (lambda: Review(out).page("d"), lambda: list(rewrite_reports(out))):
        with pytest.raises(HakushoError, match=said) as caught:
            call()
        assert name in str(caught.value)
        assert len(str(caught.value).splitlines()) == 1


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        (",ORG,", ",PER,", "row 2: has 'PER'.*wanted ORG, DATE, LAW"), (",ORG,", ",,", "row 2: has ''"),
        (",0,3,", ",3,0,", "row 2: .*at 3 to 0"), (",0,3,", ",0,999,", "within the 16 characters"), (",0,3,", ",-1,3,", "row 2"),
        (",0,3,", ",x,3,", "row 2: cannot be read"), ("1.0", "much", "row 2: cannot be read"), ("confidence", "confidense", "unknown column 'confidense'"),
        ("norm", "nrom", "wanted the column norm"), ("d,e1", "d", "row 2: found 7 cells; wanted 8"), (TABLE, "", "row 1: found an empty file"),
        (TABLE, '"', "broken CSV"), (TABLE, "\0", "holds no text"),
        (",0,3,", ",1,4,", "row 2: has '防衛省' at 1 to 4, and the text '衛省は'"), (TABLE, TABLE + TABLE.splitlines()[1], "row 3: has ORG at 0 to 3, as a row before"),
    ],
)  # fmt: skip
def test_a_table_of_entities(out: Path, before: str, after: str, said: str) -> None:
    file(out / "d/entities.csv", TABLE.replace(before, after))
    refused(out, "entities.csv", said)


@pytest.mark.parametrize(
    "found",
    [
        [], 5, None, "x", {"document": 5}, {"document": []}, {"document": {"title": ""}}, {"document": DOCUMENT | {"url": 5}},
        *({"document": DOCUMENT, "entities": rows} for rows in (None, 5, [5], [None], [{}],
                                                              [ENTITY | {"candidates": 5}], [ENTITY | {"candidates": [{"x": 1}]}], [ENTITY | {"candidates": ["x"]}])),
    ],
    ids=range(16),
)  # fmt: skip
def test_entities_of_another_shape(out: Path, found: Any) -> None:
    file(out / "d/entities.json", json.dumps(found))
    refused(out, "entities.json", "damaged, or of another version")


@pytest.mark.parametrize("content", ["", "x", "[" * 100_000, "\0"], ids=range(4))
def test_entities_that_are_no_json(out: Path, content: str) -> None:
    file(out / "d/entities.json", content)
    refused(out, "entities.json", "damaged, or of another version")


CANDIDATES = f"{','.join(CANDIDATE_COLUMNS)}\nd,c1,ORG,0,3,防衛省,防衛省,防衛省,0.4,low,,s1,registry\n"


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("d,c1,ORG", "d,ORG", "row 2: found 12 cells; wanted 13"), (",0,3,", ",0,99,", "row 2: start is '0', end '99'"), (",0,3,", ",-1,3,", "row 2: start is '-1'"),
        (",0,3,", ",x,3,", "row 2: cannot be read"), ("0.4", "", "row 2: cannot be read"), ("reason", "season", "wanted the column reason"), (CANDIDATES, "\0", "holds no text"),
    ],
)  # fmt: skip
def test_candidates(out: Path, before: str, after: str, said: str) -> None:
    """Previously a damaged table was taken for one without any, or was an internal error."""
    file(out / "d/candidates.csv", CANDIDATES.replace(before, after))
    assert Review(out).home()
    refused(out, "candidates.csv", said)


EXPLORED = {
    "entities": f"{','.join(OF_ENTITIES)}\ns1,ORG,防衛省,防衛省,,,,,,,0,\n",
    "sentences": f"{','.join(OF_SENTENCES)}\ns1,防衛省は。,防衛省は。,,0\n",
}


@pytest.mark.parametrize("table", EXPLORED)
@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("s1,", "", "row 2: has [0-9]+ cells; wanted [0-9]+"), (",0", ",-1", "row 2: start is '-1'; wanted a number up to 9"), (",0", ",10", "start is '10'"),
        (",0", ",x", "start is 'x'"), ("surface", "sarface", "row 1: lacks the column surface"), ("防衛省は".encode()[:4], b"\xff", "row 2: holds bytes of no known encoding"),
        (None, b"", "is empty, or cannot be read"), (None, None, "is empty, or cannot be read"),
    ],
)  # fmt: skip
def test_tables_that_are_explored(out: Path, table: str, before: Any, after: Any, said: str) -> None:
    """Previously the page had whatever could be made of them, without a word."""
    record = json.loads((out / "run.json").read_text(encoding="utf-8"))
    record["documents"][0] |= {"source": {}, "files": {f"{name}.csv": "" for name in EXPLORED}}
    file(out / "run.json", json.dumps(record))
    for name, text in EXPLORED.items():
        file(out / f"d/{name}.csv", text)
    assert write_explorer(out).is_file()
    path = out / f"d/{table}.csv"
    data = path.read_bytes()
    path.unlink()
    if after is not None:
        before, after = (x.encode() if isinstance(x, str) else x for x in (before, after))
        file(path, after if before is None else data.replace(before, after))
    if table == "entities" and "start is" in said:  # such a mention is shown, and not marked
        assert write_explorer(out).is_file()
        return
    with pytest.raises(HakushoError, match=f"^d/{table}.csv.*{said}"):
        write_explorer(out)


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ('"start":0', '"start":"0"', "structure.json: cannot be read"), ('"start":0', '"start":-1', "structure.json: cannot be read"),
        ('"start":0', '"start":NaN', "structure.json: cannot be read"),
        ('"end":9', '"end":99', "structure.json has a piece at 0 to 99, and the text ends at 9"), (",0,9,", ",0,99,", "structure/d.csv has a piece at 0 to 99"),
        (",0,9,", ",-1,9,", "is no structure gold"), ("", "", ""),
    ],
)  # fmt: skip
def test_structures(tmp_path: Path, before: str, after: str, said: str) -> None:
    """Previously an internal error."""
    texts = (
        '{"doc_id":"d","blocks":[{"kind":"paragraph","start":0,"end":9,"sentences":[]}]}',
        "doc_id,unit,kind,start,end,level\nd,block,paragraph,0,9,\n",
    )
    made, gold = (text.replace(before, after) if before else text for text in texts)
    with pytest.raises(HakushoError, match=said) if said else nullcontext():
        found = read_structure(file(tmp_path / "structure.json", made))
        file(tmp_path / "gold/d.csv", gold)
        assert score_structure(read_structure_gold(tmp_path / "gold"), [found], {"d": "防" * 9})


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("d,ORG,5000,5003,防衛省,防衛省,,,,,", r"d \[5000, 5003\): the gold has '防衛省' there, and the text ''"),
        ("d,ORG,1,4,防衛省,防衛省,,,,,", "'衛省は': give the gold of this text"),
        ("e,ORG,0,3,防衛省,防衛省,,,,,", r"have no document in common \(e …\)"),
    ],
)  # fmt: skip
def test_gold_of_another_text(out: Path, row: str, said: str) -> None:
    """Previously the page had mentions beyond its text, or nothing was held against the gold, without a word."""
    gold = file(
        out.parent / "gold.csv", f"doc_id,label,start,end,text,norm,value,mod,article,paragraph,item\n{row}\n"
    )
    with pytest.raises(HakushoError, match=said):
        list(rewrite_reports(out, gold))
    if not row.startswith("e"):
        with pytest.raises(HakushoError, match=said):
            Review(out, gold).page("d")


def test_runs_over_other_texts(out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Previously mentions were lost and gained beside words of another text, without a word."""
    file(
        out / "d/entities.csv",
        "doc_id,label,start,end,text,norm,value,mod,article,paragraph,item\nd,ORG,0,3,防衛省,防衛省,,,,,\n",
    )
    other = out.parent / "other"
    shutil.copytree(out, other)
    compare(out, other)
    assert capsys.readouterr().err == ""
    record = json.loads((other / "run.json").read_text(encoding="utf-8"))
    record["documents"][0]["sha256"] = "0" * 64
    file(other / "run.json", json.dumps(record))
    compare(out, other)
    said = "1 document of another text in the second run, so that places differ: d"
    assert " ".join(capsys.readouterr().err.split()) == said
    compare(out / "d/entities.csv", other)
    assert capsys.readouterr().err == ""


def test_a_record_of_another_version(out: Path) -> None:
    """What describes the folder is made from fields that this record has not."""
    file(out / "datapackage.json", "{}")
    with pytest.raises(HakushoError, match=r"run\.json: was not written by this version .*: run it again"):
        list(rewrite_reports(out))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names here")
@pytest.mark.parametrize("name", ["run.json", "d/entities.json", "d/entities.csv"])
def test_a_pipe_among_the_results_is_not_waited_for(out: Path, name: str) -> None:
    (out / name).unlink()
    os.mkfifo(out / name)
    with pytest.raises(HakushoError, match=name):
        list(rewrite_reports(out))
