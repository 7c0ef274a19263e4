"""``relations.csv``: organization, law and date that stand in one sentence, one row a combination.

A sentence with mentions of at least two of the three types has a row for each combination of one mention of
each type that it has; the cells of a type that it does not have are empty. So rows with two ids are pairs,
and rows with all three are triples.
"""

from __future__ import annotations

from itertools import product
from math import prod
from typing import TYPE_CHECKING

from pipeline.datapackage.mentions import number
from pipeline.entities import dates, laws, organizations

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from pipeline.datapackage.standing import Row, Standing

TYPES = organizations.TYPE.label, laws.TYPE.label, dates.TYPE.label
# A sentence with more combinations is a list: that they stand in one sentence says nothing (決め打ち).
MOST = 100


def relation_rows(document: Standing) -> Iterator[tuple[str, ...]]:
    """Yield the rows of ``relations.csv`` of a document, in text order."""
    sentences = {row["sentence_id"]: row for row in document.rows("sentences")}
    within: dict[str, dict[str, list[Row]]] = {}
    for row in document.rows("entities"):
        if row["label"] in TYPES and row["sentence_id"]:
            within.setdefault(row["sentence_id"], {}).setdefault(row["label"], []).append(row)
    count = 0
    for sentence_id, found in within.items():
        if len(found) < 2:
            continue
        place = _address(document, sentences.get(sentence_id), found)
        combinations = prod(map(len, found.values()))
        for triple in _combined(found) if combinations <= MOST else [(NONE, NONE, NONE)]:
            count += 1
            members = _members(*triple)
            yield document.doc_id, f"r{count:05}", sentence_id, *place, *members, str(combinations)


NONE: Mapping[str, str] = dict.fromkeys(
    ("entity_id", "norm", "article", "paragraph", "item", "value", "start_date", "end_date"), ""
)


def _combined(found: Mapping[str, Sequence[Row]]) -> Iterator[tuple[Mapping[str, str], ...]]:
    return product(*(found.get(label, [NONE]) for label in TYPES))


def _members(
    organization: Mapping[str, str], law: Mapping[str, str], day: Mapping[str, str]
) -> tuple[str, ...]:
    return (
        organization["entity_id"], organization["norm"],
        law["entity_id"], law["norm"], law["article"], law["paragraph"], law["item"],
        day["entity_id"], day["value"], day["start_date"], day["end_date"],
    )  # fmt: skip


def _address(
    document: Standing, sentence: Row | None, found: Mapping[str, Sequence[Row]]
) -> tuple[str, str, str, str]:
    """Return where a sentence stands: first character, the one behind the last, section, page."""
    if sentence:
        start = sentence["start"]
        return start, sentence["end"], sentence["section"], document.page(number(start))
    first = min((rows[0] for rows in found.values()), key=lambda row: number(row["start"]))
    return "", "", first["section"], document.page(number(first["start"]))
