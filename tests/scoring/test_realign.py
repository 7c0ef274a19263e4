"""Gold moves with its text: the same mentions at their new places, and nothing guessed."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.scoring.gold import GoldMention, read_gold
from pipeline.scoring.realign import realign
from tests.conftest import hakusho

OLD = (
    "青葉の施策について述べる。外務省は、平成25年に調査を始めた。\n第二に、財務省が予算を定め、\n報告した。"
    "最後に、防衛省は訓練を三度おこない、その結果を公にした。"
)
NAMES = (("外務省", "ORG"), ("平成25年", "DATE"), ("財務省", "ORG"), ("防衛省", "ORG"))


def gold(text: str) -> list[GoldMention]:
    return [
        GoldMention("d", label, at := text.index(name), at + len(name), name, norm=name)
        for name, label in NAMES
    ]


CASES = (
    ("the same text", OLD, 4),
    (
        "line breaks elsewhere",
        OLD.replace("\n", "").replace("平成25", "平成\n25").replace("訓練", "訓\n練"),
        4,
    ),
    ("other widths", OLD.replace("25", "２５").replace("。", "。 "), 4),
    ("a head in front", "第1章　青葉\n" + OLD, 4),
    ("parts in another order", OLD[33:] + OLD[:33], 4),
    ("a gloss within a name", OLD.replace("財務省", "財務（ざいむ）省"), 3),
    ("a sentence less", OLD[:33] + OLD[OLD.index("最後に") :], 3),
    ("another text", "まったく別の話である。" * 4, 0),
    ("an empty text", "", 0),
)


@pytest.mark.parametrize(("why", "new", "count"), CASES, ids=[why for why, _, _ in CASES])
def test_mentions_move_or_are_listed(why: str, new: str, count: int) -> None:
    mentions = gold(OLD)
    placed, lost = realign(OLD, new, mentions)
    assert len(placed) == count
    assert len(placed) + len(lost) == len(mentions)
    for mention in placed:
        assert mention.text == new[mention.start : mention.end]
        assert "".join(mention.text.split()).translate({0xFF12: "2", 0xFF15: "5"}) == mention.norm


def test_what_stands_twice_is_not_guessed() -> None:
    old, new = "会は防衛省で、", "会は防衛省で、また防衛省で、"
    mention = GoldMention("d", "ORG", 2, 5, "防衛省")
    assert realign(old, new, [mention]) == ([], [mention])


def test_time_is_linear_in_the_text() -> None:
    text = "".join(f"第{i}の施策は{i * 7919 % 10007}である。外務省。" for i in range(2000)) + "あ" * 20000
    placed, _ = realign(text, text.replace("。", "。\n"), [GoldMention("d", "ORG", 9, 12, "x")])
    assert len(placed) == 1


def test_the_command_writes_what_it_places_and_lists_the_rest(tmp_path: Path) -> None:
    (tmp_path / "old.txt").write_text(OLD, encoding="utf-8")
    (tmp_path / "new.txt").write_text("前書き。\n" + OLD.replace("財務省", "大蔵省"), encoding="utf-8")
    rows = "".join(f"d,{m.label},{m.start},{m.end},{m.text},{m.norm},,,,,\n" for m in gold(OLD))
    header = "doc_id,label,start,end,text,norm,value,mod,article,paragraph,item\n"
    (tmp_path / "gold.csv").write_text(header + rows, encoding="utf-8")
    done = hakusho(
        "gold", "realign", tmp_path / "old.txt", tmp_path / "new.txt", tmp_path / "gold.csv",
        "-o", tmp_path / "moved.csv",
    )  # fmt: skip
    moved = read_gold(tmp_path / "moved.csv")
    assert [m.text for m in moved] == ["外務省", "平成25年", "防衛省"]
    assert done.returncode == 1
    assert "財務省" in done.stdout.decode()
