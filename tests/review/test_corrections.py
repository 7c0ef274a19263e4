"""What a reader judged reaches the gold: each action, the last word, overlaps, files that are broken."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.model.errors import HakushoError
from pipeline.review.corrections import (
    COLUMNS,
    Action,
    Correction,
    apply,
    corrections_csv,
    gold_csv,
    read_corrections,
)
from pipeline.review.entries import among
from pipeline.scoring.evaluate import evaluate
from pipeline.scoring.gold import GoldMention, read_gold
from tests.conftest import hakusho
from tests.growth import assert_linear_steps

RAW = "防衛省と外務省は=2013年に自衛隊法を"


def at(text: str, label: str = "ORG", **more: str) -> GoldMention:
    start = RAW.index(text)
    norm = text if label != "DATE" else ""
    return GoldMention("d", label, start, start + len(text), text, **{"norm": norm, **more})  # type: ignore[arg-type]


def said(action: Action, shown: GoldMention, now: GoldMention | None = None) -> Correction:
    target = (shown.doc_id, shown.label, shown.start, shown.end)
    return Correction(action, target, now or shown, "山田", "2026-11-23T01:02:03Z")


BOTH = (at("防衛省"), at("外務省"))
DAY = at("=2013年", "DATE", value="2013")


@pytest.mark.parametrize(
    ("corrections", "wanted"),
    [
        ([], BOTH),
        ([said("accept", BOTH[0])], BOTH),
        ([said("reject", BOTH[0])], BOTH[1:]),
        ([said("reject", BOTH[0]), said("undo", BOTH[0])], BOTH),
        ([said("reject", BOTH[0]), said("accept", BOTH[0])], BOTH),
        ([said("reject", DAY)], BOTH),
        ([said("add", DAY)], (*BOTH, DAY)),
        ([said("add", DAY), said("undo", DAY)], BOTH),
        ([said("change", BOTH[0], replace(BOTH[0], norm="防衛省（旧庁）"))], (replace(BOTH[0], norm="防衛省（旧庁）"), BOTH[1])),
        ([said("change", BOTH[0], at("防衛"))], (at("防衛"), BOTH[1])),
        ([said("change", BOTH[1], at("防衛省と外務省"))], (at("防衛省と外務省"),)),
        ([said("comment", BOTH[0], replace(BOTH[0], note="?"))], (replace(BOTH[0], note="?"), BOTH[1])),
        ([said("comment", DAY)], BOTH),
    ],
)  # fmt: skip
def test_each_action(corrections: list[Correction], wanted: tuple[GoldMention, ...]) -> None:
    assert apply(BOTH, corrections) == wanted


def many(count: int) -> list[Correction]:
    """Say of mentions beside each other that they are right."""
    return [
        said("accept", GoldMention("d", "ORG", 4 * n, 4 * n + 3, "防衛省", "防衛省")) for n in range(count)
    ]


def test_thousands_of_judgements_take_no_longer_each() -> None:
    small, large = many(100), many(400)
    assert_linear_steps(lambda them: apply([c.mention for c in them], them), small, large)
    assert_linear_steps(lambda them: among(them, them), small, large)
    assert among(large, large[7:9]) == large[7:9]
    assert among(large, [said("change", large[3].mention, replace(large[3].mention, end=17))]) == large[3:5]


@pytest.mark.parametrize("seed", range(5))
def test_what_overlaps_goes_however_long_it_is(seed: int) -> None:
    some = random.Random(seed)
    spans = [(start, start + some.choice((1, 3, 64, 500))) for start in some.choices(range(900), k=60)]
    old, new = (
        [GoldMention("d", "ORG", *span, "x" * (span[1] - span[0]), "x") for span in half]
        for half in (spans[:50], spans[50:])
    )
    wanted = list(dict.fromkeys(old))
    for one in dict.fromkeys(new):
        wanted = [m for m in wanted if m.end <= one.start or one.end <= m.start] + [one]
    found = apply(old, [said("add", one) for one in new])
    assert sorted((m.start, m.end) for m in found) == sorted((m.start, m.end) for m in wanted)


def test_a_note_of_the_gold_stays() -> None:
    noted = replace(BOTH[0], note="see the minutes")
    assert apply([noted], [said("accept", BOTH[0])]) == (noted,)


def test_corrections_of_another_text_are_refused() -> None:
    with pytest.raises(HakushoError, match="防衛相"):
        apply([replace(BOTH[0], text="防衛相")], [said("accept", BOTH[0])])


def test_files_come_back_as_they_were(tmp_path: Path) -> None:
    law = at("自衛隊法", "LAW", note='"改行\nと,コンマ"')
    made = (said("add", DAY), said("change", BOTH[0], replace(law, article=("3", "4_2"))))
    (tmp_path / "c.csv").write_text(corrections_csv(made), encoding="utf-8")
    assert "'=2013年" in corrections_csv(made)
    assert read_corrections(tmp_path / "c.csv") == made
    (tmp_path / "g.csv").write_text(gold_csv([DAY, law]), encoding="utf-8")
    assert read_gold(tmp_path / "g.csv") == (DAY, law)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"action": "maybe"}, "row 2: action"),
        ({"at_start": "x"}, "row 2: start"),
        ({"label": "PER"}, "row 2: label"),
    ],
)
def test_broken_files_are_refused(change: dict[str, str], reason: str, tmp_path: Path) -> None:
    cells = dict(zip(COLUMNS, map(str, said("accept", BOTH[0]).cells()), strict=True)) | change
    path = tmp_path / "c.csv"
    path.write_text(f"{','.join(COLUMNS)}\n{','.join(cells[c] for c in COLUMNS)}\n", encoding="utf-8")
    with pytest.raises(HakushoError, match=reason):
        read_corrections(path)


def test_the_command_writes_a_gold_that_evaluate_takes(tmp_path: Path) -> None:
    gold, made = tmp_path / "gold.csv", tmp_path / "d.corrections.csv"
    gold.write_text(before := gold_csv(BOTH), encoding="utf-8")
    made.write_text(corrections_csv([said("reject", BOTH[0]), said("add", DAY)]), encoding="utf-8")
    process = hakusho("gold", "apply", made, "--gold", gold, "-o", gold)
    assert process.returncode == 0, process.stderr.decode()
    assert b"1 reject, 1 add" in process.stderr
    assert read_gold(gold) == (BOTH[1], DAY)
    assert (tmp_path / "gold.csv.bak").read_text(encoding="utf-8") == before
    assert evaluate([BOTH[1], DAY], gold).line("ALL", "norm").f1 == 1
