"""Breadcrumbs are left out, whatever they are called; a page that nests without end takes no longer than others."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.read import html_guard
from pipeline.read.html import extract
from tests.growth import assert_linear

SENTENCE = "防衛省は、平成26年４月に指針の見直しについて協議を行った。"
REST = f"<h1>防衛省の方針</h1><p>{SENTENCE}</p><p>{SENTENCE}</p>"


def text_of(body: str, title: str = "") -> str:
    return extract(f"<title>{title}</title><body>{body}")[0]


WAY = '<a href="/">ホーム</a> &gt; <a href="/a">政策</a> &gt; 防衛省の方針'
LIST = '<li><a href="/">内閣府</a></li><li><a href="/a">外務省の政策</a></li><li>防衛省の方針</li>'


@pytest.mark.parametrize(
    "trail",
    [
        # By name, in whatever spelling; by ARIA; by microdata.
        f'<ol class="m-navBreadcrumb">{LIST}</ol>',
        f'<div id="topic_path2"><ul>{LIST}</ul></div>',
        f'<ul class="c-crumbs">{LIST}</ul>',
        f'<div class="pankuzu-list">{LIST}</div>',
        f'<div aria-label="Breadcrumb"><ol>{LIST}</ol></div>',
        f'<div aria-label="パンくずリスト"><ol>{LIST}</ol></div>',
        f'<ol itemscope itemtype="https://schema.org/BreadcrumbList">{LIST}</ol>',
        f'<ol vocab="https://schema.org/" typeof="BreadcrumbList">{LIST}</ol>',
        # By form: links that lead down from home; to what the page is called.
        f"<p>{WAY}</p>",
        f"<div>現在位置：{WAY}</div>",
        '<p><a href="/">内閣府トップ</a> » <a href="/a">外務省の政策</a></p>',
        '<ul><li><a href="/">HOME</a></li><li><a href="/a">外務省</a></li><li>防衛省の方針</li></ul>',
        '<p><a href="/">内閣府</a> &gt; <a href="/a">外務省の政策</a> &gt; 防衛省の方針</p>',
        f"<div><div><span>{WAY}</span></div></div>",
    ],
)
@pytest.mark.parametrize("place", ["<main>{}</main>", "<article>{}</article>", "{}"])
def test_breadcrumbs(trail: str, place: str) -> None:
    wanted = f"防衛省の方針\n\n{SENTENCE}\n\n{SENTENCE}\n"
    assert text_of(place.format(trail + REST)) == wanted
    assert text_of(place.format(REST + trail)) == wanted


@pytest.mark.parametrize(
    "kept",
    [
        # A sentence with links; a list of laws; steps that an arrow joins; a list whose first link is a home page of somebody.
        '<p>詳しくは<a href="/">ホームページ</a>、<a href="a">自衛隊法</a>を参照されたい。</p>',
        '<ul><li><a href="a">自衛隊法</a></li><li><a href="b">警察法</a></li></ul>',
        '<p><a href="a">外務省</a> &gt; <a href="b">防衛省</a>の順に多い。</p>',
        '<p>申請は<a href="/">トップページ</a> &gt; 様式の順に進む。その後、外務省へ送る。</p>',
        "<p>ホーム &gt; 政策 &gt; 外務省</p>",
    ],
)
def test_what_only_looks_like_a_breadcrumb_stays(kept: str) -> None:
    assert "法" in text_of(f"<main>{REST}{kept}</main>").replace(SENTENCE, "") or "外務省" in text_of(
        f"<main>{REST}{kept}</main>"
    )


def test_a_way_within_the_frame_does_not_take_what_stands_beside_it() -> None:
    body = f"<main><div><p>{WAY}</p><h1>防衛省の方針</h1></div><div><ol>{LIST}</ol><p>外務省の概要</p></div><p>{SENTENCE}</p></main>"
    assert text_of(body).startswith("防衛省の方針\n\n")
    assert "外務省の概要" in text_of(body)


def test_a_link_back_from_a_note_is_no_text() -> None:
    assert (
        text_of('<p id="r">協定<sup><a href="#n">1</a></sup><ol><li id="n">注記。<a href="#r">↩︎</a></ol>')
        == "協定¹\n\n¹ 注記。\n"
    )


MANY = 50_000


@pytest.mark.parametrize(
    "unit",
    ["<div>", "<ul><li>", "<dl>", "<dl><dd>", "<sup>1", "<span>", "<b><p>", "<table><tr><td>", "<a href=x>一<p>", "<select><option>", "<div><?</div>>",
     "<div title='</div>'>", "<div><!--></div>-->", "<svg><g>", "<object>", "<template><div>", "<div><table><td></div></table>", "<font color={n}>一<p>",
     "<body a{n}=1>", "<div><script></div></script>"],
)  # fmt: skip
def test_pages_that_nest_without_end(unit: str) -> None:
    def page(times: int) -> str:
        return SENTENCE + "".join(unit.replace("{n}", str(n)) for n in range(times)) + SENTENCE

    assert_linear(text_of, page(2500), page(10_000))


@pytest.mark.parametrize("unit", ["<div>", "<ul><li>", "<dl>", "<sup>1"])
def test_fifty_thousand_elements_in_each_other(unit: str) -> None:
    assert SENTENCE in text_of(unit * MANY + SENTENCE)


def test_an_element_with_attributes_without_end() -> None:
    def page(times: int) -> str:
        return f"<p {' '.join(f'a{n}=1' for n in range(times))} class=x>{SENTENCE}</p>"

    assert text_of(page(MANY)) == f"{SENTENCE}\n"
    assert_linear(text_of, page(MANY), page(MANY * 4))


def test_what_is_never_shown_stays_so_behind_many_attributes() -> None:
    assert text_of(f"<p>一</p><p hidden {' '.join(f'a{n}' for n in range(9000))}>二</p>") == "一\n"


ORDINARY = f"<div><p>{SENTENCE}<ul><li>一<li>二</ul><table><tr><td>三<td>四</table><span>五</span><br></div>"


def test_an_ordinary_page_is_not_changed() -> None:
    page = ORDINARY * 200 + '<p title="a > b">一<svg><path d="M0"></path><title>図</title></svg>'
    assert html_guard.bounded(page) == page


def test_beyond_the_depth_of_browsers_blocks_become_paragraphs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(html_guard, "FEW_TAGS", 0)
    monkeypatch.setattr(html_guard, "DEEPEST", 3)
    assert html_guard.bounded("<div>" * 4 + "<i>一</i><x>二</x></div>") == "<div><div><div><p>一二</x></div>"


TAGS = "div p ul li dl dd dt table tr td th b font a span x button option h1 form section ruby".split()


@given(st.lists(st.tuples(st.booleans(), st.sampled_from(TAGS)), max_size=6))
def test_no_page_nests_deeper_than_the_guard_allows(unit: list[tuple[bool, str]]) -> None:
    page = "".join(f"<{name}>" if opens else f"</{name}>" for opens, name in unit) * 400
    tree = html_guard.bounded(page) if page.count("<") >= html_guard.FEW_TAGS else ""
    assert _depth(tree) <= 5 * html_guard.DEEPEST


def _depth(page: str) -> int:
    from selectolax.lexbor import LexborHTMLParser

    from pipeline.read.html_survey import events

    depth = deepest = 0
    root = LexborHTMLParser(page).root
    for enters, node in events(root) if root else ():
        if node.tag != "-text":
            depth += 1 if enters else -1
            deepest = max(deepest, depth)
    return deepest
