"""``relations.csv``: organization, law and date that stand in one sentence, one row a combination.

A sentence with mentions of at least two of the three types has a row for each combination of one mention of
each type that it has; the cells of a type that it does not have are empty. So rows with two ids are pairs,
and rows with all three are triples.
"""

from __future__ import annotations

from itertools import product
from math import prod
from operator import itemgetter
from typing import TYPE_CHECKING

from pipeline.datapackage.standing import number
from pipeline.entities import dates, laws, organizations

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from pipeline.datapackage.standing import Standing

    Member = Sequence[str]

TYPES = organizations.TYPE.label, laws.TYPE.label, dates.TYPE.label
# A sentence with more combinations is a list: that they stand in one sentence says nothing (決め打ち).
MOST = 100
# What is read of a sentence.
OF_A_SENTENCE = ("sentence_id", "start", "end", "section")
# What a row says of each member.
SAID = (
    ("entity_id", "norm"),
    ("entity_id", "norm", "article", "paragraph", "item"),
    ("entity_id", "value", "start_date", "end_date"),
)
OF_A_MENTION = (
    "label", "sentence_id", "start", "section", "entity_id", "norm", "article", "paragraph", "item", "value",
    "start_date", "end_date",
)  # fmt: skip
PICKED = [
    (label, itemgetter(*map(OF_A_MENTION.index, names)), ("",) * len(names))
    for label, names in zip(TYPES, SAID, strict=True)
]
NOTHING = [tuple(nothing for *_, nothing in PICKED)]


def relation_rows(document: Standing) -> Iterator[tuple[str, ...]]:
    """Yield the rows of ``relations.csv`` of a document, in text order."""
    sentences = {row[0]: row[1:] for row in document.rows("sentences", *OF_A_SENTENCE)}
    within: dict[str, dict[str, list[Member]]] = {}
    for row in document.rows("entities", *OF_A_MENTION):
        label, sentence_id = row[0], row[1]
        if label in TYPES and sentence_id:
            within.setdefault(sentence_id, {}).setdefault(label, []).append(row)
    count = 0
    for sentence_id, found in within.items():
        if len(found) < 2:
            continue
        before = sentence_id, *_address(document, sentences.get(sentence_id), found)
        combinations = prod(map(len, found.values()))
        behind = str(combinations)
        for organization, law, day in _combined(found) if combinations <= MOST else NOTHING:
            count += 1
            yield document.doc_id, f"r{count:05}", *before, *organization, *law, *day, behind


def _combined(found: Mapping[str, Sequence[Member]]) -> Iterator[tuple[Member, ...]]:
    """Return the cells of each combination."""
    cells = [[pick(row) for row in found.get(label, ())] or [nothing] for label, pick, nothing in PICKED]
    return product(*cells)


def _address(
    document: Standing, sentence: Member | None, found: Mapping[str, Sequence[Member]]
) -> tuple[str, str, str, str]:
    """Return where a sentence stands: first character, the one behind the last, section, page."""
    if sentence:
        start, end, section = sentence
        return start, end, section, document.page(start)
    start, section = min(((rows[0][2], rows[0][3]) for rows in found.values()), key=lambda at: number(at[0]))
    return "", "", section, document.page(start)
