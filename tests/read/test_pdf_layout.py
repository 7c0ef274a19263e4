"""How the lines of a PDF's page are read: its own order is kept, and geometry says what it proves.

Pages are made up of letters, in the order in which a file would draw them. The sentences are our own.
"""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest

from pipeline.read.pdf_glyphs import Glyph, along
from pipeline.read.pdf_lines import MARK, Line, is_ended, joint
from pipeline.read.pdf_page import lay_out
from pipeline.read.pdf_rules import Drawn
from pipeline.read.pdf_text import PdfText
from pipeline.read.pdf_usual import Sizes
from tests.growth import assert_linear_steps

if TYPE_CHECKING:
    from collections.abc import Callable

LEFT = [
    "　政府は、道路の整備に関する計画を定",
    "め、関係する府省と協議を重ねた上で公",
    "表した。また、港湾についても調査を行",
    "い、その結果を基に方針の案を取りまと",
]
RIGHT = [
    "めた。財務省は、これに要する経費を計",
    "上し、国会に提出した。",
    "　農林水産省は、漁港の整備を進めた。",
]


def glyphs(text: str, left: float, top: float, size: float = 10.0, step: float | None = None) -> list[Glyph]:
    """Return the letters of a line; full-width blanks are left free, as a file leaves them."""
    out = []
    for k, char in enumerate(text):
        x = left + k * (step or size)
        box = (x, top, x + min(size, step or size), top + size)
        if char != "\u3000":
            out.append(Glyph(char, *box, size, box))
    return out


def column(rows: list[str], left: float, top: float, size: float = 10.0) -> list[list[Glyph]]:
    return [glyphs(row, left, top + 16 * k, size) for k, row in enumerate(rows)]


def wide(rows: list[str], top: float = 100, pitch: float = 26) -> list[list[Glyph]]:
    return [glyphs(row, 50, top + pitch * k) for k, row in enumerate(rows)]


def text_of(found: list[Line]) -> str:
    text = PdfText()
    text.page(found, 1)
    return "".join(text.chars)


def page(*rows: list[Glyph], drawn: Drawn | None = None) -> str:
    found, _ = lay_out([g for row in rows for g in row], drawn or Drawn([], [], []), (600, 800), Sizes())
    return text_of(found)


def trusted(*rows: list[Glyph]) -> bool:
    return lay_out([g for row in rows for g in row], Drawn([], [], []), (600, 800), Sizes())[1]


WHOLE = "い、その結果を基に方針の案を取りまとめた。財務省は、これに要する経費を計上し、国会に提出した。"


def test_a_sentence_goes_on_in_the_next_column() -> None:
    text = page(*column(LEFT, 50, 200), *column(RIGHT, 320, 200))
    assert WHOLE in text
    assert "\n　農林水産省は" in text


DOUBLE = [
    "　次に、住民の安全に関する計画について",
    "説明いたします。地方自治法第９６条の規",
    "定により、議会の議決を経て、道路法第８",
    "条第２項に定める路線の認定を行うもので",
    "あります。市としましては、今後とも施設",
    "の整備に努めてまいる所存でございます。",
    "　終わりに、予算について申し上げます。",
]


def test_a_sentence_goes_on_over_lines_that_stand_wide_throughout() -> None:
    text = page(*wide(DOUBLE))
    assert "地方自治法第９６条の規定により、議会の議決を経て、道路法第８条第２項に定める" in text
    assert "\n　終わりに" in text


def test_a_page_with_few_lines_is_read_as_the_one_before() -> None:
    sizes, few = Sizes(), [DOUBLE[1], DOUBLE[2], DOUBLE[5]]
    for rows, joined in ((few, False), (DOUBLE, True), (few, True)):
        found, _ = lay_out([g for row in wide(rows) for g in row], Drawn([], [], []), (600, 800), sizes)
        assert ("第９６条の規定により" in text_of(found)) is joined


def test_items_of_a_list_stand_wide_and_stay_apart() -> None:
    items = [
        "道路の整備に関する計画の策定",
        "港湾の管理に要する経費",
        "漁港の改良のための補助金の交付の決定",
        "河川の維持",
        "公園の管理に関する協定の締結",
        "農地の利用の調整",
    ]
    assert page(*wide(items)).split("\n\n") == items


def test_notes_that_are_drawn_between_two_columns_come_behind_the_sentence() -> None:
    notes = [glyphs("1", 50, 700, 7), glyphs("注の文は、左の段の下に小さく置かれ", 70, 700, 7)]
    notes += [glyphs("ている。", 70, 710, 7), glyphs("2", 50, 720, 7), glyphs("次の注である。", 70, 720, 7)]
    text = page(*column(LEFT, 50, 200), *notes, *column(RIGHT, 320, 200))
    assert WHOLE in text
    assert text.endswith("1　注の文は、左の段の下に小さく置かれている。\n2　次の注である。")


def test_what_is_drawn_between_two_halves_of_a_sentence_comes_behind_it() -> None:
    head = glyphs("第１部　総論", 250, 20, 8)
    caption = glyphs("図１　整備の状況", 330, 120, 9)
    text = page(*column(LEFT, 50, 200), head, caption, *column(RIGHT, 320, 200))
    assert WHOLE in text
    assert text.startswith("第１部")


def test_a_column_that_is_drawn_first_is_read_behind_what_it_goes_on_with() -> None:
    assert WHOLE in page(*column(RIGHT, 320, 200), *column(LEFT, 50, 200))


def test_lines_in_no_order_are_read_by_their_places_and_told_of() -> None:
    rows = [*column(LEFT * 2, 50, 200), *column(RIGHT * 2, 320, 200)]
    random.Random(5).shuffle(rows)
    assert not trusted(*rows)
    assert "財務省は、これに要する経費を計上し、国会に提出した。" in page(*rows)


def test_columns_that_are_drawn_line_by_line_are_read_one_after_the_other() -> None:
    left, right = column(LEFT, 50, 200), column([*RIGHT, "内閣府は、これに協力することとした。"], 320, 200)
    rows = [row for pair in zip(left, right, strict=True) for row in pair]
    assert not trusted(*rows)
    assert WHOLE in page(*rows)


def test_an_old_text_beside_a_new_one_is_read_by_its_columns() -> None:
    """Labels stand on the left, and an arrow leads from one column to the other."""
    labels = column(["第一", "", "第二", "　"], 20, 200)
    old, new = column(LEFT, 120, 200), column([*RIGHT, "内閣府は、これに協力することとした。"], 400, 200)
    rows = [row for three in zip(labels, old, new, strict=True) for row in three]
    arrow = Drawn([(330.0, 221.0, 390.0, 221.0)], [], [])
    assert WHOLE in page(*rows, drawn=arrow)


def test_the_label_of_an_arrow_does_not_cut_the_sentence_that_it_is_drawn_in() -> None:
    first, second, *rest = column(LEFT, 50, 200)
    text = page(first, second, glyphs("Yes", 300, 150, 7), *rest)
    assert "協議を重ねた上で公表した。" in text


def test_what_is_drawn_last_over_an_open_sentence_comes_before_it() -> None:
    label = [glyphs("図の中の言葉", 300, 100, 9)]
    assert page(*column(LEFT, 50, 200), *label).endswith("その結果を基に方針の案を取りまと")


@pytest.mark.parametrize(
    ("rows", "wanted"),
    [
        (
            ["　政府は、道路の整備に関する計画、港", "・空港に関する計画を定めることとした。"],
            "計画、港・空港に",
        ),
        (["・道路の整備に関する計画を定めること一", "・港湾の整備に関する計画を定めること一"], "\n・港湾"),
        (["整備の方針は、次のとおりとすることに", "・道路の整備", "・港湾の整備"], "\n・道路の整備\n・港湾"),
    ],
)
def test_a_dot_at_the_start_of_a_row_stands_between_words_or_marks_an_item(
    rows: list[str], wanted: str
) -> None:
    assert wanted in page(*column(rows, 50, 200))


def test_words_and_figures_in_vertical_lines_stay_in_them() -> None:
    """Latin letters lie on their side, figures of two places stand side by side."""

    def at(char: str, left: float, top: float, wide: float, high: float, turn: int = 0) -> Glyph:
        box = (left, top, left + wide, top + high)
        return Glyph(char, *box, 10.0, box, turn)

    line = [at(char, 300, 50 + 10 * k, 10, 10) for k, char in enumerate("政府は、平成")]
    line += [at("2", 300, 110, 5, 10), at("6", 305, 110, 5, 10)]
    line += [at(char, 300, 120 + 10 * k, 10, 10) for k, char in enumerate("年に、")]
    line += [at(char, 300, 150 + 6 * k, 10, 6, turn=3) for k, char in enumerate("OECD")]
    line += [at(char, 300, 174 + 10 * k, 10, 10) for k, char in enumerate("に協力した。")]
    found, _ = lay_out(along(line, 600), Drawn([], [], []), (800, 600), Sizes())
    assert text_of(found) == "政府は、平成26年に、OECDに協力した。"


def test_readings_and_numbers_in_brackets_stay_out_of_and_in_vertical_lines() -> None:
    """A reading as long as its letter is no figure beside it, and a line has many; 「(1)」 is one word."""

    def at(char: str, left: float, top: float, size: float, wide: float = 0.0) -> Glyph:
        box = (left, top, left + (wide or size), top + size)
        return Glyph(char, *box, size, box)

    line = [at(char, 300 + 4 * k, 50, 10, 4) for k, char in enumerate("(1)")]
    for k, char in enumerate("腔痰瘻喀腫疹"):
        line.append(at(char, 300, 60 + 20 * k, 10))
        line += [at(kana, 310, 60 + 20 * k + 5 * j, 5) for j, kana in enumerate("よみ")]
        line.append(at("と", 300, 70 + 20 * k, 10))
    line += [at(char, 300, 180 + 10 * k, 10) for k, char in enumerate("防衛省に報告した。")]
    found, _ = lay_out(along(line, 600), Drawn([], [], []), (800, 600), Sizes())
    assert text_of(found) == "(1)腔と痰と瘻と喀と腫と疹と防衛省に報告した。"


def _many_columns(blocks: int) -> list[Glyph]:
    out = []
    for k in range(blocks):
        left, top = k % 10 * 200, k // 10 * 60
        out += glyphs("政府は道路を", left, top) + glyphs("造った", left, top + 16)
    return out


def _one_column(rows: int) -> list[Glyph]:
    return [g for k in range(rows) for g in glyphs("政府は道路の整備に関する"[: 8 + k % 4], 50, 16 * k)]


@pytest.mark.parametrize("made", [_many_columns, _one_column])
def test_the_work_grows_with_the_page(made: Callable[[int], list[Glyph]]) -> None:
    def work(letters: list[Glyph]) -> None:
        lay_out(letters, Drawn([], [], []), (3000, 9000), Sizes())

    assert_linear_steps(work, made(60), made(240))


@pytest.mark.parametrize("word", ["Intelligence", "Bell", "World War II", "bill", "III Corps"])
def test_two_narrow_letters_beside_each_other_are_two(word: str) -> None:
    row, x = [], 50.0
    for char in word:
        width = 2.2 if char in "lIi" else 5.5
        box = (x, 100.0, x + width, 110.0)
        row.append(Glyph(char, *box, 10.0, box))
        x += width
    assert page(row) == word


@pytest.mark.parametrize(("across", "down"), [(0.3, 0.0), (0.9, 0.4), (0.0, 0.9)])
def test_a_letter_that_is_drawn_again_nearly_in_its_place_counts_once(across: float, down: float) -> None:
    again = glyphs("太字の見出し", 50 + across, 100 + down)
    first = glyphs("太字の見出し", 50, 100)
    assert page(first, again) == "太字の見出し"
    assert page([g for pair in zip(first, again, strict=True) for g in pair]) == "太字の見出し"


def test_marks_that_are_set_tight_do_not_cut_a_line() -> None:
    row, x = [], 50.0
    for char in "先に、「国土計画」、「港湾計画」を定めた。":
        box = (x, 100.0, x + 10, 110.0)
        row.append(Glyph(char, *box, 10.0, box))
        x += 4.0 if char in "、」" else 10.0
    assert page(row) == "先に、「国土計画」、「港湾計画」を定めた。"


def test_a_mark_that_hangs_over_the_end_of_a_column_does_not_reach_the_next() -> None:
    left = [
        "　政府は、計画を定めて公表し",
        "関係する機関に通知した上で、",
        "その結果を毎年度の末までに、",
        "国会に報告することとした。",
    ]
    right = ["　財務省は、経費を計上した。", "　総務省は、調査を行ったが、", "その結果は公表していない。"]
    text = page(*column(left, 50, 200), *column(right, 195, 200))
    assert "通知した上で、その結果を毎年度の末までに、国会に報告" in text
    assert "調査を行ったが、その結果は公表していない。" in text


def test_readings_and_raised_figures() -> None:
    base = glyphs("北海道の俯瞰図", 50, 100)
    ruby = glyphs("ふかん", 91, 94, 5)
    rest = glyphs("を示した", 120, 100)
    marker = [Glyph("3", 160, 98, 165, 104, 6, (160, 98, 165, 104))]
    assert page(base, ruby, rest, marker, glyphs("。", 165, 100)) == "北海道の俯瞰図を示した³。"


def test_figures_of_a_chart_that_stand_at_many_heights_are_no_raised_ones() -> None:
    labels = [("1.7", 50, 104), ("2.1", 70, 102), ("12.6", 90, 97), ("20", 117, 104)]
    text = page(*(glyphs(figures, left, top, 10, 5.5) for figures, left, top in labels))
    assert text.split() == ["1.7", "2.1", "12.6", "20"]


def test_a_marker_as_large_as_the_letters_is_raised_by_its_place() -> None:
    assert page(glyphs("とした", 50, 100), glyphs("2", 80, 95), glyphs("。", 86, 100)) == "とした²。"


@pytest.mark.parametrize("step", [20.0, 24.0, 42.0])
def test_a_heading_that_is_spread_over_the_line_is_whole(step: float) -> None:
    assert page(glyphs("防衛省", 200, 80, 14, step), *column(LEFT, 50, 200)).startswith("防衛省\n")


@pytest.mark.parametrize(
    ("third", "parted"), [("備するため、検討会を設けた。", True), ("　備するため、検討会を設けた。", False)]
)
def test_a_title_with_a_mark_fills_its_row(third: str, parted: bool) -> None:
    """The paragraph below is set in as the text of an item is, but its next row is not."""
    rows = column(
        ["●港湾の整備に関する計画の策定と公表", "　国土交通省は、港湾を令和二年度に整", third], 50, 100
    )
    first, *rest = page(*rows).split("\n")
    assert (first == "●港湾の整備に関する計画の策定と公表") is parted, rest


def test_an_item_goes_on_below_its_text() -> None:
    rows = [
        glyphs("●　道路の整備に関する計画を定めるに当たり", 50, 100),
        glyphs("関係する府省の意見を聴くこととし、その", 70, 116),
        glyphs("結果を公表すること", 70, 132),
        glyphs("●　港湾の調査を行うこと", 50, 148),
    ]
    first, second = page(*rows).split("\n")
    assert first.endswith("定めるに当たり関係する府省の意見を聴くこととし、その結果を公表すること")
    assert second.startswith("●")


@pytest.mark.parametrize(
    ("line", "marked"),
    [
        ("・もし解消されるべき不満があれば", True),
        ("1)　計画", True),
        ("◼計画を定める", True),
        ("▸計画を定める", True),
        ("［1］の計画", False),
        ("[1]の計画", False),
        ("②犯罪の防止", True),
        ("表１　機関の一覧", True),
        ("表１のとおり定めた", False),
        ("第２節で述べた", False),
        ("第２節　総論", True),
        ("注２　第１章の点数", True),
        ("注２に規定する加算", False),
        ("-計画を定める", True),
        ("－３％", False),
        ("（注１）令和元年度", True),
        ("（注１）の経費", False),
        ("\u20dd　景気の状況", True),
        ("◎港湾の整備", True),
        ("資料１－２：計画の案", True),
        ("資料１で示した", False),
    ],
)
def test_the_mark_of_an_item(line: str, marked: bool) -> None:
    assert (MARK.match(line) is not None) is marked


def test_rows_that_lead_to_a_figure_and_numbered_rows_are_not_joined() -> None:
    rows = [[("初診を行った場合の点数", 50), ("288点", 250)], [("再診を行った場合の点数", 50), ("73点", 260)]]
    text = page(*[glyphs(t, x, 100 + 16 * k) for k, row in enumerate(rows) for t, x in row])
    assert text.count("\n") == 1
    numbered = ["一　道路の整備に関する計画を定めること", "２　港湾の整備に関する計画を定めること"]
    assert page(*column(["１　" + row[2:] for row in numbered], 50, 100)).count("\n") == 1


def test_an_item_whose_number_stands_far_from_its_text_ends_the_one_above() -> None:
    """Letters set wide: the number is a piece of its own."""
    rows = [
        "第６条　職員は、港を守り、道を直",
        "　は、これを市に申し出る。",
        "２　　前項の職員は、その道を直し",
        "　た者の名を市長に申し出る。",
    ]
    text = page(*[glyphs(row, 50, 100 + 22 * k, step=12.0) for k, row in enumerate(rows)])
    assert "道を直は、これを" in text
    assert "\n２　" in text
    assert "直した者の名を" in text


def test_a_day_below_a_full_line_begins_a_line() -> None:
    title = glyphs("港湾市の道路及び港湾の管理に関する条例の一部を改正する条例", 50, 100)
    submitted = page(title, glyphs("令和５年６月３０日提出", 50, 116), glyphs("港湾市長　港　太郎", 200, 148))
    assert "\n令和５年６月３０日提出\n" in submitted
    within = ["　港湾市は、その計画を", "令和五年六月三十日提出", "の議案において示した。"]
    assert "計画を令和五年六月三十日提出の議案" in page(*column(within, 50, 100))


def test_lines_of_contents_are_not_joined() -> None:
    rows = ["1.1　計画の目的............3", "1.2　計画の期間............4", "1.3　計画の評価............5"]
    assert page(*column(rows, 50, 100)) == "\n".join(rows)


def test_lines_of_contents_whose_numbers_are_set_apart_are_not_joined() -> None:
    """Figures in other letters: they are drawn behind all lines."""
    rows = [
        "１　港湾の調査・・・・・・・・・・・・",
        "２　道路の整備の計画・・・・・・・・・",
        "３　予算・・・・・・・・・・・・・・・",
    ]
    assert page(*column(rows, 50, 100)).split("\n")[:3] == rows


def test_names_that_fill_their_lines_are_not_joined() -> None:
    members = ["港湾一郎　　港湾大学大学院工学研究科長", "道路花子　　道路大学工学部土木工学科教授"]
    assert page(*column(members, 50, 100)).count("\n") == 1
    senders = ["港湾省道路局道路企画課長補佐", "港湾省港湾局港湾計画課長補佐"]
    assert page(*column(senders, 50, 100)) == "\n".join(senders)
    bracket = ["港湾施設費（港湾施設整備費", "港湾施設保全費及道路費等）"]
    assert page(*column(bracket, 50, 100)) == "".join(bracket)
    wrapped = ["国立研究開発法人港湾道路技術", "総合研究機構第三研究企画部門"]
    assert page(*column(wrapped, 50, 100)) == "".join(wrapped)


def test_names_that_are_set_to_the_right_are_not_joined() -> None:
    text = page(glyphs("港湾省港湾局総務企画課", 200, 100), glyphs("道路省道路局計画室", 220, 116))
    assert text.endswith("総務企画課\n道路省道路局計画室")
    cell = page(glyphs("48兆円", 200, 100), glyphs("程度", 220, 116))
    assert cell == "48兆円程度"
    marked = page(glyphs("◆港湾省港湾局総務企画", 200, 100), glyphs("課計画係検査班班長", 220, 116))
    assert "企画課計画係" in marked


def test_what_stands_in_brackets_does_not_go_on_in_brackets() -> None:
    rows = ["（ここで港湾大臣が席を立つ。事務局長が残る）", "（事務局長から資料について説明が行われた。）"]
    assert page(*column(rows, 50, 100)) == "\n".join(rows)
    assert page(*column(["（28.6％）", "【366円】"], 50, 100)) == "（28.6％）【366円】"


@pytest.mark.parametrize(
    ("rows", "parted"),
    [
        (["令和５年４月", "港湾省企画課"], True),
        (["令和５年４月１日", "港湾省本部決定"], True),
        (["令和５年４月", "一日閣議決定"], False),
        (["令和五年四月", "末日港湾決算"], False),
    ],
)
def test_a_name_below_a_day_begins_a_line(rows: list[str], *, parted: bool) -> None:
    assert ("\n" in page(*column(rows, 50, 100))) is parted


def test_a_word_that_is_spread_over_its_column_is_one_cell() -> None:
    rows = [[("１総　　務　　省", 50), ("1,200", 250)], [("２　港　湾　　　", 50), ("340", 250)]]
    text = page(*[glyphs(t, x, 100 + 16 * k) for k, row in enumerate(rows) for t, x in row])
    assert text.split("\n")[0] == "１総務省\t1,200"
    rows = [[("(1)", 50), ("総　　務　　省", 90), ("1,200", 250)], [("(2)　港湾", 50), ("340", 250)]]
    text = page(*[glyphs(t, x, 100 + 16 * k) for k, row in enumerate(rows) for t, x in row])
    assert text.split("\n")[0] == "(1)\u3000総務省\t1,200"
    months = [[("月", 50), ("火", 100), ("水", 170)], [("港湾", 50), ("道路", 100), ("予算", 170)]]
    text = page(*[glyphs(t, x, 100 + 16 * k) for k, row in enumerate(months) for t, x in row])
    assert text.split("\n")[0] == "月\t火\t水"


def test_a_title_that_is_drawn_last_stands_over_its_text() -> None:
    text = page(*column(LEFT, 50, 200), glyphs("計画の概要", 50, 160, 18))
    assert text.startswith("計画の概要\n")


def test_a_box_that_is_drawn_last_stands_where_it_is() -> None:
    above, below = (
        column(["　はじめに計画の概要を述べる。"], 50, 100),
        column(["　おわりに評価を述べる。"], 50, 300),
    )
    box = (40.0, 150.0, 400.0, 250.0)
    sides = [(40.0, 150.0, 400.0, 150.0), (40.0, 250.0, 400.0, 250.0)]
    ends = [(40.0, 150.0, 40.0, 250.0), (400.0, 150.0, 400.0, 250.0)]
    inner = column(["コラム　沿革", "この制度は、古くからある。"], 60, 180)
    text = page(*above, *below, *inner, drawn=Drawn(sides, ends, [box]))
    assert text.index("はじめに") < text.index("コラム") < text.index("おわりに")


def grid(columns: list[float], rows: list[float]) -> Drawn:
    return Drawn(
        [(columns[0], y, columns[-1], y) for y in rows],
        [(x, rows[0], x, rows[-1]) for x in columns],
        [],
    )


def test_a_cell_is_whole_and_a_merged_one_stands_once() -> None:
    drawn = grid([50, 150, 260, 350], [100, 120, 160, 180])
    drawn.rules.remove((50, 160, 350, 160))
    drawn.rules.append((150, 160, 350, 160))
    rows = [
        glyphs("区分", 55, 105), glyphs("所管", 155, 105), glyphs("内容", 265, 105),
        glyphs("平成25年", 55, 125), glyphs("国土交通省", 155, 125), glyphs("道路の整備に関す", 265, 125),
        glyphs("る計画の策定", 265, 140),
        glyphs("農林水産省", 155, 165), glyphs("漁港の整備", 265, 165),
    ]  # fmt: skip
    assert page(*rows, drawn=drawn) == (
        "区分\t所管\t内容\n平成25年\t国土交通省\t道路の整備に関する計画の策定\n\t農林水産省\t漁港の整備"
    )


def test_a_cell_with_steps_stands_once_in_its_uppermost_part() -> None:
    """As budgets are set: the title of a chapter stands over the column of its items, and before it."""
    lines = grid([50, 90, 250, 350], [100, 120, 140, 160])
    rules = [r for r in lines.rules if r[1] != 140] + [(90.0, 140.0, 350.0, 140.0)]
    strokes = [s for s in lines.strokes if s[0] != 90] + [
        (90.0, 140.0, 90.0, 160.0),
        (90.0, 100.0, 90.0, 120.0),
    ]
    texts = [("款", 55, 105), ("項", 95, 105), ("金額", 255, 105), ("公債費", 55, 125), ("500", 255, 125)]
    texts += [("元金", 95, 145), ("500", 255, 145)]
    drawn = Drawn(rules, strokes, [])
    text = page(*[glyphs(text, left, top) for text, left, top in texts], drawn=drawn)
    assert text == "款\t項\t金額\n公債費\t\t500\n\t元金\t500"


def test_lists_beside_each_other_in_one_row_are_rows() -> None:
    drawn = grid([50, 110, 350], [100, 120, 180])
    codes = [glyphs(code, 60, 125 + 16 * k) for k, code in enumerate(["1", "53", "55"])]
    names = ["道路の整備に関する加算", "港湾の加算", "空港の加算"]
    named = [glyphs(name, 115, 125 + 16 * k) for k, name in enumerate(names)]
    text = page(glyphs("番号", 60, 105), glyphs("内容", 115, 105), *codes, *named, drawn=drawn)
    assert text.split("\n") == [
        "番号\t内容",
        *("\t".join(row) for row in zip(["1", "53", "55"], names, strict=True)),
    ]
    wrapped = [
        glyphs(text, 115, 125 + 16 * k)
        for k, text in enumerate(["道路の整備に関する計画を定めることとし、これを"] * 3)
    ]
    held = page(glyphs("番号", 60, 105), glyphs("内容", 115, 105), *codes, *wrapped, drawn=drawn)
    assert held.count("\n") == 1


def test_what_stands_at_one_height_of_a_cell_is_read_from_the_left() -> None:
    rows = [
        glyphs("区分", 55, 105), glyphs("内容", 155, 105), glyphs("条例", 55, 125),
        glyphs("8件", 330, 125), glyphs("港湾関係", 155, 125), glyphs("6件", 330, 142), glyphs("道路関係", 155, 142),
    ]  # fmt: skip
    text = page(*rows, drawn=grid([50, 150, 350], [100, 120, 160]))
    assert text == "区分\t内容\n条例\t港湾関係\u30008件\u3000道路関係\u30006件"


def test_a_name_goes_on_below_its_amount() -> None:
    drawn = grid([50, 100, 250], [100, 120, 190])
    names = ["港湾整備に要する負担", "漁港の維持", "道路改良に要する委託"]
    rows = [glyphs("区分", 55, 105), glyphs("説明", 105, 105), glyphs("土木", 55, 125)]
    for k, (name, rest) in enumerate(zip(names, ["金", "", "料"], strict=True)):
        top = 122 + 20 * k
        rows += [
            glyphs(name, 105, top),
            glyphs(f"{k + 1},000", 220, top, step=5),
            glyphs(rest, 105, top + 10),
        ]
    text = page(*rows, drawn=drawn)
    wanted = (
        "港湾整備に要する負担金\u30001,000\u3000漁港の維持\u30002,000\u3000道路改良に要する委託料\u30003,000"
    )
    assert text == f"区分\t説明\n土木\t{wanted}"


def test_one_letter_above_a_line_is_no_upright_line() -> None:
    rows = [
        glyphs("市道の緑地の管理に要する委託", 50, 100),
        glyphs("料", 50, 110),
        glyphs("市道の維持", 50, 120),
    ]
    assert page(*rows).split("\n")[-2:] == ["料", "市道の維持"]


@pytest.mark.parametrize(
    ("middle", "lines", "wanted"),
    [
        (77.5, ["港湾課", "道路課"], "港湾課\u3000道路課"),  # in the middle, with room on both sides
        (77.5, ["漁港改良係", "修繕の係"], "漁港改良係修繕の係"),
        (77.5, ["9月", "12月"], "9月\u300012月"),
    ],
)
def test_lines_in_the_middle_of_a_cell_are_parted(middle: float, lines: list[str], wanted: str) -> None:
    rows = [glyphs(line, middle - 5 * len(line), 125 + 12 * k) for k, line in enumerate(lines)]
    head = [glyphs("係", 55, 105), glyphs("額", 110, 105), glyphs("一", 110, 125)]
    text = page(*head, *rows, drawn=grid([50, 105, 150], [100, 120, 160]))
    assert text == f"係\t額\n{wanted}\t一"


def test_texts_that_touch_the_side_between_them_stand_in_their_cells() -> None:
    drawn = grid([50, 100, 200], [100, 120, 140, 160])
    drawn.rules[:] = [(50, y, 200 if y in (100, 120, 160) else 100, y) for y in (100, 120, 140, 160)]
    rows = [glyphs("区分", 55, 105), glyphs("旅費", 105, 105)]
    rows += [glyphs("　議長月額港湾市職員の旅費に関", 50, 125), glyphs("副議長月額する額", 50, 145)]
    text = page(*rows, drawn=drawn)
    assert text == "区分\t旅費\n議長月額\t港湾市職員の旅費に関する額\n副議長月額\t"
    over = page(*rows[:2], *[glyphs("議長の月額の港湾市職員", 53, 125 + 20 * k) for k in (0, 1)], drawn=drawn)
    assert "\t" not in over


def test_a_title_that_is_drawn_last_comes_first_where_it_stands_above_all() -> None:
    rows = [
        glyphs("区分", 55, 165),
        glyphs("金額", 155, 165),
        glyphs("道路", 55, 185),
        glyphs("500", 155, 185),
    ]
    table = grid([50, 150, 250], [160, 180, 200])
    assert page(*rows, glyphs("繰越事業の一覧", 80, 100), drawn=table).startswith("繰越事業の一覧\n")
    beside = page(*rows, glyphs("繰越事業の一覧", 300, 170), drawn=table)
    assert beside.startswith("区分")


def test_a_line_between_two_boxes_makes_no_cells_beside_it() -> None:
    drawn = grid([50, 250], [100, 130])
    below = grid([50, 250], [200, 230])
    drawn = Drawn(
        drawn.rules + below.rules, [*drawn.strokes, *below.strokes, (150.0, 130.0, 150.0, 200.0)], []
    )
    rows = [glyphs("審査を行う", 60, 110), glyphs("通知する場合", 60, 160), glyphs("第五節参照", 170, 160)]
    rows.append(glyphs("決定を行う", 60, 210))
    assert "\t" not in page(*rows, drawn=drawn)


def test_boxes_that_are_linked_by_lines_are_no_table() -> None:
    boxes = [(50, 100), (250, 100), (50, 200), (250, 200)]
    rules, strokes = [(150.0, 115.0, 250.0, 115.0)], [(100.0, 130.0, 100.0, 200.0)]
    for x, y in boxes:
        rules += [(x, y, x + 100, y), (x, y + 30, x + 100, y + 30)]
        strokes += [(x, y, x, y + 30), (x + 100, y, x + 100, y + 30)]
    rows = [glyphs(f"第{k}計画", x + 10, y + 10) for k, (x, y) in enumerate(boxes)]
    assert "\t" not in page(*rows, drawn=Drawn(rules, strokes, []))


def test_a_page_of_ten_thousand_letters_in_boxes_is_read() -> None:
    rules, strokes, row = [], [], []
    for k in range(10_000):
        x, y = 40.0 + k % 100 * 12, 40.0 + k // 100 * 12
        box = (x, y, x + 8, y + 8)
        row.append(Glyph(chr(0x4E00 + k % 3000), *box, 8.0, box))
        rules.append((x - 2, y - 2, x + 10, y - 2))
        strokes.append((x - 2, y - 2, x - 2, y + 10))
    found, _ = lay_out(row, Drawn(rules, strokes, []), (2000, 2000), Sizes())
    assert sum(len(part.piece.glyphs) for line in found for cell in line.cells for part in cell) == 10_000


@pytest.mark.parametrize(
    ("head", "tail", "full", "wanted"),
    [
        ("International Civil", "Aviation", True, " "),
        ("https://www.example.go.jp/pla", "n/1.html", True, ""),
        ("防衛", "省", True, ""),
        ("secure-and-", "safe", True, ""),
        ("計画を定めた", "また", False, "\u3000"),
    ],
)
def test_what_is_written_between_two_lines(head: str, tail: str, full: bool, wanted: str) -> None:
    assert joint(head, tail, full=full) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("行った。", True),
        ("（注による。）", True),
        ("１.１　目的......3", True),
        ("行い、", False),
        ("（案）", False),
    ],
)
def test_whether_a_sentence_may_end(text: str, wanted: bool) -> None:
    assert is_ended(text) is wanted


def test_a_bracket_that_a_row_leaves_open_is_closed_in_the_next_one() -> None:
    """A title in the middle of a page shows no column that its first row could fill."""
    title = [
        glyphs("「港湾の整備に要する費用の算定の", 150, 100),
        glyphs("方法について」の一部の改正", 165, 116),
    ]
    assert page(*title, *column(LEFT, 50, 200)).startswith("「港湾の整備に要する費用の算定の方法について」の")
    items = [glyphs("次の書類（写しを含む。", 150, 100), glyphs("（１）申請書）", 150, 116)]
    assert "含む。\n（１）" in page(*items, *column(LEFT, 50, 200))


def test_a_number_before_a_closing_bracket_is_no_item() -> None:
    rows = column(
        ["　次に掲げる区分番号の「Ｋ５５２」及び「Ｋ５", "５７」は、港湾の整備に関するものとする。"], 50, 100
    )
    assert "「Ｋ５５７」は" in page(*rows, *column(["　次に掲げる区分番号の「Ｋ５５２」と「Ｋ５２"], 50, 148))


def test_a_row_goes_on_below_the_text_behind_a_word_that_names_it() -> None:
    first = [*glyphs("別添１", 50, 100), *glyphs("港湾の整備に要する費用の算定の方法を改める平成28", 90, 100)]
    rows = [first, glyphs("年３月４日の通知について", 90, 116)]
    body = [
        "　港湾の整備に要する費用の算定の方法を改める件を公表したので、",
        "その取扱いに遺漏がないようにされたい。",
    ]
    full = body[0][: (int(first[-1].right) - 50) // 10]
    assert "平成28年３月４日" in page(*rows, *column([full, full[1:] + "の", body[1]], 50, 160))


def test_the_senders_of_a_letter_do_not_go_on_in_each_other() -> None:
    body = [
        "　港湾に係る費用の算定の方法を改めたので",
        "知らせる。この旨を関係する者に伝え、取扱い",
        "に遺漏のないようにされたい。",
    ]
    rows = [
        glyphs("港湾省港湾局計画課長", 200, 100),
        glyphs("（公印省略）", 240, 116),
        glyphs("道路省道路局技術管理官", 190, 170),
        glyphs("（公印省略）", 240, 186),
    ]
    text = page(*rows, *column(body, 50, 300))
    assert "（公印省略）道路省" not in text


def test_titles_that_are_drawn_before_their_texts_stand_over_them() -> None:
    """A browser draws what is put in place apart from the text: all titles of a page, then its text."""
    titles = [glyphs("港湾の整備の現状", 50, 100, 14), glyphs("港湾の整備の課題", 50, 220, 14)]
    first, second = column(RIGHT[1:], 50, 140), column(["　財務省は、その経費を計上した。"], 50, 260)
    text = page(*titles, *first, *second)
    assert text.index("現状") < text.index("漁港") < text.index("課題") < text.index("財務省")
    aside = [glyphs("港湾の整備の図", 400, 100, 14), glyphs("道路の図", 400, 400, 14)]
    assert page(*aside, *first).index("道路の図") < page(*aside, *first).index("漁港")
