"""Entities and gold → scores and errors; two annotations → their agreement; two runs → what changed.

Mentions are paired in this order, each at most once: same span, label and value (``correct``); same span
and label (``norm``); overlap under one label (``boundary``); same span, else overlap, under two labels
(``label``); what is left is ``missed`` or ``spurious``. Strict and norm scores count the first two; the
overlap score is a maximum matching of its own, so that no order of pairing can lower it.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict, deque
from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING

import numpy as np

from pipeline.gold import mentions_of, spans_by_document, within
from pipeline.model import LABELS, HakushoError
from pipeline.scores import SCHEMES, SCORED, Accuracy, Case, Comparison, Score, Scores

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence

    import numpy.typing as npt

    from pipeline.gold import GoldMention, Mentions, Span
    from pipeline.scores import Kind, Verdict

    Bucket = Callable[[GoldMention], tuple[str, int]]
    Key = Callable[[GoldMention], Hashable]
    Pairs = list[tuple[GoldMention, GoldMention]]
    Matched = tuple[Pairs, list[GoldMention], list[GoldMention]]

SEED = 20140805  # 決め打ち, as are the next three
RESAMPLES = 1000
WINDOW = 100  # characters of a bootstrap bucket where neither sentences nor the text are known
CONTEXT = 25  # characters each side of an error

_FIELDS: tuple[tuple[str, str, Key], ...] = (
    ("ORG", "norm", lambda m: m.norm),
    ("DATE", "value", lambda m: m.value),
    ("DATE", "mod", lambda m: m.mod),
    ("LAW", "norm", lambda m: m.norm),
    ("LAW", "locator", lambda m: m.locator),
)


def evaluate(
    predictions: Mentions,
    gold: Mentions,
    *,
    documents: Iterable[str] | None = None,
    sentences: Iterable[Span] | None = None,
    texts: Mapping[str, str] | None = None,
    regions: Iterable[Span] | None = None,
    seed: int = SEED,
) -> Scores:
    """Score predictions against gold.

    The 95 % interval of F1 resamples the sentences that hold a mention; a mention belongs to the last
    sentence that starts at or before it. A document without sentences is cut at the lines of its text, and
    one without text every ``WINDOW`` characters.

    Args:
        predictions: A file, a folder (see :func:`pipeline.gold.read_mentions`) or mentions.
        gold: Likewise.
        documents: Ids to score; by default those of the regions, or else those that the gold names.
        sentences: The spans that the bootstrap resamples.
        texts: Raw texts by document, for the context of errors.
        regions: Passages of larger texts: only mentions wholly inside one count, on both sides.
        seed: Of the bootstrap.

    Raises:
        HakushoError: A file is bad, or gold and predictions show different texts at one place.
    """
    wanted, found = mentions_of(gold), mentions_of(predictions)
    areas = None if regions is None else tuple(regions)
    named = {m.doc_id for m in wanted} if areas is None else {doc_id for doc_id, _, _ in areas}
    scored = set(named if documents is None else documents)
    golden, predicted = (
        [m for m in (side if areas is None else within(side, areas)) if m.doc_id in scored]
        for side in (wanted, found)
    )
    cases = pair(golden, predicted, texts or {})
    strict = [(c.left, c.right) for c in cases if c.kind in ("correct", "norm") and c.left and c.right]
    overlap = _overlapping(golden, predicted, lambda m: (m.doc_id, m.label))[0]
    pairs = (strict, overlap, [(g, p) for g, p in strict if g.normalized == p.normalized])
    columns = (golden, predicted, *(list(chain.from_iterable(scheme)) for scheme in pairs))
    return Scores(
        lines=_lines(_counts(columns, _bucket(sentences or (), texts or {})), seed),
        fields=tuple(_field(strict, *field) for field in _FIELDS),
        rules=_rules(predicted, [p for _, p in strict]),
        cases=tuple(cases),
        documents=tuple(sorted(scored)),
        unscored=tuple(sorted({m.doc_id for m in found} - scored)),
        unpredicted=tuple(sorted(scored - {m.doc_id for m in found})),
    )


def agreement(
    a: Mentions, b: Mentions, *, texts: Mapping[str, str] | None = None, seed: int = SEED
) -> Scores:
    """Compare two annotations over all documents that either names.

    F1 is the same either way round. The fields tell how far the two agree on the value of a mention that
    both have; among the errors, ``missed`` stands in ``a`` alone and ``spurious`` in ``b`` alone.
    """
    first, second = mentions_of(a), mentions_of(b)
    named = {m.doc_id for m in (*first, *second)}
    return replace(evaluate(second, first, documents=named, texts=texts, seed=seed), sides=("a", "b"))


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


def pair(
    gold: Sequence[GoldMention], predicted: Sequence[GoldMention], texts: Mapping[str, str]
) -> list[Case]:
    """Pair gold with predictions as the module's docstring says; the cases come in text order.

    Raises:
        HakushoError: Both have a mention at one span, and its text differs.
    """
    stages: tuple[tuple[Kind, Callable[..., Matched], Key], ...] = (
        ("correct", _equal, lambda m: (_place(m), m.label, m.normalized)),
        ("norm", _equal, lambda m: (_place(m), m.label)),
        ("boundary", _overlapping, lambda m: (m.doc_id, m.label)),
        ("label", _equal, _place),
        ("label", _overlapping, lambda m: m.doc_id),
    )
    cases: list[Case] = []
    for kind, match, key in stages:
        pairs, gold, predicted = match(gold, predicted, key)
        for g, p in pairs:
            if match is _equal and g.text and p.text and g.text.split() != p.text.split():
                raise HakushoError(
                    f"{g.doc_id} [{g.start}, {g.end}): found {g.text!r} and {p.text!r} there; wanted tables "
                    "of one text: annotate or run the same file"
                )
            cases.append(Case(kind, g, p, _context(texts, g, p)))
    cases += [Case("missed", m, None, _context(texts, m)) for m in gold]
    cases += [Case("spurious", None, m, _context(texts, m)) for m in predicted]
    return sorted(cases, key=lambda case: _place(case.mention))


def _place(m: GoldMention) -> tuple[str, int, int]:
    return m.doc_id, m.start, m.end


def _equal(gold: Iterable[GoldMention], predicted: Iterable[GoldMention], key: Key) -> Matched:
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


def _overlapping(gold: Iterable[GoldMention], predicted: Iterable[GoldMention], key: Key) -> Matched:
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


def _bucket(sentences: Iterable[Span], texts: Mapping[str, str]) -> Bucket:
    starts = {name: [line.start() for line in re.finditer(r"[^\r\n]+", text)] for name, text in texts.items()}
    starts |= {
        name: sorted(start for start, _ in spans) for name, spans in spans_by_document(sentences).items()
    }

    def number(m: GoldMention) -> tuple[str, int]:
        return m.doc_id, bisect_right(starts[m.doc_id], m.start) if m.doc_id in starts else m.start // WINDOW

    return number


def _counts(columns: Sequence[Sequence[GoldMention]], bucket: Bucket) -> npt.NDArray[np.float64]:
    """Return counts by bucket, label (the last is ALL) and column: gold, predicted, pairs of each scheme.

    A pair counts half where its gold mention stands and half where its prediction does, so that no draw of
    sentences has more pairs than mentions.
    """
    names = sorted({bucket(m) for mentions in columns for m in mentions})
    rows = {name: i for i, name in enumerate(names)}
    counts = np.zeros((len(rows), len(SCORED), len(columns)))
    for i, mentions in enumerate(columns):
        for m in mentions:
            counts[rows[bucket(m)], [LABELS.index(m.label), -1], i] += 1 if i < 2 else 0.5
    return counts


def _lines(counts: npt.NDArray[np.float64], seed: int) -> tuple[Score, ...]:
    rng, n = np.random.default_rng(seed), len(counts)
    flat = counts.reshape(n, counts.shape[1] * counts.shape[2])
    draws = (np.bincount(rng.integers(n, size=n), minlength=n) @ flat for _ in range(RESAMPLES if n else 0))
    samples = np.array([*draws, counts.sum(axis=0).ravel()]).reshape(-1, *counts.shape[1:])
    lines = []
    for i, label in enumerate(SCORED):
        for j, scheme in enumerate(SCHEMES, 2):
            both, twice = samples[:-1, i, 0] + samples[:-1, i, 1], 2 * samples[:-1, i, j]
            f1 = twice[both > 0] / both[both > 0]
            low, high = map(float, np.quantile(f1, (0.025, 0.975)) if len(f1) else (np.nan, np.nan))
            gold, predicted, matched = (int(samples[-1, i, column]) for column in (0, 1, j))
            lines.append(Score(label, scheme, gold, predicted, matched, low, high))
    return tuple(lines)


def _field(strict: Pairs, label: str, name: str, key: Key) -> Accuracy:
    equal = [key(g) == key(p) for g, p in strict if g.label == label]
    return Accuracy(label, name, sum(equal), len(equal))


def _rules(predicted: Iterable[GoldMention], strict: Iterable[GoldMention]) -> tuple[Accuracy, ...]:
    total = Counter((m.label, m.rule) for m in predicted)
    correct = Counter((m.label, m.rule) for m in strict)
    named = any(rule for _, rule in total)
    return tuple(Accuracy(*key, correct[key], n) for key, n in sorted(total.items()) if named)


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
        same = [g.normalized for g in touching if _place(g) == _place(m)]
        return 1 + (m.normalized in same) if same else 0 if touching else -1

    def judge(change: Case) -> Verdict:
        mentions = [m for m in (change.left, change.right) if m]
        known = [m for m in mentions if m.doc_id in scored] if areas is None else within(mentions, areas)
        if len(known) < len(mentions):
            return ""
        gain = worth(change.right) - worth(change.left)
        return "fix" if gain > 0 else "fault" if gain < 0 else "neutral"

    return judge
