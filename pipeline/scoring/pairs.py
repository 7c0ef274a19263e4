"""Which prediction answers which gold mention.

Mentions are paired in this order, each at most once: same span, label and value (``correct``); same span
and label (``norm``); overlap under one label (``boundary``); same span, else overlap, under two labels
(``label``); what is left is ``missed`` or ``spurious``.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict, deque
from typing import TYPE_CHECKING

from pipeline.model.errors import HakushoError
from pipeline.scoring.scores import Case

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence

    from pipeline.scoring.gold import GoldMention
    from pipeline.scoring.scores import Kind

    Key = Callable[[GoldMention], Hashable]
    Pairs = list[tuple[GoldMention, GoldMention]]
    Matched = tuple[Pairs, list[GoldMention], list[GoldMention]]

CONTEXT = 25  # characters each side of an error (決め打ち)


def pair(
    gold: Sequence[GoldMention], predicted: Sequence[GoldMention], texts: Mapping[str, str]
) -> list[Case]:
    """Pair gold with predictions as the module's docstring says; the cases come in text order.

    Raises:
        HakushoError: Both have a mention at one span, and its text differs.
    """
    stages: tuple[tuple[Kind, Callable[..., Matched], Key], ...] = (
        ("correct", equal, lambda m: (place(m), m.label, m.normalized)),
        ("norm", equal, lambda m: (place(m), m.label)),
        ("boundary", overlapping, lambda m: (m.doc_id, m.label)),
        ("label", equal, place),
        ("label", overlapping, lambda m: m.doc_id),
    )
    cases: list[Case] = []
    for kind, match, key in stages:
        pairs, gold, predicted = match(gold, predicted, key)
        for g, p in pairs:
            if match is equal and g.text and p.text and g.text.split() != p.text.split():
                raise HakushoError(
                    f"{g.doc_id} [{g.start}, {g.end}): found {g.text!r} and {p.text!r} there; wanted tables "
                    "of one text: annotate or run the same file"
                )
            cases.append(Case(kind, g, p, _context(texts, g, p)))
    cases += [Case("missed", m, None, _context(texts, m)) for m in gold]
    cases += [Case("spurious", None, m, _context(texts, m)) for m in predicted]
    return sorted(cases, key=lambda case: place(case.mention))


def place(m: GoldMention) -> tuple[str, int, int]:
    """Return what two mentions of one span share, whatever their labels."""
    return m.doc_id, m.start, m.end


def equal(gold: Iterable[GoldMention], predicted: Iterable[GoldMention], key: Key) -> Matched:
    """Pair mentions of equal ``key``; return the pairs, and what is left on each side."""
    waiting: defaultdict[Hashable, deque[GoldMention]] = defaultdict(deque)
    for p in predicted:
        waiting[key(p)].append(p)
    pairs: Pairs = []
    left = []
    for g in gold:
        if same := waiting[key(g)]:
            pairs.append((g, same.popleft()))
        else:
            left.append(g)
    return pairs, left, [p for rest in waiting.values() for p in rest]


def overlapping(gold: Iterable[GoldMention], predicted: Iterable[GoldMention], key: Key) -> Matched:
    """Pair as many overlapping mentions of equal ``key`` as can be; return the pairs, and what is left."""
    groups: defaultdict[Hashable, tuple[list[GoldMention], list[GoldMention]]] = defaultdict(lambda: ([], []))
    for side, mentions in enumerate((gold, predicted)):
        for m in sorted(mentions, key=lambda m: (m.start, m.end)):
            groups[key(m)][side].append(m)
    pairs: Pairs = []
    left: list[GoldMention] = []
    right: list[GoldMention] = []
    for g, p in groups.values():
        mate = _maximum_matching(_neighbours(g, p))
        taken = set(mate.values())
        pairs += [(g[i], p[j]) for i, j in mate.items()]
        left += [m for i, m in enumerate(g) if i not in mate]
        right += [m for j, m in enumerate(p) if j not in taken]
    return pairs, left, right


def _neighbours(gold: Sequence[GoldMention], predicted: Sequence[GoldMention]) -> list[list[int]]:
    starts = [p.start for p in predicted]
    longest = max((p.end - p.start for p in predicted), default=0)
    near = [range(bisect_right(starts, g.start - longest), bisect_left(starts, g.end)) for g in gold]
    return [[j for j in js if predicted[j].end > g.start] for g, js in zip(gold, near, strict=True)]


def _maximum_matching(neighbours: Sequence[Sequence[int]]) -> dict[int, int]:
    """Return a largest one-to-one choice of neighbours, by augmenting paths found breadth first."""
    mate: dict[int, int] = {}
    owner: dict[int, int] = {}
    for root in range(len(neighbours)):
        came: dict[int, int] = {}
        queue = deque([root])
        while queue:
            i = queue.popleft()
            new = [j for j in neighbours[i] if j not in came]
            came |= dict.fromkeys(new, i)
            free = next((j for j in new if j not in owner), None)
            if free is None:
                queue.extend(owner[j] for j in new)
                continue
            queue.clear()
            while free is not None:
                owner[free] = i = came[free]
                mate[i], free = free, mate.get(i)
    return mate


def _context(texts: Mapping[str, str], *mentions: GoldMention) -> str:
    if (text := texts.get(mentions[0].doc_id)) is None:
        return ""
    start, end = min(m.start for m in mentions), max(m.end for m in mentions)
    left, right = text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT]
    return re.sub(r"\r\n?|[\n\v\f\x85\u2028\u2029]", "␤", f"{left}【{text[start:end]}】{right}")
