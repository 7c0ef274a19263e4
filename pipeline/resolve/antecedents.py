"""What 同法, 同条約, 同省令 and 同条 can point back to."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipeline.recognize.citation import Citation
    from pipeline.resolve.laws import ResolvedLaw

TREATY_HEADS = frozenset({"条約", "条約案", "協定", "協定案", "取極", "議定書", "憲章"})
TREATY_KINDS = frozenset(
    {
        "treaty",
        "agreement",
        "arrangement",
        "protocol",
        "charter",
        "exchange_of_notes",
        "convention",
        "amendment",
    }
)
ORDER_HEADS = {
    "政令": ("施行令",),
    "省令": ("施行規則",),
    "府令": ("施行規則",),
    "規則": ("施行規則",),
    "告示": (),
    "訓令": (),
}


def can_mean(citation: Citation, past: Citation, law: ResolvedLaw) -> bool:
    """Whether the anaphor ``citation`` can point back to ``law``, which ``past`` cites."""
    head, norm = citation.anaphor, law.norm
    names = (norm, past.name + "案" * past.bill)
    if head in ("条", "項"):
        return bool(law.locators.article)
    if head in ("法案", "法律案"):
        return norm.endswith(("法案", "法律案")) or past.amended
    if citation.bill:
        return any(name.endswith(head) for name in names)
    treaty = law.kind in TREATY_KINDS or norm.endswith(tuple(TREATY_HEADS))
    if head in TREATY_HEADS:
        return treaty and (any(name.endswith(head) for name in names) or head == "条約")
    if treaty:
        return False
    if head in ("法", "法律", "改正法", "特措法"):
        return bool(re.search(r"(?:法|法律|憲法)(?:案)?$", norm))
    if head in ORDER_HEADS:
        # 施行令 is a 政令, 施行規則 a 省令 or 府令; else the number says what it is.
        return bool(re.search(rf"{head}第", law.law_num)) or norm.endswith((head, *ORDER_HEADS[head]))
    return any(name.endswith(head) for name in names)
