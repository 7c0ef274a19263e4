"""Workbooks and tables as text: each row a row of a table, cells as Excel shows them."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.clean import clean
from pipeline.read import read
from pipeline.read.separated import UNQUOTED
from pipeline.read.sheet import UNCOUNTED
from pipeline.read.sheet_formats import builtin, shown
from pipeline.structure import structure
from tests.growth import assert_linear
from tests.read.packages import text_row, xlsx
from tests.read.test_read import complaint, write

DAY = 41856  # 2014-08-05


@pytest.mark.parametrize(
    ("value", "form", "wanted"),
    [
        (DAY, "yyyy/m/d", "2014/8/5"),
        (DAY, 'yyyy"年"m"月"d"日"', "2014年8月5日"),
        (DAY, '[$-411]ggge"年"m"月"d"日";@', "平成26年8月5日"),
        (DAY, "[$-ja-JP-x-gannen]ggge年m月", "平成26年8月"),
        (DAY, "ge.m.d", "H26.8.5"),
        (43586, 'ggge"年"', "令和1年"),
        # A year of two figures and the English name of a month would be misread.
        (DAY, "yy/mm/dd", "2014/08/05"),
        (DAY, "d-mmm-yy", "2014年8月5日"),
        (DAY, "mmm-yy", "2014年8月"),
        (DAY, "m/d(aaa)", "8/5(火)"),
        (DAY + 0.5, "m月d日 h:mm", "8月5日 12:00"),
        (0.75, "h:mm AM/PM", "6:00 午後"),
        (1.5, "[h]:mm", "36:00"),
        # No such day: the number as it stands.
        (60, "yyyy/m/d", "60"),
        (-1, "yyyy/m/d", "-1"),
        (3e9, "yyyy/m/d", "3000000000"),
        (1234.5, "General", "1234.5"),
        (1234567, "#,##0", "1,234,567"),
        (1234567, '#,##0,"千円"', "1,235千円"),
        (0.1234, "0.0%", "12.3%"),
        (2.5, "0", "3"),
        (26, '"平成"0"年度"', "平成26年度"),
        (-1234, '#,##0;"△ "#,##0', "△ 1,234"),
        (-1234, '#,##0_ ;[Red]\\-#,##0\\ ', "-1,234"),
        (0, '0;-0;"-"', "-"),
        (5, "00", "05"),
        (1.5, "0.##", "1.5"),
        (0.1 + 0.2, "General", "0.3"),
        # What is not known is shown plainly.
        (1.5, "# ?/?", "1.5"),
        (1000001, "000-0000", "1000001"),
        (7, "[>5]0.0;0", "7"),
        (1e300, "0", "1e+300"),
        (7, "", "7"),
    ],
)  # fmt: skip
def test_numbers_as_excel_shows_them(value: float, form: str, wanted: str) -> None:
    assert shown(value, form) == wanted


def test_days_since_1904_and_formats_by_number() -> None:
    assert shown(DAY - 1462, "yyyy/m/d", since_1904=True) == "2014/8/5"
    assert [shown(DAY, builtin(number)) for number in (14, 28, 31, 55, 57)] == [
        "2014/8/5", "平成26年8月5日", "2014年8月5日", "2014年8月", "H26.8.5",
    ]  # fmt: skip
    assert builtin(999) == "General"


def raw(folder: Path, data: bytes) -> str:
    return read(write(folder, "a.xlsx", data)).raw


def test_rows_strings_and_readings(tmp_path: Path) -> None:
    shared = "<si><t>機関</t></si><si><r><t>防衛</t></r><r><t>省</t></r><rPh sb='0' eb='2'><t>ボウエイ</t></rPh></si>"
    rows = '<row r="1"><c r="A1" t="s"><v>0</v></c></row><row r="2"><c r="A2" t="s"><v>1</v></c><c r="C2"><v>3</v></c></row>'
    # A row with one cell is a row; columns that are empty all the way down are none.
    assert raw(tmp_path, xlsx(rows, shared=shared)) == "機関\t\n防衛省\t3\n"


def test_every_row_is_a_row_of_a_table(tmp_path: Path) -> None:
    rows = (
        text_row(1, "年", "機関")
        + text_row(2, "平成26年", "防衛省")
        + text_row(5, "注")
        + text_row(6, "", "外務省")
    )
    source = read(write(tmp_path, "a.xlsx", xlsx(rows)))
    assert source.raw == "年\t機関\n平成26年\t防衛省\n\n注\t\n\t外務省\n"
    found = structure(clean(source))
    assert [block.kind for block in found.blocks] == ["table", "table"]
    assert [(s.row, s.column, s.text) for s in found.sentences][2:4] == [(1, 0, "平成26年"), (1, 1, "防衛省")]


def test_days_of_japanese_formats(tmp_path: Path) -> None:
    forms = '<numFmts><numFmt numFmtId="170" formatCode="ggge&quot;年&quot;"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="28"/><xf numFmtId="170"/></cellXfs>'
    rows = f'<row r="1"><c r="A1" s="1"><v>{DAY}</v></c><c r="B1" s="2"><v>{DAY}</v></c><c r="C1" s="0"><v>{DAY}</v></c></row>'
    assert raw(tmp_path, xlsx(rows, forms=forms)) == "平成26年8月5日\t平成26年\t41856\n"


def test_merged_cells(tmp_path: Path) -> None:
    rows = text_row(1, "平成3年", "発効") + text_row(2, "", "改正") + text_row(3, "なし")
    merged = '<mergeCells><mergeCell ref="A1:A2"/><mergeCell ref="A3:B3"/></mergeCells>'
    assert raw(tmp_path, xlsx(rows, merged=merged)) == "平成3年\t発効\n平成3年\t改正\nなし\t\n"


def test_sheets_by_name_and_hidden_ones(tmp_path: Path) -> None:
    sheets = '<sheet name="省庁別" sheetId="1" r:id="worksheet1"/><sheet name="内部" sheetId="2" state="hidden" r:id="worksheet1"/>'
    source = read(write(tmp_path, "a.xlsx", xlsx(text_row(1, "年", "機関"), sheets=sheets)))
    assert source.raw == "省庁別\n\n年\t機関\n"
    assert "the hidden sheet '内部' is left out" in source.warnings[0]


def test_values_of_all_kinds(tmp_path: Path) -> None:
    cells = "".join(
        f'<c r="{chr(65 + n)}1" t="{kind}"><f>X</f><v>{value}</v></c>'
        for n, (kind, value) in enumerate(
            [("b", "1"), ("e", "#N/A"), ("str", "防衛省"), ("n", "1E+3"), ("s", "99"), ("n", "x")]
        )
    )
    assert raw(tmp_path, xlsx(f'<row r="1">{cells}</row>')) == "TRUE\t防衛省\t1000\n"


def test_formulas_without_a_result_are_said(tmp_path: Path) -> None:
    rows = text_row(1, "年", "額") + '<row r="2"><c r="A2"><v>1</v></c><c r="B2"><f>A2*2</f></c></row>'
    (warning,) = read(write(tmp_path, "a.xlsx", xlsx(rows))).warnings
    assert UNCOUNTED in warning


@pytest.mark.parametrize(
    "rows",
    [
        "<row/>" * 1_000_000,
        text_row(1, "年") + '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
        "".join(f'<row r="{n}"><c r="XFD{n}"><v>1</v></c></row>' for n in range(1, 5000)),
    ],
)  # fmt: skip
def test_empty_rows_and_columns_cost_nothing(tmp_path: Path, rows: str) -> None:
    assert len(raw(tmp_path, xlsx(rows + text_row(2_000_000, "年", "機関")))) < 200_000


def test_a_merged_area_as_large_as_a_sheet(tmp_path: Path) -> None:
    merged = "<mergeCells>" + '<mergeCell ref="A1:XFD1048576"/>' * 1000 + "</mergeCells>"
    assert (
        raw(tmp_path, xlsx(text_row(1, "年", "機関") + text_row(9, "", "省"), merged=merged))
        == "年\t機関\n\n年\t省\n"
    )


def test_the_time_stays_linear(tmp_path: Path) -> None:
    def work(rows: int) -> None:
        raw(tmp_path, xlsx("".join(text_row(n, "平成26年", "防衛省") for n in range(1, rows))))

    assert_linear(work, 4000, 16000)


def test_the_strict_form_of_the_standard_is_read_alike(tmp_path: Path) -> None:
    data = xlsx(text_row(1, "年", "機関"), space="http://purl.oclc.org/ooxml/spreadsheetml/main")
    assert raw(tmp_path, data) == "年\t機関\n"


def test_a_workbook_without_text(tmp_path: Path) -> None:
    assert "without text" in complaint(read, write(tmp_path, "a.xlsx", xlsx("")))


@pytest.mark.parametrize(
    ("name", "text", "wanted"),
    [
        ("a.csv", "年,機関\n平成26年,防衛省\n", "年\t機関\n平成26年\t防衛省\n"),
        ("a.csv", "\ufeff年,機関\r\n", "年\t機関\n"),
        ("a.tsv", "年\t機関\n平成26年\t防衛省\n", "年\t機関\n平成26年\t防衛省\n"),
        ("a.csv", "年;機関\n平成26年;防衛省\n", "年\t機関\n平成26年\t防衛省\n"),
        ("a.csv", '"防衛省、\n外務省","1,234"\n', "防衛省、外務省\t1,234\n"),
        ("a.csv", "題名\n年,機関\n平成26年,防衛省\n", "題名\t\n年\t機関\n平成26年\t防衛省\n"),
        ("a.csv", "一,二\n\n三,四\n", "一\t二\n\n三\t四\n"),
        ("a.csv", "防衛省\n外務省\n", "防衛省\t\n外務省\t\n"),
    ],
)
def test_tables_as_text(tmp_path: Path, name: str, text: str, wanted: str) -> None:
    source = read(write(tmp_path, name, text))
    assert (source.raw, source.format) == (wanted, "csv")


def test_a_quotation_mark_without_its_end(tmp_path: Path) -> None:
    source = read(write(tmp_path, "a.csv", '年,機関\n平成26年,"防衛省\n平成27年,外務省\n'))
    assert source.raw == '年\t機関\n平成26年\t"防衛省\n平成27年\t外務省\n'
    assert UNQUOTED in source.warnings[0]
