"""Panels right behind their council's name that are called by what they are about: 国連｜子どもの権利委員会."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.entities.names.phrases import in_name
from pipeline.model.rule import Rule

if TYPE_CHECKING:
    from pipeline.entities.organizations.find import Found
    from pipeline.model.sentence import Analysis

COMMITTEE_ON = Rule(
    "committee_on_a_right",  # 国連｜子どもの権利委員会: right behind the body's name
    "(?=[一-龥ァ-ヶ])[一-龥ァ-ヶーぁ-ん]{2,6}の(?:権利|地位|保護)委員会",
    reads=("国連⟦子どもの権利委員会⟧", "国連⟦女性の地位委員会⟧"),
    leaves=("⟦は子どもの権利委員会", "⟦権利委員会", "⟦子どもの権利条約"),
)
PANEL_ON = Rule(
    "panel_on_a_matter",  # 青葉審議会｜こどもの居場所部会: what stands before の is all nouns
    "(?P<of>[一-龥ァ-ヶーぁ-ん]{1,10}?)の(?=[一-龥ァ-ヶー])[一-龥ァ-ヶー・]{2,16}?(?:部会|分科会)(?![一-龥])",
    reads=("審議会⟦こどもの居場所部会⟧", "審議会⟦水の環境部会⟧で"),
    leaves=("⟦の環境部会", "⟦環境部会", "⟦水の部会"),
)


def panel_end(analysis: Analysis, find: Found) -> int:
    """Return where a panel's name ends that goes on right behind its body's name ``find``, or 0."""
    records = find.name.records
    if not records:
        return 0
    text = analysis.sentence.text
    if committee := COMMITTEE_ON.match(text, find.end):
        return committee.end()
    panel = PANEL_ON.match(text, find.end) if records[0][0].kind == "council" else None
    return panel.end() if panel is not None and _nouns(analysis, *panel.span("of")) else 0


def _nouns(analysis: Analysis, start: int, end: int) -> bool:
    """Whether a span is nouns alone, so that no particle joins it to what stands before."""
    covered = [token for token in analysis.tokens if start <= token.start < end]
    whole = bool(covered) and covered[0].start == start and covered[-1].end == end
    return whole and all(in_name(token) for token in covered)
