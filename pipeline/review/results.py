"""What a finished run is worth: scores against gold, and reports that show them."""

from __future__ import annotations

import csv
from collections import Counter
from dataclasses import replace
from hashlib import sha256
from math import isnan
from typing import TYPE_CHECKING

from pipeline.datapackage import package_files
from pipeline.document.entities import Entities
from pipeline.export import tidy, write_files
from pipeline.model.entity import Entity
from pipeline.model.errors import HakushoError
from pipeline.read import Input, discover, load
from pipeline.report import Verdicts, render
from pipeline.report.changes import changes_page
from pipeline.report.index import index
from pipeline.report.overview import tiles
from pipeline.review.corrections import apply, gold_csv, read_corrections, settled
from pipeline.review.finished import documents, manifest, sources
from pipeline.review.saving import save
from pipeline.runs.destination import Folder
from pipeline.runs.record import MANIFEST, locked, record_json
from pipeline.scoring.evaluate import evaluate
from pipeline.scoring.gold import mentions_of, read_mentions, read_spans
from pipeline.scoring.gold_check import Problem, check
from pipeline.scoring.pairs import pair
from pipeline.scoring.structure import read_structure, read_structure_gold, score_structure

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from pipeline.document.document import Document
    from pipeline.scoring.gold import GoldMention
    from pipeline.scoring.scores import Case, Comparison, Scores
    from pipeline.scoring.structure import StructureScore


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
    known = {source.doc_id: source.raw for source in sources(predictions)} if predictions.is_dir() else {}
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
    texts = {source.doc_id: source.raw for source in sources(predictions)}
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


def apply_corrections(
    corrections: Sequence[Path], gold: Path, output: Path
) -> tuple[dict[str, int], list[Problem]]:
    """Write ``output``: the gold with the corrections made. What stood there before is kept beside it as ``.bak``.

    Returns:
        How many corrections of each action counted, and the faults that the new gold has.

    Raises:
        HakushoError: A file is broken, or the corrections are of another text.
    """
    made = [c for path in corrections for c in read_corrections(path)]
    mentions = apply(read_mentions(gold), made)
    save(output, gold_csv(mentions), keep=True)
    return dict(Counter(c.action for c in settled(made).values())), check(mentions, {}, complete=False)


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


def write_changes_page(found: Comparison, run_a: Path, run_b: Path, path: Path) -> None:
    """Write what changed between two runs as a page; the context is shown where a run's folder leads to the texts.

    Raises:
        HakushoError: A source has changed, or the page cannot be written.
    """
    texts = {s.doc_id: s.raw for run in (run_a, run_b) if (run / "run.json").exists() for s in sources(run)}
    save(path, changes_page(found, texts, (run_a.name, run_b.name)))


def rewrite_reports(folder: Path, gold: Path | None = None) -> Iterator[Path]:
    """Write ``report.html`` anew for each document of a run and ``index.html`` for all, and yield where.

    The entities are taken from ``entities.csv`` as it stands, so that corrections show. ``run.json`` records the new
    pages, so that ``run --resume`` leaves them as they are.

    Raises:
        HakushoError: The folder holds no run, a run is writing there, or a source has changed since.
    """
    wanted = read_mentions(gold) if gold else ()
    manifest(folder)
    with locked(folder):
        yield from _rewritten(folder, wanted)


def _rewritten(folder: Path, wanted: Sequence[GoldMention]) -> Iterator[Path]:
    hashes: dict[str, str] = {}
    rows = {row["doc_id"]: row for row in manifest(folder)["documents"]}
    tidy(folder)
    for document in documents(folder):
        doc_id = document.source.doc_id
        tidy(folder / doc_id)
        row = rows[doc_id]
        judged, verdicts = document, None
        if golden := [g for g in wanted if g.doc_id == doc_id]:
            judged, verdicts = hold_against(document, golden)
            f1 = next(s.f1 for s in verdicts.scores if (s.label, s.scheme) == ("ALL", "norm"))
            row |= {} if isnan(f1) else {"f1": f1}
        counts = tiles(document.entities)
        row |= {
            "title": document.source.title,
            "flagged": counts["flagged"],
            "unresolved": counts["unresolved"],
        }
        row["files"] = [*row.get("files", ()), "report.html"]
        hashes |= {
            doc_id: write_files(folder / doc_id, {"report.html": render(judged, verdicts)})["report.html"]
        }
        yield folder / doc_id / "report.html"
    _record(folder, hashes)
    write_files(folder, {"index.html": index(list(rows.values()), manifest(folder).get("failures", ()))})
    yield folder / "index.html"


def _record(folder: Path, hashes: dict[str, str]) -> None:
    """Tell ``run.json``, and what describes the folder, of the reports that were written anew."""
    run = manifest(folder)
    for row in run["documents"]:
        files = row.get("files")
        if row["doc_id"] in hashes and isinstance(files, dict) and "report.html" in files:
            files["report.html"] = hashes[row["doc_id"]]
    described = package_files(run, Folder(folder).read) if (folder / "datapackage.json").exists() else ()
    write_files(folder, [*described, (MANIFEST, record_json(run))])


def hold_against(document: Document, gold: Sequence[GoldMention]) -> tuple[Document, Verdicts]:
    """Return the document with the mentions that it misses added, and what gold says of each mention."""
    source = document.source
    ids = {(e.label, e.start, e.end): e.entity_id for e in document.entities}
    cases: dict[str, Case] = {}
    missed = []
    for case in pair(gold, list(mentions_of(document.entities)), {source.doc_id: source.raw}):
        if case.right is not None:
            cases[ids[case.right.label, case.right.start, case.right.end]] = case
        elif case.left is not None:
            missed.append(_missed(case.left, document))
            cases[missed[-1].entity_id] = case
    spans = [(source.doc_id, *s.raw_span(0, len(s.text))) for s in document.sentences if s.text]
    scores = evaluate(document.entities, gold, documents=[source.doc_id], sentences=spans)
    entities = sorted((*document.entities, *missed), key=lambda e: (e.start, e.end))
    return replace(document, entities=Entities(entities)), Verdicts(cases, scores.lines)


def _missed(g: GoldMention, document: Document) -> Entity:
    """Return a mention of the gold as an entity; ``g`` and its place are its id."""
    around = next((s for s in document.sentences if s.starts[0] <= g.start < s.ends[-1]), None)
    return Entity(
        g.doc_id, f"g{g.start}-{g.end}{g.label}", g.label, g.start, g.end, g.text, "".join(g.text.split()), g.norm,
        g.value, g.mod, article=g.article, paragraph=g.paragraph, item=g.item, rule="gold",
        section=around.section if around else (), sentence_id=around.sentence_id if around else "",
    )  # fmt: skip
