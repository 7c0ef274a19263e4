"""Two runs → what the second lost, gained and changed, judged by gold."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.scoring.gold import mentions_of, within
from pipeline.scoring.pairs import pair, place
from pipeline.scoring.scores import Case, Comparison

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from pipeline.scoring.gold import GoldMention, Mentions, Span
    from pipeline.scoring.scores import Verdict


def compare(
    run_a: Mentions,
    run_b: Mentions,
    gold: Mentions | None = None,
    *,
    texts: Mapping[str, str] | None = None,
    regions: Iterable[Span] | None = None,
) -> Comparison:
    """List what run B lost, gained, changed (other value) and moved (other boundary) against run A.

    With gold, a change is a ``fix`` or a ``fault`` by what a mention is worth: -1 spurious, 0 absent or
    overlapping gold of its label, 1 strict, 2 strict with its value. No difference is ``neutral``, and a
    mention in a document (or outside the regions) without gold stays unjudged. Another label is one lost
    and one gained.
    """
    judge = None if gold is None else _judge(mentions_of(gold), regions)
    cases = pair(mentions_of(run_a), mentions_of(run_b), texts or {})
    changes: list[Case] = []
    for case in cases:
        if case.kind in ("norm", "boundary"):
            changes.append(replace(case, kind="changed" if case.kind == "norm" else "moved"))
        elif case.kind != "correct":
            changes += [replace(case, kind="lost", right=None)] if case.left else []
            changes += [replace(case, kind="gained", left=None)] if case.right else []
    if judge:
        changes = [replace(change, verdict=judge(change)) for change in changes]
    return Comparison(tuple(changes), sum(case.kind == "correct" for case in cases))


def _judge(golden: Iterable[GoldMention], regions: Iterable[Span] | None) -> Callable[[Case], Verdict]:
    near: dict[tuple[str, str], list[GoldMention]] = {}
    for g in golden:
        near.setdefault((g.doc_id, g.label), []).append(g)
    scored = {doc_id for doc_id, _ in near}
    areas = None if regions is None else tuple(regions)

    def worth(m: GoldMention | None) -> int:
        if m is None:
            return 0
        touching = [g for g in near.get((m.doc_id, m.label), ()) if g.start < m.end and m.start < g.end]
        same = [g.normalized for g in touching if place(g) == place(m)]
        return 1 + (m.normalized in same) if same else 0 if touching else -1

    def judge(change: Case) -> Verdict:
        mentions = [m for m in (change.left, change.right) if m]
        known = [m for m in mentions if m.doc_id in scored] if areas is None else within(mentions, areas)
        if len(known) < len(mentions):
            return ""
        gain = worth(change.right) - worth(change.left)
        return "fix" if gain > 0 else "fault" if gain < 0 else "neutral"

    return judge
