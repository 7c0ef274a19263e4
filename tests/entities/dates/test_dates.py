"""DATE: a table of expressions, facts and their examples, any text, linear time."""

from __future__ import annotations

import csv
import re
from calendar import monthrange
from contextlib import suppress
from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from edtf import parse_edtf
from hypothesis import given
from hypothesis import strategies as st

from pipeline.clean import clean
from pipeline.entities.dates.candidates import candidates
from pipeline.entities.dates.facts import CONTEXTS, modifiers
from pipeline.entities.dates.parse import NotADateError, parse_date
from pipeline.entities.dates.recognize import recognize
from pipeline.entities.dates.resolve import DateResolver
from pipeline.model.sentence import Analysis, Sentence
from pipeline.model.source import Source
from pipeline.structure import structure
from tests.case_tables import Case, cases, title
from tests.conftest import ROOT
from tests.growth import assert_linear

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.entities.dates.values import ResolvedDate

HERE = ROOT / "tests"
DATA = HERE.parent / "pipeline" / "data"


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


CASES = cases("dates")
# The marks hold the whole text of a case: it is read alone.
ALONE = [case for case in CASES if case.marked == (case.text,)]
IN_TEXT = [case for case in CASES if case.marked != (case.text,)]


def dates(raw: str, reference: date | None = None) -> list[tuple[str, ResolvedDate]]:
    """The dates of a text with their values, without an analyzer."""
    return [(text, value) for _, text, value in placed(raw, reference)]


def placed(raw: str, reference: date | None) -> list[tuple[tuple[int, int], str, ResolvedDate]]:
    """The dates of a text with their places in it."""
    sentences = structure(clean(Source("text", raw))).sentences
    mentions = list(recognize([Analysis(sentence, ()) for sentence in sentences]))
    return list(_resolved(DateResolver(sentences, reference), sentences, mentions))


def test_the_days_of_every_year_are_no_date() -> None:
    text = "毎年11月12日から同月25日まで、平成29年には11月に、運動を行う。例年4月から6月まで。"
    assert [found for found, _ in dates(text, date(2017, 7, 1))] == ["平成29年", "11月"]


def test_rows_that_run_over_the_new_year_leave_the_year_open() -> None:
    text = "説明会　11月20日\n\n締切　12月20日\n\n面接　1月7日"
    found = dates(text, date(2021, 11, 15))
    assert [value.value for _, value in found] == ["2021-11-20", "2021-12-20", "XXXX-01-07"]
    assert found[-1][1].flags == ("unresolved_anaphora",)


@pytest.mark.parametrize(
    ("cells", "wanted"),
    [
        (("平成30年", "31年～35年", "36年～40年", "41年～"), ["平成30年"]),
        (("平成30年", "31年～35年", "36年～40年", "41年以上"), ["平成30年"]),
        (("昭和26年～35年", "36年～45年", "46年～"), ["昭和26年～35年", "36年～45年", "46年"]),
        (("平成13年～15年", "16年～20年"), ["平成13年～15年", "16年～20年"]),
    ],
)
def test_bands_of_years_in_a_column_are_lengths(cells: tuple[str, ...], wanted: list[str]) -> None:
    found = structure(clean(Source("text", "。".join(cells)))).sentences[:1] * len(cells)
    rows = [replace(found[0], text=cell, kind="table", row=at) for at, cell in enumerate(cells)]
    mentions = recognize([Analysis(sentence, ()) for sentence in rows])
    assert [cells[one.sentence][one.start : one.end] for one in mentions] == wanted


def _resolved(resolver, sentences, mentions) -> Iterator[tuple[tuple[int, int], str, ResolvedDate]]:
    for index, mention in enumerate(mentions):
        found = resolver.resolve(index, mention, mention.payload)
        if found is not None:
            sentence = sentences[mention.sentence]
            span = (sentence.starts[mention.start], sentence.ends[mention.end - 1])
            yield span, sentence.text[mention.start : mention.end], found


def alone(text: str) -> Sentence:
    positions = range(len(text))
    return Sentence("s", text, positions, positions, "paragraph", "b")


def written(found: ResolvedDate) -> str:
    """Write a value as the table does."""
    return " ".join([*filter(None, (found.value, found.mod)), *(f"!{flag}" for flag in found.flags)])


def test_the_table_is_large_and_has_no_row_twice() -> None:
    assert len(ALONE) >= 500
    assert len(IN_TEXT) >= 200
    assert len({(case.text, case.reference_date) for case in CASES}) == len(CASES)


@pytest.mark.parametrize("case", ALONE, ids=title)
def test_expression(case: Case) -> None:
    assert (written(parse_date(case.text, reference=case.reference_date)),) == case.expected, case.why


@pytest.mark.parametrize("case", IN_TEXT, ids=title)
def test_expression_in_text(case: Case) -> None:
    found = placed(case.text, case.reference_date)
    assert tuple(span for span, _, _ in found) == case.spans, case.why
    assert tuple(written(value) for _, _, value in found) == case.expected, case.why


@pytest.mark.parametrize(
    ("text", "era", "value"),
    [
        ("同18年", "平成", "2006"),
        ("9年4月", "平成", "1997-04"),
        ("13（同25）年10月", "平成", "2013-10"),
        ("翌97（同9）年", "平成", "1997"),
        ("10年5月から6月", "平成", "1998-05/1998-06"),
        ("60年3月", "昭和", "1985-03"),
        ("元年12月", "令和", "2019-12"),
        ("40年代", "昭和", "1965/1974"),
        ("72（同47）年", "昭和", "1972"),
        ("12年9月1日", "大正", "1923-09-01"),
    ],
)
def test_expression_in_an_era(text: str, era: str, value: str) -> None:
    assert written(parse_date(text, era=era)) == value


VALUES = {item.partition(" ")[0] for case in CASES for item in case.expected if not item.startswith("!")}


@pytest.mark.parametrize("value", sorted(VALUES))
def test_values_are_edtf(value: str) -> None:
    parse_edtf(value)


# -- facts carry their examples ----------------------------------------------------------------------------


@pytest.mark.parametrize("row", rows(DATA / "date_modifiers.csv"), ids=lambda row: row["surface"])
def test_modifier_matches_its_example_only(row: dict[str, str]) -> None:
    reference = date(2014, 8, 5)
    example = [value.mod for _, value in dates(f"平成元年、{row['example']}", reference)]
    assert example[-1] == row["mod"] == modifiers()[row["surface"]]
    counter = dates(f"平成元年、{row['counter_example']}", reference)
    assert not counter or counter[-1][1].mod != row["mod"]


@pytest.mark.parametrize(
    "row", rows(DATA / "date_contexts.csv"), ids=lambda row: row["place"] + row["surface"]
)
def test_context_excludes_its_example_only(row: dict[str, str]) -> None:
    reference = date(2014, 8, 5)
    example = row["example"]
    assert row["surface"] in example
    kept = {text for text, _ in dates(row["counter_example"], reference)}
    left = {text for text, _ in dates(example, reference)}
    assert kept
    assert not any(
        text and example.endswith(text) and row["place"] in ("before_number", "recurrent") for text in left
    )
    assert example not in left
    assert row["place"] in (*CONTEXTS, "recurrent")


MARKED = re.compile("⟦(.*?)(?:=(.*?))?⟧")


LISTED = [(row["surface"], row) for row in rows(DATA / "date_words.csv")]
# The words of what may be a date: their examples mark what is a candidate.
CANDIDATE_WORDS = [(word, row) for word, row in LISTED if "candidate" in row["list"]]
WORDS = [pair for pair in LISTED if pair not in CANDIDATE_WORDS]
WORDS += [(row["name"], row) for row in rows(DATA / "date_years.csv")]


@pytest.mark.parametrize(
    ("word", "row"), WORDS, ids=lambda part: part.get("list", "year") if isinstance(part, dict) else part
)
def test_a_word_makes_the_dates_that_its_example_marks(word: str, row: dict[str, str]) -> None:
    """An example marks its dates by ⟦ and ⟧, some with their value behind =."""
    assert word in row["example"].replace("⟦", "").replace("⟧", "")
    # What is to come is told at the end of a year.
    month = 11 if row.get("list") in ("to_come", "told_anew", "no_plan", "act_to_come") else 8
    for example in (row["example"], row["counter_example"]):
        found = dates(MARKED.sub(r"\1", example), date(2014, month, 5))
        wanted = MARKED.findall(example)
        assert [text for text, _ in found] == [text for text, _ in wanted]
        assert all(value in ("", one.value) for (_, value), (_, one) in zip(wanted, found, strict=True))


@pytest.mark.parametrize(("word", "row"), CANDIDATE_WORDS)
def test_a_word_makes_the_candidates_that_its_example_marks(word: str, row: dict[str, str]) -> None:
    assert word in row["example"].replace("⟦", "").replace("⟧", "")
    for example in (row["example"], row["counter_example"]):
        text = MARKED.sub(r"\1", example)
        found = candidates([Analysis(alone(text), ())])
        assert [text[one.start : one.end] for one in found] == [
            marked for marked, _ in MARKED.findall(example)
        ]


# -- months and years, written and read back (every day: test_every_day.py) ---------------------------------


def test_every_month_and_year_reads_back() -> None:
    for year in range(1869, 2101):
        assert parse_date(f"{year}年").value == str(year)
        assert parse_date(f"{year}年度").value == f"{year}-04/{year + 1}-03"
        for month in range(1, 13):
            found = parse_date(f"{year}年{month}月")
            assert (found.value, found.first) == (f"{year}-{month:02d}", date(year, month, 1))
            assert found.last == date(year, month, monthrange(year, month)[1])


# -- any text ----------------------------------------------------------------------------------------------

ALPHABET = (
    list(
        "0123456789〇一二三四五六七八九十百千元正同翌前本今昨去来当先明年月日度末頃以降春夏秋冬世紀代上中下旬半"
    )
    + list("（）()・、。～-－/. 　MTSHR第のからまで及び火土")
    + ["平成", "昭和", "令和", "四半期", "以前", "ないし", "2013", "13（平成25）年", "\n", "\t", "\u200b"]
)
TEXTS = st.one_of(st.text(), st.lists(st.sampled_from(ALPHABET), max_size=40).map("".join))


@given(TEXTS, st.one_of(st.none(), st.dates()))
def test_any_text_gives_spans_in_order_and_valid_values(text: str, reference: date | None) -> None:
    sentences = structure(clean(Source("text", text))).sentences
    mentions = list(recognize([Analysis(sentence, ()) for sentence in sentences]))
    for mention in mentions:
        assert 0 <= mention.start < mention.end <= len(sentences[mention.sentence].text)
    for one, two in pairwise(mentions):
        assert (one.sentence, one.end) <= (two.sentence, two.start) or one.sentence < two.sentence
    resolver = DateResolver(sentences, reference)
    for _, _, found in _resolved(resolver, sentences, mentions):
        assert found.value or found.flags
        if found.value:
            parse_edtf(found.value)


@given(TEXTS)
def test_parse_date_returns_or_says_that_it_is_no_date(text: str) -> None:
    with suppress(NotADateError):
        found = parse_date(text, reference=date(2014, 8, 5))
        assert found.value or found.flags


def test_parse_date_errors() -> None:
    with pytest.raises(NotADateError, match=r"only .平成25年. is one in"):
        parse_date("平成25年の白書")
    with pytest.raises(NotADateError, match="none is in"):
        parse_date("防衛省")
    with pytest.raises(ValueError, match="no era '康熙'"):
        parse_date("3年", era="康熙")


def test_what_a_date_leans_on_is_named() -> None:
    found = dates("平成22年3月に発足した。概要は次のとおりである。同年10月に改定した。")
    assert (found[1][1].value, found[1][1].antecedent) == ("2010-10", 0)


def test_a_note_does_not_steal_the_running_date() -> None:
    texts = (
        ("平成22年3月に発足した。", "paragraph"),
        ("平成15年5月に廃止された。", "footnote"),
        ("同年10月に改定した。", "paragraph"),
    )
    sentences = [
        Sentence(f"s{n}", text, range(len(text)), range(len(text)), kind, f"b{n}")
        for n, (text, kind) in enumerate(texts)
    ]
    mentions = list(recognize([Analysis(sentence, ()) for sentence in sentences]))
    found = [value.value for _, _, value in _resolved(DateResolver(sentences, None), sentences, mentions)]
    assert found == ["2010-03", "2003-05", "2010-10"]


def test_a_table_row_carries_its_date_on() -> None:
    found = dates("年\t月日\t事項\n平成22年\t3月15日\t発足\n\t5月20日\t改定\n\n　本文である。")
    assert [value.value for _, value in found] == ["2010", "2010-03-15", "2010-05-20"]


def test_a_table_goes_on_from_its_caption() -> None:
    found = dates(
        "平成29年に始めた。\n\n表1　平成28年の月別件数\n\n区分\t1月\t2月\n件数\t10\t20\n\n　12月に終えた。"
    )
    assert [value.value for _, value in found] == ["2017", "2016", "2016-01", "2016-02", "2017-12"]


# -- linear time -------------------------------------------------------------------------------------------

ADVERSE = [
    "1",
    "12",
    "一",
    "十",
    "〇一二",
    "（",
    "13（平成",
    "平成1",
    "1、",
    "1～",
    "2013.",
    "同",
    "年",
    "1月",
    "元年、",
    "一・",
    "20年（",
]


def read(text: str) -> None:
    sentences = [alone(text)]
    mentions = list(recognize([Analysis(sentences[0], ())]))
    list(_resolved(DateResolver(sentences, date(2014, 8, 5)), sentences, mentions))


@pytest.mark.parametrize("unit", ADVERSE)
def test_time_grows_linearly(unit: str) -> None:
    """The benchmark shows the growth to 1,000,000 characters."""
    assert_linear(read, unit * (8_000 // len(unit)), unit * (32_000 // len(unit)))


def test_without_a_reference_date_a_bare_year_is_no_guess() -> None:
    found = dates("58年ごろには、17年5月に制定された法律が論じられた。平成元年には改正された。")
    assert [(text, date.value, date.flags) for text, date in found] == [
        ("58年ごろ", "", ("no_reference_date",)),
        ("17年5月", "", ("no_reference_date",)),
        ("平成元年", "1989", ()),
    ]
