"""What a spreadsheet saved comes back: it is read as it is, named as what it is, or restored from the text."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from pipeline.cli import main
from pipeline.model.errors import HakushoError
from pipeline.read import discover
from pipeline.review.corrections import COLUMNS as CORRECTIONS
from pipeline.review.corrections import read_corrections
from pipeline.scoring.damage import can_be
from pipeline.scoring.gold import COLUMNS, read_gold
from pipeline.scoring.gold_check import check
from pipeline.scoring.mend import mend
from tests.conftest import ROOT
from tests.read.packages import text_row, xlsx

with (ROOT / "tests/cases/spreadsheet_damage.csv").open(encoding="utf-8", newline="") as stream:
    DAMAGE = list(csv.DictReader(stream))
TEXT = "第007号、4/14に防衛省\nは平成26年4月、自衛隊法第1-2条を。２０１４年８月１日、平成26年8月5日。同年4月、防衛省。"


def _span(part: str) -> tuple[int, int]:
    at = TEXT.index(part)
    return at, at + len(part)


def _row(label: str, part: str, /, **cells: str) -> dict[str, str]:
    start, end = _span(part)
    told = {"doc_id": "007", "label": label, "start": str(start), "end": str(end), "text": part}
    return dict.fromkeys(COLUMNS, "") | told | cells


@pytest.mark.parametrize("row", DAMAGE, ids=lambda row: f"{row['cell']} of {row['original']}")
def test_what_a_spreadsheet_can_have_made(row: dict[str, str]) -> None:
    assert can_be(row["cell"], row["original"].replace("\\n", "\n")) == (row["can_be"] == "yes")


RESTORED = [
    ({"text": "7"}, {}, "007", "ORG"),
    ({"text": "14-Apr"}, {}, "4/14", "ORG"),
    ({"doc_id": "7"}, {}, "4/14", "ORG"),
    ({"label": "ＯＲＧ "}, {}, "4/14", "ORG"),
    ({"start": "6.0", "end": "１０"}, {}, "4/14", "ORG"),
    ({"start": "5-Jan"}, {}, "4/14", "ORG"),
    ({"text": "防衛省は"}, {}, "防衛省\nは", "ORG"),
    ({"value": "Apr-14", "norm": "Apr-14"}, {"value": "2014-04", "norm": "2014-04"}, "平成26年4月", "DATE"),
    ({"value": "2014/8/1"}, {"value": "2014-08-01"}, "２０１４年８月１日", "DATE"),
    ({"value": "41856"}, {"value": "2014-08-05"}, "平成26年8月5日", "DATE"),
    ({"value": "2014/8/5", "norm": "2014/8/5"}, {"value": "2014-08-05", "norm": "2014-08-05"}, "平成26年8月5日", "DATE"),
    ({"article": "1月2日"}, {"article": "1-2"}, "自衛隊法第1-2条", "LAW"),
    # The number of days that a date has without a format.
    ({"article": "41641"}, {"article": "1-2"}, "自衛隊法第1-2条", "LAW"),
    ({"article": "3.0"}, {"article": "3"}, "自衛隊法第1-2条", "LAW"),
]  # fmt: skip


@pytest.mark.parametrize(("damaged", "wanted", "part", "label"), RESTORED)
def test_what_the_text_proves_is_restored(
    damaged: dict[str, str], wanted: dict[str, str], part: str, label: str
) -> None:
    found = mend([(2, _row(label, part, **damaged))], {"007": TEXT, "008": ""})
    assert found.left == []
    assert found.rows == [_row(label, part, **wanted)]
    assert {note.column for note in found.restored} == set(damaged)


LEFT = [
    ({"text": "防衛庁"}, "防衛省", "ORG", "is not what stands at"),
    (
        {"start": "x", "end": "y"},
        "防衛省",
        "ORG",
        "is no number, and '防衛省' does not stand in one place alone",
    ),
    ({"doc_id": "9"}, "防衛省", "ORG", "is the name of no text here"),
    ({"label": "OGR"}, "防衛省", "ORG", "is none of ORG, DATE, LAW"),
    # 同年 says nothing alone, and another month is not what was changed.
    ({"value": "Apr-14"}, "同年4月", "DATE", "the mention alone does not say which date"),
    ({"value": "May-14"}, "平成26年4月", "DATE", "the mention alone does not say which date"),
    ({"value": "2014-08-05", "norm": "2014-08"}, "平成26年8月5日", "DATE", "differs from the value"),
    ({"article": "3月4日"}, "自衛隊法第1-2条", "LAW", "the mention does not say which it was"),
    ({"article": "41642"}, "自衛隊法第1-2条", "LAW", "the mention does not say which it was"),
]


@pytest.mark.parametrize(("damaged", "part", "label", "reason"), LEFT)
def test_what_nobody_can_tell_is_listed_and_left(
    damaged: dict[str, str], part: str, label: str, reason: str
) -> None:
    row = _row(label, part, **damaged)
    found = mend([(7, row)], {"007": TEXT})
    (note,) = found.left
    assert (note.row, note.column in damaged) == (7, True)
    assert reason in str(note)
    assert found.rows == [row]


def test_a_number_without_end_is_left() -> None:
    for cell in ("9" * 5_000, "1.5E+11"):
        assert not can_be(cell, "7" * 400)
    found = mend([(2, _row("ORG", "防衛省\n", start="9" * 5_000))], {"007": TEXT})
    assert not found.restored or found.rows[0]["start"] != "9" * 5_000


def test_each_name_is_looked_up_once(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []
    monkeypatch.setattr("pipeline.scoring.mend.can_be", lambda *pair: bool(asked.append(pair)))
    mend([(n, _row("ORG", "防衛省\n", doc_id="gone")) for n in range(2, 12)], {"007": TEXT, "008": TEXT})
    assert len(asked) == 2


def test_a_whole_table_is_left_alone() -> None:
    rows = [_row("DATE", "平成26年4月", value="2014-04"), _row("LAW", "自衛隊法第1-2条", article="1-2")]
    found = mend(list(enumerate(rows, 2)), {"007": TEXT})
    assert (found.restored, found.left, found.rows) == ([], [], rows)


def _sheet(*rows: tuple[str, ...]) -> bytes:
    return xlsx("".join(text_row(number, *cells) for number, cells in enumerate(rows, 1)))


def _saved(form: str, *rows: tuple[str, ...]) -> bytes:
    if form == "xlsx":
        return _sheet(*rows)
    mark, encoding = form.split(" ")
    return "".join(mark.replace("tab", "\t").join(row) + "\r\n" for row in rows).encode(encoding)


@pytest.mark.parametrize("form", ["xlsx", ", utf-8-sig", ", cp932", "; cp932", "tab utf-16"])
def test_gold_corrections_and_manifests_are_read_as_they_were_saved(form: str, tmp_path: Path) -> None:
    mention = ("DATE", "0", "9", "平成26年8月5日", "2014/8/5", "2014/8/5", "", "", "", "")
    gold = tmp_path / "gold.table"
    gold.write_bytes(_saved(form, COLUMNS, ("d", *mention)))
    (read,) = read_gold(gold)
    assert (read.text, read.value, read.norm, read.row) == ("平成26年8月5日", "2014-08-05", "2014-08-05", 2)
    corrections = tmp_path / "corrections.table"
    corrections.write_bytes(
        _saved(form, CORRECTIONS, ("d", "accept", "DATE", "0", "9", *mention, "", "", ""))
    )
    assert read_corrections(corrections)[0].mention.value == "2014-08-05"
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts/a.txt").write_text("平成", encoding="utf-8")
    manifest = tmp_path / "texts" / ("manifest.xlsx" if form == "xlsx" else "manifest.csv")
    manifest.write_bytes(
        _saved(form, ("file", "doc_id", "reference_date"), ("a.txt", "みなと", "平成26年8月5日"))
    )
    (item,) = discover([str(tmp_path / "texts")])
    assert (item.doc_id, item.facts["reference_date"]) == ("みなと", "平成26年8月5日")


def test_a_line_break_in_a_cell_of_a_workbook_stays(tmp_path: Path) -> None:
    path = tmp_path / "gold.xlsx"
    row = ("d", "ORG", "0", "4", "防衛_x000D_\n省", "防衛省", "", "", "", "", "")
    path.write_bytes(_sheet(COLUMNS, (), row))
    (read,) = read_gold(path)
    assert (read.text, read.row) == ("防衛\r\n省", 3)


def test_what_is_no_workbook_is_told(tmp_path: Path) -> None:
    path = tmp_path / "gold.xlsx"
    path.write_bytes(_sheet(COLUMNS).replace(b"workbook", b"workshop"))
    with pytest.raises(HakushoError, match="is a packed file and no Excel workbook"):
        read_gold(path)


@pytest.mark.parametrize("cell", ["Apr-14", "4月14日", "2014/8/1"])
def test_check_names_what_a_spreadsheet_made(cell: str, tmp_path: Path) -> None:
    path = tmp_path / "gold.csv"
    path.write_text(f"{','.join(COLUMNS)}\nd,DATE,0,7,平成26年4月,,{cell},,,,\n", encoding="utf-8")
    problems = check(read_gold(path), {"d": "平成26年４月は"})
    assert [problem.row for problem in problems] == [2, 2]
    assert all("a spreadsheet changed it: 'hakusho gold mend' restores" in str(p) for p in problems)


def test_mend_writes_a_new_file_and_lists_the_rest(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    gold, text = tmp_path / "gold.csv", tmp_path / "007.txt"
    text.write_text(TEXT, encoding="utf-8")
    rows = [_row("DATE", "平成26年4月", doc_id="7", value="Apr-14"), _row("DATE", "同年4月", value="Apr-14")]
    before = "\ufeff" + ";".join(COLUMNS) + "\n" + "".join(";".join(row.values()) + "\n" for row in rows)
    gold.write_text(before, encoding="utf-8")
    with pytest.raises(SystemExit) as ended:
        main(["gold", "mend", str(gold), str(text)])
    told = capsys.readouterr()
    assert ended.value.code == 1
    assert (
        told.out
        == f"{gold}, row 3: value 'Apr-14' is no EDTF, and the mention alone does not say which date it was\n"
    )
    assert f"{gold}, row 2: doc_id '7' → '007'" in told.err.replace("\n", " ")
    assert gold.read_text(encoding="utf-8") == before
    new = read_gold(tmp_path / "gold.mended.csv")
    assert [(m.doc_id, m.value) for m in new] == [("007", "2014-04"), ("007", "Apr-14")]
    lines = (tmp_path / "gold.mended.csv").read_text(encoding="utf-8").splitlines()
    (tmp_path / "gold.mended.csv").write_text("\n".join(lines[:2]) + "\n", encoding="utf-8")
    with pytest.raises(SystemExit) as ended:
        main(["gold", "mend", str(tmp_path / "gold.mended.csv"), str(text), "-o", str(tmp_path / "x.csv")])
    assert not ended.value.code
