"""Results of a finished run, read back from its folder: to score them, and to show them again."""

from __future__ import annotations

import csv
import json
from dataclasses import fields, replace
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.clean import clean
from pipeline.document import Document
from pipeline.evaluate import evaluate
from pipeline.export import write_files
from pipeline.gold import mentions_of, read_mentions, read_spans
from pipeline.gold_check import Problem, check
from pipeline.model import Analysis, Entity, HakushoError
from pipeline.pairs import pair
from pipeline.read import Input, discover, load
from pipeline.report import render
from pipeline.structure import structure
from pipeline.structure_scores import read_structure, read_structure_gold, score_structure
from pipeline.tables import plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.gold import GoldMention
    from pipeline.model import Source
    from pipeline.scores import Scores
    from pipeline.structure_scores import StructureScore

LISTS = frozenset(f.name for f in fields(Entity) if f.type in ("tuple[str, ...]",))


def score(
    predictions: Path,
    gold: Path,
    *,
    regions: Path | None = None,
    split: str | None = None,
    texts: Path | None = None,
) -> tuple[Scores, list[str]]:
    """Score a run's folder or an ``entities.csv`` against gold.

    Texts and sentences are used where they are at hand: the sources of a run's folder, or files under ``texts``
    whose SHA-256 ``regions`` names in its column ``sha256``. Returned beside the scores: the documents whose text could
    not be found (they are scored all the same, without context).

    Raises:
        HakushoError: A file is missing or faulty, or the gold is of another text.
    """
    found, wanted = read_mentions(predictions), read_mentions(gold)
    known = {source.doc_id: source.raw for source in _sources(predictions)} if predictions.is_dir() else {}
    if texts:
        known |= _texts(texts, regions)
    faults = check(wanted, known, complete=False)
    if faults:
        more = f", and {len(faults) - 1} faults more" if len(faults) > 1 else ""
        raise HakushoError(f"{gold}: {faults[0]}{more}: 'hakusho gold check' lists them")
    spans = [s for path in sorted(predictions.glob("*/sentences.csv")) for s in read_spans(path)]
    passages = _regions(regions, split) if regions else None
    scores = evaluate(found, wanted, texts=known, sentences=spans or None, regions=passages)
    return scores, [doc_id for doc_id in scores.documents if doc_id not in known]


def score_blocks(predictions: Path, gold: Path) -> tuple[StructureScore, ...]:
    """Score the ``structure.json`` files of a run's folder against the CSVs in ``gold/structure``.

    Returns an empty tuple where either side has none.

    Raises:
        HakushoError: A file is faulty, or a source has changed since.
    """
    pages = read_structure_gold(gold / "structure") if gold.is_dir() and predictions.is_dir() else []
    found = [read_structure(path) for path in sorted(predictions.glob("*/structure.json"))] if pages else []
    if not pages or not found:
        return ()
    texts = {source.doc_id: source.raw for source in _sources(predictions)}
    return score_structure([page for page in pages if page.doc_id in texts], found, texts)


def _texts(folder: Path, regions: Path | None) -> dict[str, str]:
    """Find the texts under ``folder`` that ``regions`` names by their SHA-256."""
    if regions is None:
        raise HakushoError("--texts finds texts by the SHA-256 in --regions: give both")
    if not folder.is_dir():
        raise HakushoError(f"{folder}: is no folder: give the one that holds the texts")
    wanted = {row.get("sha256", ""): row["doc_id"] for row in _read_regions(regions)}
    found = {}
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        digest = sha256(path.read_bytes()).hexdigest()
        if digest in wanted:
            found[wanted[digest]] = load(Input(path, wanted[digest])).raw
    return found


def check_gold(path: Path, texts: Path) -> list[Problem]:
    """Hold a gold file against its texts: files, or folders with a manifest, whose ids the gold names.

    Raises:
        HakushoError: The gold cannot be read, or there is no text at ``texts``.
    """
    mentions = read_mentions(path)
    named = {mention.doc_id for mention in mentions}
    sources = {item.doc_id: load(item).raw for item in discover([str(texts)]) if item.doc_id in named}
    return check(mentions, sources)


def _regions(path: Path, split: str | None) -> list[tuple[str, int, int]]:
    rows = [row for row in _read_regions(path) if split is None or row.get("split") == split]
    if not rows:
        raise HakushoError(f"{path}: no passage with split {split!r}: give one that its column 'split' holds")
    try:
        return [(row["doc_id"], int(row["start"]), int(row["end"])) for row in rows]
    except (KeyError, ValueError) as error:
        raise HakushoError(
            f"{path}: is no list of passages ({error!r}): give doc_id, start, end, split"
        ) from None


def _read_regions(path: Path) -> list[dict[str, str]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            return list(csv.DictReader(stream))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise HakushoError(
            f"{path}: cannot be read ({error}): give a CSV of doc_id, start, end, split"
        ) from None


def rewrite_reports(folder: Path, gold: Path | None = None) -> Iterator[Path]:
    """Write ``report.html`` anew for each document of a run, and yield where.

    The entities are taken from ``entities.csv`` as it stands, so that corrections show. With ``gold``, mentions that
    differ get a flag (``gold_spurious``, ``gold_boundary``, ``gold_norm``), and missed ones are added (``gold_missed``).

    Raises:
        HakushoError: The folder holds no run, or a source has changed since.
    """
    wanted = read_mentions(gold) if gold else ()
    for source in _sources(folder):
        text = clean(source)
        blocks, sentences, repairs = structure(text)
        analyses = tuple(Analysis(sentence, ()) for sentence in sentences)
        entities = _read_entities(folder / source.doc_id, source)
        if gold:
            entities = _compared(entities, [g for g in wanted if g.doc_id == source.doc_id], source)
        document = Document(source, text, blocks, analyses, entities, repairs=repairs)
        write_files(folder / source.doc_id, {"report.html": render(document)})
        yield folder / source.doc_id / "report.html"


def _sources(folder: Path) -> Iterator[Source]:
    """Read the sources of a run again, and hold them against the hashes in ``run.json``."""
    manifest = folder / "run.json"
    try:
        documents = json.loads(manifest.read_text(encoding="utf-8"))["documents"]
    except (OSError, ValueError, KeyError):
        raise HakushoError(
            f"{manifest}: is missing or damaged: run 'hakusho run' into {folder} first"
        ) from None
    for row in documents:
        if row["path"] == "-":
            continue
        facts = {"sha256": row["sha256"], "reference_date": row["reference_date"] or ""}
        metadata = _metadata(folder / row["doc_id"])
        yield load(Input(Path(row["path"]), row["doc_id"], metadata | facts))


def _metadata(folder: Path) -> dict[str, str]:
    try:
        document = json.loads((folder / "entities.json").read_text(encoding="utf-8"))["document"]
    except (OSError, ValueError, KeyError):
        return {}
    return {key: document[key] for key in ("title", "publisher", "edition", "part", "licence", "url")}


def _read_entities(folder: Path, source: Source) -> tuple[Entity, ...]:
    path = folder / "entities.csv"
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            rows = list(csv.DictReader(stream))
        return tuple(_entity(row) for row in rows if row["doc_id"] == source.doc_id)
    except (OSError, KeyError, ValueError, TypeError) as error:
        raise HakushoError(f"{path}: cannot be read ({error}): run 'hakusho run' with --format csv") from None


def _entity(row: dict[str, str]) -> Entity:
    values: dict[str, Any] = {}
    for name in (f.name for f in fields(Entity)):
        cell = plain(row.get(name) or "")
        values[name] = (
            tuple(filter(None, cell.split(" > " if name == "section" else "|"))) if name in LISTS else cell
        )
    values["start"], values["end"] = int(values["start"]), int(values["end"])
    values["era_year"] = int(values["era_year"]) if values["era_year"] else None
    values["confidence"] = float(values["confidence"] or 1)
    return Entity(**values)


def _compared(entities: tuple[Entity, ...], gold: list[GoldMention], source: Source) -> tuple[Entity, ...]:
    by_span = {(e.label, e.start, e.end): e for e in entities}
    flagged = dict(by_span)
    for case in pair(gold, list(mentions_of(entities)), {source.doc_id: source.raw}):
        if case.kind == "correct":
            continue
        if case.right is not None:
            key = (case.right.label, case.right.start, case.right.end)
            flagged[key] = replace(flagged[key], flags=(*flagged[key].flags, f"gold_{case.kind}"))
        elif case.left is not None:
            g = case.left
            missed = Entity(
                source.doc_id, f"g{g.start}", g.label, g.start, g.end, g.text, g.text, g.norm, g.value, g.mod,
                rule="gold", flags=("gold_missed",),
            )  # fmt: skip
            flagged[(g.label, g.start, g.end)] = missed
    return tuple(sorted(flagged.values(), key=lambda e: (e.start, e.end)))
