"""The flow from Python: its results as objects and frames, and what holds for any text."""

from __future__ import annotations

import doctest
import gc
import importlib
import pkgutil
from datetime import date
from typing import TYPE_CHECKING, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

import pipeline
from pipeline.document import tables
from pipeline.flow import uncollected
from pipeline.model.errors import HakushoError
from pipeline.model.source import Source
from pipeline.scoring import gold
from pipeline.scoring.evaluate import evaluate
from tests.conftest import CHAPTER, ROOT

if TYPE_CHECKING:
    from pathlib import Path

    from pipeline.flow import Analyzer

# Pieces that the rules look for, so that a random text is a hard one.
PIECES = st.sampled_from(
    "平成 昭和 令和元 25年 13（平成25）年 同年 翌 10月 3日 末 以降 ～ から まで 第 条 項 号 法 法律 条約 に関する 防衛省 自衛隊 "
    "外務省 北米局 委員会 審議会 （ ） 「 」 、 。 \n \n\n \t 　 以下「X」という。 （NSC） National Security Council ^{Gloss Text} "
    "¹ 注1 図表1-2 参照 米 国連 ㍻ ｶﾞ 😀 \u200b ( ) 1 ２ 三 十 同法 旧 改正 案 の 及び ・ -".split(" ")
)
TEXTS = st.one_of(
    st.text(max_size=200),
    st.lists(PIECES, max_size=60).map("".join),
    st.lists(PIECES | st.text(max_size=3)).map("".join),
)


def test_the_package_example() -> None:
    assert doctest.testmod(pipeline).failed == 0


@pytest.mark.parametrize(
    "name",
    [m.name for m in pkgutil.walk_packages(pipeline.__path__, "pipeline.") if m.name != "pipeline.__main__"],
)
def test_docstring_examples(name: str) -> None:
    assert doctest.testmod(importlib.import_module(name)).failed == 0


def test_public_names_exist() -> None:
    assert all(hasattr(pipeline, name) for name in pipeline.__all__)


@given(TEXTS)
def test_any_text_keeps_the_span_invariant(analyze: Analyzer, text: str) -> None:
    document = analyze(Source("x", text, reference_date=date(2014, 8, 5)))
    end = 0
    for entity in document.entities:
        assert text[entity.start : entity.end] == entity.text
        assert entity.start >= end, "mentions do not overlap"
        assert entity.surface.strip()
        end = entity.end
    for sentence in document.sentences:
        assert len(sentence.text) == len(sentence.starts) == len(sentence.ends)
        assert all(0 <= a < b <= len(text) for a, b in zip(sentence.starts, sentence.ends, strict=True))


@given(TEXTS)
def test_the_same_text_gives_the_same_result(analyze: Analyzer, text: str) -> None:
    assert analyze(text).entities == analyze(text).entities


def test_the_collector_of_cycles_has_nothing_to_do(analyze: Analyzer) -> None:
    """It rests while a document is read; so nothing may be left for it, and it must go on afterwards."""
    source = pipeline.read(ROOT / f"corpus/{CHAPTER}.txt")
    analyze(source)
    gc.collect()
    gc.disable()
    try:
        analyze(source)
        assert not gc.isenabled()
        assert gc.collect() == 0
    finally:
        gc.enable()
    analyze(source)
    assert gc.isenabled()
    with pytest.raises(HakushoError), uncollected():
        raise HakushoError("whatever happens")
    assert gc.isenabled()


def test_pipe_equals_calls(analyze: Analyzer) -> None:
    texts = ["防衛省は平成25年に", "国連は同年", ""]
    found = [d.entities for d in analyze.pipe(texts)]
    assert [len(entities) for entities in found] == [2, 2, 0]
    assert found == [analyze(t).entities for t in texts]


def test_frames_have_the_columns_of_the_files(analyze: Analyzer) -> None:
    document = analyze("防衛省は13（平成25）年10月3日、自衛隊法第76条を引いた。")
    for table in ("entities", "sentences", "tokens", "blocks"):
        frame = document.to_frame(table)  # type: ignore[arg-type]
        assert list(frame.columns) == list(tables.columns(table))
        assert len(frame) > 0
    with pytest.raises(ValueError, match="choose one of"):
        document.to_frame("entity")  # type: ignore[arg-type]


def test_read_takes_the_manifest_beside_a_file() -> None:
    source = pipeline.read(ROOT / f"corpus/{CHAPTER}.txt")
    assert (source.doc_id, source.publisher, source.part) == (CHAPTER, "防衛省", "III-2-2")
    assert source.reference_date == date(2014, 8, 5)


def test_an_unknown_analyzer_is_refused() -> None:
    with pytest.raises(HakushoError, match="ginza, sudachi"):
        pipeline.load(analyzer="mecab")


def test_the_edition_gives_the_reference_date(analyze: Analyzer) -> None:
    document = analyze("平成26年版防衛白書\n\n昨年、防衛省は")
    assert [e.value for e in document.entities if e.text == "昨年"] == ["2013"]


def test_both_analyzers_find_the_same_entities(analyze: Analyzer, results: Path) -> None:
    document = analyze(pipeline.read(ROOT / f"corpus/{CHAPTER}.txt"))
    by_ginza = [(m.label, m.start, m.end, m.norm) for m in gold.read_mentions(results / "entities.csv")]
    assert [(e.label, e.start, e.end, e.norm) for e in document.entities] == by_ginza


def test_the_chapter_reaches_what_is_promised(results: Path) -> None:
    scores = evaluate(results / "entities.csv", ROOT / f"corpus/gold/{CHAPTER}.csv")
    for label, least in (("DATE", 0.97), ("LAW", 0.85), ("ORG", 0.85)):
        assert scores.line(label).f1 >= least


def test_a_path_is_read_and_what_cannot_be_meant_is_refused(analyze: Analyzer, tmp_path: Path) -> None:
    path = tmp_path / "memo.txt"
    path.write_text("昨年、防衛省は", encoding="utf-8")
    document = analyze(path)
    assert (document.source.doc_id, document.source.raw) == ("memo", "昨年、防衛省は")
    assert [one.entities for one in analyze.pipe([path, pipeline.read(path)])] == [document.entities] * 2
    with pytest.raises(HakushoError, match=r"is the name of a file.*pathlib\.Path"):
        analyze(str(path))
    for text in ("資料はmemo.txt。", "memo .txt", "防衛省\nmemo.txt", "https://example.jp/a.pdf を参照"):
        assert analyze(text).source.raw == text
    with pytest.raises(TypeError, match="not list; for many there is pipe"):
        analyze([path])  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="many sources"):
        next(analyze.pipe("防衛省は"))  # type: ignore[arg-type]


def test_the_reference_date_may_be_written() -> None:
    written = pipeline.load(analyzer="sudachi", reference_date="2014-08-05")
    given_date = pipeline.load(analyzer="sudachi", reference_date=date(2014, 8, 5))
    assert written("昨年").entities == given_date("昨年").entities
    assert written("昨年").entities[0].value == "2013"
    with pytest.raises(HakushoError, match="YYYY-MM-DD"):
        pipeline.load(analyzer="sudachi", reference_date="5 August 2014")


def test_a_frame_has_the_same_types_whatever_it_holds(analyze: Analyzer) -> None:
    full = analyze("防衛省は13（平成25）年10月3日、自衛隊法第76条を引いた。両国政府は法令を見た。")
    for table in get_args(tables.TableName):
        frame, empty = full.to_frame(table), analyze("").to_frame(table)
        assert list(frame.columns) == list(empty.columns) == list(tables.columns(table))
        assert len(frame) == len(list(full.rows(table))) > 0
        assert not len(empty)
        assert {c: str(t) for c, t in frame.dtypes.items()} == {c: str(t) for c, t in empty.dtypes.items()}
    dates_frame = full.to_frame("dates")
    assert str(dates_frame["era_year"].dtype) == "Int64"
    assert str(dates_frame["start"].dtype) == "int64"
    assert full.to_frame().equals(full.to_frame("entities"))
