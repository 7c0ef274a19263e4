"""The quick tests that pass over most of the text lose no date: the plain way finds the same.

The plain way tries to read a date from every character on, which takes several times as long.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.clean import clean
from pipeline.entities.dates import triggers
from pipeline.entities.dates.parts import Found
from pipeline.entities.dates.recognize import find
from pipeline.model.rule import CLOSE, OPEN
from pipeline.model.source import Source
from pipeline.read import discover, load
from pipeline.structure import structure
from tests.case_tables import cases
from tests.conftest import ROOT

PLAIN = {triggers.TRIGGER: "(?s)."}


def _texts() -> Iterator[tuple[str, bool]]:
    """Yield each sentence of the corpus with whether it is a table's, and each case and example as both."""
    for folder in ("corpus", "corpus/samples"):
        for item in discover([str(ROOT / folder)]):
            for sentence in structure(clean(load(item))).sentences:
                yield sentence.text, sentence.kind == "table"
    short = [example for rule in triggers.FORMS for example in (*rule.reads, *rule.leaves)]
    short += [case.text for name in ("dates", "flags") for case in cases(name)]
    for text in short:
        cleaned = clean(Source("x", text.replace(OPEN, "").replace(CLOSE, ""))).clean
        yield from ((cleaned, False), (cleaned, True))


def _found(texts: list[tuple[str, bool]]) -> list[list[Found]]:
    return [list(find(text, cell=cell)) for text, cell in texts]


def test_the_plain_way_finds_the_same() -> None:
    texts = list(_texts())
    quick = _found(texts)
    try:
        for rule, pattern in PLAIN.items():
            rule.use(re.compile(pattern))
        plain = _found(texts)
    finally:
        for rule in PLAIN:
            rule.use(re.compile(rule.pattern, rule.flags))
    assert [
        (text, one, other) for (text, _), one, other in zip(texts, quick, plain, strict=True) if one != other
    ] == []
