"""Entities and gold → scores and errors; two annotations → their agreement.

Mentions are paired as ``pairs.py`` says. Strict and norm scores count the first two; the
overlap score is a maximum matching of its own, so that no order of pairing can lower it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from dataclasses import replace
from itertools import chain
from operator import attrgetter
from typing import TYPE_CHECKING

from pipeline.entities import measures_of
from pipeline.scoring.gold import mentions_of, spans_by_document, within
from pipeline.scoring.pairs import overlapping, pair
from pipeline.scoring.scores import ALL, SCHEMES, Accuracy, Score, Scores
from pipeline.scoring.scores import scored as labels_of

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence

    import numpy as np
    import numpy.typing as npt

    from pipeline.scoring.gold import GoldMention, Mentions, Span

    Bucket = Callable[[GoldMention], tuple[str, int]]
    Key = Callable[[GoldMention], Hashable]
    Pairs = list[tuple[GoldMention, GoldMention]]
    Matched = tuple[Pairs, list[GoldMention], list[GoldMention]]

SEED = 20140805  # 決め打ち, as are the next two
RESAMPLES = 1000
WINDOW = 100  # characters of a bootstrap bucket where neither sentences nor the text are known


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
        predictions: A file, a folder (see :func:`pipeline.scoring.gold.read_mentions`) or mentions.
        gold: Likewise.
        documents: Ids to score; by default those of the regions, or else those that the gold names.
        sentences: The spans that the bootstrap resamples.
        texts: Raw texts by document, for the context of errors.
        regions: Passages of larger texts: only mentions wholly inside one count, on both sides.
        seed: Of the bootstrap.

    Raises:
        HakushoError: A file is bad, or gold and predictions show different texts at one place.
    """
    # The predictions first: the record of a run tells of labels of one's own.
    found, wanted = mentions_of(predictions), mentions_of(gold)
    areas = None if regions is None else tuple(regions)
    named = {m.doc_id for m in wanted} if areas is None else {doc_id for doc_id, _, _ in areas}
    scored = set(named if documents is None else documents)
    golden, predicted = (_within(side, areas, scored) for side in (wanted, found))
    cases = pair(golden, predicted, texts or {})
    strict = [(c.left, c.right) for c in cases if c.kind in ("correct", "norm") and c.left and c.right]
    overlap = overlapping(golden, predicted, lambda m: (m.doc_id, m.label))[0]
    pairs = (strict, overlap, [(g, p) for g, p in strict if g.normalized == p.normalized])
    columns = (golden, predicted, *(list(chain.from_iterable(scheme)) for scheme in pairs))
    labels = labels_of((*golden, *predicted))
    return Scores(
        lines=_lines(_counts(columns, labels, _bucket(sentences or (), texts or {})), labels, seed),
        fields=tuple(_fields(strict, labels)),
        rules=_rules(predicted, [p for _, p in strict]),
        cases=tuple(cases),
        documents=tuple(sorted(scored)),
        unscored=tuple(sorted({m.doc_id for m in found} - scored)),
        unpredicted=tuple(sorted(scored - {m.doc_id for m in found})),
    )


def _within(
    mentions: Sequence[GoldMention], areas: Sequence[Span] | None, scored: set[str]
) -> list[GoldMention]:
    return [m for m in (mentions if areas is None else within(mentions, areas)) if m.doc_id in scored]


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


def _bucket(sentences: Iterable[Span], texts: Mapping[str, str]) -> Bucket:
    starts = {name: [line.start() for line in re.finditer(r"[^\r\n]+", text)] for name, text in texts.items()}
    starts |= {
        name: sorted(start for start, _ in spans) for name, spans in spans_by_document(sentences).items()
    }

    def number(m: GoldMention) -> tuple[str, int]:
        return m.doc_id, bisect_right(starts[m.doc_id], m.start) if m.doc_id in starts else m.start // WINDOW

    return number


def _counts(
    columns: Sequence[Sequence[GoldMention]], labels: Sequence[str], bucket: Bucket
) -> npt.NDArray[np.float64]:
    """Return counts by bucket, label (the last is ALL) and column: gold, predicted, pairs of each scheme.

    A pair counts half where its gold mention stands and half where its prediction does, so that no draw of
    sentences has more pairs than mentions.
    """
    import numpy as np  # here and below: it takes a tenth of a second that other commands save

    names = sorted({bucket(m) for mentions in columns for m in mentions})
    rows = {name: i for i, name in enumerate(names)}
    counts = np.zeros((len(rows), len(labels), len(columns)))
    for i, mentions in enumerate(columns):
        for m in mentions:
            counts[rows[bucket(m)], [labels.index(m.label), -1], i] += 1 if i < 2 else 0.5
    return counts


def _lines(counts: npt.NDArray[np.float64], labels: Sequence[str], seed: int) -> tuple[Score, ...]:
    import numpy as np

    rng, n = np.random.default_rng(seed), len(counts)
    flat = counts.reshape(n, counts.shape[1] * counts.shape[2])
    draws = (np.bincount(rng.integers(n, size=n), minlength=n) @ flat for _ in range(RESAMPLES if n else 0))
    samples = np.array([*draws, counts.sum(axis=0).ravel()]).reshape(-1, *counts.shape[1:])
    lines = []
    for i, label in enumerate(labels):
        for j, scheme in enumerate(SCHEMES, 2):
            both, twice = samples[:-1, i, 0] + samples[:-1, i, 1], 2 * samples[:-1, i, j]
            f1 = twice[both > 0] / both[both > 0]
            low, high = map(float, np.quantile(f1, (0.025, 0.975)) if len(f1) else (np.nan, np.nan))
            gold, predicted, matched = (int(samples[-1, i, column]) for column in (0, 1, j))
            lines.append(Score(label, scheme, gold, predicted, matched, low, high))
    return tuple(lines)


def _fields(strict: Pairs, labels: Iterable[str]) -> Iterator[Accuracy]:
    for label in labels:
        if label != ALL:
            yield from (_field(strict, label, name, attrgetter(*names)) for name, names in measures_of(label))


def _field(strict: Pairs, label: str, name: str, key: Key) -> Accuracy:
    same = [key(g) == key(p) for g, p in strict if g.label == label]
    return Accuracy(label, name, sum(same), len(same))


def _rules(predicted: Iterable[GoldMention], strict: Iterable[GoldMention]) -> tuple[Accuracy, ...]:
    total = Counter((m.label, m.rule) for m in predicted)
    correct = Counter((m.label, m.rule) for m in strict)
    named = any(rule for _, rule in total)
    return tuple(Accuracy(*key, correct[key], n) for key, n in sorted(total.items()) if named)
