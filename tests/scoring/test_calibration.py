"""Calibration: figures worked out by hand, and the command that prints them."""

from __future__ import annotations

import json
import math
from pathlib import Path

import numpy as np
import pytest

from pipeline.scoring.calibration import auroc, calibration, calibrations, ece, tenth
from pipeline.scoring.evaluate import evaluate
from pipeline.scoring.gold import GoldMention
from tests.conftest import hakusho

P, Y = np.array([0.9, 0.8, 0.8, 0.3]), np.array([1.0, 1.0, 0.0, 0.0])
ONES = np.ones(4)


def test_figures_by_hand() -> None:
    assert auroc(P, Y, ONES) == pytest.approx(3.5 / 4)
    assert ece(P, Y, ONES) == pytest.approx((0.1 + 0.6 + 0.3) / 4)
    assert tenth(P, Y) == pytest.approx(0.4 / 2)
    found = calibration("ORG", P.tolist(), [True, True, False, False], [("d", i) for i in range(4)])
    assert found.brier == pytest.approx((0.01 + 0.04 + 0.64 + 0.09) / 4)
    assert sum(bucket.count for bucket in found.buckets) == 4


def test_without_errors_or_mentions_there_is_no_auroc() -> None:
    assert math.isnan(auroc(P, ONES, ONES))
    assert math.isnan(tenth(P, ONES))
    assert math.isnan(calibration("ORG", [], [], []).ece)


def test_a_mention_is_right_if_span_label_and_values_are() -> None:
    gold = [
        GoldMention("d", "ORG", 0, 3, "外務省", "外務省"),
        GoldMention("d", "ORG", 4, 7, "財務省", "財務省"),
    ]
    found = [
        GoldMention("d", "ORG", 0, 3, "外務省", "外務省", confidence=0.9),
        GoldMention("d", "ORG", 4, 7, "財務省", "大蔵省", confidence=0.6),
    ]
    by_label = {c.label: c for c in calibrations(evaluate(found, gold).cases)}
    assert (by_label["ORG"].count, by_label["ORG"].right) == (2, 1)
    assert by_label["ALL"].auroc == 1


def test_the_command_prints_it(tmp_path: Path) -> None:
    header = "doc_id,label,start,end,text,norm,value,mod,article,paragraph,item"
    (tmp_path / "gold.csv").write_text(f"{header}\nd,ORG,0,3,外務省,外務省,,,,,\n", encoding="utf-8")
    (tmp_path / "found.csv").write_text(
        f"{header},confidence\nd,ORG,0,3,外務省,外務省,,,,,,0.97\nd,ORG,5,8,財務省,財務省,,,,,,0.2\n",
        encoding="utf-8",
    )
    words = ("evaluate", tmp_path / "found.csv", tmp_path / "gold.csv", "--calibration")
    assert "AUROC" in hakusho(*words).stdout.decode()
    figures = json.loads(hakusho(*words, "--format", "json").stdout)["calibration"]
    assert [c["label"] for c in figures] == ["ORG", "DATE", "LAW", "ALL"]
    assert figures[0]["auroc"] == 1
