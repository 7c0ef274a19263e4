"""Segmentation: both analyzers cover any text with the same tokens; GiNZA's are those of the stock model."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.clean import fold
from pipeline.model.errors import HakushoError
from pipeline.segment import ANALYZERS, load_segmenter
from pipeline.segment.sudachi import LONGEST, SudachiSegmenter, pieces
from tests.conftest import analyzer

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pipeline.model.sentence import Token
    from pipeline.segment import Segmenter
    from pipeline.segment.ginza import GinzaSegmenter

SAMPLES = [
    "平成26年4月、防衛省は日米防衛協力小委員会（SDC）において協議を行った。",
    "外務省北米局長は、国家公務員法第100条第1項の規定に基づき、 情報通信審議会が NATO  に答申した。",
    "選挙管理委員会",
    "令和6年度の当初予算は20%増となり、前年度を上回った。",
    "食べさせられた猫はかわいかったので、走っていった。",
    "3  4　5",
    "日本は国際連合に加盟しており、ASEAN諸国とも協力を進めている。",
    "㎡",
    "",
]


@pytest.fixture(scope="module")
def sudachi() -> Segmenter:
    return load_segmenter("sudachi")


@pytest.fixture(scope="module")
def ginza() -> Segmenter:
    return analyzer("ginza")._segmenter


def tokens(of: Segmenter, text: str) -> tuple[Token, ...]:
    return next(iter(of([text])))


def assert_covers(found: tuple[Token, ...], text: str) -> None:
    """Tokens lie one behind the other, are what stands there, and leave out white space alone."""
    last = 0
    for token in found:
        assert last <= token.start < token.end
        assert not text[last : token.start].strip()
        assert text[token.start : token.end] == token.surface
        assert token.parts[-1] == token.middle[-1] == token.end
        assert list(token.parts) == sorted(set(token.parts))
        assert set(token.middle) <= set(token.parts)
        last = token.end
    assert not text[last:].strip()


SHARED_SUDACHI = SudachiSegmenter()
MIXED = "防衛省は 平成26年4月、（SDC）　とABCを\n"
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=60) | st.text(MIXED)


@settings(deadline=None)
@given(TEXT)
def test_sudachi_covers_any_text(text: str) -> None:
    assert_covers(tokens(SHARED_SUDACHI, fold(text)), fold(text))


@settings(max_examples=30, deadline=None)
@given(texts=st.lists(TEXT, max_size=6))
def test_ginza_covers_any_text_with_the_tokens_of_sudachi(ginza: Segmenter, texts: list[str]) -> None:
    texts = [fold(text) for text in texts]
    for text, found, plain in zip(texts, ginza(texts), SHARED_SUDACHI(texts), strict=True):
        assert_covers(found, text)
        assert [(t.start, t.pos, t.lemma) for t in found] == [(t.start, t.pos, t.lemma) for t in plain]
        assert all(0 <= token.head < len(found) for token in found)


def test_ginza_is_the_stock_model(ginza: Segmenter) -> None:
    stock = spacy.load("ja_ginza")
    for text, found in zip(SAMPLES, ginza(SAMPLES), strict=True):
        wanted = [token for token in stock(text) if not token.is_space]
        place = {token.i: n for n, token in enumerate(wanted)}
        assert [t.surface for t in found] == [t.text for t in wanted]
        assert [t.lemma for t in found] == [t.lemma_ for t in wanted]
        assert [t.pos for t in found] == [t.tag_ for t in wanted]
        assert [t.upos for t in found] == [t.pos_ for t in wanted]
        assert [t.dep for t in found] == [t.dep_ for t in wanted]
        assert [t.head for t in found] == [place.get(t.head.i, n) for n, t in enumerate(wanted)]


def test_bunsetsu_are_numbered_from_the_left(ginza: Segmenter) -> None:
    found = tokens(ginza, "防衛省は協議を行った。")
    numbers = [token.bunsetsu for token in found]
    assert numbers == sorted(numbers)
    assert numbers[0] == 0
    assert len(set(numbers)) == 3


def test_long_and_short_units(sudachi: Segmenter) -> None:
    (token,) = tokens(sudachi, "選挙管理委員会")
    assert (token.parts, token.middle) == ((2, 4, 6, 7), (2, 4, 7))
    assert (token.pos, token.reading, token.lemma) == (
        "名詞-固有名詞-一般",
        "センキョカンリイインカイ",
        "選挙管理委員会",
    )


def test_what_is_remembered_of_words_changes_nothing() -> None:
    """Sudachi joins digits and reads them otherwise from sentence to sentence (28: ニハチ, ニヨウ)."""
    texts = [
        "平成28（2016）年5月28日",
        "28・26件",
        "5月28日",
        "5月28件",
        "第二に",
        "二、三の",
        "DCSDとＤＣＳＤ",
        "EU・ＥＵ・eu",
    ] * 2
    fresh = [next(SudachiSegmenter()([text])) for text in texts]
    assert list(SudachiSegmenter()(texts)) == fresh
    assert list(SudachiSegmenter()(texts[::-1])) == fresh[::-1]


def test_tokens_that_are_alike_are_one_object(sudachi: Segmenter) -> None:
    first, second = sudachi(["防衛省は、", "防衛省が、"])
    assert [a is b for a, b in zip(first, second, strict=True)] == [True, False, True]


def test_pieces_cover_a_text_and_are_cut_at_marks() -> None:
    text = "日本の政府は、協議を行った。" * 3000
    spans = list(pieces(text))
    assert [start for start, _ in spans] == [0, *(end for _, end in spans[:-1])]
    assert spans[-1][1] == len(text)
    assert all(end - start <= LONGEST for start, end in spans)
    assert all(text[end - 1] in "、。" for _, end in spans)


@pytest.mark.parametrize(
    "text", ["日本" * 30_000, "🗾" * 13_000, "1" * 50_000], ids=["kanji", "four bytes", "digits"]
)
def test_long_texts_without_marks(sudachi: Segmenter, text: str) -> None:
    assert_covers(tokens(sudachi, text), text)


def test_a_long_text_is_parsed_in_pieces(ginza: Segmenter) -> None:
    text = "防衛省は、日米間の協議を行った。" * 900
    found = tokens(ginza, text)
    assert_covers(found, text)
    numbers = [token.bunsetsu for token in found]
    assert numbers == sorted(numbers)
    assert all(token.upos for token in found)


@pytest.mark.parametrize("name", ANALYZERS)
def test_versions_are_told(name: str) -> None:
    built = analyzer(name)._segmenter
    assert built.name == name
    assert {"sudachipy", "sudachidict-core"} <= set(built.versions)


def test_an_unknown_analyzer_names_the_known_ones() -> None:
    with pytest.raises(HakushoError, match="choose one of ginza, sudachi"):
        load_segmenter("mecab")


def test_sudachi_alone_does_not_load_spacy() -> None:
    load = "from pipeline.segment import load_segmenter; load_segmenter('sudachi')"
    code = f"import sys; {load}; sys.exit('spacy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_ginza_parses_long_sentences_in_pieces(
    ginza: GinzaSegmenter, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A piece of 12,000 characters once took it ten minutes."""
    text = "防衛省は、自衛隊法を改正し、" * 250
    asked: list[int] = []
    plain = ginza._nlp.pipe

    def pipe(parts: Iterable[str], **more: Any) -> Iterator[Any]:
        taken = list(parts)
        asked.extend(map(len, taken))
        return iter(plain(taken, **more))

    monkeypatch.setattr(ginza._nlp, "pipe", pipe)
    (tokens,) = ginza([text])
    assert sum(asked) == len(text)
    assert max(asked) <= 1000
    assert "".join(token.surface for token in tokens) == text
    assert {token.upos for token in tokens} >= {"NOUN", "VERB", "ADP"}
    assert all(0 <= token.head < len(tokens) for token in tokens)
