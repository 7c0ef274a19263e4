"""Names of one's own: what they find, what they leave alone, and each fault of a file with its row and reason."""

from __future__ import annotations

import json
import pickle
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
import spacy

import pipeline
from pipeline.cli import main
from pipeline.entities.laws.instruments import FullList, Instruments
from pipeline.entities.laws.registry import Instrument
from pipeline.entities.names.registry import Name, Validity
from pipeline.entities.own_names import faults, installed_names, read_names
from pipeline.flow import Analyzer
from pipeline.model.errors import HakushoError
from tests.conftest import OWN_NAMES

Write = Callable[[str], Path]
FOUND = [
    ("みらクラは公表した。", "ORG みらクラ みなと未来クラブ own_name"),
    ("青葉市とみらクラは公表した。", "ORG みらクラ みなと未来クラブ own_name"),
    ("青葉市のみらクラは公表した。", "ORG みらクラ みなと未来クラブ own_name"),
    ("Minato Mirai Clubが公表した。", "ORG Minato Mirai Club みなと未来クラブ own_name"),
    ("さざなみのわから届いた。", "ORG さざなみのわ さざなみのわ own_name"),
    ("みなと憲章法が公表した。", "ORG みなと憲章法 みなと憲章法 own_name"),
    ("お堀の本省が公表した。", "ORG お堀の本省 防衛省 own_name"),
    ("防衛省が公表した。", "ORG 防衛省 防衛省 registry"),
    ("港景観法第3条による。", "LAW 港景観法第3条 港の景観の保全及び形成に関する法律 own_name_place"),
    ("隊の基本法による。", "LAW 隊の基本法 自衛隊法 own_name"),
    # The longer name counts, as among all names.
    ("株式会社みらクラが公表した。", "ORG 株式会社みらクラ みなと未来クラブ legal_form"),
    ("みらクラシックを聴いた。", ""),
]
FAULTS = [
    ("name,label,kind\n防衛省,ORG,association\n", "row 2: 防衛省 is in the registry (kind ministry), where it has not kind"),
    ("name,label,law_num\n自衛隊法,LAW,令和元年法律第九百九十九号\n", "row 2: 自衛隊法 is in the registry"),
    ("name,label,kind\nみなと会,ORG\n", "row 2: has 2 cells and the header 3: leave an empty cell"),
    ("name,label\nみなと会,ORG,x\n", "row 2: has 3 cells and the header 2: put a name with a comma"),
    ("name,label,kind\nみなと会,ORG,asociation\n", "unknown kind 'asociation' (the nearest known one is 'association')"),
    ("name,label,parent\nみなと会,ORG,国土交通所\n", "unknown parent '国土交通所' (the nearest known one is '国土交通省')"),
    ("name,label,parent\nみなと会,ORG,みなと会\n", "parent 'みなと会' is the row's own name"),
    ("name,label,country\nみなと会,ORG,XX\n", "unknown country 'XX'"),
    ("name,label,valid\nみなと会,ORG,Apr-14\n", "valid 'Apr-14' is no time: write it as 2007-01-09/.."),
    ("name,label,valid\nみなと会,ORG,2014-13/..\n", "is no time"),
    ("name,label,valid\nみなと会,ORG,2014/2013\n", "is no time"),
    ("name,label,aliases\nみなと会,ORG,防衛省\n", "'防衛省' is the official name of 防衛省 (ORG) in the registry"),
    ("name,label,aliases\nみなと会,ORG,み会@x\n", "aliases 'x' is no time"),
    ("name,label\n自衛隊法,ORG\n", "'自衛隊法' is the official name of 自衛隊法 (LAW) in the registry"),
    ("name,label\nみなと会,DATE\n", "label 'DATE' is neither ORG nor LAW"),
    ("name,label\n,ORG\n", "the column 'name' is empty"),
    ("name,label\nみ,ORG\n", "is too short for a name"),
    ("name,label\nみなと会|み会,ORG\n", "is one name without a time"),
    ('name,label\n"みなと\n会",ORG\n', "holds a line break"),
    ("name,label,law_num\nみなと会,ORG,令和二年法律第一号\n", "the column 'law_num' is not one of ORG"),
    ("name,label,law_num\nみなと会法,LAW,第一号\n", "is no law number"),
    ("name,label,law_num\nみなと会法,LAW,昭和29年法律第165号\n", "is that of 自衛隊法 in the registry"),
    ("name,label,law_id\nみなと会法,LAW,x\n", "is no LawID"),
    ("name,label,promulgated\nみなと会法,LAW,8/5/2014\n", "is no day: write it as 2014-08-05"),
    ("name,label,status\nみなと会法,LAW,abolished\n", "unknown status 'abolished'"),
    ("name,label,status_date\nみなと会法,LAW,2014-08-05\n", "give its status, too"),
    ("name,label,promulgated,status,status_date\nみなと会法,LAW,2014-08-05,repealed,2013-08-05\n", "lies before"),
    ("name,label,aliases\nみなと会,ORG,み会\nみさき会,ORG,み会\n", "row 3: 'み会' stands in row 2 of"),
    ("name,label\nみなと会,ORG\nみなと会,ORG\n", "row 3: 'みなと会' stands in row 2 of"),
    ("name,lable\nみなと会,ORG\n", "row 1: unknown column 'lable' (the nearest known one is 'label')"),
    ("name,name,label\nみなと会,,ORG\n", "stands there twice"),
    ("label\nORG\n", "there is no column 'name'"),
    ("name,label\n", "no row follows"),
]  # fmt: skip


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def written(content: str) -> Path:
        path = tmp_path / "names.csv"
        path.write_text(content, encoding="utf-8")
        return path

    return written


def _shown(document: pipeline.Document) -> str:
    return "; ".join(f"{e.label} {e.text} {e.norm} {e.rule}" for e in document.entities)


@pytest.mark.parametrize(("text", "wanted"), FOUND)
def test_names_of_ones_own_are_found(text: str, wanted: str, named: Analyzer) -> None:
    assert _shown(named(text)) == wanted


def test_what_a_row_says_stands_in_the_results(named: Analyzer) -> None:
    document = named("みなと憲章法とみらクラは、港景観法による。")
    rows = [row[:4] for row in document.rows("organizations")]
    assert rows == [
        ("text", "みなと憲章法", "", "みなと未来クラブ"),
        ("text", "みなと未来クラブ", "association", "国土交通省"),
    ]
    assert document.entities[-1].law_num == "令和二年法律第九百一号"


def test_a_title_is_that_of_the_day(named: Analyzer) -> None:
    source = pipeline.Source("x", "港景観法による。", reference_date=date(2021, 5, 1))
    assert named(source).entities[0].norm == "港の景観の保全に関する法律"


def test_without_the_file_nothing_changes(analyze: Analyzer) -> None:
    assert _shown(analyze("みらクラは公表した。")) == ""


def test_a_short_name_of_ones_own_means_nothing_else_any_more(write: Write) -> None:
    path = write("name,label,aliases\n青凪評議会,ORG,NICT\n")
    _, notes, count = faults(path)
    assert count == 1
    assert "'NICT' means" in notes[0].reason
    (entity,) = pipeline.load("sudachi", names=path)("NICTは公表した。").entities
    assert (entity.norm, entity.flags, entity.rule) == ("青凪評議会", (), "own_name")


@pytest.mark.parametrize(("content", "reason"), FAULTS)
def test_a_fault_is_told_with_its_row(content: str, reason: str, write: Write) -> None:
    path = write(content)
    found, _, _ = faults(path)
    assert reason in str(found[0]), found
    assert str(found[0]).startswith(f"{path}, row ")
    with pytest.raises(HakushoError, match="row"):
        read_names(path)


def test_names_may_follow_one_another_and_be_shared_by_times(write: Write) -> None:
    content = "name,label,valid,aliases\nみなと会,ORG,../2009,み会\nみさき会,ORG,2010/..,み会\n"
    analyze = pipeline.load("sudachi", "2005-01-01", names=write(content))
    assert analyze("み会は公表した。").entities[0].norm == "みなと会"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp932", "utf-16"])
@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_what_a_spreadsheet_saved_is_read(encoding: str, mark: str, tmp_path: Path) -> None:
    path = tmp_path / "names.csv"
    rows = [("name", "label", "_note"), ("みなと会", "ORG", "これは覚え書きである。"), ("", "", "")]
    path.write_bytes("\r\n".join(mark.join(row) for row in rows).encode(encoding))
    assert [record.name for record in read_names(path).organizations.added] == ["みなと会"]


def test_names_in_the_data_folder_count(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HAKUSHO_DATA", str(tmp_path))
    assert installed_names() is None
    (tmp_path / "names").mkdir()
    (tmp_path / "names/a.csv").write_text("name,label\nみなと会,ORG\n", encoding="utf-8")
    found = installed_names()
    assert found is not None
    assert [(file, count) for file, _, count in found.files] == [("a.csv", 1)]
    assert pickle.loads(pickle.dumps(found)) == found


def test_a_run_records_the_hash_of_the_file(tmp_path: Path) -> None:
    text = tmp_path / "a.txt"
    text.write_text("みらクラは公表した。", encoding="utf-8")
    words = [
        "run",
        text,
        "-o",
        tmp_path / "o",
        "--analyzer",
        "sudachi",
        "--format",
        "csv",
        "--names",
        OWN_NAMES,
    ]
    with pytest.raises(SystemExit) as ended:
        main([str(word) for word in words])
    assert not ended.value.code
    (told,) = json.loads((tmp_path / "o/run.json").read_text(encoding="utf-8"))["settings"]["names"]
    assert told == read_names(OWN_NAMES).as_json()[0]
    assert len(told["sha256"]) == 64
    assert "own_name" in (tmp_path / "o/a/entities.csv").read_text(encoding="utf-8-sig")


def test_check_prints_each_fault(write: Write, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["names", "check", str(write("name,label\nみなと会,DATE\nみ,ORG\n"))])
    assert ended.value.code == 1
    told = capsys.readouterr()
    assert len(told.out.splitlines()) == 2
    assert "2 faults" in told.err
    with pytest.raises(SystemExit) as ended:
        main(["names", "check", str(OWN_NAMES)])
    assert not ended.value.code


def test_a_law_of_the_full_list_gives_its_number(write: Write) -> None:
    title, law_id = "港の景観の保全及び形成に関する法律", "502AC0000000901"
    listed = Instrument(
        title, "law", "令和二年法律第九百一号", law_id, (Name(title, "title"),), Validity(), "in_force"
    )
    full = FullList((listed,), date(2026, 2, 8), "a list")
    for number, wanted in (("", law_id), ("令和二年法律第九百二号", "")):
        own = read_names(write(f"name,label,abbreviations,law_num\n{title},LAW,港景観法,{number}\n")).laws
        ((record, _),) = Instruments(full, own).lexicon.get("港景観法")
        assert record.law_id == wanted


def test_the_component_takes_names() -> None:
    nlp = spacy.blank("ja")
    nlp.add_pipe("hakusho", config={"names": str(OWN_NAMES)})
    assert [(e.text, e._.norm) for e in nlp("みらクラは公表した。").ents] == [
        ("みらクラ", "みなと未来クラブ")
    ]
