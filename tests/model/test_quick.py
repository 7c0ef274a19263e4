"""Frozen classes that are made quickly, and what is worked out of sentences: the same as without either."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, dataclass, field, fields, replace
from inspect import signature
from pickle import dumps, loads
from typing import Any

import pytest

from pipeline.model import sentence
from pipeline.model.entity import Entity, Mention
from pipeline.model.quick import quick
from pipeline.model.sentence import Analysis, Sentence, Token


def test_a_quick_class_is_used_like_a_frozen_one() -> None:
    entity = Entity("d", "e00001", "ORG", 1, 4, "防衛省", "防衛省", norm="防衛省", flags=("foreign",))
    assert entity == replace(entity) == loads(dumps(entity))
    assert (entity.flags, entity.confidence, type(entity)) == (("foreign",), 1.0, Entity)
    assert hash(entity) == hash(replace(entity))
    assert [f.name for f in fields(entity)] == list(signature(Entity).parameters)
    with pytest.raises(FrozenInstanceError):
        entity.start = 2  # type: ignore[misc]
    mention: Mention[None] = Mention("ORG", 0, 1, 2, "rule", None)
    assert (mention.payload, mention.reason, mention.likely) == (None, "", 0.0)


@pytest.mark.parametrize("given", [{}, {"name": "a", "more": 1}])
def test_a_quick_class_asks_for_its_fields(given: dict[str, Any]) -> None:
    with pytest.raises(TypeError, match="__init__"):
        Mention(**given)


def test_a_class_that_quick_cannot_make_is_refused() -> None:
    @dataclass(frozen=True, slots=True)
    class Listed:
        names: list[str] = field(default_factory=list)

    with pytest.raises(TypeError, match="Listed: is made in a way"):
        quick(Listed)


def test_what_is_worked_out_is_forgotten_and_worked_out_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sentence, "MOST_MADE", 2)
    token = Token(0, 3, "防衛省", "名詞", "防衛省", "ボウエイショウ", "防衛省", ((2, 3), (2, 3)))
    whole = Sentence("s00001", "防衛省", (0, 1, 2), (1, 2, 3), "paragraph", "b00001")
    analyses = [Analysis(whole, (token,)) for _ in range(4)]
    for _ in range(2):
        assert [(a.edges, a.starts, a.ends) for a in analyses] == [({0, 2, 3}, {0}, {3: 0})] * 4
    assert sum("edges" in vars(a) for a in analyses) == 2
