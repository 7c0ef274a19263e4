"""Farmers' cooperatives by the name that they bear in public: JA青葉, JAあおば中央."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.entities.names.find import Find
from pipeline.entities.names.phrases import in_name
from pipeline.entities.organizations.facts import countries, words
from pipeline.entities.organizations.find import OrganizationName
from pipeline.model.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.model.sentence import Analysis

MARK = Rule(
    "mark_of_a_cooperative",
    "(?<![A-Za-z0-9-])JA(?=[一-龥ぁ-んァ-ヶ])",
    reads=("⟦JA⟧青葉", "⟦JA⟧あおば"),
    leaves=("JAXA", "AJA青葉", "JA "),
)
FULL = "農業協同組合"
LONGEST = 4  # 決め打ち: words of such a name


def cooperatives(analysis: Analysis) -> Iterator[Find[OrganizationName]]:
    """Yield the cooperatives of a sentence; their norm is the name with 農業協同組合 behind it."""
    text = analysis.sentence.text
    for match in MARK.finditer(text) if "JA" in text else ():
        end, placed = match.end(), False
        tail = [token for token in analysis.tokens if match.end() <= token.start < match.end() + 16]
        for token in tail[:LONGEST]:
            if token.start != end or not in_name(token) or token.surface in words("behind_a_cooperative"):
                break
            placed = placed or ("地名" in token.pos and token.surface not in countries())
            end = token.end
        if placed:
            written, own = text[match.start() : end], text[match.end() : end]
            name = OrganizationName(written, alias_of=own + FULL, kind="association")
            yield Find(match.start(), end, "cooperative", name)
