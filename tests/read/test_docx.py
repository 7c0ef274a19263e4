"""Word documents: what Word prints is read, and nothing else; headings, items, rows and notes stay what they are."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from pipeline.clean import clean
from pipeline.model import Source
from pipeline.read import read
from pipeline.read.docx_numbering import written
from pipeline.structure import structure
from tests.growth import assert_linear
from tests.read.packages import docx, in_list, levels, p, r
from tests.read.test_read import complaint, write

SENTENCE = "防衛省は、平成26年４月に指針の見直しについて協議を行った。"


def read_bytes(folder: Path, data: bytes) -> Source:
    return read(write(folder, "a.docx", data))


def blocks(source: Source) -> list[tuple[str, int, str]]:
    found = structure(clean(source)).blocks
    return [(block.kind, block.level, source.raw[block.start : block.end]) for block in found]


def cell(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{p(text)}</w:tc>"


BOX = f"<w:r><w:drawing><w:txbxContent>{p('コラム')}</w:txbxContent></w:drawing></w:r>"
MARK = '<w:r><w:footnoteReference w:id="{}"/></w:r>'


@pytest.mark.parametrize(
    ("body", "wanted"),
    [
        # What a tracked change put in stays, what it took out or moved away goes.
        (p(r("防衛") + f"<w:ins>{r('省')}</w:ins><w:del><w:r><w:delText>庁</w:delText></w:r></w:del>"), "防衛省\n"),
        (p(f"<w:moveFrom>{r('外務省')}</w:moveFrom>" + r("一")) + p(f"<w:moveTo>{r('外務省')}</w:moveTo>"), "一\n\n外務省\n"),
        # The end of a paragraph was deleted: it runs on.
        (p("防衛", properties="<w:rPr><w:del/></w:rPr>") + p("省"), "防衛省\n"),
        # Readings, hidden text, commands of fields.
        (p(f"<w:r><w:ruby><w:rt>{r('らち')}</w:rt><w:rubyBase>{r('拉致')}</w:rubyBase></w:ruby></w:r>{r('被害者')}"), "拉致被害者\n"),
        (p(r("一") + r("秘", "<w:vanish/>") + r("二", '<w:vanish w:val="0"/>')), "一二\n"),
        (p("<w:r><w:instrText>SEQ 図</w:instrText></w:r>" + f"<w:fldSimple>{r('3')}</w:fldSimple>"), "3\n"),
        # What was before a change of form is none of the paragraph.
        (p("一", properties='<w:pPrChange><w:pPr><w:pStyle w:val="1"/></w:pPr></w:pPrChange>'), "一\n"),
        # Blanks of all kinds; signs of markup.
        (p("<w:r><w:t>一</w:t><w:tab/><w:t>二</w:t><w:br/><w:t>三</w:t></w:r>"), "一　二\n三\n"),
        (p("A&lt;B&amp;C"), "A<B&C\n"),
        # A box stands behind its paragraph; what old programs are given instead is not read twice.
        (p(r("防衛") + BOX + r("省")), "防衛省\n\nコラム\n"),
        # Content controls: what they hold, but not their prompt; a table of contents.
        (f"<w:sdt><w:sdtPr/><w:sdtContent>{p('一')}</w:sdtContent></w:sdt>", "一\n"),
        (f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{p('入力')}</w:sdtContent></w:sdt>{p('一')}", "一\n"),
        (p("第1章　総論　3", "toc1") + p("一"), "一\n"),
        # Raised numbers.
        (p(r("協定") + r("1", '<w:vertAlign w:val="superscript"/>') + r("は")), "協定¹は\n"),
    ],
)  # fmt: skip
def test_what_word_prints(tmp_path: Path, body: str, wanted: str) -> None:
    assert read_bytes(tmp_path, docx(body)).raw == wanted


BEGINS, CARRIED, WIDE = '<w:vMerge w:val="restart"/>', "<w:vMerge/>", '<w:gridSpan w:val="2"/>'


def row(*cells: str, properties: str = "") -> str:
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


@pytest.mark.parametrize(
    ("rows", "wanted"),
    [
        ([row(cell("年"), cell("機関")), row(cell("平成26年"), cell("財務省"))], "年\t機関\n平成26年\t財務省\n"),
        # A cell over several rows stands in each of them, one over several columns in the first.
        (
            [row(cell("平成3年", BEGINS), cell("発効")), row(cell("", CARRIED), cell("改正")), row(cell("なし", WIDE))],
            "平成3年\t発効\n平成3年\t改正\nなし\t\n",
        ),
        # A row that a tracked change deleted.
        (
            [row(cell("一"), cell("二")), row(cell("三"), cell("四"), properties="<w:del/>"), row(cell("五"), cell("六"))],
            "一\t二\n五\t六\n",
        ),
    ],
)  # fmt: skip
def test_tables(tmp_path: Path, rows: list[str], wanted: str) -> None:
    source = read_bytes(tmp_path, docx(f"<w:tbl>{''.join(rows)}</w:tbl>"))
    assert source.raw == wanted
    assert {kind for kind, _, _ in blocks(source)} == {"table"}


def test_headings_are_headings_whatever_they_look_like(tmp_path: Path) -> None:
    body = (
        p("総論", "1")
        + p("概要", "mine")
        + in_list("外務省")
        + p("結び", properties='<w:outlineLvl w:val="1"/>')
    )
    source = read_bytes(tmp_path, docx(body, numbering=levels(("bullet", "●"))))
    assert blocks(source) == [
        ("heading", 1, "総論"), ("heading", 2, "概要"), ("list_item", 0, "・外務省"), ("heading", 2, "結び"),
    ]  # fmt: skip


def test_numbers_that_word_writes_itself(tmp_path: Path) -> None:
    numbering = levels(("decimalFullWidth", "第%1条"), ("aiueoFullWidth", "%2"), ("decimal", "（%3）"))
    items = [
        in_list("目的", 0),
        in_list("一", 1),
        in_list("二", 1),
        in_list("三", 2),
        in_list("定義", 0),
        in_list("四", 1),
    ]
    source = read_bytes(tmp_path, docx("".join(items), numbering=numbering))
    assert source.raw == "第１条　目的\nア　一\nイ　二\n（1）　三\n第２条　定義\nア　四\n"
    assert {kind for kind, _, _ in blocks(source)} == {"list_item"}


def test_a_number_whose_form_is_not_known_is_left_out(tmp_path: Path) -> None:
    source = read_bytes(tmp_path, docx(in_list("目的"), numbering=levels(("klingon", "第%1条"))))
    assert source.raw == "・目的\n"


@pytest.mark.parametrize(
    ("number", "form", "wanted"),
    [(3, "ideographTraditional", "丙"), (14, "decimalEnclosedCircle", "⑭"), (21, "decimalEnclosedCircle", None), (20, "japaneseCounting", "二十"),
     (99, "japaneseCounting", "九十九"), (10, "japaneseDigitalTenThousand", "一〇"), (4, "upperRoman", "IV"), (0, "decimal", "0")],
)  # fmt: skip
def test_forms_of_numbers(number: int, form: str, wanted: str | None) -> None:
    assert written(number, form) == wanted


def test_notes_are_tied_to_their_markers(tmp_path: Path) -> None:
    body = p(r("防衛省は協定") + MARK.format(1) + r("を結んだ。")) + p(
        r("外務省も結んだ") + MARK.format(2) + r("。")
    )
    source = read_bytes(tmp_path, docx(body, foot="ACSAをいう。|条約をいう。"))
    assert source.raw == "防衛省は協定¹を結んだ。\n\n¹ ACSAをいう。\n\n外務省も結んだ²。\n\n² 条約をいう。\n"
    notes = [block for block in structure(clean(source)).blocks if block.kind == "footnote"]
    assert [(note.label, [source.raw[a:b] for a, b in note.markers]) for note in notes] == [
        ("1", ["¹"]),
        ("2", ["²"]),
    ]


def test_notes_at_the_end_are_counted_apart(tmp_path: Path) -> None:
    body = p(r("一") + MARK.format(1) + r("二") + '<w:r><w:endnoteReference w:id="1"/></w:r>')
    assert read_bytes(tmp_path, docx(body, foot="脚", end="末")).raw == "一¹二（注1）\n\n¹ 脚\n\n（注1） 末\n"
    assert read_bytes(tmp_path, docx(body, end="末")).raw == "一二¹\n\n¹ 末\n"


def test_a_note_of_a_cell_stands_behind_the_table(tmp_path: Path) -> None:
    one = f"<w:tr><w:tc>{p(r('一') + MARK.format(1))}</w:tc>{cell('二')}</w:tr>"
    assert (
        read_bytes(tmp_path, docx(f"<w:tbl>{one}{one}</w:tbl>", foot="脚")).raw
        == "一¹\t二\n一²\t二\n\n¹ 脚\n\n² 脚\n"
    )


def test_the_strict_form_of_the_standard_is_read_alike(tmp_path: Path) -> None:
    data = docx(p("総論", "1"), space="http://purl.oclc.org/ooxml/wordprocessingml/main")
    assert read_bytes(tmp_path, data).raw == "総論\n"


def test_a_document_without_text_says_so(tmp_path: Path) -> None:
    assert "without text" in complaint(read, write(tmp_path, "a.docx", docx(p(""))))


@pytest.mark.parametrize(
    "unit",
    [p(SENTENCE), f"<w:tbl><w:tr>{cell('一')}{cell('二')}</w:tr></w:tbl>", in_list("一"), p(r("一") + MARK.format(1)), "<w:sdt>"],
)  # fmt: skip
def test_the_time_stays_linear(tmp_path: Path, unit: str) -> None:
    def work(times: int) -> None:
        close = "</w:sdt>" * times if unit == "<w:sdt>" else ""
        read_bytes(
            tmp_path, docx(p("一") + unit * times + close, foot="脚", numbering=levels(("decimal", "%1")))
        )

    assert_linear(work, 1000, 4000)


def test_deep_nesting_ends_in_a_text(tmp_path: Path) -> None:
    began = time.process_time()
    deep = 5000
    nested = f"<w:tbl><w:tr><w:tc>{p('一')}" * deep + "</w:tc></w:tr></w:tbl>" * deep
    assert "一" in read_bytes(tmp_path, docx(nested)).raw
    assert time.process_time() - began < 20
