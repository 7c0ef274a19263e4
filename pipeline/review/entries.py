"""Judgements as the page has them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pipeline.review.corrections import Correction


def same_place(a: Correction, b: Correction) -> bool:
    """Tell whether two judgements are of one mention, or of overlapping text."""
    spans = [(c.target[2:], (c.mention.start, c.mention.end)) for c in (a, b)]
    return any(x[0] < y[1] and y[0] < x[1] for x in spans[0] for y in spans[1])


def entry_of(c: Correction) -> dict[str, Any]:
    """Return a judgement as the page has it."""
    m, (_, label, start, end) = c.mention, c.target
    lists = {name: "|".join(getattr(m, name)) for name in ("article", "paragraph", "item")}
    strings = {
        name: getattr(m, name) for name in ("label", "start", "end", "text", "norm", "value", "mod", "note")
    }
    at = {"at_label": label, "at_start": start, "at_end": end}
    return {"doc_id": m.doc_id, "action": c.action, **at, **strings, **lists, "who": c.who, "when": c.when}
