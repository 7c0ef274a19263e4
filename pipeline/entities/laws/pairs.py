"""Agreements of two or three parties whose kind is given by letters: 星豪DEA, 日中韓FTA, EU・ベトナムFTA."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.entities.laws.around import grown
from pipeline.entities.laws.blanks import closed
from pipeline.entities.laws.citation import Citation
from pipeline.entities.laws.parties import parties
from pipeline.entities.names.definitions import on_edges
from pipeline.facts import rows
from pipeline.model.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from pipeline.entities.laws.citation import Find

_COUNTRIES = {row["short"] for row in rows("countries.csv") if row["iso"] != "JP" and len(row["short"]) > 1}
_NAMES = sorted(
    _COUNTRIES | {name for own in parties().values() for name in own}, key=lambda name: (-len(name), name)
)
_LETTER = f"[日{''.join(name for name in _NAMES if len(name) == 1)}]"
_PARTY = f"(?:日本|{'|'.join(name for name in _NAMES if len(name) > 1)})"
_KINDS = "(?:FTA|EPA|DEA|DPA)"
KIND = Rule("letters_of_a_kind_of_agreement", _KINDS, reads=("日豪FTA",), leaves=("WTO",))
AGREEMENT = Rule(
    "agreement_of_a_pair",
    rf"(?<![一-龥々ァ-ヶーA-Za-z・])(?:{_LETTER}{{2,3}}|日・?{_PARTY}|{_PARTY}・?{_PARTY}|{_PARTY}・?{_LETTER}"
    rf"|{_LETTER}・?{_PARTY})[・ ]?C?{_KINDS}(?![A-Za-z0-9])",
    reads=("⟦星豪DEA⟧（2020年", "⟦日・イスラエルEPA⟧を", "⟦日中韓FTA⟧交渉", "⟦EU・ベトナムFTA⟧が"),
    leaves=("二国間FTA", "包括的なEPA", "越境EC", "日本のEPA"),
)


def agreements_of_pairs(
    text: str, edges: frozenset[int], known: Collection[tuple[int, int]]
) -> Iterator[Find]:
    """Yield the agreements of a pair, but for the ``known`` spans."""
    for match in AGREEMENT.finditer(text) if KIND.search(text) else ():
        if match.span() not in known and on_edges(text, *match.span(), edges):
            yield grown(text, *match.span(), "compound_title", Citation(closed(match.group())))
