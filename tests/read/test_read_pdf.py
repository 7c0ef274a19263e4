"""Reading PDFs: reading order, pages and boxes, and one clear line for what cannot be read.

The documents in ``tests/documents`` are printed from pages of our own words by ``tools/make_documents.py``.
"""

from __future__ import annotations

import csv
import io
import json
import random
from pathlib import Path
from typing import TYPE_CHECKING

import pypdfium2
import pytest

from pipeline.clean import clean
from pipeline.model.errors import HakushoError
from pipeline.model.source import Source
from pipeline.read import read
from pipeline.read.pdf import read_pdf
from pipeline.read.pdf_glyphs import Glyph, Piece, written
from pipeline.read.pdf_page import lay_out
from pipeline.read.pdf_pieces import pieces
from pipeline.read.pdf_regions import frames
from pipeline.read.pdf_rules import Drawn, Walls
from pipeline.read.pdf_usual import Sizes
from pipeline.structure import structure
from tests.conftest import ROOT, hakusho
from tests.growth import assert_linear, assert_linear_steps
from tests.read.pdfs import PICTURE, drawn_letters, pdf, typed
from tools.make_documents import LEFT_1, PARAGRAPHS, RIGHT_1

if TYPE_CHECKING:
    from pipeline.flow import Analyzer

DOCUMENTS = ROOT / "tests/documents"


def document(name: str) -> bytes:
    return (DOCUMENTS / f"{name}.pdf").read_bytes()


@pytest.fixture(scope="module")
def ministry() -> Source:
    return read(DOCUMENTS / "ministry.pdf")


def test_the_documents_are_small() -> None:
    assert all(path.stat().st_size <= 100_000 for path in DOCUMENTS.glob("*.pdf"))


def test_a_page_of_two_columns_is_read_column_by_column(ministry: Source) -> None:
    """A sentence runs from the left column to the right one, past the notes at the foot of the left one."""
    first = ministry.raw.split("\f")[0]
    assert LEFT_1.strip().endswith("幅広い")
    assert RIGHT_1.startswith("観点から議論を行った。")
    order = [
        "第２節　防災の体制",
        "本節では",
        "国土の保全は",
        "（１）協議会",
        "幅広い観点から議論",
        "（２）警報",
        "所要の経費",
        "1　災害対策",
    ]
    places = [first.index(part) for part in order]
    assert places == sorted(places)


def test_lines_of_a_paragraph_are_joined(ministry: Source) -> None:
    """Nothing is put between the lines; the sentence is one in the text already."""
    assert "政府は、平成25年６月に災害対策基本法を改正し、大規模な災害に備えた体制を整えた¹。" in ministry.raw
    assert "東南アジア諸国連合（ASEAN）の各国に" in ministry.raw
    assert "International Civil Aviation Organization（ICAO）は、" in read_pdf(document("plain"), "x")[0]


def test_readings_are_dropped_and_figures_raised(ministry: Source) -> None:
    assert "竜巻などの突風" in ministry.raw
    assert "たつまき" not in ministry.raw
    assert "特別警報²の運用" in ministry.raw


def test_a_table_is_a_line_a_row_and_a_merged_cell_stands_once(ministry: Source) -> None:
    assert (
        "図表１－２－１　防災に関する法律の整備\n\n時期\t法律\t主な内容\n平成25年\t災害対策基本法\t市町村長による名簿の作成\n"
        "\t大規模災害からの復興に関する法律\t政府による復興基本方針の策定、国土交通大臣による工事の代行など\n平成26年\t水防法\t―\n"
    ) in ministry.raw


def test_a_box_of_two_columns_is_read_on_its_own(ministry: Source) -> None:
    box = ministry.raw[ministry.raw.index("コラム　") :]
    assert "地震と気象の観測を始めた。当時の観測は一日に三回であったが、明治19年には毎時の観測となり、" in box
    assert box.index("現在は国土交通省に属する。") < box.index("35")


def test_what_the_lines_are(ministry: Source) -> None:
    found = structure(clean(ministry))
    kinds = {(s.kind, s.text) for s in found.sentences}
    for kind, text in (
        ("running_head", "第1部　災害に強い国づくり"),
        ("running_head", "第2章　体制の整備"),
        ("heading", "第2節　防災の体制と関係機関の連携"),
        ("heading", "（1）協議会の設置"),
        ("footnote", "災害対策基本法等の一部を改正する法律（平成25年法律第54号）による。"),
        ("caption", "図表1-2-1　防災に関する法律の整備"),
        ("table", "水防法"),
        ("page_number", "34"),
        ("page_number", "35"),
    ):
        assert (kind, text) in kinds
    assert ("heading", "第2章　体制の整備") not in kinds
    notes = [b for b in found.blocks if b.kind == "footnote"]
    assert [(b.label, len(b.markers)) for b in notes] == [("1", 1), ("2", 1)]


def test_pages_are_parted_by_form_feeds(ministry: Source) -> None:
    assert ministry.raw.count("\f") == 1
    assert ministry.printed is not None
    feed = ministry.raw.index("\f")
    assert set(ministry.printed.pages[:feed]) == {1}
    assert set(ministry.printed.pages[feed + 1 :]) == {2}


def test_every_character_that_is_printed_has_a_box_on_its_page(ministry: Source) -> None:
    printed = ministry.printed
    assert printed is not None
    assert len(printed.pages) == len(ministry.raw) == len(printed.boxes) // 4
    for i, char in enumerate(ministry.raw):
        left, top, right, bottom = printed.boxes[4 * i : 4 * i + 4]
        if not char.isspace():
            assert 0 <= left < right <= 516
            assert 0 <= top < bottom <= 730
    start = ministry.raw.index("海上保安庁")
    page, (left, top, right, bottom) = printed.place(start, start + 5) or (0, (0.0, 0.0, 0.0, 0.0))
    assert page == 2
    # 20 mm and five letters of 9 points from the left, 22 mm from the top.
    assert (left, top, right, bottom) == pytest.approx((101.9, 65.6, 147.1, 74.6), abs=1)
    assert printed.place(ministry.raw.index("\n"), ministry.raw.index("\n") + 1) is None


def test_a_vertical_page_is_read_from_right_to_left() -> None:
    text, _, printed, _ = read_pdf(document("upright"), "x")
    assert text.startswith("第一章　航空\n\n　昭和五十三年版の")
    assert PARAGRAPHS[0].replace("\n", "") in text
    first, last = (printed.place(i, i + 1) for i in (0, len(text) - 1))
    assert first
    assert last
    assert first[1][0] > last[1][0]


def test_letters_whose_boxes_only_hold_their_strokes_stay_in_their_line() -> None:
    """Browsers print some letters as drawings: 一 is then a low stroke, and - and 、 are small."""
    line = "政府は、統一の計画-第一次計画-を一部改めた。"
    text, *_ = read_pdf(drawn_letters(line, "一-、。"), "x")
    assert text == line


def test_a_blank_with_ink_is_a_letter_that_the_font_does_not_tell() -> None:
    text, *_, warnings = read_pdf(drawn_letters("深層生 デルの開発を進める。", ""), "x")
    assert text == "深層生\ufffdデルの開発を進める。"
    assert "1 letter has no meaning" in warnings[0]
    text, *_, warnings = read_pdf(drawn_letters("深層 生成の開発を進める。", " "), "x")
    assert (text, warnings) == ("深層 生成の開発を進める。", ())


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_a_turned_page_is_read_as_it_is_meant(turn: int) -> None:
    plain, *_ = read_pdf(document("turned"), "x")
    opened = pypdfium2.PdfDocument(document("turned"))
    opened[0].set_rotation(turn)
    saved = io.BytesIO()
    opened.save(saved)
    text, _, there, _ = read_pdf(saved.getvalue(), "x")
    assert text == plain
    assert PARAGRAPHS[1].replace("\n", "") in text
    width, height = opened[0].get_size()
    for i in range(0, len(there.boxes), 4):
        assert -1 <= there.boxes[i] <= there.boxes[i + 2] <= width + 1
        assert -1 <= there.boxes[i + 1] <= there.boxes[i + 3] <= height + 1


def test_the_title_gives_the_edition(analyze: Analyzer, ministry: Source) -> None:
    assert ministry.title == "平成26年版 防災の動き"
    assert analyze(ministry).source.reference_date is not None


ENCRYPTED = b"""%%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj
4 0 obj<</Filter/Standard/V 1/R 2/P -4/O<%s>/U<%s>>>endobj
trailer<</Root 1 0 R/Encrypt 4 0 R/ID[<00><00>]/Size 5>>
%%%%EOF""" % (b"41" * 32, b"42" * 32)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (document("ministry")[:50_000], "cut off"),
        (document("plain")[:-100], "cut off"),
        (b"%PDF-1.7\n", "cut off"),
        (b"%PDF-1.7\n1 0 obj\n%%EOF", "damaged"),
        (ENCRYPTED, "with a password"),
        (document("picture"), "only pictures"),
        ("防衛省は、平成26年に".encode(), "is not a PDF"),
        (b"", "is not a PDF"),
        (b"<html>404", "is not a PDF"),
    ],
)
def test_what_cannot_be_read_is_one_clear_line(tmp_path: Path, data: bytes, reason: str) -> None:
    path = tmp_path / "chapter.pdf"
    path.write_bytes(data)
    with pytest.raises(HakushoError, match=reason) as caught:
        read(path)
    message = str(caught.value)
    assert message.startswith(f"{path}: ")
    assert len(message.splitlines()) == 1


def test_damaged_pdfs_give_a_text_or_one_clear_line() -> None:
    """Bytes changed at random: the reader never fails in another way."""
    chance = random.Random(7)
    for _ in range(150):
        data = bytearray(document(chance.choice(("plain", "upright", "turned"))))
        for _ in range(chance.choice((1, 20, 400))):
            data[chance.randrange(len(data))] = chance.randrange(256)
        try:
            text, _, printed, _ = read_pdf(bytes(data), "x")
        except HakushoError:
            continue
        assert len(text) == len(printed.pages)


def glyphs(text: str, left: float, top: float, size: float = 10.0, step: float | None = None) -> list[Glyph]:
    """Return the letters of a line of a made-up page."""
    out = []
    for k, char in enumerate(text):
        box = (left + k * (step or size), top, left + k * (step or size) + size, top + size)
        out.append(Glyph(char, *box, size, box))
    return out


def lines(*rows: list[Glyph]) -> list[str]:
    found, _ = lay_out([g for row in rows for g in row], Drawn([], [], []), (600, 800), Sizes())
    return [
        "\t".join("".join(p.before + p.piece.text for p in cell) for cell in line.cells) for line in found
    ]


def test_a_heading_across_two_columns_comes_first() -> None:
    rows = [glyphs("全体にわたる見出しがここにあり二つの段の上に立つもの", 50, 100, 15)]
    for k in range(6):
        rows += [
            glyphs("左の段の文章がここに続いている", 50, 140 + 15 * k),
            glyphs("右の段の文章がここに続いている", 250, 147 + 15 * k),
        ]
    found = lines(*rows)
    assert found[0].startswith("全体")
    assert [line[0] for line in found[1:]] == list("左" * 6 + "右" * 6)


def test_a_page_that_draws_its_lines_in_any_order() -> None:
    rows = [glyphs(f"{k}行目の文章がここに続いている", 50, 100 + 15 * k) for k in range(9)]
    random.Random(1).shuffle(rows)
    assert [line[0] for line in lines(*rows)] == list("012345678")


def test_letters_that_are_drawn_twice_to_look_bold_count_once() -> None:
    twice = [
        g
        for one, two in zip(glyphs("太字", 50, 100), glyphs("太字", 50.3, 100), strict=True)
        for g in (one, two)
    ]
    assert lines(twice) == ["太字"]
    assert lines(glyphs("太字", 50, 100), glyphs("太字", 50.3, 100)) == ["太字"]


def test_gaps_become_blanks() -> None:
    (piece,) = pieces([*glyphs("第1節", 50, 100), *glyphs("総論", 90, 100)], Walls([]))
    assert "".join(g if isinstance(g, str) else g.char for g in written(piece)) == "第1節\u3000総論"


def test_a_table_without_rules_is_read_row_by_row() -> None:
    rows = []
    for k, row in enumerate(("平成3年 発効 協定", "平成5年 改正 条約", "平成7年 廃止 法律")):
        for column, cell in enumerate(row.split()):
            rows.append(glyphs(cell, 50 + 100 * column, 100 + 15 * k))
    assert lines(*rows) == ["平成3年\t発効\t協定", "平成5年\t改正\t条約", "平成7年\t廃止\t法律"]


def places(count: int) -> list[tuple[float, float]]:
    """So many places by chance on a page that is as long as they are many."""
    chance = random.Random(3)
    return [(chance.random() * 500, chance.random() * count) for _ in range(count)]


def test_a_page_of_many_rules_and_letters_stays_fast() -> None:
    def rules(count: int) -> None:
        across = [(x, y, x + 50, y) for x, y in places(count)]
        down = [(x, y, x, y + 50) for x, y in places(count)]
        frames([*across, *down], 1e9)

    def letters(count: int) -> None:
        scattered = [glyphs("字", x, y)[0] for x, y in places(count)]
        assert lay_out(scattered, Drawn([], [], []), (500, count), Sizes())[0]
        assert Piece(scattered).measure().size > 0

    for work in (rules, letters):
        assert_linear_steps(work, 500, 2000)
        assert_linear(work, 1000, 4000)


def test_a_run_gives_every_mention_its_page_and_box(tmp_path: Path) -> None:
    process = hakusho("run", DOCUMENTS / "ministry.pdf", "-o", tmp_path, "--analyzer", "sudachi")
    assert process.returncode == 0, process.stderr.decode()
    raw = (tmp_path / "ministry/source.txt").read_bytes().decode()
    found = json.loads((tmp_path / "ministry/entities.json").read_text(encoding="utf-8"))
    assert found["document"]["format"] == "pdf"
    texts = {entity["text"]: entity for entity in found["entities"]}
    assert {"災害対策基本法", "海上保安庁", "水防法", "国土交通省", "昭和31年７月"} <= set(texts)
    for entity in found["entities"]:
        assert raw[entity["start"] : entity["end"]] == entity["text"]
        assert entity["page"] in (1, 2)
        left, top, right, bottom = entity["bbox"]
        assert 0 < left < right < 516
        assert 0 < top < bottom < 730
    assert texts["海上保安庁"]["page"] == 2
    pages = {entity["entity_id"]: str(entity["page"]) for entity in found["entities"]}
    for table in ("organizations", "dates", "laws"):
        path = tmp_path / f"ministry/{table}.csv"
        with path.open(encoding="utf-8-sig", newline="") as stream:
            rows = list(csv.DictReader(stream))
        assert rows
        assert "page" in rows[0]
        assert [row["page"] for row in rows] == [pages[row["entity_id"]] for row in rows]
    again = hakusho("report", tmp_path)
    assert again.returncode == 0, again.stderr.decode()
    shown = (tmp_path / "ministry/report.html").read_text(encoding="utf-8")
    assert '"page":2' in shown
    assert "told_metadata" in shown
    assert found["document"]["evidence"]["reference_date"] == {
        "source": "metadata", "precision": "year", "quote": "平成26年版 防災の動き"
    }  # fmt: skip
    run = json.loads((tmp_path / "run.json").read_text(encoding="utf-8"))
    assert run["documents"][0]["evidence"] == found["document"]["evidence"]
    assert "reference dates: ministry 2014-07-01 (metadata: 平成26年版 防災の動き)" in process.stderr.decode()


WORDS = "防衛省は、平成26年４月に\n自衛隊法第76条を改正した。"
CODES = {char: 0x100 + n for n, char in enumerate(dict.fromkeys(WORDS.replace("\n", "")))}
MEANT = {code: char for char, code in CODES.items()}


def test_a_font_that_does_not_say_what_its_letters_mean() -> None:
    """PDFium gives the numbers of the glyphs as if they were letters: ĀāĂ for 防衛省."""
    assert read_pdf(pdf([typed(WORDS, CODES)], MEANT), "x")[0] == WORDS.replace("\n", "")
    with pytest.raises(HakushoError, match="does not tell what its letters mean"):
        read_pdf(pdf([typed(WORDS, CODES)], None), "x")


LEVEL = "50 640 201 1 re 50 600 201 1 re"
UPRIGHT = "50 600 1 81 re 150 600 1 81 re 250 600 1 81 re"


@pytest.mark.parametrize(
    ("path", "table"),
    [
        (f"50 680 201 1 re {LEVEL} {UPRIGHT} f", True),
        (f"50 680 m 251 680 l 251 681 l 50 681 l h {LEVEL} f {UPRIGHT} f", True),
        (f"1 g 50 680 201 1 re {LEVEL} {UPRIGHT} f 0 g", False),  # the paper's own colour
        (f"50 680 m 251 690 l 251 691 l 50 681 l h {LEVEL} {UPRIGHT} f", False),  # no rectangle
    ],
)
def test_rules_that_are_filled_as_rectangles_of_one_path_make_a_table(path: str, table: bool) -> None:
    codes = {char: k for k, char in enumerate("区分金額道路港湾", 1)}
    at = [("区分", 55, 655), ("金額", 155, 655), ("道路", 55, 615), ("港湾", 155, 615)]
    drawn = [
        f"BT /F1 12 Tf {x} {y} Td <{''.join(f'{codes[c]:04x}' for c in t)}> Tj ET" for t, x, y in reversed(at)
    ]
    text, *_ = read_pdf(pdf([f"{path} {' '.join(drawn)}"], {k: char for char, k in codes.items()}), "x")
    assert (text == "区分\t金額\n道路\t港湾") is table


def test_a_few_letters_without_a_meaning_are_told_of() -> None:
    some = {code: char for code, char in MEANT.items() if char not in "防衛"}
    pages = [typed(WORDS, CODES), typed(WORDS[4:12], CODES), typed(WORDS, CODES)]
    text, _, _, (warning,) = read_pdf(pdf(pages, some), "x")
    assert text.startswith("\ufffd\ufffd省は、平成26年４月に自\ufffd隊法")
    assert warning.startswith("pages 1, 3 of 3: 6 letters have no meaning (a font without Unicode)")


def test_a_scanned_page_among_pages_of_text_is_told_of(tmp_path: Path) -> None:
    stamped = PICTURE + " " + typed("26", CODES)
    (tmp_path / "a.pdf").write_bytes(
        pdf([typed(WORDS, CODES), PICTURE, stamped, "", typed(WORDS, CODES)], MEANT)
    )
    first = hakusho("run", tmp_path / "a.pdf", "-o", tmp_path / "out", "--analyzer", "sudachi")
    again = hakusho("run", tmp_path / "a.pdf", "-o", tmp_path / "out", "--analyzer", "sudachi", "--resume")
    for process in (first, again):
        assert process.returncode == 0, process.stderr.decode()
        (said,) = [line for line in process.stderr.decode().splitlines() if line.startswith("warning: ")]
        assert f"{tmp_path}/a.pdf: pages 2, 3 of 5: a picture and hardly any text (a scan?)" in said
    (row,) = json.loads((tmp_path / "out/run.json").read_text(encoding="utf-8"))["documents"]
    assert [f"warning: {warning}" for warning in row["warnings"]] == [said]
    assert "(1 unchanged)" in again.stderr.decode()


def test_a_long_list_of_pages_is_cut() -> None:
    (warning,) = read_pdf(pdf([typed(WORDS, CODES), *[PICTURE] * 8], MEANT), "x")[3]
    assert warning.startswith("pages 2, 3, 4, 5, 6 and 3 more of 9: ")


def test_a_page_of_text_over_a_picture_is_no_scan() -> None:
    assert read_pdf(pdf([PICTURE + " " + typed(WORDS * 2, CODES)], MEANT), "x")[3] == ()


def test_the_corner_of_a_table_is_as_long_as_its_clip_shows() -> None:
    """一太郎 draws the corners of a table as long lines, and clips them to their ends."""
    chars = sorted(set("名称位置港湾館一丁目三条市は、これを定める。"))
    codes = {char: k for k, char in enumerate(chars, 1)}

    def line(text: str, x: int, y: int) -> str:
        return f"BT /F1 10 Tf {x} {y} Td <{''.join(f'{codes[c]:04x}' for c in text)}> Tj ET"

    sides = [f"{x} 660 m {x} 700 l S" for x in (100, 260, 400)]
    lines = [f"100 {y} m 400 {y} l S" for y in (660, 680, 700)]
    # A corner's line runs on below the table, past the number of the article.
    corner = "q 95 655 10 10 re W n 100 600 m 100 665 l S Q"
    words = [
        line("名称", 110, 685),
        line("位置", 270, 685),
        line("港湾館", 110, 665),
        line("一丁目", 270, 665),
    ]
    below = [line("三条", 75, 640), line("市は、これを定める。", 108, 640)]
    drawn = "\n".join([*sides, *lines, corner, *words, *below])
    text = read_pdf(pdf([drawn], {code: char for char, code in codes.items()}), "x.pdf")[0]
    assert "名称\t位置\n港湾館\t一丁目" in text
    assert "三条　市は、これを定める。" in text
