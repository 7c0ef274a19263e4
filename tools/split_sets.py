"""The gold of a split with its texts: the chapter, the samples, and every stand-off set whose texts are at hand."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path

from pipeline.model.source import Source
from pipeline.read import discover, load
from pipeline.scoring.gold import GoldMention, Span, read_gold, within
from tools.gold_sets import CORPUS, passage_source, texts_in


@dataclass
class Set:
    """Texts that belong together, all of each or only the passages in ``regions``, and the hash of their gold."""

    name: str
    sources: list[Source] = field(default_factory=list)
    gold: list[GoldMention] = field(default_factory=list)
    regions: list[Span] = field(default_factory=list)
    hashes: list[str] = field(default_factory=list)

    def add(self, source: Source, gold: Path) -> None:
        """Take in a text and its gold, if it has any."""
        self.sources.append(source)
        if gold.exists():
            self.gold.extend(read_gold(gold))
            self.hashes.append(sha256(gold.read_bytes()).hexdigest())

    def areas(self) -> list[Span]:
        """Return the passages that gold was made for."""
        return self.regions or [(source.doc_id, 0, len(source.raw)) for source in self.sources]

    def scored_gold(self) -> list[GoldMention]:
        """Return the gold inside the passages."""
        return within(self.gold, self.areas())

    def excerpts(self, margin: int) -> Set:
        """Return the set with texts that reach no farther than ``margin`` code points around its passages.

        Passages that are near each other share an excerpt, whose ``doc_id`` is the document's with a number behind ``#``.
        """
        if not self.regions:
            return self
        found = Set(self.name, hashes=self.hashes)
        for source in self.sources:
            mine = sorted((start, end) for doc_id, start, end in self.regions if doc_id == source.doc_id)
            gold = [m for m in self.scored_gold() if m.doc_id == source.doc_id]
            for number, (first, last) in enumerate(_windows(mine, margin, len(source.raw))):
                doc_id = f"{source.doc_id}#{number}"
                found.sources.append(replace(source, doc_id=doc_id, raw=source.raw[first:last]))
                found.regions += [(doc_id, a - first, b - first) for a, b in mine if first <= a < last]
                found.gold += [
                    replace(m, doc_id=doc_id, start=m.start - first, end=m.end - first)
                    for m in gold
                    if first <= m.start < last
                ]
        return found

    def digest(self) -> str:
        """Return one hash of all its gold."""
        return sha256("".join(sorted(self.hashes)).encode()).hexdigest()[:16]


def gold_sets(texts: Path | None, split: str = "dev") -> list[Set]:
    """Return the sets of ``split``; of the stand-off ones those whose texts lie under ``texts``."""
    found = []
    if split == "dev":
        chapter = Set("chapter")
        for item in discover([str(CORPUS)]):
            chapter.add(load(item), CORPUS / f"gold/{item.doc_id}.csv")
        found.append(chapter)
    samples = Set("samples")
    for item in discover([str(CORPUS / "samples")]):
        if item.facts["split"] == split:
            samples.add(load(item), CORPUS / f"samples/gold/{item.doc_id}.csv")
    found.append(samples)
    found += [
        kept
        for path in sorted(CORPUS.glob("*/passages.csv"))
        for kept in [stand_off(path, texts, split)]
        if kept.sources
    ]
    return found


def stand_off(passages: Path, texts: Path | None, split: str) -> Set:
    """Return the passages of ``split`` in a stand-off set; ``gold/`` beside the list holds their gold."""
    files = texts_in(texts)
    rows = defaultdict(list)
    with passages.open(encoding="utf-8-sig", newline="") as stream:
        for row in csv.DictReader(stream):
            if row["split"] == split and row["sha256"] in files:
                rows[row["doc_id"]].append(row)
    found = Set(passages.parent.name)
    for doc_id, mine in rows.items():
        found.add(passage_source(mine[0], files[mine[0]["sha256"]]), passages.parent / f"gold/{doc_id}.csv")
        found.regions += [(doc_id, int(row["start"]), int(row["end"])) for row in mine]
    return found


def _windows(spans: list[tuple[int, int]], margin: int, length: int) -> Iterator[tuple[int, int]]:
    """Yield what lies within ``margin`` of the spans; what overlaps is one window."""
    first = last = -1
    for start, end in spans:
        low, high = max(0, start - margin), min(length, end + margin)
        if first >= 0 and low <= last:
            last = max(last, high)
            continue
        if first >= 0:
            yield first, last
        first, last = low, high
    if first >= 0:
        yield first, last


def each(sets: list[Set]) -> Iterator[tuple[Set, Source]]:
    """Yield every text with its set."""
    for one in sets:
        for source in one.sources:
            yield one, source
