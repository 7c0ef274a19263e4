"""The sets of gold, from the files of ``corpus/``: their texts, mentions and passages.

The texts of the stand-off passages are not shipped: they are found by their SHA-256 in a folder, and are left
out without one.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.model.source import Source
from pipeline.read import discover, load
from pipeline.scoring.gold import GoldMention, Span, read_gold

if TYPE_CHECKING:
    from collections.abc import Mapping

ROOT = Path(__file__).parent.parent
CORPUS = ROOT / "corpus"
PASSAGES = CORPUS / "standoff/passages.csv"


@dataclass
class Set:
    """Texts that are scored together: all of each, or only the passages in ``regions``."""

    sources: list[Source] = field(default_factory=list)
    gold: list[GoldMention] = field(default_factory=list)
    regions: list[Span] = field(default_factory=list)

    def areas(self, source: Source) -> list[tuple[int, int]]:
        """Return what of a text is scored, as half-open spans of code points."""
        return [(a, b) for d, a, b in self.regions if d == source.doc_id] or [(0, len(source.raw))]

    def add(self, source: Source, folder: Path) -> None:
        """Take in a text and its gold; one without a file of gold holds no mention."""
        self.sources.append(source)
        path = folder / f"{source.doc_id}.csv"
        self.gold.extend(read_gold(path) if path.exists() else ())


def passages() -> list[dict[str, str]]:
    """Return the rows of ``corpus/standoff/passages.csv``."""
    with PASSAGES.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def texts_in(folder: Path | None) -> dict[str, Path]:
    """Return the texts of a folder by their SHA-256."""
    found = sorted(folder.rglob("*.txt")) if folder else ()
    return {sha256(path.read_bytes()).hexdigest(): path for path in found}


def passage_source(row: Mapping[str, str], path: Path) -> Source:
    """Return the whole text that a passage is taken from."""
    with path.open(encoding="utf-8", newline="") as stream:
        raw = stream.read()
    return Source(row["doc_id"], raw, reference_date=date.fromisoformat(row["reference_date"]))


def sets(texts: Path | None) -> dict[str, Set]:
    """Return the sets by name, in the order of the files.

    Args:
        texts: Folder with the texts of the stand-off passages.
    """
    found: dict[str, Set] = defaultdict(Set)
    for item in discover([str(CORPUS)]):
        found["the chapter"].add(load(item), CORPUS / "gold")
    for item in discover([str(CORPUS / "samples")]):
        found[f"samples, {item.facts['split']}"].add(load(item), CORPUS / "samples/gold")
    files = texts_in(texts)
    for row in passages():
        if row["sha256"] not in files:
            continue
        part = found[f"passages of {row['set']}, {row['split']}"]
        if all(source.doc_id != row["doc_id"] for source in part.sources):
            part.add(passage_source(row, files[row["sha256"]]), CORPUS / "standoff/gold")
        part.regions.append((row["doc_id"], int(row["start"]), int(row["end"])))
    return found
