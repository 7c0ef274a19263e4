"""Texts that might make a rule look far, made of the project's own words: each is a unit that is repeated.

A rule that looks back or ahead without limit is slow on what it almost reads: heads without a stem, names that begin
and do not end, brackets that open and do not close. All such words stand in the lists of ``pipeline/data``.
"""

from __future__ import annotations

import csv
import importlib
import pkgutil
import re
from functools import cache
from random import Random
from typing import TYPE_CHECKING, NamedTuple

import pipeline
from pipeline.facts import names
from pipeline.model.rule import CLOSE, OPEN, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator
    from importlib.resources.abc import Traversable

# What holds no words that rules look for: sources, forms of numbers, what people are told.
NO_WORDS = frozenset(
    "source example counter_example description meaning why note note_ja ja en reason".split()
)
# Lists of names that are registered: all of them go through the same few finders.
REGISTERED = ("laws.csv", "treaties.csv", "foreign_laws.csv", "org_ids.csv", "organizations/")
NAMES = ("laws.csv:title", "treaties.csv:short_names", "organizations/government.csv:name")
# Lists that describe what hakusho writes, and are not looked for in texts.
TOLD = frozenset("candidate_reasons columns confidence entity_types excel_formats files kinds rules".split())
JAPANESE = re.compile(r"[\u3041-\u30ff\u3400-\u9fff\uff10-\uff5a]")
LONGEST = 40
# How a word is repeated; the last one is a name that begins and does not end.
SHAPES = ("{}", "{}、", "「{}", "（{}", "{}は。\n", "{:cut}")


class Unit(NamedTuple):
    """What is repeated, and the list that it comes from: a file of ``data/`` and its column."""

    source: str
    text: str

    @property
    def registered(self) -> bool:
        """Whether it is the name of something, and no word of a grammar."""
        return self.source.startswith(REGISTERED)


class _Word(str):
    """A word that a shape can cut."""

    def __format__(self, how: str) -> str:
        return str(self[:-1] or self) if how == "cut" else str(self)


def shaped(unit: Unit, shape: int) -> str:
    """Return a word in one of ``SHAPES``."""
    return SHAPES[shape % len(SHAPES)].format(_Word(unit.text))


def repeated(text: str, length: int) -> str:
    """Return ``text`` so often that it has about ``length`` code points."""
    return text * max(1, length // len(text))


@cache
def lists() -> dict[str, tuple[str, ...]]:
    """Return the words of each list, by its file and column."""
    from importlib.resources import files

    folder = files("pipeline").joinpath("data")
    own = sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(".csv"))
    own = [name for name in own if name.removesuffix(".csv") not in TOLD]
    found: dict[str, dict[str, None]] = {}
    for name in (*own, *names("organizations")):
        for row in _rows(folder.joinpath(name)):
            for column, cell in row.items():
                if column not in NO_WORDS and JAPANESE.search(cell):
                    words = found.setdefault(f"{name}:{column}", {})
                    words.update(dict.fromkeys(_words(cell)))
    return {name: tuple(words) for name, words in found.items() if words}


def _rows(file: Traversable) -> Iterator[dict[str, str]]:
    for row in csv.DictReader(file.read_text(encoding="utf-8").splitlines()):
        yield {column: cell for column, cell in row.items() if column and isinstance(cell, str)}


def _words(cell: str) -> Iterator[str]:
    for part in cell.split("|"):
        word = part.partition("@")[0].strip()
        if word and len(word) <= LONGEST:
            yield word


def words() -> list[Unit]:
    """Return each word of each list, once."""
    found: dict[str, Unit] = {}
    for name, members in lists().items():
        for word in members:
            found.setdefault(word, Unit(name, word))
    return list(found.values())


def pairs(seed: int) -> list[Unit]:
    """Return a word of each list before a word of each list, chosen by ``seed``; titles stand for all names."""
    random = Random(seed)  # no secret
    chosen = [name for name in lists() if not name.startswith(REGISTERED) or name in NAMES]
    return [
        Unit(f"{first} + {second}", random.choice(lists()[first]) + random.choice(lists()[second]))
        for first in chosen
        for second in chosen
    ]


def rules() -> list[Rule]:
    """Return all rules of the program, in the order of their names."""
    found: dict[str, Rule] = {}
    for module in pkgutil.walk_packages(pipeline.__path__, "pipeline."):
        if module.name.startswith(("pipeline.entities", "pipeline.structure", "pipeline.clean")):
            for value in vars(importlib.import_module(module.name)).values():
                found.update((rule.name, rule) for rule in _held(value))
    return [found[name] for name in sorted(found)]


def _held(value: object) -> Iterator[Rule]:
    if isinstance(value, Rule):
        yield value
    elif isinstance(value, dict):
        yield from _held(tuple(value.values()))
    elif isinstance(value, tuple | list | frozenset):
        for part in value:
            yield from _held(part)


def examples() -> list[Unit]:
    """Return what each rule reads and leaves, and what it reads up to its last character."""
    found: dict[str, Unit] = {}
    for rule in rules():
        for example in (*rule.reads, *rule.leaves):
            inside = example.partition(OPEN)[2].partition(CLOSE)[0]
            for text in (example.replace(OPEN, "").replace(CLOSE, ""), inside, inside[:-1]):
                if text.strip():
                    found.setdefault(text, Unit(f"rule {rule.name}", text))
    return list(found.values())
