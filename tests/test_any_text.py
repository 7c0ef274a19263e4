"""Whatever a text holds, what is written of it can be read again: CSV, JSON, the report; and the same bytes twice."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from selectolax.lexbor import LexborHTMLParser

from pipeline.document import tables
from pipeline.export import CSV_TABLES, each_file, encoded
from pipeline.model.cells import FORMULA, plain
from pipeline.model.source import Source
from pipeline.report import render
from tests.conftest import ROOT

if TYPE_CHECKING:
    from pipeline.document.document import Document
    from pipeline.flow import Analyzer

SCHEMAS = {
    f"{name}.json": Draft202012Validator(
        json.loads((ROOT / f"docs/schemas/{name}-1.json").read_text(encoding="utf-8"))
    )
    for name in ("entities", "structure")
}
# What a page, a table, a script or a template might take for its own.
NASTY = """<x-evil a=1> </script><x-evil> "><x-evil> '><x-evil onx=1> <!-- --> ]]> &lt; &amp; &#x3c;x-evil&#x3e; {{7*7}} {%x%} ${1} </td></article>
=1+1 +1 -1 @SUM(1) '=1 ''-1 " "" , ; | \\ \\n > < & ' ` \0 \x01 \x0b \x0c \x1c \x7f \x85 \u200b \u2028 \u202e \ufeff \ufffd \ufffe
\ud800 \udc00 \U0001f600 \u3099 ﾎﾞ ㍻ （ ） 「 」 ・ １ ① ^{ ¹""".split()
JAPANESE = """防衛省 外務省北米局 自衛隊法第76条 第3条の2第1項 同法 同条約 日米安全保障条約 平成26年４月 13（平成25）年10月3日 同年 翌年 昨年
令和元年度末 国土交通省（以下「国交省」という。） 第１節 １　目的 （１） ・ ※ 注1 図表１ は、 を改正した。 における 株式会社山田 U.S. Army""".split()
TEXTS = st.lists(
    st.sampled_from([*NASTY, *JAPANESE, "\r", "\n", "\r\n", "\t", "\f", "　", " "]) | st.text(max_size=6),
    min_size=1, max_size=30,
).map("".join).filter(str.strip)  # fmt: skip
NAMES = st.sampled_from([*NASTY, "白書"])


def bare(text: str) -> str:
    """The characters that show; those that HTML cannot hold as it holds them."""
    return "".join(text.replace("\0", "\u2400").encode("utf-8", "replace").decode().split())


def check_tables(document: Document, files: dict[str, str]) -> None:
    for table in CSV_TABLES:
        content = files[f"{table}.csv"].removeprefix("\ufeff")
        header, *found = csv.reader(io.StringIO(content, newline=""), strict=True)
        assert header == list(tables.columns(table))
        wanted = [["" if cell is None else str(cell) for cell in row] for row in document.rows(table)]
        assert [[plain(cell) for cell in row] for row in found] == wanted
        assert not any(cell.startswith(FORMULA) for row in found for cell in row)


def check_json(document: Document, files: dict[str, str]) -> None:
    for name, schema in SCHEMAS.items():
        schema.validate(json.loads(files[name]))
    raw = document.source.raw
    for entity in json.loads(files["entities.json"])["entities"]:
        assert raw[entity["start"] : entity["end"]] == entity["text"]
    for sentence in document.sentences:
        assert all(0 <= a < b <= len(raw) for a, b in zip(sentence.starts, sentence.ends, strict=True))


def elements(page: LexborHTMLParser) -> set[tuple[str, str]]:
    """Every element of a page with each of its attributes."""
    assert page.root
    return {(node.tag or "", name) for node in page.root.traverse() for name in ("", *node.attributes)}


@pytest.fixture(scope="module")
def harmless(analyze: Analyzer) -> set[tuple[str, str]]:
    """What elements and attributes reports have."""
    text = (
        "第1節　総論\n\n"
        + "。\n".join(JAPANESE)
        + "。\n\n表\t一\t二\n三\t四\t五\n\n注1　防衛省の注。\u202e\u200b\x01"
    )
    chapter = next((ROOT / "corpus").glob("*.txt")).read_text(encoding="utf-8")
    pages = [
        render(analyze(Source(name, content, "0" * 64, title=name, publisher=name, url=name, licence=name)))
        for name, content in (("白書", text), ("章", chapter))
    ]
    return set().union(*(elements(LexborHTMLParser(page)) for page in pages))


@settings(max_examples=120, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
@given(TEXTS, NAMES)
@example("防衛省は、自衛\r隊法第76条を\r改正した。", "a\rb")
@example("=1+1\n'=1\n''-1\n外務省の@SUM", "=1")
@example("<x-evil a=1>防衛省</script><x-evil>は、{{7*7}}\0\ud800「外務省」", "</title><x-evil>")
@example("防衛省\t<x-evil>\n外務省\t</table><x-evil>\n", "x")
def test_what_is_written_of_any_text_can_be_read_again(
    analyze: Analyzer, harmless: set[tuple[str, str]], text: str, name: str
) -> None:
    source = Source("d", text, "0" * 64, title=name, publisher=name, url=name, licence=name)
    document = analyze(source)
    made = list(each_file(document, ("csv", "json")))
    files = {file: encoded(content).decode("utf-8", "surrogatepass") for file, content in made}
    check_tables(document, files)
    check_json(document, files)
    report = render(document)
    page = LexborHTMLParser(report.encode("utf-8", "replace").decode())
    assert not page.css("x-evil")
    assert sorted(elements(page) - harmless) == []
    body = page.css_first("article#text")
    assert body
    assert bare(body.text(deep=True)) == bare(text)
    again = analyze(source)
    assert [(file, encoded(content)) for file, content in each_file(again, ("csv", "json"))] == [
        (file, encoded(content)) for file, content in made
    ]
    assert render(again) == report


SAMPLE = """　防衛省は、平成26年10月3日に、外務省北米局と自衛隊法（昭和29年法律第165号）第76条の改正について協議した。
　２ ０ １ ４ 年 ４ 月、株式会社データ通信研究所はＮＡＴＯ（北大西洋条約機構）の会議に参加した。同年５月、国家安全保障会議が開かれ、
道路交通法第65条第1項の見直しも議論された。➡総務省◆経済産業省
警 察 庁\t令 和 ６ 年 ８ 月
"""
UNSEEN = st.sampled_from(
    "\x00\x01\x07\x1b\x7f\x80\u00ad\u200b\u200d\u2060\ufeff\ufe0e\ufe0f\ufffc\U000e0100\U000e0101\u180b\u202a"
)
BLANKS = st.sampled_from(" \u00a0\u2002\u2003\u2009\u200a\u202f")


@settings(max_examples=30, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.tuples(st.integers(0, len(SAMPLE)), UNSEEN), max_size=40),
    st.lists(BLANKS, min_size=SAMPLE.count(" "), max_size=SAMPLE.count(" ")),
)
def test_what_an_extraction_leaves_between_letters_takes_no_mention_away(
    analyze: Analyzer, inserted: list[tuple[int, str]], blanks: list[str]
) -> None:
    left = iter(blanks)
    damaged = "".join(next(left) if char == " " else char for char in SAMPLE)
    for at, char in sorted(inserted, reverse=True):
        damaged = damaged[:at] + char + damaged[at:]
    whole, found = (analyze(Source("d", text)).entities for text in (SAMPLE, damaged))
    assert len(whole) > 12
    assert [(e.label, e.surface, e.norm, e.article) for e in found] == [
        (e.label, e.surface, e.norm, e.article) for e in whole
    ]
    assert all(damaged[e.start : e.end] == e.text for e in found)
