"""The table of ``docs/explanation/structure.md``: our sentences and blocks on the gold, beside GiNZA's and a public splitter's sentences.

Run by ``make scores``. The others read the raw text between blank lines, which spares them most page breaks; blanks at the
edges of their sentences are not counted.
"""

from __future__ import annotations

import csv
import re
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import spacy
from ja_sentence_segmenter.common.pipeline import make_pipeline
from ja_sentence_segmenter.split.simple_splitter import split_newline, split_punctuation

from pipeline.clean import clean
from pipeline.model.source import Source
from pipeline.read import discover, load
from pipeline.scoring.structure import Page, Piece, StructureScore, read_structure_gold, score_structure
from pipeline.structure import structure

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROOT = Path(__file__).parent.parent
CORPUS = ROOT / "corpus"
Splitter = "Callable[[str], Iterator[tuple[int, int]]]"


def sets() -> dict[str, tuple[dict[str, str], list[Page]]]:
    """Return the texts and the gold of each part."""
    with (CORPUS / "samples/manifest.csv").open(encoding="utf-8") as stream:
        split = {row["doc_id"]: row["split"] for row in csv.DictReader(stream)}
    parts = {
        "the chapter": ({item.doc_id: load(item).raw for item in discover([str(CORPUS)])}, CORPUS / "gold")
    }
    samples = {item.doc_id: load(item).raw for item in discover([str(CORPUS / "samples")])}
    for name in ("dev", "test"):
        texts = {doc_id: raw for doc_id, raw in samples.items() if split[doc_id] == name}
        parts[f"samples, {name}"] = (texts, CORPUS / "samples/gold")
    return {
        name: (texts, [page for page in read_structure_gold(gold / "structure") if page.doc_id in texts])
        for name, (texts, gold) in parts.items()
    }


def ours(doc_id: str, raw: str) -> Page:
    """Return what the pipeline finds."""
    blocks, sentences, _ = structure(clean(Source(doc_id, raw)))
    return Page(
        doc_id,
        tuple(Piece(b.start, b.end, b.kind, b.level) for b in blocks),
        tuple(Piece(s.starts[0], s.ends[-1]) for s in sentences),
    )


def _theirs(splitter: Callable[[str], Iterator[tuple[int, int]]], doc_id: str, raw: str) -> Page:
    spans = []
    for part in re.finditer(r"\S(?:.|\n(?!\s*\n))*", raw):
        spans += [(part.start() + a, part.start() + b) for a, b in splitter(part[0])]
    return Page(doc_id, (), tuple(Piece(a, b) for a, b in spans if raw[a:b].strip()))


def others() -> dict[str, Callable[[str, str], Page]]:
    """Return the sentence splitters that we are compared with."""
    nlp = spacy.load("ja_ginza", exclude=["ner"])
    simple = make_pipeline(split_newline, partial(split_punctuation, punctuations="。!?！？"))

    def ginza(text: str) -> Iterator[tuple[int, int]]:
        return ((s.start_char, s.end_char) for s in nlp(text).sents)

    def by_simple(text: str) -> Iterator[tuple[int, int]]:
        at = 0
        for sentence in simple(text):
            start = text.find(sentence, at)
            if start >= 0:
                at = start + len(sentence)
                yield start, at

    return {
        "GiNZA (parser)": partial(_theirs, ginza),
        "ja_sentence_segmenter": partial(_theirs, by_simple),
    }


def _row(name: str, system: str, scores: dict[str, StructureScore], *, blocks: bool) -> str:
    measures = ("sentence boundaries", "sentences", "blocks", "block kinds", "heading parents")
    cells = [f"{scores[m].f1:.3f}" if blocks or m.startswith("sentence") else "–" for m in measures]
    return f"| {name} | {scores['sentences'].gold if name else ''} | {system} | {' | '.join(cells)} |"


def table() -> str:
    """Return the table as Markdown."""
    lines = [
        "| text | sentences | system | sentence ends | sentences (both ends) | blocks (span and kind) | block kinds | heading parents |",
        "|---|---|---|---|---|---|---|---|",
    ]
    systems = {"hakusho": ours} | others()
    for name, (texts, gold) in sets().items():
        for system, read in systems.items():
            found = [read(doc_id, raw) for doc_id, raw in texts.items()]
            scores = {str(s.measure): s for s in score_structure(gold, found, texts)}
            own = system == "hakusho"
            lines.append(_row(name if own else "", system, scores, blocks=own))
    return "\n".join(lines)
