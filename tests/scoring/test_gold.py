from __future__ import annotations

import doctest
from typing import TYPE_CHECKING, Any

import pytest

from pipeline.document.tables import ENTITY_COLUMNS, entity_rows
from pipeline.model.entity import Entity
from pipeline.model.errors import HakushoError
from pipeline.scoring import gold
from pipeline.scoring.gold import (
    GoldMention,
    mentions_of,
    read_gold,
    read_mentions,
    read_spans,
    within,
)
from pipeline.scoring.gold_check import check, is_edtf

if TYPE_CHECKING:
    from pathlib import Path

HEADER = "doc_id,label,start,end,text,norm,value,mod,article,paragraph,item,note"
TEXT = "防衛省は平成26年末、自衛隊法第3条を。"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "gold.csv"


def write(file: Path, *rows: str, header: str = HEADER) -> Path:
    file.write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
    return file


def test_reads_typed_rows_with_the_rows_that_a_spreadsheet_shows(file: Path) -> None:
    write(
        file,
        "d,ORG,0,3,防衛省,防衛省,,,,,,",
        ",,,,,,,,,,,",
        '"d",LAW,11,18,"自衛隊法,",自衛隊法,,,3|3_2,1,,注',
    )
    assert read_gold(file) == (
        GoldMention("d", "ORG", 0, 3, "防衛省", "防衛省"),
        GoldMention(
            "d", "LAW", 11, 18, "自衛隊法,", "自衛隊法", article=("3", "3_2"), paragraph=("1",), note="注"
        ),
    )
    assert [m.row for m in read_gold(file)] == [2, 4]  # row 3 is blank, and counted


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_byte_order_mark_and_line_ends_make_no_difference(file: Path, encoding: str, newline: str) -> None:
    row = 'd,ORG,0,4,"防衛\n省",防衛省,,,,,,'  # a mention over a line break keeps it
    file.write_bytes(f"{HEADER}{newline}{row}{newline}".encode(encoding))
    assert read_gold(file) == (GoldMention("d", "ORG", 0, 4, "防衛\n省", "防衛省"),)


def test_a_corrected_output_is_a_gold_file(file: Path) -> None:
    entity = Entity(
        "d", "d-1", "LAW", 11, 17, "自衛隊法第3条", "自衛隊法第3条", "自衛隊法", article=("3",), rule="r1"
    )
    cells = ",".join("" if cell is None else str(cell) for cell in next(entity_rows([entity])))
    (read,) = read_gold(write(file, cells, header=",".join(ENTITY_COLUMNS)))
    assert read == mentions_of([entity])[0]
    assert (read.article, read.rule, read.note) == (("3",), "r1", "")


def test_undoes_the_apostrophe_before_a_formula(file: Path) -> None:
    (read,) = read_gold(write(file, "d,ORG,0,3,'=省,'s,,,,,,"))
    assert (read.text, read.norm) == ("=省", "'s")


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (
            "d,PER,0,3,防衛省,,,,,,,",
            "row 2: label is 'PER'; wanted ORG, DATE, LAW: correct it or delete the row",
        ),
        ("d,ORG,0.0,3,防衛省,,,,,,,", "row 2: start is '0.0'; wanted a whole number: count code points"),
        ("d,ORG,0,３,防衛省,,,,,,,", "row 2: end is '３'; wanted a whole number: count code points"),
        ("d,ORG,-1,3,防衛省,,,,,,,", "row 2: start is '-1'; wanted a whole number: count code points"),
        ("d,ORG,3,3,,,,,,,,", "row 2: span [3, 3) is empty; wanted start < end: correct the offsets"),
        ("d,ORG,0,3", "row 2: found 4 cells; wanted 12, one a column: quote a cell that holds a comma"),
        (
            'd,ORG,0,3,"防"衛省,,,,,,,',
            "line 2: found broken CSV (',' expected after '\"'); wanted commas between",
        ),
        (
            'd,ORG,0,3,"防衛省,,,,,,,',
            "line 2: found broken CSV (unexpected end of data); wanted commas between",
        ),
    ],
)
def test_bad_rows_are_named(file: Path, row: str, message: str) -> None:
    with pytest.raises(HakushoError) as error:
        read_gold(write(file, row))
    assert str(error.value).startswith(f"{file}, {message}")
    assert "\n" not in str(error.value)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (
            b"",
            "row 1: found an empty file; wanted the column doc_id, label, start, end, text, ",
        ),
        (
            HEADER.replace(",mod", "").encode(),
            "row 1: found doc_id, label, start, end, text, norm, value, article",
        ),
        (
            "防衛省".encode("cp932"),
            "row 1: found 防衛省; wanted the column doc_id, label, start, end, text, ",
        ),
    ],
)
def test_bad_files_are_named(file: Path, content: bytes, message: str) -> None:
    file.write_bytes(content)
    with pytest.raises(HakushoError) as error:
        read_gold(file)
    assert str(error.value).startswith(f"{file}, {message}")


@pytest.mark.parametrize("codec", ["cp932", "euc_jp", "utf-16", "utf-16-le", "iso2022_jp", "utf-8-sig"])
def test_a_table_is_read_in_any_encoding_that_a_text_may_have(file: Path, codec: str) -> None:
    file.write_bytes(f"{HEADER}\r\nd,ORG,0,3,防衛省,防衛省,,,,,,\r\n".encode(codec))
    assert [mention.norm for mention in read_gold(file)] == ["防衛省"]


def test_a_table_that_no_encoding_explains_is_named(file: Path) -> None:
    file.write_bytes(HEADER.encode() + b"\xff")
    with pytest.raises(
        HakushoError, match=r"gold\.csv: byte 0xff at offset \d+ is not utf-8.*convert it to UTF-8"
    ):
        read_gold(file)


def test_missing_files_and_empty_folders_are_named(tmp_path: Path) -> None:
    with pytest.raises(HakushoError, match=r"no\.csv: cannot be read \(No such file.*check the name"):
        read_gold(tmp_path / "no.csv")
    with pytest.raises(HakushoError, match=r"found no CSV file; wanted entities\.csv or gold files"):
        read_mentions(tmp_path)


def test_a_folder_is_a_run_or_a_set_of_gold_files(tmp_path: Path) -> None:
    write(tmp_path / "b.csv", "b,ORG,0,3,防衛省,防衛省,,,,,,")
    write(tmp_path / "a.csv", "a,ORG,0,3,防衛省,防衛省,,,,,,")
    assert [m.doc_id for m in read_mentions(tmp_path)] == ["a", "b"]
    (tmp_path / "run").mkdir()
    write(tmp_path / "run" / "entities.csv", "c,ORG,0,3,防衛省,防衛省,,,,,,")
    assert [m.doc_id for m in read_mentions(tmp_path)] == ["c"]
    assert [m.doc_id for m in read_mentions(str(tmp_path / "run"))] == ["c"]


def test_spans_and_regions(file: Path) -> None:
    spans = read_spans(write(file, "d,s1,0,9,…", "d,s2,9,12,…", header="doc_id,sentence_id,start,end,text"))
    assert spans == (("d", 0, 9), ("d", 9, 12))
    mentions = [GoldMention("d", "ORG", a, b) for a, b in ((0, 3), (8, 10), (9, 12))]
    assert within(mentions, spans) == [mentions[0], mentions[2]]  # [8, 10) lies in neither wholly


@pytest.mark.parametrize(
    "value",
    [
        "2013-10-03",
        "2013-10",
        "2013",
        "196X",
        "20XX",
        "2014-06/2014-07",
        "../1990-12-26",
        "2010/..",
        "2024-22",
        "2014-33",
        "2022-10/2022-12",
        "1960/1970",
        "1985-04/..",
        "1965/1974",
        "199X/200X",
        "2012-02-29",
        "2014/2014-06",
        "2013-24/2014-02",
    ],
)
def test_values_of_the_guidelines_are_edtf(value: str) -> None:
    assert is_edtf(value)


@pytest.mark.parametrize(
    "value",
    [
        "2013-02-30",
        "2013-13",
        "2013-00",
        "2013-20",
        "2014-37",
        "13",
        "平成25年",
        "２０１３",
        "2013/10",
        "2014/2013",
        "2014-07/2014-06",
        "..",
        "../..",
        "2013~",
        "1XXX",
        "XXXX-10",
        "2013-10-03T10",
        "2013-1",
        "2011/2012/2013",
    ],
)
def test_other_values_are_not(value: str) -> None:
    assert not is_edtf(value)
    assert not is_edtf(f"{value}\n")


def test_docstring_examples() -> None:
    assert doctest.testmod(gold).failed == 0


def mention(label: str, text: str, **more: Any) -> GoldMention:
    start = TEXT.index(text)
    fields: dict[str, Any] = {
        "doc_id": "d",
        "label": label,
        "start": start,
        "end": start + len(text),
        "text": text,
    }
    return GoldMention(**(fields | more))


GOOD = [
    mention("ORG", "防衛省", norm="防衛省", row=2),
    mention("DATE", "平成26年末", value="2014", norm="2014", mod="END", row=3),
    mention("LAW", "自衛隊法第3条", norm="自衛隊法", article=("3", "3_2", "100-107"), row=4),
]


def test_a_sound_file_has_no_problem() -> None:
    assert check(GOOD, {"d": TEXT}) == []
    assert check([mention("DATE", "平成26年末", note="年が決まらない")], {"d": TEXT}) == []


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        (mention("ORG", "防衛省", norm="防衛省", end=2), "text is '防衛省', but [0, 2) of the document"),
        (mention("ORG", "防衛省", norm="防衛省", end=99), "which has 20 characters, is '防衛省は"),
        (mention("ORG", "防衛省", norm="防衛省", doc_id="e"), "no text of this name"),
        (
            mention("PER", "防衛省", norm="防衛省"),
            "doc_id is 'd' and label 'PER'; wanted a name and one of ORG",
        ),
        (mention("ORG", "防衛省"), "ORG '防衛省' has no norm"),
        (mention("ORG", "防衛省", norm="防衛省", mod="END"), "mod is 'END', but only a DATE has one"),
        (mention("ORG", "防衛省", norm="防衛省", article=("3",)), "locator '3'; wanted, of a LAW alone"),
        (mention("LAW", "自衛隊法第3条", norm="自衛隊法", item=("三",)), "locator '三'; wanted"),
        (mention("LAW", "自衛隊法第3条", norm="自衛隊法", article=("3", "")), "locator ''; wanted"),
        (mention("DATE", "平成26年末"), "DATE '平成26年末' has no value, and no note"),
        (mention("DATE", "平成26年末", value="平成26"), "value '平成26' is not EDTF, such as 2013-10-03"),
        (mention("DATE", "平成26年末", value="2014", norm="2015"), "norm '2015' of a DATE differs"),
        (mention("DATE", "平成26年末", value="2014", mod="end"), "mod 'end' is not one of START|MID|END"),
    ],
)
def test_problems_are_found_and_named(bad: GoldMention, reason: str) -> None:
    (problem,) = check([bad], {"d": TEXT})
    assert reason in problem.reason
    assert str(problem) == f"row 0 ({bad.doc_id}): {problem.reason}"


def test_duplicates_and_overlaps_are_named_with_both_rows() -> None:
    rows = [
        *GOOD,
        mention("ORG", "防衛省", norm="防衛庁", row=5),  # the same place again
        mention("ORG", "自衛隊", norm="自衛隊", row=6),  # inside row 4
        mention("LAW", "第3条", norm="自衛隊法", row=7),  # inside row 4, not touching row 6
        mention("ORG", "は", norm="は", row=8),  # adjacent to row 2 and to row 3
    ]
    assert [(p.row, p.reason) for p in check(rows, {"d": TEXT})] == [
        (4, "'自衛隊法第3条' overlaps row 6: '自衛隊'"),
        (5, "duplicate of row 2: ORG '防衛省'"),
        (7, "'第3条' overlaps row 4: '自衛隊法第3条'"),
    ]
