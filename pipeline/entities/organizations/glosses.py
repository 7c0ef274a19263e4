"""What stands in brackets or between the lines says which body is meant: acronyms and English glosses."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.entities.names.definitions import learn
from pipeline.entities.names.find import Find
from pipeline.entities.organizations.find import OrganizationName
from pipeline.entities.organizations.homographs import ACRONYM

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.entities.names.registry import Lexicon
    from pipeline.entities.organizations.find import Found
    from pipeline.entities.organizations.registry import Organization
    from pipeline.model.sentence import Analysis

GLOSS_GAP = 4
ALIKE = 0.6  # 決め打ち: the share of characters that two names of one body have in common


def identified(text: str, find: Found, lexicon: Lexicon[Organization]) -> Found:
    """Take the body that an acronym behind the name means: 米国・国立科学財団（NSF）, 社会民主党（SPD）."""
    if find.rule == "coordination" or text[find.end : find.end + 1] != "（":
        return find
    for start, end, _ in learn(text, find.end):
        records = lexicon.get(text[start:end]) if ACRONYM.fullmatch(text, start, end) else ()
        owners = {record.name for record, _ in find.name.records or find.name.head}
        if not records or any(record.name in owners for record, _ in records):
            continue
        name = find.name.name
        fitting = tuple(
            pair
            for pair in records
            if (pair[0].name.endswith(name) if owners else _alike(name, pair[0].name))
        )
        if fitting and not find.name.head:
            return replace(find, name=OrganizationName(name, fitting))
    return find


def _alike(name: str, other: str) -> bool:
    """Whether two names have most characters in common (クルディスタン労働者党, クルド労働者党)."""
    short, long = sorted((set(name), set(other)), key=len)
    return len(short & long) >= ALIKE * len(short)


def gloss(
    analysis: Analysis, main: Analysis | None, finds: list[Found], lexicon: Lexicon[Organization]
) -> Iterator[Found]:
    """Yield an English gloss that spells out a body: one of the registry, or one behind its acronym."""
    text = analysis.sentence.text
    article = 4 if text.startswith("The ") else 0
    records = lexicon.get(text[article:])
    if records:
        yield Find(article, len(text), "gloss", OrganizationName(text[article:], records))
    elif main is not None and text:
        start = analysis.sentence.starts[0]
        for find in finds:
            gap = start - main.sentence.raw_span(find.start, find.end)[1]
            if 0 <= gap <= GLOSS_GAP and main.sentence.text[find.start : find.end].isascii():
                yield Find(article, len(text), "gloss", find.name)
