"""Cleaning: total, monotone, idempotent, and every character traceable; then case by case."""

from __future__ import annotations

import csv
import re
import unicodedata
from importlib.resources import files

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.clean import clean, fold
from pipeline.entities.laws.registry import instruments
from pipeline.entities.organizations.registry import organizations
from pipeline.model.source import Source
from tests.case_tables import Case, cases, title

# Any Unicode text, and text of the characters that the rules look at, which chance alone seldom makes.
SPECIAL = st.sampled_from(
    "\r\n\f\t 　\u200b\u00ad\u2028\u3099\u309aﾞﾟかｶガ（）()ウ工エ１2，．,.~"
    "Ａ㍻㈱㌔繩髙〜−‐①Ⅳ⼀ﬁ½ｰ´\0\ufeff\U0002f800\U000e0100ー－―-○〇廿拾参二年月日第0O⺠︵\u00a0\ufe0f昭和"
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


SIGN = re.compile(r"<U\+([0-9A-F]{4,6})>")


def told(text: str) -> str:
    """Return a text of the table with the characters that it names by number."""
    return SIGN.sub(lambda match: chr(int(match[1], 16)), text)


@pytest.mark.parametrize("case", cases("characters"), ids=title)
def test_characters(case: Case) -> None:
    assert fold(told(case.text)) == told("; ".join(case.expected))


def listed(name: str) -> list[dict[str, str]]:
    with files("pipeline").joinpath(f"data/{name}").open(encoding="utf-8") as stream:
        return list(csv.DictReader(stream))


def test_radicals_are_those_of_unicode_and_become_letters_of_japanese() -> None:
    rows = listed("radicals.csv")
    radicals = [row["radical"] for row in rows]
    named = [chr(code) for code in range(0x2E80, 0x2F00) if unicodedata.name(chr(code), "")]
    # U+2E80 is the only one to which Unicode gives no letter.
    assert radicals == named[1:]
    for radical in (*radicals, *map(chr, range(0x2F00, 0x2FD6))):
        assert fold(radical) != radical, radical
    # What Unicode itself says of some of them.
    assert all(unicodedata.normalize("NFKC", r["radical"]) in (r["radical"], r["ideograph"]) for r in rows)
    # The letters that PDFs write with them are those of Japan: 戸 for 戶, 黒 for 黑.
    assert fold("⼾⿈⿊⾭⿑⿒⿓⻁⻑⺠") == "戸黄黒青斉歯龍虎長民"


def test_each_numeral_is_read_in_its_example_and_left_in_its_counter_example() -> None:
    for row in listed("numerals.csv"):
        assert row["numeral"] not in fold(row["example"])
        assert row["value"] in fold(row["example"])
        assert fold(row["counter_example"]) == row["counter_example"]


def test_each_series_stays_in_its_columns() -> None:
    for row in listed("series.csv"):
        assert row["example"].replace(" ", "") in row["series"]
        assert fold(row["example"]) == row["example"]


SAMPLE = "　防衛省は、平成26年10月3日に、外務省北米局と自衛隊法第76条の改正について協議した。株式会社データ通信も参加した。"
UNSEEN = st.sampled_from(
    "\0\x01\x07\x1b\x7f\x80\u00ad\u200b\u200d\u2060\ufeff\ufe0f\ufe0e\ufffc\U000e0100\U000e0101\u180b\u202a"
)


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, len(SAMPLE)), UNSEEN), max_size=30))
def test_what_does_not_show_changes_nothing(inserted: list[tuple[int, str]]) -> None:
    raw = SAMPLE
    for at, char in sorted(inserted, reverse=True):
        raw = raw[:at] + char + raw[at:]
    assert fold(raw) == fold(SAMPLE)


@settings(deadline=None)
@given(st.lists(st.sampled_from(" \u00a0\u2002\u2003\u2009\u200a\u202f\u205f"), min_size=9, max_size=9))
def test_blanks_of_any_width_are_blanks(blanks: list[str]) -> None:
    words = ["平成", "26", "年", "10", "月", "3", "日", "第", "76", "条"]
    written = "".join(word + blank for word, blank in zip(words, [*blanks, ""], strict=True))
    assert fold(written) == fold(" ".join(words))


def printed(text: str, width: int) -> str:
    """Return the paragraphs of ``text`` as a PDF library gives printed lines that it joins by blanks."""
    out = []
    for paragraph in text.splitlines():
        lines = [""]
        for char in paragraph:
            if sum(0.5 if one < "\u0100" else 1 for one in lines[-1]) >= width and char not in "、。」）":
                lines.append("")
            lines[-1] += char
        out.append(" ".join(lines))
    return "\n".join(out)


@pytest.mark.parametrize("width", [20, 32, 41])
def test_blanks_where_printed_lines_were_joined_are_dropped(width: int) -> None:
    paragraph = (
        "青葉省は、独立行政法人若葉技術振興機構とともに、地域の産業を支える人材を育てるための計画をまとめた。"
        "計画は令和5年度から始まり、全国の高等学校と大学がこれに加わる。費用の一部は国が負担し、残りは県が負担する。"
        "参加する企業は2024年3月までに200社を超え、その多くが地元の中小企業である。"
    )
    text = "\n".join(
        [paragraph, "計画の名称は、後に改められた。", paragraph[20:], "表1 参加した企業 地域 人数"]
    )
    assert fold(printed(text, width)) == fold(text)


@pytest.mark.parametrize(
    "text",
    [
        "青葉省 若葉省 紅葉省 枯葉省 落葉省 新葉省 黄葉省\n" * 3,
        "会議は十時に始まった。 次の議題へ移った。 質問があった後、委員長がまとめを述べて閉会した。 散会は三時であった。",
        "参加者の氏名と所属は次のとおりである。 " * 3 + "以上",
    ],
    ids=["names", "sentences", "too few"],
)
def test_blanks_that_are_not_always_as_far_apart_stay(text: str) -> None:
    assert fold(text).count(" ") == text.count(" ")


def test_variants_are_single_characters_and_no_standard_is_a_variant() -> None:
    rows = listed("variants.csv")
    assert all(len(row["variant"]) == len(row["standard"]) == 1 and row["reason"] for row in rows)
    assert not {row["variant"] for row in rows} & {row["standard"] for row in rows}
    assert len({row["variant"] for row in rows}) == len(rows)
    assert all(fold(row["variant"]) == row["standard"] for row in rows)


def test_every_repair_says_why() -> None:
    repairs = clean(Source("x", "ﾃﾞﾀ１\r\n繩\u200b㍻（ウ）（工），")).repairs
    assert {repair.reason for repair in repairs} >= {"width", "line end", "misread character", "spelled out"}
    assert all(repair.reason for repair in repairs)


def test_names_are_folded_as_texts_are_cleaned() -> None:
    names = [name.text for record in (*organizations(), *instruments()) for name in record.names]
    assert [name for name in names if fold(name) != clean(Source("", name)).clean] == []


@settings(deadline=None)
@given(ANY_TEXT)
def test_any_text_is_folded_as_it_is_cleaned(text: str) -> None:
    assert fold(text) == clean(Source("", text)).clean
