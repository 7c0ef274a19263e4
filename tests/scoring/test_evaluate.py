"""Every figure of the evaluation against a table worked by hand; the arithmetic stands beside it."""

from __future__ import annotations

import csv
import io
import json
import math
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.entities import LABELS
from pipeline.model.entity import Entity
from pipeline.model.errors import HakushoError
from pipeline.scoring.compare import compare
from pipeline.scoring.evaluate import agreement, evaluate
from pipeline.scoring.gold import GoldMention
from pipeline.scoring.scores import KINDS, SCHEMES, Case, failures, parse_fail_under
from pipeline.scoring.tables import (
    changes_csv,
    errors_csv,
    render_comparison,
    render_table,
    scores_csv,
    to_json,
)

if TYPE_CHECKING:
    from pathlib import Path

    from pipeline.scoring.scores import Scheme, Scores


def m(label: str, start: int, end: int, norm: str = "", doc: str = "d", **more: str) -> GoldMention:
    return GoldMention(doc, label, start, end, norm=norm, **more)  # type: ignore[arg-type]


def law(start: int, end: int, article: str) -> GoldMention:
    return GoldMention("d", "LAW", start, end, norm="自衛隊法", article=(article,))


def counts(scores: Scores, label: str, scheme: Scheme) -> tuple[int, int, int]:
    line = scores.line(label, scheme)
    return line.matched, line.predicted, line.gold


#        gold                                       predicted
# ORG    [0, 3) 防衛省      [0, 3) 防衛省  rule a    correct
# ORG    [10, 13) 外務省    [10, 15)       rule a    boundary
# DATE   [20, 25) 2014 END  [20, 25) 2014  rule d    norm
# LAW    [30, 34) 自衛隊法  ORG [30, 34)   rule b    label
# ORG    [40, 43) 国会                               missed
#                           DATE [50, 54)  rule d    spurious
GOLD = [
    m("ORG", 0, 3, "防衛省"),
    m("ORG", 10, 13, "外務省"),
    m("DATE", 20, 25, value="2014", mod="END"),
    m("LAW", 30, 34, "自衛隊法"),
    m("ORG", 40, 43, "国会"),
]
PREDICTED = [
    m("ORG", 0, 3, "防衛省", rule="a"),
    m("ORG", 10, 15, "外務省北", rule="a"),
    m("DATE", 20, 25, value="2014", rule="d"),
    m("ORG", 30, 34, "自衛隊", rule="b"),
    m("DATE", 50, 54, value="2015", rule="d"),
]


def test_one_of_each_kind() -> None:
    scores = evaluate(PREDICTED, GOLD)
    assert [case.kind for case in scores.cases] == [
        "correct",
        "boundary",
        "norm",
        "label",
        "missed",
        "spurious",
    ]
    assert [scores.count(kind) for kind in KINDS] == [1] * 6
    assert (scores.count("label", "LAW"), scores.count("label", "ORG")) == (1, 0)  # counts for the gold label
    expected = {  # (matched, predicted, gold)
        ("ORG", "strict"): (1, 3, 3), ("ORG", "overlap"): (2, 3, 3), ("ORG", "norm"): (1, 3, 3),
        ("DATE", "strict"): (1, 2, 1), ("DATE", "overlap"): (1, 2, 1), ("DATE", "norm"): (0, 2, 1),
        ("LAW", "strict"): (0, 0, 1), ("LAW", "overlap"): (0, 0, 1), ("LAW", "norm"): (0, 0, 1),
        ("ALL", "strict"): (2, 5, 5), ("ALL", "overlap"): (3, 5, 5), ("ALL", "norm"): (1, 5, 5),
    }  # fmt: skip
    assert {(s.label, s.scheme): (s.matched, s.predicted, s.gold) for s in scores.lines} == expected


def test_precision_recall_and_f1() -> None:
    date = evaluate(PREDICTED, GOLD).line("DATE")
    # P = 1/2, R = 1/1, F1 = 2 * 1 / (2 + 1) = 2/3
    assert (date.precision, date.recall, date.f1) == pytest.approx((1 / 2, 1, 2 / 3))


def test_quotients_of_nothing() -> None:
    law_line = evaluate(PREDICTED, GOLD).line(
        "LAW"
    )  # one in gold, none predicted: P = 0/0, R = 0/1, F1 = 0/1
    assert math.isnan(law_line.precision)
    assert (law_line.recall, law_line.f1) == (0.0, 0.0)
    empty = evaluate([], [])
    assert all(
        math.isnan(figure) for s in empty.lines for figure in (s.precision, s.recall, s.f1, s.low, s.high)
    )
    assert {line.split()[-4] for line in render_table(empty).splitlines()[1:13]} == {"–"}


def test_documents_are_summed_as_counts() -> None:
    gold = [m("ORG", 0, 3, doc="a"), m("ORG", 0, 3, doc="b")]
    predicted = [m("ORG", 0, 3, doc="a"), *(m("ORG", n, n + 3, doc="b") for n in (10, 20, 30))]
    line = evaluate(predicted, gold).line("ORG")
    # a: 1 of 1 predicted right, b: 0 of 3. The sum is 1/4, the mean of the documents' P would be 1/2.
    assert (line.precision, line.recall, line.f1) == pytest.approx((1 / 4, 1 / 2, 2 / 6))


def test_the_same_document_twice_has_the_same_figures() -> None:
    twice = [
        [
            GoldMention(doc, x.label, x.start, x.end, norm=x.norm, value=x.value, mod=x.mod)
            for x in side
            for doc in "ab"
        ]
        for side in (PREDICTED, GOLD)
    ]
    for once, two in zip(evaluate(PREDICTED, GOLD).lines, evaluate(*twice).lines, strict=True):
        assert (two.matched, two.predicted, two.gold) == (2 * once.matched, 2 * once.predicted, 2 * once.gold)
        assert (two.precision, two.recall) == pytest.approx((once.precision, once.recall), nan_ok=True)


@pytest.mark.parametrize(
    ("gold", "predicted", "matched"),
    [
        ([(0, 3)], [(3, 6)], 0),  # half-open: adjacent spans share no character
        ([(3, 6)], [(0, 3)], 0),
        ([(0, 3)], [(2, 6)], 1),  # one character
        ([(0, 9)], [(0, 2), (3, 5), (6, 9)], 1),  # one gold mention is matched once
        ([(0, 2), (3, 5), (6, 9)], [(0, 9)], 1),  # and so is one prediction
        # Greedy gives [0, 10) to [0, 15) and leaves [12, 20) alone; the maximum pairs it with [5, 8).
        ([(0, 10), (12, 20)], [(0, 15), (5, 8)], 2),
        # A path of three: each gold mention has to give way to the next.
        ([(0, 10), (8, 20), (18, 30)], [(9, 19), (0, 9), (19, 20)], 3),
        ([(0, 3), (0, 3)], [(0, 3)], 1),  # a duplicate in gold is not matched by the same prediction
    ],
)
def test_overlap(gold: list[tuple[int, int]], predicted: list[tuple[int, int]], matched: int) -> None:
    scores = evaluate([m("ORG", *span) for span in predicted], [m("ORG", *span) for span in gold])
    assert counts(scores, "ORG", "overlap") == (matched, len(predicted), len(gold))


def test_overlap_is_not_lowered_by_an_equal_span() -> None:
    # [0, 10) pairs with its equal for the strict score, which leaves [0, 3) and [7, 10) apart: 1 strict.
    # Crosswise both pairs overlap: 2. Only annotations that overlap among themselves have such a case.
    scores = evaluate([m("ORG", 0, 10), m("ORG", 7, 10)], [m("ORG", 0, 10), m("ORG", 0, 3)])
    assert [counts(scores, "ORG", scheme)[0] for scheme in SCHEMES] == [1, 2, 1]


def test_overlap_never_crosses_labels_or_documents() -> None:
    scores = evaluate([m("ORG", 0, 3), m("LAW", 0, 3, doc="e")], [m("LAW", 0, 3), m("ORG", 0, 3, doc="e")])
    assert counts(scores, "ALL", "overlap") == (0, 2, 2)
    assert scores.count("label") == 2


@pytest.mark.parametrize(
    ("gold", "predicted", "right"),
    [
        (m("ORG", 0, 3, "防衛省"), m("ORG", 0, 3, "防衛庁"), {"norm": 0}),
        (m("ORG", 0, 3, "防衛省"), m("ORG", 0, 3, "防衛省", value="x", mod="END"), {"norm": 1}),
        (m("DATE", 0, 3, value="2014"), m("DATE", 0, 3, value="2013"), {"value": 0, "mod": 1}),
        (m("DATE", 0, 3, value="2014", mod="END"), m("DATE", 0, 3, value="2014"), {"value": 1, "mod": 0}),
        (m("DATE", 0, 3, "2014", value="2014"), m("DATE", 0, 3, "", value="2014"), {"value": 1, "mod": 1}),
        (law(0, 3, "3"), law(0, 3, "3_2"), {"norm": 1, "locator": 0}),
        (law(0, 3, "3"), m("LAW", 0, 3, "防衛省設置法"), {"norm": 0, "locator": 0}),
        (law(0, 3, "3"), law(0, 3, "3"), {"norm": 1, "locator": 1}),
    ],
)
def test_norms_of_each_label(gold: GoldMention, predicted: GoldMention, right: dict[str, int]) -> None:
    scores = evaluate([predicted], [gold])
    found = {field.name: field.correct for field in scores.fields if field.total}
    assert found == right
    assert counts(scores, gold.label, "strict") == (1, 1, 1)
    assert counts(scores, gold.label, "norm") == (int(all(right.values())), 1, 1)
    assert [case.kind for case in scores.cases] == ["correct" if all(right.values()) else "norm"]


def test_precision_of_rules() -> None:
    rules = {(rule.label, rule.name): (rule.correct, rule.total) for rule in evaluate(PREDICTED, GOLD).rules}
    assert rules == {("ORG", "a"): (1, 2), ("ORG", "b"): (0, 1), ("DATE", "d"): (1, 2)}
    assert evaluate(GOLD, GOLD).rules == ()  # gold names no rules


def test_only_documents_with_gold_are_scored() -> None:
    gold = [m("ORG", 0, 3), m("ORG", 0, 3, doc="silent")]
    scores = evaluate([m("ORG", 0, 3), m("ORG", 0, 3, doc="other")], gold)
    assert counts(scores, "ALL", "strict") == (1, 1, 2)
    assert (scores.documents, scores.unscored, scores.unpredicted) == (
        ("d", "silent"),
        ("other",),
        ("silent",),
    )
    table = render_table(scores)
    assert "documents scored: 2\nnot scored, no gold: 1 (other)\nnothing predicted: 1 (silent)\n" in table


def test_regions_count_what_lies_wholly_inside() -> None:
    regions = [("d", 0, 12), ("e", 0, 50)]
    # GOLD has [0, 3) inside and [10, 13) across the edge; e has no gold, so that its prediction is spurious.
    scores = evaluate([*PREDICTED, m("LAW", 5, 9, doc="e")], GOLD, regions=regions)
    assert counts(scores, "ALL", "strict") == (1, 2, 1)
    assert scores.documents == ("d", "e")


def test_interval_of_two_sentences() -> None:
    # The first mention runs over the border and belongs where it starts; the second starts on it.
    gold, predicted = [m("ORG", 94, 107), m("ORG", 100, 103)], [m("ORG", 94, 107)]
    # F1 = 2*1/(1+2) = 2/3. Two sentences are drawn: twice the first 1 (1/4 of the draws), twice the second 0
    # (1/4), one of each 2/3: the 2.5 % and 97.5 % quantiles are 0 and 1. One sentence: always 2/3.
    apart = evaluate(predicted, gold, sentences=[("d", 0, 100), ("d", 100, 200)]).line("ORG")
    assert (apart.f1, apart.low, apart.high) == pytest.approx((2 / 3, 0, 1))
    one = evaluate(predicted, gold, sentences=[("d", 0, 200)]).line("ORG")
    assert (one.low, one.high) == pytest.approx((2 / 3, 2 / 3))


def test_interval_of_a_pair_across_two_sentences() -> None:
    # Both pairs overlap: F1 = 1. The first prediction starts a sentence before its gold mention; a draw that
    # takes one side without the other would pass 1 if the pair counted whole on either side.
    gold, predicted = [m("ORG", 10, 16), m("ORG", 20, 26)], [m("ORG", 8, 12), m("ORG", 20, 26)]
    line = evaluate(predicted, gold, sentences=[("d", 0, 9), ("d", 9, 30)]).line("ORG", "overlap")
    assert (line.f1, line.low, line.high) == (1, 1, 1)


def test_interval_without_sentences_takes_lines_or_windows() -> None:
    gold, predicted = [m("ORG", 0, 3), m("ORG", 50, 53)], [m("ORG", 0, 3)]
    window = evaluate(predicted, gold).line("ORG")  # both in the window [0, 100)
    assert window.low == window.high
    lines = evaluate(predicted, gold, texts={"d": "あ" * 40 + "\n" + "あ" * 40}).line("ORG")
    assert (lines.low, lines.high) == (0, 1)


def test_interval_holds_the_estimate_and_is_fixed_by_the_seed() -> None:
    gold = [m("ORG", n * 100, n * 100 + 3) for n in range(60)]
    predicted = [x for n, x in enumerate(gold) if n % 4]
    line = evaluate(predicted, gold).line("ORG")
    assert 0 < line.low < line.f1 < line.high < 1
    assert evaluate(predicted[::-1], gold[::-1]).line("ORG") == line  # whatever the order of the rows
    assert len({evaluate(predicted, gold, seed=seed).line("ORG") for seed in range(5)}) > 1


def test_another_text_is_refused() -> None:
    with pytest.raises(HakushoError) as error:
        evaluate([m("ORG", 0, 3, text="外務省")], [m("ORG", 0, 3, text="防衛省")])
    assert str(error.value).startswith(
        "d [0, 3): found '防衛省' and '外務省' there; wanted tables of one text: "
    )
    evaluate(
        [m("ORG", 0, 4, text="防衛\r\n省")], [m("ORG", 0, 4, text="防衛\n省")]
    )  # a spreadsheet's line end


def test_errors_are_listed_in_context() -> None:
    text = "防衛省は、\r\n" + "あ" * 30
    scores = evaluate(
        [m("ORG", 0, 4, "=x", text="防衛省は", rule="a")], [m("ORG", 0, 3, text="防衛省")], texts={"d": text}
    )
    (row,) = csv.DictReader(io.StringIO(errors_csv(scores).removeprefix("\ufeff"), newline=""))
    assert row == {
        "doc_id": "d", "kind": "boundary", "label": "ORG", "rule": "a",
        "context": "【防衛省は】、␤" + "あ" * 22,
        "gold_label": "ORG", "gold_start": "0", "gold_end": "3", "gold_text": "防衛省", "gold_norm": "",
        "predicted_label": "ORG", "predicted_start": "0", "predicted_end": "4", "predicted_text": "防衛省は",
        "predicted_norm": "'=x",
    }  # fmt: skip


def test_values_are_written_on_one_line() -> None:
    place = GoldMention("d", "LAW", 9, 12, norm="自衛隊法", article=("3_2", "5"), item=("2",))
    rows = errors_csv(evaluate([], [m("DATE", 0, 3, value="2014", mod="END"), place])).splitlines()
    assert rows[1:] == [
        "d,missed,DATE,DATE,0,3,,2014;END,,,,,,,",
        "d,missed,LAW,LAW,9,12,,自衛隊法;a3_2|5;i2,,,,,,,",
    ]


def test_table_json_and_csv_show_the_same() -> None:
    scores = evaluate(PREDICTED, GOLD)
    table = render_table(scores).splitlines()
    assert table[1].split() == ["ORG", "strict", "3", "3", "1", "0.333", "0.333", "0.333", "0.333..0.333"]
    assert "LAW    strict      1          0        0      –  0.000  0.000  0.000..0.000" in table
    assert "ORG    a           1   2      0.500" in table
    as_json = json.loads(json.dumps(to_json(scores), allow_nan=False))
    assert as_json["scores"][3]["label"] == "DATE"
    assert as_json["scores"][3]["recall"] == 1
    assert as_json["scores"][6]["precision"] is None
    assert as_json["counts"]["ALL"] == dict.fromkeys(
        ("correct", "boundary", "label", "norm", "missed", "spurious"), 1
    )
    assert as_json["rules"][0] == {"label": "DATE", "name": "d", "correct": 1, "total": 2, "accuracy": 0.5}
    lines = scores_csv(scores).splitlines()
    assert lines[7] == "LAW,strict,1,0,0,,0.0,0.0,0.0,0.0"


def test_thresholds() -> None:
    wanted: dict[tuple[str, Scheme], float] = {
        ("ORG", "strict"): 0.95,
        ("DATE", "strict"): 1.0,
        ("ALL", "norm"): 0.2,
    }
    assert parse_fail_under("ORG=0.95, DATE=1,ALL:norm=.2") == wanted
    assert failures(evaluate(PREDICTED, GOLD), wanted) == [
        "ORG strict F1 is 0.333; wanted at least 0.95",
        "DATE strict F1 is 0.667; wanted at least 1",
    ]  # ALL:norm is 2*1/(5+5) = 0.2: not below
    assert failures(evaluate([], []), {("LAW", "strict"): 0.0}) == ["LAW strict F1 is –; wanted at least 0"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "ORG",
        "ORG=",
        "ORG=95",
        "ORG=1.1",
        "ORG=-1",
        "ORG=nan",
        "PER=0.9",
        "ORG:exact=0.9",
        "ORG=0.9,ORG=0.8",
    ],
)
def test_bad_thresholds(text: str) -> None:
    with pytest.raises(
        HakushoError, match=r"^--fail-under: found '.*'; wanted LABEL=F1 .*write ORG=0\.95,ORG:norm"
    ):
        parse_fail_under(text)


def test_agreement_is_the_same_either_way_round() -> None:
    a, b = [*GOLD, m("LAW", 0, 9, doc="only-a")], PREDICTED
    there, back = agreement(a, b), agreement(b, a)
    # strict: 2 pairs of 6 and 5: 2*2/11, the document that b leaves empty counts too
    assert there.line("ALL").f1 == back.line("ALL").f1 == pytest.approx(4 / 11)
    assert (there.count("missed"), back.count("spurious"), there.sides) == (2, 2, ("a", "b"))
    assert [(f.name, f.correct, f.total) for f in there.fields][:3] == [
        ("norm", 1, 1),
        ("value", 1, 1),
        ("mod", 0, 1),
    ]
    assert render_table(there).splitlines()[0].split()[2:4] == ["a", "b"]


RUN_A = [
    m("ORG", 0, 3, "防衛省"),  # kept
    m("ORG", 10, 15, "外務省北"),  # moved to [10, 13): a fix
    m("DATE", 20, 25, value="2014", mod="END"),  # changed to another value: a fault
    m("DATE", 50, 54, value="2015"),  # lost; gold has none: a fix
    m("ORG", 40, 43, "国会"),  # lost; gold has it: a fault
    m("LAW", 60, 63, "x"),  # changed; spurious before and after
    m("ORG", 0, 3, doc="no gold"),  # lost; nobody knows
]
RUN_B = [
    m("ORG", 0, 3, "防衛省"),
    m("ORG", 10, 13, "外務省"),
    m("DATE", 20, 25, value="2013", mod="END"),
    m("LAW", 30, 34, "自衛隊法"),  # gained; gold has it: a fix
    m("LAW", 60, 63, "y"),
    m("ORG", 70, 73, "z"),  # gained; gold has none: a fault
    m("ORG", 12, 13, "務"),  # gained; touches gold: neither
]


def test_compare() -> None:
    expected = [
        ("moved", 10, "fix"), ("gained", 12, "neutral"), ("changed", 20, "fault"), ("gained", 30, "fix"),
        ("lost", 40, "fault"), ("lost", 50, "fix"), ("changed", 60, "neutral"), ("gained", 70, "fault"),
        ("lost", 0, ""),
    ]  # fmt: skip
    comparison = compare(RUN_A, RUN_B, GOLD)
    assert [(c.kind, c.mention.start, c.verdict) for c in comparison.changes] == expected
    assert (comparison.unchanged, comparison.count("lost"), comparison.count("lost", "fix")) == (1, 3, 1)
    blind = compare(RUN_A, RUN_B)
    assert [(c.kind, c.mention.start) for c in blind.changes] == [row[:2] for row in expected]
    assert {c.verdict for c in blind.changes} == {""}
    inside = compare(RUN_A, RUN_B, GOLD, regions=[("d", 0, 45)])
    assert [c.verdict for c in inside.changes] == ["fix", "neutral", "fault", "fix", "fault", "", "", "", ""]


def test_another_label_is_one_lost_and_one_gained() -> None:
    changes = compare([m("ORG", 30, 34)], [m("LAW", 30, 34, "自衛隊法")], GOLD).changes
    assert [(c.kind, c.mention.label, c.verdict) for c in changes] == [
        ("lost", "ORG", "fix"),
        ("gained", "LAW", "fix"),
    ]


def test_changes_as_text_and_csv() -> None:
    comparison = compare([m("ORG", 0, 3, "防衛省", text="防衛省")], [], GOLD, texts={"d": "防衛省は"})
    assert render_comparison(comparison).splitlines() == [
        "change   all  fix  fault  neutral  unjudged",
        "lost       1    0      1        0         0",
        "gained     0    0      0        0         0",
        "changed    0    0      0        0         0",
        "moved      0    0      0        0         0",
        "unchanged  0",
        "lost fault: d ORG [0, 3) '防衛省' = 防衛省 → – 【防衛省】は",
    ]
    rows = changes_csv(comparison).splitlines()
    assert rows[0].startswith("\ufeffdoc_id,kind,label,verdict,before_label,before_start")
    assert rows[1] == "d,lost,ORG,fault,ORG,0,3,防衛省,防衛省,,,,,,,【防衛省】は"


def test_entities_and_files_come_in_by_the_same_door(tmp_path: Path) -> None:
    file = tmp_path / "gold.csv"
    file.write_text(
        "doc_id,label,start,end,text,norm,value,mod,article,paragraph,item,note\nd,ORG,0,3,防衛省,防衛省,,,,,,\n",
        encoding="utf-8",
    )
    entity = Entity("d", "d-1", "ORG", 0, 3, "防衛省", "防衛省", "防衛省", rule="registry")
    scores = evaluate([entity], file)
    assert counts(scores, "ORG", "norm") == (1, 1, 1)
    assert scores.rules[0].name == "registry"
    assert compare(str(file), [entity], file).unchanged == 1


def test_a_case_without_mentions_is_a_fault_of_ours() -> None:
    with pytest.raises(ValueError, match="a case needs a mention"):
        _ = Case("missed", None, None).mention


MENTIONS = st.lists(
    st.builds(
        lambda doc, label, start, length, value: m(label, start, start + length, value, doc, value=value),
        st.sampled_from("ab"), st.sampled_from(LABELS), st.integers(0, 25), st.integers(1, 8),
        st.sampled_from("xy"),
    ),
    max_size=12,
)  # fmt: skip
DOCUMENTS = "ab"


@settings(deadline=None)
@given(MENTIONS)
def test_identical_sets_are_perfect(mentions: list[GoldMention]) -> None:
    for line in evaluate(mentions, mentions).lines:
        assert line.f1 == line.low == line.high == 1 or (math.isnan(line.f1) and line.gold == 0)


@settings(deadline=None)
@given(MENTIONS, MENTIONS)
def test_swapping_the_sides_swaps_precision_and_recall(a: list[GoldMention], b: list[GoldMention]) -> None:
    there, back = evaluate(a, b, documents=DOCUMENTS), evaluate(b, a, documents=DOCUMENTS)
    for x, y in zip(there.lines, back.lines, strict=True):
        assert (x.precision, x.recall, x.f1) == pytest.approx((y.recall, y.precision, y.f1), nan_ok=True)
        assert (x.low, x.high) == pytest.approx((y.low, y.high), nan_ok=True)


@settings(deadline=None)
@given(MENTIONS, MENTIONS)
def test_norm_is_at_most_strict_and_strict_at_most_overlap(
    a: list[GoldMention], b: list[GoldMention]
) -> None:
    scores = evaluate(a, b, documents=DOCUMENTS)
    for label in (*LABELS, "ALL"):
        strict, overlap, norm = (counts(scores, label, scheme)[0] for scheme in SCHEMES)
        assert norm <= strict <= overlap <= min(counts(scores, label, "strict")[1:])
    # Every mention is in one case, and strict and norm are the cases of their kinds.
    assert sum(case.left is not None for case in scores.cases) == len(b)
    assert sum(case.right is not None for case in scores.cases) == len(a)
    assert counts(scores, "ALL", "norm")[0] == scores.count("correct")
    assert counts(scores, "ALL", "strict")[0] == scores.count("correct") + scores.count("norm")


def most_pairs(gold: list[GoldMention], predicted: list[GoldMention]) -> int:
    """Try every choice."""
    if not gold:
        return 0
    first, *rest = gold
    return max(
        most_pairs(rest, predicted),
        *(
            1 + most_pairs(rest, predicted[:i] + predicted[i + 1 :])
            for i, p in enumerate(predicted)
            if set(range(first.start, first.end)) & set(range(p.start, p.end))
        ),
        0,
    )


SPANS = st.lists(
    st.builds(lambda a, n: m("ORG", a, a + n), st.integers(0, 12), st.integers(1, 6)), max_size=5
)


@settings(deadline=None)
@given(SPANS, SPANS)
def test_overlap_is_the_most_pairs_that_there_can_be(a: list[GoldMention], b: list[GoldMention]) -> None:
    assert counts(evaluate(a, b, documents="d"), "ORG", "overlap")[0] == most_pairs(b, a)


@settings(deadline=None)
@given(MENTIONS, MENTIONS)
def test_a_run_against_itself_and_back(a: list[GoldMention], b: list[GoldMention]) -> None:
    assert compare(a, a).changes == ()
    there, back = compare(a, b), compare(b, a)
    assert there.unchanged == back.unchanged
    assert len(a) + there.count("gained") - there.count("lost") == len(b)
