"""Reading web pages: the main part, its structure, and pages of every decade."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.clean import clean
from pipeline.model.errors import HakushoError
from pipeline.model.source import Source
from pipeline.read import read
from pipeline.read.html import extract, read_html
from pipeline.read.signs import is_html
from pipeline.structure import structure
from tests.conftest import hakusho
from tests.growth import assert_linear

if TYPE_CHECKING:
    from pathlib import Path

    from pipeline.flow import Analyzer

SENTENCE = "防衛省は、平成26年４月に指針の見直しについて協議を行った。"


def text_of(body: str) -> str:
    return extract(f"<!doctype html><title>白書</title><body>{body}")[0]


@pytest.mark.parametrize(
    ("body", "wanted"),
    [
        # Headings, paragraphs: one line each, blank lines between.
        ("<h1>第1章<br>総論</h1><p>一。<p>二。", "第1章　総論\n\n一。\n\n二。\n"),
        # A line end of the source is nothing between Japanese, and a blank between English words.
        ("<p>防衛\n  省の\n\tDefense\n Policy", "防衛省の Defense Policy\n"),
        ("<p>第1章 総論　概要", "第1章 総論　概要\n"),
        # <br> is a line end; two of them part paragraphs.
        ("<p>平成26年<br>4月に<br><br>次に", "平成26年\n4月に\n\n次に\n"),
        # The base of <ruby> stays; the reading goes.
        ("<p><ruby>拉致<rp>（</rp><rt>らち</rt><rp>）</rp></ruby>被害者", "拉致被害者\n"),
        ("<p><ruby><rb>邦<rb>人<rtc><rt>ほう<rt>じん</rtc></ruby>保護", "邦人保護\n"),
        # Lists.
        ("<ul><li>外務省<li>（2）防衛省<li>・環境省</ul>", "・外務省\n（2）防衛省\n・環境省\n"),
        ("<ol><li>外務省<li>防衛省</ol>", "[1] 外務省\n[2] 防衛省\n"),
        ("<ul><li>外務省<ul><li>北米局</ul><li>防衛省</ul>", "・外務省\n・北米局\n・防衛省\n"),
        ("<dl><dt>外務省<dd>外交を担う。</dl>", "外務省\n外交を担う。\n"),
        # Numbers that point to notes.
        ("<p>協定<sup>1</sup>、計画<sup>（注2）</sup>、案<sup>*3</sup>、面積m<sup>2</sup>", "協定¹、計画（注2）、案³、面積m²\n"),
        (
            '<p>協定<sup><a href="#n1">1</a></sup><ol><li id="n1">ACSAをいう。</ol>',
            "協定¹\n\n¹ ACSAをいう。\n",
        ),
        ('<p>協定<a href="#n1"><sup>1</sup></a><ol><li id="n1">ACSA</ol>', "協定¹\n\n¹ ACSA\n"),
        # What is never shown.
        ("<script>x()</script><style>p{}</style><p>一<!-- 二 --><span hidden>三</span>", "一\n"),
        ('<p style="display: none">一</p><p>二', "二\n"),
        # Preformatted text keeps its lines.
        ("<pre>　一\n  二　三\n\n四</pre>", "　一\n  二　三\n\n四\n"),
        ("<p>&#x9632;&#34907;&nbsp;&amp;&lt;省", "防衛\xa0&<省\n"),
        ("", ""),
    ],
)  # fmt: skip
def test_elements(body: str, wanted: str) -> None:
    assert text_of(body) == wanted


@pytest.mark.parametrize(
    ("body", "wanted"),
    [
        (
            "<table><caption>図表1　経緯</caption><tr><th>年<th>事項<tr><td>平成3年<td>発効</table>",
            "図表1　経緯\n\n年\t事項\n平成3年\t発効\n",
        ),
        # A cell over several rows stands in each of them, one over several columns in the first.
        (
            "<table><tr><td rowspan=3>平成3年<td>4月<td>発効<tr><td colspan=2>なし<tr><td>5月<td>改正</table>",
            "平成3年\t4月\t発効\n平成3年\tなし\t\n平成3年\t5月\t改正\n",
        ),
        ("<table><tr><td>一<td rowspan=2>二<tr><td>三</table>", "一\t二\n三\t二\n"),
        ("<table><tr><td rowspan=2 colspan=2>一<td>二<tr><td>三</table>", "一\t\t二\n一\t\t三\n"),
        # A line end in a cell does not end the row.
        ("<table><tr><td>国の<br>機関<td>外務省<br>防衛省</table>", "国の機関\t外務省　防衛省\n"),
        ("<table><tr><td><p>一</p><ul><li>二<li>三</ul><td>四</table>", "一　二　三\t四\n"),
        # Tables that only arrange the page.
        ("<table><tr><td><h2>第1節</h2>一。<td>二。</table>", "第1節\n\n一。\n\n二。\n"),
        ("<table><tr><td>一<td><table><tr><td>二<td>三</table></table>", "一\n\n二\t三\n"),
        ("<table role=presentation><tr><td>一<td>二</table>", "一\n\n二\n"),
        ("<table><tr><td>一。<tr><td>二。</table>", "一。\n\n二。\n"),
        ('<table><tr><td rowspan="-1" colspan="9999999999">一<td rowspan=x>二</table>', "一\t二\n"),
    ],
)
def test_tables(body: str, wanted: str) -> None:
    assert text_of(body) == wanted


NAVIGATION = (
    '<div id="header"><a href="/">防衛省トップ</a></div>'
    '<ul class="global-nav"><li><a href="a">政策</a><li><a href="b">白書</a></ul>'
    '<p class="pankuzu"><a href="/">ホーム</a> &gt; 白書</p>'
)
PAGER = "<p align=center>［<a href=p>前の節</a>］［<a href=t>目次</a>］［<a href=n>次の節</a>］"


@pytest.mark.parametrize(
    "page",
    [
        f"{NAVIGATION}<main><h1>総論</h1><p>{SENTENCE}</main><footer>著作権 防衛省</footer>",
        f'{NAVIGATION}<div role="main"><h1>総論</h1><p>{SENTENCE}</div><div class="footer">著作権</div>',
        f'{NAVIGATION}<div id="honbun"><h1>総論</h1><p>{SENTENCE}</div><aside>関連</aside>',
        f"<header><h2>省</h2></header><nav><a>白書</a></nav>{NAVIGATION}<h1>総論</h1><p>{SENTENCE}",
        # Tables that arrange the page, a list of links at its edge, links to its neighbours.
        f"<table><tr><td><a href=1>一</a><br><a href=2>二</a><br><a href=3>三</a><td><h1>総論</h1>{SENTENCE}{PAGER}</table>",
        f"<p><a href=p>←前へ</a>｜<a href=n>次へ→</a></p><h1>総論</h1><div>{SENTENCE}</div>",
    ],
)  # fmt: skip
def test_the_main_part_without_navigation(page: str) -> None:
    assert text_of(page) == f"総論\n\n{SENTENCE}\n"


@pytest.mark.parametrize(
    "frame",
    [
        *(f'<div class="{name}">' for name in (
            "cookie-consent", "cookieBanner", "cookie_notice", "cookie-bar", "site-header", "siteFooter",
            "headerArea", "footer_area", "footer-nav", "footerNavi", "headerNav", "header-navi", "feedback",
            "tmp_header", "tmp_hnavi", "tmp_gnavi", "tmp_lnavi", "tmp_footer", "tmp_feedback", "tmp_update",
        )),
        '<div role="dialog">', '<div role="alertdialog">', "<dialog open>",
    ],
)  # fmt: skip
def test_frames_and_banners_of_pages_without_a_main_part(frame: str) -> None:
    end = "</dialog>" if frame.startswith("<dialog") else "</div>"
    banner = f"{frame}<p>令和6年4月1日、防衛省は方針を改めました。</p>{end}"
    assert text_of(f"<h1>総論</h1><p>{SENTENCE}{SENTENCE}</p>{banner}") == f"総論\n\n{SENTENCE}{SENTENCE}\n"


def test_the_main_part_of_prefectures() -> None:
    page = f'<div><p>みなと県</p></div><div id="tmp_contents"><h1>総論</h1><p>{SENTENCE}</p></div><p>意見</p>'
    assert text_of(page) == f"総論\n\n{SENTENCE}\n"


def test_what_only_sounds_like_navigation_stays() -> None:
    """Most of a page is no navigation, and a chapter may cite with links."""
    assert text_of(f'<div class="menu"><p>{SENTENCE}</div>') == f"{SENTENCE}\n"
    links = '<p><a href="a">自衛隊法</a>、<a href="b">警察法</a>、<a href="c">海上保安庁法</a>を改正した。'
    assert "警察法、" in text_of(f"<main><p>{SENTENCE}{links}</main>")
    listed = "<ul><li><a href=a>自衛隊法</a><li><a href=b>警察法</a><li><a href=c>民法</a></ul>"
    assert "・警察法" in text_of(f"<main><p>{SENTENCE}{listed}</main>")


@pytest.mark.parametrize(
    ("codec", "head"),
    [
        ("cp932", '<META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset=x-sjis">'),
        ("euc_jp", '<meta http-equiv=content-type content="text/html; charset=EUC-JP">'),
        ("iso2022_jp", '<meta charset="iso-2022-jp">'),
        ("utf-8", '<meta charset="utf-8">'),
        ("utf-8", '<meta charset="Shift_JIS">'),
        ("cp932", '<meta charset="UTF-8">'),
        ("utf-7", '<meta charset="utf-7">'),
        ("cp932", ""),
        ("euc_jp", ""),
        ("utf-8-sig", ""),
        ("utf-16", ""),
    ],
)
def test_the_encoding_by_mark_meta_and_content(tmp_path: Path, codec: str, head: str) -> None:
    path = tmp_path / "page.html"
    path.write_bytes(f"<html><head>{head}<title>白書</title><body><p>{SENTENCE}</html>".encode(codec))
    source = read(path)
    assert (source.raw, source.title, source.format) == (f"{SENTENCE}\n", "白書", "html")
    assert source.encoding == codec


def test_an_xml_declaration_names_the_encoding() -> None:
    page = f'<?xml version="1.0" encoding="EUC-JP"?><html><body>{SENTENCE}</body></html>'.encode("euc_jp")
    assert is_html(page)
    assert (read_html(page, "x").text, read_html(page, "x").encoding) == (f"{SENTENCE}\n", "euc_jp")


def test_a_page_is_known_by_its_content(tmp_path: Path) -> None:
    path = tmp_path / "page.txt"
    path.write_text(f"\n<!-- saved -->\n<!DOCTYPE HTML><p>{SENTENCE}", encoding="utf-8")
    assert read(path).raw == f"{SENTENCE}\n"
    path.write_text(f"{SENTENCE}<html>", encoding="utf-8")
    assert read(path).format == "text"


@pytest.mark.parametrize(
    ("page", "reason"),
    [
        ("<html><body></body></html>", "holds no text"),
        ("<html><frameset><frame src=a.html></frameset></html>", "only names frames"),
        ("<html><body><nav>白書</nav></body></html>", "outside of its navigation"),
    ],
)
def test_pages_without_text(tmp_path: Path, page: str, reason: str) -> None:
    path = tmp_path / "page.html"
    path.write_text(page, encoding="utf-8")
    with pytest.raises(HakushoError, match=reason) as caught:
        read(path)
    assert len(str(caught.value).splitlines()) == 1


DEEP = 10_000


@pytest.mark.parametrize(
    "page",
    [
        "<div>" * DEEP + SENTENCE + "</div>" * DEEP,
        "<span>" * DEEP + SENTENCE,
        "<table><tr><td>" * DEEP + SENTENCE,
        "<ul><li>" * DEEP + SENTENCE,
        "<b><i>" * DEEP + SENTENCE,
        "<sup>" * DEEP + SENTENCE,
        "<ruby>" * DEEP + SENTENCE,
        SENTENCE + "<p>" * DEEP,
    ],
)
def test_a_page_may_nest_as_deep_as_it_likes(page: str) -> None:
    assert SENTENCE in text_of(page)


@pytest.mark.parametrize(
    "page",
    [
        "<table>" + "<tr><td rowspan=65000 colspan=1000>防<td>衛</tr>" * 2000 + "</table>",
        "<" * 1_000_000,
        "&" * 1_000_000,
        "<br>" * 300_000,
        "<td>" * 100_000,
        "<p class=" + "a " * 500_000 + ">防",
        "<!--" * 100_000,
        " \n" * 1_000_000,
    ],
)
def test_the_time_stays_linear(page: str) -> None:
    assert_linear(text_of, page[: len(page) // 4], page)


@given(st.text())
def test_any_page_gives_a_text(page: str) -> None:
    text, _ = extract(page)
    assert "\0" not in text
    assert extract(page)[0] == text


PARTS = st.sampled_from(
    "<p> </p> <br> <table> </table> <tr> <td> <td rowspan=3> <td colspan=2> <th> <caption> <ul> <li> </ul> <ol> <h1> </h1> <pre> "
    "</pre> <sup> </sup> <ruby> <rt> <nav> </nav> <a href=#a> </a> <main> <div id=a> </div> <b> </i> 1 注 平成26年 防衛省 。 &nbsp; < >".split()
)


@given(st.lists(PARTS, max_size=40).map(" ".join))
def test_any_elements_in_any_order_give_a_text_without_markup(page: str) -> None:
    assert "<br" not in text_of(page)


def test_a_sentence_with_line_ends_is_one_sentence() -> None:
    raw = text_of(
        f"<h1>第1章　総論</h1><p>{SENTENCE.replace('平成26年', '平成26年<br>')}</p><p>{SENTENCE}</p>"
    )
    found = structure(clean(Source("x", raw)))
    assert [s.kind for s in found.sentences] == ["heading", "paragraph", "paragraph"]
    assert found.sentences[1].text == found.sentences[2].text


def test_mentions_of_a_page(analyze: Analyzer) -> None:
    page = f"<title>平成26年版白書</title><h1>総論</h1><p>昨年、{SENTENCE}"
    raw, title = extract(page)
    document = analyze(Source("x", raw, title=title))
    assert [(e.text, e.value) for e in document.entities if e.label == "DATE"] == [
        ("昨年", "2013"),
        ("平成26年４月", "2014-04"),
    ]


def test_a_run_writes_the_text_that_the_offsets_count_in(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(f"<meta charset=utf-8><h1>総論</h1><p>{SENTENCE}", encoding="utf-8")
    process = hakusho("run", page, "-o", tmp_path / "out", "--analyzer", "sudachi")
    assert process.returncode == 0, process.stderr.decode()
    raw = (tmp_path / "out/page/source.txt").read_text(encoding="utf-8")
    found = json.loads((tmp_path / "out/page/entities.json").read_text(encoding="utf-8"))
    assert found["document"]["format"] == "html"
    assert found["entities"]
    for entity in found["entities"]:
        assert raw[entity["start"] : entity["end"]] == entity["text"]
    again = hakusho("report", tmp_path / "out")
    assert again.returncode == 0, again.stderr.decode()
