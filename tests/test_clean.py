"""Cleaning: total, monotone, idempotent, and every character traceable; then case by case."""

from __future__ import annotations

import csv
from importlib.resources import files

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.clean import clean, fold
from pipeline.model.source import Source

# Any Unicode text, and text of the characters that the rules look at, which chance alone seldom makes.
SPECIAL = st.sampled_from(
    "\r\n\f\t 　\u200b\u00ad\u2028\u3099\u309aﾞﾟかｶガ（）()ウ工エ１2，．,.~"
    "Ａ㍻㈱㌔繩髙〜−‐①Ⅳ⼀ﬁ½ｰ´\0\ufeff\U0002f800\U000e0100"
)
ANY_TEXT = (
    st.text(st.characters(exclude_categories=["Cs"])) | st.text(SPECIAL) | st.text(st.characters() | SPECIAL)
)


@settings(deadline=None)
@given(ANY_TEXT)
def test_each_character_has_its_origin_and_origins_never_go_back(raw: str) -> None:
    text = clean(Source("x", raw))
    assert len(text.clean) == len(text.starts) == len(text.ends)
    assert list(text.starts) == sorted(text.starts)
    assert list(text.ends) == sorted(text.ends)
    assert all(0 <= start < end <= len(raw) for start, end in zip(text.starts, text.ends, strict=True))


@settings(deadline=None)
@given(ANY_TEXT)
def test_what_no_repair_touched_is_as_it_was(raw: str) -> None:
    text = clean(Source("x", raw))
    repaired = {i for repair in text.repairs for i in range(repair.start, repair.end)}
    kept = [i for i in range(len(raw)) if i not in repaired]
    origin = dict(zip(text.starts, text.clean, strict=True))
    assert [origin.get(i) for i in kept] == [raw[i] for i in kept]
    for char, start, end in zip(text.clean, text.starts, text.ends, strict=True):
        if start not in repaired:
            assert raw[start:end] == char


@settings(deadline=None)
@given(ANY_TEXT)
def test_cleaning_a_clean_text_changes_nothing(raw: str) -> None:
    once = clean(Source("x", raw))
    twice = clean(Source("x", once.clean))
    assert twice.clean == once.clean
    assert twice.repairs == ()


@pytest.mark.parametrize(
    ("raw", "wanted"),
    [
        ("平成３年４月", "平成3年4月"),
        ("ＮＡＴＯ（北大西洋条約機構）", "NATO（北大西洋条約機構）"),
        ("ACSA(協定)", "ACSA（協定）"),
        ("ﾃﾞｼﾞﾀﾙ庁", "デジタル庁"),
        ("か\u3099いむ省", "がいむ省"),
        ("か\u200b\u3099", "が"),
        ("㍻25年㈱", "平成25年（株）"),
        ("沖繩の搜索", "沖縄の捜索"),
        ("（ア）（イ）（ウ）海（工）空", "（ア）（イ）（ウ）海（エ）空"),
        ("工業（工）", "工業（工）"),
        ("１，０００人", "1,000人"),
        ("政府は，本年，", "政府は、本年、"),
        ("14．3％", "14.3%"),
        ("３．資本の自由化", "3.資本の自由化"),
        ("（備考）１．大蔵省資料による。", "（備考）1.大蔵省資料による。"),
        ("ア．概要", "ア.概要"),
        ("取り組んだ．次に", "取り組んだ。次に"),
        ("平成10．", "平成10。"),
        ("文学,美術,米国,EU,国連", "文学、美術、米国、EU、国連"),
        ("1,000円,20円", "1,000円、20円"),
        ("Act, 1990, 13,14日", "Act, 1990, 13,14日"),
        ("である.また、", "である。また、"),
        ("昭和43~47年 http://a.jp/~b", "昭和43～47年 http://a.jp/~b"),
        ("政策\r\n調整\r次\f頁", "政策\n調整\n次\n頁"),
        ("海\u00ad上保安\u200b庁\0", "海上保安庁"),
        ("昭和60〜63年", "昭和60～63年"),
        ("Ⅲ－２－２", "Ⅲ-2-2"),
        ("\ud800外務省", "外務省"),
    ],
)
def test_repairs(raw: str, wanted: str) -> None:
    assert fold(raw) == wanted


def test_variants_are_single_characters_and_no_standard_is_a_variant() -> None:
    with files("pipeline").joinpath("data/variants.csv").open(encoding="utf-8") as stream:
        rows = list(csv.DictReader(stream))
    assert all(len(row["variant"]) == len(row["standard"]) == 1 and row["reason"] for row in rows)
    assert not {row["variant"] for row in rows} & {row["standard"] for row in rows}
    assert len({row["variant"] for row in rows}) == len(rows)
    assert all(fold(row["variant"]) == row["standard"] for row in rows)


def test_every_repair_says_why() -> None:
    repairs = clean(Source("x", "ﾃﾞﾀ１\r\n繩\u200b㍻（ウ）（工），")).repairs
    assert {repair.reason for repair in repairs} >= {"width", "line end", "misread character", "spelled out"}
    assert all(repair.reason for repair in repairs)
