"""The reports of a finished run, written anew with corrections and gold, and pages that compare runs."""

from __future__ import annotations

from dataclasses import replace
from itertools import chain
from math import isnan
from typing import TYPE_CHECKING, Any

from pipeline.datapackage import package_files
from pipeline.document.entities import Entities
from pipeline.export import tidy, write_files
from pipeline.export.saving import save
from pipeline.model.entity import Entity
from pipeline.model.errors import HakushoError
from pipeline.model.plural import plural
from pipeline.report import Verdicts, render
from pipeline.report.changes import changes_page
from pipeline.report.index import index
from pipeline.report.overview import tiles
from pipeline.runs.destination import Folder
from pipeline.runs.explored import refreshed
from pipeline.runs.finished import document_of, manifest, sources
from pipeline.runs.record import MANIFEST, locked, record_json, unfolded
from pipeline.scoring.evaluate import evaluate
from pipeline.scoring.gold import mentions_of, read_mentions
from pipeline.scoring.pairs import pair

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from pipeline.document.document import Document
    from pipeline.scoring.gold import GoldMention
    from pipeline.scoring.scores import Case, Comparison


def write_changes_page(found: Comparison, run_a: Path, run_b: Path, path: Path) -> None:
    """Write a page with the changes between two runs.

    The context is shown where a run's folder leads to the texts.

    Raises:
        HakushoError: A source has changed, or the page cannot be written.
    """
    texts = {s.doc_id: s.raw for run in (run_a, run_b) if (run / "run.json").exists() for s in sources(run)}
    save(path, changes_page(found, texts, (run_a.name, run_b.name)))


def rewrite_reports(folder: Path, gold: Path | None = None) -> Iterator[Path]:
    """Write ``report.html`` anew for each document of a run and ``index.html`` for all, and yield where.

    The entities are taken from ``entities.csv`` as it stands, so that corrections show. ``run.json`` records
    the new pages, so that ``run --resume`` leaves them as they are.

    Raises:
        HakushoError: The folder holds no run, a run is writing there, a source has changed since, or the
            gold is of other texts.
    """
    found = manifest(folder)
    wanted = read_mentions(gold) if gold else ()
    known = {row["doc_id"] for row in found["documents"]}
    if wanted and not any(mention.doc_id in known for mention in wanted):
        raise HakushoError(
            f"{gold} and {folder} have no document in common ({wanted[0].doc_id} …): "
            "give the gold of one of its texts"
        )
    with locked(folder):
        yield from _rewritten(folder, wanted)


def _rewritten(folder: Path, wanted: Sequence[GoldMention]) -> Iterator[Path]:
    hashes: dict[str, str] = {}
    faults: list[str] = []
    run = manifest(folder)
    rows = {row["doc_id"]: row for row in run["documents"]}
    tidy(folder)
    for made in unfolded(run):
        doc_id = made["doc_id"]
        if made["path"] == "-":
            continue
        try:
            document = document_of(folder, made)
            page, rows[doc_id] = _judged(document, wanted, rows[doc_id])
            tidy(folder / doc_id, folder)
            hashes |= {doc_id: write_files(folder / doc_id, {"report.html": page}, folder)["report.html"]}
        except HakushoError as error:
            faults.append(str(error))
            continue
        yield folder / doc_id / "report.html"
    _record(folder, hashes)
    write_files(folder, {"index.html": index(list(rows.values()), run["failures"])})
    yield folder / "index.html"
    write_files(folder, dict(refreshed(run, Folder(folder).read)))
    if faults:
        more = (
            f"; {plural(len(faults) - 1, 'more page stays', 'more pages stay')} as well"
            if len(faults) > 1
            else ""
        )
        raise HakushoError(f"{faults[0]}; its page stays as it was{more}")


def _judged(
    document: Document, wanted: Sequence[GoldMention], row: dict[str, Any]
) -> tuple[str, dict[str, Any]]:
    """Return the page of a document, and its row as the page of the folder shows it."""
    judged, verdicts, scored = document, None, {}
    if golden := [g for g in wanted if g.doc_id == row["doc_id"]]:
        judged, verdicts = hold_against(document, golden)
        f1 = next(s.f1 for s in verdicts.scores if (s.label, s.scheme) == ("ALL", "norm"))
        scored = {} if isnan(f1) else {"f1": f1}
    counts = tiles(document.entities)
    shown = {
        "title": document.source.title,
        "flagged": counts["flagged"],
        "unresolved": counts["unresolved"],
        "files": [*row.get("files", ()), "report.html"],
    }
    return render(judged, verdicts), row | scored | shown


def _record(folder: Path, hashes: dict[str, str]) -> None:
    """Tell ``run.json``, and what describes the folder, of the reports that were written anew."""
    run = manifest(folder)
    for row in run["documents"]:
        if row["doc_id"] in hashes and isinstance(row.get("files"), dict):
            row["files"]["report.html"] = hashes[row["doc_id"]]
    described = package_files(run, Folder(folder).read) if (folder / "datapackage.json").exists() else ()
    try:
        write_files(folder, chain(described, [(MANIFEST, record_json(run))]))
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        reason = f"{type(error).__name__}: {error!s:.60}"
        raise HakushoError(
            f"{folder / MANIFEST}: was not written by this version ({reason}): run it again, without --resume"
        ) from None


def hold_against(document: Document, gold: Sequence[GoldMention]) -> tuple[Document, Verdicts]:
    """Return the document with the mentions that it misses added, and what gold says of each mention.

    Raises:
        HakushoError: The gold is of another text.
    """
    source = document.source
    for g in gold:
        there = source.raw[g.start : g.end]
        if not there or (g.text and g.text.split() != there.split()):
            raise HakushoError(
                f"{source.doc_id} [{g.start}, {g.end}): the gold has {g.text[:60]!r} there, and the text "
                f"{there[:60]!r}: give the gold of this text"
            )
    ids = {(e.label, e.start, e.end): e.entity_id for e in document.entities}
    cases: dict[str, Case] = {}
    missed = []
    for case in pair(gold, list(mentions_of(document.entities)), {source.doc_id: source.raw}):
        if case.right is not None:
            cases[ids[case.right.label, case.right.start, case.right.end]] = case
        elif case.left is not None:
            missed.append(entity_of_gold(case.left, document))
            cases[missed[-1].entity_id] = case
    spans = [(source.doc_id, *s.raw_span(0, len(s.text))) for s in document.sentences if s.text]
    scores = evaluate(document.entities, gold, documents=[source.doc_id], sentences=spans)
    entities = sorted((*document.entities, *missed), key=lambda e: (e.start, e.end))
    return replace(document, entities=Entities(entities)), Verdicts(cases, scores.lines)


def entity_of_gold(g: GoldMention, document: Document) -> Entity:
    """Return a mention of the gold as an entity; ``g`` and its place are its id."""
    around = next((s for s in document.sentences if s.starts[0] <= g.start < s.ends[-1]), None)
    return Entity(
        g.doc_id, f"g{g.start}-{g.end}{g.label}", g.label, g.start, g.end, g.text,
        "".join(g.text.split()), g.norm,
        g.value, g.mod, article=g.article, paragraph=g.paragraph, item=g.item, rule="gold",
        section=around.section if around else (), sentence_id=around.sentence_id if around else "",
    )  # fmt: skip
