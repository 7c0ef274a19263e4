"""Rules prove themselves: each reads its examples, leaves the others, and changes a result somewhere.

The second half replaces each rule by one that never matches. Where no text of the corpus, no case and no example comes out otherwise,
nothing depends on the rule: it goes, or it gets a case.
"""

from __future__ import annotations

import ast
import csv
import gc
import importlib
import pkgutil
import re
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any
from unittest import mock

import pytest

import pipeline
from pipeline.clean import fold
from pipeline.entities.laws.registry import instruments
from pipeline.entities.organizations.registry import apart, organizations
from pipeline.facts import rows
from pipeline.flow import Analyzer
from pipeline.model.rule import CLOSE, OPEN, Pattern, Rule
from pipeline.read import discover, load
from pipeline.resolve import confidence
from tests.conftest import ROOT

# Where patterns decide something: all of them are rules, hold against their examples, and a result depends on each.
ROOMS = ("pipeline.entities", "pipeline.structure", "pipeline.clean")
# Where none is built at run time, either.
BARE = ("pipeline.structure", "pipeline.clean")
READING = frozenset(f"re.{name}" for name in ("compile", *Pattern.__slots__, *Rule.__slots__))
ENDINGS = ("_range", "_place")
NEVER = re.compile("(?!)")
# So many of the shortest texts come first, then the longest (決め打ち).
SHORT = 50
# How a text begins that shows a rule that few texts show. It proves nothing by itself: it is only tried first.
WITNESSES = ROOT / "tests/entities/witnesses.csv"
DAY = "2014-08-05"
# Each text with its result, and for each rule the texts in which it found something.
Surveyed = tuple[list[tuple[pipeline.Source, Any]], dict[str, list[int]]]
SIGNS = str.maketrans({"/": "\n", "¶": "\f", "⇥": "\t", "／": "/"})


def _modules(rooms: tuple[str, ...]) -> Iterator[Any]:
    for module in pkgutil.walk_packages(pipeline.__path__, "pipeline."):
        if module.name.startswith(rooms):
            yield importlib.import_module(module.name)


def _within(value: object) -> Iterator[object]:
    yield value
    if isinstance(value, dict):
        value = tuple(value.values())
    if isinstance(value, tuple | list | frozenset):
        for part in value:
            yield from _within(part)


def _found(kind: type, rooms: tuple[str, ...]) -> dict[int, tuple[str, Any]]:
    """Return the objects of ``kind`` that modules hold, by identity, with where they stand."""
    return {
        id(part): (f"{module.__name__}.{name}", part)
        for module in _modules(rooms)
        for name, value in vars(module).items()
        for part in _within(value)
        if isinstance(part, kind)
    }


def _rules(rooms: tuple[str, ...]) -> list[Rule]:
    return sorted((rule for _, rule in _found(Rule, rooms).values()), key=lambda rule: rule.name)


RULES = _rules(ROOMS)
REMEMBERED = [
    function
    for module in _modules(("pipeline.clean",))
    for function in vars(module).values()
    if hasattr(function, "cache_clear") and function.__module__ == module.__name__
]


def test_rules_have_names_of_their_own() -> None:
    names = [rule.name for rule in RULES]
    assert len(names) == len(set(names))
    assert all(re.fullmatch("[a-z][a-z0-9_]*", name) for name in names)


def test_every_pattern_that_decides_is_a_rule() -> None:
    assert not [place for place, _ in _found(re.Pattern, ROOMS).values()]
    assert not [place for module in _modules(BARE) for place in _patterns_of_its_own(Path(module.__file__))]


def _patterns_of_its_own(module: Path) -> Iterator[str]:
    """Yield the calls of a module that read with a pattern that is written there, or built there."""
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Attribute) and ast.unparse(node) in READING:
            yield f"{module}:{node.lineno}"


def _spot(example: str) -> tuple[str, int, int]:
    start, end = example.find(OPEN), example.find(CLOSE)
    text = example.replace(OPEN, "").replace(CLOSE, "")
    return text, start, end - 1 if end >= 0 else -1


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_a_rule_reads_its_examples_and_leaves_the_others(rule: Rule) -> None:
    assert rule.reads
    for example in rule.reads:
        text, start, end = _spot(example)
        found = rule.match(text, start) if start >= 0 else rule.search(text)
        assert found, example
        assert start < 0 or found.span() == (start, end), (example, found.group())
    for example in rule.leaves:
        text, start, _ = _spot(example)
        assert not (rule.match(text, start) if start >= 0 else rule.search(text)), example


def _rows(path: str) -> list[dict[str, str]]:
    with (ROOT / path).open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


FRAMES = {
    "law_heads.csv": ("政府は、{example}を改正した。", "これらの{counter_example}について検討した。"),
    "law_stems.csv": ("政府は、{example}の運用を見直した。", "その{counter_example}を検討した。"),
    "law_methods.csv": ("この{example}を改正し、成立させた。",),
    "law_generic.csv": ("これに伴う{name}の整備を進める。",),
    "org_heads.csv": ("昨日、{example}は設立された。", "昨日、{counter_example}が開かれた。"),
    "org_english.csv": ("昨日、{example}が設立された。", "昨日、{counter_example}が設立された。"),
    "org_homographs.csv": ("{meaning}が広がった。{name}の利用が進む。",),
    "legal_forms.csv": ("昨年、{example}が調査した。",),
    "org_not_before.csv": ("{example}",),
    "org_coordination.csv": ("{example}が",),
    "org_words.csv": ("{example}", "{counter_example}"),
    "org_goods.csv": ("{example}", "{counter_example}"),
    "phrase_words.csv": ("昨日、{example}が開かれた。",),
    "date_modifiers.csv": ("平成元年、{example}", "平成元年、{counter_example}"),
    "date_contexts.csv": ("{example}", "{counter_example}"),
    "line_words.csv": ("{example}", "{counter_example}"),
}
"""Sentences in which the examples of the lists of facts stand."""


def _texts() -> Iterator[pipeline.Source]:
    yield from _cases()
    yield from _signs()
    for name, frames in FRAMES.items():
        for row in _rows(f"pipeline/data/{name}"):
            yield from (_source(_spot(frame.format(**row))[0], DAY) for frame in frames)
    for rule in RULES:
        yield from (_source(_spot(example)[0], DAY) for example in rule.reads)
    yield pipeline.Source("x", "県民生活部消費生活センターと市町村課が答えた。", publisher="青森県")
    for folder in ("corpus/samples", "corpus"):
        yield from map(load, discover([str(ROOT / folder)]))


def _cases() -> Iterator[pipeline.Source]:
    tables = [f"tests/cases/{name}.csv" for name in ("organizations", "laws", "flags", "dates")]
    for path in (*tables, "pipeline/data/rules.csv", "pipeline/data/candidate_reasons.csv"):
        for row in _rows(path):
            yield _source(_spot(row["text"])[0], row.get("reference_date", ""))


def _signs() -> Iterator[pipeline.Source]:
    """The tables of cases about lines and characters, with their signs as what they stand for."""
    for row in _rows("tests/cases/sentences.csv"):
        yield _source(row["text"].translate(SIGNS), DAY)
    for row in _rows("tests/cases/characters.csv"):
        yield _source(re.sub(r"<U\+(\w+)>", lambda match: chr(int(match[1], 16)), row["text"]), DAY)


def _source(text: str, day: str) -> pipeline.Source:
    return pipeline.Source("x", text, reference_date=date.fromisoformat(day) if day else None)


@pytest.fixture(autouse=True, scope="module")
def every_candidate() -> Iterator[None]:
    """All that was nearly found counts, however unlikely it is."""
    with mock.patch.object(confidence, "candidate_threshold", return_value=0.0):
        yield


def _result(analyze: Analyzer, source: pipeline.Source) -> Any:
    document = analyze(source)
    cleaned = document.text.clean, document.text.repairs
    sentences = [sentence.text for sentence in document.sentences]
    return document.entities, document.candidates, cleaned, document.blocks, sentences, document.repairs


class _Counted:
    """A pattern that notes whether it found something."""

    def __init__(self, rule: Rule) -> None:
        self._compiled = re.compile(rule.pattern, rule.flags)
        self.found = False

    def __getattr__(self, name: str) -> Any:
        method = getattr(self._compiled, name)

        def noting(*arguments: Any, **named: Any) -> Any:
            result = method(*arguments, **named)
            if name == "finditer":
                result = list(result)
                self.found |= bool(result)
                return iter(result)
            unchanged = result == arguments[1] if name == "sub" else not result
            self.found |= len(result) > 1 if name == "split" else not unchanged
            return result

        return noting


@pytest.fixture(scope="module")
def surveyed(named: Analyzer) -> Surveyed:
    """Each text with its result, and for each rule the texts in which it found something, short ones first."""
    counted = {rule.name: _Counted(rule) for rule in RULES}
    for rule in RULES:
        _use(rule, counted[rule.name])  # type: ignore[arg-type]  # it answers like a pattern
    texts: list[tuple[pipeline.Source, Any]] = []
    hits: dict[str, list[int]] = {rule.name: [] for rule in RULES}
    try:
        # A text that two lists have is read once.
        for source in sorted(dict.fromkeys(_texts()), key=lambda source: len(source.raw)):
            texts.append((source, _result(named, source)))
            for name, pattern in counted.items():
                if pattern.found:
                    hits[name].append(len(texts) - 1)
                pattern.found = False
    finally:
        for rule in RULES:
            rule.use(re.compile(rule.pattern, rule.flags))
    gc.freeze()  # what stays to the end need not be searched for cycles again and again
    return texts, hits


def _use(rule: Rule, compiled: re.Pattern[str]) -> None:
    """Let ``rule`` read with ``compiled``; what cleaning remembers of characters and names is forgotten."""
    rule.use(compiled)
    for function in REMEMBERED:
        function.cache_clear()


def _loaded() -> object:
    """Return what the registries are after they are read anew: some rules read them, and no text.

    So does the form in which a name of one's own with a damaged sign is compared.
    """
    names = fold("みなとグル－プ"), list(apart("TRIPS理事会"))
    return instruments.__wrapped__(), organizations.__wrapped__(), names


def _changes(analyze: Analyzer, source: pipeline.Source, result: Any) -> bool:
    """Whether a text comes out otherwise; what cannot be read at all without a rule depends on it, too."""
    try:
        return bool(_result(analyze, source) != result)
    except (ValueError, AttributeError, TypeError, IndexError, KeyError, AssertionError):
        return True


def _tried(rule: str, surveyed: Surveyed, known: Mapping[str, str]) -> list[int]:
    """Return the texts that a rule hits, in the order in which one that shows it is soon met.

    Those that begin as a known one come first; then from short to long ones. What short ones do not show, the chapter
    most often does: it would come behind thousands.
    """
    texts, hits = surveyed[0], surveyed[1][rule]
    begins = known.get(rule)
    first = [at for at in hits if begins and texts[at][0].raw.startswith(begins)]
    return [*first, *hits[:SHORT], *reversed(hits[SHORT:])]


def test_something_depends_on_every_rule(named: Analyzer, surveyed: Surveyed) -> None:
    texts, hits = surveyed
    known = {row["rule"]: row["begins"] for row in _rows(str(WITNESSES))}
    loaded = _loaded()
    useless = []
    for rule in RULES:
        _use(rule, NEVER)
        try:
            if (
                not any(_changes(named, *texts[at]) for at in _tried(rule.name, surveyed, known))
                and _loaded() == loaded
            ):
                useless.append(f"{rule.name} ({len(hits[rule.name])} texts)")
        finally:
            _use(rule, re.compile(rule.pattern, rule.flags))
    assert not useless, "\n".join(useless)


def test_every_rule_that_a_text_shows_is_described(surveyed: Surveyed) -> None:
    described = {(row["label"], row["rule"]) for row in rows("rules.csv")}
    seen = {(e.label, e.rule) for _, (entities, *_) in surveyed[0] for e in entities}
    plain = {(label, re.sub(f"(?:{'|'.join(ENDINGS)})$", "", rule)) for label, rule in seen}
    assert plain == {(label, rule) for label, rule in described if not rule.startswith("*")}
    assert {rule[1:] for _, rule in described if rule.startswith("*")} == set(ENDINGS)
