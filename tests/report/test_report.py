"""The page shows each character of the text once, marks the mentions, and lets no text become markup."""

from __future__ import annotations

import csv
import json
import re
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from html.parser import HTMLParser
from itertools import pairwise
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.document import tables
from pipeline.document.document import Document
from pipeline.entities import LABELS
from pipeline.model.entity import Entity
from pipeline.model.page import Block, BlockKind
from pipeline.model.sentence import Analysis, Sentence
from pipeline.model.source import Source, Text
from pipeline.report import render
from pipeline.report.changes import changes_page
from pipeline.report.charts import draw_all
from pipeline.report.index import index
from pipeline.report.overview import groups
from pipeline.report.pages import asset, words
from pipeline.runs.reports import hold_against
from pipeline.scoring.compare import compare
from pipeline.scoring.gold import GoldMention
from tests.conftest import ROOT

VOID = {"meta", "link", "input", "br", "hr", "img"}
HOSTILE = [
    "<script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<!-- ]]> -->",
    '"\' onmouseover="alert(1)',
    "{{ 7 * 7 }}{% raw %}",
    "&lt;b&gt; &amp;amp; &#0;",
    "\u202eabc\u200f\u2066",
    "line\u2028separator\u2029",
    "carriage\r\nreturn\rs\x0b\x0c\x1f\x7f\x85\ufeff",
    "javascript:alert(1)",
    "𠮷野家\U000e0001",
]


@dataclass
class Page(HTMLParser):
    """What a browser would see of a page: its elements, the text of the article, its marks and data."""

    tags: list[tuple[str, dict[str, str | None]]] = field(default_factory=list)
    text: str = ""
    marks: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    scripts: dict[str, str] = field(default_factory=lambda: defaultdict(str))
    open: list[tuple[str, dict[str, str | None]]] = field(default_factory=list)
    offsets: list[tuple[int, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if at := dict(attrs).get("data-at"):
            self.offsets.append((int(at), ""))
        if tag not in VOID:
            self.open.append((tag, dict(attrs)))
        if tag == "mark":
            self.marks[dict(attrs)["data-id"] or ""].append("")

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1][0] == "script":
            self.scripts[self.open[-1][1].get("id") or ""] += data
        if any(a.get("id") == "text" for _, a in self.open):
            self.text += data
            if self.offsets:
                self.offsets[-1] = self.offsets[-1][0], self.offsets[-1][1] + data
            for tag, attrs in self.open:
                if tag == "mark":
                    self.marks[attrs["data-id"] or ""][-1] += data


def see(document: Document) -> Page:
    page = Page()
    page.feed(render(document))
    page.close()
    assert not page.open
    return page


def mention(raw: str, start: int, end: int, label: str = "ORG", **more: object) -> Entity:
    text = raw[start:end]
    known = {"doc_id": "d", "entity_id": f"e{start}-{end}", "surface": text, "norm": text}
    return Entity(label=label, start=start, end=end, text=text, **(known | more))  # type: ignore[arg-type]


def build(raw: str, blocks: list[Block] | None = None, entities: list[Entity] | None = None) -> Document:
    source = Source("d", raw, sha256="0123456789abcdef" * 4, title="題", reference_date=date(2014, 8, 5))
    text = Text(source, raw, range(len(raw)), range(1, len(raw) + 1))
    return Document(source, text, tuple(blocks or ()), (), tuple(entities or ()), "sudachi", {"hakusho": "0"})


def block(start: int, end: int, kind: BlockKind = "paragraph") -> Block:
    return Block(f"b{start}", kind, start, end)


def bare(text: str) -> str:
    return "".join(text.split())


def test_text_is_shown_once_with_gaps_and_nested_and_crossing_blocks() -> None:
    raw = "前書き\n\n 見出し\n本文の[注釈]続き\f\n12\n 終わり "
    blocks = [block(5, 9, "heading"), block(9, 21), block(12, 16, "gloss"), block(14, 24, "footnote")]
    page = see(build(raw, blocks))
    assert page.text == raw
    kinds = [c[8:] for _, a in page.tags if (c := a.get("class") or "").startswith("block b-")]
    assert kinds == ["gap", "heading", "paragraph", "gloss", "footnote", "footnote", "footnote", "gap"]
    assert see(build(raw)).text == raw
    assert see(build("")).text == ""


def test_table_lines_become_rows() -> None:
    raw = "名\t\t値\n\t東京\t1\n注記だけの行\n"
    page = see(build(raw, [block(0, len(raw), "table")], [mention(raw, 6, 8)]))
    article = render(build(raw, [block(0, len(raw), "table")])).partition("<article")[2]
    assert article.partition("</article>")[0].count("<tr>") == 3
    assert page.text == raw.replace("\t", "").replace("\n", "")
    assert page.marks["e6-8"] == ["東京"]


def test_mention_over_lines_and_blocks_is_marked_in_parts() -> None:
    raw = "日米物品\n\n役務相互\n提供協定に"
    found = mention(raw, 0, 15, "LAW", entity_id="e1")
    blocks = [block(0, 4), block(6, len(raw))]
    page = see(build(raw, blocks, [found]))
    assert page.marks == {"e1": ["日米物品", "役務相互", "提供協定"]}
    marks = [a for tag, a in page.tags if tag == "mark"]
    assert [a.get("id") for a in marks] == ["mention-e1", None, None]
    assert {a["data-i"] for a in marks} == {"0"}


def test_a_marker_leads_to_its_note_and_back() -> None:
    raw = "同盟¹は防衛省¹の\n1 注の文"
    note = Block("b9", "footnote", 10, len(raw), markers=((2, 3), (7, 8)))
    page = see(build(raw, [block(0, 9), note], [mention(raw, 4, 8)]))
    assert page.text == raw
    links = [a for tag, a in page.tags if tag == "a" and a.get("href") != "#text"]
    assert [(a.get("class"), a["href"], a.get("id")) for a in links] == [
        ("note", "#note-b9", "to-b9"),
        ("note", "#note-b9", None),
        ("back", "#to-b9", None),
    ]
    assert [a["data-block"] for _, a in page.tags if a.get("id") == "note-b9"] == ["b9"]
    assert page.marks["e4-8"] == ["防衛省", "¹"]


def test_what_interrupts_the_sentence_is_not_marked() -> None:
    raw = "日米\n[用語の説明]\n協定¹、平成 3年"
    at = [0, 1, 11, 12, 14, 15, 16, 18, 19]
    sentence = Sentence("s1", "日米協定、平成3年", at, [i + 1 for i in at], "paragraph", "b0")
    first = mention(raw, 0, 13, "LAW", entity_id="e1", sentence_id="s1")
    second = mention(raw, 15, 20, "DATE", entity_id="e2", sentence_id="s1")
    document = build(raw, [block(0, len(raw)), block(3, 10, "gloss")], [first, second])
    page = see(
        Document(document.source, document.text, document.blocks, (Analysis(sentence, ()),), (first, second))
    )
    assert page.marks == {"e1": ["日米", "協定"], "e2": ["平成 3年"]}
    assert page.text == raw


def test_overlapping_mentions_are_both_marked() -> None:
    raw = "在日米軍司令部"
    found = [mention(raw, 0, 4, entity_id="a"), mention(raw, 2, 7, entity_id="b"), mention(raw, 1, 1)]
    page = see(build(raw, None, found))
    assert {k: "".join(v) for k, v in page.marks.items()} == {"a": "在日米軍", "b": "米軍司令部"}


@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_text_stays_text(hostile: str) -> None:
    raw = f"前{hostile}後"
    found = mention(
        raw, 1, 1 + len(hostile), "LAW", entity_id=hostile, norm=hostile, law_id=hostile, antecedent=hostile,
        section=(hostile, hostile), rule=hostile, flags=(hostile,),
    )  # fmt: skip
    document = build(raw, [Block(hostile, "paragraph", 0, 3)], [found])
    named = Source(hostile, raw, hostile, title=hostile, publisher=hostile, edition=hostile, licence=hostile)
    page = see(Document(named, document.text, document.blocks, (), (found,), hostile, {hostile: hostile}))
    assert page.text == raw
    assert [t for t, _ in page.tags].count("script") == 3
    assert not any(name.startswith("on") for _, attributes in page.tags for name in attributes)
    assert {t for t, _ in page.tags}.isdisjoint({"img", "iframe", "object"})
    data = json.loads(page.scripts["data"])
    assert data["rows"] == [list(row) for row in tables.entity_rows([found])]
    assert not re.search("[<>&\u2028\u2029]", page.scripts["data"])


def test_what_cannot_be_seen_is_shown() -> None:
    page = see(build("a\0b\u202ec"))
    assert page.text == "a\u2400b\u202ec"
    assert [a["data-code"] for tag, a in page.tags if tag == "bdi" and "data-code" in a] == ["U+202E"]


def test_nothing_is_loaded_from_elsewhere() -> None:
    raw = "自衛隊法第3条 http://example.org/"
    law = mention(raw, 0, 4, "LAW", law_id="329AC0000000165")
    html, page = render(build(raw, None, [law])), see(build(raw, None, [law]))
    for tag, attributes in page.tags:
        for name in ("src", "href", "action", "data", "srcset", "poster"):
            allowed = ("#", "data:,", "https://laws.e-gov.go.jp/law/") if tag == "a" else ("#", "data:,")
            assert (attributes.get(name) or "#").startswith(allowed), (tag, attributes)
    found = set(re.findall(r"https?://[\w.-]+", html)) - {"http://www.w3.org"}  # the name of the SVG language
    assert found == {"https://laws.e-gov.go.jp", "http://example.org"}
    assert not re.search(r"@import|url\(", html)


@pytest.mark.parametrize("sheet", ["report.css", "dark.css", "explore.css"])
def test_colours_have_values(sheet: str) -> None:
    """A variable of itself has none, and one that nobody sets neither; dark colours are all in one sheet."""
    base, found = asset("report.css"), asset(sheet)
    given = re.findall(r"(--[\w-]+):([^;}]*)", found)
    assert [name for name, value in given if f"var({name})" in value] == []
    pages = map(asset, ("report.html.j2", "index.html.j2", "changes.html.j2", "explore.html.j2"))
    known = set(re.findall(r"(--[\w-]+):", "".join((base, found, *pages))))
    assert {*re.findall(r"var\((--[\w-]+)", found)} <= known
    assert ("prefers-color-scheme" in found) is (sheet == "dark.css")


def test_counts_and_tables_group_by_norm() -> None:
    raw = "防衛省と同省と防衛庁"
    found = [
        mention(raw, 0, 3, entity_id="a", norm="防衛省"),
        mention(raw, 4, 6, entity_id="b", norm="防衛省", flags=("ambiguous_name",)),
        mention(raw, 7, 10, entity_id="c", norm="防衛庁"),
    ]
    html = render(build(raw, None, found))
    assert re.findall(r'data-members="([\d ]+)"', html) == ["0 1", "2"]
    assert "<strong>3</strong>" in html
    assert "<strong>1</strong>" in html
    assert "0123456789ab<" in html
    assert "2014-08-05" in html


def test_tables_say_what_each_name_is() -> None:
    raw = "陸・海自は自衛隊法第3条の2、同法第5条、2015年と2013年10月に"
    found = [
        mention(raw, 0, 4, entity_id="a", norm="陸上自衛隊|海上自衛隊", kind="military"),
        mention(raw, 5, 14, "LAW", entity_id="b", norm="自衛隊法", article=("3_2",), flags=("law_repealed",)),
        mention(raw, 15, 20, "LAW", entity_id="c", norm="自衛隊法", article=("5",), paragraph=("1", "2")),
        mention(raw, 21, 26, "DATE", entity_id="d", norm="2015", value="2015", start_date="2015-01-01"),
        mention(raw, 27, 35, "DATE", entity_id="e", norm="2013-10", value="2013-10", start_date="2013-10-01"),
    ]
    organizations, laws, dates = (groups(found, label) for label in ("ORG", "LAW", "DATE"))
    assert [(g.norm, g.members, dict(g.kinds)) for g in organizations] == [
        ("陸上自衛隊", [0], {"military": 1}),
        ("海上自衛隊", [0], {"military": 1}),
    ]
    assert [(g.norm, g.locators, dict(g.statuses)) for g in laws] == [
        ("自衛隊法", {"第3条の2": [1], "第5条第1項、第2項": [2]}, {"law_repealed": 1})
    ]
    assert [g.norm for g in dates] == ["2013-10", "2015"]
    before = mention(raw, 21, 26, "DATE", value="../2014", mod="ON_OR_BEFORE", end_date="2014-12-31")
    assert [g.norm for g in groups([*found, before], "DATE")] == ["2013-10", "../2014 ON_OR_BEFORE", "2015"]


def test_charts_link_to_the_mentions_that_they_count() -> None:
    raw = "防衛省は2013年と2013年に自衛隊法で<b>と"
    found = [
        mention(raw, 0, 3, entity_id="a", sentence_id="s1"),
        mention(raw, 4, 9, "DATE", entity_id="b", start_date="2013-01-01"),
        mention(raw, 10, 15, "DATE", entity_id="c", start_date="2013-01-01"),
        mention(raw, 16, 20, "LAW", entity_id="d", sentence_id="s1", norm="<b>&法"),
    ]
    timeline, matrix = draw_all(found)
    assert timeline.sets == {"t2013": ("2013", [1, 2])}
    assert matrix.sets == {"p0-0": ("防衛省 × <b>&法", [0, 3])}
    assert "&lt;b&gt;&amp;法" in matrix.svg
    assert "<b>" not in matrix.svg
    page = see(build(raw, None, found))
    assert {a["href"] for tag, a in page.tags if tag == "a" and (a.get("href") or "").startswith("#set")} == {
        "#set-t2013",
        "#set-p0-0",
    }
    assert draw_all(found[:1]) == []


def test_every_offset_of_the_page_is_where_the_text_stands() -> None:
    raw = "前\r\n名\t値\n東京\t1\n本文\n[注]続き𠮷野"
    page = see(build(raw, [block(3, 12, "table"), block(12, len(raw)), block(15, 18, "gloss")]))
    assert page.offsets
    for start, text in page.offsets:
        assert raw[start : start + len(text)] == text


def test_gold_cases_are_one_click_away() -> None:
    raw = "防衛省と防衛庁と外務省"
    document = build(raw, None, [mention(raw, 0, 3), mention(raw, 4, 6)])
    gold = [GoldMention("d", "ORG", a, b, raw[a:b], raw[a:b]) for a, b in ((0, 3), (4, 7), (8, 11))]
    judged, verdicts = hold_against(document, gold)
    page = Page()
    page.feed(html := render(judged, verdicts))
    asked = [json.loads(a["data-filters"] or "") for _, a in page.tags if a.get("data-filters")]
    assert [a["gold"] for a in asked if "gold" in a][:3] == ["missed", "boundary", "correct"]
    assert json.loads(page.scripts["data"])["gold"]["1"] == [
        "boundary",
        ["ORG", 4, 7, "防衛庁", "防衛庁", "", "", "", "", ""],
    ]
    assert page.marks["g8-11ORG"] == ["外務省"]
    assert 'id="view-scores"' in html
    assert "0.33" in html


def test_changes_stand_in_their_context() -> None:
    raw = "前<b>防衛省と外務省と2013年に"
    old = [
        GoldMention("d", "ORG", 4, 7, "防衛省", "防衛省"),
        GoldMention("d", "DATE", 12, 17, "2013年", value="2012"),
    ]
    new = [
        GoldMention("d", "ORG", 4, 11, "防衛省と外務省", "防衛省|外務省"),
        GoldMention("d", "DATE", 12, 17, "2013年", value="2013"),
    ]
    html = changes_page(compare(old, new, new), {"d": raw}, ("a", "<i>"))
    assert '前&lt;b&gt;<span class="old new">防衛省</span><span class="new">と外務省</span>と2013年に' in html
    assert '<td class="of-before whole">2012</td><td class="of-after whole">2013</td>' in html
    assert html.count('data-verdict="fix"') == 2
    assert "<i>" not in html
    assert '<span class="old new">2013年</span>' in changes_page(compare(old, new), {"d": raw}, ("a", "b"))
    assert '<span class="old">防衛省</span>' in changes_page(compare(old, new), {}, ("a", "b"))


def test_the_index_counts_and_links() -> None:
    row = {
        "doc_id": "a/<b>",
        "title": "<i>題",
        "characters": 5,
        "mentions": {"ORG": 2},
        "files": ["report.html"],
    }
    html = index([row, row | {"doc_id": "c", "files": []}], [{"doc_id": "x", "error": "<no>"}])
    assert html.count('href="a/%3Cb%3E/report.html"') == 1
    assert "&lt;i&gt;題" in html
    assert "<i>" not in html
    assert "&lt;no&gt;" in html
    assert "<strong>4</strong>" in html


def test_both_languages_have_the_same_words() -> None:
    page = see(build("本文"))
    spoken = json.loads(page.scripts["words"])
    assert spoken["ja"].keys() == spoken["en"].keys()
    used = {a[k] for _, a in page.tags for k in ("data-t", "data-t-label") if a.get(k)}
    assert used <= spoken["ja"].keys()
    assert {f"label_{label}" for label in LABELS} <= spoken["ja"].keys()
    assert "built-in" not in render(build("本文"))


def test_every_flag_and_kind_has_words() -> None:
    columns = (
        (ROOT / "docs/reference/columns.md")
        .read_text(encoding="utf-8")
        .partition("### Flags")[2]
        .partition("\n## ")[0]
    )
    flags = re.findall(r"^\| `([a-z_]+)` \|", columns, re.MULTILINE)
    assert len(flags) > 10
    data = ROOT / "pipeline/data"
    tables = [
        *data.glob("organizations/*.csv"),
        *data.glob("law*.csv"),
        data / "org_heads.csv",
        data / "treaties.csv",
    ]
    rows = [row for path in tables for row in csv.DictReader(path.read_text(encoding="utf-8").splitlines())]
    kinds = {row["kind"] for row in rows if row.get("kind")}
    wanted = {*(f"flag_{flag}" for flag in flags), *(f"kind_{kind}" for kind in kinds)}
    assert wanted - words()["ja"].keys() == set()


def test_pages_are_the_same_every_time() -> None:
    raw = "防衛省"
    assert render(build(raw, None, [mention(raw, 0, 3)])) == render(build(raw, None, [mention(raw, 0, 3)]))


@st.composite
def documents(draw: st.DrawFn) -> Document:
    raw = draw(
        st.text(
            st.one_of(st.sampled_from("\n\t\r <>&\"'省法年"), st.characters(exclude_characters="\0")),
            max_size=60,
        )
    )
    edge = st.integers(0, len(raw))
    edges = sorted(draw(st.sets(edge, max_size=10)))
    entities = [
        mention(raw, a, b, draw(st.sampled_from(LABELS))) for a, b in pairwise(edges) if draw(st.booleans())
    ]
    kinds = st.sampled_from(get_args(BlockKind))
    blocks = [
        block(min(a, b), max(a, b), k) for a, b, k in draw(st.lists(st.tuples(edge, edge, kinds), max_size=6))
    ]
    return build(raw, blocks, entities)


@settings(deadline=None)
@given(documents())
def test_any_text_with_any_mentions(document: Document) -> None:
    raw, page = document.source.raw, see(document)
    assert bare(page.text) == bare(raw)
    if not any(b.kind == "table" for b in document.blocks):
        assert page.text == raw
    for entity in document.entities:
        assert bare("".join(page.marks[entity.entity_id])) == bare(entity.text)
    assert json.loads(page.scripts["data"])["rows"] == [
        list(row) for row in tables.entity_rows(document.entities)
    ]
