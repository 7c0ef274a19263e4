"""Pages that might make a reader look far, or nest deeply: the work grows with their length."""

from __future__ import annotations

from contextlib import suppress

import pytest

from pipeline.model.errors import HakushoError
from pipeline.read.docx_parts import MOST_REPEATED
from pipeline.read.html import read_html
from pipeline.read.readers import extracted
from pipeline.read.sheet_formats import TOKEN
from tests.growth import assert_linear, steps
from tests.read.packages import docx, in_list, levels, p, r

# Pieces that are repeated behind a paragraph.
PIECES = [
    "<sup>1", "<div>", "<ul><li>", "<dl>", "<dl><dt>", "<dl><dd>", "<table><tr><td>", "<ruby>字<rt>じ", "<b>防", "<a href=x>防", "<form>防", "<font>防<p>",
    "<!--", "<", "防</div></p></b>", "<select><option>", "<svg><desc>", "<template>", '<a b="', "<![CDATA[", "&#x", "<b><p>防</b></p>", "<script>", "<h1>防<h2>", "<nav>",
    "<section><h1>防", "<figure><figcaption>", "<br>", "<td rowspan=9>", "<blockquote>",
]  # fmt: skip
# For twice the input; a square would be four (決め打ち, as issue and documentation have it).
GROWTH = 2.6


def read(page: str) -> None:
    with suppress(HakushoError):
        read_html(page.encode(), "x")


def grows(page: str, twice: str) -> None:
    few, many = steps(read, page), steps(read, twice)
    assert many <= GROWTH * few


@pytest.mark.parametrize("piece", PIECES)
def test_pages_of_one_piece(piece: str) -> None:
    grows("<p>防衛省" + piece * 150, "<p>防衛省" + piece * 300)


@pytest.mark.parametrize("name", ["a", "a{}"])
def test_many_attributes(name: str) -> None:
    """With an element for each, too, since what is looked up in one may be looked up in all."""
    pages = [
        "<p " + " ".join(name.format(n) + "=1" for n in range(count)) + ">防衛省" * count
        for count in (150, 300)
    ]
    grows(*pages)


def test_ten_thousand_deep() -> None:
    for piece in ("<div>", "<sup>1"):
        read("<p>防衛省" + piece * 10_000)


# What stands in itself in a Word document: before the text, and behind it. What a string copies is no step of Python, so
# it is timed.
NESTED = {
    "tables": ("<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>"),
    "paragraphs": ("<w:p><w:r><w:t>一</w:t>", "</w:r></w:p>"),
}


@pytest.mark.parametrize("unit", NESTED.values(), ids=NESTED)
def test_what_stands_in_itself_in_a_word_document(unit: tuple[str, str]) -> None:
    begin, end = unit
    files = [docx(begin * count + p("防衛省") + end * count) for count in (3000, 12_000)]
    assert_linear(lambda data: extracted(data, "x", ".docx"), *files)


def test_a_note_that_is_pointed_to_again_and_again_makes_no_large_text() -> None:
    mark = '<w:r><w:footnoteReference w:id="1"/></w:r>'
    data = docx(p(r("防衛省") + mark * 500), foot="脚" * 5000)
    assert extracted(data, "x", ".docx").text.count("脚") <= MOST_REPEATED + 5000


def test_the_label_of_a_list_is_no_longer_than_word_has_it() -> None:
    data = docx(in_list("防衛省") * 100, numbering=levels(("decimal", "第" * 100_000)))
    assert len(extracted(data, "x", ".docx").text) < 100 * 300


@pytest.mark.parametrize("piece", ["[", '"', "\\", "[a", "_"])
def test_formats_of_numbers(piece: str) -> None:
    assert_linear(TOKEN.findall, piece * 3000, piece * 12_000)
