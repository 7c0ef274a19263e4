"""``make gold-package``: the gold as a data package of its own, in build/gold.

It holds the mentions, the passages and their splits, the guidelines, a scorer, a dataset card, and descriptions
for Frictionless and Croissant. Hugging Face's ``datasets`` loads it from the folder. The texts of the stand-off
passages are in it only where ``TEXTS`` names the folder that holds them.
"""

from __future__ import annotations

import csv
import json
import shutil
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.read import discover, load
from pipeline.scoring.gold import read_gold
from tools.given import folder as given
from tools.gold_card import card, croissant, datapackage
from tools.gold_sets import CORPUS, ROOT, passage_source, passages, texts_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.scoring.gold import GoldMention

OUT = ROOT / "build/gold"
# The chapter was looked at when rules were written.
CHAPTER_SPLIT = "dev"
LISTS = ("article", "paragraph", "item")
MENTION = ("doc_id", "label", "start", "end", "text", "norm", "value", "mod", *LISTS, "split", "set")
PASSAGE = (
    "doc_id", "start", "end", "split", "set", "sha256", "reference_date", "title", "publisher", "licence",
    "source",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage of the gold: its row of passages.csv, its text (empty where it is not at hand), its mentions."""

    row: dict[str, str]
    text: str
    mentions: tuple[dict[str, Any], ...]


def collected(texts: Path | None) -> Iterator[Passage]:
    """Yield every passage; a text that is scored as a whole is one."""
    for folder, name in ((CORPUS, "chapter"), (CORPUS / "samples", "samples")):
        for item in discover([str(folder)]):
            source = load(item)
            row = {
                "doc_id": source.doc_id, "start": "0", "end": str(len(source.raw)),
                "split": item.facts.get("split") or CHAPTER_SPLIT, "set": name,
                "sha256": sha256(item.path.read_bytes()).hexdigest() if item.path else "",
                "reference_date": str(source.reference_date or ""), "title": source.title,
                "publisher": source.publisher, "licence": source.licence, "source": source.url,
            }  # fmt: skip
            yield _passage(row, source.raw, folder / "gold")
    files = texts_in(texts)
    for row in passages():
        path = files.get(row["sha256"])
        raw = passage_source(row, path).raw if path else ""
        yield _passage(row, raw[int(row["start"]) : int(row["end"])], CORPUS / "standoff/gold")


def _passage(row: dict[str, str], text: str, folder: Path) -> Passage:
    path = folder / f"{row['doc_id']}.csv"
    start, end = int(row["start"]), int(row["end"])
    gold = _gold(path)
    inside = tuple(_cells(m, row) for m in gold if start <= m.start and m.end <= end)
    return Passage({name: row.get(name, "") for name in PASSAGE}, text, inside)


@cache
def _gold(path: Path) -> tuple[GoldMention, ...]:
    return read_gold(path) if path.exists() else ()


def _cells(m: GoldMention, row: dict[str, str]) -> dict[str, Any]:
    places = {name: "|".join(getattr(m, name)) for name in LISTS}
    plain = {name: getattr(m, name) for name in MENTION[:8]}
    return plain | places | {"split": row["split"], "set": row["set"]}


def write(found: list[Passage], out: Path) -> None:
    """Write the package into an empty folder."""
    shutil.rmtree(out, ignore_errors=True)
    for name in ("data", "mentions"):
        (out / name).mkdir(parents=True)
    mentions = [mention for passage in found for mention in passage.mentions]
    _csv(out / "gold.csv", MENTION, mentions)
    _csv(out / "passages.csv", PASSAGE, [passage.row for passage in found])
    for split in ("dev", "test"):
        chosen = [passage for passage in found if passage.row["split"] == split]
        _lines(out / f"data/{split}.jsonl", [_document(passage) for passage in chosen])
        _lines(out / f"mentions/{split}.jsonl", [m for passage in chosen for m in passage.mentions])
    shutil.copyfile(ROOT / "corpus/GUIDELINES.md", out / "GUIDELINES.md")
    shutil.copyfile(ROOT / "corpus/GOLD.md", out / "GOLD.md")
    shutil.copyfile(ROOT / "tools/gold_score.py", out / "score.py")
    sizes = _sizes(found)
    (out / "README.md").write_text(card(sizes), encoding="utf-8")
    hashes = {
        str(path.relative_to(out)): sha256(path.read_bytes()).hexdigest()
        for path in sorted(out.rglob("*"))
        if path.suffix in (".csv", ".jsonl")
    }
    for name, content in (("datapackage", datapackage(hashes)), ("croissant", croissant(hashes))):
        written = json.dumps(content, ensure_ascii=False, indent=1) + "\n"
        (out / f"{name}.json").write_text(written, encoding="utf-8")


def _document(passage: Passage) -> dict[str, Any]:
    offsets = {name: int(passage.row[name]) for name in ("start", "end")}
    own = [
        {name: value for name, value in mention.items() if name not in ("doc_id", "split", "set")}
        for mention in passage.mentions
    ]
    return {**passage.row, **offsets, "text": passage.text, "mentions": own}


def _sizes(found: list[Passage]) -> dict[tuple[str, str], tuple[int, int, int, int]]:
    """Return of each set and split: passages, those with a text, characters, mentions."""
    sizes: dict[tuple[str, str], tuple[int, int, int, int]] = {}
    for passage in found:
        key = passage.row["set"], passage.row["split"]
        length = int(passage.row["end"]) - int(passage.row["start"])
        more = (1, int(bool(passage.text)), length, len(passage.mentions))
        a, b, c, d = (x + y for x, y in zip(sizes.get(key, (0, 0, 0, 0)), more, strict=True))
        sizes[key] = a, b, c, d
    return sizes


def _csv(path: Path, columns: tuple[str, ...], rows: list[dict[str, Any]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def _lines(path: Path, rows: list[dict[str, Any]]) -> None:
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")


def main() -> None:
    texts = given(__doc__)
    found = list(collected(texts))
    write(found, OUT)
    without = sum(not passage.text for passage in found)
    mentions = sum(len(passage.mentions) for passage in found)
    print(f"{OUT.relative_to(ROOT)}: {len(found)} passages, {mentions} mentions")
    if without:
        print(f"{without} of them without their text: TEXTS=folder names where the texts are")


if __name__ == "__main__":
    main()
