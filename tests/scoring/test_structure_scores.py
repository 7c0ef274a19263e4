"""Scores of blocks and sentences: figures worked by hand, the gold itself, and what must be reached."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from pipeline.clean import clean
from pipeline.model.errors import HakushoError
from pipeline.model.source import Source
from pipeline.read import discover, load
from pipeline.scoring.structure import (
    COLUMNS,
    KINDS,
    Page,
    Piece,
    read_structure,
    read_structure_gold,
    score_structure,
)
from pipeline.structure import structure
from tests.conftest import ROOT

CORPUS = ROOT / "corpus"
FOLDERS = {"chapter": CORPUS / "gold/structure", "samples": CORPUS / "samples/gold/structure"}


def texts(part: str) -> dict[str, str]:
    folder = CORPUS if part == "chapter" else CORPUS / "samples"
    return {item.doc_id: load(item).raw for item in discover([str(folder)])}


def found(doc_id: str, raw: str) -> Page:
    blocks, sentences, _ = structure(clean(Source(doc_id, raw)))
    return Page(
        doc_id,
        tuple(Piece(b.start, b.end, b.kind, b.level) for b in blocks),
        tuple(Piece(s.starts[0], s.ends[-1], s.kind) for s in sentences),
    )


RAW = "1 甲\n本文だ。次だ。\n¹ 注\n2 乙\n"
#      0123 45678901 2  345 6 7890
GOLD = Page(
    "x",
    (
        Piece(0, 3, "heading", 1),
        Piece(4, 11, "paragraph"),
        Piece(12, 15, "footnote"),
        Piece(16, 19, "heading", 1),
    ),
    (Piece(0, 3), Piece(4, 8), Piece(8, 11), Piece(14, 15), Piece(16, 19)),
)


def test_figures_worked_by_hand() -> None:
    guess = Page(
        "x",
        (Piece(0, 4, "heading", 1), Piece(4, 15, "paragraph"), Piece(16, 19, "heading", 2)),
        (Piece(0, 3), Piece(4, 11), Piece(12, 15), Piece(16, 19)),
    )
    scores = {
        s.measure: (s.gold, s.predicted, s.matched) for s in score_structure([GOLD], [guess], {"x": RAW})
    }
    assert scores == {
        "sentence boundaries": (5, 4, 4),  # the ends 3, 11, 15 and 19; 8 is missed
        "sentences": (5, 4, 2),  # the first and the last
        "blocks": (4, 3, 2),  # both headings, their blanks not counted
        "block kinds": (4, 4, 3),  # the footnote was taken for the paragraph
        "heading parents": (2, 2, 1),  # the second was put under the first
    }


def test_a_page_that_was_not_found_counts_as_missed() -> None:
    scores = score_structure([GOLD], [], {"x": RAW})
    assert [(s.predicted, s.matched) for s in scores] == [(0, 0), (0, 0), (0, 0), (4, 0), (2, 0)]
    assert [s.f1 for s in scores] == [0.0] * 5


def test_the_inner_block_counts() -> None:
    raw = "前半図表1後半"
    gold = Page("x", (Piece(0, 7, "paragraph"), Piece(2, 5, "caption")), ())
    scores = {s.measure: s.f1 for s in score_structure([gold], [gold], {"x": raw})}
    assert scores["block kinds"] == scores["blocks"] == 1.0


@pytest.mark.parametrize("part", FOLDERS)
def test_the_gold_is_of_its_texts(part: str) -> None:
    raws = texts(part)
    pages = read_structure_gold(FOLDERS[part])
    assert {page.doc_id for page in pages} == set(raws)
    for path in FOLDERS[part].glob("*.csv"):
        with path.open(encoding="utf-8", newline="") as stream:
            reader = csv.DictReader(stream)
            assert tuple(reader.fieldnames or ()) == COLUMNS
            for row in reader:
                raw = raws[row["doc_id"]]
                assert row["doc_id"] == path.stem
                assert raw[int(row["start"]) : int(row["end"])] == row["text"], row
                assert row["text"] == row["text"].strip()
                assert row["kind"] in KINDS
                assert bool(row["level"]) == (row["kind"] == "heading" and row["unit"] == "block")


@pytest.mark.parametrize("part", FOLDERS)
def test_every_sentence_of_the_gold_lies_in_a_block_of_its_kind(part: str) -> None:
    for page in read_structure_gold(FOLDERS[part]):
        for s in page.sentences:
            assert any(b.kind == s.kind and b.start <= s.start < s.end <= b.end for b in page.blocks), (
                page.doc_id,
                s,
            )


@pytest.mark.parametrize(
    ("part", "split", "ends", "kinds"), [("chapter", "", 0.98, 0.97), ("samples", "test", 0.95, 0.95)]
)
def test_what_must_be_reached(part: str, split: str, ends: float, kinds: float) -> None:
    raws = texts(part)
    if split:
        with (CORPUS / "samples/manifest.csv").open(encoding="utf-8") as stream:
            wanted = {row["doc_id"] for row in csv.DictReader(stream) if row["split"] == split}
        raws = {doc_id: raw for doc_id, raw in raws.items() if doc_id in wanted}
    pages = [page for page in read_structure_gold(FOLDERS[part]) if page.doc_id in raws]
    scores = {
        s.measure: s.f1 for s in score_structure(pages, [found(d, raw) for d, raw in raws.items()], raws)
    }
    assert scores["sentence boundaries"] >= ends
    assert scores["sentences"] >= ends
    assert scores["block kinds"] >= kinds


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("doc_id,unit\nx,block\n", "the columns are doc_id,unit,kind"),
        (
            "doc_id,unit,kind,level,start,end,text,note\nx,block,title,,0,1,a,\n",
            "row 2: no unit 'block' of kind 'title'",
        ),
        ("doc_id,unit,kind,level,start,end,text,note\nx,block,heading,1,a,1,a,\n", "is no structure gold"),
    ],
)
def test_faulty_gold_is_named(tmp_path: Path, content: str, reason: str) -> None:
    (tmp_path / "x.csv").write_text(content, encoding="utf-8")
    with pytest.raises(HakushoError, match=r"x\.csv") as caught:
        read_structure_gold(tmp_path)
    assert reason in str(caught.value)


def test_a_damaged_prediction_is_named(tmp_path: Path) -> None:
    (tmp_path / "structure.json").write_text("{}", encoding="utf-8")
    with pytest.raises(HakushoError, match="run 'hakusho run' with --format json"):
        read_structure(tmp_path / "structure.json")
