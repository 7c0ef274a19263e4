"""Probabilities come from evidence and its weights; what was nearly found is kept apart, and accepted from a threshold on."""

from __future__ import annotations

from unittest import mock

import pytest

import pipeline
from pipeline.entities import LABELS
from pipeline.facts import rows
from pipeline.flow import Analyzer
from pipeline.model.source import Source
from pipeline.resolve import confidence
from pipeline.resolve.confidence import weights
from pipeline.resolve.confidence.evidence import side

TEXT = "外務省は2013年10月3日、青葉推進協議会とAOBAXの調査を自衛隊法第76条により行った。前年比で増えた。"


@pytest.fixture(scope="module")
def all_kept(analyze: Analyzer) -> pipeline.Document:
    with mock.patch.object(confidence, "candidate_threshold", return_value=0.0):
        return analyze(Source("d", TEXT))


def test_weights_are_of_evidence_that_is_known_by_a_prefix() -> None:
    found = {row["of"] for row in rows("confidence.csv")}
    assert found == {"mention", "candidate"}
    assert {row["label"] for row in rows("confidence.csv")} <= set(LABELS)
    for row in rows("confidence.csv"):
        assert int(row["right"]) <= int(row["seen"])
        assert abs(float(row["weight"])) < 10


def test_provenance_says_on_which_gold_and_how() -> None:
    found = weights.provenance()
    assert found["command"] == "make confidence"
    assert all(one["split"] == "dev" and one["hash"] for one in found["gold"])
    assert 0 < found["thresholds"]["doubtful"] < 1
    assert 0 < found["thresholds"]["candidates"] < 1


@pytest.mark.parametrize("label", LABELS)
def test_a_probability_lies_between_0_and_1_whatever_the_evidence(label: str) -> None:
    known = [
        row["evidence"] for row in rows("confidence.csv") if (row["of"], row["label"]) == ("mention", label)
    ]
    for evidence in ([], known, ["nothing of the kind"]):
        assert 0 <= confidence.probability("mention", label, evidence) <= 1
    assert confidence.probability("mention", "PERSON", []) == 0.5


def test_evidence_that_speaks_against_lowers_the_probability() -> None:
    table = {("mention", "ORG"): {"always": 2.0, "flag unresolved": -3.0}}
    with mock.patch.object(weights, "weights", return_value=table):
        assert weights.probability("mention", "ORG", []) == 0.881
        assert weights.probability("mention", "ORG", ["flag unresolved", "unknown"]) == 0.269


def test_sides_cover_every_sign() -> None:
    for sign in ("の", "ア", "省", "々", "A", "5", "（", "、", "・", " ", "。", "", "😀"):
        assert side(sign) in {
            "kana", "katakana", "kanji", "letter", "digit", "bracket", "joint", "blank", "mark", "edge",
        }  # fmt: skip


def test_every_mention_has_its_probability(all_kept: pipeline.Document) -> None:
    assert {entity.label for entity in all_kept.entities} == set(LABELS)
    assert all(0 < entity.confidence < 1 for entity in all_kept.entities)


def test_candidates_stand_in_the_raw_text_apart_from_mentions(all_kept: pipeline.Document) -> None:
    raw = all_kept.source.raw
    taken = [(e.start, e.end) for e in all_kept.entities]
    assert all_kept.candidates
    for near in all_kept.candidates:
        assert raw[near.start : near.end] == near.text
        assert all(near.end <= a or b <= near.start for a, b in taken)
        taken.append((near.start, near.end))
    ids = [near.candidate_id for near in all_kept.candidates]
    assert ids == [f"c{number:05d}" for number in range(1, len(ids) + 1)]
    assert {near.reason for near in all_kept.candidates} <= {
        row["reason"] for row in rows("candidate_reasons.csv")
    }


def test_the_threshold_keeps_what_is_likely_enough(analyze: Analyzer) -> None:
    found = analyze(Source("d", TEXT)).candidates
    assert all(near.probability >= confidence.candidate_threshold() for near in found)


def test_accepted_candidates_are_mentions_with_a_flag(all_kept: pipeline.Document) -> None:
    analyze = pipeline.load("sudachi", accept_from=0.0)
    with mock.patch.object(confidence, "candidate_threshold", return_value=0.0):
        accepted = analyze(Source("d", TEXT))
    assert not accepted.candidates
    flagged = [e for e in accepted.entities if "accepted_candidate" in e.flags]
    assert {(e.start, e.end) for e in flagged} >= {(near.start, near.end) for near in all_kept.candidates}
    plain = [e for e in accepted.entities if "accepted_candidate" not in e.flags]
    assert [(e.start, e.end, e.norm) for e in plain] == [(e.start, e.end, e.norm) for e in all_kept.entities]
    assert [e.entity_id for e in accepted.entities] == [
        f"e{n:05d}" for n in range(1, len(accepted.entities) + 1)
    ]


CANDIDATES = [row for row in rows("candidate_reasons.csv") if row["text"]]


@pytest.mark.parametrize("row", CANDIDATES, ids=[row["reason"] for row in CANDIDATES])
def test_each_reason_has_an_example(row: dict[str, str], analyze: Analyzer) -> None:
    """The candidate of this reason is among those that its type offers, before the likelier one counts."""
    text = row["text"].replace("⟦", "").replace("⟧", "")
    start = row["text"].index("⟦")
    end = row["text"].index("⟧") - 1
    offered = []

    def note(mention: object, analysis: object, document: object) -> list[str]:
        offered.append((mention.start, mention.end, mention.reason))  # type: ignore[attr-defined]
        return []

    with mock.patch.object(confidence, "of_candidate", note):
        analyze(Source("d", text))
    assert (start, end, row["reason"]) in offered, offered
