"""Import after export gives the same gold again, whatever the text; offsets are those that each tool counts."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.model.errors import HakushoError
from pipeline.review.exchange import Format, dump, parse, read, write
from pipeline.review.exchange.pages import Page
from pipeline.scoring.gold import GoldMention, read_gold
from tests.conftest import CHAPTER, ROOT

RAW = "前書き𠮷野家は\r\n日米物品\r\n役務相互提供協定第3条に、2013年[10月]|_*;->\\と\t書く。\n防衛省\u2028も"


def of(raw: str, text: str, label: str, **more: object) -> GoldMention:
    at = raw.index(text)
    return GoldMention("d/1", label, at, at + len(text), text, **more)  # type: ignore[arg-type]


def page() -> Page:
    law = of(
        RAW,
        "日米物品\r\n役務相互提供協定第3条",
        "LAW",
        norm="協定[1]|二",
        article=("3", "4_2"),
        item=("1",),
        note="注\n釈",
    )
    day = of(RAW, "2013年[10月]|_*;->\\", "DATE", norm="2013-10", value="2013-10", mod="APPROX")
    return Page("d/1", RAW, (of(RAW, "𠮷野家", "ORG", norm="吉野家"), law, day, of(RAW, "防衛省", "ORG")))


@pytest.mark.parametrize("form", list(Format))
def test_import_after_export_changes_nothing(form: Format) -> None:
    assert parse(dump([page()], form), {"d/1": RAW}, form) == [page()]


TEXT = st.text(
    st.one_of(st.sampled_from("\n\r\t 年法|[]_\\;*𠮷"), st.characters(exclude_categories=["Cs"])), max_size=50
)


@st.composite
def documents(draw: st.DrawFn) -> Page:
    raw = draw(TEXT)
    edges = sorted(draw(st.sets(st.integers(0, len(raw)), max_size=8)))
    words = st.text(max_size=8)
    mentions = []
    for start, end in zip(edges[::2], edges[1::2], strict=False):
        text = raw[start:end]
        if text and not text[0].isspace() and not text[-1].isspace():
            label: str = draw(st.sampled_from(("ORG", "DATE", "LAW")))
            locator = tuple(draw(st.lists(st.sampled_from(("3", "3_2", "100-107")), max_size=2)))
            mentions.append(
                GoldMention(
                    "d", label, start, end, text, draw(words), draw(words), article=locator, note=draw(words)
                )
            )
    return Page("d", raw, tuple(mentions))


@pytest.mark.parametrize("form", list(Format))
@given(page=documents())
def test_any_text_comes_back(form: Format, page: Page) -> None:
    assert parse(dump([page], form), {"d": page.text}, form) == [page]


def test_offsets_are_those_of_the_tool() -> None:
    line = json.loads(dump([page()], Format.doccano)["doccano.jsonl"])
    assert line["label"][0] == [3, 6, "ORG"]
    result = json.loads(dump([page()], Format.label_studio)["label_studio.json"])[0]["predictions"][0][
        "result"
    ]
    assert result[0]["value"] == {"start": 3, "end": 6, "text": "𠮷野家", "labels": ["ORG"]}
    ann = dump([page()], Format.brat)["d%2F1.ann"].splitlines()
    assert ann[0] == "T1\tORG 3 6\t𠮷野家"
    assert ann[2] == "T2\tLAW 9 13;15 26\t日米物品 役務相互提供協定第3条"
    tsv = dump([page()], Format.webanno)["d%2F1.tsv"]
    assert "\t3-5\t𠮷\t" in tsv or "\t3-6\t𠮷野\t" in tsv
    assert "#Text=日米物品\\r\n#Text=役務相互" in tsv


def test_what_a_tool_adds_and_moves_is_read() -> None:
    line = json.loads(dump([page()], Format.doccano)["doccano.jsonl"])
    line["label"] = [[3, 5, "ORG"], [42, 45, "DATE"]]
    first, second = parse({"x.jsonl": json.dumps(line)}, {"d/1": RAW}, Format.doccano)[0].mentions
    assert (first.text, first.norm) == ("𠮷野", "𠮷野")
    assert (second.label, second.value, second.note) == ("DATE", "", "imported without a value")
    ann = "T1\tORG 3 5\t𠮷野\n"
    assert parse({"d%2F1.ann": ann}, {"d/1": RAW}, Format.brat)[0].mentions == (first,)


def test_a_tool_that_joins_line_ends_is_understood() -> None:
    line = json.loads(dump([page()], Format.doccano)["doccano.jsonl"])
    line["text"] = RAW.replace("\r\n", "\n")
    line["label"] = [[8, 12, "LAW"]]
    assert (
        parse({"x.jsonl": json.dumps(line)}, {"d/1": RAW}, Format.doccano)[0].mentions[0].text == "日米物品"
    )


@pytest.mark.parametrize(
    ("form", "files", "reason"),
    [
        (Format.doccano, {"x.jsonl": "{"}, "no JSON"),
        (Format.doccano, {"x.jsonl": '{"doc_id": "z", "text": "", "label": []}'}, "no text"),
        (Format.doccano, {"x.jsonl": '{"doc_id": "d", "text": "別", "label": []}'}, "another text"),
        (Format.doccano, {"x.jsonl": '{"doc_id": "d", "text": "本文", "label": [[0, 9, "ORG"]]}'}, "doccano"),
        (Format.doccano, {"x.jsonl": '{"doc_id": "d", "text": "本文", "label": [[0, 1, "PER"]]}'}, "'PER'"),
        (Format.label_studio, {"x.json": '[{"data": {}}]'}, "Label Studio"),
        (Format.brat, {"d.ann": "T1 ORG 0 1"}, "tabs"),
        (Format.brat, {"d.ann": "T1\tORG 0 9\t本"}, "behind the text"),
        (Format.webanno, {"d.tsv": "#FORMAT=WebAnno TSV 3.3\n"}, "no layer"),
        (Format.webanno, {"d.tsv": dump([Page("d", "別文", ())], Format.webanno)["d.tsv"]}, "found '別文'"),
    ],
)
def test_bad_files_are_refused(form: Format, files: dict[str, str], reason: str) -> None:
    with pytest.raises(HakushoError, match=reason):
        parse(files, {"d": "本文"}, form)


@pytest.mark.parametrize("form", list(Format))
def test_the_gold_of_the_chapter_makes_the_round_trip(form: Format, tmp_path: Path) -> None:
    gold, texts = ROOT / f"corpus/gold/{CHAPTER}.csv", ROOT / "corpus"
    write(gold, texts, form, tmp_path / "out")
    read(tmp_path / "out", texts, form, tmp_path / "back.csv")
    assert sorted(read_gold(tmp_path / "back.csv"), key=lambda m: m.start) == sorted(
        read_gold(gold), key=lambda m: m.start
    )
