"""The day on which a document speaks: from what says that it is its own, never from a citation."""

from __future__ import annotations

import re
from datetime import date
from typing import Literal

import pytest

from pipeline import facts
from pipeline.model.evidence import Evidence
from pipeline.model.source import Source
from pipeline.read.day_forms import day_in
from pipeline.read.edition import dated
from pipeline.read.edition_forms import edition_in, folded_line
from pipeline.read.manifest import described
from pipeline.read.titles import real_title
from tests.case_tables import Case, cases

CASE = re.compile("(?:⟪(?P<kind>file|title) (?P<said>.+?)⟫)?(?P<raw>.*)", re.DOTALL)


def source_of(text: str) -> Source:
    case = CASE.fullmatch(text)
    assert case
    raw = case["raw"].replace("⏎", "\n").replace("␌", "\f")
    if case["kind"] == "title":
        return Source(
            "case", raw, title=case["said"], evidence={"title": Evidence("metadata", quote=case["said"])}
        )
    return Source("case", raw, path=case["said"] or "")


@pytest.mark.parametrize("case", cases("editions"), ids=lambda case: case.why)
def test_the_day_of_a_document(case: Case) -> None:
    found = dated(source_of(case.text))
    told = found.evidence["reference_date"]
    said = " ".join(filter(None, (str(found.reference_date or ""), told.source, found.edition)))
    assert said == "; ".join(case.expected), (case.why, told)
    if told.start is not None:
        assert found.raw[told.start : told.end] == told.quote
    if not told.source:
        assert found.evidence.keys() <= {"reference_date", "title"}


PROSE = "\n\n　昨年、港を調べた。\n"
TOLD = "".join(f"　令和{year}年{month}月に港を開いた。\n" for year in (4, 5) for month in range(1, 6))
ISSUED = f"{'港を調べた。' * 300}\n\n令和5年6月30日発行\n"


def speaks(role: str, word: str) -> bool:
    """Whether a document in which a word stands has a day; the role says where it stands."""
    if role == "file":
        return dated(Source("x", TOLD, path=f"{word}.txt")).evidence["reference_date"].source == "file_name"
    word = word.replace("⏎", "\n")
    raw = {"colophon": f"{ISSUED}{word}\n", "issued": f"港の手引\n{word}{PROSE}"}.get(role, word + PROSE)
    return dated(Source("x", raw)).reference_date is not None


@pytest.mark.parametrize(
    "row", facts.rows("edition_words.csv"), ids=lambda row: f"{row['role']}-{row['word']}"
)
def test_every_word_of_editions_has_its_example(row: dict[str, str]) -> None:
    cites = row["role"] in ("citation", "inset", "enactment", "event", "happened")
    assert row["word"].casefold() in row["example"].casefold()
    assert speaks(row["role"], row["example"]) is not cites
    assert speaks(row["role"], row["counter_example"]) is cites


@pytest.mark.parametrize("row", facts.rows("no_titles.csv"), ids=lambda row: row["pattern"])
def test_what_programs_put_for_a_title_is_none(row: dict[str, str]) -> None:
    assert re.fullmatch(row["pattern"], row["example"], re.IGNORECASE)
    assert real_title(row["example"], "a.pdf") == ""
    assert real_title(row["counter_example"], "a.pdf") == row["counter_example"]


@pytest.mark.parametrize(
    "title",
    [
        "",
        " ",
        "Microsoft Word - 01.docx",
        "about:blank",
        "untitled",
        "Ｕｎｔｉｔｌｅｄ",
        "港の調査.docx",
        "港の調査",
    ],
)
def test_no_title(title: str) -> None:
    assert real_title(title, "texts/港の調査.pdf") == ""


@pytest.mark.parametrize(
    ("form", "title", "raw", "wanted"),
    [
        ("pdf", "平成24年度港湾予算", "令 和 ３ 年 度 港 湾 予 算", ""),
        ("pdf", "令和3年度港湾予算", "令 和 ３ 年 度 港 湾 予 算", "令和3年度港湾予算"),
        ("docx", "港湾予算2020", "令和3年度港湾予算", ""),
        ("pdf", "港湾予算", "令和3年度港湾予算", "港湾予算"),
        ("html", "令和3年版港湾白書", "第1章　港", "令和3年版港湾白書"),
    ],
)
def test_a_title_of_another_year_stayed_from_an_older_file(
    form: Literal["pdf", "docx", "html"], title: str, raw: str, wanted: str
) -> None:
    found = described(Source("x", raw, format=form, title=title), {}, "row 2")
    assert (found.title, "title" in found.evidence) == (wanted, bool(wanted))


def test_what_a_source_brings_stays() -> None:
    raw = "令和5年版港湾白書" + PROSE
    given = dated(Source("x", raw, reference_date=date(2023, 6, 9)))
    assert (given.reference_date, given.evidence["reference_date"].source) == (date(2023, 6, 9), "given")
    assert (given.edition, given.title, given.evidence["edition"].source) == (
        "令和5年版",
        "港湾白書",
        "title_page",
    )
    option = dated(Source("x", raw), date(2020, 1, 1))
    assert (option.reference_date, option.evidence["reference_date"].source) == (date(2020, 1, 1), "option")
    assert (option.edition, option.title) == ("", "")


@pytest.mark.parametrize(
    ("edition", "year"),
    [
        ("平成26年版", 2014), ("平成26年版防衛白書", 2014), ("2014", 2014), ("2014年版", 2014), ("平成26年", 2014),
        ("2014（平成26年版）", 2014), ("平成26（2014）年版", 2014), ("平成26年度", 0), ("2014年度", 0), ("第3版", 0),
    ],
)  # fmt: skip
def test_the_edition_of_a_manifest(edition: str, year: int) -> None:
    raw = ("令和5年版港湾白書" if year else "港") + PROSE
    found = dated(Source("x", raw, edition=edition, evidence={"edition": Evidence("manifest")}))
    assert found.reference_date == (date(year, 7, 1) if year else None)
    assert found.evidence["reference_date"].source == ("manifest" if year else "")
    assert found.edition == edition


def test_lines() -> None:
    assert edition_in(folded_line("令和５年版 港湾白書")) == edition_in("令和5年版港湾白書")
    assert edition_in("昭和70年版港湾白書") is edition_in("平成40年版港湾白書") is None
    assert day_in("令和5年2月30日") is None


@pytest.mark.parametrize("unseen", ["\u200b", "\xad", "\u2060", "\ufeff", "\x01", "\ufe00", "\u202a"])
def test_what_leaves_no_mark_does_not_hide_an_edition(unseen: str) -> None:
    raw = f"{unseen}令和5{unseen}年版{unseen}港湾白書\n\n　昨年、港を調べた。\n"
    assert dated(Source("x", raw)).reference_date == date(2023, 7, 1)


@pytest.mark.parametrize(
    ("end", "wanted"),
    [
        ("以上\n\n令和2年3月17日\n港湾対策専門家会議\n座長　港太郎", "2020-03-17"),
        ("以　上\n令和2年3月17日\n港湾対策専門家会議\n座長　港　太郎\n", "2020-03-17"),
        ("令和2年3月17日\n港湾対策専門家会議\n座長　港太郎", "None"),
        ("以上\n令和2年3月17日\n港湾の祭り\n主催　港湾市", "None"),
        ("以上\n令和2年3月17日に港湾が開かれた。\n座長　港太郎", "None"),
    ],
)
def test_a_document_that_closes_with_a_day_and_a_signature_speaks_on_it(end: str, wanted: str) -> None:
    raw = "要望\n\n" + "港湾の整備を進めることを求める。\n" * 200 + end
    assert str(dated(Source("a", raw, "a.txt")).reference_date) == wanted
