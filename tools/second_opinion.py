"""``make second-opinion TEXTS=folder``: what a learned sequence model would add to the rules that find ORG.

    python -m tools.second_opinion TEXTS [--test]

A linear-chain CRF (python-crfsuite) over the morphemes is trained on the gold of ``dev``. It is used as a finder:
what it finds and the rules do not touch is taken in from a probability on. On ``dev`` each document is read by a model
that was trained without it; ``--test`` reads ``test`` once, which corpus/GOLD.md must log. What came of it stands in
docs/decisions.md.

TEXTS: a folder with the texts of the stand-off gold, found by their SHA-256.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from time import process_time
from typing import TYPE_CHECKING

import pipeline
from pipeline import facts
from tools.gold_sets import ROOT
from tools.split_sets import gold_sets

if TYPE_CHECKING:
    from pipeline.document.document import Document

sys.path.append(str(ROOT / "build/bench"))  # where make installs it
LABEL = "ORG"
# 決め打ち, all of them: code points around a passage that are read with it; parts of cross-validation; the penalties
# and steps of training; the probabilities from on which a name is taken in.
MARGIN, FOLDS = 1500, 5
TRAINING = {"c1": 0.1, "c2": 0.1, "max_iterations": 80, "feature.minfreq": 2}
FROM = (0.5, 0.6, 0.7, 0.8, 0.9, 0.95)
BETWEEN = (-2, -1, 0, 1, 2)  # morphemes before and behind that are looked at
KINDS = (
    ("一", "鿿", "kanji"),
    ("ぁ", "ん", "hiragana"),
    ("ァ", "ー", "katakana"),
    ("0", "9", "digit"),
    ("!", "~", "latin"),
)

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Text:
    """An excerpt: the sentences within its passages, the gold spans of ORG, and what the rules found there.

    Attributes:
        sentences: Of each the features of its morphemes, and their raw spans.
        rules: The spans that the rules found of ORG; ``taken`` those of any label.
    """

    document: str
    sentences: list[tuple[list[list[str]], list[Span]]]
    gold: frozenset[Span]
    rules: frozenset[Span]
    taken: tuple[Span, ...]


def texts(folder: Path, split: str) -> Iterator[Text]:
    """Read the texts of a split."""
    analyze = pipeline.load("sudachi")
    for one in gold_sets(folder, split):
        excerpts = one.excerpts(MARGIN)
        for source in excerpts.sources:
            document = analyze(source)
            areas = [(start, end) for doc_id, start, end in excerpts.areas() if doc_id == source.doc_id]
            gold = ((m.start, m.end) for m in excerpts.gold if (m.doc_id, m.label) == (source.doc_id, LABEL))
            rules = ((e.start, e.end) for e in document.entities if e.label == LABEL)
            yield Text(
                source.doc_id.partition("#")[0],
                list(_sentences(document, areas)),
                frozenset(span for span in gold if _within(span, areas)),
                frozenset(span for span in rules if _within(span, areas)),
                tuple((e.start, e.end) for e in document.entities),
            )


def _within(span: Span, areas: Sequence[Span]) -> bool:
    return any(start <= span[0] and span[1] <= end for start, end in areas)


def _sentences(document: Document, areas: Sequence[Span]) -> Iterator[tuple[list[list[str]], list[Span]]]:
    found = {(e.start, e.end): e.label for e in document.entities}
    for analysis in document.analyses:
        sentence = analysis.sentence
        if not analysis.tokens or not _within(sentence.raw_span(0, len(sentence.text)), areas):
            continue
        spans = [sentence.raw_span(t.start, t.end) for t in analysis.tokens]
        hits = [next((label for (a, b), label in found.items() if a <= start < b), "-") for start, _ in spans]
        yield features([(t.surface, t.pos) for t in analysis.tokens], hits), spans


def features(tokens: Sequence[tuple[str, str]], hits: Sequence[str]) -> list[list[str]]:
    """Return what the model sees of each morpheme and of its neighbours.

    Args:
        tokens: Surface and part of speech.
        hits: The label that the rules gave it, or ``-``.
    """
    heads = tuple(row["head"] for row in facts.rows("org_heads.csv"))
    own = [
        {"word": word, "pos": pos, "kinds": kinds_of(word), "last": word[-1:], "end": word[-2:], "first": word[:1],
         "head": str(word.endswith(heads)), "rules": hit}
        for (word, pos), hit in zip(tokens, hits, strict=True)
    ]  # fmt: skip
    found = []
    for at in range(len(own)):
        places = [(by, own[at + by]) for by in BETWEEN if 0 <= at + by < len(own)]
        seen = [f"{by}{name}={value}" for by, values in places for name, value in values.items()]
        seen += [f"{by}edge" for by in BETWEEN if not 0 <= at + by < len(own)]
        if at:
            seen.append(f"pos2={own[at - 1]['pos']}|{own[at]['pos']}")
        if at + 1 < len(own):
            seen.append(f"word2={own[at]['word']}|{own[at + 1]['word']}")
        found.append(seen)
    return found


def kinds_of(word: str) -> str:
    """Return the kinds of characters of a word, in their order.

    >>> kinds_of("NHK放送")
    'latin kanji'
    """
    kinds = [next((kind for first, last, kind in KINDS if first <= c <= last), "sign") for c in word]
    return " ".join(kind for at, kind in enumerate(kinds) if not at or kinds[at - 1] != kind)


def marks(spans: Sequence[Span], gold: frozenset[Span]) -> list[str]:
    """Return B, I or O for each morpheme."""
    found: list[str] = []
    for start, end in spans:
        mention = next((m for m in gold if m[0] <= start < m[1]), None)
        begins = mention is not None and (start <= mention[0] < end or found[-1:] in ([], ["O"]))
        found.append("O" if mention is None else "B" if begins else "I")
    return found


def train(read: Sequence[Text], path: Path) -> None:
    """Train a model, and write it to a path."""
    from pycrfsuite import Trainer

    trainer = Trainer(verbose=False)
    trainer.set_params(TRAINING)
    for text in read:
        for seen, spans in text.sentences:
            trainer.append(seen, marks(spans, text.gold))
    trainer.train(str(path))


def find(path: Path, read: Sequence[Text]) -> list[list[tuple[Span, float]]]:
    """Return the spans that a model finds in each text, with the least probability of their marks."""
    from pycrfsuite import Tagger

    tagger = Tagger()
    tagger.open(str(path))
    found = []
    for text in read:
        mine = []
        for seen, spans in text.sentences:
            said = tagger.tag(seen)
            firsts = [
                at
                for at, mark in enumerate(said)
                if mark != "O" and (mark == "B" or said[at - 1 : at] in ([], ["O"]))
            ]
            for first in firsts:
                last = next((at for at in range(first + 1, len(said)) if said[at] != "I"), len(said)) - 1
                sure = min(tagger.marginal(said[at], at) for at in range(first, last + 1))
                mine.append(((spans[first][0], spans[last][1]), sure))
        found.append(mine)
    return found


def score(read: Sequence[Text], found: Sequence[list[tuple[Span, float]]], least: float) -> str:
    """Return precision, recall and F1 of the rules and of what is taken in beside them."""
    right = said = wanted = more = good = 0
    for text, own in zip(read, found, strict=True):
        free = {
            span
            for span, sure in own
            if sure >= least and not any(start < span[1] and span[0] < end for start, end in text.taken)
        }
        more, good = more + len(free), good + len(free & text.gold)
        both = text.rules | free
        right, said, wanted = right + len(both & text.gold), said + len(both), wanted + len(text.gold)
    precision, recall = right / said, right / wanted
    f1 = 2 * precision * recall / (precision + recall)
    return f"P {precision:.4f}  R {recall:.4f}  F1 {f1:.4f}  taken in {more}, right {good}"


def without_rules(text: Text) -> Text:
    """Return a text without what the model is told of the rules."""
    kept = [
        ([[one for one in seen if "rules=" not in one] for seen in row], spans)
        for row, spans in text.sentences
    ]
    return replace(text, sentences=kept)


def crossed(dev: Sequence[Text], model: Path) -> list[list[tuple[Span, float]]]:
    """Return what is found in each text by a model that was trained without its document."""
    names = sorted({text.document for text in dev})
    found: dict[int, list[tuple[Span, float]]] = {}
    for part in range(FOLDS):
        left = set(names[part::FOLDS])
        train([text for text in dev if text.document not in left], model)
        mine = [at for at, text in enumerate(dev) if text.document in left]
        found |= dict(zip(mine, find(model, [dev[at] for at in mine]), strict=True))
    return [found[at] for at in range(len(dev))]


def main(arguments: Sequence[str]) -> None:
    """Measure it, told of the rules and not, and print a line for each probability."""
    folder = Path(arguments[0])
    dev = list(texts(folder, "dev"))
    test = list(texts(folder, "test")) if "--test" in arguments else []
    began = process_time()
    with TemporaryDirectory() as work:
        model = Path(work) / "model"
        for told in (True, False):
            print("told what the rules found:" if told else "not told:")
            mine, others = (read if told else [*map(without_rules, read)] for read in (dev, test))
            report("dev", mine, crossed(mine, model))
            if test:
                train(mine, model)
                report("test", others, find(model, others))
    print(f"{process_time() - began:.0f} seconds of the processor")


def report(split: str, read: Sequence[Text], found: Sequence[list[tuple[Span, float]]]) -> None:
    """Print what the rules reach, and what a model adds from each probability on."""
    print(f"{split}: rules alone  {score(read, found, 2.0)}")
    for least in FROM:
        print(f"{split}: from {least:4}    {score(read, found, least)}")


if __name__ == "__main__":
    main(sys.argv[1:])
