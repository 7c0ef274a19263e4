"""``make scores``: the scores of this version, and of GiNZA's own NER on the same texts, written into README.

GiNZA's extended named-entity labels are mapped by ``ene_labels.csv``; a blank line or a line end parts its inputs. The texts of the
stand-off set are not shipped: ``make scores TEXTS=folder`` finds them by their SHA-256, and without it that set is left out and said so.
"""

from __future__ import annotations

import csv
import re
import sys
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from pathlib import Path

import spacy

import pipeline
from pipeline.entities import LABELS
from pipeline.model.source import Source
from pipeline.read import discover, load
from pipeline.scoring.evaluate import evaluate
from pipeline.scoring.gold import GoldMention, Span, mentions_of, read_gold
from tools import structure_table

ROOT = Path(__file__).parent.parent
JAPANESE = (
    ("| text | mentions | system |", "| 文章 | 言及 | システム |"),
    ("the chapter", "本章"),
    ("samples,", "サンプル,"),
    ("GiNZA's NER", "GiNZA の固有表現抽出"),
    ("passages of papers,", "白書の抜粋,"),
    ("passages of pdf,", "PDF の抜粋,"),
    ("passages of diet,", "国会発言の抜粋,"),
    ("passages of public,", "その他の公開文書の抜粋,"),
)
CORPUS = ROOT / "corpus"


@dataclass
class Set:
    """Texts that are scored together: all of each, or only the passages in ``regions``."""

    sources: list[Source] = field(default_factory=list)
    gold: list[GoldMention] = field(default_factory=list)
    regions: list[Span] = field(default_factory=list)


def sets(texts: Path | None) -> dict[str, Set]:
    """Return the sets by their names; the stand-off passages as far as their texts are in ``texts``."""
    found: dict[str, Set] = defaultdict(Set)
    for item in discover([str(CORPUS)]):
        _add(found["the chapter"], load(item), CORPUS / "gold")
    for item in discover([str(CORPUS / "samples")]):
        _add(found[f"samples, {item.facts['split']}"], load(item), CORPUS / "samples/gold")
    files = {sha256(p.read_bytes()).hexdigest(): p for p in sorted(texts.rglob("*.txt"))} if texts else {}
    with (CORPUS / "standoff/passages.csv").open(encoding="utf-8") as stream:
        for row in csv.DictReader(stream):
            if row["sha256"] not in files:
                continue
            part = found[f"passages of {row['set']}, {row['split']}"]
            if all(source.doc_id != row["doc_id"] for source in part.sources):
                with files[row["sha256"]].open(encoding="utf-8", newline="") as text:
                    raw = text.read()
                day = date.fromisoformat(row["reference_date"])
                _add(part, Source(row["doc_id"], raw, reference_date=day), CORPUS / "standoff/gold")
            part.regions.append((row["doc_id"], int(row["start"]), int(row["end"])))
    return found


def _add(part: Set, source: Source, gold: Path) -> None:
    part.sources.append(source)
    path = gold / f"{source.doc_id}.csv"
    part.gold.extend(read_gold(path) if path.exists() else ())  # passages may hold no mention at all


def _by_ginza(part: Set) -> list[GoldMention]:
    with (ROOT / "tests/ene_labels.csv").open(encoding="utf-8") as stream:
        labels: dict[str, str] = {row["ene"]: row["label"] for row in csv.DictReader(stream)}  # type: ignore[misc]
    nlp = spacy.load("ja_ginza")
    found = []
    for source in part.sources:
        areas = [(a, b) for d, a, b in part.regions if d == source.doc_id] or [(0, len(source.raw))]
        lines = [
            (start + match.start(), match.group())
            for start, end in areas
            for match in re.finditer(r"[^\r\n]+", source.raw[start:end])
        ]
        for (offset, _), doc in zip(lines, nlp.pipe(text for _, text in lines), strict=True):
            for ent in doc.ents:
                if label := labels.get(ent.label_):
                    a, b = offset + ent.start_char, offset + ent.end_char
                    found.append(GoldMention(source.doc_id, label, a, b, ent.text, ""))
    return found


def _row(name: str, system: str, found: list[GoldMention], part: Set) -> str:
    documents = None if part.regions else [source.doc_id for source in part.sources]
    scores = evaluate(found, part.gold, documents=documents, regions=part.regions or None)
    cells = []
    for label in LABELS:
        strict, norm = scores.line(label), scores.line(label, "norm")
        own = f"{strict.f1:.3f} / {norm.f1:.3f}" if system == "hakusho" else f"{strict.f1:.3f}"
        cells.append(f"{own} ({strict.low:.2f}–{strict.high:.2f})")
    mentions = sum(scores.line(label).gold for label in LABELS)
    return f"| {name} | {mentions} | {system} | {' | '.join(cells)} |"


def main() -> None:
    texts = Path(sys.argv[1]) if len(sys.argv) > 1 and sys.argv[1] else None
    analyze = pipeline.load("sudachi")
    lines = ["| text | mentions | system | ORG | DATE | LAW |", "|---|---|---|---|---|---|"]
    for name, part in sets(texts).items():
        found = [m for source in part.sources for m in mentions_of(analyze(source).entities)]
        lines.append(_row(name, "hakusho", found, part))
        lines.append(_row("", "GiNZA's NER", _by_ginza(part), part))
    table = "\n".join(lines)
    put(ROOT / "README.md", table)
    put(ROOT / "README.ja.md", in_japanese(table))
    put(ROOT / "docs/explanation/structure.md", structure_table.table())


def in_japanese(table: str) -> str:
    """Return the table with its words as README.ja.md has them."""
    for english, japanese in JAPANESE:
        table = table.replace(english, japanese)
    return table


def put(page: Path, table: str, mark: str = "scores") -> None:
    """Put a table between the marks of a page, and print it."""
    head, _, rest = page.read_text(encoding="utf-8").partition(f"<!-- {mark} -->\n")
    _, _, tail = rest.partition(f"<!-- /{mark} -->")
    page.write_text(f"{head}<!-- {mark} -->\n{table}\n<!-- /{mark} -->{tail}", encoding="utf-8")
    print(table)


if __name__ == "__main__":
    main()
