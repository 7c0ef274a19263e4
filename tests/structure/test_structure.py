"""Structure: what must hold for any text, then line by line, then speed."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.clean import clean
from pipeline.model.page import Block
from pipeline.model.sentence import Sentence
from pipeline.model.source import Source, Text
from pipeline.model.width import width_of
from pipeline.structure import structure
from pipeline.structure.schemes import SCHEMES, scheme
from pipeline.structure.sentences import split
from tests.case_tables import Case, cases
from tests.hard_texts import HARD

LINES = st.sampled_from(
    [
        "第3節　電波利用の現状",
        "（1）日米両国政府は、",
        "の協議を進めた。",
        "　平成26年4月、政府は",
        "図表1-2-3　推移",
        "（注1）出典は総務省",
        "¹ 周辺事態",
        "- 40 -",
        "\f",
        "",
        "年度	人員	件数",
        "昭和60年 1,234 5,678",
        "①協議",
        "（SDC）^{Subcommittee for Defense}",
        "（CDPWG) Cyber Defense Policy Working Group を",
        "報告3。",
        "「",
        "」",
        "| a | b |",
        "参照 図1、",
    ]
)
SPECIAL = st.sampled_from("\n\r\f\t 　。、！？「」（）『』^{}¹²注※1２第章節図表ア①◆・-|AaBb 年")
ANY_TEXT = (
    st.text(st.characters(exclude_categories=["Cs"]))
    | st.text(SPECIAL)
    | st.lists(LINES | st.text(SPECIAL, max_size=30)).map("\n".join)
)
# In a case: a line end, the end of a page, a tab, and the stroke itself.
PAGE_SIGNS = str.maketrans({"/": "\n", "¶": "\f", "⇥": "\t", "／": "/"})
# Long enough to show what is lost, short enough for a test.
SIZE = 12_000
# What may stay outside sentences: markers of notes, numbers of notes, ^{}, strokes of tables.
MARKS = set("⁰¹²³⁴⁵⁶⁷⁸⁹0123456789注※（）〔〕［］^{}|")


def read_as(raw: str) -> tuple[Text, tuple[Block, ...], tuple[Sentence, ...]]:
    text = clean(Source("x", raw))
    blocks, sentences, _ = structure(text)
    return text, blocks, sentences


@settings(deadline=None)
@given(ANY_TEXT)
def test_sentences_are_made_of_the_text_and_of_nothing_else(raw: str) -> None:
    text, _, sentences = read_as(raw)
    origins = {(s, e, c) for s, e, c in zip(text.starts, text.ends, text.clean, strict=True)}
    for sentence in sentences:
        assert sentence.text
        assert sentence.text == sentence.text.strip()
        assert len(sentence.text) == len(sentence.starts) == len(sentence.ends)
        assert list(sentence.starts) == sorted(sentence.starts)
        for start, end, char in zip(sentence.starts, sentence.ends, sentence.text, strict=True):
            assert (start, end, char) in origins or (char == " " and (start, end, "\n") in origins)
        assert 0 <= sentence.starts[0] < sentence.ends[-1] <= len(raw)


@settings(deadline=None)
@given(ANY_TEXT)
def test_no_character_is_in_two_sentences_and_none_is_lost(raw: str) -> None:
    text, _, sentences = read_as(raw)
    used = sorted(
        (start, end, char)
        for sentence in sentences
        for start, end, char in zip(sentence.starts, sentence.ends, sentence.text, strict=True)
        if not char.isspace()
    )
    there = sorted(
        (start, end, char)
        for start, end, char in zip(text.starts, text.ends, text.clean, strict=True)
        if not char.isspace()
    )
    lost = list(there)
    for item in used:
        lost.remove(item)
    assert {char for _, _, char in lost} <= MARKS


@settings(deadline=None)
@given(ANY_TEXT)
def test_blocks_hold_their_sentences(raw: str) -> None:
    _, blocks, sentences = read_as(raw)
    spans = {block.block_id: (block.start, block.end) for block in blocks}
    assert len(spans) == len(blocks)
    for sentence in sentences:
        start, end = spans[sentence.block_id]
        assert start <= sentence.starts[0] < sentence.ends[-1] <= end


@settings(deadline=None)
@given(ANY_TEXT)
def test_sentences_are_numbered_in_text_order(raw: str) -> None:
    sentences = read_as(raw)[2]
    assert [s.sentence_id for s in sentences] == [f"s{n:05d}" for n in range(len(sentences))]
    assert [s.starts[0] for s in sentences] == sorted(s.starts[0] for s in sentences)


@settings(deadline=None)
@given(st.text(SPECIAL) | st.text())
def test_split_covers_the_text(text: str) -> None:
    assert "".join(text[a:b] for a, b in split(text)) == text


@pytest.mark.parametrize("case", cases("sentences"), ids=lambda case: case.why)
def test_sentences_of_a_page(case: Case) -> None:
    sentences = read_as(case.text.translate(PAGE_SIGNS))[2]
    assert tuple(f"{s.kind}:{s.text}" for s in sentences) == case.expected


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("行く。来る。", ["行く。", "来る。"]),
        ("「行く。」と言った。次へ。", ["「行く。」と言った。", "次へ。"]),
        ("政府（日本。）は行く。", ["政府（日本。）は行く。"]),
        ("行くか？行こう！", ["行くか？", "行こう！"]),
        ("本当か！？そうだ。", ["本当か！？", "そうだ。"]),
        ("述べた。）次へ。", ["述べた。）", "次へ。"]),
        ("一；二；三。", ["一；二；三。"]),
        ("次のとおり：一、二。", ["次のとおり：一、二。"]),
        ("Yahoo! JAPANを使う。", ["Yahoo! JAPANを使う。"]),
        ("http://a.jp/List.do?bid=1を見よ。", ["http://a.jp/List.do?bid=1を見よ。"]),
        ("「閉じない。次へ。", ["「閉じない。", "次へ。"]),
        ("3.5%増。14.3%減。", ["3.5%増。", "14.3%減。"]),
        ("", []),
    ],
)
def test_split(text: str, wanted: list[str]) -> None:
    assert [text[a:b] for a, b in split(text)] == wanted


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("第2部 分析", "部"),
        ("第１章第２節 総論".replace("１", "1").replace("２", "2"), "章"),
        ("序章　白書のあゆみ", "章"),
        ("第5編　刑事司法", "編"),
        ("第2　宅地の供給", "第1"),
        ("1-2-3 動向", "1-2"),
        ("Ⅰ 総論", "Ⅰ"),
        ("1 同盟強化", "1"),
        ("3.資本の自由化", "1"),
        ("一　総説", "一"),
        ("（一）総説", "(一)"),
        ("（1）概観", "(1)"),
        ("1）個人市場", "1)"),
        ("①協議", "①"),
        ("ア　概要", "ア"),
        ("（ア）目的", "(ア)"),
        ("（a）概要", "(a)"),
        ("A　各種通信", "A"),
        ("◆1　立地", "◆"),
        ("■動向", "◆"),
        ("●動向", "◆"),
        ("コラム　制度", "コラム"),
        ("本章では", ""),
        ("第3国の", ""),
        ("10.5%増", ""),
        ("アジア太平洋", ""),
    ],
)
def test_heading_schemes(title: str, name: str) -> None:
    assert scheme(title) == name


def test_scheme_names_are_distinct() -> None:
    assert len({name for name, _ in SCHEMES}) == len(SCHEMES)


def test_sections_are_paths_of_headings() -> None:
    raw = "第1章　総論\n第2節　現状\n1　概要\n　本文だ。\n2　対策\n　対策だ。\n第3節　課題\n　課題だ。\n"
    sections = [s.section for s in read_as(raw)[2] if s.kind == "paragraph"]
    assert sections == [
        ("第1章　総論", "第2節　現状", "1　概要"),
        ("第1章　総論", "第2節　現状", "2　対策"),
        ("第1章　総論", "第3節　課題"),
    ]


def test_cells_know_row_and_column() -> None:
    cells = [(s.text, s.row, s.column) for s in read_as("年\t人員\n昭和60年\t\n\t12\n")[2]]
    assert cells == [("年", 0, 0), ("人員", 0, 1), ("昭和60年", 1, 0), ("12", 2, 1)]


PAGES = [
    (
        "　警察庁は、平成16年４月、刑事局に組織犯罪対策部を設置するとともに、警備局に外事情報部を設置した。"
        "また、第159回国会で成立した警察法の一部を改正する法律（平成16年法律第25号）に基づき、国家公安委員会の下で、"
        "都道府県警察との連携を強化することとした。"
    ),
    (
        "　昭和四十五年十二月の臨時国会においては、公害対策基本法の一部を改正する法律等十四の公害関係法律が"
        "成立し、昭和四十六年七月一日には環境庁が発足した。環境庁は、公害の防止並びに自然環境の保護及び整備を図り、"
        "もって国民の健康で文化的な生活の確保に寄与することを任務としている。"
    ),
    (
        "　日米両国政府は、日米安全保障協議委員会において「日米防衛協力のための指針」の見直しを了承し、"
        "防衛協力小委員会（ＳＤＣ）に対して検討を指示した。これを受けて、外務省北米局及び防衛省防衛政策局は、"
        "在日米軍司令部との間で作業部会を設けた。"
    ),
    (
        "　国際連合海洋法条約は、1994年11月16日に発効し、我が国は1996年６月に同条約を批准した。"
        "海上保安庁は、同条約及び領海及び接続水域に関する法律に基づき、尖閣諸島周辺の領海において巡視船艇による警備を行っている。"
    ),
]


def wrapped(text: str, width: int) -> list[str]:
    """Break a text as a printer does: no mark that closes begins a line, none that opens ends one."""
    lines = []
    while width_of(text) > width:
        cut = max(n for n in range(len(text)) if width_of(text[:n]) <= width)
        while text[cut : cut + 1] and text[cut] in "、。）」ーゃゅょっ":
            cut += 1
        while text[cut - 1] in "（「":
            cut -= 1
        lines.append(text[:cut])
        text = text[cut:]
    return [*lines, text] if text else lines


@pytest.mark.parametrize("width", range(14, 61))
@pytest.mark.parametrize("page", [7, 1000], ids=["pages", "one page"])
def test_a_broken_text_has_the_sentences_of_the_whole(width: int, page: int) -> None:
    whole = [s.text for s in read_as("\n".join(PAGES))[2]]
    lines = [line for text in PAGES for line in wrapped(text, width)]
    for number, at in enumerate(range(page, len(lines), page)):
        lines[at + 3 * number : at + 3 * number] = ["", f"　　　　－ {number + 1} －", "\f"]
    found = [s.text for s in read_as("\n".join(lines))[2] if s.kind not in ("page_number", "running_head")]
    assert found == whole


@pytest.mark.parametrize("raw", [unit * (SIZE // len(unit)) for unit in HARD.values()], ids=HARD.keys())
def test_hard_texts_lose_nothing(raw: str) -> None:
    """What might make a pattern look far; how the time grows is measured in the benchmark."""
    text, blocks, sentences = read_as(raw)
    assert blocks or not raw.strip()
    kept = sum(not char.isspace() for sentence in sentences for char in sentence.text)
    there = sum(not char.isspace() and char not in MARKS for char in text.clean)
    assert there <= kept <= sum(not char.isspace() for char in text.clean)
