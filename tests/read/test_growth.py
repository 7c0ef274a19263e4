"""Pages that might make a reader look far, or nest deeply: the work grows with their length."""

from __future__ import annotations

from contextlib import suppress

import pytest

from pipeline.model.errors import HakushoError
from pipeline.read.html import read_html
from tests.growth import steps

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
