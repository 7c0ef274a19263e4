"""What is worked out of a sentence is kept for the last ones only."""

from __future__ import annotations

from collections import deque

import pytest

from pipeline.model import sentence
from pipeline.model.sentence import Analysis, Sentence, Token


def test_what_is_worked_out_is_forgotten_and_worked_out_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sentence, "MOST_MADE", 2)
    for name in ("edges", "starts", "ends"):  # what other tests have worked out in this process
        monkeypatch.setattr(vars(Analysis)[name], "_latest", deque())
    token = Token(0, 3, "防衛省", "名詞", "防衛省", "ボウエイショウ", "防衛省", ((2, 3), (2, 3)))
    whole = Sentence("s00001", "防衛省", (0, 1, 2), (1, 2, 3), "paragraph", "b00001")
    analyses = [Analysis(whole, (token,)) for _ in range(4)]
    for _ in range(2):
        assert [(a.edges, a.starts, a.ends) for a in analyses] == [({0, 2, 3}, {0}, {3: 0})] * 4
    assert sum("edges" in vars(a) for a in analyses) == 2
